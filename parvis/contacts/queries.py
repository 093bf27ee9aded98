"""Reads of the ledger and of who can be reached."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import key
from parvis.core.actors import Actor
from parvis.core.models import AuditEntry
from parvis.core.speech import mark
from parvis.law.rules import customer_expires, prospect_expires
from parvis.territory.models import Territory

from .models import (
    AccessCode,
    ConsentEvent,
    ContactPoint,
    CounterEntry,
    CounterNotice,
    CustomerRecord,
    Objection,
    Person,
    Resident,
    SignUp,
)
from .points import digest, post_line
from .rules import A_SHOPS_WORD, Basis, Channel, Purpose, Source, Standing, first_day_in_force, stands

# Addresses that may be written to: alive, not silenced, and confirmed if they came from the web (decision 5).
USABLE = Q(failing_since=None, silenced_at=None) & (~Q(source="web") | Q(verified_at__isnull=False))


def last_events(
    *, persons: Iterable[int] | QuerySet[Any] | None = None, sender: int | None = None
) -> QuerySet[ConsentEvent]:
    """The line of the ledger that stands for each person, sender, channel and purpose: the last written."""
    ledger = ConsentEvent.objects.filter(purpose=Purpose.NEWS)
    if persons is not None:
        ledger = ledger.filter(person__in=persons)
    if sender is not None:
        ledger = ledger.filter(sender=sender)
    last = ledger.values("person", "sender", "channel", "purpose").annotate(last=Max("pk")).values("last")
    return ConsentEvent.objects.filter(pk__in=last)


def standing(
    *, persons: Iterable[int] | QuerySet[Any] | None = None, sender: int | None = None
) -> QuerySet[ConsentEvent]:
    """Consents in force: a yes, not taken back since, that has not run out."""
    return last_events(persons=persons, sender=sender).filter(in_force(), granted=True)


def in_force() -> Q:
    """On ConsentEvent: its term still runs, and nothing that the person said to all since stopped it."""
    return _within_term() & _since_the_stop()


def _within_term() -> Q:
    """Rule 1: counted from the day it was given, or from the last purchase at that very sender, whichever came last."""
    today = clock.today()
    customer_since = first_day_in_force(customer_expires, today)
    prospect_since = first_day_in_force(prospect_expires, today)
    bought_since = CustomerRecord.objects.filter(
        organisation=OuterRef("sender"), person=OuterRef("person"), last_sale_on__gte=customer_since
    )
    return (
        Q(basis=Basis.SALE, given_on__gte=customer_since)
        | Q(basis=Basis.CONSENT, given_on__gte=prospect_since)
        # To be phoned is asked for in so many words (rule 8): buying bread revives no old yes to that.
        | (Q(Exists(bought_since)) & ~Q(channel=Channel.PHONE))
    )


def _since_the_stop() -> Q:
    """« Tout arrêter » holds against every yes of before, whenever a file brings it. What a file dates of the very day
    does not tell which came last: the stop stands. And what a shop noted since does not lift it: only the person does,
    or the host at their request (decisions 4 and 5)."""
    stop_day = TruncDate("person__stopped_at", tzinfo=clock.PARIS)
    same_day = Q(given_on=stop_day, noted_at__gte=F("person__stopped_at")) & ~Q(source=Source.FILE)
    since = Q(basis=Basis.CONSENT) & (Q(given_on__gt=stop_day) | same_day)
    return Q(person__stopped_at=None) | (since & ~Q(noted_by__startswith=A_SHOPS_WORD))


def known_otherwise(person: int | OuterRef) -> QuerySet[CustomerRecord]:
    """The shops that know this person without the e-mail that would open their page (decision 0022)."""
    return CustomerRecord.objects.filter(person=person, under_email=False)


def usable_points() -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(USABLE)


def residents_of(territory: Territory) -> QuerySet[Resident]:
    return Resident.objects.filter(territory=territory, person__erased_at=None)


def reach(persons: Collection[int], senders: Collection[int] | None = None) -> set[tuple[int, int, str]]:
    """(person, sender, channel) where this sender itself holds the address that the channel uses, and it is alive.

    An address collected by one shop never serves another (rule 3, decision 1): the shop's own record must hold the
    person's very address. A sheet also waits at the counter of a shop for whoever has given no postal address. And an
    address that a shop typed hears first, by its own message, what was said in its name (decision 5).
    """
    points = _points(persons)
    kinds = _kinds(persons, points)
    values = {(p.person_id, p.kind): p.value for p in points}
    found = set()
    for record in _records(persons, senders):
        pair, usable = (record.person_id, record.organisation_id), kinds.get(record.person_id, set())
        for channel, value in (("email", record.email.lower()), ("phone", record.phone)):
            if channel in usable and values[record.person_id, channel] == value:
                found.add((*pair, channel))
        post = values.get((record.person_id, "post"))
        at_home = "post" in usable and post == post_line(record.address, record.postcode, record.town)
        if "paper" in usable and (at_home or post is None):
            found.add((*pair, "paper"))
    found -= _untold(persons)
    # Who said yes to a sender on the web gave it their own addresses.
    said = standing(persons=persons).filter(source="web").values_list("person", "sender", "channel")
    return found | {pair for pair in said if pair[2] in kinds.get(pair[0], ())}


UNTOLD = (CounterNotice.State.WAITING, CounterNotice.State.LOST)


def _untold(persons: Collection[int]) -> set[tuple[int, int, str]]:
    """Of an address that the fiche holds still: its new one hears by its own message."""
    untold = CounterNotice.objects.filter(state__in=UNTOLD, entry__record__person__in=persons)
    rows = untold.values_list("entry__record__person", "entry__organisation", "entry__record__email", "address")
    return {
        (person, sender, Channel.EMAIL.value)
        for person, sender, email, address in rows
        if digest("email", email) == address
    }


def _records(persons: Collection[int], senders: Collection[int] | None) -> QuerySet[CustomerRecord]:
    records = CustomerRecord.objects.filter(person__in=persons)
    return records if senders is None else records.filter(organisation__in=senders)


def adults(persons: Collection[int], senders: Collection[int] | None = None) -> set[tuple[int, int]]:
    """(person, sender) where this very sender was told that the person is an adult (decision 0015).

    What persons declared of themselves is `Person.adult_declared_on`: whoever asks about alcohol takes either.
    """
    told = _records(persons, senders).filter(adult_told_on__isnull=False)
    return set(told.values_list("person", "organisation"))


def minors(persons: Collection[int], senders: Collection[int] | None = None) -> set[tuple[int, int]]:
    """(person, sender) where this very sender was told that the person is a minor: there, whatever they declared."""
    told = _records(persons, senders).filter(minor_told_on__isnull=False)
    return set(told.values_list("person", "organisation"))


def call_objections(persons: Collection[int]) -> dict[int, dt.date]:
    """Person -> the day on which whoever holds their telephone number asked to be left alone by all."""
    phones = ContactPoint.objects.filter(person__in=persons, kind=ContactPoint.Kind.PHONE)
    numbers = {person: digest("phone", value) for person, value in phones.values_list("person", "value")}
    objected = dict(Objection.objects.filter(digest__in=numbers.values()).values_list("digest", "at"))
    return {
        person: objected[number].astimezone(clock.PARIS).date()
        for person, number in numbers.items()
        if number in objected
    }


def reachable(persons: Collection[int]) -> dict[int, set[str]]:
    """Kinds of usable address per person id; "paper" too, since a sheet may wait at a counter, except for whoever asked
    to be left alone."""
    return _kinds(persons, _points(persons))


def _points(persons: Collection[int]) -> list[Any]:
    """The addresses of these persons, each with `usable`: one read."""
    usable = ExpressionWrapper(USABLE, output_field=BooleanField())
    return list(ContactPoint.objects.filter(person__in=persons).annotate(usable=usable))


def _kinds(persons: Collection[int], points: Iterable[Any]) -> dict[int, set[str]]:
    silent = {p.person_id for p in points if p.silenced_at}
    kinds: dict[int, set[str]] = {person: {"paper"} for person in persons if person not in silent}
    for point in points:
        if point.usable:
            kinds.setdefault(point.person_id, set()).add(point.kind)
    return kinds


@dataclass(frozen=True, slots=True)
class RightTold:
    """What a shop reads of one channel of a customer: « Par courriel : oui », and its circumstances."""

    channel: str  # « par courriel »
    event: ConsentEvent
    state: Standing
    since: dt.date  # the day it was said; of a sale, the last purchase


def rights_told(record: CustomerRecord) -> list[RightTold]:
    """The last word on each channel, told for what it is: a yes, a sale, a no, or what has run out. By what was said to
    this shop alone: that the person stopped everything elsewhere is not for it to know (decision 1)."""
    events = (
        last_events(persons=[record.person_id], sender=record.organisation_id)
        .order_by("channel")
        .select_related("wording")
    )
    running = set(events.filter(_within_term(), granted=True).values_list("pk", flat=True))
    return [_told(event, record, event.pk in running) for event in events]


def _told(event: ConsentEvent, record: CustomerRecord, runs: bool) -> RightTold:
    state = stands(granted=event.granted, runs=runs, sale=event.basis == Basis.SALE)
    bought = record.last_sale_on if event.basis == Basis.SALE else None
    since = max(event.given_on, bought or event.given_on)
    return RightTold(Channel(event.channel).label, event, state, since)


def opened_today(organisation: Organisation, by: Actor) -> bool:
    """Whether this delegate said today that they open this shop's file: reading it asks for that line first."""
    midnight = dt.datetime.combine(clock.today(), dt.time(), clock.PARIS)
    lines = AuditEntry.objects.filter(organisation=key(organisation), verb="open_file", at__gte=midnight)
    return lines.filter(actor=by.key).exists()


def personal_data(person_id: int) -> dict[str, Any]:
    """Everything contacts holds of a person, the notes of shops included (rule 19)."""
    person = Person.objects.get(pk=person_id)
    return {
        mark("identité"): _identity(person),
        mark("adresses"): [
            {
                mark("genre"): p.get_kind_display(),
                mark("valeur"): p.value,
                mark("vérifiée"): p.verified_at is not None,
                mark("muette depuis"): _day(p.silenced_at and p.silenced_at.date()),
                mark("ne répond plus depuis"): _day(p.failing_since and p.failing_since.date()),
            }
            for p in person.contact_points.all()
        ],
        mark("rythme et moyen"): [
            {
                mark("territoire"): str(r.territory),
                mark("annonces par semaine"): r.rhythm,
                mark("moyen"): r.get_channel_display(),
                mark("gros caractères"): r.large_print,
            }
            for r in person.residents.select_related("territory")
        ],
        mark("goûts"): [
            {mark("envie"): t.interest.name, mark("aime"): t.liked, mark("le"): _day(t.said_at.date())}
            for t in person.tastes.select_related("interest")
        ],
        mark("accords"): [
            _consent(event) for event in person.consent_events.select_related("sender", "wording").order_by("pk")
        ],
        mark("inscriptions par le site"): [
            {
                mark("à"): str(s.sender),
                mark("courriel"): s.email,
                mark("le"): _day(s.made_at.date()),
                mark("commune"): s.commune.name if s.commune else "",
                mark("confirmée"): bool(s.confirmed_at),
            }
            for s in SignUp.objects.filter(email__in=_emails(person)).select_related("sender", "commune")
        ],
        mark("codes demandés"): [
            {mark("pour"): to, mark("le"): _day(made_at.date()), mark("servi"): used_at is not None}
            for to, made_at, used_at in AccessCode.objects.filter(point__person=person).values_list(
                "point__value", "made_at", "used_at"
            )
        ],
        mark("passages au comptoir"): [
            {mark("chez"): str(e.organisation), mark("le"): _day(e.at.date()), mark("premier message"): _notice(e)}
            for e in CounterEntry.objects.filter(record__person=person).select_related("organisation", "notice")
        ],
        mark("fiches des commerces"): [_record(r) for r in person.customer_records.select_related("organisation")],
    }


def _emails(person: Person) -> list[str]:
    emails = person.contact_points.filter(kind=ContactPoint.Kind.EMAIL)
    return list(emails.values_list("value", flat=True))


def _notice(entry: CounterEntry) -> str:
    """Of the message in which « ce n’est pas moi » is one tap; "" where no address was given."""
    return entry.notice.get_state_display() if hasattr(entry, "notice") else ""


def _identity(person: Person) -> dict[str, Any]:
    return {
        mark("civilité"): person.title,
        mark("prénom"): person.given_name,
        mark("nom"): person.family_name,
        mark("commune"): person.commune.name if person.commune else "",
        mark("se dit adulte depuis"): _day(person.adult_declared_on),
        mark("tri accepté"): person.profiling,
        mark("a tout arrêté le"): _day(person.stopped_at and person.stopped_at.date()),
    }


def _record(record: CustomerRecord) -> dict[str, Any]:
    return {
        mark("commerce"): str(record.organisation),
        mark("nom"): str(record),
        mark("courriel"): record.email,
        mark("téléphone"): record.phone,
        mark("adresse"): f"{record.address} {record.postcode} {record.town}".strip(),
        mark("note"): record.note,
        mark("dernier achat"): _day(record.last_sale_on),
        mark("noté adulte le"): _day(record.adult_told_on),
        mark("noté mineur le"): _day(record.minor_told_on),
        mark("goûts notés"): [
            {mark("envie"): t.interest.name, mark("aime"): t.liked} for t in record.tastes.select_related("interest")
        ],
    }


def _consent(event: ConsentEvent) -> dict[str, Any]:
    return {
        mark("à"): str(event.sender),
        mark("moyen"): event.get_channel_display(),
        mark("accordé"): event.granted,
        mark("le"): _day(event.given_on),
        mark("d’où"): event.source_text or event.source,
        mark("noté par"): event.noted_by,
        mark("phrase"): event.wording.text.replace("{sender}", str(event.sender)) if event.wording else "",
    }


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
