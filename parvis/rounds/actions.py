"""Plan, sort and hand over rounds; freeze a shop's file to count on. Each step of a round is one transaction, claimed
by a conditional update with a lease."""

import datetime as dt
import uuid
from collections import defaultdict
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import translation

from parvis.accounts.models import Organisation
from parvis.announcements.models import Announcement
from parvis.announcements.queries import current
from parvis.contacts.models import ConsentEvent, Interest
from parvis.contacts.rules import Channel
from parvis.core import clock, typography
from parvis.core.actions import record
from parvis.core.actors import SYSTEM, Actor
from parvis.core.speech import FRENCH
from parvis.delivery.actions import Draft, DraftPart, send_many
from parvis.delivery.rules import Stop
from parvis.law.rules import lowest_price_fr
from parvis.territory.models import Territory
from parvis.territory.queries import absolute

from .matching import Eligibility, judge_all, keep_apart, solve
from .matching.eligibility import Code
from .models import Crowd, Round, Selection, Tally
from .queries import Frozen, count, crowd_rows, freeze, question, tally
from .rules import OVER, for_resident, for_shop, next_round, replaces

LEASE = dt.timedelta(minutes=10)


@transaction.atomic
def plan_round(
    *, territory: Territory, due_at: dt.datetime, by: Actor, organisation: Organisation | None = None
) -> Round:
    """`organisation`: in whose journal it is told, when somebody asked for it."""
    planned, created = Round.objects.get_or_create(territory=territory, due_at=due_at)
    if created:
        record(by=by, verb="plan_round", on=planned, organisation=organisation, due_at=due_at.isoformat())
    return planned


def plan_next(territory: Territory) -> Round:
    """The territory always has a round ahead of it."""
    return plan_round(territory=territory, due_at=next_round(clock.now()), by=SYSTEM)


def run_due() -> list[Round]:
    """Sort and hand over every round that is due, and those that a dead worker left behind. Safe to ring twice."""
    now = clock.now()
    due = Round.objects.filter(Q(state=Round.State.DUE, due_at__lte=now) | _left_behind(now)).order_by("due_at")
    done = []
    for waiting in due.select_related("territory"):
        if _claim(waiting):
            sort(waiting)
            done.append(waiting)
    return done


def _left_behind(now: dt.datetime) -> Q:
    return Q(state__in=[Round.State.SORTING, Round.State.SORTED], lease_until__lt=now)


def _claim(waiting: Round) -> bool:
    """Take a round, sorted or not. A sorting that died wrote nothing, so it starts again from the present: what was
    of use when it first began may be over."""
    now = clock.now()
    mine = {"claimed_by": uuid.uuid4().hex[:12], "lease_until": now + LEASE}
    if waiting.state != Round.State.SORTED:
        mine |= {"state": Round.State.SORTING, "snapshot_at": now}
    free = Q(state=Round.State.DUE) | _left_behind(now)
    claimed = Round.objects.filter(free, pk=waiting.pk, state=waiting.state).update(**mine)
    waiting.refresh_from_db()
    return claimed == 1


def sort(round: Round) -> None:
    """Choose, write every choice with its reason, count the rest, then hand the messages to the door."""
    if round.state != Round.State.SORTED:
        _choose(round)
    _hand_over(round)


@transaction.atomic
def _choose(round: Round) -> None:
    """On a frozen snapshot; all or nothing. The seed is the round's own number: the same round, the same choices."""
    at = round.snapshot_at or clock.now()
    announcements = list(
        current(round.territory, at).prefetch_related("interests").select_related("organisation__commune", "photo")
    )
    frozen = freeze(round.territory, announcements, at)
    found = judge_all(frozen.snapshot)
    children = np.array([a.children for a in announcements], dtype=bool)
    open_pairs = keep_apart(found.interest, frozen.snapshot.alcohol, children)
    picks = solve(open_pairs, frozen.snapshot.left, frozen.snapshot.reach, seed=round.pk)
    chosen = list(zip(picks.residents.tolist(), picks.announcements.tolist(), strict=True))
    Selection.objects.bulk_create(_selections(round, frozen, found, chosen), batch_size=1000)
    held, withheld = _write_tallies(round, frozen, found, chosen)
    _write_counts(round, frozen, len(chosen), held, withheld)


def _write_tallies(round: Round, frozen: Frozen, found: Eligibility, chosen: list[tuple[int, int]]) -> tuple[int, int]:
    """Count who does not hear each announcement, by reason. Returns how many are held, and how many withheld."""
    held_total = withheld_total = 0
    for column, announcement in enumerate(frozen.announcements):
        counts = tally(found, column)
        withheld_total += sum(counts.values())
        eligible = int((found.code[:, column] == Code.ELIGIBLE).sum())
        counts["held"] = eligible - sum(1 for _, a in chosen if a == column)
        held_total += counts["held"]
        Tally.objects.bulk_create(
            [Tally(round=round, announcement=announcement, reason=r, count=n) for r, n in counts.items() if n]
        )
    return held_total, withheld_total


def _write_counts(round: Round, frozen: Frozen, selected: int, held: int, withheld: int) -> None:
    round.residents, round.announcements = len(frozen.persons), len(frozen.announcements)
    round.pairs = round.residents * round.announcements
    round.selected, round.held = selected, held
    round.withheld = withheld
    round.state = Round.State.SORTED
    round.lease_until = clock.now() + LEASE
    round.save()
    record(by=SYSTEM, verb="sort_round", on=round, pairs=round.pairs, selected=selected, held=held)


def _selections(round: Round, frozen: Frozen, found: Eligibility, chosen: list[tuple[int, int]]) -> list[Selection]:
    interests = Interest.objects.in_bulk()
    # The ledger is append-only: the lines that the snapshot read are there, whatever was withdrawn since.
    rights = ConsentEvent.objects.in_bulk({_right(frozen, row, column) for row, column in chosen})
    scores = found.interest.toarray()
    waiting = (found.code == Code.ELIGIBLE).sum(axis=1)
    for row, _ in chosen:
        waiting[row] -= 1
    return [
        Selection(
            round=round,
            person_id=frozen.persons[row],
            announcement=frozen.announcements[column],
            channel=frozen.channels[row],
            score=float(scores[row, column]),
            reason=_reason(frozen, found, row, column, rights[_right(frozen, row, column)], interests)
            | {"waiting": str(waiting[row])},
        )
        for row, column in chosen
    ]


def _right(frozen: Frozen, row: int, column: int) -> int:
    return int(frozen.rights[row, frozen.snapshot.sender[column]])


def _reason(
    frozen: Frozen,
    found: Eligibility,
    row: int,
    column: int,
    right: ConsentEvent,
    interests: dict[Any, Interest],
) -> dict[str, str]:
    announcement = frozen.announcements[column]
    node = int(found.node[row, column])
    taste = "noted" if found.noted[row, column] else "liked"
    unsorted = "unstated" if frozen.snapshot.profiling[row] else "by_date"
    return {
        "why": taste if node >= 0 else unsorted,
        "liked": interests[node].liked if node >= 0 else "",
        "sender": announcement.organisation.name,
        "basis": right.basis,
        "source": right.source,
        "source_text": right.source_text,
        "given_on": right.given_on.isoformat(),
    }


@transaction.atomic
def _hand_over(round: Round) -> None:
    """One message per resident, or one per shop that phones. The keys are the round's: handed over twice is once.

    The next round is planned in the same breath: a territory whose worker dies here is never left without one."""
    _drop_what_ended(round)
    with translation.override(FRENCH):  # kept as written, and carried on paper and by e-mail: those have no English yet
        drafts = [_draft(round, group) for group in _messages(round)]
    send_many(drafts=drafts, territory=round.territory, batch=round.batch, by=SYSTEM)
    Round.objects.filter(pk=round.pk).update(state=Round.State.DONE, lease_until=None)
    round.state, round.lease_until = Round.State.DONE, None
    plan_next(round.territory)


def _drop_what_ended(round: Round) -> None:
    """What is over since the sorting is not drafted, and says why: the door never sees it."""
    waiting = round.selections.filter(stopped="")
    waiting.filter(person__erased_at__isnull=False).update(stopped=Stop.ERASED)
    waiting.filter(announcement__withdrawn_at__isnull=False).update(stopped=Stop.WITHDRAWN)
    waiting.filter(announcement__held_at__isnull=False).update(stopped=Stop.HELD)
    waiting.filter(announcement__organisation__suspended_at__isnull=False).update(stopped=Stop.SUSPENDED)
    waiting.exclude(announcement__in=current(round.territory, clock.now()).values("pk")).update(stopped=OVER)


def _messages(round: Round) -> list[list[Selection]]:
    """The selections of each message, the most interesting first."""
    groups: dict[tuple[int, str, int], list[Selection]] = defaultdict(list)
    selections = round.selections.filter(stopped="").order_by("person", "-score", "announcement")
    for selection in selections.select_related(
        "announcement__organisation__commune", "announcement__organisation__territory", "announcement__photo"
    ).prefetch_related("announcement__interests"):
        caller = selection.announcement.organisation_id if selection.channel == Channel.PHONE else 0
        groups[selection.person_id, selection.channel, caller].append(selection)
    return list(groups.values())


def _draft(round: Round, group: list[Selection]) -> Draft:
    first = group[0]
    phoned = first.channel == Channel.PHONE
    caller = first.announcement.organisation if phoned else None
    return Draft(
        key=f"{round.batch}/person:{first.person_id}/{first.channel}{f':{caller.pk}' if caller else ''}",
        person_id=first.person_id,
        channel=Channel(first.channel),
        parts=tuple(_part(s, for_shop if phoned else for_resident) for s in group),
        caller=caller,
        # A shop's call list says nothing of what other shops announce (decision 9).
        foot="" if phoned else _foot(int(first.reason["waiting"])),
    )


def _foot(waiting: int) -> str:
    """What the week could not take is told, never dropped in silence."""
    if not waiting:
        return ""
    if waiting == 1:
        return "1 autre annonce vous attend dans l’agenda."
    return f"{waiting} autres annonces vous attendent dans l’agenda."


def _price(announcement: Announcement) -> str:
    """Rule 18, Code de la consommation L112-1-1: an offer always states its lowest price beside its own."""
    if not announcement.lowest_price:
        return announcement.price
    return f"{announcement.price} ({lowest_price_fr(clock.today())}\u00a0: {announcement.lowest_price})".strip()


def _part(selection: Selection, sentence: Any) -> DraftPart:
    announcement = selection.announcement
    return DraftPart(
        sender=announcement.organisation,
        subject=f"announcement:{announcement.pk}",
        content=_content(announcement) | {"reason": sentence(selection.reason)},
        interests=tuple(interest.pk for interest in announcement.interests.all()),
        alcohol=announcement.alcohol,
        children=announcement.children,
        until=announcement.useful_until,
    )


def _content(announcement: Announcement) -> dict[str, str]:
    shop, photo = announcement.organisation, announcement.photo
    return {
        "title": announcement.title,
        "text": announcement.text,
        "kind": announcement.kind,
        "when": _when(announcement),
        "where": f"{shop.name}, {shop.commune.name}",
        "price": _price(announcement),
        "seats": typography.count(announcement.seats, "place") if announcement.seats else "",
        "photo": photo.key if photo else "",
        "photo_alt": photo.alt if photo else "",
        "photo_credit": photo.credit if photo else "",
        "url": absolute(shop.territory, reverse("announcements:page", args=[announcement.pk])),
        "action": "Voir l’annonce",
        "paper": shop.paper,
        "phone": typography.phone(shop.phone) if shop.phone else "",
    }


def _when(announcement: Announcement) -> str:
    starts = announcement.starts_at
    return typography.span(starts, announcement.ends_at, clock.now()) if starts else ""


@transaction.atomic
def take_crowd(*, organisation: Organisation, by: Actor) -> Crowd:
    """Freeze the organisation's own file, to count on it; where one is frozen, it stays until `rules.replaces`."""
    now = clock.now()
    # Two at once freeze one after the other; an erasure takes its row before this begins, or after it ended. An update
    # that changes nothing holds the row on PostgreSQL, and the whole of SQLite.
    Organisation.objects.filter(pk=organisation.pk).update(name=F("name"))
    _hold(Crowd.objects.filter(organisation=organisation))
    old = Crowd.objects.filter(organisation=organisation).first()
    rows = crowd_rows(organisation, now)
    if old and not replaces(old.rows, rows, age=now - old.taken_at):
        return old
    taken = {"taken_at": now, "rows": rows, "answers": {}, "thinned": False}
    crowd, _ = Crowd.objects.update_or_create(organisation=organisation, defaults=taken)
    record(by=by, verb="take_crowd", on=crowd, organisation=organisation)
    return crowd


@transaction.atomic
def erase(person_id: int) -> None:
    """The facts behind each choice go, and the rows of frozen files; that a choice was made stays, for the counts."""
    Selection.objects.filter(person=person_id).update(reason={}, score=0)
    for pk in Crowd.objects.order_by("pk").values_list("pk", flat=True):
        _hold(Crowd.objects.filter(pk=pk))
        crowd = Crowd.objects.get(pk=pk)
        if any(row["person"] == person_id for row in crowd.rows):
            _take_out(person_id, crowd)


def _hold(crowd: QuerySet[Crowd]) -> None:
    """Until the transaction ends: what is read after this is what stands."""
    crowd.update(taken_at=F("taken_at"))


def _take_out(person_id: int, crowd: Crowd) -> None:
    """What was asked before is answered as before, and nothing new is answered: the difference would be this person."""
    asked = Announcement.objects.filter(organisation=crowd.organisation_id).prefetch_related("interests")
    answers = {question(one): count(crowd.rows, one) for one in asked}
    crowd.answers = answers | crowd.answers
    crowd.rows = [row for row in crowd.rows if row["person"] != person_id]
    crowd.thinned = True
    crowd.save(update_fields=["answers", "rows", "thinned"])
