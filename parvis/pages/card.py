"""One card of a shop's file, as the shop reads it: what was said to it, nothing of what others know (decision 1)."""

from dataclasses import dataclass

from django.utils.formats import date_format

from parvis.contacts.models import ConsentEvent, CustomerRecord
from parvis.contacts.queries import last_events, standing
from parvis.contacts.rules import Basis, Channel, Source
from parvis.core.typography import NBSP

_WHERE = {
    Source.WEB: "sur le site",
    Source.COUNTER: "de vive voix",
    Source.PAPER: "sur une carte en papier",
    Source.FILE: "noté dans votre fichier",
}


@dataclass(frozen=True, slots=True)
class Right:
    """What this shop may send on one channel, and by which right."""

    channel: Channel
    how: str
    granted: bool  # a yes that can be taken back
    wording: str


def rights_of(record: CustomerRecord) -> list[Right]:
    """The channels on which something was said."""
    whose, sender = [record.person_id], record.organisation_id
    events = {event.channel: event for event in last_events(persons=whose, sender=sender).select_related("wording")}
    running = set(standing(persons=whose, sender=sender).values_list("pk", flat=True))
    return [_right(events[channel], record, events[channel].pk in running) for channel in Channel if channel in events]


def _right(event: ConsentEvent, record: CustomerRecord, runs: bool) -> Right:
    wording = event.wording.text.replace("{sender}", record.organisation.name) if event.wording else ""
    return Right(Channel(event.channel), _how(event, runs), event.granted, wording)


def _how(event: ConsentEvent, runs: bool) -> str:
    day = date_format(event.given_on, "j F Y")
    if not event.granted:
        return f"A dit non le {day}"
    # Why it runs no more is not told: it may be something that the person said to all (decision 1).
    if not runs:
        return f"Son oui du {day} ne vaut plus{NBSP}: redemandez-lui"
    if event.basis == Basis.SALE:
        return f"A acheté chez vous le {day}"
    source = f", «{NBSP}{event.source_text}{NBSP}»" if event.source_text else ""
    return f"A dit oui le {day}, {_WHERE[Source(event.source)]}{source}"
