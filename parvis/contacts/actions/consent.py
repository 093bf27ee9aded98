"""Every write to the ledger."""

import datetime as dt

from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import Refused

from ..models import ConsentEvent, Objection, Person, Wording
from ..points import digest
from ..queries import last_events, standing
from ..rules import Basis, Channel, Purpose, Source

SPOKEN_BY_THE_PERSON = {Source.COUNTER, Source.PAPER, Source.WEB}


class AlreadyRefused(Refused):
    sentence = "Cette personne a refusé depuis. Seul un nouvel accord de sa part, plus récent, peut y revenir."


@transaction.atomic
def grant(
    *,
    person: Person,
    sender: Organisation,
    channel: Channel,
    wording: Wording,
    source: Source,
    given_on: dt.date,
    by: Actor,
    source_text: str = "",
) -> ConsentEvent:
    """Append a yes. The same yes twice writes one line; a later refusal is not undone by an older yes nor by a sale."""
    last = last_events(persons=[person.pk], sender=sender.pk).filter(channel=channel).first()
    sale = wording.basis == Basis.SALE
    same = last and (last.wording_id, last.given_on) == (wording.pk, given_on)
    # A sale adds nothing to a yes that was spoken.
    if last and last.granted and (same or (sale and last.basis == Basis.CONSENT)):
        return last
    # A file does not tell which of two answers of one day came last: the no stands.
    older = last and (given_on < last.given_on or (source is Source.FILE and given_on == last.given_on))
    if last and not last.granted and (sale or older):
        raise AlreadyRefused
    event = ConsentEvent.objects.create(
        person=person,
        sender=sender,
        channel=channel,
        purpose=Purpose.NEWS,
        granted=True,
        basis=wording.basis,
        wording=wording,
        source=source,
        source_text=source_text[:200],
        given_on=given_on,
        noted_by=by.key,
        noted_at=clock.now(),
    )
    if source in SPOKEN_BY_THE_PERSON and wording.basis == Basis.CONSENT:
        _lift_silence(person)
    record(by=by, verb="grant", on=person, organisation=sender, channel=channel, basis=wording.basis)
    return event


def _lift_silence(person: Person) -> None:
    """Whoever had stopped everything and now says yes again is heard; a shop's file alone never does this."""
    points = person.contact_points.exclude(silenced_at=None)
    Objection.objects.filter(digest__in=[digest(p.kind, p.value) for p in points]).delete()
    points.update(silenced_at=None)


@transaction.atomic
def withdraw(
    *,
    person: Person,
    sender: Organisation,
    source: Source,
    by: Actor,
    channel: Channel | None = None,
    given_on: dt.date | None = None,
) -> int:
    """Append a no on one channel, or on every channel with a standing yes. Returns how many lines were written."""
    channels = [channel] if channel else [Channel(e.channel) for e in standing(persons=[person.pk], sender=sender.pk)]
    for one in channels:
        ConsentEvent.objects.create(
            person=person,
            sender=sender,
            channel=one,
            purpose=Purpose.NEWS,
            granted=False,
            basis=Basis.CONSENT,
            source=source,
            given_on=given_on or clock.today(),
            noted_by=by.key,
            noted_at=clock.now(),
        )
        record(by=by, verb="withdraw", on=person, organisation=sender, channel=one)
    return len(channels)


@transaction.atomic
def withdraw_everything(*, person: Person, source: Source, by: Actor) -> None:
    """« Tout arrêter »: a no to each sender, and the addresses join the list of those who objected (rule 1)."""
    senders = Organisation.objects.filter(pk__in=standing(persons=[person.pk]).values("sender"))
    for sender in senders:
        withdraw(person=person, sender=sender, source=source, by=by)
    object_to_all(person)
    record(by=by, verb="withdraw_everything", on=person)


def object_to_all(person: Person) -> None:
    now = clock.now()
    points = person.contact_points.all()
    Objection.objects.bulk_create(
        [Objection(digest=digest(p.kind, p.value), at=now) for p in points], ignore_conflicts=True
    )
    points.update(silenced_at=now)
