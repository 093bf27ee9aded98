"""The one door: every message enters by `send_many`, and is checked once more by `recheck_many` as it leaves."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from parvis.accounts.models import Organisation
from parvis.contacts.rules import Channel, Purpose
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.territory.models import Territory

from ..models import Message, Part
from ..queries import WAITING, Readers, readers
from ..rules import Stop, check


@dataclass(frozen=True, slots=True)
class DraftPart:
    sender: Organisation
    subject: str  # "announcement:12"
    content: dict[str, str]
    interests: tuple[int, ...] = ()
    alcohol: bool = False
    children: bool = False
    until: dt.datetime | None = None  # worth hearing until then


@dataclass(frozen=True, slots=True)
class Draft:
    key: str  # unique for ever
    person_id: int
    channel: Channel
    parts: tuple[DraftPart, ...]
    caller: Organisation | None = None
    foot: str = ""


@transaction.atomic
def send_many(
    *, drafts: Sequence[Draft], territory: Territory, batch: str, by: Actor, not_before: dt.datetime | None = None
) -> dict[str, Stop | None]:
    """Take these messages in charge. Returns, for each "key subject", why the part was kept, or None where it passed.

    A key already taken is left as it is: calling twice makes nothing twice. A message of which nothing passes is kept,
    withheld, with its reasons.
    """
    one_at_a_time(territory)
    keys = [draft.key for draft in drafts]
    taken = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [draft for draft in drafts if draft.key not in taken]
    now = clock.now()
    week = clock.iso_week(now)
    messages = Message.objects.bulk_create(
        [_message(draft, territory, batch, week, now, not_before or now) for draft in fresh], batch_size=500
    )
    parts = [
        _part(message, one, position)
        for message, draft in zip(messages, fresh, strict=True)
        for position, one in enumerate(draft.parts)
    ]
    stops = judge(parts, readers(parts, territory=territory, week=week))
    Part.objects.bulk_create(parts, batch_size=500)
    _title(messages, parts)
    _withhold_empty(messages, parts)
    if messages:
        record(by=by, verb="hand_over", on=territory, batch=batch, messages=len(messages))
    return {f"{part.message.key} {part.subject}": stop for part, stop in zip(parts, stops, strict=True)}


def one_at_a_time(territory: Territory) -> None:
    """Until the transaction ends: two hand-overs of one territory follow each other. Each reads what the readers' weeks
    have taken, then writes; at the same instant both would spend the same week.

    An update that changes nothing, because it holds the row on PostgreSQL and, on SQLite, the whole database, where
    IMMEDIATE transactions follow each other anyway; select_for_update would be silent there.
    """
    Territory.objects.filter(pk=territory.pk).update(name=F("name"))


def _message(
    draft: Draft, territory: Territory, batch: str, week: str, now: dt.datetime, not_before: dt.datetime
) -> Message:
    return Message(
        key=draft.key,
        batch=batch,
        territory=territory,
        person_id=draft.person_id,
        caller=draft.caller,
        channel=draft.channel,
        purpose=Purpose.NEWS,
        week=week,
        foot=draft.foot,
        not_before=not_before,
        created_at=now,
    )


def _part(message: Message, one: DraftPart, position: int) -> Part:
    return Part(
        message=message,
        person_id=message.person_id,
        sender=one.sender,
        subject=one.subject,
        position=position,
        content=one.content,
        interests=list(one.interests),
        alcohol=one.alcohol,
        children=one.children,
        until=one.until,
    )


def judge(parts: Sequence[Part], seen: Readers) -> list[Stop | None]:
    """The verdict on each part, in order: what passes draws on what the next may take. Writes it in `stopped`."""
    stops: list[Stop | None] = []
    beside: dict[int, set[str]] = {}  # message -> what already stands in it
    for part in parts:
        marks = beside.setdefault(part.message_id, set())
        channel = Channel(part.message.channel)
        stop = check(seen.facts(part, channel, marks))
        part.stopped = stop.value if stop else ""
        if stop is None:
            seen.take(part, channel)
            marks |= {mark for mark in ("alcohol", "children") if getattr(part, mark)}
        stops.append(stop)
    return stops


def headline(titles: Sequence[str]) -> str:
    """The subject line, from what passed the door and nothing else."""
    if len(titles) < 2:
        return "".join(titles)[:200]
    others = "une autre chose" if len(titles) == 2 else f"{len(titles) - 1} autres choses"
    return f"{titles[0]}, et {others} près de chez vous"[:200]


def _title(messages: Sequence[Message], parts: Sequence[Part]) -> None:
    alive: dict[int, list[str]] = {}
    for part in parts:
        if not part.stopped:
            alive.setdefault(part.message_id, []).append(part.content.get("title", ""))
    for message in messages:
        message.subject = headline(alive.get(message.pk, []))
    Message.objects.bulk_update(messages, ["subject"], batch_size=500)


def _withhold_empty(messages: Sequence[Message], parts: Sequence[Part]) -> None:
    alive = {part.message_id for part in parts if not part.stopped}
    empty = [message.pk for message in messages if message.pk not in alive]
    Message.objects.filter(pk__in=empty).update(state=Message.State.WITHHELD, ended_at=clock.now())


@transaction.atomic
def recheck_many(messages: Sequence[Message]) -> dict[int, list[Part]]:
    """The door again, at the instant of leaving: a consent withdrawn meanwhile is obeyed. Returns what leaves of each
    message, nothing of one that has left or ended already.

    A fixed number of queries for each territory. Messages of one reader are taken in the order in which
    they were written, none of them counted before its turn.
    """
    _bring_to_this_week(messages)
    live = Part.objects.filter(message__in=messages, message__state__in=WAITING, stopped="")
    parts = list(live.select_related("message", "sender").order_by("message_id", "position"))
    for territory in {message.territory_id for message in messages}:
        _recheck([message for message in messages if message.territory_id == territory], parts)
    return {m.pk: [part for part in parts if part.message_id == m.pk and not part.stopped] for m in messages}


def _bring_to_this_week(messages: Sequence[Message]) -> None:
    """What leaves late is read in the week in which it leaves, and draws on that one."""
    week = clock.iso_week(clock.now())
    late = [message for message in messages if message.week != week]
    for message in late:
        message.week = week
    Message.objects.filter(pk__in=[message.pk for message in late]).update(week=week)


def _recheck(messages: Sequence[Message], all_parts: Sequence[Part]) -> None:
    """Messages of one territory, all of this week."""
    ids = {message.pk for message in messages}
    parts = [part for part in all_parts if part.message_id in ids]
    first = messages[0]
    judge(parts, readers(parts, territory=first.territory, week=first.week, excluding=ids))
    Part.objects.bulk_update([part for part in parts if part.stopped], ["stopped"])
    knocking = {part.message_id for part in parts}
    _title([message for message in messages if message.pk in knocking], parts)


@transaction.atomic
def stop_subject(*, subject: str, by: Actor, why: Stop = Stop.WITHDRAWN) -> int:
    """Its sender takes it back, or the association holds it: wherever it has not left yet, it does not leave. Returns
    how many readers it spares."""
    parts = Part.objects.filter(subject=subject)
    spared = _stop_waiting(parts, why)
    # Of these nobody knows yet, or somebody may try again.
    unsettled = [Message.State.SENDING, Message.State.UNCERTAIN, Message.State.FAILED]
    parts.filter(message__state__in=unsettled).update(taken_back=True)
    # A list that is printed is read again, and its shop has nothing to say any more.
    parts.filter(message__state=Message.State.SENT, message__channel=Channel.PHONE).update(taken_back=True)
    if spared:
        # In no shop's journal: that somebody was waiting for it is not for its sender to know.
        record(by=by, verb="stop_subject", on=parts.select_related("sender")[0].sender, subject=subject)
    return spared


@transaction.atomic
def free_subject(subject: str) -> None:
    """What was held is given back: what was printed of it may be read again. What was stopped stays so, and a later
    round may say it."""
    Part.objects.filter(subject=subject).update(taken_back=False)


@transaction.atomic
def stop_sender(organisation: Organisation) -> int:
    """Its pages are closed: nothing of it leaves, of what waits already. What knocks later is told no by the door."""
    return _stop_waiting(Part.objects.filter(sender=organisation), Stop.SUSPENDED)


def on_organisation_suspended(*, organisation: Organisation, **_: object) -> None:
    """Receiver of accounts.signals.organisation_suspended."""
    stop_sender(organisation)


def _stop_waiting(parts: QuerySet[Part], why: Stop) -> int:
    waiting = Message.objects.filter(pk__in=parts.filter(stopped="").values("message"), state__in=WAITING)
    # A worker may hold it past the door already: it loses its claim, and whoever claims it next asks the door again.
    waiting.update(state=Message.State.QUEUED, claimed_by="", lease_until=None)
    return parts.filter(stopped="", message__state__in=WAITING).update(stopped=why)
