"""The addresses where a shop keeps its window, where one claims it, and where the association answers."""

import datetime as dt
from collections.abc import Iterator

from parvis.accounts.actions import give_mandate
from parvis.accounts.rules import Permission
from parvis.core import clock
from parvis.core.actions import key
from parvis.directory.claims import ask as ask_claim
from parvis.directory.claims import latest, prepare_letter
from parvis.directory.models import Business
from parvis.pages.my_window import (
    COME,
    DAYS,
    HOURS,
    NEEDS,
    OLD_SITES,
    PICTURE,
    PUBLISHER,
    STEPS,
    WORDS,
    steps_of,
)
from parvis.slips.actions import issue
from tests.builders import BY

from .describing import Address
from .world import ASSOCIATION, WINES, World


def window_steps(world: World) -> Iterator[Address]:
    """Each question at each organisation; an association is asked no hours."""
    asked = {
        HOURS: {"1opens": "09:00", "1closes": "12:00"} | {f"{day}closed": "on" for day in (0, 2, 3, 4, 5, 6)},
        DAYS: {"day": (clock.today() + dt.timedelta(days=7)).isoformat(), "how": "ferme"},
        WORDS: {"about": "Des mains dans la terre."},
        PICTURE: {"without": "1"},
        COME: {"address": "1 rue de passage"},
        NEEDS: {"needs": "couronne"},
        OLD_SITES: {"old_sites": "ancien.example"},
        PUBLISHER: {"director": "Une passante"},
    }
    for slug, organisation in world.organisations.items():
        for step in STEPS:
            yield Address(
                {"slug": slug, "step": step}, "edit_window", slug, step in steps_of(organisation), asked[step]
            )
        yield Address({"slug": slug, "step": "ailleurs"}, "edit_window", slug, fits=False)


def claimable(world: World) -> Iterator[Address]:
    for business in (world.business, world.claimed):
        assert business
        yield Address(
            {"siret": business.siret},
            data={"name": "Une passante", "email": "passante@ailleurs.example", "tie": "holds"},
        )


def claims(world: World) -> Iterator[tuple[int, set[str]]]:
    """Asked by a stranger, answered by the association of the place."""
    business, user = world.business, world.users["stranger"]
    assert business and user
    asked = latest(business, user) or ask_claim(
        business=business, user=user, name="Une inconnue", tie="holds", phone="", by=BY
    )
    yield asked.pk, {ASSOCIATION}


def letters(world: World) -> Iterator[Address]:
    assert world.business and world.claimed
    for slug in world.organisations:
        yield Address({"slug": slug, "siret": world.business.siret}, "see_shops", slug, fits=slug == ASSOCIATION)
        yield Address({"slug": slug, "siret": world.claimed.siret}, "see_shops", slug, fits=False)


def taken_down(world: World) -> Iterator[Address]:
    """Beside the one that the others look at: a page that a visitor took out of the directory."""
    assert world.business
    known = {"name": "Le Rémouleur", "commune": world.business.commune, "active": True, "listed": True}
    gone, _ = Business.objects.get_or_create(siret="99999999900019", defaults=known | {"delisted_at": clock.now()})
    for slug in world.organisations:
        yield Address({"slug": slug, "siret": gone.siret}, "see_shops", slug, fits=slug == ASSOCIATION)
        yield Address({"slug": slug, "siret": world.business.siret}, "see_shops", slug, fits=False)


def papers(world: World) -> Iterator[tuple[int, set[str]]]:
    """The letter to a shop; and a card, which is none."""
    assert world.business
    letter = prepare_letter(business=world.business, keeper=world.organisations[ASSOCIATION], by=BY)
    yield letter.pk, {ASSOCIATION}
    yield issue(kind="card", scope=key(world.business), payload={}, count=1, days=9, by=BY)[0].pk, set()


def waiting_mandates(world: World) -> Iterator[tuple[int, set[str]]]:
    """Given to the association by a shop that nobody speaks for yet; and one that somebody took."""
    wines = world.organisations[WINES]
    given = wines.mandates.first() or give_mandate(
        organisation=wines,
        through=world.organisations[ASSOCIATION],
        permissions=[Permission.SEE_DESK],
        signed_by="Anselme Tavernier",
        signed_on=clock.today(),
        evidence="Un tiroir",
        by=BY,
    )
    yield given.pk, {ASSOCIATION}
    yield world.mandates["delegate"].pk, set()


def held_mandates(world: World) -> Iterator[tuple[int, set[str]]]:
    """In force, through the association; those that are over are nobody's to give up."""
    for who, mandate in world.mandates.items():
        yield mandate.pk, {ASSOCIATION} if who == "delegate" else set()
