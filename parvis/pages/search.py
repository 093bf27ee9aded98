"""What the search page asks, of whom, and how it says why. Matching and ranking are directory.search's."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html

from parvis.accounts.models import Organisation
from parvis.accounts.queries import open_around
from parvis.announcements.models import Announcement
from parvis.announcements.queries import current, standing
from parvis.contacts.words import above, named, nodes
from parvis.core.speech import mark, say
from parvis.directory.hours import State, state
from parvis.directory.models import Business, ShopWindow
from parvis.directory.search.index import Entry, Hit, Index, Question, Why
from parvis.directory.search.needs import Named
from parvis.directory.search.words import names_place
from parvis.directory.shopfronts import category_of_shop, hours_of, unclaimed
from parvis.sirene.activities import Category, categories
from parvis.territory.models import Commune, Territory

from .queries import with_place

# Beyond, nobody types: a robot does.
LONGEST = 100
# How long what a shop spoke of still tells what it does.
MEMORY = dt.timedelta(days=180)

BusinessRow = tuple[int, str, str, str]
ShopRow = tuple[int, str, str, str, str, str, str, frozenset[str]]
AnnouncementRow = tuple[int, str, str, str, str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """By rank; organisations and unclaimed businesses are together. `trades`, `communes`: shortcuts to a whole page."""

    hits: Sequence[Hit]
    heard: Sequence["Heard"]
    trades: Sequence[Category]
    communes: Sequence[Commune]
    shops: Mapping[int, Organisation]


@dataclass(frozen=True, slots=True)
class Result:
    """One line: an organisation or an unclaimed business, and why it is there."""

    reason: str
    organisation: Organisation | None = None
    business: Business | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    announcement: Announcement
    reason: str


def find(text: str, territory: Territory, communes: Sequence[Commune], at: dt.datetime) -> Found:
    """Four reads, whatever the question; nothing is kept of it."""
    question = _question(text)
    spoken = _spoken(territory, at)
    shops = {
        shop.pk: shop
        for shop in open_around(territory).select_related("commune", "business", "window").defer("commune__contour")
    }
    hits = _index_of_shops(_shop_rows(shops, spoken)).ask(question) + _businesses(territory).ask(question)
    hits.sort(key=lambda hit: -round(hit.score, 4))
    best = hits[0].score if hits else 0
    hits = [hit for hit in hits if hit.score >= Index.LEAST * best]
    slugs = dict.fromkeys(hit.detail for hit in hits if hit.why is Why.TRADE)
    return Found(
        hits,
        _heard(question, territory, at, spoken),
        [categories()[slug] for slug in slugs][:3],
        [commune for commune in communes if names_place(text, commune.name)],
        shops,
    )


def _question(text: str) -> Question:
    over: dict[str, Named] = {}
    for slug, words in named(text).items():
        for one, steps in above()[slug].items():
            if one not in over or steps < over[one].steps:
                over[one] = Named(words, steps)
    return Question(text, over)


# --- What there is to find. Read each time, so that nothing hidden is found; indexed again only when it has changed.
def _businesses(territory: Territory) -> Index:
    rows = unclaimed(territory).order_by("pk").values_list("pk", "name", "commune__name", "category")
    return _index_of_businesses(tuple(rows))


@lru_cache(maxsize=8)
def _index_of_businesses(rows: tuple[BusinessRow, ...]) -> Index:
    return Index(Entry(f"business:{pk}", name, commune, (category,)) for pk, name, commune, category in rows)


def _shop_rows(shops: Mapping[int, Organisation], spoken: "Spoken") -> tuple[ShopRow, ...]:
    return tuple(
        (
            pk,
            shop.name,
            shop.commune.name,
            category_of_shop(shop),
            shop.trade,
            *(_words_of_window(shop)),
            spoken.by_shop.get(pk, frozenset()),
        )
        for pk, shop in shops.items()
    )


def _words_of_window(shop: Organisation) -> tuple[str, str]:
    window: ShopWindow | None = getattr(shop, "window", None)
    return (window.needs, window.about) if window else ("", "")


@lru_cache(maxsize=8)
def _index_of_shops(rows: tuple[ShopRow, ...]) -> Index:
    return Index(
        Entry(f"shop:{pk}", name, commune, (category,), trade, needs, about, interests, first=True)
        for pk, name, commune, category, trade, needs, about, interests in rows
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is spoken of, by organisation and by announcement: slugs of interests, and of all above them."""

    by_shop: Mapping[int, frozenset[str]]
    by_announcement: Mapping[int, frozenset[str]]


def _spoken(territory: Territory, at: dt.datetime) -> Spoken:
    said = standing(territory).filter(said_at__gt=at - MEMORY, interests__isnull=False)
    by_shop: dict[int, set[str]] = {}
    by_announcement: dict[int, set[str]] = {}
    for announcement, shop, slug in said.values_list("pk", "organisation", "interests__slug"):
        over = above().get(slug, {slug: 0})
        by_shop.setdefault(shop, set()).update(over)
        by_announcement.setdefault(announcement, set()).update(over)
    return Spoken(
        {pk: frozenset(slugs) for pk, slugs in by_shop.items()},
        {pk: frozenset(slugs) for pk, slugs in by_announcement.items()},
    )


def _heard(question: Question, territory: Territory, at: dt.datetime, spoken: "Spoken") -> list[Heard]:
    said = {one.pk: one for one in with_place(current(territory, at))}
    rows = tuple(
        (
            pk,
            one.title,
            one.text,
            one.organisation.name,
            one.organisation.commune.name,
            spoken.by_announcement.get(pk, frozenset()),
        )
        for pk, one in said.items()
    )
    return [Heard(said[_key(hit)], _reason_heard(hit)) for hit in _index_of_announcements(rows).ask(question)]


@lru_cache(maxsize=8)
def _index_of_announcements(rows: tuple[AnnouncementRow, ...]) -> Index:
    return Index(
        Entry(f"announcement:{pk}", title, commune, trade=shop, about=text, interests=interests)
        for pk, title, text, shop, commune, interests in rows
    )


# --- What is shown of it.
def results(found: Found, hits: Sequence[Hit], territory: Territory, at: dt.datetime) -> list[Result]:
    """The lines of one page. Three more reads at most."""
    shops = [found.shops[_key(hit)] for hit in hits if hit.key.startswith("shop:")]
    hours = hours_of(shops, at.date()) if shops else {}
    keys = [_key(hit) for hit in hits if hit.key.startswith("business:")]
    businesses = unclaimed(territory).in_bulk(keys) if keys else {}
    lines = []
    for hit in hits:
        if hit.key.startswith("shop:"):
            shop = found.shops[_key(hit)]
            lines.append(Result(_reason(hit), organisation=shop, state=state(hours[shop.pk], at)))
        elif business := businesses.get(_key(hit)):
            lines.append(Result(_reason(hit), business=business))
    return lines


def _key(hit: Hit) -> int:
    return int(hit.key.partition(":")[2])


_BECAUSE = {
    Why.NAME: mark("Parce que\u00a0: son nom"),
    Why.SLIP: mark("Parce que\u00a0: son nom ressemble"),
    Why.ABOUT: mark("Parce que\u00a0: sa vitrine en parle"),
    Why.PLACE: mark("Parce que\u00a0: la commune"),
}
_BECAUSE_HEARD = {
    Why.NAME: mark("Parce que\u00a0: son titre"),
    Why.SLIP: mark("Parce que\u00a0: son titre ressemble"),
}


def _reason(hit: Hit) -> str:
    match hit.why:
        case Why.NEEDS:
            # In English the shop's own words are told apart.
            return format_html(say("Parce que\u00a0: on y vient pour «\u00a0{words}\u00a0»"), words=hit.detail)
        case Why.TRADE:
            return say("Parce que\u00a0: {trade}", trade=_trade(hit.detail))
        case Why.INTEREST:
            return say("Parce que\u00a0: ses annonces parlent de\u00a0: {subject}", subject=_interest(hit.detail))
    return say(_BECAUSE[hit.why])


def _reason_heard(hit: Hit) -> str:
    if hit.why is Why.INTEREST:
        return say("Parce que\u00a0: on y parle de\u00a0: {subject}", subject=_interest(hit.detail))
    return say(_BECAUSE_HEARD.get(hit.why) or mark("Parce que\u00a0: ces mots y sont"))


def _trade(slug: str) -> str:
    known = categories().get(slug)
    return say(known.singular).lower() if known else ""


def _interest(slug: str) -> str:
    return next((say(node.name).lower() for node in nodes() if node.slug == slug), slug)
