"""How many residents a territory has, and of which kinds: raw numbers, for whoever tells them under decision 6."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from parvis.core import clock
from parvis.territory.models import Territory

from .models import Taste
from .queries import residents_of
from .words import above, nodes


@dataclass(frozen=True, slots=True)
class Census:
    """`total` and `joined` (since the first of this month) are of all; the counters, of the `counted` first to come.

    `communes` by name, "" where nobody said; `channels` and `rhythms` by their value; `interests`: by slug of a broad
    subject, who likes it or something under it, among those who let themselves be sorted.
    """

    total: int
    joined: int
    counted: int
    communes: Counter[str]
    channels: Counter[str]
    rhythms: Counter[int]
    interests: Counter[str]


def census(territory: Territory, *, by: int) -> Census:
    """Newcomers are counted `by` so many at once, in the order in which they came: one person who joins between two
    looks at a page changes no counter. Two queries."""
    rows = list(_residents(territory))
    first = clock.paris_now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = rows[: len(rows) // by * by]
    persons = {row[0] for row in counted}
    return Census(
        total=len(rows),
        joined=sum(row[4] >= first for row in rows),
        counted=len(counted),
        communes=Counter(row[1] or "" for row in counted),
        channels=Counter(row[2] for row in counted),
        rhythms=Counter(row[3] for row in counted),
        interests=_interests(territory, persons),
    )


def _residents(territory: Territory) -> Iterable[tuple[int, str | None, str, int, dt.datetime]]:
    rows = residents_of(territory).order_by("pk")
    return rows.values_list("person", "person__commune__name", "channel", "rhythm", "person__created_at")


def _interests(territory: Territory, persons: set[int]) -> Counter[str]:
    """What they said themselves, never what a shop noted."""
    broad = {node.slug for node in nodes() if not node.parents}
    said = Taste.objects.filter(liked=True, person__profiling=True, person__residents__territory=territory)
    liked: set[tuple[int, str]] = set()
    for person, slug in said.values_list("person", "interest__slug"):
        if person in persons:
            liked |= {(person, root) for root in above().get(slug, {}) if root in broad}
    return Counter(root for _, root in liked)
