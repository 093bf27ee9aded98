"""The whole site without JavaScript, in one journey: somebody joins, a shop notes a customer, then says something."""

import pytest
from playwright.sync_api import Browser

from .site import Site
from .test_resident import joins_says_what_pleases_and_leaves
from .visitor import Visitor, visiting

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

SHOP = "/bureau/le-fournil-des-sources/"


def test_the_whole_site_works_without_a_script(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "sans-aucun-script", script=False) as someone:
        joins_says_what_pleases_and_leaves(someone, "sans-aucun-script@courriel.example", script=False)
        someone.page.goto(site.links["Samira"])
        someone.press("Entrer")
        someone.reads("Bonjour Samira Belkadi")
        notes_a_customer(someone)
        says_something(someone)
        someone.open("/vitrine/le-fournil-des-sources/")
        someone.reads("La fournée de midi est prête")


def notes_a_customer(samira: Visitor) -> None:
    samira.open(f"{SHOP}comptoir/")
    samira.page.get_by_label("Son courriel ou son téléphone").fill("client.sans.script@courriel.example")
    samira.page.locator(".counter__likes .pick").first.click()
    samira.press("A dit oui")
    samira.reads("C’est noté")
    samira.follow("Client suivant")
    samira.open(f"{SHOP}clients/?q=client.sans.script")
    samira.reads("client.sans.script@courriel.example")


def says_something(samira: Visitor) -> None:
    samira.open(f"{SHOP}dire/")
    samira.press("Commencer")
    samira.press("Continuer")
    samira.page.get_by_label("En une phrase").fill("La fournée de midi est prête : du pain de seigle")
    samira.page.get_by_label("Une nouveauté").check()
    samira.press("Continuer")
    samira.reads("Jusqu’à quand")
    samira.press("Continuer")
    samira.reads("Pour qui")
    samira.press("Continuer")
    samira.reads("Relisez")
    samira.press("Le dire")
    samira.page.get_by_text("C’est dit.").wait_for()
