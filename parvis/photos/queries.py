"""Where a photo's files lie, and their addresses."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from parvis.accounts.queries import may, organisations_where
from parvis.accounts.rules import Permission

from .models import Photo
from .rules import distinct_sizes

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from parvis.accounts.models import User


def photo_folder(key: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "photos" / key


def photo_path(key: str, size: int, extension: str = "jpg") -> Path:
    """The file of a size in rules.SIZES; it does not exist once the photo is withdrawn."""
    return photo_folder(key) / f"{size}.{extension}"


def photo_url(key: str, size: int = 800, extension: str = "jpg") -> str:
    """The path of the address, from the site's root."""
    return reverse("photos:file", args=[key, size, extension])


def srcset(photo: Photo, extension: str) -> str:
    """What an `<img>` or a `<source>` chooses from, with the files' real widths."""
    sizes = distinct_sizes(photo.width, photo.height)
    return ", ".join(f"{photo_url(photo.key, size, extension)} {width}w" for size, width in sizes)


def visible_to(user: "User | AnonymousUser", photo: Photo) -> bool:
    """Those who may see one that is shown to nobody: its own shop's desk, and whoever decides of what is reported."""
    if may(user, Permission.SEE_DESK, photo.organisation):
        return True
    here = organisations_where(user, Permission.MODERATE)
    return here.filter(territory=photo.organisation.territory_id).exists()
