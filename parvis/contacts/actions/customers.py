"""A shop notes a customer. What it types stays in its record; a person known elsewhere is linked in silence (decision
1)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import Line, record_all
from parvis.core.actors import Actor

from ..models import ContactPoint, CustomerRecord, Person, RecordTaste, Resident
from ..points import digest_of
from ..rules import Channel, Source, may_be_one
from .details import CustomerDetails
from .known import Known, addresses_of, home_of

A_SLICE = 500  # customers read and written together: what one statement of SQLite holds

_TOLD = frozenset({"created", "updated"})  # in the shop's journal

# The words of a record, as the shop says them.
_NOTED = ("title", "given_name", "family_name", "email", "phone", "address", "postcode", "town", "note", "last_sale_on")


@transaction.atomic
def enrol(
    *, organisation: Organisation, details: CustomerDetails, source: Source, by: Actor
) -> tuple[CustomerRecord, str]:
    """Note a customer, or what is new of one. Returns the record and "created", "updated" or "unchanged": the words
    speak of this shop's file alone."""
    return enrol_many(organisation=organisation, entries=[details], source=source, by=by)[0]


@transaction.atomic
def enrol_many(
    *, organisation: Organisation, entries: Sequence[CustomerDetails], source: Source, by: Actor
) -> list[tuple[CustomerRecord, str]]:
    """As `enrol` for each, one after the other, in far fewer questions to the database. A second entry of one record
    is "twice", and is not written: it would undo the first."""
    noted: list[tuple[CustomerRecord, str]] = []
    for start in range(0, len(entries), A_SLICE):
        some = _Slice(organisation, entries[start : start + A_SLICE], source, {found.pk for found, _ in noted})
        some.write()
        noted += some.noted
        lines = [Line(f"customer_{outcome}", found) for found, outcome in some.noted if outcome in _TOLD]
        record_all(lines, by=by, organisation=organisation)
    return noted


class _Slice:
    """Some customers: judged one after the other in memory, then written together."""

    def __init__(
        self, organisation: Organisation, entries: Sequence[CustomerDetails], source: Source, earlier: set[int]
    ) -> None:
        """`earlier`: the records that the slices before wrote."""
        self.organisation, self.source, self.earlier = organisation, source, earlier
        self.known = Known(organisation, entries)
        self.noted: list[tuple[CustomerRecord, str]] = []
        self.written: set[int] = set()  # ids in memory: a new record has no number yet
        self.new_persons: list[Person] = []
        self.linked: list[Person] = []
        self.new_points: list[ContactPoint] = []
        self.pointed: list[Person] = []
        self.residents: list[tuple[Person, CustomerDetails]] = []
        self.changed: dict[int, tuple[CustomerRecord, set[str]]] = {}
        self.tastes: dict[tuple[int, int], RecordTaste] = {}
        for details in entries:
            self._note(details)

    def _note(self, details: CustomerDetails) -> None:
        mine = self._own_record(details)
        if mine and self._has_written(mine):
            self.noted.append((mine, "twice"))
            return
        person, aside = (mine.person, False) if mine else self._person(details)
        self._add_missing_points(person, details, aside=aside)
        self.residents.append((person, details))
        under = self.known.owners.get(details.email) is person
        found, outcome = (mine, self._complete(mine, details)) if mine else (self._begin(person, details), "created")
        if under and not found.under_email:
            found.under_email = True
            if found.pk:
                self.changed.setdefault(found.pk, (found, set()))[1].add("under_email")
        if self._note_tastes(found, details) and outcome == "unchanged":
            outcome = "updated"
        self.known.note(found)
        self.noted.append((found, outcome))
        self.written.add(id(found))

    def _has_written(self, mine: CustomerRecord) -> bool:
        return mine.pk in self.earlier or id(mine) in self.written

    def _own_record(self, details: CustomerDetails) -> CustomerRecord | None:
        """The shop's record of this customer, known by what that record itself says. What others know counts for
        nothing here: else "updated" would tell the shop whose address it typed (decision 1)."""
        alike = self.known.alike(details)
        ranked = [(rank, _age(one), one) for one in alike if (rank := _likeness(one, details))]
        return min(ranked, key=lambda found: found[:2])[2] if ranked else None

    def _person(self, details: CustomerDetails) -> tuple[Person, bool]:
        """Who is behind a new record, and whether they stand aside: someone whom this shop knows already, by words
        that this record does not repeat, may not be shown to be the same. The record then gets a person of its own."""
        alike = self.known.elsewhere(details)
        here = any(id(one) in self.known.here for one in alike)
        joined = [one for one in alike if self.known.may_be_joined(one, details)]
        if joined and not here:
            self.linked.append(joined[0])
            return joined[0], False
        new = Person(
            title=details.title,
            given_name=details.given_name,
            family_name=details.family_name,
            commune=details.commune,
            adult_declared_on=details.adult_declared_on,
            created_at=clock.now(),
        )
        self.new_persons.append(new)
        return new, here

    def _add_missing_points(self, person: Person, details: CustomerDetails, *, aside: bool) -> None:
        """A kind of address that the person already has is theirs to change, not the shop's; another's e-mail stays
        another's."""
        given, had = addresses_of(details), self.known.had[id(person)]
        silent = self._silent_since(details, given, had, aside=aside)
        missing = [
            ContactPoint(person=person, kind=kind, value=value, source=self.source, silenced_at=silent.get(kind))
            for kind, value in given.items()
            if kind not in had and not (kind == ContactPoint.Kind.EMAIL and value in self.known.owners)
        ]
        for point in missing:
            self.known.give(point)
        self.new_points += missing
        if given and not missing:
            self.pointed.append(person)

    def _silent_since(
        self,
        details: CustomerDetails,
        given: dict[str, str],
        had: dict[str, dt.datetime | None],
        *,
        aside: bool,
    ) -> dict[str, dt.datetime | None]:
        """Someone who objected stays silent whatever a shop's file says, at a new address too, and the shop is not told
        (decision 1). Whoever stands aside stays silent too: they may have refused this very shop under another
        address."""
        objected = {kind: self.known.objected.get(digest_of(details, kind, value)) for kind, value in given.items()}
        since = max(filter(None, had.values()), default=clock.now() if aside else None)
        return {kind: objected[kind] or since for kind in given}

    def _begin(self, person: Person, details: CustomerDetails) -> CustomerRecord:
        given = {name: getattr(details, name) for name in _NOTED if getattr(details, name)}
        mine = CustomerRecord(organisation=self.organisation, person=person, created_at=clock.now(), **given)
        mine.adult_told_on, mine.minor_told_on = _told_age(None, details)
        self.known.here.add(id(person))
        return mine

    def _complete(self, mine: CustomerRecord, details: CustomerDetails) -> str:
        """A value left empty never wipes one that is known."""
        given = {name: getattr(details, name) for name in _NOTED if getattr(details, name)}
        given["adult_told_on"], given["minor_told_on"] = _told_age(mine, details)
        changed = {name for name, value in given.items() if getattr(mine, name) != value}
        for name in changed:
            setattr(mine, name, given[name])
        if changed and mine.pk:
            self.changed.setdefault(mine.pk, (mine, set()))[1].update(changed)
        return "updated" if changed else "unchanged"

    def _note_tastes(self, found: CustomerRecord, details: CustomerDetails) -> bool:
        """Whether a taste of the record changed."""
        before = self.known.tastes[id(found)]
        after = {i.pk: True for i in details.likes} | {i.pk: False for i in details.refusals}
        changed = {pk: liked for pk, liked in after.items() if before.get(pk) != liked}
        for pk, liked in changed.items():
            self.tastes[id(found), pk] = RecordTaste(record=found, interest_id=pk, liked=liked)
        before.update(changed)
        return bool(changed)

    def write(self) -> None:
        """In the order that keys ask for. Whoever is known already is written to as long as somebody new."""
        Person.objects.bulk_create(self.new_persons)
        if self.linked:
            Person.objects.filter(pk__in=[p.pk for p in self.linked]).update(created_at=F("created_at"))
        ContactPoint.objects.bulk_create(self.new_points)
        if self.pointed:
            ContactPoint.objects.filter(person__in=[p.pk for p in self.pointed]).update(source=F("source"))
        Resident.objects.bulk_create([self._resident(*one) for one in self.residents], ignore_conflicts=True)
        CustomerRecord.objects.bulk_create([record for record, _ in self._each_new()])
        for mine, changed in self.changed.values():
            mine.save(update_fields=changed)
        RecordTaste.objects.bulk_create(
            self.tastes.values(), update_conflicts=True, unique_fields=["record", "interest"], update_fields=["liked"]
        )

    def _each_new(self) -> list[tuple[CustomerRecord, str]]:
        return [one for one in self.noted if one[1] == "created"]

    def _resident(self, person: Person, details: CustomerDetails) -> Resident:
        return Resident(
            person=person,
            territory=self.organisation.territory,
            channel=details.channel or likely_channel(details),
            rhythm=details.rhythm,
            large_print=details.large_print,
        )


def _age(mine: CustomerRecord) -> tuple[bool, int]:
    """The oldest record first; those that have no number yet come after, in the order noted."""
    return mine.pk is None, mine.pk or 0


def likely_channel(details: CustomerDetails) -> Channel:
    if details.email:
        return Channel.EMAIL
    return Channel.PAPER if details.address or not details.phone else Channel.PHONE


def _likeness(mine: CustomerRecord, details: CustomerDetails) -> tuple[bool, bool, bool] | None:
    """How surely a record is of this customer: the least first, None where it is someone else's.

    A couple may share a telephone or a mailbox: under another name it is someone else, whose yes is theirs. The same
    telephone, or the same name at the same address, is one person, unless two e-mails tell them apart.
    """
    kept, given = (mine.email, mine.phone), (details.email, details.phone)
    email, phone = (bool(old) and old == new for old, new in zip(kept, given, strict=True))
    apart = any(old and new and old != new for old, new in zip(kept, given, strict=True))
    names = (mine.given_name, mine.family_name) == (details.given_name, details.family_name)
    home = home_of(mine) == home_of(details) and (bool(details.address) or kept == given)
    by_number = phone and (names or not apart)
    if (_may_be_named(mine, details) and (email or by_number)) or (names and home and not apart):
        return not email, not phone, not names
    return None


def _may_be_named(mine: CustomerRecord, details: CustomerDetails) -> bool:
    """A family name may change, under one first name; where a first name is missing, two families are two persons."""
    families = {name.casefold() for name in (mine.family_name, details.family_name) if name}
    unsure = not (mine.given_name and details.given_name)
    return may_be_one(mine.given_name, details.given_name) and not (unsure and len(families) > 1)


def _told_age(mine: CustomerRecord | None, details: CustomerDetails) -> tuple[dt.date | None, dt.date | None]:
    """The days on which this shop was told that the person is an adult, or is not: the last word of the two stands."""
    adult, minor = (mine.adult_told_on, mine.minor_told_on) if mine else (None, None)
    if details.minor:
        return None, minor or clock.today()
    return (adult or details.adult_told_on), (None if details.adult_told_on else minor)
