"""A slip is issued to one scope, opens there, and is answered once."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from parvis.core import clock
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.models import AuditEntry
from parvis.slips import actions
from parvis.slips.actions import MOST, BadCount, answer, issue
from parvis.slips.models import Slip
from parvis.slips.queries import NoSuchSlip, SlipAnswered, SlipExpired, UnreadableSlip, open_slip
from parvis.slips.rules import EXAMPLE, read_code
from parvis.slips.signals import slip_answered
from tests.builders import BY, TUESDAY

pytestmark = pytest.mark.django_db

FLORIST, BAKER = "organisation:12", "organisation:13"
CLAIRE = Actor("user:4", "Claire Vasseur")


def issued(count: int = 1, *, scope: str = FLORIST, days: int = 90, **payload: Any) -> list[Slip]:
    return issue(kind="card", scope=scope, payload=payload, count=count, by=BY, days=days)


def sentence(text: str, scope: str = FLORIST) -> str:
    with pytest.raises(Refused) as told:
        open_slip(text, scope)
    return told.value.sentence


def test_many_slips_are_issued_at_once_each_with_its_own_code() -> None:
    with clock.frozen(TUESDAY):
        slips = issued(MOST, tastes=["fleurs", "roses"])
    assert len({slip.code for slip in slips}) == MOST == Slip.objects.count()
    kept = Slip.objects.get(code=slips[-1].code)
    assert kept.pk == slips[-1].pk
    assert (kept.kind, kept.scope, kept.payload) == ("card", FLORIST, {"tastes": ["fleurs", "roses"]})
    assert (kept.made_at, kept.expires_at) == (TUESDAY, TUESDAY + dt.timedelta(days=90))
    assert read_code(kept.code) == kept.code


@pytest.mark.parametrize("count", [0, -1, MOST + 1])
def test_none_or_too_many_are_refused(count: int) -> None:
    with pytest.raises(BadCount):
        issued(count)
    assert not Slip.objects.exists()


def test_a_code_that_exists_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        monkeypatch.setattr(actions, "_RANDOM", Random(7))
        issued(20)
    assert Slip.objects.count() == 40


def test_a_code_taken_by_someone_else_meanwhile_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = issued(scope=BAKER)[0]
    drawn = iter([[theirs.code, EXAMPLE], [EXAMPLE, "7K2F-4MT3"]])
    monkeypatch.setattr(actions, "_free", lambda count: next(drawn))
    assert [slip.code for slip in issued(2)] == [EXAMPLE, "7K2F-4MT3"]
    assert Slip.objects.count() == 3
    assert open_slip(theirs.code, BAKER) == theirs


@pytest.mark.parametrize("wrong", [{"days": 0}, {"scope": ""}])
def test_a_slip_lives_a_while_and_is_someones(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        issued(**wrong)


def test_a_slip_opens_as_typed_as_often_as_one_looks() -> None:
    slip = issued()[0]
    for typed in (slip.code, slip.code.lower(), f" {slip.code.replace('-', ' ')} "):
        assert open_slip(typed, FLORIST) == slip


def test_a_code_that_does_not_read_says_why() -> None:
    with pytest.raises(UnreadableSlip, match="7 lettres et chiffres au lieu de 8"):
        open_slip(EXAMPLE[:-1], FLORIST)
    with pytest.raises(UnreadableSlip, match="est vide"):
        answer(code="", scope=FLORIST, by=CLAIRE)


def test_the_code_of_somebody_else_reads_like_one_that_nobody_has() -> None:
    """Whatever became of it there: open, answered, out of date."""
    theirs, used = issued(2, scope=BAKER)
    answer(code=used.code, scope=BAKER, by=CLAIRE)
    with clock.frozen(TUESDAY - dt.timedelta(days=900)):
        old = issued(scope=BAKER)[0]
    said = {sentence(code) for code in (theirs.code, used.code, old.code, EXAMPLE)}
    assert said == {NoSuchSlip.sentence}
    for slip in (theirs, used, old):
        with pytest.raises(NoSuchSlip):
            answer(code=slip.code, scope=FLORIST, by=CLAIRE)
    assert open_slip(theirs.code, BAKER).answered_at is None


def test_a_slip_is_answered_once_then_says_who_and_when() -> None:
    slip = issued()[0]
    with clock.frozen(TUESDAY):
        answered = answer(code=slip.code.lower(), scope=FLORIST, by=CLAIRE)
        assert (answered.pk, answered.answered_at, answered.answered_by) == (slip.pk, TUESDAY, "Claire Vasseur")
        with pytest.raises(SlipAnswered) as told:
            answer(code=slip.code, scope=FLORIST, by=BY)
        said = "Ce bon a déjà servi\u00a0: Claire Vasseur l’a noté le mardi 24\u00a0novembre, 18\u00a0h."
        assert told.value.sentence.startswith(said)
        assert sentence(slip.code) == told.value.sentence
    slip.refresh_from_db()
    assert slip.answered_by == "Claire Vasseur"


def test_a_slip_is_answered_until_its_last_second() -> None:
    with clock.frozen(TUESDAY):
        first, second = issued(2, days=1)
    end = TUESDAY + dt.timedelta(days=1)
    with clock.frozen(end - dt.timedelta(seconds=1)):
        assert answer(code=first.code, scope=FLORIST, by=CLAIRE).answered_at
    with clock.frozen(end):
        with pytest.raises(SlipExpired, match="n’est plus valable depuis le mercredi 25\u00a0novembre"):
            answer(code=second.code, scope=FLORIST, by=CLAIRE)
        assert sentence(second.code).startswith("Ce bon n’est plus valable")
        assert sentence(first.code).startswith("Ce bon a déjà servi")


def test_the_news_climbs_within_the_transaction() -> None:
    heard: list[tuple[Slip, Actor]] = []

    def hear(*, slip: Slip, by: Actor, **_: Any) -> None:
        heard.append((slip, by))
        if len(heard) > 1:
            raise Refused

    kept, undone = issued(2)
    slip_answered.connect(hear)
    try:
        answer(code=kept.code, scope=FLORIST, by=CLAIRE)
        with pytest.raises(Refused):
            answer(code=undone.code, scope=FLORIST, by=CLAIRE)
    finally:
        slip_answered.disconnect(hear)
    assert heard == [(kept, CLAIRE), (undone, CLAIRE)]
    assert open_slip(undone.code, FLORIST).answered_at is None
    assert AuditEntry.objects.filter(verb="answer_slip").count() == 1


def test_issuing_and_answering_are_in_the_journal_of_the_scope() -> None:
    slip = issued(3)[0]
    answer(code=slip.code, scope=FLORIST, by=CLAIRE)
    made, done = AuditEntry.objects.order_by("pk")
    assert (made.verb, made.organisation, made.detail) == ("issue_slips", FLORIST, {"kind": "card", "count": 3})
    assert (done.label, done.organisation, done.actor) == ("a noté un bon rempli", FLORIST, "user:4")
    assert done.target == f"slip:{slip.pk}"
