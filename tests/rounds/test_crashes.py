"""A worker may die anywhere: the next one ends with the same choices, and nobody hears twice."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from parvis.announcements.actions import withdraw as withdraw_announcement
from parvis.announcements.rules import Kind
from parvis.contacts.actions import withdraw
from parvis.contacts.rules import Channel, Source
from parvis.core import clock, personal
from parvis.core.models import AuditEntry
from parvis.delivery.models import Message, Part
from parvis.rounds import actions
from parvis.rounds.actions import LEASE, plan_next, plan_round, run_due
from parvis.rounds.matching import judge_all
from parvis.rounds.models import Round, Selection, Tally
from tests.builders import BY, TUESDAY, announcement, customer, shop, territory

from .worlds import FRIDAY, check_every_pair_is_counted, chosen, run, told

pytestmark = pytest.mark.django_db
LATER = TUESDAY + LEASE + dt.timedelta(seconds=1)


class Died(Exception):
    pass


def village() -> None:
    """Enough people for chance to matter: twelve want the five places that two seats and a rhythm leave."""
    with clock.frozen(TUESDAY):
        for n in range(3):
            announcement(shop(), title=f"Bouquet {n}", seats=1 if n else None)
        for n in range(12):
            customer(shop(), rhythm=1 + n % 2, channel=[Channel.EMAIL, Channel.PAPER, Channel.PHONE][n % 3])


def due() -> Round:
    """Its number is the seed of chance: the same in each telling."""
    return Round.objects.create(pk=7001, territory=territory(), due_at=TUESDAY)


def dying(monkeypatch: pytest.MonkeyPatch, name: str, *, after: bool = False) -> Round:
    """The due round, run by a worker that dies as it enters `name`, or as it leaves it. Each step of a round is its own
    transaction: what was committed before stays."""
    kept: Callable[..., Any] = getattr(actions, name)

    def died(*args: Any, **kwargs: Any) -> None:
        if after:
            kept(*args, **kwargs)
        raise Died

    held = due()
    with clock.frozen(TUESDAY), monkeypatch.context() as patched:
        patched.setattr(actions, name, died)
        with pytest.raises(Died):
            run_due()
    held.refresh_from_db()
    return held


def run_later(at: dt.datetime = LATER) -> list[Round]:
    with clock.frozen(at):
        return run_due()


@pytest.fixture
def undisturbed() -> list[tuple[int, int]]:
    """What the round chooses when nobody dies; then all is put back."""
    village()
    with transaction.atomic():
        due()
        run_later(TUESDAY)
        pairs = chosen(Round.objects.get(pk=7001))
        transaction.set_rollback(True)
    assert len(pairs) > 12
    assert not Round.objects.exists()
    return pairs


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "step",
    ["freeze", "judge_all", "_write_tallies", "_write_counts", "_choose", "_hand_over", "send_many", "plan_next"],
)
def test_wherever_a_worker_dies_the_next_one_ends_the_same(
    step: str, after: bool, undisturbed: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = dying(monkeypatch, step, after=after)
    run_later()
    held.refresh_from_db()
    assert held.state == Round.State.DONE
    assert chosen(held) == undisturbed
    check_every_pair_is_counted(held)
    told_pairs = Part.objects.filter(stopped="").values_list("person", "subject")
    assert sorted(told_pairs) == sorted((person, f"announcement:{a}") for person, a in undisturbed)
    assert Message.objects.count() == len({person for person, _ in undisturbed})
    assert Round.objects.exclude(pk=held.pk).get().due_at == FRIDAY
    assert run_later(LATER + LEASE * 2) == []


@pytest.mark.parametrize(
    ("step", "state"), [("freeze", Round.State.SORTING), ("_hand_over", Round.State.SORTED)], ids=str
)
def test_a_lease_that_lives_is_left_alone_and_one_that_ran_out_is_taken_over(
    step: str, state: Round.State, monkeypatch: pytest.MonkeyPatch
) -> None:
    village()
    held = dying(monkeypatch, step)
    first = held.claimed_by
    assert (held.state, held.lease_until) == (state, TUESDAY + LEASE)
    assert run_later(TUESDAY + LEASE) == []
    assert [done.pk for done in run_later()] == [held.pk]
    held.refresh_from_db()
    assert held.claimed_by not in ("", first)


def test_nothing_of_a_sorting_that_failed_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    village()
    dying(monkeypatch, "_write_counts")
    assert not Selection.objects.exists()
    assert not Tally.objects.exists()
    assert not Message.objects.exists()


def test_two_workers_cannot_both_claim_one_round() -> None:
    village()
    due()
    with clock.frozen(TUESDAY):
        one, other = Round.objects.get(), Round.objects.get()
        assert actions._claim(one)
        assert not actions._claim(other)


def test_a_round_that_is_done_or_not_yet_due_is_not_run() -> None:
    village()
    held = run()
    assert run_later(FRIDAY - dt.timedelta(seconds=1)) == []
    assert Message.objects.count() == Message.objects.filter(batch=f"round:{held.pk}").count()


def test_what_ended_while_the_worker_was_dead_is_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Died on Tuesday, back on Thursday: Wednesday's evening is over, and the shop took back its bouquets."""
    with clock.frozen(TUESDAY):
        announcement(shop(), title="Mercredi", kind=Kind.EVENT, starts_at=TUESDAY + dt.timedelta(days=1))
        gone = announcement(shop(), title="Bouquets")
        announcement(shop(), title="Couronnes")
        person = customer(shop()).person
    dying(monkeypatch, "_hand_over")
    withdraw_announcement(announcement=gone, by=BY)
    run_later(TUESDAY + dt.timedelta(days=2))
    assert told(person) == ["Couronnes"]


def test_a_sorting_that_starts_again_looks_at_the_present(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen(TUESDAY):
        announcement(shop(), title="Mercredi", kind=Kind.EVENT, starts_at=TUESDAY + dt.timedelta(days=1))
        person = customer(shop()).person
    held = dying(monkeypatch, "judge_all")
    run_later(TUESDAY + dt.timedelta(days=2))
    held.refresh_from_db()
    assert (held.announcements, held.selected, told(person)) == (0, 0, [])


def test_a_yes_taken_back_between_sorting_and_handing_over_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person = customer(shop()).person
    dying(monkeypatch, "_hand_over")
    withdraw(person=person, sender=shop(), source=Source.LINK, by=BY)
    run_later()
    assert Message.objects.get().state == Message.State.WITHHELD
    assert Part.objects.get().stopped == "no_consent"


def test_a_yes_taken_back_in_the_middle_of_the_sorting_does_not_stop_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person = customer(shop()).person

    def meanwhile(*args: Any) -> Any:
        withdraw(person=person, sender=shop(), source=Source.LINK, by=BY)
        return judge_all(*args)

    monkeypatch.setattr(actions, "judge_all", meanwhile)
    held = run()
    assert (held.state, held.selected) == (Round.State.DONE, 1)
    assert Part.objects.get().stopped == "no_consent"


def test_whoever_is_erased_before_the_handing_over_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person, other = customer(shop()).person, customer(shop()).person
    dying(monkeypatch, "_hand_over")
    for holder in personal.holders():
        holder.erase(person.pk)
    run_later()
    assert (told(person), told(other)) == ([], ["Les dahlias sont là"])


def test_a_round_planned_twice_is_one_and_is_told_once_in_the_journal() -> None:
    planned = plan_round(territory=territory(), due_at=TUESDAY, by=BY)
    assert plan_round(territory=territory(), due_at=TUESDAY, by=BY) == planned
    assert AuditEntry.objects.filter(verb="plan_round").count() == 1


def test_the_next_round_is_planned_from_the_present() -> None:
    with clock.frozen(TUESDAY - dt.timedelta(days=1)):
        assert plan_next(territory()).due_at == TUESDAY
    with clock.frozen(TUESDAY):
        assert plan_next(territory()).due_at == FRIDAY


def test_the_journal_tells_of_each_sorting() -> None:
    village()
    held = run()
    line = AuditEntry.objects.get(verb="sort_round")
    assert (line.target, line.actor) == (f"round:{held.pk}", "system")
    assert line.detail == {"pairs": held.pairs, "selected": held.selected, "held": held.held}
