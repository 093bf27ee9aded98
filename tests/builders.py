"""Small worlds for tests, built through the real actions. Everyone here is invented."""

import datetime as dt
from collections.abc import Sequence
from itertools import count
from typing import Any

from parvis.accounts import actions as accounts
from parvis.accounts.models import Organisation, User
from parvis.accounts.rules import Role
from parvis.announcements.actions import Words, announce
from parvis.announcements.models import Announcement
from parvis.announcements.rules import Kind
from parvis.contacts.actions import CustomerDetails, enrol, grant
from parvis.contacts.models import ConsentEvent, CustomerRecord, Interest, Person, Wording
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.delivery.actions import Draft, DraftPart
from parvis.rounds.actions import plan_round
from parvis.rounds.models import Round
from parvis.territory.actions import create_territory
from parvis.territory.models import Commune, Territory

BY = Actor("test", "le test")
TUESDAY = dt.datetime(2026, 11, 24, 18, tzinfo=clock.PARIS)  # the hour of a round, in week 2026-W48

_NAMES = {
    "la-brassee": "La Brassée",
    "cave-du-tilleul": "Cave du Tilleul",
    "fournil-des-sources": "Le Fournil des Sources",
    "enseignes-du-plateau": "Les Enseignes du Plateau",
}
_number = count(3000)  # tests write numbers below by hand


def territory(*, slug: str = "plateau-briard", codes: Sequence[str] = ("94075", "94047")) -> Territory:
    """Villecresnes and Mandres-les-Roses, once."""
    return create_territory(slug=slug, name="Plateau briard", of_name="du Plateau briard", insee_codes=codes, by=BY)


def shop(*, slug: str = "la-brassee", on: Territory | None = None, **details: Any) -> Organisation:
    """An organisation, once for each territory and slug. `details`: kind, name, phone, paper, ..."""
    place = on or territory()
    if found := place.organisations.filter(slug=slug).first():
        return found
    stated: dict[str, Any] = {
        "kind": Organisation.Kind.SHOP,
        "name": _NAMES.get(slug, slug.replace("-", " ").capitalize()),
        "commune": Commune.objects.get(insee="94075"),
    }
    return accounts.create_organisation(territory=place, slug=slug, by=BY, **(stated | details))


def association(*, on: Territory | None = None) -> Organisation:
    return shop(slug="enseignes-du-plateau", on=on, kind=Organisation.Kind.ASSOCIATION)


def user(*, of: Organisation, role: Role = Role.OWNER, email: str = "", name: str = "Claire Vasseur") -> User:
    address = email or f"{role}@{of.slug}.example"
    return accounts.appoint(email=address, name=name, organisation=of, role=role, by=BY).user


def interest(slug: str = "fleurs") -> Interest:
    return Interest.objects.get(slug=slug)


def details(**changes: Any) -> CustomerDetails:
    """A neighbour who has an e-mail, a telephone and an address, unlike any before."""
    n = next(_number)
    stated: dict[str, Any] = {
        "title": "Mme",
        "given_name": "Odile",
        "family_name": f"Ferrand{n}",
        "email": f"odile{n}@courriel.example",
        "phone": f"+3363998{n:04d}",
        "address": f"{n} rue du Lavoir",
        "postcode": "94440",
        "town": "Villecresnes",
        "adult_declared_on": clock.today(),
        "channel": Channel.EMAIL,
        "rhythm": 7,
    }
    return CustomerDetails(**(stated | changes))


def customer(
    of: Organisation,
    *,
    channel: Channel = Channel.EMAIL,
    consent: bool = True,
    likes: Sequence[str] = (),
    refusals: Sequence[str] = (),
    **changes: Any,
) -> CustomerRecord:
    """Someone in the shop's file, with a yes on their channel unless told otherwise. The tastes are the shop's notes;
    `changes` are fields of CustomerDetails (rhythm, email, phone, adult_declared_on, ...)."""
    noted = details(
        channel=channel,
        likes=frozenset(interest(slug) for slug in likes),
        refusals=frozenset(interest(slug) for slug in refusals),
        **changes,
    )
    record, _ = enrol(organisation=of, details=noted, source=Source.COUNTER, by=BY)
    if consent:
        say_yes(record.person, to=of, channel=channel)
    return record


def wording(key: str) -> Wording:
    return Wording.objects.filter(key=key).order_by("-version")[0]


def say_yes(
    person: Person,
    *,
    to: Organisation,
    channel: Channel = Channel.EMAIL,
    on: dt.date | None = None,
    key: str = "",
    source: Source = Source.COUNTER,
    addresses: bool = True,
) -> ConsentEvent:
    """A yes heard at the counter, where the addresses are given again unless told otherwise; `key` names another
    wording ("sale-email")."""
    if addresses and not CustomerRecord.objects.filter(organisation=to, person=person).exists():
        _give_addresses(person, to)
    return grant(
        person=person,
        sender=to,
        channel=channel,
        wording=wording(key or f"counter-{channel}"),
        source=source,
        given_on=on or clock.today(),
        by=BY,
    )


def _give_addresses(person: Person, to: Organisation) -> None:
    points = dict(person.contact_points.values_list("kind", "value"))
    street, _, place = points.get("post", "").rpartition(", ")
    postcode, _, town = place.partition(" ")
    CustomerRecord.objects.create(
        organisation=to,
        person=person,
        title=person.title,
        given_name=person.given_name,
        family_name=person.family_name,
        email=points.get("email", ""),
        phone=points.get("phone", ""),
        address=street,
        postcode=postcode,
        town=town,
        created_at=clock.now(),
        under_email="email" in points,
    )


def announcement(of: Organisation, *, interests: Sequence[str] = ("fleurs",), **words: Any) -> Announcement:
    """`words`: fields of announcements.actions.Words (kind, title, seats, children, starts_at, ...)."""
    stated: dict[str, Any] = {"kind": Kind.NEWS, "title": "Les dahlias sont là"}
    return announce(
        organisation=of,
        words=Words(**(stated | words)),
        interests=[interest(slug) for slug in interests],
        by=BY,
    )


def due_round(of: Territory) -> Round:
    return plan_round(territory=of, due_at=clock.now(), by=BY)


def part(
    of: Organisation,
    *,
    subject: str = "",
    interests: Sequence[str] = (),
    alcohol: bool = False,
    children: bool = False,
    until: dt.datetime | None = None,
    **content: str,
) -> DraftPart:
    said = {"title": "Les dahlias sont là", "reason": "Vous avez dit oui au comptoir."}
    return DraftPart(
        sender=of,
        subject=subject or f"announcement:{next(_number)}",
        content=said | content,
        interests=tuple(interest(slug).pk for slug in interests),
        alcohol=alcohol,
        children=children,
        until=until,
    )


def draft(
    to: Person,
    *parts: DraftPart,
    channel: Channel = Channel.EMAIL,
    key: str = "",
    caller: Organisation | None = None,
) -> Draft:
    return Draft(
        key=key or f"test:{next(_number)}",
        person_id=to.pk,
        channel=channel,
        parts=parts,
        caller=caller,
    )
