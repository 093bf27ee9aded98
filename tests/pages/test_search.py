"""The search page: needs as people type them, what is never found, reasons, what it costs."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from parvis.accounts.models import Organisation
from parvis.announcements.rules import Kind
from parvis.core import clock
from parvis.directory.models import Business
from parvis.directory.windows import set_hours, show_window
from parvis.pages.search import find
from parvis.sirene.activities import categories
from parvis.territory.models import Territory
from tests import builders
from tests.builders import BY, TUESDAY
from tests.directory.test_hours import day

from .conftest import Village
from .page import queries, read

NEEDS = tomllib.loads((Path(__file__).parent / "data" / "needs.toml").read_text("utf-8"))["need"]
FAMILIES = (
    "Ferrand",
    "Belkadi",
    "Tavernier",
    "Okafor",
    "Quintin",
    "Sabatier",
    "Delorme",
    "Vasseur",
    "Bessière",
    "Arnoux",
)


def business(category: str, name: str, number: int, on: Territory, **changes: Any) -> Business:
    communes = list(on.communes.order_by("pk"))
    stated = {"active": True, "listed": True, "name_rule": "sign", "commune": communes[number % len(communes)]}
    return Business.objects.create(siret=f"{number:014d}", category=category, name=name, **(stated | changes))


@pytest.fixture
def street(db: None) -> Iterator[Territory]:
    """Every trade there is, under names that tell nothing of it: one business each, and a window for every third."""
    with clock.frozen(TUESDAY):
        on = builders.territory()
        for number, (slug, category) in enumerate(categories().items()):
            business(slug, f"Maison {FAMILIES[number % 10]} {number}", number, on)
            if number % 3 == 0:
                name = f"Chez {FAMILIES[(number + 5) % 10]} {number}"
                builders.shop(slug=f"vitrine-{slug}", on=on, name=name, trade=category.singular.lower())
        yield on


def trades_found(text: str, on: Territory) -> list[str]:
    """The categories of the first three, in order."""
    first = [hit.key.partition(":") for hit in find(text, on, list(on.communes.all()), clock.now()).hits[:3]]
    by_business = dict(Business.objects.values_list("pk", "category"))
    by_shop = dict(Organisation.objects.values_list("pk", "slug"))
    return [
        by_business[int(key)] if kind == "business" else by_shop[int(key)].removeprefix("vitrine-")
        for kind, _, key in first
    ]


def test_fifty_needs_find_a_right_shop_in_the_first_three(street: Territory) -> None:
    assert len(NEEDS) == 50
    assert {trade for need in NEEDS for trade in need["trades"]} <= categories().keys()
    missed = {
        need["words"]: found
        for need in NEEDS
        if not set(need["trades"]) & set(found := trades_found(need["words"], street))
    }
    print(f"{len(NEEDS) - len(missed)} of {len(NEEDS)} needs")  # read with -rP
    assert len(missed) <= 5, missed


def test_the_page_shows_the_shop_its_state_and_the_reason(client: Client, village: Village) -> None:
    village.florist.trade = "fleuriste"
    village.florist.save()
    set_hours(organisation=village.florist, week={1: day("09:00-19:00")}, by=BY)
    page = read(client, "/recherche/?q=offrir+des+fleurs")
    assert "La Brassée Fleuriste à Villecresnes Ouvert jusqu’à 19 h Parce que : fleuriste" in page
    assert "1 réponse" in page
    assert "Fleuristes" in page  # the whole trade is one touch away
    assert "Cave du Tilleul" not in page


def test_a_shops_own_words_are_quoted_as_it_typed_them(client: Client, village: Village) -> None:
    show_window(organisation=village.wines, by=BY, needs="cadeau pour un hôte, magnum", about="On goûte tout.")
    assert "Parce que : on y vient pour « magnum »" in read(client, "/recherche/?q=Magnums")
    assert "Parce que : sa vitrine en parle" in read(client, "/recherche/?q=goute")


def test_what_is_said_now_is_found_with_its_subject(client: Client, village: Village) -> None:
    builders.announcement(village.florist, title="Arrivage du matin", interests=["fleurs-de-saison"])
    page = read(client, "/recherche/?q=pivoines")
    assert "Arrivage du matin La Brassée, Villecresnes Parce que : on y parle de : fleurs de saison" in page
    assert "Parce que : ses annonces parlent de : fleurs de saison" in page


def test_alcohol_is_found_with_its_sentence(client: Client, village: Village) -> None:
    builders.announcement(village.wines, title="Cinq whiskys", interests=["whiskys"])
    assert read(client, "/recherche/?q=whisky").count("L’abus d’alcool est dangereux") == 1


def test_nothing_hidden_is_ever_found(client: Client, village: Village) -> None:
    here = village.florist.territory
    hidings: list[dict[str, Any]] = [{"listed": False}, {"active": False}, {"delisted_at": TUESDAY}]
    for number, hidden in enumerate(hidings):
        business("fleuriste", f"Fleurs {number}", number, here, **hidden)
    page = read(client, "/recherche/?q=fleurs")
    assert not any(f"Fleurs {number}" in page for number in range(3))
    one = builders.announcement(village.florist, title="Les dahlias")
    assert "Les dahlias" in read(client, "/recherche/?q=dahlias")
    one.held_at = clock.now()
    one.save()
    assert "Les dahlias" not in read(client, "/recherche/?q=dahlias")
    assert "La Brassée" in read(client, "/recherche/?q=la+brassee")
    village.florist.suspended_at = clock.now()
    village.florist.save()
    assert "La Brassée" not in read(client, "/recherche/?q=la+brassee")


def test_what_appears_or_goes_is_known_at_once(client: Client, village: Village) -> None:
    """The index in memory is of the rows as they are, never of those of a moment ago."""
    asked = "/recherche/?q=ramen"
    assert "Aucun commerce ne répond" in read(client, asked)
    show_window(organisation=village.florist, by=BY, needs="ramen")
    assert "La Brassée" in read(client, asked)
    show_window(organisation=village.florist, by=BY, needs="")
    assert "Aucun commerce ne répond" in read(client, asked)


def test_the_other_territory_is_not_searched(client: Client, village: Village) -> None:
    there = builders.territory(slug="val", codes=["94071"])
    builders.shop(slug="le-loin", on=there, name="Le Loin", commune=there.communes.get())
    business("fleuriste", "Fleurs du Val", 71, there)
    asked = "?q=fleurs+loin"
    assert read(client, f"/recherche/{asked}", status=404)
    assert "Le Loin" not in read(client, f"/t/plateau-briard/recherche/{asked}")
    page = read(client, f"/t/val/recherche/{asked}")
    assert "Le Loin" in page and "Fleurs du Val" in page


def test_a_commune_and_a_trade_are_one_touch_away(client: Client, village: Village) -> None:
    business("boulangerie", "Maison Ferrand", 1, village.florist.territory)
    page = client.get("/recherche/?q=pain+mandres").text
    assert 'href="/communes/mandres-les-roses/"' in page
    assert 'href="/commerces/metier/boulangerie/"' in page


@pytest.mark.parametrize(
    "asked", ["", "%20%20", "zzzzzz", "la", "%00", "%F0%9F%92%90", "a" * 5000, "<script>", "%E2%80%AE"]
)
def test_anything_may_be_typed(client: Client, village: Village, asked: str) -> None:
    answer = client.get(f"/recherche/?q={asked}&page=x")
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace("<script src", "")
    assert "noindex" in answer.text


def test_results_come_by_pages(client: Client, village: Village) -> None:
    for number in range(20):
        business("fleuriste", f"Maison {number:02d}", number, village.florist.territory)
    assert "20 réponses" in read(client, "/recherche/?q=fleurs")
    assert client.get("/recherche/?q=fleurs").text.count('class="result"') == 15
    assert client.get("/recherche/?q=fleurs&page=2").text.count('class="result"') == 5


def test_a_search_costs_the_same_however_much_there_is(client: Client, village: Village) -> None:
    def say(n: int) -> None:
        for number in range(n):
            extra = Business.objects.count()
            business("fleuriste", f"Maison {extra}", extra, village.florist.territory)
            shop = builders.shop(slug=f"fleurs-{extra}", trade="fleuriste")
            set_hours(organisation=shop, week={1: day("09:00-19:00")}, by=BY)
            builders.announcement(shop, kind=Kind.EVENT, title=f"Fleurs {number}", starts_at=_later())

    say(1)
    few = queries(client, "/recherche/?q=fleurs")
    say(4)
    assert queries(client, "/recherche/?q=fleurs") == few <= 10


def _later() -> dt.datetime:
    return clock.now() + dt.timedelta(days=3)
