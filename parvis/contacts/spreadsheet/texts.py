"""Text files: in what encoding, with what separator; the lines as a spreadsheet would number them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from .grids import numbered
from .headings import find_layout
from .shapes import HEADING_WITHIN, Cell, Grid, UnreadableSheet

_SEPARATORS = (";", "\t", ",", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# The order decides between equals: cp1252 is what Excel writes in France.
_CANDIDATES = ("utf-8", "cp1252", "iso-8859-15", "mac-roman")
_SAMPLE = 400_000  # characters
_NOT_ASCII = re.compile(r"(.?)([^\x00-\x7f])", re.DOTALL)
_FRENCH_SMALL = frozenset("éèêëàâäçîïôöûùüÿœæñ")
_FRENCH_CAPITALS = frozenset("ÉÈÊËÀÂÄÇÎÏÔÖÛÙÜŒÆÑ")
_FRENCH_SIGNS = frozenset("’‘“”«»°€–—…·²³½\u00a0\u202f")
_SEP_LINE = re.compile(r"\ufeff?sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)

NOT_TEXT = (
    "Ce fichier n’est pas un tableau que l’on sache lire : enregistrez-le au format Excel (.xlsx), "
    "LibreOffice (.ods) ou CSV, puis recommencez."
)


def decode(data: bytes) -> tuple[str, str]:
    """(text, encoding). Raises `UnreadableSheet` for what is no text."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding, errors="strict" if encoding.startswith("utf-16") else "replace")
    except UnicodeDecodeError as error:
        raise UnreadableSheet(NOT_TEXT) from error
    sample = text[:_SAMPLE]
    strange = sum(c < " " and c not in "\t\r\n\f\v\x1a" for c in sample) + sample.count("\ufffd")
    if strange > 8 + len(sample) // 100:
        raise UnreadableSheet(NOT_TEXT)
    return text.removeprefix("\ufeff"), encoding


def _encoding(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    head = data[:4000]
    if len(head) > 3 and head.count(0) * 3 > len(head):
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return max(_CANDIDATES, key=lambda name: _plausibility(data, name))
    return "utf-8"


def _plausibility(data: bytes, encoding: str) -> int:
    """How French the letters outside ASCII look when read so, at both ends of a large file."""
    data = data if len(data) < 2 * _SAMPLE else data[:_SAMPLE] + data[-_SAMPLE:]
    return sum(_french(before, letter) for before, letter in _NOT_ASCII.findall(data.decode(encoding, "replace")))


def _french(before: str, letter: str) -> int:
    if letter in _FRENCH_SMALL:
        return 1 if before.isupper() and letter not in "éèê" else 3
    if letter in _FRENCH_CAPITALS:
        return -3 if before.islower() else 2
    if letter in _FRENCH_SIGNS:
        return 1
    return -10 if letter == "\ufffd" or letter < "\u00a0" else -3


def read_text(text: str) -> tuple[Grid, str]:
    """(grid, separator). The separator is the one under which most headings are recognised."""
    told = _SEP_LINE.match(text)
    if told and told[1] in _SEPARATORS:
        # Excel obeys this line and does not show it: the numbers start after it.
        separator, text = told[1], text[told.end() :]
        return _grid(text, separator), separator
    separator = max(_SEPARATORS, key=lambda candidate: _promise(text, candidate))
    return _grid(text, separator), separator


def _promise(text: str, separator: str) -> tuple[int, int]:
    try:
        first = list(islice(_quoted(text[:_SAMPLE], separator), HEADING_WITHIN))
    except csv.Error:
        first = list(islice(_unquoted(text[:_SAMPLE], separator), HEADING_WITHIN))
    layout = find_layout(numbered("", first))
    width = Counter(len(cells) for cells in first if cells).most_common(1)
    return (layout.score if layout else 0), (width[0][0] if width else 0)


def _grid(text: str, separator: str) -> Grid:
    """A quote that is never closed swallows the lines that follow: then quotes are plain characters."""
    try:
        grid = numbered("", _quoted(text, separator))
    except csv.Error:
        return numbered("", _unquoted(text, separator))
    unclosed = text.count('"') % 2 == 1
    if any(_swallows(cell, separator, len(cells), unclosed) for _, cells in grid.lines for cell in cells):
        return numbered("", _unquoted(text, separator))
    return grid


def _swallows(cell: Cell, separator: str, width: int, unclosed: bool) -> bool:
    if not isinstance(cell, str) or "\n" not in cell:
        return False
    return unclosed or any(line.count(separator) >= max(2, width - 1) for line in cell.split("\n"))


def _quoted(text: str, separator: str) -> Iterator[list[Cell]]:
    for record in csv.reader(io.StringIO(text, newline=None), delimiter=separator):
        yield [*record]


def _unquoted(text: str, separator: str) -> Iterator[list[Cell]]:
    for line in io.StringIO(text, newline=None):
        cells = line.rstrip("\n").split(separator)
        yield [cell.strip().removeprefix('"').removesuffix('"').replace('""', '"') for cell in cells]
