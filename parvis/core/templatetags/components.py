"""Icons and the crowd: `{% load components %}`."""

from collections.abc import Iterator, Sequence
from typing import NotRequired, TypedDict

from django.template import Library
from django.template.loader import select_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from parvis.core import typography

register = Library()

ROW = 36  # dots in a row
GAP = 10  # drawing units from one dot to the next
MOST_DOTS = 40 * ROW
FEW_DOTS = typography.FEW_UNDER - 1


class Part(TypedDict):
    paper: str
    count: int
    label: str
    url: NotRequired[str]


class DrawnPart(TypedDict):
    paper: str
    number: str
    label: str
    url: str
    few: bool
    path: str


class Crowd(TypedDict):
    parts: list[DrawnPart]
    scale: int
    width: int
    height: int


@register.simple_tag
def icon(name: str, label: str = "", fill: bool = False) -> SafeString:
    """An inline SVG, hidden from screen readers; `label` names it where no word stands beside.

    Raises TemplateDoesNotExist for a name without a file in core/icons/.
    """
    plain = f"core/icons/{name}.svg"
    names = [f"core/icons/fill/{name}.svg", plain] if fill else [plain]
    # Safe: the file is ours and holds no variable.
    svg = mark_safe(select_template(names).render().strip())
    return format_html('{}<span class="hidden">{}</span>', svg, label) if label else svg


@register.inclusion_tag("core/crowd.html")
def crowd(parts: Sequence[Part]) -> Crowd:
    """One dot per person, ROW in a row, in the order of `parts`, and the list that repeats the numbers.

    A part under ten is drawn as nine rings whatever its number, so that the picture tells no more than the words
    (decision 6). A crowd that would exceed MOST_DOTS has each dot stand for 10, 100… persons, and says so.
    """
    scale = 1
    while sum(part["count"] for part in parts) > MOST_DOTS * scale:
        scale *= 10
    places = _places()
    drawn = [_draw(part, places, scale) for part in parts]
    dots = sum(_dots(part["count"], scale) for part in parts)
    rows = -(-dots // ROW)
    return Crowd(parts=drawn, scale=scale, width=ROW * GAP, height=max(rows, 1) * GAP)


def _dots(count: int, scale: int) -> int:
    if scale > 1:
        return max(1, round(count / scale))
    return FEW_DOTS if count < typography.FEW_UNDER else count


def _draw(part: Part, places: Iterator[str], scale: int) -> DrawnPart:
    return DrawnPart(
        paper=part["paper"],
        number=typography.small_number(part["count"]),
        label=part["label"],
        url=part.get("url", ""),
        few=part["count"] < typography.FEW_UNDER,
        path="".join(next(places) for _ in range(_dots(part["count"], scale))),
    )


def _places() -> Iterator[str]:
    """Path steps, one round-capped point each, a little off the line as if placed by hand."""
    index = 0
    while True:
        row, column = divmod(index, ROW)
        shift = index * 7 % 5 / 5 - 0.4
        sway = index * 11 % 7 / 7 - 0.4
        yield f"M{column * GAP + 5 + shift:.1f} {row * GAP + 5 + sway:.1f}h0"
        index += 1
