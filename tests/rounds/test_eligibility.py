"""Who may hear what: every verdict against a twin that looks at one pair at a time."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array

from parvis.rounds.matching import Snapshot, judge_all, keep_apart
from parvis.rounds.matching.eligibility import OWN, UNSTATED, Code

Array = NDArray[Any]
Bits = NDArray[np.bool_]

SENDERS, NODES = 2, 5


class TasteRow(NamedTuple):
    resident: int
    node: int
    liked: bool
    sender: int


@st.composite
def taste_rows(draw: st.DrawFn, residents: int) -> list[TasteRow]:
    """What residents said, and what shops noted where they said nothing of that node: as the freeze gives them."""
    if not residents:
        return []
    who = st.tuples(st.integers(0, residents - 1), st.integers(0, NODES - 1), st.sampled_from([OWN, *range(SENDERS)]))
    stated = draw(st.dictionaries(who, st.booleans(), max_size=8))
    rows = [TasteRow(r, node, liked, sender) for (r, node, sender), liked in stated.items()]
    said = {(row.resident, row.node) for row in rows if row.sender == OWN}
    return [row for row in rows if row.sender == OWN or (row.resident, row.node) not in said]


def snapshot_of(tastes: list[TasteRow], **arrays: Any) -> Snapshot:
    table = np.array(tastes, dtype=np.int64).reshape(-1, 4)
    return Snapshot(
        taste_resident=table[:, 0],
        taste_node=table[:, 1],
        taste_liked=table[:, 2].astype(bool),
        taste_sender=table[:, 3],
        **arrays,
    )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    residents, count = draw(st.integers(0, 4)), draw(st.integers(0, 3))

    def flags(rows: int, columns: int | None = None, *, mostly: bool = False) -> Bits:
        one = st.sampled_from([mostly, mostly, mostly, not mostly])
        size = rows * (1 if columns is None else columns)
        found = np.array(draw(st.lists(one, min_size=size, max_size=size)), dtype=bool)
        return found if columns is None else found.reshape(rows, columns)

    weight = st.sampled_from([1.0, 0.7, 0.49])
    about = st.dictionaries(st.integers(0, NODES - 1), weight, max_size=3)
    return snapshot_of(
        draw(taste_rows(residents)),
        rhythm=np.array(draw(st.lists(st.integers(0, 2), min_size=residents, max_size=residents)), dtype=np.int16),
        left=np.ones(residents, dtype=np.int16),
        adult=flags(residents, SENDERS, mostly=True),
        profiling=flags(residents, mostly=True),
        consent=flags(residents, SENDERS, mostly=True),
        reachable=flags(residents, SENDERS, mostly=True),
        calls_exhausted=flags(residents, SENDERS),
        sender=np.array(draw(st.lists(st.integers(0, SENDERS - 1), min_size=count, max_size=count)), dtype=np.int64),
        alcohol=flags(count),
        days_left=np.array(draw(st.lists(st.integers(-1, 30), min_size=count, max_size=count)), dtype=np.float32),
        reach=np.full(count, 9, dtype=np.int64),
        weights=tuple(draw(st.lists(about, min_size=count, max_size=count))),
        told=flags(residents, count),
    )


def tastes_of(s: Snapshot, r: int) -> list[TasteRow]:
    columns = (s.taste_resident, s.taste_node, s.taste_liked, s.taste_sender)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [row for row in (TasteRow(*each) for each in rows) if row.resident == r]


def best_like(s: Snapshot, r: int, a: int) -> TasteRow | None:
    weights = s.weights[a]
    heard = [t for t in tastes_of(s, r) if t.sender in (OWN, s.sender[a]) and t.node in weights and t.liked]
    return min(heard, key=lambda t: (-weights[t.node], t.node, t.sender != OWN), default=None)


def naive_score(s: Snapshot, r: int, a: int) -> float:
    if not s.profiling[r]:
        return 0.0 if s.alcohol[a] else UNSTATED
    like = best_like(s, r, a)
    if like:
        return s.weights[a][like.node]
    named_a_like = any(t.sender == OWN and t.liked for t in tastes_of(s, r))
    return 0.0 if named_a_like or s.alcohol[a] else UNSTATED


def naive_code(s: Snapshot, r: int, a: int) -> Code:
    sender = int(s.sender[a])
    heard = [t for t in tastes_of(s, r) if t.sender in (OWN, sender) and t.node in s.weights[a]]
    checks = [
        (not s.consent[r, sender], Code.NO_CONSENT),
        (s.rhythm[r] == 0, Code.PAUSE),
        (not s.reachable[r, sender], Code.UNREACHABLE),
        (s.alcohol[a] and not s.adult[r, sender], Code.MINOR),
        (any(not t.liked for t in heard), Code.REFUSED_TASTE),
        (naive_score(s, r, a) == 0, Code.NOT_INTERESTED),
        (s.calls_exhausted[r, sender], Code.CALLS),
        (s.told[r, a], Code.TOLD),
    ]
    return next((code for failed, code in checks if failed), Code.ELIGIBLE)


@given(snapshots())
def test_every_verdict_agrees_with_a_twin_that_sees_one_pair(s: Snapshot) -> None:
    found = judge_all(s)
    interest = found.interest.toarray()
    for r, a in np.ndindex(s.told.shape):
        code = naive_code(s, r, a)
        assert found.code[r, a] == code
        urgency = 1 + 0.5 / (1 + max(float(s.days_left[a]), 0) / 7)
        expected = naive_score(s, r, a) * urgency if code is Code.ELIGIBLE else 0
        assert interest[r, a] == pytest.approx(expected, rel=1e-5)


@given(snapshots())
def test_the_deciding_taste_agrees_with_the_twin(s: Snapshot) -> None:
    found = judge_all(s)
    for r, a in np.ndindex(s.told.shape):
        like = best_like(s, r, a) if s.profiling[r] else None
        assert found.node[r, a] == (like.node if like else -1)
        assert found.noted[r, a] == (like is not None and like.sender != OWN)


@given(snapshots())
def test_one_more_consent_never_takes_anything_away(s: Snapshot) -> None:
    before = judge_all(s).code == Code.ELIGIBLE
    for r, sender in np.ndindex(s.consent.shape):
        consent = s.consent.copy()
        consent[r, sender] = True
        after = judge_all(replace(s, consent=consent)).code == Code.ELIGIBLE
        assert not (before & ~after).any()


@given(snapshots())
def test_what_one_shop_was_told_of_an_age_never_serves_another_shop(s: Snapshot) -> None:
    before = judge_all(s).code
    for told in (True, False):
        adult = s.adult.copy()
        adult[:, 0] = told
        after = judge_all(replace(s, adult=adult)).code
        assert (before[:, s.sender == 1] == after[:, s.sender == 1]).all()
        minors = after[:, (s.sender == 0) & s.alcohol] == Code.MINOR
        assert not (told and minors.any())


@given(snapshots(), st.booleans())
def test_what_a_shop_noted_never_serves_another_shop(s: Snapshot, liked: bool) -> None:
    before = judge_all(s)
    for r in range(len(s.rhythm)):
        rows = [row for other in range(len(s.rhythm)) for row in tastes_of(s, other)]
        noted = [TasteRow(r, node, liked, 0) for node in range(NODES)]
        table = np.array([*rows, *noted], dtype=np.int64)
        more = replace(
            s,
            taste_resident=table[:, 0],
            taste_node=table[:, 1],
            taste_liked=table[:, 2].astype(bool),
            taste_sender=table[:, 3],
        )
        other_shop = s.sender == 1
        after = judge_all(more)
        assert (before.code[:, other_shop] == after.code[:, other_shop]).all()
        assert (before.interest.toarray()[:, other_shop] == after.interest.toarray()[:, other_shop]).all()


@given(snapshots(), st.integers(0, NODES - 1))
def test_refusing_one_subject_silences_only_what_is_about_it(s: Snapshot, node: int) -> None:
    """A bug of other systems, seen from both sides: a refused parent must silence its children, and nothing else."""
    before = judge_all(s)
    for r in range(len(s.rhythm)):
        rows = [row for other in range(len(s.rhythm)) for row in tastes_of(s, other)]
        if any(row.resident == r and row.node == node for row in rows):
            continue
        table = np.array([*rows, TasteRow(r, node, False, OWN)], dtype=np.int64)
        more = replace(
            s,
            taste_resident=table[:, 0],
            taste_node=table[:, 1],
            taste_liked=table[:, 2].astype(bool),
            taste_sender=table[:, 3],
        )
        after = judge_all(more)
        for a, weights in enumerate(s.weights):
            if node in weights:
                assert after.code[r, a] != Code.ELIGIBLE
            else:
                assert after.code[r, a] == before.code[r, a]


@st.composite
def marked(draw: st.DrawFn) -> tuple[Array, Array, Array]:
    rows, columns = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    value = st.sampled_from([0.0, 0.3, 0.7, 1.0])
    size = rows * columns
    dense = np.array(draw(st.lists(value, min_size=size, max_size=size)), dtype=np.float32).reshape(rows, columns)
    marks = np.array(draw(st.lists(st.integers(0, 2), min_size=columns, max_size=columns)), dtype=np.int64)
    return dense, marks == 1, marks == 2


@given(marked())
def test_alcohol_and_children_never_meet_and_the_favourite_stays(
    case: tuple[Array, Array, Array],
) -> None:
    dense, alcohol, children = case
    kept = keep_apart(csr_array(dense), alcohol, children).toarray()
    for before, after in zip(dense, kept, strict=True):
        assert not (after[alcohol].any() and after[children].any())
        assert set(after[after > 0]) <= set(before[before > 0])
        assert after.max(initial=0) == before.max(initial=0)
        assert (after[~alcohol & ~children] == before[~alcohol & ~children]).all()
