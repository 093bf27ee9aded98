"""What a resident received, and for each announcement why: everything that decided (decision 9)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from parvis.contacts.models import Person
from parvis.contacts.rules import Channel, Purpose
from parvis.core.speech import mark, say
from parvis.delivery.models import Message, Part
from parvis.rounds.models import Selection
from parvis.rounds.rules import for_resident

HOW = {
    Channel.EMAIL: ("envelope-simple", mark("Par courriel")),
    Channel.PAPER: ("newspaper", mark("Sur papier")),
    Channel.PHONE: ("phone", mark("Votre nom sur la liste d’appels de")),
}
_ANNOUNCEMENT = re.compile(r"announcement:(\d+)")
_ROUND = re.compile(r"round:(\d+)")


@dataclass(frozen=True, slots=True)
class Told:
    """One announcement in a message. `announcement` is its number, None for what is not one."""

    title: str
    sender: str
    reason: str
    as_sent: bool  # the reason is what the message said, in its French; else it is said anew
    alcohol: bool
    announcement: int | None


@dataclass(frozen=True, slots=True)
class Received:
    message: Message
    icon: str
    how: str
    parts: list[Told]


def messages_of(person: Person) -> QuerySet[Message]:
    """Newest first; what the door kept reached nobody."""
    parts = Part.objects.filter(stopped="").select_related("sender")
    mine = Message.objects.filter(person=person, purpose=Purpose.NEWS).exclude(state=Message.State.WITHHELD)
    return mine.select_related("caller").prefetch_related(Prefetch("parts", parts)).order_by("-created_at", "-pk")


def told(person: Person, messages: Sequence[Message]) -> list[Received]:
    """One more query, for the reasons of all."""
    rounds = {found for message in messages if (found := _number(_ROUND, message.batch))}
    chosen = Selection.objects.filter(person=person, round__in=rounds)
    reasons = {(one.round_id, one.announcement_id): for_resident(one.reason) for one in chosen if one.reason}
    return [_received(message, reasons) for message in messages]


def _received(message: Message, reasons: Mapping[tuple[int, int], str]) -> Received:
    icon, how = HOW[Channel(message.channel)]
    shown = f"{say(how)} {message.caller}" if message.caller else say(how)
    return Received(message, icon, shown, [_told(part, message, reasons) for part in message.parts.all()])


def _told(part: Part, message: Message, reasons: Mapping[tuple[int, int], str]) -> Told:
    announcement, round_ = _number(_ANNOUNCEMENT, part.subject), _number(_ROUND, message.batch)
    reason = reasons.get((round_ or 0, announcement or 0), "")
    shown, as_sent = reason or part.content.get("reason", ""), not reason
    return Told(part.content.get("title", ""), part.sender.name, shown, as_sent, part.alcohol, announcement)


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.fullmatch(text)
    return int(found[1]) if found else None
