"""What a page says of itself to those who link to it: search engines, messengers, social networks."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """For the head of core/base.html. `url` and `image` are absolute; `kind` is Open Graph's type; `data` is
    schema.org's, as a dictionary for JSON-LD."""

    title: str
    description: str
    url: str
    kind: str = "website"
    image: str = ""
    image_alt: str = ""
    data: dict[str, Any] | None = None
