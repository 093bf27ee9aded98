"""What is known of the customers that a shop notes: read once for all of them, then kept true in memory while they are
noted one after the other.

Decision 1: no timing tells a shop that someone is known elsewhere. So the same questions are asked of the database, as
many reads and as many writes, whoever they are.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q

from parvis.accounts.models import Organisation

from ..models import ContactPoint, CustomerRecord, Objection, Person, RecordTaste
from ..points import digest_of, post_line
from ..rules import may_be_one
from .details import CustomerDetails

_POINTS = ("email", "phone", "post")


class Known:
    """Persons and records may be new, without a number yet: they are told apart as objects."""

    def __init__(self, organisation: Organisation, entries: Sequence[CustomerDetails]) -> None:
        self.persons: dict[int, Person] = {}
        self.records: dict[tuple[str, ...], list[CustomerRecord]] = defaultdict(list)
        self.tastes: dict[int, dict[int, bool]] = defaultdict(dict)  # by id of record: interest -> liked
        self.had: dict[int, dict[str, dt.datetime | None]] = defaultdict(dict)  # by id of person: kind -> silenced
        self.owners: dict[str, Person] = {}  # of an e-mail
        self.by_phone: dict[str, list[Person]] = defaultdict(list)
        self.at_home: dict[tuple[str, ...], Person] = {}
        self._read_records(organisation, entries)
        self._read_owners(entries)
        self._read_persons(organisation)
        self.objected = _objected(entries)

    def _read_records(self, organisation: Organisation, entries: Sequence[CustomerDetails]) -> None:
        found = CustomerRecord.objects.filter(_words(entries), organisation=organisation).order_by()
        mine = list(found.select_related("person"))
        for record in mine:
            record.person = self._one(record.person)
            self.note(record)
        by_pk = {record.pk: record for record in mine}
        tastes = RecordTaste.objects.filter(record__in=[0, *by_pk])
        for pk, interest, liked in tastes.values_list("record", "interest", "liked"):
            self.tastes[id(by_pk[pk])][interest] = liked

    def _read_owners(self, entries: Sequence[CustomerDetails]) -> None:
        """Who holds the e-mails and the telephones; and, without either, who lives at that address under that name."""
        emails, phones = {one.email for one in entries}, {one.phone for one in entries}
        given = Q(kind="email", value__in=emails) | Q(kind="phone", value__in=phones)
        for point in ContactPoint.objects.filter(given).select_related("person").order_by("pk"):
            self._own(point, self._one(point.person))
        lines = {home_of(one) for one in entries if only_home(one)}
        if lines:
            points = ContactPoint.objects.filter(kind="post", value__in=lines).select_related("person")
            for point in points.order_by("-person"):
                person = self._one(point.person)
                self.at_home[point.value, person.given_name, person.family_name] = person

    def _read_persons(self, organisation: Organisation) -> None:
        here = CustomerRecord.objects.filter(organisation=organisation, person__in=[0, *self.persons])
        self.here = {id(self.persons[pk]) for pk in here.values_list("person", flat=True)}
        points = ContactPoint.objects.filter(person__in=[0, *self.persons])
        for pk, kind, silenced in points.values_list("person", "kind", "silenced_at"):
            self.had[id(self.persons[pk])][kind] = silenced

    def _one(self, person: Person) -> Person:
        return self.persons.setdefault(person.pk, person)

    def note(self, record: CustomerRecord) -> None:
        """As it reads now. Under what it read before it is found too, and judged as it reads."""
        for key in _keys(record):
            self.records[key].append(record)

    def alike(self, details: CustomerDetails) -> Iterator[CustomerRecord]:
        """The shop's records that share an address or all the names with these details, each once."""
        told: set[int] = set()
        for key in _keys(details):
            for record in self.records.get(key, ()):
                if id(record) not in told:
                    told.add(id(record))
                    yield record

    def elsewhere(self, details: CustomerDetails) -> list[Person]:
        """Who may be these details' person, by an address that they hold, whichever shop they know; the surest
        first."""
        owner = self.owners.get(details.email)
        held = [*([owner] if owner else []), *self.by_phone.get(details.phone, ())]
        found = [one for one in held if may_be_one(one.given_name, details.given_name)]
        if only_home(details):
            home = self.at_home.get((home_of(details), details.given_name, details.family_name))
            found += [home] if home else []
        return found

    def may_be_joined(self, person: Person, details: CustomerDetails) -> bool:
        """By the e-mail that opens their page, which both shops were given; or by a telephone or a house where nobody
        gave an e-mail. Else one shop's word for an e-mail would open what another shop wrote (decision 0022)."""
        return self.owners.get(details.email) is person or not (details.email or "email" in self.had[id(person)])

    def give(self, point: ContactPoint) -> None:
        """An address that is about to be written."""
        person = point.person
        self.had[id(person)][point.kind] = point.silenced_at
        if point.kind == ContactPoint.Kind.POST:
            self.at_home.setdefault((point.value, person.given_name, person.family_name), person)
        else:
            self._own(point, person)

    def _own(self, point: ContactPoint, person: Person) -> None:
        if point.kind == ContactPoint.Kind.EMAIL:
            self.owners[point.value] = person
        else:
            self.by_phone[point.value].append(person)


def only_home(details: CustomerDetails) -> bool:
    return bool(details.address) and not (details.email or details.phone)


def home_of(one: CustomerDetails | CustomerRecord) -> str:
    return post_line(one.address, one.postcode, one.town)


def addresses_of(details: CustomerDetails) -> dict[str, str]:
    """Kind -> value, of those that were given."""
    home = home_of(details) if details.address else ""
    return {kind: v for kind, v in zip(_POINTS, (details.email, details.phone, home), strict=True) if v}


def _keys(one: CustomerDetails | CustomerRecord) -> list[tuple[str, ...]]:
    points = [(kind, value) for kind, value in (("email", one.email), ("phone", one.phone)) if value]
    return [*points, ("name", one.given_name, one.family_name, one.address)]


def _words(entries: Iterable[CustomerDetails]) -> Q:
    """Wider than what is asked: `alike` tells which is whose."""
    emails = {one.email for one in entries} - {""}
    phones = {one.phone for one in entries} - {""}
    names: dict[str, set[str]] = defaultdict(set)
    for one in entries:
        for field in ("given_name", "family_name", "address"):
            names[field].add(getattr(one, field))
    words = Q(**{f"{field}__in": values for field, values in names.items()})
    if emails:
        words |= Q(email__in=emails)
    if phones:
        words |= Q(phone__in=phones)
    return words


def _objected(entries: Iterable[CustomerDetails]) -> dict[str, dt.datetime]:
    digests = {digest_of(one, kind, value) for one in entries for kind, value in addresses_of(one).items()}
    return dict(Objection.objects.filter(digest__in=digests).values_list("digest", "at"))
