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
