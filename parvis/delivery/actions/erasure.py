"""What delivery forgets of a person: the words and the files; counts stay."""

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from parvis.contacts.rules import Channel
from parvis.core import clock
from parvis.core.speech import mark

from ..models import Message, Part
from ..queries import WAITING
from ..transports import Outbox
from .letters import carry_calls, forget_sheet, hold_lists

log = logging.getLogger("parvis.delivery")


def personal_data(person_id: int) -> dict[str, Any]:
    messages = Message.objects.filter(person=person_id).prefetch_related("parts__sender").order_by("pk")
    return {
        mark("messages"): [
            {
                mark("le"): message.created_at.isoformat(),
                mark("moyen"): message.get_channel_display(),
                mark("état"): message.get_state_display(),
                mark("objet"): message.subject,
                mark("annonces"): [
                    {
                        mark("de"): str(p.sender),
                        mark("titre"): p.content.get("title", ""),
                        mark("pourquoi"): p.content.get("reason", ""),
                    }
                    for p in message.parts.all()
                ],
            }
            for message in messages
        ]
    }


@transaction.atomic
def erase(person_id: int) -> None:
    messages = Message.objects.filter(person=person_id)
    # A worker may hold one past the door already: it loses its claim.
    waiting = {"state": Message.State.WITHHELD, "claimed_by": "", "lease_until": None, "ended_at": clock.now()}
    messages.filter(state__in=WAITING).update(**waiting)
    written = list(messages)  # after that update, which waits for a worker at work on one of them
    Part.objects.filter(person=person_id).update(content={})
    messages.update(subject="", foot="", file="")
    # No rollback brings a file back: they go once the rows have.
    transaction.on_commit(lambda: _forget_files(written))


def _forget_files(messages: Sequence[Message]) -> None:
    outbox = Outbox(settings.OUTBOX / "mail")
    for message in messages:
        if message.channel == Channel.EMAIL:
            outbox.forget(message.key)
        elif message.channel == Channel.PAPER:
            forget_sheet(message)
    for file, caller in {(m.file, m.caller_id) for m in messages if m.caller_id and m.file}:
        _print_without(file, caller)


def _print_without(file: str, caller: int) -> None:
    """A shop's list holds other names: it is printed anew, or goes with its last one."""
    path = settings.OUTBOX / file
    try:
        with transaction.atomic():
            hold_lists(caller)
            others = list(Message.objects.filter(file=file).select_related("caller", "territory"))
            if others:
                carry_calls(others)
            else:
                path.unlink(missing_ok=True)
    except Exception:  # a list that cannot be laid out: better none than one with the name of somebody erased
        log.exception("call list %s", file)
        path.unlink(missing_ok=True)
