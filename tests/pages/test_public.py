"""The pages that anyone may read."""

import datetime as dt
from io import BytesIO

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image

from parvis.announcements.actions import withdraw
from parvis.announcements.rules import Kind
from parvis.core import clock
from parvis.photos.actions import add_photo, withdraw_photo
from parvis.photos.models import Photo
from tests import builders
from tests.builders import BY

from .conftest import Village
from .page import queries, read

HOME = "/"


def later(days: int = 4) -> dt.datetime:
    return clock.now() + dt.timedelta(days=days)


def photo(village: Village) -> Photo:
    picture = BytesIO()
    Image.new("RGB", (40, 30), "coral").save(picture, "PNG")
    details = {"alt": "Un bouquet", "author": "Odile Marchand", "right": "mine"}
    return add_photo(organisation=village.florist, upload=picture.getvalue(), by=BY, **details)


def test_the_home_page_tells_what_comes_and_what_is_new(client: Client, village: Village) -> None:
    builders.announcement(village.florist, kind=Kind.WORKSHOP, title="Couronnes", starts_at=later(), seats=10)
    builders.announcement(village.florist, title="Les dahlias sont là")
    page = read(client, HOME)
    assert "Couronnes La Brassée, Villecresnes, samedi 28 novembre, 18 h" in page
    assert "10 places" in page
    assert "Les dahlias sont là" in page
    assert page.index("À venir") > page.index("Les dahlias sont là")


def test_what_is_over_or_taken_back_leaves_the_home_page(client: Client, village: Village) -> None:
    gone = builders.announcement(village.florist, title="Reprise")
    withdraw(announcement=gone, by=BY)
    builders.announcement(village.florist, title="Finie", useful_until=later(1))
    with clock.frozen(later(2)):
        page = read(client, HOME)
    assert "Reprise" not in page
    assert "Finie" not in page
    assert "Pas de rendez-vous pour l’instant." in page


def test_alcohol_goes_with_its_sentence_and_never_leads_the_home_page(client: Client, village: Village) -> None:
    said = {"kind": Kind.EVENT, "title": "Cinq whiskys", "starts_at": later()}
    one = builders.announcement(village.wines, interests=["whiskys"], **said)
    one.photo = photo(village)
    one.save()
    page = read(client, HOME)
    assert page.count("L’abus d’alcool est dangereux pour la santé, à consommer avec modération") == 1
    assert "Voir l’annonce" not in page


def test_a_withdrawn_photo_is_asked_by_no_page(client: Client, village: Village) -> None:
    shown = photo(village)
    for title, starts_at in (("Atelier", later()), ("Dahlias", None)):
        one = builders.announcement(village.florist, title=title, starts_at=starts_at)
        one.photo = shown
        one.save()
    window = reverse("pages:window", args=[village.florist.slug])
    assert all(shown.key in client.get(address).text for address in (HOME, window))
    withdraw_photo(photo=shown, by=BY)
    assert not any(shown.key in client.get(address).text for address in (HOME, window))


def test_a_server_without_a_territory_says_what_to_type(client: Client, db: None) -> None:
    assert "bin/parvis territory create" in read(client, HOME)


def test_a_window_shows_the_shop_and_what_it_has_to_say(client: Client, village: Village) -> None:
    village.florist.trade, village.florist.phone = "fleuriste", "+33199001031"
    village.florist.save()
    builders.announcement(village.florist, price="9 € la botte")
    builders.announcement(village.wines, title="Pas d’elle")
    page = read(client, "/vitrine/la-brassee/")
    assert "La Brassée Fleuriste à Villecresnes" in page
    assert "9 € la botte" in page
    assert "01 99 00 10 31" in page
    assert "Pas d’elle" not in page


def test_a_window_that_does_not_exist_is_missing(client: Client, village: Village) -> None:
    assert "Rien à cette adresse" in read(client, "/vitrine/au-bon-levain/", status=404)


@pytest.mark.parametrize("address", [HOME, "/vitrine/la-brassee/", "/composants/"])
def test_a_public_page_answers_those_who_only_ask_for_its_head(client: Client, village: Village, address: str) -> None:
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [HOME, "/vitrine/la-brassee/"])
def test_a_public_page_costs_the_same_however_much_is_said(client: Client, village: Village, address: str) -> None:
    def say(n: int) -> None:
        for number in range(n):
            builders.announcement(village.florist, title=f"Dit {number}")
            builders.announcement(village.wines, kind=Kind.EVENT, title=f"Fait {number}", starts_at=later(number + 1))

    say(1)
    few = queries(client, address)
    say(4)
    assert queries(client, address) == few <= 10


def test_the_demo_says_that_all_is_invented(client: Client, village: Village) -> None:
    assert "Démonstration" not in read(client, HOME)
    with override_settings(DEMO=True):
        assert "Démonstration : tout est inventé." in read(client, HOME)
