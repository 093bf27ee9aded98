"""Every write on photos. The files and the row live and die together."""

import secrets
import shutil
from typing import Any, BinaryIO, Protocol

from django.db import transaction
from PIL import Image

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput
from parvis.core.speech import mark

from . import pictures
from .models import Photo
from .queries import photo_folder, photo_path
from .rules import EXTENSIONS, SIZES


class Upload(Protocol):
    """Django's UploadedFile, or any binary file that knows its size in bytes."""

    size: Any

    def read(self) -> bytes: ...


class PhotoWithoutRight(BadInput):
    sentence = mark(
        "Dites si vous avez pris cette photo vous-même ou si elle est libre de tous droits, "
        "et donnez le nom de son auteur."
    )


class PhotoWithoutWords(BadInput):
    sentence = mark("Décrivez la photo en quelques mots, 200 lettres au plus : ils sont lus à qui ne la voit pas.")


def add_photo(
    *,
    organisation: Organisation,
    upload: Upload | BinaryIO | bytes,
    alt: str,
    author: str,
    right: str,
    by: Actor,
) -> Photo:
    """Keep a photo in its sizes, without what the camera wrote beside it, with the right stated (rule 17).

    Refuses with PhotoWithoutRight, PhotoWithoutWords, or one of `pictures`. The files come first, so that no
    row is ever without them; they go if the row fails. Call it outside a transaction: nothing tells it that
    an outer one fails later (the files would stay on disk, never served).
    """
    alt, author = _stated(alt, author, right)
    picture = pictures.read(_bytes(upload))
    key = secrets.token_hex(16)
    try:
        _write(key, picture)
        with transaction.atomic():
            photo = Photo.objects.create(
                organisation=organisation,
                key=key,
                alt=alt,
                author=author,
                right=right,
                stated_by=by.name,
                stated_at=clock.now(),
                width=picture.width,
                height=picture.height,
            )
            record(by=by, verb="photo.add", on=photo, organisation=organisation, author=author, right=right)
    except BaseException:
        _remove(key)
        raise
    return photo


@transaction.atomic
def withdraw_photo(*, photo: Photo, by: Actor) -> None:
    """Stop showing a photo at once and delete its files. Withdrawing twice changes nothing more."""
    now = clock.now()
    if Photo.objects.filter(pk=photo.pk, withdrawn_at=None).update(withdrawn_at=now):
        photo.withdrawn_at = now
        record(by=by, verb="photo.withdraw", on=photo, organisation=photo.organisation)
    # After the commit: a row that fails to change must keep its files. The view asks the row first.
    transaction.on_commit(lambda: _remove(photo.key))


def _stated(alt: str, author: str, right: str) -> tuple[str, str]:
    alt, author = alt.strip(), author.strip()
    if right not in Photo.Right.values or not 1 <= len(author) <= 120:
        raise PhotoWithoutRight
    if not 1 <= len(alt) <= 200:
        raise PhotoWithoutWords
    return alt, author


def _bytes(upload: Upload | BinaryIO | bytes) -> bytes:
    if isinstance(upload, bytes):
        return upload
    # Known before reading, so that a film of four gigabytes never enters memory.
    if isinstance(size := getattr(upload, "size", None), int):
        pictures.check_weight(size)
    return upload.read()


def _write(key: str, picture: Image.Image) -> None:
    photo_folder(key).mkdir(parents=True)
    for size in SIZES:
        smaller = pictures.resized(picture, size)
        for extension in EXTENSIONS:
            photo_path(key, size, extension).write_bytes(pictures.encode(smaller, extension))


def _remove(key: str) -> None:
    shutil.rmtree(photo_folder(key), ignore_errors=True)
