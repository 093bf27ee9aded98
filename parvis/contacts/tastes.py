"""One person's tastes as they are shown to them: what holds at each subject, why, and in a sentence. No database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from parvis.core.speech import in_english, mark, say
from parvis.core.words import fold

from .rules import Verdict, judge
from .words import Node, nodes

Above = Mapping[int, Mapping[int, int]]
MOST_NAMED = 6  # subjects in the sentence; beyond, they are counted


class Answer(StrEnum):
    YES = mark("oui")
    NEUTRAL = mark("neutre")
    NO = mark("non")

    @property
    def liked(self) -> bool | None:
        return {"oui": True, "non": False}.get(self)


def answer(liked: bool | None) -> Answer:
    return {True: Answer.YES, False: Answer.NO, None: Answer.NEUTRAL}[liked]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person said of one subject, and what holds there: the two differ where something above decides."""

    node: int
    own: Answer
    verdict: Verdict

    @property
    def holds(self) -> Answer:
        if self.verdict.refused:
            return Answer.NO
        return Answer.YES if self.verdict.score > 0 else Answer.NEUTRAL

    @property
    def by(self) -> int | None:
        """The subject that decides, where it is another one."""
        return None if self.verdict.node == self.node else self.verdict.node

    @property
    def inherited(self) -> bool:
        return self.own is Answer.NEUTRAL and self.by is not None

    @property
    def overruled(self) -> bool:
        """A yes under a refusal: it will bring nothing."""
        return self.own is Answer.YES and self.verdict.refused


def standings(tastes: Mapping[int, bool], above: Above, of: Iterable[int]) -> dict[int, Standing]:
    likes = {node for node, liked in tastes.items() if liked}
    refusals = tastes.keys() - likes
    return {
        node: Standing(node, answer(tastes.get(node)), judge([node], likes=likes, refusals=refusals, above=above))
        for node in of
    }


@dataclass(slots=True)
class Branch:
    """A subject and those under it, each once: beside the first of its parents."""

    node: Node
    under: list["Branch"] = field(default_factory=list)


@cache
def outline() -> tuple[Branch, ...]:
    """The roots, in the file's order. Never change what it returns."""
    branches = {node.slug: Branch(node) for node in nodes()}
    for branch in branches.values():
        if branch.node.parents:
            branches[branch.node.parents[0]].under.append(branch)
    return tuple(branch for branch in branches.values() if not branch.node.parents)


@dataclass(frozen=True, slots=True)
class Summary:
    """What was understood: subjects as they are said after « vous aimez », and how many are left out."""

    liked: Sequence[int]
    refused: Sequence[int]
    more_liked: int
    more_refused: int


def summary(tastes: Mapping[int, bool], above: Above, order: Sequence[int]) -> Summary:
    """Only what no broader taste says already. A yes that a refusal overrules is not told as one."""
    found = standings(tastes, above, tastes)
    liked = [n for n in order if tastes.get(n) and not found[n].overruled and not _said(n, True, tastes, above)]
    refused = [n for n in order if tastes.get(n) is False and not _said(n, False, tastes, above)]
    return Summary(
        liked[:MOST_NAMED],
        refused[:MOST_NAMED],
        max(len(liked) - MOST_NAMED, 0),
        max(len(refused) - MOST_NAMED, 0),
    )


def _said(node: int, liked: bool, tastes: Mapping[int, bool], above: Above) -> bool:
    return any(tastes.get(higher) is liked for higher in above[node] if higher != node)


def find(words: str) -> frozenset[str]:
    """Slugs of the subjects of which every word begins one of their words: « from ital » finds the Italian cheese.
    Whoever reads English may type the English names too."""
    asked = [fold(word) for word in words.replace("’", " ").replace("'", " ").split()]
    return frozenset(
        slug for slug, known in _vocabulary(in_english()) if asked and all(_begins(one, known) for one in asked)
    )


def _begins(asked: str, known: Iterable[str]) -> bool:
    return any(word.startswith(asked) for word in known)


@cache
def _vocabulary(english: bool) -> tuple[tuple[str, frozenset[str]], ...]:
    rows = []
    for node in nodes():
        names = (node.name, say(node.name)) if english else (node.name,)
        text = " ".join((*names, *node.words, *node.exact)).replace("’", " ").replace("'", " ").replace("-", " ")
        rows.append((node.slug, frozenset(fold(word) for word in text.split())))
    return tuple(rows)
