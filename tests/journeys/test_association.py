"""The association's desk: a passer-by reports an announcement, it is looked at and held; a shop is suspended, then
reopened."""

import pytest
from playwright.sync_api import Browser

from .browser import DESK
from .site import Site
from .test_journeys import comes_in
from .visitor import Visitor, visiting

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

WHY = "Le prix barré n’a jamais été pratiqué."
DESK_PATH = "/bureau/les-enseignes-du-plateau/"


def test_a_report_is_looked_at_and_a_shop_is_suspended_then_reopened(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "signaler") as neighbour:
        address, title = reports_something(neighbour)
    with visiting(chromium, site, "l-association", size=DESK) as claire:
        comes_in(claire, "Claire")
        holds_it(claire, title)
        assert status(claire, address) == 404
        gives_it_back(claire, title)
        suspends_and_reopens(claire)


def reports_something(neighbour: Visitor) -> tuple[str, str]:
    page = neighbour.page
    neighbour.open("/agenda/")
    page.locator("main .day__title a").first.click()
    page.wait_for_url("**/annonces/**")
    address, title = page.url.removeprefix(neighbour.site.origin), page.locator("main h1").first.inner_text()
    neighbour.follow("Signaler cette annonce")
    page.locator("input[name=reason]").first.check()
    page.get_by_label("Dites-le en quelques mots").fill("Je suis passée, ce n’est pas cela.")
    neighbour.look("signaler", whole=True)
    neighbour.press("Envoyer à l’association")
    page.goto(neighbour.site.origin + address)
    neighbour.reads(title)  # nothing is hidden before somebody has looked
    return address, title


def status(visitor: Visitor, address: str) -> int:
    return visitor.page.request.get(visitor.site.origin + address).status


def holds_it(claire: Visitor, title: str) -> None:
    claire.open(DESK_PATH + "signalements/")
    claire.look("signalements")
    claire.follow(title)
    claire.reads("Ce que l’on en dit")
    claire.press("Retenir l’annonce")
    claire.look("il-manque-la-raison", whole=True)
    claire.page.locator("main form textarea").first.fill(WHY)
    claire.press("Retenir l’annonce")
    claire.reads(WHY)


def gives_it_back(claire: Visitor, title: str) -> None:
    claire.open(DESK_PATH + "signalements/")
    claire.reads("Retenues")
    claire.look("retenue")
    claire.follow(title)
    claire.press("Rendre l’annonce")
    claire.reads("Rien à regarder.")


def suspends_and_reopens(claire: Visitor) -> None:
    page = claire.page
    claire.open(DESK_PATH + "commerces/")
    claire.look("commerces")
    claire.follow("Le Fournil des Sources")
    claire.look("un-commerce", whole=True)
    claire.follow("Suspendre ce commerce")
    page.locator("main form textarea").first.fill("Fermé sur décision de la mairie.")
    claire.look("suspendre", whole=True)
    claire.press("Suspendre ce commerce")
    claire.reads("Sa page est fermée.")
    assert status(claire, "/vitrine/le-fournil-des-sources/") == 404
    claire.press("Rouvrir sa page")
    claire.reads("Voir sa vitrine")
