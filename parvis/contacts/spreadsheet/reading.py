"""A file in, a `Sheet` out."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from parvis.core.speech import mark, say

from .alphabets import NOT_TEXT, decode
from .apart import read_apart
from .headings import Layout, find_layout, plain
from .lines import Line
from .markup import is_markup
from .remarks import of_sheet, of_text
from .rows import read_row
from .shapes import (
    MAX_BYTES,
    MAX_ROWS,
    TOO_MANY_ROWS,
    Cell,
    CustomerRow,
    Grid,
    LineRejected,
    Rejection,
    Sheet,
    UnreadableSheet,
)
from .texts import read_text
from .workbooks import is_workbook

NO_FILE = mark("Ce fichier n’existe pas ou ne peut pas être ouvert : vérifiez son nom et son emplacement.")
TOO_HEAVY = mark(
    "Ce fichier dépasse 50 Mo : retirez les images et les feuilles inutiles, ou enregistrez-le au format CSV."
)
EMPTY = mark("Ce fichier est vide : vérifiez que c’est le bon, puis recommencez.")
NO_HEADINGS = mark(
    "Aucun titre de colonne n’est reconnu dans les 30 premières lignes : ajoutez au-dessus de vos "
    "clients une ligne de titres, "
    "par exemple Nom, Prénom, Courriel, Téléphone, Adresse, Code postal, Commune."
)
WEB_PAGE = mark(
    "Ce fichier est une page web (HTML), quel que soit son nom, et aucun titre de colonne n’y est reconnu : c’est "
    "souvent une page de connexion ou d’erreur, enregistrée à la place du fichier. Téléchargez-le à nouveau. Si c’est "
    "bien votre liste, ouvrez-la dans votre tableur, ajoutez une ligne de titres, puis enregistrez-la au format Excel "
    "(.xlsx)."
)
SAME_EMAIL = mark("Ce courriel est déjà à la ligne {line} : gardez une seule des deux lignes.")
SHARED_EMAIL = mark(
    "Ce courriel est déjà à la ligne {line}, pour un autre nom. L’accord est personnel : donnez à chaque "
    "personne "
    "son propre courriel, ou gardez une seule ligne."
)
SAME_PERSON = mark(
    "Cette personne est déjà à la ligne {line}, avec le même téléphone : gardez une seule des deux lignes."
)


def read_customers(path: Path, *, today: dt.date, region: str = "FR") -> Sheet:
    """Reads a shop's list of customers. `region`: where telephone numbers without a country code are dialled.

    Raises `UnreadableSheet`, with its French sentence, where nothing at all can be read.
    """
    opened = _open(_bytes(path))
    grid, layout = _choose(opened.grids)
    below = _below(grid, layout)
    others = [other for other in opened.grids if other is not grid and other.lines]
    rows, rejections = _read_lines(below, layout, region, today)
    return Sheet(
        rows=tuple(rows),
        rejections=tuple(rejections),
        columns=layout.columns(),
        ignored_columns=layout.ignored(),
        heading_line=layout.line,
        sheet_name=grid.name,
        encoding=opened.encoding,
        separator=opened.separator,
        other_sheets=tuple(other.name for other in others),
        remarks=(*opened.remarks, *of_sheet(layout, below, others)),
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableSheet(TOO_HEAVY)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSheet(NO_FILE) from error
    if not data.strip():
        raise UnreadableSheet(EMPTY)
    return data


@dataclass(frozen=True, slots=True)
class _Opened:
    grids: list[Grid]
    encoding: str = ""
    separator: str = ""
    remarks: tuple[Rejection, ...] = ()


def _open(data: bytes) -> _Opened:
    """By what the file holds, whatever its name says."""
    if is_workbook(data):
        return _Opened(read_apart("workbook", data))
    read = decode(data)
    if is_markup(read.text):
        return _Opened([_of_web_page(read.text)], read.encoding, "", tuple(of_text(read, None)))
    records = read_text(read.text)
    return _Opened([records.grid], read.encoding, records.separator, tuple(of_text(read, records)))


def _of_web_page(text: str) -> Grid:
    """Many programs export a table of a web page and call it .xls; a web page without one is often a way in, saved in
    place of the file."""
    (grid,) = read_apart("page", text.encode("utf-8", "surrogatepass"))
    if find_layout(grid) is None:
        raise UnreadableSheet(WEB_PAGE if "<html" in text.lower() or grid.lines else NOT_TEXT)
    return grid


def _choose(grids: list[Grid]) -> tuple[Grid, Layout]:
    """The sheet with headings that has most lines under them; the first of equals."""
    if not any(grid.lines for grid in grids):
        raise UnreadableSheet(EMPTY)
    found = [(grid, layout) for grid in grids if (layout := find_layout(grid))]
    if not found:
        raise UnreadableSheet(NO_HEADINGS)
    return max(found, key=lambda pair: len(_below(*pair)))


def _below(grid: Grid, layout: Layout) -> list[tuple[int, list[Cell]]]:
    return [(number, cells) for number, cells in grid.lines if number > layout.line]


def _read_lines(
    below: list[tuple[int, list[Cell]]], layout: Layout, region: str, today: dt.date
) -> tuple[list[CustomerRow], list[Rejection]]:
    if len(below) > MAX_ROWS:
        raise UnreadableSheet(TOO_MANY_ROWS)
    rows: list[CustomerRow] = []
    rejections: list[Rejection] = []
    seen = _Seen(layout)
    for number, cells in below:
        try:
            row = read_row(Line(number, layout, cells, region, today))
            seen.check(row)
        except LineRejected as rejected:
            rejections.append(rejected.rejection)
        else:
            rows.append(row)
    return [seen.with_noes(row) for row in rows], rejections


class _Seen:
    """Who was already read, and on which line."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.by_email: dict[str, CustomerRow] = {}
        self.by_phone: dict[tuple[str, str], CustomerRow] = {}
        self.noes: dict[int, list[CustomerRow]] = {}  # line -> the rejected lines of the same person

    def check(self, row: CustomerRow) -> None:
        """Raises `LineRejected` on the second line of one person."""
        email, phone = (row.email or "").casefold(), (row.phone or "", _name_key(row))
        if email and (first := self.by_email.get(email)):
            same = _name_key(row) == _name_key(first)
            self.noes.setdefault(first.line, []).append(row)
            self._reject(row, "email", email, say(SAME_EMAIL if same else SHARED_EMAIL, line=first.line))
        if row.phone and (first := self.by_phone.get(phone)):
            self.noes.setdefault(first.line, []).append(row)
            self._reject(row, "phone", row.phone, say(SAME_PERSON, line=first.line))
        if email:
            self.by_email[email] = row
        if row.phone:
            self.by_phone[phone] = row

    def with_noes(self, row: CustomerRow) -> CustomerRow:
        """A line that is not kept still refuses: for the one that is."""
        others = self.noes.get(row.line, [])
        return replace(
            row,
            refuses=row.refuses or any(other.refuses for other in others),
            doubtful=row.doubtful or any(other.doubtful for other in others),
            refused_channels=row.refused_channels.union(*(other.refused_channels for other in others)),
        )

    def _reject(self, row: CustomerRow, field: str, value: str, reason: str) -> None:
        columns = self.layout.columns()
        heading = columns.get(field) or columns.get("mobile" if field == "phone" else "") or ""
        raise LineRejected(Rejection(row.line, heading, value, reason))


def _name_key(row: CustomerRow) -> str:
    """The same for "Durand Paul" and "Paul Durand"."""
    return " ".join(sorted(plain(f"{row.given_name} {row.family_name}").split()))
