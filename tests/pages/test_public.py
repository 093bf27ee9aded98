"""What holds for every page that anyone may read."""

import json
import re
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from parvis.announcements.rules import Kind
from parvis.core import clock
from parvis.directory.models import Business
from parvis.directory.windows import set_hours, set_special_day, show_window
from parvis.photos.actions import withdraw_photo
from tests import builders
from tests.builders import BY
from tests.directory.test_hours import day

from .conftest import Village
from .page import queries, read
from .showing import later, photo, suspend

WINDOW = "/vitrine/la-brassee/"
PUBLIC = ["/", "/agenda/", "/ouvert/", "/communes/villecresnes/", "/commerces/", "/recherche/?q=fleurs", WINDOW]


def linked_data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_server_without_a_territory_says_what_to_type(client: Client, db: None) -> None:
    assert "bin/parvis territory create" in read(client, "/")


@pytest.mark.parametrize("address", [*PUBLIC, "/composants/", "/robots.txt", "/sitemap.xml"])
def test_a_public_page_answers_those_who_only_ask_for_its_head(client: Client, village: Village, address: str) -> None:
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [*PUBLIC, "/sitemap.xml"])
def test_a_public_page_costs_the_same_however_much_is_said(client: Client, village: Village, address: str) -> None:
    def say(n: int) -> None:
        for number in range(n):
            shop = builders.shop(slug=f"fleurs-{number + n}", trade="fleuriste")
            set_hours(organisation=shop, week={1: day("09:00-19:00")}, by=BY)
            for one in (shop, village.florist):
                builders.announcement(one, title=f"Dit {number}")
                builders.announcement(one, kind=Kind.EVENT, title=f"Fait {number}", starts_at=later(number + 1))

    set_hours(organisation=village.florist, week={1: day("09:00-19:00")}, by=BY)
    set_special_day(organisation=village.florist, day=clock.today(), openings=[], by=BY)
    show_window(organisation=village.florist, by=BY, cover=photo(village.florist))
    Business.objects.create(
        siret="0" * 14, name="Les Roses", category="fleuriste", active=True, listed=True, commune_id="94075"
    )
    say(1)
    few = queries(client, address)
    say(4)
    assert queries(client, address) == few <= 10


@pytest.mark.parametrize("address", PUBLIC)
def test_nobody_sees_a_shop_that_is_suspended_nor_what_it_says(client: Client, village: Village, address: str) -> None:
    one = builders.announcement(village.florist, title="Les dahlias", starts_at=later())
    set_hours(organisation=village.florist, week={1: day("09:00-19:00")}, by=BY)
    suspend(village.florist)
    gone = address == WINDOW
    page = read(client, address, status=404 if gone else 200)
    assert "La Brassée" not in page and "dahlias" not in page
    assert client.get(reverse("announcements:page", args=[one.pk])).status_code == 404


@pytest.mark.parametrize("address", PUBLIC)
def test_nobody_sees_what_the_association_holds(client: Client, village: Village, address: str) -> None:
    one = builders.announcement(village.florist, title="Les dahlias", kind=Kind.EVENT, starts_at=later())
    one.held_at = clock.now()
    one.save()
    assert "dahlias" not in read(client, address)
    assert client.get(reverse("announcements:page", args=[one.pk])).status_code == 404


def test_a_withdrawn_photo_is_asked_by_no_page(client: Client, village: Village) -> None:
    shown = photo(village.florist)
    for title, starts_at in (("Atelier", later()), ("Dahlias", None)):
        one = builders.announcement(village.florist, title=title, starts_at=starts_at)
        one.photo = shown
        one.save()
    show_window(organisation=village.florist, by=BY, cover=shown)
    addresses = ("/", WINDOW, "/communes/villecresnes/", reverse("announcements:page", args=[one.pk]))
    assert all(shown.key in client.get(address).text for address in addresses)
    withdraw_photo(photo=shown, by=BY)
    assert not any(shown.key in client.get(address).text for address in addresses)


def test_the_demo_says_that_all_is_invented(client: Client, village: Village) -> None:
    assert "Démonstration" not in read(client, "/")
    with override_settings(DEMO=True):
        assert "Démonstration : tout est inventé." in read(client, "/")


# --- For those who link to us -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [address for address in PUBLIC if "recherche" not in address])
def test_a_page_says_its_one_address_and_its_words(client: Client, village: Village, address: str) -> None:
    page = client.get(f"{address}?page=2").text
    assert f'<link rel="canonical" href="http://localhost:8000{address}">' in page
    assert f'<meta property="og:url" content="http://localhost:8000{address}">' in page
    assert re.search(r'<meta property="og:title" content="[^"]+">', page)
    assert re.search(r'<meta property="og:description" content="[^"]+">', page)


def test_an_announcement_shows_its_picture_wherever_it_is_linked(client: Client, village: Village) -> None:
    one = builders.announcement(village.florist, kind=Kind.EVENT, title="Couronnes", starts_at=later(), seats=10)
    one.photo = photo(village.florist)
    one.save()
    page = client.get(reverse("announcements:page", args=[one.pk])).text
    image = f"http://localhost:8000/photos/{one.photo.key}/1600.jpg"
    assert f'<meta property="og:image" content="{image}">' in page
    assert '<meta property="og:image:alt" content="Un bouquet">' in page
    data = linked_data(page)
    assert (data["@type"], data["startDate"], data["image"]) == ("Event", "2026-11-28T18:00+01:00", image)
    assert data["organizer"]["url"] == f"http://localhost:8000{WINDOW}"
    assert data["location"]["address"]["addressLocality"] == "Villecresnes"


def test_what_has_no_day_is_no_event(client: Client, village: Village) -> None:
    one = builders.announcement(village.florist)
    assert "ld+json" not in client.get(reverse("announcements:page", args=[one.pk])).text


def test_no_word_closes_the_data_block_and_the_policy_is_not_loosened(client: Client, village: Village) -> None:
    show_window(organisation=village.florist, by=BY, about="</script><script>alert(1)</script> & co")
    answer = client.get(WINDOW)
    assert "<script>alert" not in answer.text
    assert linked_data(answer.text)["description"] == "</script><script>alert(1)</script> & co"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_sitemap_tells_what_someone_chose_to_show_and_nothing_else(client: Client, village: Village) -> None:
    village.florist.trade = "fleuriste"
    village.florist.save()
    Business.objects.create(
        siret="12345678900011", name="Pain", category="boulangerie", active=True, listed=True, commune_id="94075"
    )
    said = builders.announcement(village.florist)
    hidden = builders.announcement(village.wines)
    suspend(village.wines)
    sitemap = client.get("/sitemap.xml").text
    for path in ("/", "/agenda/", "/communes/villecresnes/", "/commerces/metier/fleuriste/", WINDOW):
        assert f"<loc>http://testserver{path}</loc>" in sitemap
    assert f"/annonces/{said.pk}/" in sitemap
    for absent in ("12345678900011", "boulangerie", f"/annonces/{hidden.pk}/", "cave-du-tilleul", "bureau"):
        assert absent not in sitemap


def test_robots_are_shown_the_sitemaps_and_kept_from_the_rest(client: Client, village: Village) -> None:
    robots = client.get("/robots.txt").text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots
    assert "Disallow: /bureau/" in robots
    builders.territory(slug="val", codes=["94071"])
    robots = client.get("/robots.txt").text
    assert "Sitemap: http://localhost:8000/t/plateau-briard/sitemap.xml" in robots
    assert robots.count("Sitemap: ") == 2
    assert client.get("/t/val/sitemap.xml").status_code == 200
    assert client.get("/sitemap.xml").status_code == 404


# --- Several territories on one host ----------------------------------------------------------------------------------
def test_where_the_address_names_none_of_several_one_chooses(client: Client, village: Village) -> None:
    builders.territory(slug="val", codes=["94071"])
    page = client.get("/").text
    assert 'href="http://localhost:8000/t/val/"' in page
    assert 'href="http://localhost:8000/t/plateau-briard/"' in page
    assert "Où êtes-vous" in page and "Sucy-en-Brie" in page
    assert "/commerces/" not in page


def test_what_is_one_territorys_is_not_anothers(client: Client, village: Village) -> None:
    builders.territory(slug="val", codes=["94071"])
    said = builders.announcement(village.florist, title="Les dahlias")
    announcement = reverse("announcements:page", args=[said.pk])
    for path in (WINDOW, announcement, "/communes/villecresnes/"):
        assert client.get(f"/t/plateau-briard{path}").status_code == 200
        assert client.get(f"/t/val{path}").status_code == 404
    for path in ("/", "/agenda/", "/commerces/", "/sitemap.xml"):
        assert "dahlias" not in (page := client.get(f"/t/val{path}").text) and "La Brassée" not in page


def test_an_address_printed_before_the_second_territory_leads_to_the_right_one(
    client: Client, village: Village
) -> None:
    said = builders.announcement(village.florist)
    builders.territory(slug="val", codes=["94071"])
    for path in (WINDOW, reverse("announcements:page", args=[said.pk])):
        assert client.get(path).headers["Location"] == f"http://localhost:8000/t/plateau-briard{path}"
