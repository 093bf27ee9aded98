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
from ..points import digest_of, post_line
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
    adult_told_on: dt.date | None = None  # the day the shop was told, for its own record (decision 0015)
    minor: bool = False  # the shop now knows the contrary: what it was told before no longer holds
    commune: Commune | None = None
    adult_declared_on: dt.date | None = None  # by the person in so many words, of a person not known yet
    channel: Channel | None = None
    rhythm: int = DEFAULT_RHYTHM
    large_print: bool = False
    likes: frozenset[Interest] = field(default_factory=frozenset)
    refusals: frozenset[Interest] = field(default_factory=frozenset)


# The words of a record, as the shop says them.
_NOTED = ("title", "given_name", "family_name", "email", "phone", "address", "postcode", "town", "note", "last_sale_on")


@transaction.atomic
def enrol(
    *, organisation: Organisation, details: CustomerDetails, source: Source, by: Actor
) -> tuple[CustomerRecord, str]:
    """Note a customer, or what is new of one. Returns the record and "created", "updated" or "unchanged": the words
    speak of this shop's file alone."""
    mine = own_record(organisation, details)
    owners = _owners(details)
    person, aside = (mine.person, False) if mine else _person(organisation, details, owners)
    _add_missing_points(person, details, source, owners, aside=aside)
    _ensure_resident(person, organisation, details)
    found, outcome = _write_record(mine, organisation, person, details)
    if _write_tastes(found, details) and outcome == "unchanged":
        outcome = "updated"
    if outcome != "unchanged":
        record(by=by, verb=f"customer_{outcome}", on=found, organisation=organisation)
    return found, outcome


def own_record(organisation: Organisation, details: CustomerDetails) -> CustomerRecord | None:
    """The shop's record of this customer, known by what that record itself says. What others know counts for nothing
    here: else "updated" would tell the shop whose address it typed (decision 1)."""
    words = Q(given_name=details.given_name, family_name=details.family_name, address=details.address)
    if details.email:
        words |= Q(email=details.email)
    if details.phone:
        words |= Q(phone=details.phone)
    records = CustomerRecord.objects.filter(words, organisation=organisation).order_by().select_related("person")
    ranked = {record: rank for record in records if (rank := _likeness(record, details))}
    return min(ranked, key=lambda record: ranked[record], default=None)


def _likeness(mine: CustomerRecord, details: CustomerDetails) -> tuple[bool, bool, bool, int] | None:
    """How surely a record is of this customer: the least first, None where it is someone else's.

    A couple may share a telephone or a mailbox: under another name it is someone else, whose yes is theirs. The same
    telephone, or the same name at the same address, is one person, unless two e-mails tell them apart.
    """
    kept, given = (mine.email, mine.phone), (details.email, details.phone)
    email, phone = (bool(old) and old == new for old, new in zip(kept, given, strict=True))
    apart = any(old and new and old != new for old, new in zip(kept, given, strict=True))
    names = (mine.given_name, mine.family_name) == (details.given_name, details.family_name)
    home = _post_line(mine) == _post_line(details) and (bool(details.address) or kept == given)
    by_number = phone and (names or not apart)
    if (_may_be_named(mine, details) and (email or by_number)) or (names and home and not apart):
        return not email, not phone, not names, mine.pk
    return None


def _may_be_named(mine: CustomerRecord, details: CustomerDetails) -> bool:
    """A family name may change, under one first name; where a first name is missing, two families are two persons."""
    families = {name.casefold() for name in (mine.family_name, details.family_name) if name}
    unsure = not (mine.given_name and details.given_name)
    return may_be_one(mine.given_name, details.given_name) and not (unsure and len(families) > 1)


# Decision 1: no timing either tells a shop that someone is known elsewhere. So the same questions are asked of the
# database, as many reads and as many writes, whoever it is.


def _owners(details: CustomerDetails) -> dict[str, Person]:
    """Who holds the e-mail and the telephone, by kind of address."""
    given = Q(kind="email", value=details.email) | Q(kind="phone", value=details.phone)
    points = ContactPoint.objects.filter(given).select_related("person")
    return {point.kind: point.person for point in points}


def _person(organisation: Organisation, details: CustomerDetails, owners: dict[str, Person]) -> tuple[Person, bool]:
    """Who is behind a new record, and whether they stand aside: someone whom this shop knows already, by words that
    this record does not repeat, may not be shown to be the same. The record then gets a person of its own."""
    known = _known(details, owners)
    here = CustomerRecord.objects.filter(organisation=organisation, person=known.pk if known else 0).exists()
    if known and not here:
        Person.objects.filter(pk=known.pk).update(created_at=F("created_at"))  # as long as writing a new one
        return known, False
    new = Person.objects.create(
        title=details.title,
        given_name=details.given_name,
        family_name=details.family_name,
        commune=details.commune,
        adult_declared_on=details.adult_declared_on,
        created_at=clock.now(),
    )
    return new, here


def _known(details: CustomerDetails, owners: dict[str, Person]) -> Person | None:
    by_post = _known_by_post(details)
    for kind in ("email", "phone"):
        if kind in owners and may_be_one(owners[kind].given_name, details.given_name):
            return owners[kind]
    return by_post


def _known_by_post(details: CustomerDetails) -> Person | None:
    """Without e-mail or telephone: the same name at the same address is the same person."""
    if details.email or details.phone or not details.address:
        return None
    same = Person.objects.filter(
        contact_points__kind="post",
        contact_points__value=_post_line(details),
        family_name=details.family_name,
        given_name=details.given_name,
    )
    return same.first()


def _post_line(details: CustomerDetails | CustomerRecord) -> str:
    return post_line(details.address, details.postcode, details.town)


def _add_missing_points(
    person: Person, details: CustomerDetails, source: Source, owners: dict[str, Person], *, aside: bool
) -> None:
    """A kind of address that the person already has is theirs to change, not the shop's; another's stays another's."""
    post = _post_line(details) if details.address else ""
    given = {kind: v for kind, v in (("email", details.email), ("phone", details.phone), ("post", post)) if v}
    had = dict(person.contact_points.values_list("kind", "silenced_at"))
    silent = _silent_since(details, given, had, aside=aside)
    missing = [
        ContactPoint(person=person, kind=kind, value=value, source=source, silenced_at=silent.get(kind))
        for kind, value in given.items()
        if kind not in had and kind not in owners
    ]
    if missing:
        ContactPoint.objects.bulk_create(missing)
    elif given:
        person.contact_points.update(source=F("source"))  # as long as writing new ones


def _silent_since(
    details: CustomerDetails, given: dict[str, str], had: dict[str, dt.datetime | None], *, aside: bool
) -> dict[str, dt.datetime | None]:
    """Someone who objected stays silent whatever a shop's file says, at a new address too, and the shop is not told
    (decision 1). Whoever stands aside stays silent too: they may have refused this very shop under another address."""
    digests = {digest_of(details, kind, value): kind for kind, value in given.items()}
    objected = Objection.objects.filter(digest__in=digests).values_list("digest", "at")
    since = max(filter(None, had.values()), default=clock.now() if aside else None)
    silent: dict[str, dt.datetime | None] = dict.fromkeys(given, since)
    silent.update({digests[kept]: at for kept, at in objected})
    return silent


def _ensure_resident(person: Person, organisation: Organisation, details: CustomerDetails) -> None:
    resident = Resident(
        person=person,
        territory=organisation.territory,
        channel=details.channel or likely_channel(details),
        rhythm=details.rhythm,
        large_print=details.large_print,
    )
    Resident.objects.bulk_create([resident], ignore_conflicts=True)


def likely_channel(details: CustomerDetails) -> Channel:
    if details.email:
        return Channel.EMAIL
    return Channel.PAPER if details.address or not details.phone else Channel.PHONE


def _write_record(
    mine: CustomerRecord | None, organisation: Organisation, person: Person, details: CustomerDetails
) -> tuple[CustomerRecord, str]:
    """A value left empty never wipes one that is known."""
    given = {name: getattr(details, name) for name in _NOTED if getattr(details, name)}
    if mine is None:
        mine = CustomerRecord(organisation=organisation, person=person, created_at=clock.now(), **given)
        mine.adult_told_on, mine.minor_told_on = _told_age(None, details)
        mine.save()
        return mine, "created"
    given["adult_told_on"], given["minor_told_on"] = _told_age(mine, details)
    changed = [name for name, value in given.items() if getattr(mine, name) != value]
    for name in changed:
        setattr(mine, name, given[name])
    if changed:
        mine.save(update_fields=changed)
    return mine, "updated" if changed else "unchanged"


def _told_age(mine: CustomerRecord | None, details: CustomerDetails) -> tuple[dt.date | None, dt.date | None]:
    """The days on which this shop was told that the person is an adult, or is not: the last word of the two stands."""
    adult, minor = (mine.adult_told_on, mine.minor_told_on) if mine else (None, None)
    if details.minor:
        return None, minor or clock.today()
    return (adult or details.adult_told_on), (None if details.adult_told_on else minor)


def _write_tastes(found: CustomerRecord, details: CustomerDetails) -> bool:
    """Whether a taste of the record changed."""
    before = dict(found.tastes.values_list("interest", "liked"))
    after = {i.pk: True for i in details.likes} | {i.pk: False for i in details.refusals}
    changed = {pk: liked for pk, liked in after.items() if before.get(pk) != liked}
    for pk, liked in changed.items():
        RecordTaste.objects.update_or_create(record=found, interest_id=pk, defaults={"liked": liked})
    return bool(changed)
