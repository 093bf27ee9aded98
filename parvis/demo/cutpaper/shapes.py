"""Outlines that scissors cut, as SVG path data. A point is a complex number: x to the right, y down."""

import cmath
import math
from collections.abc import Callable, Sequence
from itertools import pairwise

ARC = 0.5523  # the handle of a Bézier curve that looks like a quarter of a circle


def aim(degrees: float, length: float = 1.0) -> complex:
    """The point at this distance and direction: 0 is right, 90 is down."""
    return cmath.rect(length, math.radians(degrees))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _points(*points: complex) -> str:
    return " ".join(f"{_number(p.real)} {_number(p.imag)}" for p in points)


def pins(at: complex, *points: tuple[float, float], turn: complex = 1, side: int = 1) -> list[complex]:
    """Points told from `at`. `turn`: a direction (aim) to turn them by, and a size; `side`: -1 for their mirror."""
    return [at + complex(side * x, y) * turn for x, y in points]


def polygon(points: Sequence[complex]) -> str:
    return f"M{_points(points[0])}L{_points(*points[1:])}Z"


def smooth(points: Sequence[complex]) -> str:
    """A closed curve through all the points (Catmull-Rom)."""
    count, path = len(points), f"M{_points(points[0])}"
    for i in range(count):
        before, here, there, after = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        path += f"C{_points(here + (there - before) / 6, there - (after - here) / 6, there)}"
    return path + "Z"


def ellipse(centre: complex, across: float, down: float | None = None, turn: float = 0.0) -> str:
    """`across` and `down` are half-widths; a circle when `down` is left out."""
    right, low = aim(turn, across), aim(turn + 90, across if down is None else down)
    path = f"M{_points(centre + right)}"
    for a, b in ((right, low), (low, -right), (-right, -low), (-low, right)):
        path += f"C{_points(centre + a + b * ARC, centre + b + a * ARC, centre + b)}"
    return path + "Z"


def ring(centre: complex, outer: float, inner: float, flat: float = 1.0) -> str:
    """A round with a round hole. `flat` is its height for one unit of width."""
    # The hole is drawn the other way round: that is what makes it one.
    return ellipse(centre, outer, outer * flat) + ellipse(centre, inner, -inner * flat)


def arc(centre: complex, radius: float, start: float, end: float, steps: int = 18) -> list[complex]:
    """Points on a circle between two directions, in degrees."""
    return [centre + aim(start + (end - start) * i / steps, radius) for i in range(steps + 1)]


def slab(at: complex, wide: float, high: float, corner: float = 14.0) -> str:
    """A rectangle with round corners; `at` is its top left."""
    c, k = corner, corner * (1 - ARC)
    right, low = at + wide, at + complex(0, high)
    end = at + complex(wide, high)
    return (
        f"M{_points(at + c)}L{_points(right - c)}C{_points(right - k, right + 1j * k, right + 1j * c)}"
        f"L{_points(end - 1j * c)}C{_points(end - 1j * k, end - k, end - c)}"
        f"L{_points(low + c)}C{_points(low + k, low - 1j * k, low - 1j * c)}"
        f"L{_points(at + 1j * c)}C{_points(at + 1j * k, at + k, at + c)}Z"
    )


def leaf(base: complex, tip: complex, width: float, bend: float = 0.0) -> str:
    """Pointed at both ends; `width` is the whole width, `bend` pushes the middle sideways."""
    along = tip - base
    side = along / abs(along) * 1j
    left, right = side * (bend + width * 0.67), side * (bend - width * 0.67)
    return (
        f"M{_points(base)}C{_points(base + along * 0.25 + left, base + along * 0.7 + left, tip)}"
        f"C{_points(base + along * 0.7 + right, base + along * 0.25 + right, base)}Z"
    )


def petal(base: complex, tip: complex, width: float) -> str:
    """Narrow where it is held, round at the end."""
    along = tip - base
    side = along / abs(along) * 1j * width / 2
    return smooth(
        [
            base,
            base + along * 0.45 + side * 0.8,
            base + along * 0.8 + side,
            tip,
            base + along * 0.8 - side,
            base + along * 0.45 - side * 0.8,
        ]
    )


def strip(line: Sequence[complex], wide: float, end: float | None = None) -> str:
    """A ribbon that follows a line, `wide` across at its start and `end` across at its end."""
    last = len(line) - 1
    left, right = [], []
    for i, point in enumerate(line):
        along = line[min(i + 1, last)] - line[max(i - 1, 0)]
        half = (wide + ((wide if end is None else end) - wide) * i / last) / 2
        side = along / abs(along) * 1j * half
        left.append(point + side)
        right.append(point - side)
    return polygon(left + right[::-1])


def curve(start: complex, pull: complex, end: complex, steps: int = 14) -> list[complex]:
    """Points of a bow from start to end, drawn towards `pull`."""
    ts = [i / steps for i in range(steps + 1)]
    return [start * (1 - t) ** 2 + pull * 2 * t * (1 - t) + end * t**2 for t in ts]


def scalloped(centre: complex, radius: float, lobes: int, depth: float, turn: float = 0.0) -> str:
    """A round with waves: `depth` is the share of the radius that each wave takes."""
    steps = lobes * 4
    rim = [
        centre + aim(turn + 360 * i / steps, radius * (1 - depth * (0.5 - 0.5 * math.cos(math.pi * i / 2))))
        for i in range(steps)
    ]
    return smooth(rim)


def turned(middle: float, half: Callable[[float], float], top: float, bottom: float, steps: int = 28) -> str:
    """What a lathe makes: `half(y)` is half the width at that height. Serves for a band of it too."""
    heights = [top + (bottom - top) * i / steps for i in range(steps + 1)]
    left = [complex(middle - half(y), y) for y in heights]
    return polygon(left + [complex(middle + half(y), y) for y in reversed(heights)])


def profile(*knots: tuple[float, float]) -> Callable[[float], float]:
    """Half-widths that glide from one (height, half-width) to the next, like the shoulder of a bottle."""

    def half(y: float) -> float:
        for (y0, w0), (y1, w1) in pairwise(knots):
            if y <= y1:
                t = min(max((y - y0) / (y1 - y0), 0.0), 1.0)
                return w0 + (w1 - w0) * (0.5 - 0.5 * math.cos(math.pi * t))
        return knots[-1][1]

    return half


def bowl(rim: float, bottom: float, half: float, roundness: float = 2.4) -> Callable[[float], float]:
    """The half-widths of a cup: straight at the rim, round below."""

    def width(y: float) -> float:
        depth = min(max((y - rim) / (bottom - rim), 0.0), 1.0)
        return float(half * (1 - depth**roundness) ** (1 / 2))

    return width
