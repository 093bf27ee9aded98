"""« Je me suis trompé : il a dit non »: the fiche that a slip of the finger made goes, as if he had been heard."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import key as key_of
from parvis.core.actions import record as tell
from parvis.core.actors import Actor
from parvis.core.models import AuditEntry

from ..models import ContactPoint, CounterEntry, CustomerRecord, Person, Resident
from ..rules import Source
from .details import CustomerDetails
from .known import addresses_of, home_of

A_SLIP = dt.timedelta(days=1)  # beyond, it is a change of mind: the fiche stays, with its no


def take_back(*, organisation: Organisation, key: uuid.UUID, details: CustomerDetails, by: Actor) -> None:
    """`key`: of the entry that should have been a no. A fiche that was there before, or on which anything was noted
    since, stays. The ledger keeps its lines, of nobody (rule 2)."""
    entry = CounterEntry.objects.filter(organisation=organisation, key=key, at__gt=clock.now() - A_SLIP).first()
    if entry is None or entry.record is None or not _is_all_there_is(entry, entry.record):
        return
    mine, person = entry.record, entry.record.person
    tell(by=by, verb="customer_taken_back", on=mine, organisation=organisation)
    mine.delete()
    # The same questions and the same orders, whoever else knows this person (decision 1).
    typed, alone = _typed_here_alone(person, details), _is_nobody_elses(person, entry)
    whom = person.pk if alone else 0
    (person.contact_points.all() if alone else typed).delete()
    Resident.objects.filter(person=whom).delete()
    nobody = {"title": "", "given_name": "", "family_name": "", "commune": None, "adult_declared_on": None}
    Person.objects.filter(pk=whom).update(**nobody, erased_at=clock.now())


def _is_all_there_is(entry: CounterEntry, mine: CustomerRecord) -> bool:
    """The entry made the fiche, and nobody has said or written anything on it since."""
    if mine.created_at < entry.at or CounterEntry.objects.filter(record=mine).exclude(pk=entry.pk).exists():
        return False
    if AuditEntry.objects.filter(target=key_of(mine)).exclude(verb="customer_created").exists():
        return False
    said = mine.person.consent_events.filter(sender=entry.organisation_id, noted_at__gte=entry.at)
    return not said.exclude(source=Source.COUNTER).exists()


def _is_nobody_elses(person: Person, entry: CounterEntry) -> bool:
    known = [
        person.created_at < entry.at,
        person.customer_records.exists(),
        person.tastes.exists(),
        person.contact_points.exclude(verified_at=None).exists(),
        person.consent_events.exclude(sender=entry.organisation_id).exists(),
    ]
    return not any(known)


def _typed_here_alone(person: Person, details: CustomerDetails) -> QuerySet[ContactPoint]:
    """The addresses that this entry gave to someone known elsewhere: no other fiche bears them, and nobody has
    answered there."""
    points = person.contact_points.filter(source=Source.COUNTER, verified_at=None)
    given = set(addresses_of(details).values())
    for other in person.customer_records.all():
        given -= {other.email, other.phone, home_of(other)}
    return points.filter(value__in=given)
