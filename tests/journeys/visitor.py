"""Someone at a real browser, who minds what a person minds: a broken page, a request to a stranger, a barrier."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from parvis.config.environment import var

from .browser import PHONE
from .site import PATIENCE, Site

ALWAYS_RECORDED = "une-annonce"


class Visitor:
    """Looks at each page it comes to: `look` takes the picture and runs axe."""

    def __init__(self, page: Page, site: Site, journey: str) -> None:
        self.page = page
        self.site = site
        self.journey = journey
        self.seen: list[str] = []
        self.wrong: list[str] = []
        page.context.on("request", self._request)
        page.context.on("console", self._console)
        page.context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site.origin + "/", "data:", "blob:")):
            self.wrong.append(f"asks a stranger: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # The driver itself knocks at the mail's frame, where no script may run: that it is refused is as it should be.
        if message.type in {"error", "warning"} and not message.text.startswith("Blocked script execution"):
            self.wrong.append(f"console: {message.text}")

    def open(self, path: str) -> None:
        self.page.goto(self.site.origin + path)

    def follow(self, name: str) -> None:
        """A link by its words, as a person finds it."""
        self.page.get_by_role("link", name=name).first.click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def reads(self, words: str) -> None:
        """Waits until the words are in the page's heart."""
        self.page.locator("main").get_by_text(words).first.wait_for(timeout=PATIENCE * 1000)

    def receives(self, address: str) -> str:
        """The last message to this address, as the demo's mailbox lists it, in another window: the worker answers the
        bell within a few seconds."""
        with self.page.context.new_page() as mail:
            line = mail.locator(".mailbox__line").filter(has_text=address)
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                mail.goto(self.site.origin + "/demo/boite/")
                if line.count():
                    break
                mail.wait_for_timeout(500)
            return line.first.inner_text()

    def looks_at_the_mail(self, address: str) -> None:
        """The message alone, as a mail program shows it. No script runs in its frame, axe's neither."""
        browser = self.page.context.browser
        assert browser
        with browser.new_page(viewport=self.page.viewport_size) as mail:
            mail.goto(self.site.origin + address)
            self._picture(mail, "le-message-seul", whole=True)
            assert mail.locator("script").count() == 0
            self.wrong += [f"the mail: {barrier}" for barrier in barriers(mail)]

    def _picture(self, page: Page, name: str, *, whole: bool) -> None:
        self.seen.append(name)
        folder = pictures(self.journey)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{self.journey}-{len(self.seen):02}-{name}.png", full_page=whole)

    def look(self, name: str, *, axe: bool = True, whole: bool = False) -> None:
        self._picture(self.page, name, whole=whole)
        width = self.page.viewport_size or {"width": 0}
        if self.page.evaluate("document.documentElement.scrollWidth") > width["width"]:
            self.wrong.append(f"{name}: wider than the screen")
        if axe:
            self.wrong += [f"{name}: {barrier}" for barrier in barriers(self.page)]


def barriers(page: Page, *, only: Sequence[str] = ()) -> list[str]:
    """All that axe finds, by `only` these rules of it where they are given. The mail's frame runs no script, axe's
    neither: it is looked at by its own address."""
    options = {"preload": False, "iframes": False, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    chosen = options | ({"runOnly": list(only)} if only else {})
    # Its whole report, of every rule that holds too, would take as long to carry as to make.
    found = page.evaluate("async options => (await axe.run(document, options)).violations", chosen)
    return [f"{one['id']} at {one['nodes'][0]['html'][:120]}" for one in found]


def pictures(journey: str) -> Path:
    return var() / "journeys" / journey


@contextmanager
def visiting(
    browser: Browser, site: Site, journey: str, *, size: tuple[int, int] = PHONE, script: bool = True
) -> Iterator[Visitor]:
    """A visit on a phone, its pictures in var/journeys/; at its end, nothing may have gone wrong on the way."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="fr-FR", java_script_enabled=script
    )
    context.set_default_timeout(PATIENCE * 1000 / 2)
    with recorded(context, journey):
        visitor = Visitor(context.new_page(), site, journey)
        yield visitor
    context.close()
    assert not visitor.wrong, "\n".join(visitor.wrong)


@contextmanager
def recorded(context: BrowserContext, journey: str) -> Iterator[None]:
    """A trace holds every step and page (playwright show-trace FILE), and costs as much as its journey: one is always
    kept, the others where PARVIS_TRACE is set."""
    if journey != ALWAYS_RECORDED and not os.environ.get("PARVIS_TRACE"):
        yield
        return
    context.tracing.start(screenshots=False, snapshots=True, sources=False)
    try:
        yield
    finally:
        context.tracing.stop(path=var() / "journeys" / f"{journey}.zip")
