"""The association's rounds, in counts; and one held now."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from parvis.contacts.actions import note_failing, withdraw
from parvis.contacts.models import CustomerRecord
from parvis.contacts.rules import Source
from parvis.core import clock
from parvis.delivery.actions import carry_due
from parvis.rounds.actions import plan_round, run_due
from parvis.rounds.models import Round
from tests import builders
from tests.builders import BY

from .conftest import Village
from .page import queries, read, words

ROUNDS = "/bureau/enseignes-du-plateau/tournees/"


def customers(village: Village, n: int, **details: Any) -> None:
    for _ in range(n):
        builders.customer(village.florist, **details)


def test_before_a_round_is_run_a_page_says_what_it_will_do_and_does_nothing(delegate: Client, village: Village) -> None:
    customers(village, 12)
    builders.announcement(village.florist)
    plan_round(territory=village.florist.territory, due_at=clock.now() + dt.timedelta(days=3), by=BY)
    page = read(delegate, f"{ROUNDS}maintenant/")
    assert "Faire une tournée maintenant ? 1 annonce à trier, pour 12 habitants." in page
    assert "Les courriels partent aussitôt, et ne se rattrapent pas." in page
    assert "La tournée du vendredi 27 novembre, 18 h aura lieu aussi" in page
    assert Round.objects.count() == 1
    assert not DBTaskResult.objects.exists()


def test_before_the_first_round_no_empty_table_is_shown(delegate: Client, village: Village) -> None:
    assert "Aucune tournée pour l’instant." in read(delegate, ROUNDS)
    assert "<table" not in delegate.get(ROUNDS).text


def test_a_round_of_nothing_is_said_to_be_one(delegate: Client, village: Village) -> None:
    page = read(delegate, f"{ROUNDS}maintenant/")
    assert "Il n’y a aucune annonce à trier : personne ne recevra rien." in page
    assert "aura lieu aussi" not in page


def test_a_round_is_run_now_by_ringing_for_the_worker(delegate: Client, village: Village) -> None:
    response = delegate.post(f"{ROUNDS}maintenant/", follow=True)
    planned = Round.objects.get()
    assert response.redirect_chain == [(f"{ROUNDS}{planned.pk}/", 302)]
    assert (planned.due_at, planned.state) == (clock.now(), Round.State.DUE)
    assert [task.task_path for task in DBTaskResult.objects.all()] == ["parvis.rounds.tasks.sweep"]
    page = words(response.content)
    assert "La tournée part." in page
    assert "À venir. Rechargez la page dans quelques secondes." in page


def test_a_round_that_runs_is_asked_for_again_by_the_page_until_it_is_done(delegate: Client, village: Village) -> None:
    customers(village, 1)
    builders.announcement(village.florist)
    running = builders.due_round(village.florist.territory)
    assert 'hx-trigger="every 2s"' in delegate.get(f"{ROUNDS}{running.pk}/").text
    run_due()
    page = delegate.get(f"{ROUNDS}{running.pk}/").text
    assert "hx-trigger" not in page
    assert "Terminée." in page


def test_a_round_to_come_is_not_asked_for_again(delegate: Client, village: Village) -> None:
    later = plan_round(territory=village.florist.territory, due_at=clock.now() + dt.timedelta(days=3), by=BY)
    page = delegate.get(f"{ROUNDS}{later.pk}/").text
    assert "hx-trigger" not in page
    assert "Pas encore triée." in page


def test_a_round_tells_who_heard_and_why_others_did_not(delegate: Client, village: Village) -> None:
    customers(village, 12, likes=["fleurs"])
    customers(village, 11, consent=False)
    builders.announcement(village.florist, title="Les dahlias sont là")
    done = builders.due_round(village.florist.territory)
    run_due()
    carry_due()
    page = read(delegate, f"{ROUNDS}{done.pk}/")
    assert "Les dahlias sont là La Brassée l’entendent 12 N’ont pas donné leur accord à ce commerce 11" in page
    assert "par courriel, parti 12" in page


def test_small_numbers_of_a_round_are_words(delegate: Client, village: Village) -> None:
    customers(village, 3, likes=["fleurs"])
    customers(village, 14, consent=False)
    builders.announcement(village.florist)
    done = builders.due_round(village.florist.territory)
    run_due()
    page = read(delegate, f"{ROUNDS}{done.pk}/")
    assert "L’entendent : moins de dix. Les autres : n’ont pas donné leur accord à ce commerce." in page
    assert "Choisies : moins de dix." in page
    assert "Arrêtées à la porte Moins de dix, parmi celles qui étaient choisies." in page
    assert "Messages Moins de dix : par courriel, en attente." in page
    assert "14" not in page
    assert " 3 " not in page


@pytest.mark.parametrize(("failing", "told"), [(0, "Ont retiré leur accord 12"), (2, "Autres raisons 14")])
def test_what_the_door_stopped_is_told_by_reason(delegate: Client, village: Village, failing: int, told: str) -> None:
    """Twelve take back their yes between the sorting and the leaving; an address or two answer no longer."""
    customers(village, 25, likes=["fleurs"])
    builders.announcement(village.florist)
    done = builders.due_round(village.florist.territory)
    run_due()
    people = [record.person for record in CustomerRecord.objects.order_by("pk")]
    for person in people[:12]:
        withdraw(person=person, sender=village.florist, source=Source.LINK, by=BY)
    for person in people[12 : 12 + failing]:
        note_failing(person=person, kind="email", by=BY)
    carry_due()
    assert f"Arrêtées à la porte {told} Messages" in read(delegate, f"{ROUNDS}{done.pk}/")


def test_a_round_that_is_not_done_says_nothing_of_the_door(delegate: Client, village: Village) -> None:
    later = plan_round(territory=village.florist.territory, due_at=clock.now() + dt.timedelta(days=3), by=BY)
    assert "Arrêtées à la porte" not in read(delegate, f"{ROUNDS}{later.pk}/")


def test_the_list_of_rounds_shows_the_last_ones(delegate: Client, village: Village) -> None:
    builders.due_round(village.florist.territory)
    run_due()
    page = read(delegate, ROUNDS)
    assert "Mardi 24 novembre, 18 h terminée" in page
    assert "Vendredi 27 novembre, 18 h à venir" in page


def test_only_who_may_run_a_round_runs_one(owner: Client, client: Client, village: Village) -> None:
    for address in (ROUNDS, "/bureau/la-brassee/tournees/"):
        read(owner, address, status=404)
        read(owner, f"{address}maintenant/", status=404)
        assert owner.post(f"{address}maintenant/").status_code == 404
    assert client.post(f"{ROUNDS}maintenant/").status_code == 302
    assert not Round.objects.exists()


def test_another_territory_s_round_does_not_exist(delegate: Client, village: Village) -> None:
    there = builders.territory(slug="val", codes=["94071"])
    read(delegate, f"{ROUNDS}{builders.due_round(there).pk}/", status=404)


def test_rounds_cost_the_same_for_any_number_of_announcements(delegate: Client, village: Village) -> None:
    def hold(n: int) -> Round:
        for number in range(n):
            builders.announcement(village.florist, title=f"Dit {number}")
            customers(village, 1)
        held = plan_round(
            territory=village.florist.territory, due_at=clock.now() - dt.timedelta(hours=Round.objects.count()), by=BY
        )
        run_due()
        return held

    first = hold(1)
    few = queries(delegate, f"{ROUNDS}{first.pk}/"), queries(delegate, ROUNDS)
    second = hold(5)
    assert (queries(delegate, f"{ROUNDS}{second.pk}/"), queries(delegate, ROUNDS)) == few
    assert max(few) <= 13
