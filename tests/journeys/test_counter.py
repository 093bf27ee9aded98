"""At the counter, with a thumb: six taps, with or without network, with or without a script; and a card in seconds."""

import io
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator
from pypdf import PdfReader

from .site import PATIENCE, Site
from .visitor import Visitor, visiting

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

COUNTER = "/bureau/cave-du-tilleul/comptoir/"
AWAY = "net::ERR_INTERNET_DISCONNECTED"


class Thumb:
    """Counts what it touches; keys are typed by whoever holds the contact."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.taps = 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.click()

    def says(self, answer: str) -> None:
        self.tap(self.page.get_by_role("button", name=answer))


def stands_at_the_counter(visitor: Visitor) -> None:
    visitor.page.goto(visitor.site.links["Anselme"])
    visitor.press("Entrer")
    visitor.reads("Bonjour Anselme Tavernier")
    visitor.open(COUNTER)


def likes(visitor: Visitor) -> Locator:
    return visitor.page.locator(".counter__likes .pick")


def segment(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator("label.segment", has_text=name)


def kept_here(visitor: Visitor) -> list[Any]:
    kept: list[Any] = json.loads(
        visitor.page.evaluate("localStorage.getItem('parvis-comptoir-cave-du-tilleul') || '[]'")
    )
    return kept


def until(visitor: Visitor, script: str) -> None:
    """Playwright's own wait evaluates strings in the page, which its security policy refuses."""
    for _ in range(int(PATIENCE * 10)):
        if visitor.page.evaluate(script):
            return
        visitor.page.wait_for_timeout(100)
    raise AssertionError(script)


def journal(visitor: Visitor) -> list[str]:
    """The last fifty lines of the shop's journal, the newest first, read apart."""
    page = visitor.page.request.get(visitor.site.origin + "/bureau/cave-du-tilleul/journal/").text()
    return [
        " ".join(re.sub("<[^>]+>", " ", line).split()) for line in re.findall("<li class=.log__.*?</li>", page, re.S)
    ]


def test_a_customer_is_noted_in_six_taps_on_one_screen(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "au-comptoir") as anselme:
        page = anselme.page
        stands_at_the_counter(anselme)
        anselme.look("vide")
        thumb = Thumb(anselme)
        thumb.tap(page.get_by_label("Son courriel ou son téléphone"))
        page.keyboard.type("nour.belhadj@courriel.example")
        thumb.tap(likes(anselme).nth(0))
        thumb.tap(likes(anselme).nth(2))
        thumb.tap(page.locator("label.counter__adult"))
        assert page.get_by_text("Voulez-vous recevoir par courriel").is_visible()
        answers = page.locator(".counter__answers").bounding_box()
        assert answers and answers["y"] + answers["height"] <= 844
        assert page.evaluate("scrollY") == 0
        anselme.look("la-phrase-a-lire")
        thumb.says("A dit oui")
        anselme.reads("C’est noté")
        anselme.look("c-est-note")
        thumb.says("Client suivant")
        assert page.get_by_label("Son courriel ou son téléphone").input_value() == ""
        assert thumb.taps <= 6
        touches_the_wrong_button(anselme)
        says_what_is_missing(anselme)
        says_no(anselme)
        assert kept_here(anselme) == []
        assert "a noté votre adresse" in anselme.receives("nour.belhadj@courriel.example")


def touches_the_wrong_button(anselme: Visitor) -> None:
    anselme.page.get_by_label("Son courriel ou son téléphone").fill("06 39 98 41 16")
    anselme.press("A dit oui")
    anselme.press("Je me suis trompé")
    anselme.reads("La fiche que vous veniez de faire est effacée.")
    assert "a effacé une fiche notée par erreur" in journal(anselme)[0]
    anselme.press("Client suivant")


def says_what_is_missing(anselme: Visitor) -> None:
    page = anselme.page
    page.get_by_label("Son courriel ou son téléphone").fill("06 39 98 12 34 5")
    anselme.press("A dit oui")
    anselme.reads("Ce numéro a trop de chiffres")
    page.get_by_label("Son courriel ou son téléphone").fill("06 39 98 12")
    anselme.press("A dit oui")
    anselme.reads("Il manque deux chiffres à la fin.")
    anselme.look("il-manque-deux-chiffres")
    segment(anselme, "Papier").click()
    page.get_by_label("Son courriel ou son téléphone").fill("")
    anselme.press("A dit oui")
    anselme.reads("Il manque sa rue")
    anselme.reads("Il manque son nom")
    anselme.look("sans-ecran", whole=True)


def says_no(anselme: Visitor) -> None:
    page = anselme.page
    page.get_by_label("Nom", exact=True).fill("Belhadj")
    page.get_by_label("Rue et numéro").fill("3 rue du Lavoir")
    anselme.press("A dit non")
    anselme.reads("Rien d’autre n’est gardé")
    anselme.look("a-dit-non")
    anselme.press("Garder sa fiche")
    anselme.reads("Vous ne lui écrirez pas")


def test_without_network_the_entry_waits_on_the_telephone_and_leaves_once(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "hors-reseau") as anselme:
        page, context = anselme.page, anselme.page.context
        stands_at_the_counter(anselme)
        page.evaluate("navigator.serviceWorker.ready")
        until(anselme, "caches.open('parvis-comptoir-cave-du-tilleul').then(s => s.keys()).then(k => k.length > 9)")
        before = journal(anselme)
        context.set_offline(True)
        page.get_by_label("Son courriel ou son téléphone").fill("06 39 98 41 17")
        anselme.press("A dit oui")
        anselme.reads("Gardé ici")
        anselme.look("garde-ici")
        page.reload()  # the page itself opens, and the entry is still there
        anselme.reads("1 fiche attend le réseau")
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Parvis Text"')
        anselme.look("une-fiche-attend")
        entry = kept_here(anselme)
        assert len(entry) == 1
        context.set_offline(False)
        until(anselme, "!localStorage.length")
        page.locator("[data-waiting]").wait_for(state="hidden")
        after = journal(anselme)
        assert after[2:] == before[: len(after) - 2]
        assert "a noté un accord" in after[0] and "a noté un client" in after[1]
        sends_it_again(anselme, entry)
        assert journal(anselme) == after
        anselme.wrong = [one for one in anselme.wrong if AWAY not in one]


def sends_it_again(anselme: Visitor, entry: list[Any]) -> None:
    """As a telephone does that never heard the answer: twice at once, in two tabs."""
    page = anselme.page
    page.evaluate("kept => localStorage.setItem('parvis-comptoir-cave-du-tilleul', kept)", json.dumps(entry))
    with page.context.new_page() as other:
        other.goto(anselme.site.origin + COUNTER)
        page.reload()
        until(anselme, "!localStorage.length")
    page.wait_for_timeout(500)
    assert kept_here(anselme) == []


def notes(anselme: Visitor, contact: str, name: str) -> None:
    """Then the next customer is awaited."""
    anselme.page.get_by_label("Son courriel ou son téléphone").fill(contact)
    anselme.page.get_by_label("Nom", exact=True).fill(name)
    anselme.press("A dit oui")
    anselme.press("Client suivant")


def test_two_entries_that_the_site_refuses_are_mended_or_erased_one_after_the_other(
    chromium: Browser, site: Site
) -> None:
    with visiting(chromium, site, "a-corriger") as anselme:
        page, context = anselme.page, anselme.page.context
        stands_at_the_counter(anselme)
        context.set_offline(True)
        for name in ("Belhadj", "Lenoir"):
            notes(anselme, "+33 6 39 98 41", name)
        assert len(kept_here(anselme)) == 2
        context.set_offline(False)
        anselme.reads("2 fiches sont à corriger")
        anselme.reads("Belhadj")
        anselme.look("deux-fiches-a-corriger")
        anselme.press("La corriger")
        anselme.reads("Elle reste ici jusque-là.")
        assert len(kept_here(anselme)) == 2
        anselme.press("A dit oui")  # still wrong: nothing is lost
        anselme.reads("n’a pas le bon nombre de chiffres")
        anselme.look("a-corriger-encore")
        assert len(kept_here(anselme)) == 2
        anselme.press("Plus tard")
        anselme.press("La corriger")
        page.get_by_label("Son courriel ou son téléphone").fill("06 39 98 41 31")
        anselme.press("A dit oui")
        anselme.reads("C’est noté")
        anselme.reads("1 fiche est à corriger")
        assert [one["trouble"] is None for one in kept_here(anselme)] == [False]
        anselme.press("L’effacer")
        anselme.press("Client suivant")
        assert kept_here(anselme) == []
        belongs_to_whoever_made_it(anselme)
        is_refused_for_good(anselme)
        anselme.wrong = [one for one in anselme.wrong if AWAY not in one and "status of 404" not in one]


def belongs_to_whoever_made_it(anselme: Visitor) -> None:
    """Entries of a colleague, and of another shop, wait and are told of; they are never sent by someone else."""
    theirs = [{"key": "1", "maker": "someone", "fields": [["contact", "06 39 98 41 32"]], "trouble": None}]
    page, shelf = anselme.page, "parvis-comptoir-cave-du-tilleul"
    put = "([shelf, kept]) => localStorage.setItem(shelf, kept)"
    page.evaluate(put, [shelf, json.dumps(theirs)])
    page.reload()
    anselme.reads("1 fiche d’un autre compte attend ici")
    anselme.look("fiche-d-un-autre")
    erases_what_a_colleague_left(anselme)
    page.evaluate(put, ["parvis-comptoir-la-brassee", json.dumps(theirs)])
    page.reload()
    anselme.reads("1 fiche d’un autre commerce attend ici")
    page.wait_for_timeout(300)
    assert page.evaluate("localStorage.length") == 1
    anselme.press("Effacer cette fiche")
    anselme.press("Oui, effacer")
    assert page.evaluate("localStorage.length") == 0
    what_an_older_script_left_leaves(anselme)


def erases_what_a_colleague_left(anselme: Visitor) -> None:
    """Names and addresses of people, on a telephone where whoever noted them may never come back."""
    page, shelf = anselme.page, "parvis-comptoir-cave-du-tilleul"
    anselme.press("Effacer cette fiche")
    anselme.reads("ce que cette personne a dit sera perdu")
    anselme.look("effacer-la-fiche-d-un-autre")
    anselme.press("Garder")
    assert len(kept_here(anselme)) == 1
    theirs: list[dict[str, Any]] = [
        {"key": str(n), "maker": "someone", "fields": [], "trouble": None} for n in range(3)
    ]
    page.evaluate("([shelf, kept]) => localStorage.setItem(shelf, kept)", [shelf, json.dumps(theirs)])
    page.reload()
    anselme.press("Effacer ces 3 fiches")
    anselme.reads("ce que ces 3 personnes ont dit sera perdu")
    anselme.press("Oui, effacer")
    assert kept_here(anselme) == []
    assert not page.get_by_text("d’un autre compte").is_visible()


def what_an_older_script_left_leaves(anselme: Visitor) -> None:
    """It wrote no maker: on this shop's shelf, the entry is of whoever opens the counter now."""
    page, put = anselme.page, "([shelf, kept]) => localStorage.setItem(shelf, kept)"
    fields = [["key", "5d3f5c1a-7d0c-4c8e-9f7e-2f4f3d1b6a11"], ["contact", "06 39 98 41 36"], ["channel", "phone"]]
    fields += [["rhythm", "2"], ["answer", "oui"]]
    old = [{"key": "5d3f5c1a-7d0c-4c8e-9f7e-2f4f3d1b6a11", "fields": fields, "trouble": None}]
    page.evaluate(put, ["parvis-comptoir-cave-du-tilleul", json.dumps(old)])
    page.reload()
    until(anselme, "!localStorage.length")


def is_refused_for_good(anselme: Visitor) -> None:
    """A right that was taken back: the entry says so, and may be sent again."""
    anselme.page.route("**/comptoir/jeton/", lambda route: route.fulfill(status=404, body="no"))
    anselme.open(COUNTER)
    anselme.page.get_by_label("Son courriel ou son téléphone").fill("06 39 98 41 33")
    anselme.press("A dit oui")
    anselme.reads("Ce compte n’ouvre plus ce comptoir.")
    assert len(kept_here(anselme)) == 1
    anselme.page.unroute("**/comptoir/jeton/")
    anselme.press("La renvoyer")
    until(anselme, "!localStorage.length")


def test_an_entry_is_not_lost_when_the_session_ends_nor_when_the_site_fails(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "la-fiche-vous-attend") as anselme:
        page = anselme.page
        stands_at_the_counter(anselme)
        page.evaluate("navigator.serviceWorker.ready")  # else it may be asked for once the session has ended
        page.context.clear_cookies()
        page.get_by_label("Son courriel ou son téléphone").fill("06 39 98 41 18")
        anselme.press("A dit oui")
        anselme.reads("Entrez à nouveau, la fiche vous attend.")
        anselme.look("entrez-a-nouveau")
        assert len(kept_here(anselme)) == 1
        stands_at_the_counter(anselme)
        until(anselme, "!localStorage.length")
        page.route("**/comptoir/jeton/", lambda route: route.fulfill(status=500, body="broken"))
        page.get_by_label("Son courriel ou son téléphone").fill("06 39 98 41 19")
        anselme.press("A dit oui")
        anselme.reads("Le site n’a pas pu la prendre")
        assert len(kept_here(anselme)) == 1
        page.unroute("**/comptoir/jeton/")
        page.reload()
        until(anselme, "!localStorage.length")
        anselme.wrong = [one for one in anselme.wrong if "status of 500" not in one]


def test_without_a_script_the_same_screen_is_a_plain_form(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "au-comptoir-sans-script", script=False) as anselme:
        page = anselme.page
        stands_at_the_counter(anselme)
        sentence = page.locator(".counter__sentence").filter(visible=True)
        assert sentence.inner_text().startswith("Écrivez d’abord")
        thumb = Thumb(anselme)
        thumb.tap(page.get_by_label("Son courriel ou son téléphone"))
        page.keyboard.type("06 39 98 41 20")
        assert sentence.inner_text().startswith("Voulez-vous recevoir par téléphone")
        page.get_by_label("Son courriel ou son téléphone").fill("marin@courriel.example")
        assert sentence.inner_text().startswith("Voulez-vous recevoir par courriel")
        thumb.tap(segment(anselme, "Papier"))
        assert sentence.inner_text().startswith("Voulez-vous recevoir sur papier")
        thumb.tap(segment(anselme, "Courriel"))
        thumb.says("A dit oui")
        anselme.reads("C’est noté")
        thumb.tap(page.get_by_role("link", name="Client suivant"))
        assert thumb.taps <= 6
        page.get_by_label("Son courriel ou son téléphone").fill("06 39 98 12")
        anselme.press("A dit oui")
        anselme.reads("Il manque deux chiffres à la fin.")
        anselme.press("A dit non")
        anselme.reads("Rien d’autre n’est gardé")


def test_a_card_comes_back_and_is_entered_with_the_keyboard_alone(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "la-carte", size=(1440, 1000)) as anselme:
        page = anselme.page
        stands_at_the_counter(anselme)
        anselme.follow("Cartes à remplir, en papier")
        anselme.look("cartes")
        page.get_by_label("Combien de cartes ?").fill("1")
        with page.expect_download() as printed:
            anselme.press("Préparer les cartes")
        text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(printed.value.path().read_bytes())).pages)
        code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)
        assert code
        anselme.follow("Taper son code")
        page.locator("input[name=code]:focus").wait_for()
        page.keyboard.type(code[0].lower().replace("-", ""))
        anselme.look("le-code")
        page.keyboard.press("Enter")
        anselme.reads("Votre accord")
        enters_the_card(anselme)
        page.get_by_text(f"carte {code[0]}").wait_for()
        page.keyboard.type(code[0])
        page.keyboard.press("Enter")
        anselme.reads("Ce bon a déjà servi")
        anselme.look("a-deja-servi")


def enters_the_card(anselme: Visitor) -> None:
    """From box to box, as they are on the paper: a letter or a space, then the next."""
    page = anselme.page
    for word in ("Marin", "Belhadj", " ", "marin.belhadj@courriel.example"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.locator("input[name=likes]").first.focus()
    page.keyboard.press("Space")
    page.locator("input[name=agreed]").first.focus()
    page.keyboard.press("Space")
    page.get_by_label("La carte est signée").focus()
    page.keyboard.press("Space")
    anselme.look("la-carte-recopiee", whole=True)
    page.keyboard.press("Enter")
