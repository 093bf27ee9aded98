"""What five pages cost: home, search, window, a resident's own page, a customer file of five thousand.

The demonstration of bin/run on SQLite behind granian with two workers. Queries are all those of a request, who asks
included, the first time in a process and the next. Times and rates are told beside those of a small static file,
asked turn by turn from the same server by the same threads: machines are shared, and only the ratio travels.
Weights and shifts are Chromium's, on a first visit of a phone behind a slow network (`bench/_browser.py`).
`bin/bench pages --json`.
"""

import argparse
import http.client
import json
import statistics
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ._browser import Visit, first_visits
from ._site import Site, add_site_option, served

if TYPE_CHECKING:
    from parvis.accounts.models import Organisation

CUSTOMERS = 5000
MOST_QUERIES = 10
MOST_KB, MOST_KB_WITH_PHOTOS = 150.0, 600.0  # of the home page: 1 KB is 1,000 bytes
MOST_SHIFT = 0.05
ASKED = 30  # requests one after the other, for a median
CLIENTS, SECONDS = 8, 2.0  # connections that ask without pause, and how long
FLOOR = "static file"  # what the same server does of a request without Django's part
FILE_SHOP = "la-brassee"


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    session: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.session}"} if self.session else {}


def main() -> int:
    options = _options()
    with served(options.site) as site:
        pages = _pages(site)
        queries = {name: _queries(page) for name, page in pages.items()}
        pages[FLOOR] = Page(_static_file())
        speeds = _speeds(site, pages, options.repeats)
        visits = first_visits(site.origin, {name: (p.path, p.session) for name, p in pages.items() if name != FLOOR})
    figures = _figures(queries, speeds, visits)
    _tell(figures)
    if options.json:
        print(json.dumps(figures))
    return 0 if figures["held"] else 1


def _pages(site: Site) -> dict[str, Page]:
    """Read at the door of the database: the shop whose file has five thousand, its owner, the resident most written
    to."""
    from django.db.models import Count

    from parvis.accounts.models import Organisation, User
    from parvis.contacts.models import Person

    shop = Organisation.objects.get(slug=FILE_SHOP)
    _fill_file(shop)
    owner = User.objects.filter(offices__organisation=shop).order_by("pk").first() or _owner(shop)
    person = Person.objects.filter(residents__isnull=False).annotate(n=Count("messages")).order_by("-n", "pk")[0]
    return {
        "home": Page("/"),
        "search": Page("/recherche/?q=offrir+des+fleurs"),
        "window": Page(f"/vitrine/{shop.slug}/"),
        "resident": Page("/moi/", site.entered(resident=person)),
        "customers": Page(f"/bureau/{shop.slug}/clients/", site.entered(user=owner)),
    }


def _owner(shop: "Organisation") -> Any:
    """The demo's florist has no screen."""
    from parvis.accounts.actions import appoint
    from parvis.accounts.rules import Role
    from parvis.demo.seed import BY

    return appoint(email="banc@brassee.example", name="Odile Marchand", organisation=shop, role=Role.OWNER, by=BY).user


def _fill_file(shop: "Organisation") -> None:
    from parvis.contacts.actions import CustomerDetails
    from parvis.contacts.actions.customers import enrol_many
    from parvis.contacts.rules import Source
    from parvis.demo.people import PLATEAU_BRIARD, invent_people
    from parvis.demo.seed import BY

    missing = max(0, CUSTOMERS - shop.customer_records.count())
    invented = invent_people(CUSTOMERS, seed=5, communes=PLATEAU_BRIARD)
    entries = [
        CustomerDetails(
            given_name=person.given_name, family_name=person.family_name, email=f"client{number}@banc.example"
        )
        for number, person in enumerate(invented[:missing])
    ]
    enrol_many(organisation=shop, entries=entries, source=Source.FILE, by=BY)


# --- Queries ----------------------------------------------------------------------------------------------------------
def _queries(page: Page) -> int:
    """The dearer of the first request of this process, whose caches are cold, and of the next."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost", headers=page.headers)
    if page.session:
        client.cookies["sessionid"] = page.session
    cache.clear()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page.path).status_code == 200, page.path
        counts.append(len(captured))
    return max(counts)


# --- Speed ------------------------------------------------------------------------------------------------------------
def _static_file() -> str:
    from django.templatetags.static import static

    return static("core/parvis.svg")


def _speeds(site: Site, pages: dict[str, Page], repeats: int) -> dict[str, tuple[float, float]]:
    """By page, the median milliseconds of a request alone and the requests a second of eight clients."""
    for page in pages.values():
        _alone(site, page)  # both workers warm their caches, uncounted
    turns = [
        {name: (_alone(site, page), _together(site, page)) for name, page in pages.items()} for _ in range(repeats)
    ]
    return {
        name: (statistics.median(turn[name][0] for turn in turns), statistics.median(turn[name][1] for turn in turns))
        for name in pages
    }


def _ask(connection: http.client.HTTPConnection, page: Page) -> float:
    begun = time.perf_counter()
    connection.request("GET", page.path, headers=page.headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, (page.path, answer.status)
    return time.perf_counter() - begun


def _alone(site: Site, page: Page) -> float:
    connection = _connection(site)
    return statistics.median(_ask(connection, page) for _ in range(ASKED)) * 1000


def _together(site: Site, page: Page) -> float:
    until = time.perf_counter() + SECONDS
    counts = [0] * CLIENTS

    def keep_asking(place: int) -> None:
        connection = _connection(site)
        while time.perf_counter() < until:
            _ask(connection, page)
            counts[place] += 1

    clients = [threading.Thread(target=keep_asking, args=(place,)) for place in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(counts) / SECONDS


def _connection(site: Site) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(site.origin).netloc, timeout=60)


# --- Telling ----------------------------------------------------------------------------------------------------------
def _figures(
    queries: dict[str, int], speeds: dict[str, tuple[float, float]], visits: dict[str, Visit]
) -> dict[str, Any]:
    floor_ms, floor_rate = speeds[FLOOR]
    each = {
        name: {
            "queries": queries[name],
            "median_ms": round(ms, 1),
            "requests_s": round(rate, 1),
            "times_static_ms": round(ms / floor_ms, 1),
            "part_of_static_rate": round(rate / floor_rate, 3),
            "shift": round(visits[name].shift, 4),
        }
        for name, (ms, rate) in speeds.items()
        if name != FLOOR
    }
    home = visits["home"]
    held = (
        max(queries.values()) <= MOST_QUERIES
        and home.bare_kb < MOST_KB
        and home.whole_kb < MOST_KB_WITH_PHOTOS
        and max(visit.shift for visit in visits.values()) <= MOST_SHIFT
    )
    return {
        "held": held,
        "pages": each,
        "static_ms": round(floor_ms, 2),
        "static_requests_s": round(floor_rate, 1),
        "home_kb": round(home.bare_kb, 1),
        "home_with_photos_kb": round(home.whole_kb, 1),
        "home_requests": home.requests,
    }


def _tell(figures: dict[str, Any]) -> None:
    for name, page in figures["pages"].items():
        print(
            f"{name}: {page['queries']} queries (at most {MOST_QUERIES}), {page['median_ms']} ms, "
            f"{page['requests_s']} requests/s ({page['part_of_static_rate']:.0%} of a static file's), "
            f"shift {page['shift']} (at most {MOST_SHIFT})"
        )
    print(
        f"first visit of home on a phone: {figures['home_kb']} KB (under {MOST_KB:g}), with photographs "
        f"{figures['home_with_photos_kb']} KB (under {MOST_KB_WITH_PHOTOS:g}), {figures['home_requests']} requests"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3, help="turns")
    add_site_option(parser)
    parser.add_argument("--json", action="store_true", help="last line: one JSON object")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
