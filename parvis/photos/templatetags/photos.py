"""A photo in a template of any app: `{% load photos %}{% photo_figure photo %}`."""

from typing import Any

from django import template

from ..models import Photo
from ..queries import photo_url, srcset

register = template.Library()

register.filter("photo_srcset", srcset)


@register.filter
def photo_src(photo: Photo, size: int) -> str:
    return photo_url(photo.key, size)


@register.inclusion_tag("photos/figure.html")
def photo_figure(photo: Photo | None, sizes: str = "") -> dict[str, Any]:
    """The picture with its author and right; nothing where there is none."""
    return {"photo": photo, "sizes": sizes}


@register.inclusion_tag("photos/picture.html")
def photo_picture(photo: Photo, sizes: str, css: str = "", eager: bool = False, silent: bool = False) -> dict[str, Any]:
    """The picture alone, where the caller gives the credit, or the page that it leads to. `sizes`: how wide it is
    shown; `eager`: it is in the first screen; `silent`: the words beside it already say what it shows."""
    return {"photo": photo, "sizes": sizes, "css": css, "eager": eager, "alt": "" if silent else photo.alt}
