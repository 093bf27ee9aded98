"""What the demo's territory lives through, each thing at its own instant: people come, shops speak, rounds are held.

Without a past, all of it happens now, and only the round that is due is left to hold."""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from parvis.announcements.actions import announce
from parvis.contacts.models import Interest
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.core.typography import count, day
from parvis.delivery.actions import carry_due
from parvis.photos.actions import add_photo
from parvis.rounds.actions import plan_round, run_due
from parvis.rounds.rules import next_round
from parvis.territory.models import Territory

from .people import InventedPerson
from .places import ASSOCIATION, CLAIRE, Says
from .residents import Counters, arrivals_of
from .seed import BY
from .studio import Studio

PAST = dt.timedelta(days=36)  # since the territory opened its counters
ROUNDS = dt.timedelta(days=31)  # since which rounds are held

Say = Callable[[str], object]
Event = tuple[dt.datetime, Callable[[], object]]


def live(
    territory: Territory,
    people: list[InventedPerson],
    studio: Studio,
    *,
    past: list[Says],
    coming: list[Says],
    opened: dt.datetime,
    say: Say,
) -> None:
    """From `opened` to now. The round that is due waits for whoever holds it."""
    now = clock.now()
    due = list(_rounds(opened, now))
    counters, mouths = Counters(territory, opened), Mouths(territory, studio)
    visits = _visits(arrivals_of(people, opened, now), people, due)
    said = [(one.said_at, one) for one in past]
    said += [(_since(due[-1] if due else now, one.rank, now), one) for one in coming]
    events: list[Event] = [
        *((opened, partial(plan_round, territory=territory, due_at=at, by=BY)) for at in due[:1]),
        *((at, partial(counters.welcome, group)) for at, group in visits),
        *((at, partial(mouths.say, one)) for at, one in said),
        *((at, partial(_hold, say)) for at in due),
        (now, partial(plan_round, territory=territory, due_at=now, by=BY)),
    ]
    # What has the same instant keeps this order: whoever comes before a round hears it.
    for at, happens in sorted(events, key=lambda event: event[0]):
        with clock.frozen(at):
            happens()


def _rounds(opened: dt.datetime, now: dt.datetime) -> Iterator[dt.datetime]:
    """Each is planned by the one before it, at the same instants."""
    at = next_round(max(opened, now - ROUNDS))
    while at <= now:
        yield at
        at = next_round(at)


def _visits(
    arrivals: list[dt.datetime], people: list[InventedPerson], due: list[dt.datetime]
) -> Iterator[tuple[dt.datetime, list[InventedPerson]]]:
    """Those who were there when the counters opened, then those of each time between two rounds, noted together when
    the last of them comes: one by one, 1,500 people take a minute."""
    groups: dict[tuple[bool, int], list[tuple[dt.datetime, InventedPerson]]] = defaultdict(list)
    first = min(arrivals, default=None)
    for at, person in zip(arrivals, people, strict=True):
        groups[at != first, bisect_left(due, at)].append((at, person))
    for group in groups.values():
        yield max(at for at, _ in group), [person for _, person in group]


def _since(last: dt.datetime, rank: int, now: dt.datetime) -> dt.datetime:
    """Some hour of a shop's day after the last round, so that the next one carries it."""
    day = now.astimezone(clock.PARIS).date() - dt.timedelta(days=rank % ((now - last).days + 1))
    at = dt.datetime.combine(day, dt.time(8 + rank % 11, rank * 7 % 60), clock.PARIS)
    return min(max(at, last + dt.timedelta(minutes=1)), now)


def _hold(say: Say) -> None:
    """Sort, hand over and carry, as the worker does; nobody comes in between."""
    for held in run_due():
        told = (count(held.residents, "habitant"), count(held.announcements, "annonce"), count(carry_due(), "message"))
        say(f"Tournée du {day(clock.today())}\u00a0: {', '.join(told)}.")


class Mouths:
    """Who says the announcements: each shop by its owner, or by the delegate who holds its mandate."""

    def __init__(self, territory: Territory, studio: Studio) -> None:
        self._organisations = {o.slug: o for o in territory.organisations.prefetch_related("mandates")}
        self._interests = {interest.slug: interest for interest in Interest.objects.all()}
        self._studio = studio

    def say(self, says: Says) -> None:
        shop = self._organisations[says.place.slug]
        mandate = next(iter(shop.mandates.all()), None)
        by = Actor(
            "demo", f"{CLAIRE[0]} ({ASSOCIATION.name}), pour {shop.name}" if mandate else says.place.owner or CLAIRE[0]
        )
        photo = None
        if says.picture:
            picture = self._studio[says]
            photo = add_photo(organisation=shop, upload=picture, alt=says.alt, author="Parvis", right="demo", by=by)
        announce(
            organisation=shop,
            words=says.words,
            interests=[self._interests[slug] for slug in says.interests],
            by=by,
            photo=photo,
            mandate=mandate,
        )
