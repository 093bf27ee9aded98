"""What the page shows of a taste is what the sorting judges of it."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.rules import closure, judge
from parvis.contacts.tastes import MOST_NAMED, Answer, Branch, answer, find, outline, standings, summary
from parvis.contacts.words import nodes

from .test_rules import dags

Tree = dict[int, list[int]]
World = tuple[Tree, dict[int, bool]]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A tree, and what somebody said of some of its nodes."""
    parents = draw(dags())
    return parents, draw(st.dictionaries(st.sampled_from(sorted(parents)), st.booleans()))


def said(tastes: dict[int, bool], liked: bool) -> set[int]:
    return {node for node, one in tastes.items() if one is liked}


@given(worlds())
def test_what_is_shown_at_a_subject_is_what_an_announcement_on_it_would_meet(
    world: World,
) -> None:
    parents, tastes = world
    above = closure(parents)
    for node, shown in standings(tastes, above, parents).items():
        verdict = judge([node], likes=said(tastes, True), refusals=said(tastes, False), above=above)
        assert (shown.holds is Answer.NO) is verdict.refused
        assert (shown.holds is Answer.YES) is (verdict.score > 0)
        assert shown.own is answer(tastes.get(node))


@given(worlds())
def test_a_subject_without_an_answer_shows_its_own_only_where_nothing_above_decides(
    world: World,
) -> None:
    parents, tastes = world
    above = closure(parents)
    for node, shown in standings(tastes, above, parents).items():
        higher = {one for one in above[node] if one != node} & tastes.keys()
        assert shown.inherited == (node not in tastes and bool(higher))
        assert shown.overruled == (tastes.get(node) is True and bool(higher & said(tastes, False)))
        if shown.by is not None:
            assert shown.by in higher


@given(worlds())
def test_the_sentence_names_no_yes_that_brings_nothing_and_nothing_twice(world: World) -> None:
    parents, tastes = world
    above = closure(parents)
    found = summary(tastes, above, sorted(parents))
    shown = standings(tastes, above, parents)
    assert all(shown[node].holds is Answer.YES for node in found.liked)
    assert all(tastes[node] is False for node in found.refused)
    for named in (found.liked, found.refused):
        assert not any(other in above[node] for node in named for other in named if other != node)
    # Whatever was refused is under something that is named, or counted.
    if not found.more_refused:
        assert all(set(above[node]) & set(found.refused) for node in said(tastes, False))


def test_the_sentence_stops_at_so_many_and_counts_the_rest() -> None:
    above = closure({node: [] for node in range(MOST_NAMED + 3)})
    found = summary(dict.fromkeys(range(MOST_NAMED + 3), True), above, range(MOST_NAMED + 3))
    assert (len(found.liked), found.more_liked) == (MOST_NAMED, 3)
    assert (len(found.refused), found.more_refused) == (0, 0)


def walk(branches: Sequence[Branch]) -> Iterator[str]:
    for branch in branches:
        yield branch.node.slug
        yield from walk(branch.under)


def test_every_subject_of_the_list_is_in_the_tree_once() -> None:
    assert sorted(walk(outline())) == sorted(node.slug for node in nodes())
    assert len(outline()) == 14


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("fromage", "fromages"),
        ("FROMAGES ITAL", "fromages-italiens"),
        ("velo", "velo"),
        ("l’écosse", "ecosse"),
        ("réparer un vélo", None),
        ("camembert", "fromages"),
        ("oeuf", "chocolats-de-printemps"),
    ],
)
def test_a_subject_is_found_by_the_beginning_of_its_words(words: str, slug: str | None) -> None:
    assert (slug in find(words)) if slug else not find(words)


@pytest.mark.parametrize("words", ["", "   ", "zzz", "’", "\x00", "🌻"])
def test_what_names_nothing_finds_nothing(words: str) -> None:
    assert find(words) == frozenset()
