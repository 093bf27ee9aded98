"""What the reader hands over, and the grid it works on."""

import datetime as dt
from dataclasses import dataclass, field

from parvis.core.errors import BadInput
from parvis.core.speech import mark

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta


@dataclass(frozen=True, slots=True)
class Rejection:
    """A line, or one field of it, that could not be taken."""

    line: int  # as the person sees it in the spreadsheet, from 1, title rows and blank lines counted; 0: the whole file
    field: str  # the heading as typed; empty where the whole line is meant
    value: str  # what was typed, shortened, harmless if it goes back into a spreadsheet
    reason: str  # a full sentence with the way out: a constant, or said already where it holds values


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One person. Empty string, empty tuple or None: nothing was typed, or it was dropped with a warning."""

    line: int
    title: str
    given_name: str
    family_name: str
    email: str | None  # domain in lower case
    phone: str | None  # E.164
    address: str
    postcode: str
    commune: str
    birth_date: dt.date | None
    adult_on: dt.date | None  # the day the shop was told that the person is an adult
    minor: bool  # a no in a column such as « Majeur »
    tastes: tuple[str, ...]  # words as typed
    refusals: tuple[str, ...]  # words as typed
    note: str
    last_sale_on: dt.date | None
    consent_source: str  # as typed; a bare yes is not a source
    consent_channels: frozenset[str]  # only channels that the sheet names; empty where the person refuses
    consent_on: dt.date | None
    preferred_channel: str | None
    refuses: bool  # a no that names no channel: it wins over whatever else the line says
    doubtful: bool  # an answer that nobody can read: the line gives no right at all
    refused_channels: frozenset[str]  # "OK SMS : non": stands even where the person accepts another channel
    warnings: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[CustomerRow, ...]
    rejections: tuple[Rejection, ...]
    columns: dict[str, str]  # field -> heading as typed; several headings are joined by " + "
    ignored_columns: tuple[str, ...]
    heading_line: int
    sheet_name: str  # empty for a text file
    encoding: str  # empty for a workbook
    separator: str  # empty for a workbook
    other_sheets: tuple[str, ...] = ()  # sheets of the workbook that were not read
    remarks: tuple[Rejection, ...] = ()  # on the file and its columns, beside those of the rows; line 0: the whole file


class UnreadableSheet(BadInput):
    """Nothing can be read. `sentence` is for the person who brought the file."""


class LineRejected(BadInput):
    """Stops the reading of one line; never leaves this package."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.reason)
        self.rejection = rejection


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its lines that are not blank, with their number."""

    name: str
    lines: list[tuple[int, list[Cell]]] = field(default_factory=list)


MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 200_000
MAX_CELLS = 5_000_000  # 200,000 rows of 25 columns, 50,000 of 100
HEADING_WITHIN = 30  # lines

TOO_MANY_ROWS = mark(
    "Ce fichier a plus de 200 000 lignes : coupez-le en plusieurs fichiers, puis importez-les l’un après l’autre."
)
TOO_LARGE = mark(
    "Ce tableau est trop étendu pour être lu : une case est sans doute remplie très loin à droite ou "
    "très loin en bas. "
    "Copiez vos colonnes dans un nouveau fichier, enregistrez-le au format CSV (.csv), puis recommencez."
)
