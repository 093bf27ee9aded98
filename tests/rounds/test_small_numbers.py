"""What may be said of counts about residents (decision 6). Drawn crowds: tests/pages/test_crowd.py."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.rounds.small_numbers import OTHER_REASONS, STEPS, apart, pool, roughly, sayable, tell

SOME = st.integers(0, 25) | st.integers(0, 400)


@given(st.lists(st.tuples(st.text(max_size=3), SOME)))
def test_a_pool_loses_nobody(counted: list[tuple[str, int]]) -> None:
    assert sum(n for _, n in pool(counted, OTHER_REASONS)) == sum(n for _, n in counted)


def test_one_small_reason_takes_a_large_one_with_it() -> None:
    """Alone, it would be the file less the others."""
    told = tell(40, [("A", 50), ("B", 12), ("C", 3)])
    assert told.others == [("A", 50), (OTHER_REASONS, 15)]


@given(st.lists(st.tuples(st.text(max_size=3), SOME)))
def test_what_may_be_said_of_numbers_is_never_small_and_loses_nobody(counted: list[tuple[str, int]]) -> None:
    said = sayable(counted, OTHER_REASONS)
    total = sum(n for _, n in counted)
    assert all(n >= 10 for _, n in said)
    assert sum(n for _, n in said) == (total if total >= 10 else 0)


@given(st.lists(st.tuples(st.text(max_size=3), SOME)))
def test_apart_keeps_every_label_and_no_small_number(counted: list[tuple[str, int]]) -> None:
    said, few = apart(counted)
    assert all(n >= 10 for _, n in said)
    assert sorted([label for label, _ in said] + few) == sorted(label for label, _ in counted)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "moins de dix personnes"),
        (9, "moins de dix personnes"),
        (10, "au moins 10 personnes"),
        (49, "au moins 10 personnes"),
        (50, "au moins 50 personnes"),
        (999, "au moins 500 personnes"),
        (1000, "au moins 1\u00a0000 personnes"),
    ],
)
def test_what_left_is_told_in_steps(n: int, words: str) -> None:
    assert roughly(n) == words


@given(st.integers(0, 20_000))
def test_one_person_more_is_told_at_a_step_alone(n: int) -> None:
    assert (roughly(n) != roughly(n + 1)) == (n + 1 in STEPS)
    assert all(larger - smaller >= 10 for smaller, larger in pairwise(STEPS))
