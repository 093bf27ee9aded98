"""A grid keeps the lines that are not blank, under the number that the person sees."""

from collections.abc import Iterable, Sequence

from .cells import text_of
from .shapes import HEADING_WITHIN, MAX_ROWS, TOO_MANY_ROWS, Cell, Grid, UnreadableSheet


def numbered(name: str, records: Iterable[Sequence[Cell]]) -> Grid:
    """Raises `UnreadableSheet` past the largest number of rows, before they fill the memory."""
    grid = Grid(name)
    for number, cells in enumerate(records, 1):
        if not any(map(_shows, cells)):
            continue
        if len(grid.lines) > MAX_ROWS + HEADING_WITHIN:
            raise UnreadableSheet(TOO_MANY_ROWS)
        grid.lines.append((number, list(cells)))
    return grid


def _shows(cell: Cell) -> bool:
    return cell != "" and text_of(cell) != ""
