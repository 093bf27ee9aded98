"""A shopkeeper's own file, and the telephone that opens it without a code."""

import pytest
from playwright.sync_api import Browser

from .site import Site
from .test_journeys import asks_for_a_code
from .visitor import Visitor, visiting

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

ADDRESS = "anselme.tavernier@tilleul.example"
CLIENTS = "/bureau/cave-du-tilleul/clients/"
SHEET = """Nom;Prénom;E-mail;Téléphone;Dernier achat;Accord;Fidélité
Ferrandin;Odile;odile.ferrandin@courriel.example;06 39 98 71 01;12/03/2026;;12
Daguenaud;Paul;pas un courriel;06 39 98 71 02;;;3
Bellançon;Jeanne;jeanne.bellancon@courriel.example;;;;
"""


def comes_in(visitor: Visitor) -> None:
    visitor.page.goto(visitor.site.links["Anselme"])
    visitor.press("Entrer")
    visitor.reads("Bonjour Anselme Tavernier")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_spreadsheet_is_seen_then_noted(chromium: Browser, site: Site, script: bool) -> None:
    with visiting(chromium, site, f"fichier-{'avec' if script else 'sans'}-script", script=script) as visitor:
        comes_in(visitor)
        visitor.open(f"{CLIENTS}importer/")
        visitor.look("choisir", axe=script)
        visitor.page.get_by_label("Votre fichier").set_input_files(
            {"name": "clients.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
        )
        visitor.press("Voir l’aperçu")
        visitor.reads("Voici ce qui serait noté")
        visitor.reads("pas un courriel")
        visitor.look("apercu", axe=script, whole=True)
        if script:
            visitor.press("Noter")
            visitor.reads("C’est noté")
            visitor.look("note", whole=True)
            visitor.open(f"{CLIENTS}?q=0033639987101")
            visitor.follow("Odile Ferrandin")
            visitor.reads("A acheté chez vous le 12 mars 2026")
            visitor.look("fiche", whole=True)


def test_a_telephone_opens_without_a_code(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "sans-code") as visitor:
        browser = visitor.page.context.new_cdp_session(visitor.page)
        browser.send("WebAuthn.enable")
        finger = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        finger |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
        browser.send("WebAuthn.addVirtualAuthenticator", {"options": finger})
        enters_by_a_code(visitor)
        visitor.follow("Entrer sans code")
        visitor.look("appareils")
        visitor.press("Entrer sans code, avec ce téléphone")
        visitor.reads("Mon téléphone")
        visitor.look("ajoute")
        goes_out(visitor)
        visitor.open("/connexion/")
        visitor.look("entrer")
        visitor.press("Entrer avec cet appareil")
        visitor.reads("Bonjour Anselme Tavernier")
        visitor.follow("Entrer sans code")
        visitor.press("Retirer Mon téléphone")
        told(visitor, "cet appareil n’ouvre plus rien ici")
        goes_out(visitor)
        visitor.open("/connexion/")
        visitor.press("Entrer avec cet appareil")
        told(visitor, "Cet appareil n’est pas reconnu")


def told(visitor: Visitor, words: str) -> None:
    visitor.page.locator(".notices").get_by_text(words).wait_for()


def goes_out(visitor: Visitor) -> None:
    visitor.open("/deconnexion/")
    visitor.page.locator("main").get_by_role("button", name="Sortir").click()


def enters_by_a_code(visitor: Visitor) -> None:
    visitor.open("/connexion/")
    visitor.page.locator("input[type=email]").fill(ADDRESS)
    visitor.page.get_by_label("Code", exact=False).fill(asks_for_a_code(visitor))
    visitor.press("Entrer")
    visitor.reads("Bonjour Anselme Tavernier")


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["a phone", "a desk"])
def test_the_legal_pages_are_read_by_anyone(chromium: Browser, site: Site, size: tuple[int, int]) -> None:
    with visiting(chromium, site, f"mentions-{size[0]}", size=size) as neighbour:
        neighbour.open("/")
        for name in ("Mentions légales", "Vos données", "Accessibilité"):
            neighbour.follow(name)
            neighbour.page.locator("h1", has_text=name).wait_for()
            neighbour.look(name.split()[0].lower(), whole=True)
        neighbour.open("/vitrine/cave-du-tilleul/")
        neighbour.follow("Toutes les mentions")
        neighbour.reads("est l’éditeur de sa vitrine")
        neighbour.look("vitrine", whole=True)
