from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path
from PIL import Image

from parvis.core import clock
from parvis.photos.models import Photo
from parvis.photos.queries import photo_path, photo_url, srcset

from .conftest import encoded

urlpatterns = [path("photos/", include("parvis.photos.urls"))]
pytestmark = pytest.mark.urls(__name__)

Add = Callable[..., Photo]


def get(client: Client, url: str) -> tuple[Any, bytes]:
    response = client.get(url)
    body = b"".join(response) if response.streaming else response.content
    return response, body


@pytest.mark.parametrize(("extension", "kind"), [("jpg", "image/jpeg"), ("webp", "image/webp")])
@pytest.mark.parametrize("size", [1600, 800, 400])
def test_a_photo_is_served_as_it_lies_on_disk(shown: Add, client: Client, size: int, extension: str, kind: str) -> None:
    photo = shown()
    response, body = get(client, photo_url(photo.key, size, extension))
    assert response.status_code == 200
    assert body == photo_path(photo.key, size, extension).read_bytes()
    assert response["Content-Type"] == kind
    assert response["Content-Length"] == str(len(body))


def test_browsers_ask_again_after_five_minutes_and_shared_caches_keep_nothing(shown: Add, client: Client) -> None:
    url = photo_url(shown().key)
    response, _ = get(client, url)
    assert response["Cache-Control"] == "private, max-age=300, must-revalidate"
    again = client.get(url, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == response["Cache-Control"]
    another = client.get(url, headers={"If-None-Match": '"another"'})
    assert another.status_code == 200
    assert b"".join(another)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_a_withdrawn_photo_is_gone_even_if_its_files_linger(add: Add, client: Client) -> None:
    photo = add()
    Photo.objects.filter(pk=photo.pk).update(withdrawn_at=clock.now())
    response, body = get(client, photo_url(photo.key))
    assert response.status_code == 410
    assert response["Cache-Control"] == "no-store"
    assert "Cette photo ne se montre pas." in body.decode()


def test_files_without_a_row_are_not_served(shown: Add, client: Client) -> None:
    photo = shown()
    url = photo_url(photo.key)
    photo.delete()
    assert get(client, url)[0].status_code == 404


def test_a_row_without_its_file_is_not_found(shown: Add, client: Client) -> None:
    photo = shown()
    photo_path(photo.key, 800).unlink()
    assert get(client, photo_url(photo.key))[0].status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/photos/",
        "/photos/{key}/",
        "/photos/{key}/801.jpg",
        "/photos/{key}/800.png",
        "/photos/{key}/800xjpg",
        "/photos/../{key}/800.jpg",
        "/photos/..%2f..%2f{key}/800.jpg",
        "/photos/{key}/..%2f800.jpg",
        "/photos/{short}/800.jpg",
        "/photos/00000000000000000000000000000000/800.jpg",
    ],
)
def test_nothing_else_has_an_address(shown: Add, client: Client, address: str) -> None:
    key = shown().key
    assert get(client, address.format(key=key, short=key[:-1]))[0].status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_reading_is_all_one_can_do(add: Add, client: Client, method: str) -> None:
    assert getattr(client, method)(photo_url(add().key)).status_code == 405


def test_the_srcset_lists_real_widths(add: Add) -> None:
    photo = add()
    assert srcset(photo, "jpg") == f"/photos/{photo.key}/400.jpg 400w, /photos/{photo.key}/800.jpg 600w"


@pytest.mark.parametrize(
    ("right", "caption"),
    [
        ("mine", "Photo Claire Vasseur"),
        ("free", "Claire Vasseur, libre de tous droits"),
        ("demo", "Image de démonstration"),
    ],
)
def test_a_figure_tells_its_author_and_right(add: Add, right: str, caption: str) -> None:
    html = render_to_string("photos/figure.html", {"photo": add(right=right)})
    assert caption in html
    assert 'alt="Un bouquet de dahlias"' in html


def test_a_figure_keeps_its_place_and_offers_each_size(add: Add) -> None:
    photo = add(encoded(Image.new("RGB", (2400, 1600))))
    html = render_to_string("photos/figure.html", {"photo": photo})
    assert 'width="1600" height="1067"' in html
    assert f"/photos/{photo.key}/1600.webp 1600w" in html
    assert f'src="/photos/{photo.key}/800.jpg"' in html


def test_words_of_a_caption_are_escaped(add: Add) -> None:
    html = render_to_string("photos/figure.html", {"photo": add(author="<b>Claire</b>", alt='"><script>')})
    assert "<b>" not in html
    assert "<script>" not in html


def test_nothing_is_shown_of_a_withdrawn_or_absent_photo(add: Add) -> None:
    photo = add()
    photo.withdrawn_at = clock.now()
    assert "<img" not in render_to_string("photos/figure.html", {"photo": photo})
    assert "<img" not in render_to_string("photos/figure.html", {"photo": None})
