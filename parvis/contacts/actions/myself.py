"""What people change of themselves, on their own page. Nobody else may: a shop changes its own record (decision 1)."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from parvis.accounts.actions.notices import laid_out, write
from parvis.accounts.models import Organisation
from parvis.core import clock, personal
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.speech import mark
from parvis.territory.models import Commune

from ..models import ContactPoint, CustomerRecord, Interest, Objection, Person, Resident, SignUp, Wording
from ..points import digest
from ..queries import reachable, standing
from ..rules import Channel, Source
from .consent import grant
from .preferences import declare_adult, set_taste


class NoAddress(Refused):
    sentence = mark(
        "Il manque un numéro confirmé pour vous appeler. Donnez-le au comptoir d’un de vos commerces, de vive voix."
    )


class NotYours(Refused):
    status = 404
    sentence = mark(
        "Ce commerce n’est pas de ceux à qui vous avez dit oui. Commencez par sa vitrine : « Me prévenir »."
    )


class OpensAnotherPage(Refused):
    sentence = mark(
        "Cette adresse ouvre déjà une autre page « Mes envies ». "
        "Entrez avec elle, ou demandez au comptoir de réunir les deux."
    )


class NeedsOneEmail(Refused):
    sentence = mark("Sans courriel, vous ne pourriez plus entrer ici. Changez-le, ou effacez tout.")


def own_voice(person: Person | None = None) -> Actor:
    """Whoever proved by a code that the address is theirs."""
    return Actor(f"person:{person.pk}" if person else "person", mark("la personne elle-même"))


@transaction.atomic
def say_adult(*, person: Person, adult: bool, by: Actor) -> None:
    """Rule 9: a declaration, whose first day stands; taken back, no alcohol is announced to them any more."""
    if adult:
        declare_adult(person=person, said_on=clock.today(), by=by)
    elif person.adult_declared_on:
        person.adult_declared_on = None
        person.save(update_fields=["adult_declared_on"])
        record(by=by, verb="say_minor", on=person)


@transaction.atomic
def say_commune(*, person: Person, commune: Commune, by: Actor) -> None:
    person.commune = commune
    person.save(update_fields=["commune"])
    record(by=by, verb="say_commune", on=person)


@transaction.atomic
def say_tastes(*, person: Person, said: Mapping[Interest, bool | None], by: Actor) -> None:
    """Likes, refusals, or None for neither, all together or none."""
    for interest, liked in said.items():
        set_taste(person=person, interest=interest, liked=liked, by=by)


@transaction.atomic
def set_channel(*, resident: Resident, channel: Channel, by: Actor) -> None:
    """One channel for all senders; paper always finds a way, since a sheet may wait at a counter."""
    if channel != Channel.PAPER and channel.value not in reachable([resident.person_id]).get(resident.person_id, ()):
        raise NoAddress
    resident.channel = channel
    resident.save(update_fields=["channel"])
    record(by=by, verb="set_channel", on=resident.person, channel=channel)


@transaction.atomic
def say_yes(*, person: Person, sender: Organisation, channel: Channel, wording: Wording, by: Actor) -> None:
    """A yes on one more channel, to a sender that the person already hears: it is given the address that it needs."""
    if not standing(persons=[person.pk], sender=sender.pk).exists():
        raise NotYours
    kind = "post" if channel is Channel.PAPER else channel.value
    value = person.contact_points.filter(kind=kind).values_list("value", flat=True).first()
    if value is None and channel is not Channel.PAPER:
        raise NoAddress
    give_address(person=person, to=sender, kind=kind, value=value or "")
    grant(
        person=person,
        sender=sender,
        channel=channel,
        wording=wording,
        source=Source.WEB,
        given_on=clock.today(),
        by=by,
    )


def give_address(*, person: Person, to: Organisation, kind: str, value: str) -> None:
    """The shop's own record holds what it may write to. What it calls someone whom it knows stays its own."""
    names = {"given_name": person.given_name, "family_name": person.family_name}
    mine = {"organisation": to, "person": person}
    noted, _ = CustomerRecord.objects.get_or_create(**mine, defaults=names | {"created_at": clock.now()})
    for name, part in _as_noted(kind, value).items():
        setattr(noted, name, part)
    noted.under_email = True  # the person speaks, whose e-mail has answered
    noted.save()


def _as_noted(kind: str, value: str) -> dict[str, str]:
    if kind != "post" or not value:
        return {kind: value} if value else {}
    street, _, place = value.rpartition(", ")
    postcode, _, town = place.partition(" ")
    return {"address": street, "postcode": postcode, "town": town}


@transaction.atomic
def change_email(*, person: Person, email: str, by: Actor) -> None:
    """After the old address, then the new one, have answered (decision 4). The shops that write to this person by
    e-mail are given it too, and the old address is told: it may be the only one that still hears its owner."""
    owner = ContactPoint.objects.filter(kind="email", value=email).first()
    if owner and owner.person_id != person.pk:
        raise OpensAnotherPage
    old = person.contact_points.filter(kind="email").exclude(value=email)
    left = list(old.values_list("value", flat=True))
    silenced = (
        Objection.objects.filter(digest=digest("email", email)).exists() or old.exclude(silenced_at=None).exists()
    )
    old.delete()
    now = clock.now()
    ContactPoint.objects.update_or_create(
        person=person,
        kind="email",
        value=email,
        defaults={
            "verified_at": now,
            "source": Source.WEB,
            "failing_since": None,
            "silenced_at": now if silenced else None,
        },
    )
    _tell_the_shops(person, left, email)
    record(by=by, verb="change_email", on=person)
    told = {"publisher": settings.PUBLISHER, "contact": settings.LEGAL["contact"]}
    for address in left:
        write(address, *laid_out("contacts/address_changed.txt", told))


def _tell_the_shops(person: Person, left: list[str], email: str) -> None:
    writing = standing(persons=[person.pk]).filter(channel=Channel.EMAIL).values("sender")
    CustomerRecord.objects.filter(person=person, organisation__in=writing, email__in=left).update(email=email)


@transaction.atomic
def forget_address(*, person: Person, point: ContactPoint, by: Actor) -> None:
    """A number or a postal address that is theirs no more."""
    if point.kind == ContactPoint.Kind.EMAIL:
        raise NeedsOneEmail
    kind = point.kind
    point.delete()
    record(by=by, verb="forget_address", on=person, kind=kind)


@transaction.atomic
def forget_me(*, person: Person, by: Actor) -> None:
    """« Oublier »: every app forgets, and so do the forms that wait for an answer."""
    mine = person.contact_points.filter(kind="email").values("value")
    SignUp.objects.filter(email__in=list(mine.values_list("value", flat=True))).delete()
    personal.erase(person.pk)
    record(by=by, verb="erase", on=person)
