"""Text files: with what separator; the lines as a spreadsheet would number them."""

import csv
import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from . import shapes
from .grids import numbered
from .headings import find_layout
from .shapes import HEADING_WITHIN, TOO_LARGE, Cell, Grid, UnreadableSheet

_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE = 400_000  # characters
_SEP_LINE = re.compile(r"\ufeff?sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Records:
    """A text cut into cells. `ends`: the lines of the file on which its records end, since a quoted cell may hold
    several."""

    grid: Grid
    separator: str
    ends: list[int]

    def number(self, line: int) -> int:
        """The number that a spreadsheet gives to the record which holds this line of the file."""
        return bisect_left(self.ends, line) + 1


def read_text(text: str) -> Records:
    """The separator is the one under which most headings are recognised."""
    told = _SEP_LINE.match(text)
    if told and told[1] in _SEPARATORS:
        # Excel obeys this line and does not show it: the numbers start after it.
        grid, ends = _grid(text[told.end() :], told[1])
        return Records(grid, told[1], [end + 1 for end in ends])
    separator = max(_SEPARATORS, key=lambda candidate: _promise(text, candidate))
    grid, ends = _grid(text, separator)
    return Records(grid, separator, ends)


def _promise(text: str, separator: str) -> tuple[int, int]:
    try:
        first = list(islice(_quoted(text[:_SAMPLE], separator, []), HEADING_WITHIN))
    except csv.Error:
        first = list(islice(_unquoted(text[:_SAMPLE], separator, []), HEADING_WITHIN))
    layout = find_layout(numbered("", first))
    width = Counter(len(cells) for cells in first if cells).most_common(1)
    return (layout.score if layout else 0), (width[0][0] if width else 0)


def _grid(text: str, separator: str) -> tuple[Grid, list[int]]:
    """A quote that is never closed swallows the lines that follow: then quotes are plain characters."""
    if sum(map(text.count, (separator, "\n", "\r"))) > shapes.MAX_CELLS:
        raise UnreadableSheet(TOO_LARGE)  # all on one line, they would fill the memory before they are counted
    ends: list[int] = []
    try:
        grid = numbered("", _quoted(text, separator, ends))
    except csv.Error:
        return _plainly(text, separator)
    unclosed = text.count('"') % 2 == 1
    if any(_swallows(cell, separator, len(cells), unclosed) for _, cells in grid.lines for cell in cells):
        return _plainly(text, separator)
    return grid, ends


def _plainly(text: str, separator: str) -> tuple[Grid, list[int]]:
    ends: list[int] = []
    return numbered("", _unquoted(text, separator, ends)), ends


def _swallows(cell: Cell, separator: str, width: int, unclosed: bool) -> bool:
    if not isinstance(cell, str) or "\n" not in cell:
        return False
    return unclosed or any(line.count(separator) >= max(2, width - 1) for line in cell.split("\n"))


def _quoted(text: str, separator: str, ends: list[int]) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    for record in reader:
        ends.append(reader.line_num)
        yield [*record]


def _unquoted(text: str, separator: str, ends: list[int]) -> Iterator[list[Cell]]:
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        cells = line.rstrip("\n").split(separator)
        ends.append(number)
        yield [cell.strip().removeprefix('"').removesuffix('"').replace('""', '"') for cell in cells]
