"""From a round back to counts for people, and what is kept of one person."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import Any

import numpy as np
from django.db.models import Count

from parvis.announcements.models import Announcement
from parvis.contacts.reference import interest_tree
from parvis.contacts.rules import Channel
from parvis.core import clock
from parvis.core.speech import mark, say
from parvis.delivery.models import Message, Part
from parvis.delivery.queries import LOST
from parvis.delivery.rules import Stop

from ..matching import Eligibility
from ..matching.eligibility import Code
from ..models import Crowd, Round, Selection
from ..rules import LABELS, Row, Withheld, for_resident


def tally(eligibility: Eligibility, column: int) -> dict[str, int]:
    """Withheld residents of one announcement, by reason."""
    codes, counts = np.unique(eligibility.code[:, column], return_counts=True)
    return {
        Withheld[Code(code).name].value: int(n) for code, n in zip(codes, counts, strict=True) if code != Code.ELIGIBLE
    }


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
        rows.setdefault(announcement, []).append((say(LABELS[reason]), count))
    shown = Announcement.objects.filter(pk__in=rows.keys() | hear.keys()).select_related("organisation").order_by("pk")
    return [(a, hear.get(a.pk, 0), rows.get(a.pk, [])) for a in shown]


def stopped_by_reason(round: Round) -> dict[str, int]:
    """Pairs that the round chose and that did not leave, by a key of `rules.AT_THE_DOOR` (decision 8)."""
    counts: Counter[str] = Counter()
    parts = Part.objects.filter(message__batch=round.batch).order_by()
    for stopped in (round.selections.order_by(), parts):
        counts.update(dict(stopped.exclude(stopped="").values_list("stopped").annotate(n=Count("pk"))))
    # Whoever is erased takes their waiting messages with them, whatever the parts say.
    gone = parts.filter(stopped="", message__state=Message.State.WITHHELD).count()
    return dict(counts + Counter({Stop.ERASED.value: gone}))


def due_hours(batches: Collection[str]) -> dict[str, dt.datetime]:
    """Batch -> when its round was due."""
    numbers = [batch.partition(":")[2] for batch in batches]
    rounds = Round.objects.filter(pk__in=[number for number in numbers if number.isdecimal()])
    return {one.batch: one.due_at for one in rounds}


def went_out(announcement: Announcement) -> bool:
    """Whether a round was held with it: a fact of the calendar, and of nobody."""
    held = Round.objects.filter(territory=announcement.organisation.territory_id, state=Round.State.DONE)
    ended = min(announcement.useful_until, announcement.withdrawn_at or announcement.useful_until)
    return held.filter(snapshot_at__gte=announcement.said_at, snapshot_at__lt=ended).exists()


def left(announcement: Announcement) -> int:
    """How many people it left for, or is leaving for: never shown as it is (`small_numbers.roughly`)."""
    parts = Part.objects.filter(subject=f"announcement:{announcement.pk}", stopped="")
    return parts.exclude(message__state__in=LOST).count()


def personal_data(person_id: int) -> dict[str, Any]:
    """Each announcement chosen for a person, and why; and the frozen files in which they are counted."""
    chosen = Selection.objects.filter(person=person_id).select_related("round", "announcement__organisation")
    return {
        mark("choix des tournées"): [
            {
                mark("tournée"): one.round.due_at.isoformat(),
                mark("annonce"): one.announcement.title,
                mark("de"): str(one.announcement.organisation),
                mark("moyen"): Channel(one.channel).label,
                mark("pourquoi"): for_resident(one.reason) if one.reason else "",
            }
            for one in chosen.order_by("round", "announcement")
        ],
        mark("fichiers comptés"): [
            {
                mark("commerce"): str(crowd.organisation),
                mark("le"): crowd.taken_at.astimezone(clock.PARIS).date().isoformat(),
            }
            | _counted(row)
            for crowd in Crowd.objects.select_related("organisation").order_by("pk")
            for row in crowd.rows
            if row["person"] == person_id
        ],
    }


def _counted(row: Row) -> dict[str, Any]:
    names = interest_tree().names
    return {
        mark("moyen"): Channel(row["channel"]).label,
        mark("en pause"): not row["active"],
        mark("adulte"): row["adult"],
        mark("tri accepté"): row["profiling"],
        mark("accord"): row["consent"],
        mark("joignable"): row["reachable"],
        mark("assez appelé"): row["calls_exhausted"],
        mark("goûts"): [
            {mark("envie"): names[node], mark("aime"): bool(liked), mark("noté par le commerce"): bool(noted)}
            for node, liked, noted in row["tastes"]
        ],
    }
