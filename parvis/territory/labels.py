"""Where a commune's name fits on its drawing, and in how many lines. Pure Python; sizes in drawing units."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, dist, floor

Place = tuple[float, float]
Outline = tuple[tuple[Place, ...], ...]  # rings, holes included: what is inside crosses an odd number of edges

_SIZES = (14.0, 13.0, 12.0, 11.0)
LINE = 1.08  # of the size of the letters
COUNT = 22.0  # height that the number above the name takes
_GRID = 20
# Widths in ems of a semi-bold humanist face; a name is never measured short.
_NARROW, _WIDE = "iljtfr.,'’-I ", "mwMWŒœ"


@dataclass(frozen=True, slots=True)
class Label:
    """`x`, `y`: the middle of the block, the number's room included where there is one; `size`: of the letters."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float


@lru_cache(maxsize=1024)
def place_label(name: str, outline: Outline, *, counted: bool) -> Label:
    """The fewest lines in the largest letters that fit inside; where none does, the smallest, in the widest part."""
    rows = _Rows(outline)
    layouts = list(_layouts(name))
    for size in _SIZES:
        for lines in layouts:
            wide, high = _block(lines, size, counted=counted)
            room, _, (x, y) = max((rows.room(spot, wide, high), rows.centred(spot), spot) for spot in rows.spots)
            if room > 0:
                return Label(lines, round(x, 1), round(y, 1), size)
    lines = min(layouts, key=lambda some: max(map(_width, some)))
    x, y = max(rows.spots, key=lambda spot: rows.reach(*spot))
    return Label(lines, round(x, 1), round(y, 1), _SIZES[-1])


def _layouts(name: str) -> Iterator[tuple[str, ...]]:
    """« Marolles-en-Brie » whole, then « Marolles- / en-Brie », then in three: a hyphen ends its line."""
    pieces = [piece for piece in re.split(r"(?<=-)|\s", name) if piece]
    yield (name,)
    for cut in sorted(range(1, len(pieces)), key=lambda n: max(_width(_join(pieces[:n])), _width(_join(pieces[n:])))):
        yield (_join(pieces[:cut]), _join(pieces[cut:]))
    if len(pieces) > 2:
        for first in range(1, len(pieces) - 1):
            for second in range(first + 1, len(pieces)):
                yield (_join(pieces[:first]), _join(pieces[first:second]), _join(pieces[second:]))


def _join(pieces: Sequence[str]) -> str:
    return re.sub(r"- ", "-", " ".join(pieces))


def _width(line: str) -> float:
    """In ems."""
    return sum(0.34 if letter in _NARROW else 0.88 if letter in _WIDE else 0.6 for letter in line)


def _block(lines: Sequence[str], size: float, *, counted: bool) -> tuple[float, float]:
    return max(map(_width, lines)) * size + 4, len(lines) * size * LINE + (COUNT if counted else 0)


class _Rows:
    """Where the edges cross each row of the drawing: read once, asked for many places."""

    def __init__(self, outline: Outline) -> None:
        edges = [edge for ring in outline for edge in pairwise(ring)]
        points = [point for ring in outline for point in ring] or [(0.0, 0.0)]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        north, south = min(y for _, y in points), max(y for _, y in points)
        self._crossings = {
            row: [x0 + (row - y0) * (x1 - x0) / (y1 - y0) for (x0, y0), (x1, y1) in edges if (y0 <= row) != (y1 <= row)]
            for row in range(floor(north) - 1, ceil(south) + 2)
        }
        steps = range(1, _GRID)
        self._middle = ((west + east) / 2, (north + south) / 2)
        self.spots = [
            (west + (east - west) * column / _GRID, north + (south - north) * row / _GRID)
            for row in steps
            for column in steps
        ]

    def room(self, spot: Place, wide: float, high: float) -> float:
        """How far the block's sides stay from the edges, at their nearest; negative where it does not fit."""
        x, y = spot
        # To the unit: among places as roomy as each other, the most central is the one that the eye expects.
        return round(min(self.reach(x, y + high * step / 4) for step in range(-2, 3)) - wide / 2)

    def centred(self, spot: Place) -> float:
        return -dist(spot, self._middle)

    def reach(self, x: float, y: float) -> float:
        """The way to the nearest edge, left or right on this row; negative outside."""
        crossings = self._crossings.get(round(y), ())
        inside = sum(crossing < x for crossing in crossings) % 2 == 1
        return min((abs(crossing - x) for crossing in crossings), default=0.0) * (1 if inside else -1)
