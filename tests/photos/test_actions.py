import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from parvis.core.models import AuditEntry
from parvis.photos import actions, pictures
from parvis.photos.actions import PhotoWithoutRight, PhotoWithoutWords, withdraw_photo
from parvis.photos.models import Photo
from parvis.photos.pictures import DamagedPhoto, NotAPhoto, PhotoTooHeavy
from parvis.photos.queries import photo_path

from .conftest import CLAIRE, encoded

Add = Callable[..., Photo]


def dimensions(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


class Film:
    """Forty megabytes that nobody should read."""

    size = 40_000_000

    def read(self) -> bytes:
        raise AssertionError("read before its weight was checked")


def test_a_photo_is_kept_in_three_sizes_and_two_formats(add: Add, media: Path) -> None:
    photo = add(encoded(Image.new("RGB", (2400, 1500), "orange")))
    kept = {path.name: dimensions(path) for path in (media / photo.key).iterdir()}
    wide, middle, narrow = (1600, 1000), (800, 500), (400, 250)
    assert kept == {f"{size[0]}.{extension}": size for size in (wide, middle, narrow) for extension in ("jpg", "webp")}
    assert (photo.width, photo.height) == wide


def test_who_stated_the_right_and_when_is_stored(add: Add) -> None:
    photo = add(right="free", author="  Archives de la commune ")
    assert (photo.right, photo.author, photo.stated_by) == ("free", "Archives de la commune", CLAIRE.name)
    assert photo.stated_at is not None


def test_adding_is_audited(add: Add) -> None:
    photo = add()
    entry = AuditEntry.objects.get(verb="photo.add")
    assert (entry.target, entry.actor) == (f"photo:{photo.pk}", CLAIRE.key)
    assert entry.organisation == f"organisation:{photo.organisation_id}"


def test_keys_cannot_be_guessed_from_one_another(add: Add) -> None:
    small = encoded(Image.new("RGB", (2, 2)), "PNG")
    keys = {add(small).key for _ in range(3)}
    assert len(keys) == 3
    assert all(len(key) == 32 for key in keys)


@pytest.mark.parametrize("wrap", [io.BytesIO, lambda data: SimpleUploadedFile("IMG_1.JPG", data), bytes])
def test_any_binary_file_will_do(add: Add, wrap: Callable[[bytes], Any]) -> None:
    assert add(wrap(encoded(Image.new("RGB", (30, 20))))).width == 30


def test_forty_megabytes_are_refused_unread(add: Add, media: Path) -> None:
    with pytest.raises(PhotoTooHeavy, match="40 Mo"):
        add(Film())
    assert not media.exists()


@pytest.mark.parametrize(
    "stated",
    [{"author": "  "}, {"author": "x" * 121}, {"right": ""}, {"right": "theirs"}],
)
def test_no_photo_without_a_right_and_an_author(add: Add, media: Path, stated: dict[str, str]) -> None:
    with pytest.raises(PhotoWithoutRight):
        add(**stated)
    assert not Photo.objects.exists()
    assert not media.exists()


@pytest.mark.parametrize("alt", ["", "   ", "x" * 201])
def test_no_photo_without_words_for_who_does_not_see_it(add: Add, alt: str) -> None:
    with pytest.raises(PhotoWithoutWords):
        add(alt=alt)


def test_a_text_named_jpg_is_refused_and_leaves_nothing(add: Add, media: Path) -> None:
    with pytest.raises(NotAPhoto):
        add(SimpleUploadedFile("photo.jpg", b"ceci est un texte", content_type="image/jpeg"))
    assert not Photo.objects.exists()
    assert not media.exists()


def test_a_truncated_photo_leaves_nothing(add: Add, media: Path) -> None:
    with pytest.raises(DamagedPhoto):
        add(encoded(Image.effect_noise((400, 400), 50))[:5000])
    assert not media.exists()


def test_the_files_go_when_the_row_fails(add: Add, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("audit trail full")

    monkeypatch.setattr(actions, "record", fail)
    with pytest.raises(RuntimeError, match="audit trail full"):
        add()
    assert not Photo.objects.exists()
    assert list(media.iterdir()) == []


def test_half_written_files_go_when_the_disk_fails(add: Add, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_picture: Image.Image, extension: str) -> bytes:
        if extension == "webp":
            raise OSError("no space left on device")
        return b"jpeg"

    monkeypatch.setattr(pictures, "encode", fail)
    with pytest.raises(OSError, match="no space"):
        add()
    assert list(media.iterdir()) == []


def test_withdrawing_deletes_the_files_and_keeps_the_row(
    add: Add, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    photo = add()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_photo(photo=photo, by=CLAIRE)
    photo.refresh_from_db()
    assert photo.withdrawn_at is not None
    assert not photo_path(photo.key, 800).exists()
    assert list(media.iterdir()) == []
    assert AuditEntry.objects.filter(verb="photo.withdraw").count() == 1


def test_the_files_stay_until_the_withdrawal_is_certain(add: Add) -> None:
    photo = add()
    withdraw_photo(photo=photo, by=CLAIRE)  # the test's transaction never commits
    assert photo_path(photo.key, 800).exists()


def test_withdrawing_twice_is_told_once(add: Add, django_capture_on_commit_callbacks: Any) -> None:
    photo = add()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_photo(photo=photo, by=CLAIRE)
        first = photo.withdrawn_at
        withdraw_photo(photo=photo, by=CLAIRE)
    photo.refresh_from_db()
    assert photo.withdrawn_at == first
    assert AuditEntry.objects.filter(verb="photo.withdraw").count() == 1
