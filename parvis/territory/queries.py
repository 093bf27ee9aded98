"""What pages read of a territory."""

from dataclasses import dataclass

from .drawing import frame, outline
from .models import Territory
from .rules import Point


@dataclass(frozen=True, slots=True)
class MapCommune:
    """A commune on the map: SVG path data, and where its name is written, in drawing units."""

    name: str
    slug: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TerritoryMap:
    """For `territory/map.html`. Empty (`communes` is ()) where no contour is known: show the list alone."""

    name: str
    width: float
    height: float
    communes: tuple[MapCommune, ...]

    @property
    def view_box(self) -> str:
        """With room around for the border's own width."""
        return f"-2 -2 {self.width + 4:g} {self.height + 4:g}"

    @property
    def name_size(self) -> float:
        """13 units on a phone's 360: still read without zooming."""
        return round(self.width * 13 / 360, 1)


def opens_here() -> Territory | None:
    """The territory on whose agenda and directory this installation opens: the first that was created.

    The others have their windows, desks, rounds and business pages, under names that no two territories share."""
    return Territory.objects.order_by("pk").first()


def territory_map(territory: Territory, width: float = 400) -> TerritoryMap:
    """The communes that have a contour, drawn `width` units wide; the others are in the caller's list."""
    drawn = [commune for commune in territory.communes.order_by("name") if commune.contour]
    contours = [commune.contour for commune in drawn]
    around = frame(contours, width)
    if around is None:
        return TerritoryMap(territory.of_name, width, 0, ())
    shapes = []
    for commune, path in zip(drawn, outline(contours, width), strict=True):
        if commune.longitude is not None and commune.latitude is not None:
            x, y = around.place(Point(commune.longitude, commune.latitude))
            shapes.append(MapCommune(commune.name, commune.slug, path, x, y))
    return TerritoryMap(territory.of_name, width, around.height, tuple(shapes))
