"""Workbooks: xlsx, ods and the old xls, through calamine, which a hostile one kills: never but in `apart`."""

import io
import zipfile
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from parvis.core.speech import mark

from .archives import BROKEN_ARCHIVE, PROTECTED, Spoiled, check_archive, is_whole_ods, spoiled_cells
from .grids import numbered
from .shapes import TOO_LARGE, Cell, Grid, UnreadableSheet

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An xlsx under a password is wrapped into the container of the old format, under this name.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = b"PK\x03\x04"

DAMAGED = mark(
    "Ce fichier est abîmé ou n’est pas un tableau : ouvrez-le dans votre tableur, enregistrez-le au format "
    "Excel (.xlsx), LibreOffice (.ods) ou CSV, puis recommencez."
)

_BROKEN = (CalamineError, *BROKEN_ARCHIVE)


def is_workbook(data: bytes) -> bool:
    return data.startswith((ZIP, OLD_EXCEL))


def read_workbook(data: bytes) -> list[Grid]:
    """Every sheet that shows; all of them where none does. Raises `UnreadableSheet`."""
    spoiled: dict[str, Spoiled] = {}
    if data.startswith(OLD_EXCEL) and _ENCRYPTED in data:
        raise UnreadableSheet(PROTECTED)
    try:
        if data.startswith(ZIP):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                check_archive(archive)
                spoiled = spoiled_cells(archive)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [_grid(book, index, name, spoiled.get(name, {})) for index, name in _sheets(book)]
    except PasswordError as error:
        raise UnreadableSheet(PROTECTED) from error
    except _BROKEN as error:
        raise UnreadableSheet(TOO_LARGE if is_whole_ods(data) else DAMAGED) from error
    except BaseException as error:
        # A panic of the Rust reader is no Exception; anything else of that rank is not ours to stop.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableSheet(DAMAGED) from error


def _sheets(book: CalamineWorkbook) -> list[tuple[int, str]]:
    sheets = [(i, m) for i, m in enumerate(book.sheets_metadata) if m.typ == SheetTypeEnum.WorkSheet]
    shown = [(i, m.name) for i, m in sheets if m.visible == SheetVisibleEnum.Visible]
    return shown or [(i, m.name) for i, m in sheets]


def _grid(book: CalamineWorkbook, index: int, name: str, spoiled: Spoiled) -> Grid:
    return numbered(name, _rows(book.get_sheet_by_index(index), spoiled))


def _rows(sheet: CalamineSheet, spoiled: Spoiled) -> Iterator[list[Cell]]:
    """From the sheet's first row and column, whatever was left empty, with the spoiled cells put back."""
    left: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    number = -1
    for number, row in enumerate(sheet.iter_rows()):
        cells: list[Cell] = [*left, *row]
        _put_back(cells, spoiled.get(number, {}))
        yield cells
    for late in range(number + 1, max(spoiled, default=-1) + 1):
        cells = []
        _put_back(cells, spoiled.get(late, {}))
        yield cells


def _put_back(cells: list[Cell], spoiled: dict[int, str]) -> None:
    for column, text in spoiled.items():
        cells += [""] * (column + 1 - len(cells))
        if cells[column] == "":
            cells[column] = text
