"""What delivery forgets of a person: the words and the files; counts stay."""

from typing import Any

from django.conf import settings
from django.db import transaction

from parvis.contacts.rules import Channel

from ..models import Message, Part
from ..transports import Outbox
from .letters import carry_calls


def personal_data(person_id: int) -> dict[str, Any]:
    messages = Message.objects.filter(person=person_id).prefetch_related("parts__sender").order_by("pk")
    return {
        "messages": [
            {
                "le": message.created_at.isoformat(),
                "moyen": message.get_channel_display(),
                "état": message.get_state_display(),
                "objet": message.subject,
                "annonces": [
                    {
                        "de": str(p.sender),
                        "titre": p.content.get("title", ""),
                        "pourquoi": p.content.get("reason", ""),
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
    on_lists = list(messages.filter(channel=Channel.PHONE).exclude(file="").select_related("caller", "territory"))
    for message in messages.filter(channel=Channel.PAPER).exclude(file=""):
        (settings.OUTBOX / message.file).unlink(missing_ok=True)
    for key in messages.filter(channel=Channel.EMAIL).values_list("key", flat=True):
        Outbox(settings.OUTBOX / "mail").forget(key)
    Part.objects.filter(person=person_id).update(content={})
    messages.update(subject="", foot="", file="")
    messages.filter(state=Message.State.QUEUED).update(state=Message.State.WITHHELD)
    for message in on_lists:
        _print_without(message)


def _print_without(message: Message) -> None:
    """A shop's list holds other names: it is printed anew, or goes with its last one."""
    others = Message.objects.filter(file=message.file).select_related("caller", "territory")
    if others:
        carry_calls(list(others))
    else:
        (settings.OUTBOX / message.file).unlink(missing_ok=True)
