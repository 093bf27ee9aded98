"""Saying something, question after question, as a browser does."""

import re
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests import builders

from .page import words

SAY = "/bureau/la-brassee/dire/"


PHRASE = {"kind": "workshop", "title": "Couronnes de l’hiver", "text": ""}
WHEN = {"day": "2026-11-28", "hour": "14:30", "seats": "10", "price": "35 €"}


def picture(size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", size, "coral").save(data, "JPEG")
    return SimpleUploadedFile("bouquet.jpg", data.getvalue(), "image/jpeg")


def whom(*slugs: str, **more: str) -> dict[str, Any]:
    return {"interests": [builders.interest(slug).pk for slug in slugs or ("fleurs",)], **more}


def begin(client: Client) -> str:
    """The address of a new draft."""
    location = client.post(SAY).headers["Location"]
    assert location.endswith("/photo/")
    return location.removesuffix("photo/")


def drafted(client: Client, **changes: dict[str, Any]) -> str:
    """Every question answered but the last: `changes` by question (phrase, quand, pour_qui)."""
    draft = begin(client)
    client.post(f"{draft}phrase/", PHRASE | changes.get("phrase", {}))
    client.post(f"{draft}quand/", WHEN | changes.get("quand", {}))
    client.post(f"{draft}pour-qui/", changes.get("pour_qui", whom()))
    return draft


def say(client: Client, **changes: dict[str, Any]) -> str:
    response = client.post(f"{drafted(client, **changes)}relire/", follow=True)
    return words(response.content)


def ticked(client: Client, address: str) -> set[str]:
    return set(re.findall(r'value="\d+" checked><span>([^<]+)', client.get(address).text))
