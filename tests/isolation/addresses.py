"""Every URL of the site, described: with which objects to ask for it, and who may. A new one must be added here."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from parvis.contacts.models import Interest
from parvis.core import clock
from parvis.core.typography import no_break

from .world import ASSOCIATION, FAR, FLORIST, WINES, World

ANYONE, NOBODY, SIGNED_IN = "anyone", "nobody", "signed in"


@dataclass(frozen=True, slots=True)
class Address:
    """One URL with its arguments.

    need: the permission that opens it, or SIGNED_IN, ANYONE, NOBODY. at: the slug of the organisation in the URL.
    fits: whether its other object is that organisation's own. data: what a POST sends, good enough to write.
    """

    arguments: dict[str, Any] = field(default_factory=dict)
    need: str = ANYONE
    at: str = ""
    fits: bool = True
    data: dict[str, Any] = field(default_factory=dict)


Describe = Callable[[World], Iterator[Address]]


def _plain(**arguments: Any) -> Describe:
    def describe(_world: World) -> Iterator[Address]:
        yield Address(arguments)

    return describe


def _desk(need: str, data: Callable[[], dict[str, Any]] = dict) -> Describe:
    """One page of each organisation."""

    def describe(world: World) -> Iterator[Address]:
        for slug in world.organisations:
            yield Address({"slug": slug}, need, slug, data=data())

    return describe


def _object(need: str, owners: Callable[[World], Iterator[tuple[int, set[str]]]], name: str = "pk") -> Describe:
    """Each object asked at each organisation: its own, and those of others under one's own slug."""

    def describe(world: World) -> Iterator[Address]:
        for slug in world.organisations:
            for pk, mine in owners(world):
                yield Address({"slug": slug, name: pk}, need, slug, fits=slug in mine)

    return describe


def _announcements(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((one.pk, {slug}) for slug, one in world.announcements.items())


def _customers(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((one.pk, {one.organisation.slug}) for one in world.customers.values())


def _sheets(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((sheet.pk, _same_territory(world, slug)) for slug, sheet in world.sheets.items())


def _rounds(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((world.rounds[slug].pk, _same_territory(world, slug)) for slug in (ASSOCIATION, FAR))


def _same_territory(world: World, slug: str) -> set[str]:
    here = world.organisations[slug].territory_id
    return {other for other, organisation in world.organisations.items() if organisation.territory_id == here}


def _call_lists(world: World) -> Iterator[tuple[int, set[str]]]:
    """Both shops phoned in the round here; nobody did elsewhere."""
    yield world.rounds[ASSOCIATION].pk, {FLORIST, WINES}
    yield world.rounds[FAR].pk, set()


def _mandates(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((mandate.pk, {FLORIST}) for mandate in world.mandates.values())


def _announcement_pages(world: World) -> Iterator[Address]:
    for one in world.announcements.values():
        yield Address({"pk": one.pk})


def _photo(world: World) -> Iterator[Address]:
    assert world.photo
    yield Address({"key": world.photo.key, "size": 400, "extension": "jpg"})


def _businesses(world: World) -> Iterator[Address]:
    for business in (world.business, world.claimed):
        assert business
        yield Address({"siret": business.siret})


def _delisted(world: World) -> Iterator[Address]:
    """Only an unclaimed page is taken down by anyone."""
    assert world.business and world.claimed
    yield Address({"siret": world.business.siret})
    yield Address({"siret": world.claimed.siret}, NOBODY)


def _links(world: World) -> Iterator[Address]:
    for token in world.tokens:
        yield Address({"token": token})
    yield Address({"token": world.tokens[0][:-2] + "xx"}, NOBODY)


def _said() -> dict[str, Any]:
    return {"kind": "news", "title": "Une phrase de passage", "interests": [Interest.objects.get(slug="fleurs").pk]}


def _signed() -> dict[str, Any]:
    day = (clock.today() - dt.timedelta(days=2)).isoformat()
    return {
        "email": "canariadresse6@parvis.example",
        "signed_by": "Odile Ferrand",
        "signed_on": day,
        "evidence": no_break("Tiroir du haut"),
        "permissions": ["see_desk", "see_customers"],
    }


def _closed(**arguments: Any) -> Describe:
    """The demo's pages, on a site that is not the demo."""

    def describe(_world: World) -> Iterator[Address]:
        yield Address(arguments, NOBODY)

    return describe


ADDRESSES: dict[str, Describe] = {
    "pages:home": _plain(),
    "pages:components": _plain(),
    "pages:window": lambda world: iter([Address({"slug": slug}) for slug in world.organisations]),
    "pages:desk": lambda _world: iter([Address(need=SIGNED_IN)]),
    "pages:organisation": _desk("see_desk"),
    "pages:compose": _desk("announce", _said),
    "pages:said": _object("announce", _announcements),
    "pages:withdraw": _object("announce", _announcements),
    "pages:customers": _desk("see_customers"),
    "pages:open-file": _desk("see_customers"),
    "pages:customer": _object("see_customers", _customers),
    "pages:calls": _desk("see_paper"),
    "pages:call-list": _object("see_paper", _call_lists, "batch"),
    "pages:sheets": _desk("print_sheets"),
    "pages:sheet": _object("print_sheets", _sheets),
    "pages:journal": _desk("see_audit"),
    "pages:mandates": _desk("give_mandate", _signed),
    "pages:revoke": _object("give_mandate", _mandates),
    "pages:rounds": _desk("see_rounds"),
    "pages:run-now": _desk("run_rounds"),
    "pages:round": _object("see_rounds", _rounds),
    "account_login": _plain(),
    "account_request_login_code": _plain(),
    # Nobody here has asked for a code: back to the first question.
    "account_confirm_login_code": lambda _world: iter([Address(need=SIGNED_IN)]),
    "account_logout": _plain(),
    "directory:index": _plain(),
    "directory:commune": _plain(slug="villecresnes"),
    "directory:category": _plain(slug="fleuriste"),
    "directory:business": _businesses,
    "directory:delist": _delisted,
    "announcements:page": _announcement_pages,
    "photos:file": _photo,
    "delivery:why": _links,
    "delivery:fewer": _links,
    "delivery:stop": _links,
    "delivery:one-click": _links,
    "demo:enter": _closed(token="jeton"),
    "demo:mailbox": _closed(),
    "demo:mail": _closed(name="courrier"),
    "demo:body": _closed(name="courrier"),
    "demo:piece": _closed(name="courrier", cid="photo"),
}
