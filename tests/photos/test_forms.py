import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import Image

from parvis.accounts.models import Organisation
from parvis.photos.actions import add_photo
from parvis.photos.forms import PhotoForm

from .conftest import CLAIRE, encoded

TYPED = {"alt": "Un bouquet", "author": "Claire Vasseur", "right": "mine"}


def form(content: bytes | None = None, size: int | None = None, typed: dict[str, str] | None = None) -> PhotoForm:
    upload = SimpleUploadedFile("photo.jpg", content or encoded(Image.new("RGB", (30, 20))))
    if size:
        upload.size = size
    return PhotoForm(TYPED | (typed or {}), MultiValueDict({"file": [upload]}))


def test_what_was_typed_goes_to_the_action(florist: Organisation) -> None:
    filled = form()
    assert filled.is_valid()
    photo = add_photo(organisation=florist, by=CLAIRE, **filled.details())
    assert (photo.alt, photo.width) == ("Un bouquet", 30)


def test_an_empty_form_says_what_is_missing_field_by_field() -> None:
    empty = PhotoForm({}, MultiValueDict())
    assert not empty.is_valid()
    assert empty.errors["file"] == ["Choisissez une photo."]
    assert set(empty.errors) == {"file", "alt", "author", "right"}


def test_a_file_that_is_no_photo_is_told_beside_its_field() -> None:
    assert "n’est pas une photo" in str(form(b"ceci est un texte").errors["file"])


def test_a_truncated_photo_is_told_before_anything_is_lost() -> None:
    cut = encoded(Image.effect_noise((300, 300), 50))[:4000]
    assert "incomplète" in str(form(cut).errors["file"])


def test_a_heavy_photo_is_told_with_its_weight() -> None:
    assert "40 Mo" in str(form(size=40_000_000).errors["file"])


def test_only_two_rights_may_be_stated_by_hand() -> None:
    assert form(typed={"right": "free"}).is_valid()
    assert "right" in form(typed={"right": "demo"}).errors


@pytest.mark.parametrize("field", ["alt", "author"])
def test_too_long_is_told_in_french(field: str) -> None:
    assert "trop long" in str(form(typed={field: "x" * 300}).errors[field])
