"""What people are told of a round, and what is kept of a person."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from parvis.announcements.queries import current
from parvis.contacts.rules import Channel
from parvis.core import clock, personal
from parvis.rounds.models import Round, Selection
from parvis.rounds.queries import by_announcement, freeze, personal_data
from tests.builders import TUESDAY, announcement, customer, shop, territory

from .worlds import FRIDAY, run

pytestmark = pytest.mark.django_db
FLOWERS, BREAD = "la-brassee", "fournil-des-sources"


def test_a_round_is_told_announcement_by_announcement() -> None:
    florist, baker = shop(slug=FLOWERS), shop(slug=BREAD)
    with clock.frozen(TUESDAY):
        flowers = announcement(florist, seats=0)
        bread = announcement(baker, title="La galette", interests=["galette-de-janvier"])
        for _ in range(2):
            customer(florist)
        customer(baker)
    rows = by_announcement(run())
    waiting = "Attendent une semaine moins pleine, ou une place"
    no_consent = "N’ont pas donné leur accord à ce commerce"
    assert rows == [(flowers, 0, [(waiting, 2), (no_consent, 1)]), (bread, 1, [(no_consent, 2)])]


def test_a_snapshot_takes_as_many_queries_for_many_as_for_few() -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            freeze(territory(), list(current(territory(), FRIDAY).prefetch_related("interests")), FRIDAY)
        return len(seen)

    with clock.frozen(TUESDAY):
        announcement(shop())
        customer(shop(), likes=["fleurs"])
        few = queries()
        for n in range(5):
            announcement(shop(), title=f"Bouquet {n}")
            announcement(shop(slug=BREAD), title=f"Pain {n}", interests=["pains"])
            customer(shop(), likes=["fleurs"], channel=Channel.PHONE)
        assert queries() == few


def test_a_person_is_told_what_was_chosen_for_them_and_why() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person = customer(shop()).person
        customer(shop())
    held = run()
    assert personal_data(person.pk) == {
        "choix des tournées": [
            {
                "tournée": held.due_at.isoformat(),
                "annonce": "Les dahlias sont là",
                "de": "La Brassée",
                "moyen": "par courriel",
                "pourquoi": "Vous avez dit oui à La Brassée au comptoir, le 24\u00a0novembre\u00a02026, "
                "sans dire vos envies\u00a0: vous entendez tout de ce commerce.",
            }
        ],
        "fichiers comptés": [],
    }


def test_erasing_a_person_leaves_the_counts_and_no_reason() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person, other = customer(shop()).person, customer(shop()).person
    held = run()
    next(holder for holder in personal.holders() if holder.app == "rounds").erase(person.pk)
    assert Selection.objects.get(person=person).reason == {}
    assert Selection.objects.get(person=person).score == 0
    assert Selection.objects.get(person=other).reason["sender"] == "La Brassée"
    assert [(hear, others) for _, hear, others in by_announcement(held)] == [(2, [])]
    assert personal_data(person.pk)["choix des tournées"][0]["pourquoi"] == ""


@pytest.mark.parametrize("field", ["selected", "held", "withheld", "pairs"])
def test_the_database_refuses_a_count_in_which_somebody_is_missing(field: str) -> None:
    held = Round.objects.create(territory=territory(), due_at=TUESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=held.pk).update(**{field: 1})


def test_the_database_refuses_a_second_round_at_the_same_hour() -> None:
    Round.objects.create(territory=territory(), due_at=TUESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(territory=territory(), due_at=TUESDAY)
    assert Round.objects.create(territory=territory(), due_at=TUESDAY + dt.timedelta(hours=1)).pk
