from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.rules import DECAY, closure, judge

Parents = dict[int, list[int]]


@st.composite
def dags(draw: st.DrawFn, most: int = 6) -> Parents:
    """Nodes with any number of parents; ids say nothing of the order."""
    order = draw(st.permutations(range(draw(st.integers(1, most)))))
    return {
        node: sorted(draw(st.sets(st.sampled_from(order[:rank])))) if rank else [] for rank, node in enumerate(order)
    }


@dataclass(frozen=True)
class Case:
    parents: Parents
    subjects: list[int]
    likes: set[int]
    refusals: set[int]

    @property
    def above(self) -> Mapping[int, Mapping[int, int]]:
        return closure(self.parents)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    parents = draw(dags())
    some = st.sets(st.sampled_from(sorted(parents)))
    return Case(parents, sorted(draw(some)), draw(some), draw(some))


def paths_up(parents: Parents, node: int) -> list[list[int]]:
    """Every path from a node to each of its ancestors, written out: the naive twin of `closure`."""
    return [[node]] + [[node, *path] for parent in parents[node] for path in paths_up(parents, parent)]


def naive_steps(parents: Parents, node: int) -> dict[int, int]:
    paths = paths_up(parents, node)
    return {end: min(len(p) - 1 for p in paths if p[-1] == end) for end in {path[-1] for path in paths}}


@given(dags())
def test_closure_gives_the_fewest_steps_to_every_ancestor(parents: Parents) -> None:
    assert closure(parents) == {node: naive_steps(parents, node) for node in parents}


@given(dags(), st.data())
def test_a_loop_anywhere_is_refused(parents: Parents, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(sorted(parents)))
    ancestor = data.draw(st.sampled_from(sorted(naive_steps(parents, node))))
    looped = parents | {ancestor: [*parents[ancestor], node]}
    with pytest.raises(ValueError, match="its own ancestor"):
        closure(looped)


@given(cases())
def test_judge_agrees_with_a_naive_reading_of_every_path(case: Case) -> None:
    paths = [path for subject in case.subjects for path in paths_up(case.parents, subject)]
    verdict = judge(case.subjects, likes=case.likes, refusals=case.refusals, above=case.above)
    refused = any(path[-1] in case.refusals for path in paths)
    steps = [len(path) - 1 for path in paths if path[-1] in case.likes]
    assert verdict.refused is refused
    assert verdict.score == (DECAY ** min(steps) if steps and not refused else 0)


@given(cases())
def test_the_taste_that_decided_is_one_the_person_said_and_is_above_a_subject(case: Case) -> None:
    verdict = judge(case.subjects, likes=case.likes, refusals=case.refusals, above=case.above)
    reach = {node for subject in case.subjects for node in case.above[subject]}
    if verdict.node is None:
        assert not reach & (case.likes | case.refusals)
    else:
        assert verdict.node in reach & (case.refusals if verdict.refused else case.likes)


@given(cases(), st.data())
def test_a_refusal_wins_over_any_like_however_near(case: Case, data: st.DataObject) -> None:
    subject = data.draw(st.sampled_from(sorted(case.parents)))
    refusal = data.draw(st.sampled_from(sorted(case.above[subject])))
    verdict = judge(
        [*case.subjects, subject],
        likes=case.likes | {subject, refusal},
        refusals=case.refusals | {refusal},
        above=case.above,
    )
    assert (verdict.refused, verdict.score) == (True, 0)


@given(cases(), st.data())
def test_one_more_refusal_never_opens_anything(case: Case, data: st.DataObject) -> None:
    more = data.draw(st.sampled_from(sorted(case.parents)))
    before = judge(case.subjects, likes=case.likes, refusals=case.refusals, above=case.above)
    after = judge(case.subjects, likes=case.likes, refusals=case.refusals | {more}, above=case.above)
    assert after.refused >= before.refused
    assert after.score <= before.score


@given(cases())
def test_the_order_of_subjects_changes_no_right(case: Case) -> None:
    one = judge(case.subjects, likes=case.likes, refusals=case.refusals, above=case.above)
    other = judge(case.subjects[::-1], likes=case.likes, refusals=case.refusals, above=case.above)
    assert (one.refused, one.score) == (other.refused, other.score)


DRINKS, SPIRITS, WHISKY, JAPAN, JAPANESE_WHISKY, SAKE = range(6)
TREE: Parents = {
    DRINKS: [],
    SPIRITS: [DRINKS],
    WHISKY: [SPIRITS],
    JAPAN: [],
    JAPANESE_WHISKY: [WHISKY, JAPAN],
    SAKE: [SPIRITS, JAPAN],
}


@pytest.mark.parametrize("liked", [WHISKY, JAPAN])
def test_whoever_likes_whisky_or_likes_japan_hears_of_japanese_whisky(liked: int) -> None:
    verdict = judge([JAPANESE_WHISKY], likes={liked}, refusals=set(), above=closure(TREE))
    assert (verdict.refused, verdict.score, verdict.node) == (False, DECAY, liked)


@pytest.mark.parametrize("refused", [DRINKS, SPIRITS, WHISKY, JAPAN, JAPANESE_WHISKY])
def test_who_unsubscribed_from_a_parent_topic_is_not_mailed_through_a_child_topic(refused: int) -> None:
    likes = {JAPANESE_WHISKY, WHISKY, JAPAN}
    verdict = judge([JAPANESE_WHISKY], likes=likes, refusals={refused}, above=closure(TREE))
    assert (verdict.refused, verdict.score, verdict.node) == (True, 0, refused)


def test_a_refused_subject_refuses_the_announcement_that_also_has_a_liked_one() -> None:
    verdict = judge([WHISKY, SAKE], likes={WHISKY}, refusals={SAKE}, above=closure(TREE))
    assert verdict.refused


def test_interest_fades_at_each_step_down() -> None:
    scores = [
        judge([node], likes={DRINKS}, refusals=set(), above=closure(TREE)).score
        for node in (DRINKS, SPIRITS, WHISKY, JAPANESE_WHISKY)
    ]
    assert scores == [1, DECAY, DECAY**2, DECAY**3]


def test_a_like_does_not_climb_to_the_parent() -> None:
    assert judge([WHISKY], likes={JAPANESE_WHISKY}, refusals=set(), above=closure(TREE)).score == 0


def test_an_announcement_without_subject_is_neither_liked_nor_refused() -> None:
    verdict = judge([], likes={WHISKY}, refusals={JAPAN}, above=closure(TREE))
    assert (verdict.refused, verdict.score, verdict.node) == (False, 0, None)
