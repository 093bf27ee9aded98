"""The demo's residents come to the counters of their shops, and say there what they like."""

import datetime as dt
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from parvis.accounts.models import Organisation
from parvis.contacts.actions import Answer, CustomerDetails, enrol_many, note_answers, set_profiling, set_tastes
from parvis.contacts.models import Interest, Person, Wording
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.territory.models import Territory

from .people import InventedPerson, Shop, invent_people
from .places import ASSOCIATION, PLACES
from .seed import BY
from .studio import SEED

RESIDENTS = 1500
_ALREADY = 0.35  # of them were in the shops' books when the territory opened
_YES = 0.85  # of those whom a shop notes agree to hear from it
_COUNTER = (dt.time(9), 10 * 60)  # the first hour at which one comes, and for how many minutes


@cache
def _habits() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / "habits.toml").read_text("utf-8"))


def families() -> list[list[str]]:
    """Tastes that go together."""
    found: list[list[str]] = _habits()["families"]
    return found


def shops(here: Collection[str]) -> list[Shop]:
    """Those whose short name is `here`, as the residents see them."""
    crowds = _habits()["crowds"]
    return [
        Shop(place.slug, place.insee, crowds[place.slug], place.interests)
        for place in (ASSOCIATION, *PLACES)
        if place.slug in here
    ]


def invent(territory: Territory, number: int) -> list[InventedPerson]:
    """So many people of this territory's communes, customers of its shops."""
    return invent_people(
        number,
        seed=SEED,
        communes=[(c.insee, c.postcodes.split()[0], c.name, c.population) for c in territory.communes.all()],
        interests=[slug for family in families() for slug in family],
        families=families(),
        shops=shops(set(territory.organisations.values_list("slug", flat=True))),
    )


def arrivals_of(people: list[InventedPerson], opened: dt.datetime, now: dt.datetime) -> list[dt.datetime]:
    """When each first came to a counter: many at once, the others day after day."""
    chance = Random(f"arrivals {SEED}")
    return [opened if chance.random() < _ALREADY else _some_hour(chance, opened, now) for _ in people]


def _some_hour(chance: Random, opened: dt.datetime, now: dt.datetime) -> dt.datetime:
    first, minutes = _COUNTER
    day = opened.astimezone(clock.PARIS).date() + dt.timedelta(days=chance.randint(0, (now - opened).days))
    at = dt.datetime.combine(day, first, clock.PARIS) + dt.timedelta(minutes=chance.randrange(minutes))
    return min(max(at, opened), now)


class Counters:
    """The counters of the territory's shops, as somebody comes to them."""

    def __init__(self, territory: Territory, opened: dt.datetime) -> None:
        self._opened = opened
        self._organisations = {o.slug: o for o in territory.organisations.all()}
        self._communes = {c.insee: c for c in territory.communes.all()}
        self._interests = {interest.slug: interest for interest in Interest.objects.all()}
        self._wordings = {w.key: w for w in Wording.objects.order_by("version")}
        self._chance = Random(SEED)

    def welcome(self, people: Sequence[InventedPerson]) -> None:
        """They are noted by each shop where they go, say yes to most, and tell what they like."""
        known: dict[int, Person] = {}  # by rank
        for slug, shop in self._organisations.items():
            here = [rank for rank, person in enumerate(people) if slug in person.customers_of]
            if here:
                known |= zip(here, self._note([people[rank] for rank in here], shop), strict=True)
        said = [
            (known[rank], self._interests[slug], liked)
            for rank, person in enumerate(people)
            for slug, liked in person.tastes
        ]
        set_tastes(tastes=said, by=BY)
        for rank, person in enumerate(people):
            if not person.profiling:
                set_profiling(person=known[rank], profiling=False, by=BY)

    def _note(self, people: Sequence[InventedPerson], shop: Organisation) -> list[Person]:
        entries = [self._details(person) for person in people]
        noted = enrol_many(organisation=shop, entries=entries, source=Source.COUNTER, by=BY)
        answers = [
            self._yes(record.person, Channel(person.channel))
            for person, (record, _) in zip(people, noted, strict=True)
            if self._chance.random() < _YES
        ]
        note_answers(sender=shop, answers=answers, by=BY, source=Source.COUNTER)
        return [record.person for record, _ in noted]

    def _yes(self, person: Person, channel: Channel) -> Answer:
        return Answer(person, channel, self._said_on(), self._wordings[f"counter-{channel}"])

    def _said_on(self) -> dt.date:
        """Whoever was in the books already had said so on the shop's own paper."""
        new = clock.now() > self._opened
        return clock.today() if new else clock.today() - dt.timedelta(days=self._chance.randrange(5, 600))

    def _details(self, person: InventedPerson) -> CustomerDetails:
        today, chance = clock.today(), self._chance
        return CustomerDetails(
            title=person.title,
            given_name=person.given_name,
            family_name=person.family_name,
            email=person.email or "",
            phone=person.phone or "",
            address=person.address,
            postcode=person.postcode,
            town=person.town,
            note=chance.choice(_habits()["notes"]) if chance.random() < 0.2 else "",
            last_sale_on=today - dt.timedelta(days=chance.randrange(200)) if chance.random() < 0.4 else None,
            commune=self._communes[person.insee],
            adult_declared_on=today if person.adult else None,
            channel=Channel(person.channel),
            rhythm=person.rhythm,
            large_print=person.large_print,
        )
