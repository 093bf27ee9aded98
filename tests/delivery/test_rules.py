"""The door's verdict, against a twin written the long way."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.delivery.rules import Facts, Stop, check, masked
from tests.builders import TUESDAY

FINE = Facts(
    erased=False,
    over=False,
    suspended=False,
    consented=True,
    reachable=True,
    told=False,
    left=1,
    alcohol=False,
    alcohol_beside_children=False,
    adult=True,
    asked=True,
    refused=False,
    calls_exhausted=False,
)
# Each reason, with the least change that brings it about.
SPOILED = {
    Stop.ERASED: replace(FINE, erased=True),
    Stop.OVER: replace(FINE, over=True),
    Stop.SUSPENDED: replace(FINE, suspended=True),
    Stop.NO_CONSENT: replace(FINE, consented=False),
    Stop.UNREACHABLE: replace(FINE, reachable=False),
    Stop.ALCOHOL_CHILDREN: replace(FINE, alcohol_beside_children=True),
    Stop.MINOR: replace(FINE, alcohol=True, adult=False),
    Stop.REFUSED_TASTE: replace(FINE, refused=True),
    Stop.NOT_ASKED: replace(FINE, alcohol=True, asked=False),
    Stop.CALLS: replace(FINE, calls_exhausted=True),
    Stop.TOLD: replace(FINE, told=True),
    Stop.RHYTHM: replace(FINE, left=0),
}

anything = st.builds(
    Facts, **{f.name: st.integers(-9, 9) if f.name == "left" else st.booleans() for f in fields(Facts)}
)


def twin(facts: Facts) -> set[Stop]:
    """Every reason to keep the part, in no order."""
    reasons = set()
    if facts.erased:
        reasons.add(Stop.ERASED)
    if facts.over:
        reasons.add(Stop.OVER)
    if facts.suspended:
        reasons.add(Stop.SUSPENDED)
    if not facts.consented:
        reasons.add(Stop.NO_CONSENT)
    if not facts.reachable:
        reasons.add(Stop.UNREACHABLE)
    if facts.told:
        reasons.add(Stop.TOLD)
    if facts.left < 1:
        reasons.add(Stop.RHYTHM)
    if facts.refused:
        reasons.add(Stop.REFUSED_TASTE)
    if facts.calls_exhausted:
        reasons.add(Stop.CALLS)
    if facts.alcohol_beside_children:
        reasons.add(Stop.ALCOHOL_CHILDREN)
    if facts.alcohol and not facts.adult:
        reasons.add(Stop.MINOR)
    if facts.alcohol and not facts.asked:
        reasons.add(Stop.NOT_ASKED)
    return reasons


@given(anything)
def test_nothing_passes_with_a_failing_fact_and_nothing_else_is_kept(facts: Facts) -> None:
    found, reasons = check(facts), twin(facts)
    assert found in reasons if reasons else found is None


@given(anything, st.sampled_from(list(SPOILED)))
def test_one_more_failing_fact_never_opens_the_door(facts: Facts, reason: Stop) -> None:
    spoiled = replace(
        facts,
        **{
            f.name: getattr(SPOILED[reason], f.name)
            for f in fields(Facts)
            if getattr(SPOILED[reason], f.name) != getattr(FINE, f.name)
        },
    )
    assert check(spoiled) is not None


@pytest.mark.parametrize("reason", SPOILED, ids=str)
def test_each_reason_is_found_alone(reason: Stop) -> None:
    assert check(SPOILED[reason]) is reason


def test_every_reason_is_tried_here_but_those_that_come_after_the_door() -> None:
    assert set(SPOILED) == set(Stop) - {Stop.FAILED, Stop.WITHDRAWN, Stop.HELD}


def test_nothing_wrong_passes() -> None:
    assert check(FINE) is None


@given(st.integers(max_value=0))
def test_a_cap_of_none_is_none_and_never_no_cap(left: int) -> None:
    assert check(replace(FINE, left=left)) is Stop.RHYTHM


def test_who_withdrew_is_told_that_before_anything_else() -> None:
    worst = Facts(True, True, True, False, False, True, 0, True, True, False, False, True, True)
    assert check(worst) is Stop.ERASED
    assert check(replace(worst, erased=False, over=False, suspended=False)) is Stop.NO_CONSENT


@pytest.mark.parametrize("reason", Stop, ids=str)
def test_every_reason_has_its_sentence(reason: Stop) -> None:
    assert reason.sentence(TUESDAY.date()).endswith(".")
    assert "!" not in reason.sentence(TUESDAY.date())


def test_the_reason_of_an_unmade_call_holds_the_law_s_own_numbers() -> None:
    sentence = Stop.CALLS.sentence(TUESDAY.date())
    assert sentence.startswith("La personne a déjà été appelée quatre fois en trente jours, ")
    assert sentence.endswith("ou a refusé un appel il y a moins de soixante jours.")


@pytest.mark.parametrize(
    ("address", "shown"),
    [("odile@courriel.example", "o***@courriel.example"), ("+33639980042", "***42"), ("@x.example", "***@x.example")],
)
def test_a_masked_address_is_recognised_and_cannot_be_written_to(address: str, shown: str) -> None:
    assert masked(address) == shown
