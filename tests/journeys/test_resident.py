"""A resident alone on a phone: from the code on the counter to their own page, and out again."""

import re

import pytest
from playwright.sync_api import Browser

from .site import Site
from .visitor import Visitor, visiting

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def reads_the_code(visitor: Visitor, address: str) -> str:
    found = re.search(r"(\d{3})\s(\d{3}) :", visitor.receives(address))
    assert found
    return found[1] + found[2]


def joins(visitor: Visitor, address: str, *, liking: str) -> None:
    """Alone, at the door of the florist, by one of her subjects."""
    visitor.open("/r/la-brassee/")
    visitor.page.get_by_label("Votre courriel").fill(address)
    visitor.page.locator(".pick").filter(has_text=liking).first.click()
    visitor.page.locator("[name=consent]").check()
    visitor.press("Recevoir mon code")
    visitor.page.get_by_label("Le code reçu").fill(reads_the_code(visitor, address))
    visitor.press("Confirmer")
    visitor.reads("La Brassée peut vous écrire.")


def test_a_resident_joins_says_what_pleases_and_leaves(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "un-habitant") as marie:
        joins_says_what_pleases_and_leaves(marie, "un-habitant@courriel.example", script=True)


def joins_says_what_pleases_and_leaves(marie: Visitor, address: str, *, script: bool) -> None:
    marie.open("/r/la-brassee/")
    marie.look("rejoindre", axe=script, whole=True)
    marie.page.get_by_label("Votre courriel").fill(address)
    marie.page.locator(".pick").first.click()
    marie.page.locator("[name=consent]").check()
    marie.press("Recevoir mon code")
    marie.look("recopier-le-code", axe=script)
    marie.page.get_by_label("Le code reçu").fill(reads_the_code(marie, address))
    marie.press("Confirmer")
    marie.reads("La Brassée peut vous écrire.")
    marie.look("c-est-fait", axe=script)
    marie.follow("Voir mes envies")
    likes_fruit(marie, script)
    marie.look("mes-envies", axe=script, whole=True)
    marie.press("Sortir")
    marie.reads("Quel est votre courriel")


def likes_fruit(marie: Visitor, script: bool) -> None:
    """A branch opened, one touch; without a script, the button below."""
    marie.page.locator("summary.taste__name", has_text="Boire et manger").click()
    fruit = marie.page.get_by_role("group", name="Fruits et légumes")
    fruit.get_by_label("Oui").check()
    if not script:
        marie.press("Enregistrer mes envies")
    marie.page.locator("#phrase").get_by_text("les fruits et légumes").wait_for()
