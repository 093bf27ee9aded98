"""From the database to the arrays of the sorting."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, QuerySet
from numpy.typing import NDArray

from parvis.announcements.models import Announcement
from parvis.contacts.models import RecordTaste, Resident, Taste
from parvis.contacts.queries import adults, minors, reach, residents_of, standing
from parvis.contacts.reference import interest_tree
from parvis.contacts.rules import DECAY, Channel, Purpose
from parvis.core import clock
from parvis.delivery.models import Part
from parvis.delivery.queries import LOST, call_refusals, recent_calls
from parvis.law.rules import calls_exhausted
from parvis.territory.models import Territory

from ..matching import Snapshot
from ..matching.eligibility import OWN
from ..rules import SHEET_HOLDS, reach_of


@dataclass(frozen=True, slots=True)
class Frozen:
    """A snapshot with the names of its rows and columns."""

    snapshot: Snapshot
    rights: NDArray[np.int64]  # R x S, the line of the ledger that gives each consent, 0 for none
    persons: list[int]
    channels: list[Channel]
    announcements: list[Announcement]
    senders: list[int]


def freeze(territory: Territory, announcements: Sequence[Announcement], at: dt.datetime) -> Frozen:
    """Read everything that the sorting needs, once: a fixed number of queries."""
    senders = sorted({a.organisation_id for a in announcements})
    reading = Reading(residents_of(territory), senders, at)
    rights = reading.rights()
    snapshot = Snapshot(
        rhythm=reading.rhythm,
        left=reading.left(territory),
        adult=reading.adult(),
        profiling=reading.profiling,
        consent=rights > 0,
        reachable=reading.reachable(),
        calls_exhausted=reading.calls_exhausted(),
        told=reading.told(announcements),
        **taste_columns(reading.tastes()),
        **announcement_columns(announcements, senders, at),
    )
    return Frozen(snapshot, rights, reading.persons, reading.channels, list(announcements), senders)


def taste_columns(tastes: NDArray[np.int64]) -> dict[str, Any]:
    """The part of a snapshot about tastes, from rows of resident, node, liked, sender."""
    return {
        "taste_resident": tastes[:, 0],
        "taste_node": tastes[:, 1],
        "taste_liked": tastes[:, 2].astype(bool),
        "taste_sender": tastes[:, 3],
    }


def announcement_columns(announcements: Sequence[Announcement], senders: list[int], at: dt.datetime) -> dict[str, Any]:
    """The part of a snapshot about what is said."""
    above = interest_tree().above
    return {
        "sender": np.array([senders.index(a.organisation_id) for a in announcements], dtype=np.int64),
        "alcohol": np.array([a.alcohol for a in announcements], dtype=bool),
        "days_left": np.array([(a.useful_until - at).total_seconds() / 86400 for a in announcements], dtype=np.float32),
        "reach": np.array([reach_of(a.seats) for a in announcements], dtype=np.int64),
        "weights": tuple(weights([i.pk for i in a.interests.all()], above) for a in announcements),
    }


def weights(subjects: Iterable[int], above: Mapping[int, Mapping[int, int]]) -> dict[int, float]:
    """Each of these nodes, or that stands above one, with the interest that liking it gives."""
    found: dict[int, float] = {}
    for subject in subjects:
        for node, steps in above[subject].items():
            found[node] = max(found.get(node, 0.0), DECAY**steps)
    return found


class Reading:
    """The reads of one freeze, over the same residents and senders, at one instant."""

    def __init__(self, residents: QuerySet[Resident], senders: Sequence[int], at: dt.datetime) -> None:
        rows = list(
            residents.order_by("person").values_list(
                "person", "rhythm", "channel", "person__adult_declared_on", "person__profiling"
            )
        )
        self.persons: list[int] = [row[0] for row in rows]
        self.rhythm = np.array([row[1] for row in rows], dtype=np.int16)
        self.channels = [Channel(row[2]) for row in rows]
        self.profiling = np.array([row[4] for row in rows], dtype=bool)
        self._declared = np.array([row[3] is not None for row in rows], dtype=bool)
        self._place = {person: i for i, person in enumerate(self.persons)}
        self._column = {sender: i for i, sender in enumerate(senders)}
        self._at = at

    def _matrix(self) -> NDArray[np.bool_]:
        return np.zeros((len(self.persons), len(self._column)), dtype=bool)

    def left(self, territory: Territory) -> NDArray[np.int16]:
        """What the week still takes; a paper sheet holds five."""
        used = (
            Part.objects.filter(message__week=clock.iso_week(self._at), message__territory=territory, stopped="")
            .filter(message__purpose=Purpose.NEWS)
            .exclude(message__state__in=LOST)
            .values_list("person")
            .annotate(n=Count("pk"))
        )
        left = self.rhythm.copy()
        for person, n in used:
            if person in self._place:
                left[self._place[person]] -= n
        on_paper = np.array([c is Channel.PAPER for c in self.channels], dtype=bool)
        left[on_paper] = np.minimum(left[on_paper], SHEET_HOLDS)
        return np.maximum(left, 0)

    def adult(self) -> NDArray[np.bool_]:
        """Who declared it themselves is an adult to all; who is one by a shop's word, to that shop alone."""
        matrix = np.repeat(self._declared[:, None], len(self._column), axis=1)
        for person, sender in adults(self.persons, list(self._column)):
            matrix[self._place[person], self._column[sender]] = True
        for person, sender in minors(self.persons, list(self._column)):
            matrix[self._place[person], self._column[sender]] = False
        return matrix

    def rights(self) -> NDArray[np.int64]:
        matrix = np.zeros((len(self.persons), len(self._column)), dtype=np.int64)
        events = standing().filter(sender__in=self._column).values_list("person", "sender", "channel", "pk")
        for person, sender, channel, pk in events:
            row = self._place.get(person)
            if row is not None and self.channels[row] == channel:
                matrix[row, self._column[sender]] = pk
        return matrix

    def reachable(self) -> NDArray[np.bool_]:
        """Where the sender itself holds the living address of the resident's channel."""
        matrix = self._matrix()
        for person, sender, channel in reach(self.persons, list(self._column)):
            row = self._place[person]
            if self.channels[row] == channel:
                matrix[row, self._column[sender]] = True
        return matrix

    def calls_exhausted(self) -> NDArray[np.bool_]:
        """Whoever was phoned before and now reads e-mail is not called by a letter."""
        matrix = self._matrix()
        day = self._at.astimezone(clock.PARIS).date()
        past = recent_calls(self.persons, list(self._column), day)
        refused = call_refusals(self.persons, list(self._column))
        for pair in past.keys() | refused.keys():
            row, column = self._place[pair[0]], self._column[pair[1]]
            if self.channels[row] is Channel.PHONE:
                days = list(past.get(pair, {}).values())
                matrix[row, column] = calls_exhausted(days, refused.get(pair), day)
        return matrix

    def told(self, announcements: Sequence[Announcement]) -> NDArray[np.bool_]:
        matrix = np.zeros((len(self.persons), len(announcements)), dtype=bool)
        column = {f"announcement:{a.pk}": i for i, a in enumerate(announcements)}
        parts = Part.objects.filter(subject__in=column, stopped="").exclude(message__state__in=LOST)
        for person, subject in parts.values_list("person", "subject"):
            if person in self._place:
                matrix[self._place[person], column[subject]] = True
        return matrix

    def tastes(self) -> NDArray[np.int64]:
        """Rows of resident, node, liked, sender: what residents said, and what each sender noted where they said
        nothing of that node."""
        said = [
            (self._place[person], node, liked, OWN)
            for person, node, liked in Taste.objects.values_list("person", "interest", "liked")
            if person in self._place
        ]
        own = {(row, node) for row, node, _, _ in said}
        noted = [
            (self._place[person], node, liked, self._column[sender])
            for person, sender, node, liked in RecordTaste.objects.filter(
                record__organisation__in=self._column
            ).values_list("record__person", "record__organisation", "interest", "liked")
            if person in self._place and (self._place[person], node) not in own
        ]
        return np.array(said + noted, dtype=np.int64).reshape(-1, 4)
