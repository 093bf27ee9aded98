"""The first solver: limits kept, nobody invented, the same for the same seed, and equal to a plain twin."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from parvis.rounds.matching import Picks, solve


@dataclass(frozen=True)
class Case:
    interest: list[list[float]]
    budgets: list[int]
    reaches: list[int]
    floors: list[int]
    seed: int

    @property
    def matrix(self) -> csr_array:
        shape = (len(self.budgets), len(self.reaches))
        return csr_array(np.array(self.interest, dtype=np.float32).reshape(shape))

    def solve(self, *, floors: bool = True) -> set[tuple[int, int]]:
        least = np.array(self.floors, dtype=np.int64) if floors else None
        budgets, reaches = np.array(self.budgets, dtype=np.int16), np.array(self.reaches, dtype=np.int64)
        return pairs(solve(self.matrix, budgets, reaches, floors=least, seed=self.seed))


def pairs(picks: Picks) -> set[tuple[int, int]]:
    return set(zip(picks.residents.tolist(), picks.announcements.tolist(), strict=True))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    rows, columns = draw(st.integers(0, 6)), draw(st.integers(0, 5))
    value = st.sampled_from([0.0, 0.0, 0.25, 0.5, 0.5, 0.75, 1.0])
    counts = st.integers(-1, 4)
    return Case(
        interest=draw(st.lists(st.lists(value, min_size=columns, max_size=columns), min_size=rows, max_size=rows)),
        budgets=draw(st.lists(counts, min_size=rows, max_size=rows)),
        reaches=draw(st.lists(counts, min_size=columns, max_size=columns)),
        floors=draw(st.lists(counts, min_size=columns, max_size=columns)),
        seed=draw(st.integers(0, 10)),
    )


def naive(case: Case, floors: Sequence[int]) -> set[tuple[int, int]]:
    """The same rule, written from its docstring: a walk through a sorted list, first to the floors, then to the end."""
    turn = np.random.default_rng(case.seed).permutation(len(case.budgets)).tolist()
    wanted = [(r, a) for r, row in enumerate(case.interest) for a, value in enumerate(row) if value]
    wanted.sort(key=lambda pair: (-case.interest[pair[0]][pair[1]], turn[pair[0]], pair[1]))
    chosen: set[tuple[int, int]] = set()
    for ceiling in ([min(f, r) for f, r in zip(floors, case.reaches, strict=True)], case.reaches):
        for r, a in wanted:
            of_resident = sum(row == r for row, _ in chosen)
            of_announcement = sum(column == a for _, column in chosen)
            if (r, a) not in chosen and of_resident < case.budgets[r] and of_announcement < ceiling[a]:
                chosen.add((r, a))
    return chosen


@given(cases())
def test_no_budget_and_no_reach_is_ever_passed(case: Case) -> None:
    chosen = case.solve()
    for r, budget in enumerate(case.budgets):
        assert sum(row == r for row, _ in chosen) <= max(budget, 0)
    for a, reach in enumerate(case.reaches):
        assert sum(column == a for _, column in chosen) <= max(reach, 0)


@given(cases())
def test_nobody_hears_what_they_are_not_eligible_for(case: Case) -> None:
    assert all(case.interest[r][a] > 0 for r, a in case.solve())


@given(cases())
def test_the_same_seed_gives_the_same_choices(case: Case) -> None:
    assert case.solve() == case.solve()


@given(cases())
def test_it_agrees_with_a_plain_twin(case: Case) -> None:
    assert case.solve() == naive(case, case.floors)
    assert case.solve(floors=False) == naive(case, [0] * len(case.reaches))


@given(cases())
def test_nobody_is_left_who_could_still_have_heard(case: Case) -> None:
    chosen = case.solve()
    for r, row in enumerate(case.interest):
        for a, value in enumerate(row):
            full = sum(one == r for one, _ in chosen) >= case.budgets[r]
            crowded = sum(one == a for _, one in chosen) >= case.reaches[a]
            assert (r, a) in chosen or not value or full or crowded


def test_a_floor_is_served_before_what_interests_more() -> None:
    case = Case([[1.0, 0.25], [1.0, 0.25]], budgets=[1, 1], reaches=[9, 9], floors=[0, 1], seed=0)
    assert len([a for _, a in case.solve() if a == 1]) == 1
    assert {a for _, a in case.solve(floors=False)} == {0}


def test_choices_come_in_the_order_of_the_residents() -> None:
    picks = solve(csr_array(np.ones((5, 2), dtype=np.float32)), np.full(5, 2), np.full(2, 9), seed=3)
    assert picks.residents.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert picks.announcements.tolist() == [0, 1] * 5


def test_over_many_rounds_nobody_is_always_first() -> None:
    interest = csr_array(np.ones((4, 1), dtype=np.float32))
    firsts = [solve(interest, np.ones(4, dtype=int), np.array([1]), seed=n).residents[0] for n in range(200)]
    assert all(firsts.count(r) > 20 for r in range(4))


@pytest.mark.parametrize(("budgets", "reaches", "floors"), [(3, 2, None), (2, 3, None), (2, 2, 1), (2, 2, 3)], ids=str)
def test_arrays_that_do_not_agree_are_refused(budgets: int, reaches: int, floors: int | None) -> None:
    least = None if floors is None else np.zeros(floors, dtype=int)
    with pytest.raises(ValueError, match="one entry per row"):
        solve(csr_array((2, 2)), np.ones(budgets, dtype=int), np.ones(reaches, dtype=int), floors=least)


def test_a_hundred_thousand_pairs_take_less_than_two_seconds() -> None:
    interest = csr_array(np.random.default_rng(1).random((2000, 50), dtype=np.float32))
    start = time.perf_counter()
    picks = solve(interest, np.full(2000, 2), np.full(50, 2**31 - 1))
    assert time.perf_counter() - start < 2
    assert len(picks.residents) == 4000
