"""What pages read of a territory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest

from parvis.core.errors import Elsewhere

from .drawing import Frame, frame, path, rings
from .labels import COUNT, LINE, place_label
from .middleware import PREFIX
from .models import Commune, Territory

WIDTH = 360.0  # a phone's: letters are then as large as they say


@dataclass(frozen=True, slots=True)
class MapLine:
    """One line of a name, and where its foot stands."""

    text: str
    y: float


@dataclass(frozen=True, slots=True)
class MapCommune:
    """A commune on the map: SVG path data, and where its name and its number are written, in drawing units."""

    name: str
    slug: str
    path: str
    x: float
    number_y: float
    size: float
    lines: tuple[MapLine, ...]
    count: int | None


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


def territory_map(
    territory: Territory, communes: Iterable[Commune], counts: Mapping[str, int] | None = None
) -> TerritoryMap:
    """Those of `communes` that have a contour; the others are in the caller's list. `counts`: INSEE code -> the number
    written above the name, 0 for a code that is not there; None: no number at all."""
    drawn = [commune for commune in communes if commune.contour]
    around = frame([commune.contour for commune in drawn], WIDTH)
    if around is None:
        return TerritoryMap(territory.of_name, WIDTH, 0, ())
    shapes = tuple(
        _on_map(commune, around, None if counts is None else counts.get(commune.insee, 0)) for commune in drawn
    )
    return TerritoryMap(territory.of_name, WIDTH, around.height, shapes)


def _on_map(commune: Commune, around: Frame, count: int | None) -> MapCommune:
    outline = rings(commune.contour, around)
    label = place_label(commune.name, outline, counted=count is not None)
    room = 0 if count is None else COUNT
    top = label.y - (room + len(label.lines) * label.size * LINE) / 2
    lines = tuple(
        MapLine(text, round(top + room + label.size * (LINE * n + 0.86), 1)) for n, text in enumerate(label.lines)
    )
    return MapCommune(
        commune.name, commune.slug, path(outline), label.x, round(top + room / 2 - 1, 1), label.size, lines, count
    )


def commune_named(communes: Iterable[Commune], typed: str) -> Commune | None:
    """By its name alone: a postcode is shared by several communes."""
    name = typed.casefold().replace("-", " ")
    return next((one for one in communes if one.name.casefold().replace("-", " ") == name), None)


class NoTerritory(Http404):
    """The address names none of several: the page of this 404 names them all."""


def here(request: HttpRequest) -> Territory:
    """The territory that the middleware found; a NoTerritory where the address names none of several."""
    territory: Territory | None = getattr(request, "territory", None)
    if territory is None:
        raise NoTerritory("Cette adresse ne dit pas de quel territoire il s’agit.")
    return territory


def address_of(territory: Territory) -> str:
    """The address of a territory's home, whatever the one asked for: its own host, else its path on this one."""
    return absolute(territory, "/" if territory.host else f"{PREFIX}{territory.slug}/")


def at_home(territory: Territory, request: HttpRequest) -> str:
    """What is asked here, at this territory's own address."""
    asked = request.get_full_path_info().lstrip("/")
    return f"{address_of(territory)}{asked}"


def keep_to(territory: Territory, request: HttpRequest) -> None:
    """A page of one territory is not shown under another's name: whoever reads is led to its own, and nothing is
    written from there. Where the address names none, it may be read."""
    asked: Territory | None = getattr(request, "territory", None)
    if asked is None or asked == territory:
        return
    if request.method not in {"GET", "HEAD"}:
        raise Http404
    raise Elsewhere(at_home(territory, request))


def absolute(territory: Territory | None, path: str) -> str:
    """The one address of a page of this territory, from its path as a template writes it; of this installation where
    none is known."""
    host_name = territory.host if territory else ""
    if territory and host_name and path.startswith(own := f"{PREFIX}{territory.slug}/"):
        path = path[len(own) - 1 :]  # read under its path; under its own name there is none
    scheme, _, host = settings.BASE_URL.partition("://")
    # The port that this installation was given: a demo on 8000 answers there under any name.
    _, colon, port = host.partition(":")
    return f"{scheme}://{host_name or host.removesuffix(colon + port)}{colon}{port}{path}"
