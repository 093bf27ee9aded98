"""From the database to the arrays of the sorting, and back to counts for people."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count
from numpy.typing import NDArray

from parvis.announcements.models import Announcement
from parvis.contacts.models import CustomerRecord, RecordTaste, Taste
from parvis.contacts.queries import reach, residents_of, standing
from parvis.contacts.reference import interest_tree
from parvis.contacts.rules import DECAY, Channel, Purpose
from parvis.core import clock
from parvis.delivery.models import Message, Part
from parvis.delivery.queries import LOST
from parvis.law.rules import calls_exhausted
from parvis.territory.models import Territory

from .matching import Eligibility, Snapshot, judge_all
from .matching.eligibility import OWN, Code
from .models import Round, Selection
from .rules import LABELS, SHEET_HOLDS, Withheld, for_resident, reach_of


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
    rows = list(
        residents_of(territory)
        .order_by("person")
        .values_list("person", "rhythm", "channel", "person__adult_declared_on", "person__profiling")
    )
    persons = [row[0] for row in rows]
    channels = [Channel(row[2]) for row in rows]
    senders = sorted({a.organisation_id for a in announcements})
    place = {person: i for i, person in enumerate(persons)}
    rhythm = np.array([row[1] for row in rows], dtype=np.int16)
    reading = _Reading(persons, channels, senders, place)
    tastes = reading.tastes()
    rights = reading.rights()
    above = interest_tree().above
    snapshot = Snapshot(
        rhythm=rhythm,
        left=reading.left(rhythm, territory, at),
        adult=np.array([row[3] is not None for row in rows], dtype=bool),
        profiling=np.array([row[4] for row in rows], dtype=bool),
        consent=rights > 0,
        reachable=reading.reachable(),
        calls_exhausted=reading.calls_exhausted(at),
        sender=np.array([senders.index(a.organisation_id) for a in announcements], dtype=np.int64),
        alcohol=np.array([a.alcohol for a in announcements], dtype=bool),
        days_left=np.array([(a.useful_until - at).total_seconds() / 86400 for a in announcements], dtype=np.float32),
        reach=np.array([reach_of(a.seats) for a in announcements], dtype=np.int64),
        weights=tuple(_weights(a, above) for a in announcements),
        told=reading.told(announcements),
        taste_resident=tastes[:, 0],
        taste_node=tastes[:, 1],
        taste_liked=tastes[:, 2].astype(bool),
        taste_sender=tastes[:, 3],
    )
    return Frozen(snapshot, rights, persons, channels, list(announcements), senders)


def _weights(announcement: Announcement, above: Mapping[int, Mapping[int, int]]) -> dict[int, float]:
    """Each node that the announcement is about, or that stands above one, with the interest that liking it gives."""
    weights: dict[int, float] = {}
    for interest in announcement.interests.all():
        for node, steps in above[interest.pk].items():
            weights[node] = max(weights.get(node, 0.0), DECAY**steps)
    return weights


class _Reading:
    """The reads of one freeze, over the same residents and senders."""

    def __init__(self, persons: list[int], channels: list[Channel], senders: list[int], place: dict[int, int]) -> None:
        self.persons = persons
        self.channels = channels
        self.column = {sender: i for i, sender in enumerate(senders)}
        self.place = place

    def _matrix(self) -> NDArray[np.bool_]:
        return np.zeros((len(self.persons), len(self.column)), dtype=bool)

    def left(self, rhythm: NDArray[np.int16], territory: Territory, at: dt.datetime) -> NDArray[np.int16]:
        """What the week still takes; a paper sheet holds five."""
        used = (
            Part.objects.filter(message__week=clock.iso_week(at), message__territory=territory, stopped="")
            .filter(message__purpose=Purpose.NEWS)
            .exclude(message__state__in=LOST)
            .values_list("person")
            .annotate(n=Count("pk"))
        )
        left = rhythm.copy()
        for person, n in used:
            if person in self.place:
                left[self.place[person]] -= n
        on_paper = np.array([c is Channel.PAPER for c in self.channels], dtype=bool)
        left[on_paper] = np.minimum(left[on_paper], SHEET_HOLDS)
        return np.maximum(left, 0)

    def rights(self) -> NDArray[np.int64]:
        matrix = np.zeros((len(self.persons), len(self.column)), dtype=np.int64)
        events = standing().filter(sender__in=self.column).values_list("person", "sender", "channel", "pk")
        for person, sender, channel, pk in events:
            row = self.place.get(person)
            if row is not None and self.channels[row] == channel:
                matrix[row, self.column[sender]] = pk
        return matrix

    def reachable(self) -> NDArray[np.bool_]:
        """Where the sender itself holds the living address of the resident's channel."""
        matrix = self._matrix()
        for person, sender, channel in reach(self.persons, list(self.column)):
            row = self.place[person]
            if self.channels[row] == channel:
                matrix[row, self.column[sender]] = True
        return matrix

    def calls_exhausted(self, at: dt.datetime) -> NDArray[np.bool_]:
        matrix = self._matrix()
        past: dict[tuple[int, int], list[dt.date]] = {}
        lists = Message.objects.filter(channel=Channel.PHONE, caller__in=self.column).exclude(state__in=LOST)
        for person, caller, created in lists.values_list("person", "caller", "created_at"):
            past.setdefault((person, caller), []).append(created.astimezone(clock.PARIS).date())
        for (person, caller), days in past.items():
            row = self.place.get(person, -1)
            # Whoever was phoned before and now reads e-mail is not called by a letter.
            if row >= 0 and self.channels[row] is Channel.PHONE:
                matrix[row, self.column[caller]] = calls_exhausted(days, None, at.astimezone(clock.PARIS).date())
        return matrix

    def told(self, announcements: Sequence[Announcement]) -> NDArray[np.bool_]:
        matrix = np.zeros((len(self.persons), len(announcements)), dtype=bool)
        column = {f"announcement:{a.pk}": i for i, a in enumerate(announcements)}
        parts = Part.objects.filter(subject__in=column, stopped="").exclude(message__state__in=LOST)
        for person, subject in parts.values_list("person", "subject"):
            if person in self.place:
                matrix[self.place[person], column[subject]] = True
        return matrix

    def tastes(self) -> NDArray[np.int64]:
        """Rows of resident, node, liked, sender: what residents said, and what each sender noted where they said
        nothing of that node."""
        said = [
            (self.place[person], node, liked, OWN)
            for person, node, liked in Taste.objects.values_list("person", "interest", "liked")
            if person in self.place
        ]
        own = {(row, node) for row, node, _, _ in said}
        noted = [
            (self.place[person], node, liked, self.column[sender])
            for person, sender, node, liked in RecordTaste.objects.filter(
                record__organisation__in=self.column
            ).values_list("record__person", "record__organisation", "interest", "liked")
            if person in self.place and (self.place[person], node) not in own
        ]
        return np.array(said + noted, dtype=np.int64).reshape(-1, 4)


def tally(eligibility: Eligibility, column: int) -> dict[str, int]:
    """Withheld residents of one announcement, by reason."""
    codes, counts = np.unique(eligibility.code[:, column], return_counts=True)
    return {
        Withheld[Code(code).name].value: int(n) for code, n in zip(codes, counts, strict=True) if code != Code.ELIGIBLE
    }


def audience(announcement: Announcement) -> dict[str, int]:
    """Of the residents in the sender's own file: who would hear it by channel, who not by reason ("eligible:email")."""
    frozen = freeze(announcement.organisation.territory, [announcement], clock.now())
    found = judge_all(frozen.snapshot)
    records = CustomerRecord.objects.filter(organisation=announcement.organisation)
    mine = set(records.values_list("person", flat=True))
    counts: Counter[str] = Counter()
    for row, person in enumerate(frozen.persons):
        if person in mine:
            code = Code(int(found.code[row, 0]))
            eligible = f"eligible:{frozen.channels[row].value}"
            counts[eligible if code is Code.ELIGIBLE else Withheld[code.name].value] += 1
    return dict(counts)


def withheld_by_reason(round: Round) -> dict[str, int]:
    """Totals of a round over its announcements; "held" apart."""
    counts: Counter[str] = Counter()
    for reason, count in round.tallies.exclude(reason="held").values_list("reason", "count"):
        counts[reason] += count
    return dict(counts)


def by_announcement(round: Round) -> list[tuple[Announcement, int, list[tuple[str, int]]]]:
    """Each announcement of a round, how many hear it, and the others by reason (held among them), largest first."""
    hear = dict(round.selections.order_by().values_list("announcement").annotate(n=Count("pk")))
    rows: dict[int, list[tuple[str, int]]] = {}
    for announcement, reason, count in round.tallies.order_by("-count").values_list("announcement", "reason", "count"):
        rows.setdefault(announcement, []).append((LABELS[reason], count))
    shown = Announcement.objects.filter(pk__in=rows.keys() | hear.keys()).select_related("organisation").order_by("pk")
    return [(a, hear.get(a.pk, 0), rows.get(a.pk, [])) for a in shown]


def personal_data(person_id: int) -> dict[str, Any]:
    """Each announcement chosen for a person, and why."""
    chosen = Selection.objects.filter(person=person_id).select_related("round", "announcement__organisation")
    return {
        "choix des tournées": [
            {
                "tournée": one.round.due_at.isoformat(),
                "annonce": one.announcement.title,
                "de": str(one.announcement.organisation),
                "moyen": Channel(one.channel).label,
                "pourquoi": for_resident(one.reason) if one.reason else "",
            }
            for one in chosen.order_by("round", "announcement")
        ]
    }
