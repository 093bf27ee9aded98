"""A grid keeps the lines that are not blank, under the number that the person sees."""

from collections.abc import Iterable, Sequence

from . import shapes
from .cells import text_of
from .shapes import HEADING_WITHIN, MAX_ROWS, TOO_LARGE, TOO_MANY_ROWS, Cell, Grid, UnreadableSheet


def numbered(name: str, records: Iterable[Sequence[Cell]]) -> Grid:
    """Raises `UnreadableSheet` past the largest number of rows or of cells, before they fill the memory."""
    grid = Grid(name)
    kept = 0
    for number, cells in enumerate(records, 1):
        if not any(map(_shows, cells)):
            continue
        if len(grid.lines) > MAX_ROWS + HEADING_WITHIN:
            raise UnreadableSheet(TOO_MANY_ROWS)
        kept += len(cells)
        if kept > shapes.MAX_CELLS:
            raise UnreadableSheet(TOO_LARGE)
        grid.lines.append((number, list(cells)))
    return grid


def _shows(cell: Cell) -> bool:
    return cell != "" and text_of(cell) != ""
