"""A territory drawn from its communes' contours, as SVG path data. Pure Python."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from .rules import Point

Geometry = dict[str, Any]  # GeoJSON Polygon or MultiPolygon, WGS 84
Ring = list[list[float]]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the drawing lies on the ground. Sizes in drawing units."""

    west: float
    north: float
    per_degree_east: float
    per_degree_north: float
    width: float
    height: float

    def place(self, point: Point) -> tuple[float, float]:
        """x from the left, y from the top."""
        x = (point.longitude - self.west) * self.per_degree_east
        y = (self.north - point.latitude) * self.per_degree_north
        return round(x, 1), round(y, 1)


def frame(contours: Sequence[Geometry | None], width: float) -> Frame | None:
    """The smallest frame of that width that holds every contour; None where there is none to draw."""
    points = [point for contour in contours for ring in _rings(contour) for point in ring]
    if not points:
        return None
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    if east == west or north == south:
        return None
    # Equirectangular: a degree of longitude is narrower than one of latitude, by the cosine of the latitude.
    east_scale = width / (east - west)
    north_scale = east_scale / cos(radians((north + south) / 2))
    return Frame(west, north, east_scale, north_scale, width, round((north - south) * north_scale, 1))


def outline(contours: Sequence[Geometry | None], width: float) -> list[str]:
    """One `d` for each contour, in their order; "" where the contour is unknown."""
    around = frame(contours, width)
    return [path(rings(contour, around)) if around else "" for contour in contours]


def rings(contour: Geometry | None, around: Frame) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The contour's rings, holes included, on the drawing."""
    return tuple(tuple(around.place(Point(*position[:2])) for position in ring) for ring in _rings(contour))


def path(drawn: Iterable[Iterable[tuple[float, float]]]) -> str:
    """Rings as the `d` of one SVG path."""
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in drawn)


def _rings(contour: Geometry | None) -> Iterator[Ring]:
    if contour is None:
        return
    if contour["type"] == "Polygon":
        yield from contour["coordinates"]
    elif contour["type"] == "MultiPolygon":
        for polygon in contour["coordinates"]:
            yield from polygon
