"""The map of a territory in a template of any app: `{% load territory %}{% territory_map map %}`."""

from typing import Any

from django import template

from ..queries import TerritoryMap

register = template.Library()


@register.inclusion_tag("territory/map.html")
def territory_map(map: TerritoryMap) -> dict[str, Any]:
    """Nothing where no contour is known. A list must stand beside it."""
    return {"map": map}
