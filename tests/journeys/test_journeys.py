"""What Parvis promises, done by hand in a real browser against the real site and its worker."""

import datetime as dt
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from parvis.contacts.rules import RHYTHMS
from parvis.core import clock
from parvis.demo.cutpaper import draw, raster

from .site import PATIENCE, Site
from .test_resident import joins
from .visitor import Visitor, visiting

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

TITLE = "Atelier floral : un bouquet d’hiver"
NEIGHBOUR = "la-voisine@courriel.example"


def test_a_delegate_speaks_for_the_florist_and_a_neighbour_hears_why_and_asks_for_fewer(
    chromium: Browser, site: Site, tmp_path: Path
) -> None:
    with visiting(chromium, site, "une-annonce") as claire:
        comes_in(claire, "Claire")
        claire.follow("La Brassée")
        claire.look("agir-pour-la-brassee")
        assert claire.page.get_by_label("Mandat").is_visible()
        announces(claire, tmp_path)
        with visiting(chromium, site, "une-voisine") as neighbour:
            joins(neighbour, NEIGHBOUR, liking="Ateliers floraux")
        has_a_round_run(claire)
        opens_the_mail(claire)
        asks_for_fewer(claire)


def comes_in(visitor: Visitor, first_name: str) -> None:
    visitor.page.goto(visitor.site.links[first_name])
    visitor.look("entrer")
    visitor.press("Entrer")
    visitor.reads("Pour qui venez-vous aujourd’hui")
    visitor.look("bureau")


def announces(claire: Visitor, folder: Path) -> None:
    """A workshop, one question a screen; she forgets the hour, and is told so at its own question."""
    page = claire.page
    claire.follow("Dire quelque chose")
    assert page.get_by_label("Mandat").is_visible()
    claire.look("dire")
    claire.press("Commencer")
    claire.reads("Une photo")
    adds_a_photo(claire, folder)
    claire.press("Continuer")
    claire.reads("Qu’avez-vous de nouveau")
    page.get_by_label("En une phrase").fill(TITLE)
    page.get_by_label("Si vous voulez en dire plus").fill("Chacun repart avec le sien. Feuillages et rubans fournis.")
    page.get_by_label("Un atelier").check()
    claire.look("dire-la-phrase", whole=True)
    claire.press("Continuer")
    claire.reads("Quand est-ce")
    page.get_by_label("Quel jour ?").fill((clock.today() + dt.timedelta(days=9)).isoformat())
    page.get_by_label("Combien de places ?").fill("12")
    page.get_by_label("Le prix", exact=False).first.fill("28 €")
    claire.press("Continuer")
    claire.reads("Il manque l’heure.")
    assert page.evaluate("document.activeElement.name") == "hour"
    claire.look("il-manque-l-heure", whole=True)
    page.locator("input[name=hour]").fill("14:30")
    claire.press("Continuer")
    claire.reads("Pour qui")
    assert page.get_by_label("Ateliers floraux").is_checked()
    claire.reads("Qui l’entendra")
    claire.look("dire-pour-qui", whole=True)
    claire.press("Continuer")
    claire.reads("Relisez")
    claire.look("dire-relire", whole=True)
    claire.press("Le dire")
    page.get_by_text("C’est dit.").wait_for()
    claire.reads("Qui va l’entendre")
    assert page.get_by_label("Mandat").is_visible()
    claire.look("qui-va-l-entendre")


def adds_a_photo(claire: Visitor, folder: Path) -> None:
    photo = folder / "bouquet.jpg"
    photo.write_bytes(raster(draw("bouquet", seed=7, ground="rose"), 1200))
    page = claire.page
    page.get_by_label("Votre photo").set_input_files(photo)
    page.get_by_label("Que voit-on sur la photo ?").fill("Un bouquet de fleurs blanches et roses")
    page.get_by_label("Qui l’a prise ?").fill("Claire Vasseur")
    page.locator("input[name=right]").first.check()
    claire.look("dire-la-photo", whole=True)


def has_a_round_run(claire: Visitor) -> None:
    """As an officer of the association. The page tells by itself that the worker has done it."""
    claire.follow("Mon bureau")
    claire.follow("Les Enseignes du Plateau")
    claire.follow("Tournées")
    claire.look("tournees")
    claire.follow("Faire une tournée maintenant")
    claire.reads("Les courriels partent aussitôt, et ne se rattrapent pas.")
    claire.press("Faire la tournée")
    claire.reads("Terminée.")
    claire.reads(TITLE.replace(" :", "\u00a0:"))
    claire.look("tournee-terminee")


def opens_the_mail(claire: Visitor) -> None:
    page = claire.page
    hers = page.locator(".mailbox__line").filter(has_text=NEIGHBOUR).filter(has_not_text="code")
    claire.open("/demo/boite/")
    for _ in range(int(PATIENCE)):
        if hers.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    claire.look("courrier")
    hers.locator("a").first.click()
    frame = page.frame_locator("iframe")
    frame.get_by_text("Pourquoi vous").first.wait_for()
    assert frame.get_by_text("un bouquet d’hiver").count()
    claire.look("le-message", whole=True)
    address = page.locator("iframe").get_attribute("src")
    assert address
    claire.looks_at_the_mail(address)
    frame.get_by_role("link", name=re.compile("Pourquoi", re.IGNORECASE)).first.click()
    page.wait_for_url("**/m/**")


def asks_for_fewer(resident: Visitor) -> None:
    resident.reads("Pourquoi ce message")
    resident.look("pourquoi-ce-message", whole=True)
    before = rhythm(resident)
    resident.follow("Recevoir moins")
    resident.look("recevoir-moins")
    resident.page.get_by_role("button", name=re.compile("Passer à|Ne plus recevoir")).click()
    resident.reads("Désormais")
    resident.look("c-est-note")
    assert rhythm(resident) == max(rhythm for rhythm in RHYTHMS if rhythm < before)


def rhythm(visitor: Visitor) -> int:
    found = re.search(r"(\d+)\sannonces? par semaine", visitor.page.locator("main .lede").inner_text())
    return int(found[1]) if found else 0


def test_a_neighbour_finds_a_shop_and_its_holder_takes_the_page_down_without_any_script(
    chromium: Browser, site: Site
) -> None:
    with visiting(chromium, site, "sans-javascript", script=False) as neighbour:
        page = neighbour.page
        neighbour.open("/")
        said = page.locator("main .day__title a").first
        title = said.inner_text()
        said.click()
        neighbour.reads(title)
        page.get_by_role("link", name="Commerces").first.click()
        neighbour.follow("Mandres-les-Roses")
        neighbour.follow("Tous les commerces de Mandres-les-Roses")
        address = page.url
        business = page.locator("main .item__title a").last
        name = business.inner_text()
        business.click()
        neighbour.reads(name)
        neighbour.press("Retirer cette page")
        page.wait_for_load_state()
        page.goto(address)
        assert page.get_by_role("link", name=name, exact=True).count() == 0


def test_the_wine_merchant_signs_in_by_a_code_and_prints_whom_to_call(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "le-caviste") as anselme:
        page = anselme.page
        anselme.open("/connexion/")
        anselme.look("courriel")
        page.locator("input[type=email]").fill("anselme.tavernier@tilleul.example")
        code = asks_for_a_code(anselme)
        anselme.look("code")
        page.get_by_label("Code", exact=False).fill(code)
        anselme.press("Entrer")
        anselme.reads("Bonjour Anselme Tavernier")
        sees_his_file(anselme)
        anselme.open("/bureau/cave-du-tilleul/appels/")
        anselme.look("listes-d-appels")
        listed = page.locator("main .item__title a").first.get_attribute("href")
        printed = page.request.get(site.origin + str(listed))
        assert printed.headers["content-type"] == "application/pdf"
        assert printed.body().startswith(b"%PDF")


def mails_of_anselme(mailbox: Page, origin: str) -> Locator:
    mailbox.goto(origin + "/demo/boite/")
    return mailbox.get_by_role("link", name=re.compile("anselme.tavernier"))


def asks_for_a_code(visitor: Visitor) -> str:
    """And reads it in another tab, as one goes to read one's mail: it comes within a second or two."""
    origin = visitor.site.origin
    with visitor.page.context.new_page() as mailbox:
        before = mails_of_anselme(mailbox, origin).count()
        visitor.press("Recevoir le code")
        visitor.reads("Quel est le code")
        until = time.monotonic() + PATIENCE
        while mails_of_anselme(mailbox, origin).count() == before and time.monotonic() < until:
            mailbox.wait_for_timeout(500)
        mails_of_anselme(mailbox, origin).first.click()
        found = re.search(r"\b[A-Z0-9]{3,4}-[A-Z0-9]{3,4}\b", mailbox.locator(".mail__plain").inner_text())
    assert found
    return found[0]


def sees_his_file(anselme: Visitor) -> None:
    anselme.follow("Cave du Tilleul")
    anselme.look("bureau-du-caviste")
    anselme.follow("Fichier clients")
    anselme.look("fichier-clients")
    anselme.page.locator("main .item__title a").first.click()
    anselme.reads("Ses coordonnées, chez vous")
    anselme.look("une-fiche", whole=True)


def test_the_home_page_is_worth_a_picture(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "accueil", size=(1280, 800)) as neighbour:
        neighbour.open("/")
        neighbour.reads("Nouveau en boutique")
        neighbour.look("une")
        neighbour.open("/vitrine/la-brassee/")
        neighbour.look("vitrine", whole=True)
        assert neighbour.seen == ["une", "vitrine"]
