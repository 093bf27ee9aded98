"""No barrier, no stranger, no error and no sideways scrolling, on every page of every role, by day and by night."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

from parvis.core import clock
from tests.builders import TUESDAY
from tests.isolation.addresses import ADDRESSES
from tests.isolation.world import build

from .browser import launched
from .everywhere import EMPTY, Memory, Shown, everyone, in_memory
from .visitor import barriers

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("pages")]

# A phone of long ago, and a screen of 1280 at 400 %; that screen at 200 %.
NARROW, HALF = 320, 640
# A phone of 390, zoomed to 200 %: what residents and shopkeepers open every day.
ZOOMED = 195
EVERY_DAY = {
    "account_login",
    "announcements:page",
    "directory:index",
    "pages:counter",
    "pages:home",
    "pages:me",
    "pages:organisation",
    "pages:window",
}
# Night changes colours alone.
COLOURS = ["color-contrast", "link-in-text-block"]
# What nobody is shown here, and why. A name that is in neither list fails the test.
SHOWN_NOWHERE = {
    "presses, which lead on to a page": {
        "account_device_add",
        "account_device_remove",
        "account_logout",
        "delivery:one-click",
        "directory:delist",
        "pages:compose-drop",
        "pages:customer-note",
        "pages:customer-refuse",
        "pages:import-note",
        "pages:join-again",
        "pages:me-adult",
        "pages:me-forget-address",
        "pages:me-leave",
        "pages:me-sorting",
        "pages:me-tastes",
        "pages:me-withdraw",
        "pages:my-window-forget",
        "pages:put-back",
        "pages:report-release",
        "pages:shop-reopen",
        "pages:team-withdraw",
        "pages:withdraw",
        "set_language",
    },
    "files, for programs or for paper": {
        "account_passkey_login",
        "pages:call-list",
        "pages:counter-token",
        "pages:counter-worker",
        "pages:me-json",
        "pages:me-pdf",
        "pages:residents-csv",
        "pages:robots",
        "pages:sheet",
        "pages:sitemap",
        "photos:file",
    },
    "pieces of a page": {"pages:compose-crowd"},
    "short ways to another page": {"pages:join-short"},
    "looked at by the journeys, which get there": {
        "demo:body",
        "demo:enter",
        "demo:mail",
        "demo:mailbox",
        "demo:piece",
        "pages:join-done",
    },
}


class Looker:
    """One tab, which shows page after page and listens."""

    def __init__(self, tab: Page, memory: Memory) -> None:
        self.tab = tab
        self.memory = memory
        self.wrong: list[str] = []
        self.page: Shown
        tab.on("console", self._hears)
        tab.on("pageerror", lambda error: self.says(f"script: {error}"))
        tab.on("request", self._asks)

    def looks_at(self, page: Shown) -> None:
        self.page = self.memory.page = page
        self._turns(NARROW, "light")
        self.tab.goto(self.memory.origin + page.path)
        if page.status >= 500 and page.name != "broken":
            self.says(f"answers {page.status}")
        self._measures(NARROW)
        if page.name in EVERY_DAY:
            self._turns(ZOOMED, "light")
            self._measures(ZOOMED)
            self._turns(NARROW, "light")
        for barrier in barriers(self.tab):
            self.says(barrier)
        self._turns(HALF, "dark")
        self._measures(HALF)
        for barrier in barriers(self.tab, only=COLOURS):
            self.says(f"by night, {barrier}")
        while self.memory.strange:
            self.says(f"asks for {self.memory.strange.pop()}, which is not among the pages here")

    def says(self, what: str) -> None:
        self.wrong.append(f"{self.page.name} ({self.page.path}): {what}")

    def _turns(self, width: int, scheme: Literal["light", "dark"]) -> None:
        self.tab.emulate_media(color_scheme=scheme)
        self.tab.set_viewport_size({"width": width, "height": 800})

    def _measures(self, width: int) -> None:
        if self.tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.says(f"wider than {width} pixels")

    def _asks(self, request: Request) -> None:
        if not request.url.startswith((self.memory.origin + "/", "data:", "blob:")):
            self.says(f"asks a stranger: {request.url}")

    def _hears(self, message: ConsoleMessage) -> None:
        # A form sent empty is answered 400, which Chromium tells too; and the driver tells what it was asked to do.
        told = "by Playwright" in message.text or (self.page.status >= 400 and "status of" in message.text)
        if message.type in {"error", "warning"} and not told:
            self.says(f"console: {message.text}")


@contextmanager
def looking() -> Iterator[Looker]:
    with launched() as browser, in_memory() as memory:
        context = browser.new_context(locale="fr-FR", service_workers="block")
        # Sent once: half a megabyte with every page would take as long as the rules themselves.
        context.add_init_script(Axe().axe_script)
        yield Looker(context.new_page(), memory)
        context.close()


@pytest.mark.django_db
def test_every_page_of_every_role_is_open_to_everyone_who_may_read_it() -> None:
    with clock.frozen(TUESDAY):
        world = build()
        met = list(everyone(world))
    with looking() as looker:
        for shown in met:
            looker.memory.shown = shown
            for page in shown.pages:
                looker.looks_at(page)
    assert not looker.wrong, "\n".join(looker.wrong)
    names = {page.name.removesuffix(EMPTY) for shown in met for page in shown.pages}
    assert sorted(ADDRESSES.keys() - names) == sorted(set().union(*SHOWN_NOWHERE.values()))
