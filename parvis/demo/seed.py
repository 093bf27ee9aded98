"""Builds the demo territory through the same actions as everyone: no row is written behind their back."""

import datetime as dt
import random

from django.db import transaction

from parvis.accounts import actions as accounts
from parvis.accounts.models import Organisation, User
from parvis.accounts.rules import Permission, Role
from parvis.announcements.actions import announce
from parvis.contacts.actions import CustomerDetails, enrol, grant, set_profiling, set_taste
from parvis.contacts.models import Interest, Wording
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.directory.actions import claim
from parvis.directory.models import Business
from parvis.photos.actions import add_photo
from parvis.rounds.actions import plan_round
from parvis.territory.actions import create_known_territory
from parvis.territory.models import Commune, Territory

from . import places
from .cutpaper import draw, raster
from .people import InventedPerson, invent_people
from .stock import SIRETS

SEED = 94075
RESIDENTS = 200
BY = Actor("demo", "la démonstration")

# Tastes that go together, so that the demo's sorting has something to sort.
FAMILIES = (
    ("fleurs", "ateliers-floraux", "jardin", "decoration"),
    ("whiskys", "japon", "vins-rouges", "degustations-de-vin"),
    ("pains", "patisseries", "fromages", "producteurs-d-ici"),
    ("ateliers-enfants", "enfants-et-famille", "jeux-de-societe", "livres-pour-enfants"),
    ("bieres-artisanales", "cidres-et-poires", "velo", "marches"),
)


def is_there() -> bool:
    return Territory.objects.filter(slug=places.TERRITORY).exists()


@transaction.atomic
def found() -> Territory:
    """The territory, its organisations, and who acts for them."""
    territory = create_known_territory(slug=places.TERRITORY, by=BY)
    assert territory
    organisations = {p.slug: _organisation(territory, p) for p in (places.ASSOCIATION, *places.SHOPS)}
    _people_who_act(organisations)
    return territory


def _organisation(territory: Territory, place: places.Place) -> Organisation:
    return accounts.create_organisation(
        territory=territory,
        kind=place.kind,
        name=place.name,
        slug=place.slug,
        commune=Commune.objects.get(insee=place.insee),
        by=BY,
        trade=place.trade,
        address=place.address,
        phone=place.phone,
        email=place.email,
        paper=place.paper,
        without_screen=place.without_screen,
    )


def _people_who_act(organisations: dict[str, Organisation]) -> None:
    association = organisations[places.ASSOCIATION.slug]
    name, email = places.CLAIRE
    claire = accounts.appoint(email=email, name=name, organisation=association, role=Role.OFFICER, by=BY).user
    for slug, (owner, address) in places.OWNERS.items():
        accounts.appoint(email=address, name=owner, organisation=organisations[slug], role=Role.OWNER, by=BY)
    _mandate(organisations[places.FLORIST.slug], claire, association)


def _mandate(florist: Organisation, claire: User, association: Organisation) -> None:
    accounts.give_mandate(
        organisation=florist,
        holder=claire,
        through=association,
        permissions=[Permission.SEE_DESK, Permission.ANNOUNCE, Permission.SEE_PAPER],
        signed_by=places.FLORIST_OWNER,
        signed_on=clock.today() - dt.timedelta(days=75),
        evidence="Classeur des mandats, au local de l’association",
        by=BY,
    )


@transaction.atomic
def settle(territory: Territory) -> None:
    """The residents, their yeses at the counters, and their tastes."""
    organisations = {o.slug: o for o in territory.organisations.all()}
    communes = [(c.insee, c.postcodes.split()[0], c.name, c.population) for c in territory.communes.all()]
    interests = {interest.slug: interest for interest in Interest.objects.all()}
    people = invent_people(
        RESIDENTS,
        seed=SEED,
        communes=communes,
        interests=[slug for family in FAMILIES for slug in family],
        families=FAMILIES,
        shops=[place.slug for place in places.SHOPS],
    )
    wordings = {w.key: w for w in Wording.objects.order_by("version")}
    by_insee = {c.insee: c for c in territory.communes.all()}
    chance = random.Random(SEED)
    for person in people:
        _resident(person, by_insee[person.insee], organisations, interests, wordings, chance)


def _resident(
    person: InventedPerson,
    commune: Commune,
    organisations: dict[str, Organisation],
    interests: dict[str, Interest],
    wordings: dict[str, Wording],
    chance: random.Random,
) -> None:
    """Someone who said yes at the counter of the shops they go to."""
    today = clock.today()
    for slug in person.customers_of:
        details = CustomerDetails(
            title=person.title,
            given_name=person.given_name,
            family_name=person.family_name,
            email=person.email or "",
            phone=person.phone or "",
            address=person.address,
            postcode=person.postcode,
            town=person.town,
            commune=commune,
            adult_declared_on=today if person.adult else None,
            channel=Channel(person.channel),
            rhythm=person.rhythm,
            large_print=person.large_print,
        )
        record, _ = enrol(organisation=organisations[slug], details=details, source=Source.COUNTER, by=BY)
        if chance.random() < 0.85:
            grant(
                person=record.person,
                sender=organisations[slug],
                channel=Channel(person.channel),
                wording=wordings[f"counter-{person.channel}"],
                source=Source.COUNTER,
                given_on=today - dt.timedelta(days=chance.randrange(5, 600)),
                by=BY,
            )
    for slug, liked in person.tastes:
        set_taste(person=record.person, interest=interests[slug], liked=liked, by=BY)
    if not person.profiling:
        set_profiling(person=record.person, profiling=False, by=BY)


@transaction.atomic
def say_all(territory: Territory) -> None:
    """What the shops have to say, and the round that will carry it, due at once."""
    organisations = {o.slug: o for o in territory.organisations.all()}
    interests = {interest.slug: interest for interest in Interest.objects.all()}
    claire = Actor("demo", f"{places.CLAIRE[0]} ({places.ASSOCIATION.name}), pour {places.FLORIST.name}")
    for number, says in enumerate(places.all_says()):
        organisation = organisations[says.place.slug]
        owner = places.OWNERS.get(says.place.slug)
        by = Actor("demo", owner[0]) if owner else claire
        picture = raster(draw(says.picture, seed=SEED + number, ground=says.place.paper), 1600)
        photo = add_photo(organisation=organisation, upload=picture, alt=says.alt, author="Parvis", right="demo", by=BY)
        announce(
            organisation=organisation,
            words=says.words,
            interests=[interests[slug] for slug in says.interests],
            by=by,
            photo=photo,
            mandate=organisation.mandates.first(),
        )
    plan_round(territory=territory, due_at=clock.now(), by=BY)


def claim_windows(territory: Territory) -> None:
    """The three shops recognise themselves in the register's list, where it is the demo's own."""
    here = set(Business.objects.filter(siret__in=SIRETS.values()).values_list("siret", flat=True))
    for slug, siret in SIRETS.items():
        if siret in here:
            claim(siret=siret, organisation=territory.organisations.get(slug=slug), by=BY)
