import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.announcements.actions import withdraw
from parvis.announcements.queries import current
from parvis.announcements.rules import Kind
from parvis.core import clock
from tests.builders import BY, TUESDAY, announcement, shop

pytestmark = pytest.mark.django_db


def test_the_public_page_says_what_when_where_and_who(client: Client) -> None:
    with clock.frozen(TUESDAY):
        said = announcement(
            shop(phone="+33199001234"),
            kind=Kind.WORKSHOP,
            title="Couronnes de l’avent",
            starts_at=TUESDAY + dt.timedelta(days=4, hours=-3, minutes=-30),
            seats=1,
        )
    page = client.get(f"/annonces/{said.pk}/").content.decode().replace("\u00a0", " ")
    for words in (
        "Couronnes de l’avent",
        "Samedi 28 novembre",
        "14 h 30",
        "1 place",
        "01 99 00 12 34",
        "Dit par le test.",
    ):
        assert words in page


def test_alcohol_carries_the_health_sentence(client: Client) -> None:
    said = announcement(shop(), interests=["vins"])
    plain = announcement(shop(slug="cave-du-tilleul"))
    sentence = "L’abus d’alcool est dangereux pour la santé"
    assert sentence in client.get(f"/annonces/{said.pk}/").content.decode()
    assert sentence not in client.get(f"/annonces/{plain.pk}/").content.decode()


def test_what_was_taken_back_has_no_page(client: Client) -> None:
    said = announcement(shop())
    withdraw(announcement=said, by=BY)
    assert client.get(f"/annonces/{said.pk}/").status_code == 404
    assert client.get("/annonces/999999/").status_code == 404


def test_what_is_held_or_said_by_a_suspended_shop_has_no_page(client: Client) -> None:
    held, of_another = announcement(shop()), announcement(shop(slug="cave-du-tilleul"))
    held.held_at = of_another.organisation.suspended_at = clock.now()
    held.save()
    of_another.organisation.save()
    for one in (held, of_another):
        assert client.get(f"/annonces/{one.pk}/").status_code == 404
        assert one not in current(one.organisation.territory, clock.now())


def test_what_is_over_says_so_and_asks_nobody_to_telephone(client: Client) -> None:
    with clock.frozen(TUESDAY):
        said = announcement(shop(phone="+33199001234"), kind=Kind.EVENT, starts_at=TUESDAY + dt.timedelta(hours=1))
        assert "tel:" in client.get(f"/annonces/{said.pk}/").text
    with clock.frozen(TUESDAY + dt.timedelta(days=1)):
        page = client.get(f"/annonces/{said.pk}/").text
    assert "Passé" in page and "tel:" not in page and 'content="noindex"' in page


def test_what_else_the_shop_says_is_beside_but_never_alcohol(client: Client) -> None:
    florist = shop()
    said, other = announcement(florist), announcement(florist, title="Les sapins")
    announcement(florist, title="Le vin chaud", interests=["vins"])
    announcement(shop(slug="cave-du-tilleul"), title="Ailleurs")
    page = client.get(f"/annonces/{said.pk}/").text
    assert other.title in page
    assert "Le vin chaud" not in page and "Ailleurs" not in page


def test_what_people_type_is_shown_as_text(client: Client) -> None:
    said = announcement(shop(), title="<script>alert(1)</script>", text="<b>gras</b>")
    page = client.get(f"/annonces/{said.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<b>gras" not in page


def test_a_page_takes_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    said = announcement(shop())
    with django_assert_max_num_queries(4):
        assert client.get(f"/annonces/{said.pk}/").status_code == 200


def test_a_page_is_read_and_nothing_else(client: Client) -> None:
    assert client.post(f"/annonces/{announcement(shop()).pk}/").status_code == 405
