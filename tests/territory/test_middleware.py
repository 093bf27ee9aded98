"""Several territories on one host, each under its own name or path."""

from typing import Any, cast

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_script_prefix, reverse

from parvis.territory.middleware import TerritoryMiddleware, TerritoryRequest
from parvis.territory.models import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Territory, Territory]:
    plateau = Territory.objects.create(slug="plateau", name="Plateau", of_name="du Plateau", host="plateau.example")
    val = Territory.objects.create(slug="val", name="Val", of_name="du Val")
    return plateau, val


def asked(path: str, **headers: Any) -> tuple[HttpRequest, str]:
    """The request as a view sees it, and the address of home as that view would write it."""
    seen: dict[str, str] = {}

    def view(request: HttpRequest) -> HttpResponse:
        seen["home"] = reverse("pages:home")
        return HttpResponse()

    request = RequestFactory().get(path, **headers)
    TerritoryMiddleware(view)(request)
    return request, seen["home"]


def territory(request: HttpRequest) -> Territory | None:
    return cast(TerritoryRequest, request).territory


def test_a_host_name_says_which(two: tuple[Territory, Territory], settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    request, home = asked("/commerces/", HTTP_HOST="PLATEAU.example:8000")
    assert (territory(request), home) == (two[0], "/")


def test_a_path_says_which_and_stays_in_every_address_that_the_page_writes(two: tuple[Territory, Territory]) -> None:
    request, home = asked("/t/val/commerces/")
    assert (territory(request), home) == (two[1], "/t/val/")
    assert (request.path_info, request.path) == ("/commerces/", "/t/val/commerces/")
    assert get_script_prefix() == "/"


@pytest.mark.parametrize("path", ["/", "/t/nulle-part/", "/t/", "/t"])
def test_neither_names_none_of_several(two: tuple[Territory, Territory], path: str) -> None:
    assert territory(asked(path)[0]) is None


def test_a_territory_that_bears_the_name_of_the_whole_site_leaves_the_others_their_paths(
    two: tuple[Territory, Territory], settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert territory(asked("/t/val/commerces/", HTTP_HOST="plateau.example")[0]) == two[1]


def test_a_lone_territory_needs_no_name() -> None:
    alone = Territory.objects.create(slug="seul", name="Seul", of_name="de Seul")
    assert territory(asked("/")[0]) == alone


def test_the_directory_of_none_is_missing_and_of_each_is_its_own(
    two: tuple[Territory, Territory], client: Client
) -> None:
    missing = client.get("/commerces/?page=2")
    assert missing.status_code == 404
    page = missing.content.decode()
    assert 'href="http://localhost:8000/t/val/commerces/?page=2"' in page
    assert 'href="http://plateau.example:8000/commerces/?page=2"' in page
    assert client.get("/t/val/commerces/").status_code == 200


def test_what_only_one_of_them_may_have_leads_to_their_homes(two: tuple[Territory, Territory], client: Client) -> None:
    missing = client.get("/communes/santeny/")
    assert missing.status_code == 404
    assert 'href="http://localhost:8000/t/val/"' in missing.content.decode()
    assert "Où êtes-vous" not in client.get("/nulle-part/").content.decode()
