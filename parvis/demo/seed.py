"""Founds the demo territory through the same actions as everyone: no row is written behind their back."""

import datetime as dt

from django.db import transaction

from parvis.accounts import actions as accounts
from parvis.accounts.models import Organisation, User
from parvis.accounts.rules import Permission, Role
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.directory.actions import claim
from parvis.directory.models import Business
from parvis.directory.windows import set_hours, set_special_day, show_window
from parvis.photos.actions import add_photo
from parvis.territory.actions import create_known_territory
from parvis.territory.models import Commune, Territory

from . import places
from .places import ASSOCIATION, CLAIRE, Place
from .stock import SIRETS
from .studio import Studio

PLACES = places.PLACES  # the shops that it founds
BY = Actor("demo", "la démonstration")
DELEGATED = [
    Permission.SEE_DESK,
    Permission.ANNOUNCE,
    Permission.EDIT_WINDOW,
    Permission.ENROL,
    Permission.SEE_PAPER,
]


def is_there() -> bool:
    return Territory.objects.filter(slug=places.TERRITORY).exists()


@transaction.atomic
def found() -> Territory:
    """The territory, its organisations, and who acts for them."""
    territory = create_known_territory(slug=places.TERRITORY, by=BY)
    assert territory
    association = _organisation(territory, ASSOCIATION, legal_name=f"{ASSOCIATION.name}, association loi de 1901")
    claire = _appoint(*CLAIRE, association, Role.OFFICER)
    for rank, place in enumerate(PLACES):
        shop = _organisation(territory, place, **_publisher(rank, place))
        if place.owner_email:
            _appoint(place.owner, place.owner_email, shop, Role.OWNER)
        else:
            _mandate(place, shop, claire, association)
    return territory


def _organisation(territory: Territory, place: Place, **publisher: str) -> Organisation:
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
        **publisher,
        director=place.owner or CLAIRE[0],
    )


def _publisher(rank: int, place: Place) -> dict[str, str]:
    """Rule 12: whose window it is. The SIREN is nobody's, like the whole of SIRETS."""
    alone = place.without_screen or rank % 3 == 0
    siren = SIRETS[place.slug][:9]
    court = "Évry" if place.insee.startswith("91") else "Créteil"
    return {
        "legal_name": f"{place.owner}, entreprise individuelle" if alone else f"SARL {place.name}",
        "registration": f"RCS {court} {siren[:3]} {siren[3:6]} {siren[6:]}",
    }


def _appoint(name: str, email: str, organisation: Organisation, role: Role) -> User:
    return accounts.appoint(email=email, name=name, organisation=organisation, role=role, by=BY).user


def _mandate(place: Place, shop: Organisation, claire: User, association: Organisation) -> None:
    """Whoever has no computer has a delegate."""
    accounts.give_mandate(
        organisation=shop,
        holder=claire,
        through=association,
        permissions=DELEGATED,
        signed_by=place.owner,
        signed_on=clock.today() - dt.timedelta(days=75),
        evidence="Classeur des mandats, au local de l’association",
        by=BY,
    )


def claim_windows(territory: Territory) -> None:
    """The shops recognise themselves in the register's list, where it is the demo's own."""
    here = set(Business.objects.filter(siret__in=SIRETS.values()).values_list("siret", flat=True))
    for organisation in territory.organisations.filter(slug__in=SIRETS):
        if SIRETS[organisation.slug] in here:
            claim(siret=SIRETS[organisation.slug], organisation=organisation, by=BY)


def dress_windows(territory: Territory, studio: Studio) -> None:
    """What each shop shows of itself, but for the days to come."""
    organisations = {o.slug: o for o in territory.organisations.all()}
    for place in PLACES:
        shop, by = organisations[place.slug], Actor("demo", place.owner)
        alt = f"La devanture de {place.name}, en papiers découpés"
        cover = add_photo(organisation=shop, upload=studio[place], alt=alt, author="Parvis", right="demo", by=by)
        show_window(
            organisation=shop,
            about=place.about,
            access=place.access,
            needs=place.needs,
            old_sites=place.old_sites,
            cover=cover,
            by=by,
        )
        set_hours(organisation=shop, week=place.week, by=by)


def tell_special_days(territory: Territory) -> None:
    organisations = {o.slug: o for o in territory.organisations.all()}
    for place in PLACES:
        for day, (openings, note) in place.special_days(clock.today()).items():
            by = Actor("demo", place.owner)
            set_special_day(organisation=organisations[place.slug], day=day, openings=openings, note=note, by=by)
