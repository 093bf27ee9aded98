"""Who of a shop's own file would hear it: counted on the file as it was frozen, never as it is (decision 0006)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parvis.accounts.models import Organisation
from parvis.announcements.models import Announcement
from parvis.contacts.queries import residents_of
from parvis.contacts.reference import interest_tree
from parvis.core import clock

from ..matching import Snapshot, judge_all
from ..matching.eligibility import OWN, Code
from ..models import Crowd
from ..rules import Row, Withheld, reach_of
from .freezing import Reading, announcement_columns, taste_columns, weights


@dataclass(frozen=True, slots=True)
class Audience:
    """`counts`: who would hear it by channel ("eligible:email"), and who not by reason. `on`: the day of the file."""

    counts: dict[str, int]
    on: dt.date


def audience(announcement: Announcement) -> Audience | None:
    """None where the organisation's file was never frozen, or may answer no new question (`Crowd.thinned`)."""
    crowd = Crowd.objects.filter(organisation=announcement.organisation_id).first()
    if crowd is None:
        return None
    asked = question(announcement)
    if crowd.thinned and asked not in crowd.answers:
        return None
    counts = crowd.answers[asked] if asked in crowd.answers else count(crowd.rows, announcement)
    return Audience(counts, _day(crowd))


def rehearsal(organisation: Organisation, subjects: Collection[int], *, alcohol: bool) -> Audience | None:
    """Who would hear what is not said yet, by its subjects alone. Asked for nothing and as often as one likes: whoever
    shows it rounds it (decision 0006)."""
    crowd = Crowd.objects.filter(organisation=organisation).first()
    if crowd is None or not subjects:
        return None
    asked = _asked(subjects, alcohol)
    return Audience(crowd.answers.get(asked) or _judged(crowd.rows, _unsaid(subjects, alcohol)), _day(crowd))


def _day(crowd: Crowd) -> dt.date:
    return crowd.taken_at.astimezone(clock.PARIS).date()


def _unsaid(subjects: Collection[int], alcohol: bool) -> dict[str, Any]:
    """The part of a snapshot about one announcement of one sender, of which only this is known."""
    return {
        "sender": np.zeros(1, dtype=np.int64),
        "alcohol": np.array([alcohol], dtype=bool),
        "days_left": np.ones(1, dtype=np.float32),
        "reach": np.array([reach_of(None)], dtype=np.int64),
        "weights": (weights(subjects, interest_tree().above),),
    }


def question(announcement: Announcement) -> str:
    """All that an announcement asks of a crowd: two with the same question have the same answer."""
    return _asked([interest.pk for interest in announcement.interests.all()], announcement.alcohol)


def _asked(subjects: Collection[int], alcohol: bool) -> str:
    return f"{','.join(str(pk) for pk in sorted(subjects))}{' alcohol' if alcohol else ''}"


def count(rows: Sequence[Row], announcement: Announcement) -> dict[str, int]:
    """By the same verdicts as a round's. Who has heard already is not told apart: that would tell who is new."""
    return _judged(rows, announcement_columns([announcement], [announcement.organisation_id], announcement.said_at))


def _judged(rows: Sequence[Row], columns: dict[str, Any]) -> dict[str, int]:
    codes = judge_all(_snapshot(rows, columns)).code[:, 0]
    return dict(Counter(_kind(row, Code(int(code))) for row, code in zip(rows, codes, strict=True)))


def _kind(row: Row, code: Code) -> str:
    return f"eligible:{row['channel']}" if code is Code.ELIGIBLE else Withheld[code.name].value


def _snapshot(rows: Sequence[Row], columns: dict[str, Any]) -> Snapshot:
    """A territory of these residents, this one sender and this one announcement."""

    def one_sender(flags: list[bool]) -> NDArray[np.bool_]:
        return np.array(flags, dtype=bool).reshape(-1, 1)

    active = np.array([row["active"] for row in rows], dtype=np.int16)
    tastes = [
        (place, node, liked, 0 if noted else OWN)
        for place, row in enumerate(rows)
        for node, liked, noted in row["tastes"]
    ]
    return Snapshot(
        rhythm=active,
        left=active,
        adult=one_sender([row["adult"] for row in rows]),
        profiling=np.array([row["profiling"] for row in rows], dtype=bool),
        consent=one_sender([row["consent"] for row in rows]),
        reachable=one_sender([row["reachable"] for row in rows]),
        calls_exhausted=one_sender([row["calls_exhausted"] for row in rows]),
        told=np.zeros((len(rows), 1), dtype=bool),
        **taste_columns(np.array(tastes, dtype=np.int64).reshape(-1, 4)),
        **columns,
    )


def crowd_rows(organisation: Organisation, at: dt.datetime) -> list[Row]:
    """The residents of this organisation's own file as they are now, by what decides of its announcements."""
    mine = residents_of(organisation.territory).filter(person__customer_records__organisation=organisation)
    reading = Reading(mine, [organisation.pk], at)
    tastes: list[list[list[int]]] = [[] for _ in reading.persons]
    for place, node, liked, sender in sorted(reading.tastes().tolist()):
        tastes[place].append([node, liked, int(sender != OWN)])
    adult, consent = reading.adult()[:, 0].tolist(), (reading.rights()[:, 0] > 0).tolist()
    reachable, exhausted = reading.reachable()[:, 0].tolist(), reading.calls_exhausted()[:, 0].tolist()
    return [
        Row(
            person=person,
            channel=reading.channels[place].value,
            active=bool(reading.rhythm[place] > 0),
            adult=adult[place],
            profiling=bool(reading.profiling[place]),
            consent=consent[place],
            reachable=reachable[place],
            calls_exhausted=exhausted[place],
            tastes=tastes[place],
        )
        for place, person in enumerate(reading.persons)
    ]
