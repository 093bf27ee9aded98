"""A shop notes a customer. What it types stays in its record; a person known elsewhere is linked in silence (decision
1)."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, Q

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.territory.models import Commune

from ..models import ContactPoint, CustomerRecord, Interest, Objection, Person, RecordTaste, Resident
from ..points import digest, post_line
from ..rules import DEFAULT_RHYTHM, Channel, Source, may_be_one


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """What a shop knows. `email` and `phone` are canonical already (see points.py), or empty."""

    title: str = ""
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    note: str = ""
    last_sale_on: dt.date | None = None
    commune: Commune | None = None
    adult_declared_on: dt.date | None = None
    channel: Channel | None = None
    rhythm: int = DEFAULT_RHYTHM
    large_print: bool = False
    likes: frozenset[Interest] = field(default_factory=frozenset)
    refusals: frozenset[Interest] = field(default_factory=frozenset)


@transaction.atomic
def enrol(
    *, organisation: Organisation, details: CustomerDetails, source: Source, by: Actor
) -> tuple[CustomerRecord, str]:
    """Note a customer, or what is new of one. Returns the record and "created", "updated" or "unchanged": the words
    speak of this shop's file alone."""
    owners = _owners(details)
    person = _person(_known(organisation, details, owners), details)
    _add_missing_points(person, details, source, owners)
    _ensure_resident(person, organisation, details)
    mine = CustomerRecord.objects.filter(organisation=organisation, person=person).first()
    found, outcome = _write_record(mine, organisation, person, details)
    if _write_tastes(found, details) and outcome == "unchanged":
        outcome = "updated"
    if outcome != "unchanged":
        record(by=by, verb=f"customer_{outcome}", on=found, organisation=organisation)
    return found, outcome


# Decision 1: no timing either tells a shop that someone is known elsewhere. So the same questions are asked of the
# database, as many reads and as many writes, whoever it is.


def _owners(details: CustomerDetails) -> dict[str, Person]:
    """Who holds the e-mail and the telephone, by kind of address."""
    given = Q(kind="email", value=details.email) | Q(kind="phone", value=details.phone)
    points = ContactPoint.objects.filter(given).select_related("person")
    return {point.kind: point.person for point in points}


def _known(organisation: Organisation, details: CustomerDetails, owners: dict[str, Person]) -> Person | None:
    """A couple may share a telephone or a mailbox: under another first name it is someone else, whose yes is theirs."""
    by_post, here = _known_by_post(details), _known_here(organisation, details)
    for kind in ("email", "phone"):
        if kind in owners and may_be_one(owners[kind].given_name, details.given_name):
            return owners[kind]
    return by_post or here


def _known_here(organisation: Organisation, details: CustomerDetails) -> Person | None:
    """Whose addresses are missing, or are another's: known by this shop's own words, which the same file repeats."""
    words = {n: getattr(details, n) for n in ("given_name", "family_name", "email", "phone", "address")}
    mine = CustomerRecord.objects.select_related("person").filter(organisation=organisation, **words).first()
    return mine.person if mine else None


def _known_by_post(details: CustomerDetails) -> Person | None:
    """Without e-mail or telephone: the same address under the same name is the same person, else the file would
    grow a twin at each import."""
    if details.email or details.phone or not details.address:
        return None
    same = Person.objects.filter(
        contact_points__kind="post",
        contact_points__value=_post_line(details),
        family_name=details.family_name,
        given_name=details.given_name,
    )
    return same.first()


def _post_line(details: CustomerDetails) -> str:
    return post_line(details.address, details.postcode, details.town)


def _person(known: Person | None, details: CustomerDetails) -> Person:
    if known:
        Person.objects.filter(pk=known.pk).update(created_at=F("created_at"))  # as long as writing a new one
        return known
    return Person.objects.create(
        title=details.title,
        given_name=details.given_name,
        family_name=details.family_name,
        commune=details.commune,
        adult_declared_on=details.adult_declared_on,
        created_at=clock.now(),
    )


def _add_missing_points(person: Person, details: CustomerDetails, source: Source, owners: dict[str, Person]) -> None:
    """A kind of address that the person already has is theirs to change, not the shop's."""
    post = _post_line(details) if details.address else ""
    given = {kind: v for kind, v in (("email", details.email), ("phone", details.phone), ("post", post)) if v}
    had = set(person.contact_points.values_list("kind", flat=True))
    digests = {digest(kind, value): kind for kind, value in given.items()}
    # Someone who objected stays silent whatever a shop's file says, and the shop is not told (decision 1).
    objected = {digests[d] for d in Objection.objects.filter(digest__in=digests).values_list("digest", flat=True)}
    now = clock.now()
    missing = [
        ContactPoint(person=person, kind=k, value=v, source=source, silenced_at=now if k in objected else None)
        for k, v in given.items()
        if k not in had and k not in owners
    ]
    if missing:
        ContactPoint.objects.bulk_create(missing)
    elif given:
        person.contact_points.update(source=F("source"))  # as long as writing new ones


def _ensure_resident(person: Person, organisation: Organisation, details: CustomerDetails) -> None:
    resident = Resident(
        person=person,
        territory=organisation.territory,
        channel=details.channel or _likely_channel(details),
        rhythm=details.rhythm,
        large_print=details.large_print,
    )
    Resident.objects.bulk_create([resident], ignore_conflicts=True)


def _likely_channel(details: CustomerDetails) -> Channel:
    if details.email:
        return Channel.EMAIL
    return Channel.PAPER if details.address or not details.phone else Channel.PHONE


def _write_record(
    mine: CustomerRecord | None, organisation: Organisation, person: Person, details: CustomerDetails
) -> tuple[CustomerRecord, str]:
    """A value left empty never wipes one that is known."""
    names = [
        "title",
        "given_name",
        "family_name",
        "email",
        "phone",
        "address",
        "postcode",
        "town",
        "note",
        "last_sale_on",
    ]
    given = {name: getattr(details, name) for name in names if getattr(details, name)}
    if mine is None:
        new = CustomerRecord(organisation=organisation, person=person, created_at=clock.now(), **given)
        new.save()
        return new, "created"
    changed = [name for name, value in given.items() if getattr(mine, name) != value]
    for name in changed:
        setattr(mine, name, given[name])
    if changed:
        mine.save(update_fields=changed)
    return mine, "updated" if changed else "unchanged"


def _write_tastes(found: CustomerRecord, details: CustomerDetails) -> bool:
    """Whether a taste of the record changed."""
    before = dict(found.tastes.values_list("interest", "liked"))
    after = {i.pk: True for i in details.likes} | {i.pk: False for i in details.refusals}
    changed = {pk: liked for pk, liked in after.items() if before.get(pk) != liked}
    for pk, liked in changed.items():
        RecordTaste.objects.update_or_create(record=found, interest_id=pk, defaults={"liked": liked})
    return bool(changed)
