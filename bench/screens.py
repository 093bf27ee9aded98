"""Takes the screens that show what Parvis looks like, on a phone and on a computer, into docs/screens/.

The demonstration of bin/run, in Chromium, by day; nothing is drawn or put right afterwards. Look at each picture, and
write what you saw in docs/screens/README.md, whose list of pictures this writes anew. `bin/bench screens --json`.
"""

import argparse
import datetime as dt
import io
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.demo.whole_run import ROOT
from tests.journeys.browser import DESK, PHONE, launched

from ._site import Site, add_site_option, served

FOLDER = ROOT / "docs" / "screens"
MOST_MB = 3.0  # all the pictures: whoever clones the project carries them
SCREENS_HIGH = 3  # of a long page, this many screens: the rest is more of the same
QUALITY = 78
BAKER = "le-fournil-des-sources"
SEEN = "## What was seen and mended"  # from here on the page is written by hand


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    title: str
    path: str
    session: str = ""


def main() -> int:
    options = _options()
    with served(options.site) as site:
        owner = _session(site)
        known = _known(site, owner)
        with launched() as browser:
            screens = [*known, *_composed(browser, site, owner)]
            for old in [*FOLDER.glob("*.png"), *FOLDER.glob("*.webp")]:
                old.unlink()
            for screen in screens:
                for device, size in (("telephone", PHONE), ("ordinateur", DESK)):
                    _take(browser, site, screen, size).save(
                        FOLDER / f"{screen.name}-{device}.webp", quality=QUALITY, method=6
                    )
            _take(browser, site, known[0], (1280, 800), high=1).quantize(256).save(FOLDER / "readme.png", optimize=True)
    _write_index(screens)
    weight = sum(picture.stat().st_size for picture in FOLDER.iterdir() if picture.suffix != ".md") / 1e6
    print(f"{2 * len(screens) + 1} pictures in docs/screens/: {weight:.2f} MB (at most {MOST_MB:g})")
    if options.json:
        print(json.dumps({"pictures": 2 * len(screens) + 1, "megabytes": round(weight, 2)}))
    return 0 if weight <= MOST_MB else 1


# --- What is shown ----------------------------------------------------------------------------------------------------
def _session(site: Site) -> str:
    from parvis.accounts.models import User

    return site.entered(user=User.objects.get(offices__organisation__slug=BAKER, offices__role="owner"))


def _known(site: Site, owner: str) -> list[Screen]:
    from django.db.models import Count

    from parvis.announcements.models import Announcement
    from parvis.contacts.models import Person
    from parvis.core import clock
    from parvis.directory.shopfronts import unclaimed
    from parvis.territory.models import Territory

    person = Person.objects.filter(residents__isnull=False).annotate(n=Count("messages")).order_by("-n", "pk")[0]
    workshops = Announcement.objects.filter(kind="workshop", starts_at__gt=clock.now(), organisation__slug="la-brassee")
    said = workshops.exclude(photo=None).order_by("starts_at")[0]
    desk = f"/bureau/{BAKER}/"
    claim = f"/commerces/{unclaimed(Territory.objects.get())[0].siret}/reprendre/"
    return [
        Screen("accueil", "The home page of the territory", "/"),
        Screen("recherche", "A need, in the words of a passer-by", "/recherche/?q=offrir+des+fleurs"),
        Screen("vitrine", "A shop’s window", "/vitrine/la-brassee/"),
        Screen("annonce", "An announcement", f"/annonces/{said.pk}/"),
        Screen("agenda", "The agenda", "/agenda/"),
        Screen("rejoindre", "A resident joins a shop, from the code on the counter", f"/rejoindre/{BAKER}/"),
        Screen("mes-envies", "A resident’s own page", "/moi/", site.entered(resident=person)),
        Screen("comptoir", "The counter, a customer in front of it", f"{desk}comptoir/", owner),
        Screen("bureau", "The desk of a shop, today", desk, owner),
        Screen("fichier", "The customer file", f"{desk}clients/", owner),
        Screen("ma-vitrine", "A shop keeps its own window", f"{desk}vitrine/", owner),
        Screen("mes-horaires", "Its hours, as it types them", f"{desk}vitrine/horaires/", owner),
        Screen("c-est-mon-commerce", "A shop finds its page, made from the register", claim),
    ]


def _composed(browser: Browser, site: Site, owner: str) -> list[Screen]:
    """The baker is about to say something: the two questions that weigh most. It is never said."""
    from parvis.core import clock

    page = _page(browser, site, PHONE, owner)
    page.goto(f"{site.origin}/bureau/{BAKER}/dire/")
    _press(page, "Commencer")
    page.get_by_label("Votre photo").set_input_files(_photo())
    page.get_by_label("Que voit-on sur la photo ?").fill("Des crêpes empilées, et la poêle")
    page.get_by_label("Qui l’a prise ?").fill("Parvis, image de démonstration")
    page.locator("input[name=right]").first.check()
    _press(page, "Continuer")
    page.get_by_label("En une phrase").fill("Crêpes et pains d’épices, un mercredi en cuisine")
    page.get_by_label("Si vous voulez en dire plus").fill("On pétrit, on cuit, on goûte. Chacun repart avec les siens.")
    page.get_by_label("Un atelier").check()
    _press(page, "Continuer")
    page.get_by_label("Quel jour ?").fill((clock.today() + dt.timedelta(days=9)).isoformat())
    page.locator("input[name=hour]").fill("14:30")
    page.get_by_label("Combien de places ?").fill("8")
    page.get_by_label("Le prix", exact=False).first.fill("12 €")
    _press(page, "Continuer")
    whom = page.url
    page.wait_for_load_state("networkidle")
    _press(page, "Continuer")
    again = page.url
    page.context.close()
    return [
        Screen("dire-pour-qui", "Saying something: for whom, and how many would hear", _path(site, whom), owner),
        Screen("dire-relire", "Saying something: read it again on each medium", _path(site, again), owner),
    ]


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def _path(site: Site, url: str) -> str:
    return url.removeprefix(site.origin)


def _photo() -> Path:
    from parvis.demo.cutpaper import draw, raster

    photo = Path(tempfile.mkdtemp()) / "crepes.png"
    photo.write_bytes(raster(draw("crepes", seed=3, ground="saumon"), 1200))
    return photo


# --- Taking -----------------------------------------------------------------------------------------------------------
def _page(browser: Browser, site: Site, size: tuple[int, int], session: str) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
    context.set_default_timeout(60_000)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.origin}])
    return context.new_page()


def _take(browser: Browser, site: Site, screen: Screen, size: tuple[int, int], high: int = SCREENS_HIGH) -> Image.Image:
    """From the top of the page, its photographs all there."""
    page = _page(browser, site, size, screen.session)
    page.goto(site.origin + screen.path, wait_until="networkidle")
    whole = int(page.evaluate("document.documentElement.scrollHeight"))
    for top in range(0, min(whole, size[1] * high), size[1]):
        page.evaluate(f"window.scrollTo(0, {top})")
        page.wait_for_timeout(100)
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_load_state("networkidle")
    # The tab bar stays at the foot of the screen: the screen becomes as high as the picture.
    page.set_viewport_size({"width": size[0], "height": max(size[1], min(whole, size[1] * high))})
    page.wait_for_timeout(200)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.context.close()
    return picture


def _write_index(screens: list[Screen]) -> None:
    index = FOLDER / "README.md"
    written = index.read_text(encoding="utf-8") if index.exists() else ""
    by_hand = written[written.index(SEEN) :] if SEEN in written else f"{SEEN}\n"
    rows = [
        f"| {screen.title} | [390 px]({screen.name}-telephone.webp) | [1440 px]({screen.name}-ordinateur.webp) |"
        for screen in screens
    ]
    head = [
        "# Screens",
        "",
        "Taken by `bin/bench screens` in Chromium, on the demonstration of `bin/run`: nothing here is drawn, and",
        f"everyone is invented. A long page is cut after {SCREENS_HIGH} screens. `readme.png` is for the README.",
        "",
        "| Screen | Phone | Computer |",
        "|---|---|---|",
        *rows,
        "",
        "The journeys (`tests/journeys/`) take many more on their way, into `var/journeys/`. That of an announcement",
        "also leaves a trace of every step: `python -m playwright show-trace var/journeys/une-annonce.zip`; with",
        "`PARVIS_TRACE=1 bin/test tests/journeys`, all of them do.",
        "",
    ]
    index.write_text("\n".join([*head, by_hand]), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_site_option(parser)
    parser.add_argument("--json", action="store_true", help="last line: one JSON object")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
