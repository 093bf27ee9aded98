"""What a first visit costs a browser: bytes on the wire, and how much the page moves under the eye."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

from tests.journeys.browser import DESK, PHONE, launched

PIXELS = 3  # of a phone's screen in each CSS pixel: the larger photographs
# A telephone far from its mast: what comes late is then seen to come late.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}  # bytes a second
# Each shift that no finger caused, all added: more severe than the sum of the worst window, which is what is published.
SHIFTS = """window.moved = 0;
const add = entry => { if (!entry.hadRecentInput) window.moved += entry.value };
new PerformanceObserver(list => list.getEntries().forEach(add)).observe({type: 'layout-shift', buffered: true});"""


@dataclass(slots=True)
class Visit:
    """`whole_kb` counts the photographs of the whole page, read to its foot; both count the headers of answers."""

    bare_kb: float = 0.0
    whole_kb: float = 0.0
    requests: int = 0
    shift: float = 0.0


@dataclass  # without slots: Playwright writes its own marks on whoever listens
class _Wire:
    """What Chromium says came over the network, by request."""

    urls: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)

    def asks(self, event: dict[str, Any]) -> None:
        self.urls[event["requestId"]] = event["request"]["url"]

    def receives(self, event: dict[str, Any]) -> None:
        self.weights[event["requestId"]] = event["encodedDataLength"]

    def kilobytes(self, *, photos: bool) -> float:
        kept = (n for key, n in self.weights.items() if photos or "/photos/" not in self.urls.get(key, ""))
        return sum(kept) / 1000


def first_visits(origin: str, pages: dict[str, tuple[str, str]]) -> dict[str, Visit]:
    """By name, from each page's path and session key ("" for a passer-by). Weights are the phone's; the shift is the
    greater of the phone's and the desk's."""
    found = {}
    with launched() as browser:
        for name, (path, session) in pages.items():
            visit = _visit(browser, origin, path, session, PHONE, PIXELS)
            visit.shift = max(visit.shift, _visit(browser, origin, path, session, DESK, 1).shift)
            found[name] = visit
    return found


def _visit(browser: Browser, origin: str, path: str, session: str, size: tuple[int, int], pixels: int) -> Visit:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=pixels, locale="fr-FR"
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": origin}])
    page = context.new_page()
    wire = _Wire()
    devtools = context.new_cdp_session(page)
    devtools.on("Network.requestWillBeSent", wire.asks)
    devtools.on("Network.loadingFinished", wire.receives)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    page.add_init_script(SHIFTS)
    page.goto(origin + path, wait_until="networkidle")
    _read_to_its_foot(page, height)
    found = Visit(
        bare_kb=wire.kilobytes(photos=False),
        whole_kb=wire.kilobytes(photos=True),
        requests=len(wire.weights),
        shift=page.evaluate("window.moved"),
    )
    context.close()
    return found


def _read_to_its_foot(page: Page, height: int) -> None:
    """A screen at a time, so that what is loaded late is loaded."""
    for top in range(0, int(page.evaluate("document.documentElement.scrollHeight")), height):
        page.evaluate(f"window.scrollTo(0, {top})")
        page.wait_for_timeout(150)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
