"""What the public pages' tests put in shop windows."""

import datetime as dt
from io import BytesIO

from PIL import Image

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.photos.actions import add_photo
from parvis.photos.models import Photo
from tests.builders import BY


def later(days: int = 4) -> dt.datetime:
    return clock.now() + dt.timedelta(days=days)


def photo(of: Organisation) -> Photo:
    picture = BytesIO()
    Image.new("RGB", (60, 40), "coral").save(picture, "PNG")
    return add_photo(
        organisation=of, upload=picture.getvalue(), alt="Un bouquet", author="Odile Marchand", right="mine", by=BY
    )


def suspend(organisation: Organisation) -> None:
    organisation.suspended_at = clock.now()
    organisation.save(update_fields=["suspended_at"])
