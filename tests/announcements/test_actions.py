"""Saying something in the name of an organisation: each refusal has its sentence, the law its lock."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from parvis.accounts.actions import give_mandate, suspend
from parvis.accounts.queries import PageClosed, actor_for, mandate_for
from parvis.accounts.rules import Permission
from parvis.announcements.actions import AlcoholNearChildren, Words, announce, withdraw
from parvis.announcements.models import Announcement
from parvis.announcements.queries import current, visible_to
from parvis.announcements.rules import SHELF_LIFE, Kind
from parvis.contacts.models import Interest
from parvis.core import clock
from parvis.core.errors import BadInput, Refused
from parvis.core.models import AuditEntry
from tests import builders
from tests.builders import BY, TUESDAY, announcement, association, shop, user

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def say(*, interests: tuple[str, ...] = ("fleurs",), **words: Any) -> Announcement:
    stated: dict[str, Any] = {"kind": Kind.NEWS, "title": "Les dahlias sont là"}
    with clock.frozen(TUESDAY):
        return announce(
            organisation=shop(),
            words=Words(**(stated | words)),
            interests=[builders.interest(slug) for slug in interests],
            by=BY,
        )


def test_a_closed_shop_says_nothing_that_would_be_public_on_the_day_it_opens_again() -> None:
    suspend(organisation=shop(), why="Une raison", keeper=association(), by=BY)
    with pytest.raises(PageClosed):
        say()
    assert not Announcement.objects.exists()


PASSED = "Cette date est déjà passée. Choisissez un jour à venir."
LOWEST = "Il manque le prix le plus bas des 30 derniers jours : la loi le demande pour une offre."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"title": " \n"}, "Il manque la phrase : dites ce qui se passe, comme au comptoir."),
        ({"interests": ()}, "Il manque un sujet : sans lui, on ne sait pas qui cela intéresse."),
        ({"kind": Kind.EVENT}, "Il manque le jour et l’heure du rendez-vous."),
        ({"kind": Kind.WORKSHOP}, "Il manque le jour et l’heure du rendez-vous."),
        ({"kind": Kind.EVENT, "starts_at": TUESDAY}, PASSED),
        ({"kind": Kind.EVENT, "starts_at": TUESDAY - DAY, "ends_at": TUESDAY}, PASSED),
        ({"starts_at": TUESDAY - DAY}, PASSED),
        ({"ends_at": TUESDAY - DAY}, PASSED),
        ({"useful_until": TUESDAY}, PASSED),
        (
            {"kind": Kind.EVENT, "starts_at": TUESDAY + DAY, "ends_at": TUESDAY + HOUR},
            "La fin vient avant le début : vérifiez les deux heures.",
        ),
        ({"kind": Kind.OFFER, "price": "10 €"}, LOWEST),
        ({"kind": Kind.OFFER, "lowest_price": "  "}, LOWEST),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_sentence(words: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput) as refusal:
        say(**words)
    assert refusal.value.sentence == sentence
    assert not Announcement.objects.exists()
    assert not AuditEntry.objects.filter(verb="announce").exists()


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ({}, TUESDAY + SHELF_LIFE),
        ({"useful_until": TUESDAY + DAY}, TUESDAY + DAY),
        ({"ends_at": TUESDAY + DAY}, TUESDAY + DAY),
        ({"kind": Kind.EVENT, "starts_at": TUESDAY + DAY, "ends_at": TUESDAY + 2 * DAY}, TUESDAY + DAY),
        # An exhibition that has begun is worth a visit until it ends.
        ({"kind": Kind.EVENT, "starts_at": TUESDAY - DAY, "ends_at": TUESDAY + DAY}, TUESDAY + DAY),
        ({"kind": Kind.OFFER, "lowest_price": "9 €", "starts_at": TUESDAY, "ends_at": TUESDAY + DAY}, TUESDAY + DAY),
    ],
)
def test_an_announcement_is_of_use_for_as_long_as_one_can_come(words: dict[str, Any], until: dt.datetime) -> None:
    said = say(**words)
    assert said.useful_until == until
    assert list(current(said.organisation.territory, until - HOUR)) == [said]
    assert list(current(said.organisation.territory, until)) == []


def test_an_announcement_cannot_be_heard_before_it_is_said() -> None:
    said = say()
    assert list(current(said.organisation.territory, TUESDAY - HOUR)) == []


def test_the_alcohol_mark_follows_the_interests() -> None:
    assert say(interests=("whiskys-japonais",)).alcohol
    assert say(interests=("japon", "vins")).alcohol
    assert say(interests=("fleurs",), alcohol=True).alcohol
    assert not say(interests=("japon",)).alcohol


def test_everything_under_an_alcohol_is_marked_as_alcohol() -> None:
    """A child without the mark would pass as lemonade."""
    unmarked = Interest.objects.filter(alcohol=False, parents__alcohol=True)
    assert not list(unmarked.values_list("slug", flat=True))


@pytest.mark.parametrize("interests", [("whiskys-japonais",), ("ateliers-enfants", "vins")])
def test_alcohol_is_never_announced_beside_children(interests: tuple[str, ...]) -> None:
    with pytest.raises(AlcoholNearChildren) as refusal:
        say(interests=interests, children=True)
    assert refusal.value.sentence == (
        "La loi ne permet pas d’annoncer de l’alcool à côté d’une activité pour enfants. "
        "Faites deux annonces, ou retirez l’un des deux."
    )
    assert isinstance(refusal.value, Refused)


def test_the_database_too_keeps_alcohol_and_children_apart() -> None:
    said = say(children=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.filter(pk=said.pk).update(alcohol=True)


def test_the_database_too_wants_the_lowest_price_of_an_offer_and_of_nothing_else() -> None:
    offer = say(kind=Kind.OFFER, price="8 €", lowest_price=" 9 € ")
    assert offer.lowest_price == "9 €"
    assert say(kind=Kind.ARRIVAL).lowest_price == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.filter(pk=offer.pk).update(lowest_price="")


def test_taking_back_is_once_and_for_all() -> None:
    said = say()
    with clock.frozen(TUESDAY + HOUR):
        withdraw(announcement=said, by=BY)
    with clock.frozen(TUESDAY + DAY):
        withdraw(announcement=said, by=BY)
    said.refresh_from_db()
    assert said.withdrawn_at == TUESDAY + HOUR
    assert AuditEntry.objects.filter(verb="withdraw").count() == 1
    assert list(current(said.organisation.territory, TUESDAY + DAY)) == []


def test_what_is_said_under_a_mandate_says_for_whom() -> None:
    florist = shop()
    claire = user(of=association())
    mandate = give_mandate(
        organisation=florist,
        holder=claire,
        through=association(),
        permissions=[Permission.ANNOUNCE],
        signed_by="La fleuriste",
        signed_on=clock.today(),
        evidence="classeur bleu, au local",
        by=BY,
    )
    said = announce(
        organisation=florist,
        words=Words(kind=Kind.NEWS, title="  Les dahlias sont là "),
        interests=[builders.interest()],
        by=actor_for(claire, florist, Permission.ANNOUNCE),
        mandate=mandate_for(claire, florist, Permission.ANNOUNCE),
    )
    assert said.title == "Les dahlias sont là"
    assert said.mandate == mandate
    assert said.said_by == "Claire Vasseur (Les Enseignes du Plateau), pour La Brassée"
    line = AuditEntry.objects.get(verb="announce")
    assert (line.actor, line.actor_name) == (f"user:{claire.pk} mandate:{mandate.pk}", said.said_by)
    assert (line.target, line.organisation) == (f"announcement:{said.pk}", f"organisation:{florist.pk}")


def test_only_those_who_may_announce_see_an_announcement_as_theirs() -> None:
    said = announcement(shop())
    other = announcement(shop(slug="cave-du-tilleul"), interests=["vins"])
    assert list(visible_to(user(of=shop()))) == [said]
    assert other not in visible_to(user(of=association()))
