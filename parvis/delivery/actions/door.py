"""The one door: every message enters by `send_many`, and is checked once more by `recheck` as it leaves."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.contacts.rules import Channel, Purpose
from parvis.core import clock
from parvis.territory.models import Territory

from ..models import Message, Part
from ..queries import Readers, readers
from ..rules import Stop, check


@dataclass(frozen=True, slots=True)
class DraftPart:
    sender: Organisation
    subject: str  # "announcement:12"
    content: dict[str, str]
    interests: tuple[int, ...] = ()
    alcohol: bool = False
    children: bool = False


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
    *, drafts: Sequence[Draft], territory: Territory, batch: str, not_before: dt.datetime | None = None
) -> dict[str, Stop | None]:
    """Take these messages in charge. Returns, for each "key subject", why the part was kept, or None where it passed.

    A key already taken is left as it is: calling twice makes nothing twice. A message of which nothing passes is kept,
    withheld, with its reasons.
    """
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
    seen = readers(parts, territory=territory, week=week, excluding=None)
    verdicts = _judge(parts, seen)
    Part.objects.bulk_create(parts, batch_size=500)
    _title(messages, parts)
    _withhold_empty(messages, parts)
    return verdicts


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
    )


def _judge(parts: Sequence[Part], seen: Readers) -> dict[str, Stop | None]:
    verdicts: dict[str, Stop | None] = {}
    beside: dict[int, set[str]] = {}  # message -> what already stands in it
    for part in parts:
        marks = beside.setdefault(part.message_id, set())
        stop = check(seen.facts(part, Channel(part.message.channel), marks))
        part.stopped = stop.value if stop else ""
        if stop is None:
            seen.take(part)
            marks |= {mark for mark in ("alcohol", "children") if getattr(part, mark)}
        verdicts[f"{part.message.key} {part.subject}"] = stop
    return verdicts


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
def recheck(message: Message) -> list[Part]:
    """The door again, at the instant of leaving: a consent withdrawn meanwhile is obeyed. Returns what leaves."""
    parts = list(message.parts.filter(stopped="").select_related("message", "sender"))
    seen = readers(parts, territory=message.territory, week=message.week, excluding=message)
    _judge(parts, seen)
    Part.objects.bulk_update([part for part in parts if part.stopped], ["stopped"])
    _title([message], parts)
    return [part for part in parts if not part.stopped]


def stop_subject(subject: str) -> int:
    """Its sender takes it back: wherever it has not left yet, it does not leave. Returns how many readers it spares."""
    waiting = [Message.State.QUEUED, Message.State.CLAIMED]
    parts = Part.objects.filter(subject=subject, stopped="", message__state__in=waiting)
    return parts.update(stopped=Stop.WITHDRAWN)
