"""What must be known of a zipped workbook beside calamine: its true size, its formulas without a value.

Calamine makes one dense rectangle of each sheet: a stray cell in the last row and one in the last column ask
for 549 GB and kill the process, which no `except` can catch. And it reads an error value (#REF!) or a formula
that was never computed as an empty cell, which would lose it in silence.
"""

import html
import re
import zipfile
from xml.etree import ElementTree

from parvis.core.speech import mark

from .shapes import UnreadableSheet

Spoiled = dict[int, dict[int, str]]  # row -> column -> text, from 0

_MAX_UNPACKED = 400 * 1024 * 1024  # bytes
_MAX_CELLS = 12_000_000  # of the rectangle; 200,000 rows of 60 columns
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_REFERENCE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d{1,7})\"")
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb"-repeated=\"(\d{1,7})\"")
_FORMULA_OR_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*[^>/])>(?P<inside>(?:(?!</(?:\w+:)?c>).)*?)</(?:\w+:)?c>", re.DOTALL
)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</)")

TOO_LARGE = mark(
    "Ce tableau est trop étendu pour être lu : une case est sans doute remplie très loin à droite ou "
    "très loin en bas. "
    "Copiez vos colonnes dans un nouveau fichier, puis recommencez."
)
PROTECTED = mark(
    "Ce fichier est protégé par un mot de passe : retirez le mot de passe dans votre tableur, puis recommencez."
)
BINARY_EXCEL = mark(
    "Ce fichier est au format Excel binaire (.xlsb) : enregistrez-le au format .xlsx, puis recommencez."
)


def check_archive(archive: zipfile.ZipFile) -> None:
    """Raises `UnreadableSheet` where reading it could fill the memory."""
    if sum(info.file_size for info in archive.infolist()) > _MAX_UNPACKED:
        raise UnreadableSheet(TOO_LARGE)
    names = archive.namelist()
    if any(name.startswith("xl/") and name.endswith(".bin") and "/worksheets/" in name for name in names):
        raise UnreadableSheet(BINARY_EXCEL)
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableSheet(PROTECTED)
    for name in names:
        if _SHEET.fullmatch(name):
            _check_area(*_xlsx_extent(archive.read(name)))
        elif name == "content.xml":
            _check_area(*_ods_extent(archive.read(name)))


def _check_area(rows: int, columns: int) -> None:
    if rows * columns > _MAX_CELLS:
        raise UnreadableSheet(TOO_LARGE)


def _xlsx_extent(sheet: bytes) -> tuple[int, int]:
    rows = max(map(int, _ROW.findall(sheet)), default=0)
    cells = 0
    letters: set[bytes] = set()
    for found in _CELL.finditer(sheet):
        if reference := _REFERENCE.search(found[1]):
            letters.add(reference[1])
            rows = max(rows, int(reference[2]))
        else:
            cells += 1  # without a reference it takes the next place
    return rows, max(map(column_number, letters), default=-1) + 1 + cells


def column_number(letters: bytes) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _ods_extent(content: bytes) -> tuple[int, int]:
    """Rows and columns up to the last cells that hold something."""
    rows = last_row = widest = 0
    for row in _ODS_ROW.finditer(content):
        rows += _repeats(row[1])
        column = width = 0
        for cell in _ODS_CELL.finditer(row[2]):
            column += _repeats(cell[1])
            if not cell[2] or b"value-type" in cell[1]:
                width = column
        if width:
            last_row, widest = rows, max(widest, width)
    return last_row, widest


def _repeats(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1


def spoiled_cells(archive: zipfile.ZipFile) -> dict[str, Spoiled]:
    """By sheet name: error values, and formulas that no spreadsheet has computed."""
    found: dict[str, Spoiled] = {}
    for name, path in _sheet_paths(archive).items():
        sheet = archive.read(path)
        if b't="e"' in sheet or re.search(rb"<(?:\w+:)?f[ />]", sheet):
            found[name] = _spoiled(sheet)
    return found


def _spoiled(sheet: bytes) -> Spoiled:
    spoiled: Spoiled = {}
    for cell in _FORMULA_OR_ERROR.finditer(sheet):
        reference, value = _REFERENCE.search(cell["attributes"]), _VALUE.search(cell["inside"])
        formula = _FORMULA.search(cell["inside"])
        if not reference:
            continue
        if b't="e"' in cell["attributes"]:
            text = value[1].decode("utf-8", "replace") if value else "#N/A"
        elif formula and not value:
            text = "=" + html.unescape((formula[1] or b"?").decode("utf-8", "replace"))
        else:
            continue
        spoiled.setdefault(int(reference[2]) - 1, {})[column_number(reference[1])] = text
    return spoiled


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> path in the archive, for xlsx; nothing for another kind."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    try:
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    except ElementTree.ParseError:
        return {}
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    paths: dict[str, str] = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            identity = next((value for key, value in element.items() if key.endswith("}id")), "")
            target = targets.get(identity, "")
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if path in names:
                paths[element.get("name", "")] = path
    return paths
