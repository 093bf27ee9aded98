"""« Tout effacer »: what is kept is the ledger without a name, and the keyed hash of the addresses."""

from django.db import transaction

from parvis.core import clock
from parvis.core.actors import SYSTEM

from ..models import ContactPoint, CustomerRecord, Person, SignUp
from ..rules import Source
from .consent import withdraw_everything


@transaction.atomic
def erase(person_id: int) -> None:
    person = Person.objects.get(pk=person_id)
    withdraw_everything(person=person, source=Source.WEB, by=SYSTEM)
    emails = person.contact_points.filter(kind=ContactPoint.Kind.EMAIL)
    SignUp.objects.filter(email__in=emails.values("value")).delete()
    # A counter entry stays, of nobody: the phone that sends it again must not bring the person back.
    CustomerRecord.objects.filter(person=person).delete()
    person.contact_points.all().delete()
    person.tastes.all().delete()
    person.residents.all().delete()
    person.title = person.given_name = person.family_name = ""
    person.commune = None
    person.adult_declared_on = None
    person.erased_at = clock.now()
    person.save()
