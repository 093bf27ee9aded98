import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from parvis.accounts.models import Organisation
from parvis.core.actors import Actor
from parvis.directory.windows import change_window
from parvis.photos.actions import add_photo
from parvis.photos.models import Photo
from parvis.territory.models import Commune, Territory

CLAIRE = Actor("user:1 mandate:1", "Claire Vasseur (Les Enseignes du Plateau), pour La Brassée")


def encoded(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "photos"


@pytest.fixture
def florist(db: None) -> Organisation:
    commune = Commune.objects.create(insee="94075", name="Villecresnes", slug="villecresnes")
    territory = Territory.objects.create(slug="plateau-briard", name="Plateau briard", of_name="du Plateau briard")
    return Organisation.objects.create(
        territory=territory, kind="shop", name="La Brassée", slug="la-brassee", commune=commune
    )


@pytest.fixture
def add(florist: Organisation) -> Callable[..., Photo]:
    def _add(upload: Any = None, **changes: Any) -> Photo:
        stated = {"alt": "Un bouquet de dahlias", "author": "Claire Vasseur", "right": "mine"} | changes
        content = upload if upload is not None else encoded(Image.new("RGB", (600, 400), "orange"))
        return add_photo(organisation=florist, upload=content, by=CLAIRE, **stated)

    return _add


@pytest.fixture
def shown(add: Callable[..., Photo], florist: Organisation) -> Callable[..., Photo]:
    """In the shop's window."""

    def _shown(*args: Any, **changes: Any) -> Photo:
        photo = add(*args, **changes)
        change_window(organisation=florist, cover=photo, by=CLAIRE)
        return photo

    return _shown
