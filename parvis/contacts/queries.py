"""Reads of the ledger and of who can be reached."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Max, Q, QuerySet

from parvis.territory.models import Territory

from .models import ConsentEvent, ContactPoint, CustomerRecord, Person, Resident
from .points import post_line
from .rules import Purpose


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
    """Consents in force."""
    return last_events(persons=persons, sender=sender).filter(granted=True)


def usable_points() -> QuerySet[ContactPoint]:
    """Addresses that may be written to: alive, not silenced, and confirmed if they came from the web (decision 5)."""
    return ContactPoint.objects.filter(failing_since=None, silenced_at=None).filter(
        ~Q(source="web") | Q(verified_at__isnull=False)
    )


def residents_of(territory: Territory) -> QuerySet[Resident]:
    return Resident.objects.filter(territory=territory, person__erased_at=None)


def reach(persons: Collection[int], senders: Collection[int] | None = None) -> set[tuple[int, int, str]]:
    """(person, sender, channel) where this sender itself holds the address that the channel uses, and it is alive.

    An address collected by one shop never serves another (rule 3, decision 1): the shop's own record must hold the
    person's very address. A sheet also waits at the counter of a shop for whoever has given no postal address.
    """
    kinds = reachable(persons)
    known = list(ContactPoint.objects.filter(person__in=persons))
    points = {(p.person_id, p.kind): p for p in known if p.kind in kinds.get(p.person_id, ())}
    posted = {p.person_id for p in known if p.kind == "post"}
    records = CustomerRecord.objects.filter(person__in=persons)
    if senders is not None:
        records = records.filter(organisation__in=senders)
    found = set()
    for record in records:
        held = {"email": record.email.lower(), "phone": record.phone}
        for channel, value in held.items():
            point = points.get((record.person_id, channel))
            if point and point.value == value:
                found.add((record.person_id, record.organisation_id, channel))
        post = points.get((record.person_id, "post"))
        address = post_line(record.address, record.postcode, record.town)
        at_the_counter = record.person_id not in posted
        if "paper" in kinds.get(record.person_id, ()) and (at_the_counter or (post and post.value == address)):
            found.add((record.person_id, record.organisation_id, "paper"))
    # Who said yes to a sender on the web gave it their own addresses.
    said = standing(persons=persons).filter(source="web").values_list("person", "sender", "channel")
    return found | {pair for pair in said if pair[2] in kinds.get(pair[0], ())}


def reachable(persons: Collection[int]) -> dict[int, set[str]]:
    """Kinds of usable address per person id; "paper" too, since a sheet may wait at a counter, except for whoever asked
    to be left alone."""
    silent = set(
        ContactPoint.objects.filter(person__in=persons).exclude(silenced_at=None).values_list("person", flat=True)
    )
    kinds: dict[int, set[str]] = {person: {"paper"} for person in persons if person not in silent}
    for person, kind in usable_points().filter(person__in=persons).values_list("person", "kind"):
        kinds.setdefault(person, set()).add(kind)
    return kinds


def personal_data(person_id: int) -> dict[str, Any]:
    """Everything contacts holds of a person, the notes of shops included (rule 19)."""
    person = Person.objects.get(pk=person_id)
    return {
        "identité": {
            "civilité": person.title,
            "prénom": person.given_name,
            "nom": person.family_name,
            "commune": person.commune.name if person.commune else "",
            "se dit adulte depuis": _day(person.adult_declared_on),
            "tri accepté": person.profiling,
        },
        "adresses": [
            {"genre": p.get_kind_display(), "valeur": p.value, "vérifiée": p.verified_at is not None}
            for p in person.contact_points.all()
        ],
        "rythme et moyen": [
            {
                "territoire": str(r.territory),
                "annonces par semaine": r.rhythm,
                "moyen": r.get_channel_display(),
            }
            for r in person.residents.select_related("territory")
        ],
        "goûts": [
            {"envie": t.interest.name, "aime": t.liked, "le": _day(t.said_at.date())}
            for t in person.tastes.select_related("interest")
        ],
        "accords": [
            _consent(event) for event in person.consent_events.select_related("sender", "wording").order_by("pk")
        ],
        "fiches des commerces": [
            {
                "commerce": str(r.organisation),
                "nom": str(r),
                "courriel": r.email,
                "téléphone": r.phone,
                "adresse": f"{r.address} {r.postcode} {r.town}".strip(),
                "note": r.note,
                "dernier achat": _day(r.last_sale_on),
                "goûts notés": [
                    {"envie": t.interest.name, "aime": t.liked} for t in r.tastes.select_related("interest")
                ],
            }
            for r in person.customer_records.select_related("organisation")
        ],
    }


def _consent(event: ConsentEvent) -> dict[str, Any]:
    return {
        "à": str(event.sender),
        "moyen": event.get_channel_display(),
        "accordé": event.granted,
        "le": _day(event.given_on),
        "d’où": event.source_text or event.source,
        "noté par": event.noted_by,
        "phrase": event.wording.text.replace("{sender}", str(event.sender)) if event.wording else "",
    }


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
