"""The interests as data/interests.toml lists them, and how to find them in what a shop typed. No database."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from parvis.core.words import fold, singular

from .rules import closure

DATA = Path(__file__).parent / "data"

# Between clauses a refusal ends; between pieces of one clause it may go on.
_CLAUSES = re.compile(r"[;.\n|]|\bmais\b", re.IGNORECASE)
_PIECES = re.compile(r"[,/+)]")
# « plus de vin » is no vin: the two words are one refusal, where « le plus souvent » is none.
_WORD = re.compile(r"plus\s+d(?:e\b|(?=['’]))|[^\W_]+", re.IGNORECASE)


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_LINKS = _folded("a au aux avec c d de des du en et j l la le les ou par pour s un une")
_FILLERS = _folded("adore aime beaucoup bien bon bonne surtout tout toute tous toutes très")
# « pas de rosé » refuses within its piece; « n’aime pas le rosé, la bière » until the clause ends.
_REFUSE_ON = _folded("déteste except excepté hormis jamais n ne ni refuse sauf")
_REFUSE = _folded("aucun aucune non pas") | _REFUSE_ON | {"plus d", "plus de"}
_WITHOUT = fold("sans")  # refuses what follows, never what precedes: « pain sans gluten »
# Said around a refusal, naming nothing: « elle n’aime pas trop ».
_AROUND = _REFUSE | {_WITHOUT} | _folded("boit elle il je mange on prend trop veut vraiment")


@dataclass(frozen=True, slots=True)
class Node:
    """One interest of the file. `words` are found whatever their accents; `exact` only with their own."""

    slug: str
    name: str
    liked: str
    parents: tuple[str, ...]
    alcohol: bool
    words: tuple[str, ...]
    exact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """Slugs of the interests found, the words left over as typed, and the slugs of the interests that a negation
    touches; each in the order typed."""

    slugs: tuple[str, ...]
    unknown: tuple[str, ...]
    refused: tuple[str, ...] = ()


@cache
def nodes() -> tuple[Node, ...]:
    """The whole closed list (decision 10), in the file's order. Raises TypeError on an unknown field."""
    table = tomllib.loads((DATA / "interests.toml").read_text(encoding="utf-8"))
    return tuple(_node(slug, **fields) for slug, fields in table.items())


@cache
def above() -> Mapping[str, Mapping[str, int]]:
    """By slug: each interest of the file and its ancestors, with the fewest steps up to each."""
    return closure({node.slug: node.parents for node in nodes()})


def _node(
    slug: str,
    *,
    name: str,
    liked: str,
    parents: list[str] | None = None,
    alcohol: bool = False,
    words: list[str] | None = None,
    exact: list[str] | None = None,
) -> Node:
    return Node(slug, name, liked, tuple(parents or ()), alcohol, tuple(words or ()), tuple(exact or ()))


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    accented: str


@dataclass(frozen=True, slots=True)
class _Match:
    first: int  # in words
    last: int
    slug: str


def recognise(text: str, *, refusing: bool = False) -> Recognition:
    """The interests named in free French words, longest first: « whisky japonais » is not whisky and Japan.

    What a negation touches (« pas de rosé ») is never taken for a like: it comes back among the refused. With
    `refusing`, for a column of refusals, negations count for nothing: there « pas de rosé » names the rosé.
    """
    slugs: list[str] = []
    unknown: list[str] = []
    refused_slugs: list[str] = []
    for piece, words, found, end in _read(text, refusing):
        slugs += [match.slug for match in found if match.last < end]
        refused_slugs += [match.slug for match in found if match.last >= end]
        unknown += _left_over(piece, words, found)
    return Recognition(*(tuple(dict.fromkeys(each)) for each in (slugs, unknown, refused_slugs)))


def named(text: str) -> dict[str, str]:
    """Slug of each interest that `recognise` finds -> the words that name it, as typed."""
    return {
        match.slug: piece[words[match.first].start : words[match.last].end]
        for piece, words, found, end in _read(text, refusing=False)
        for match in found
        if match.last < end
    }


def _read(text: str, refusing: bool) -> Iterator[tuple[str, list[_Word], list[_Match], int]]:
    """Each piece, its words, what it names, and the word from which a refusal runs."""
    for clause in _CLAUSES.split(unicodedata.normalize("NFC", text)):
        refused = False
        for piece in _PIECES.split(clause):
            words = [w for w in _words(piece) if not (refusing and w.folded in _REFUSE)]
            found = _find(words)
            end, refused = _heard(words, found, runs_on=":" in piece, refused=refused)
            yield piece, words, found, end


def refuses_on(clause: str) -> bool:
    """Whether some refusal of a clause may run on past a comma, to its end."""
    return ":" in clause or any(word.folded in _REFUSE_ON for word in _words(clause))


def _words(piece: str) -> list[_Word]:
    words = [
        _Word(m.start(), m.end(), fold(" ".join(m[0].split())), singular(m[0].lower())) for m in _WORD.finditer(piece)
    ]
    return [word for word in words if word.folded not in _LINKS | _FILLERS]


@cache
def _index() -> dict[tuple[str, ...], str]:
    """Every name and word, cut as the texts are, to its slug. Raises ValueError where two nodes claim one."""
    index: dict[tuple[str, ...], str] = {}
    for node in nodes():
        keys = [tuple(w.folded for w in _words(text)) for text in (node.name, *node.words)]
        keys += [tuple(w.accented for w in _words(text)) for text in node.exact]
        for key in keys:
            if index.setdefault(key, node.slug) != node.slug:
                raise ValueError(f"{' '.join(key)} names both {index[key]} and {node.slug}")
    return index


def _find(words: list[_Word]) -> list[_Match]:
    index = _index()
    found: list[_Match] = []
    free = [True] * len(words)
    for size in range(min(len(words), max(map(len, index))), 0, -1):
        for first in range(len(words) - size + 1):
            part = words[first : first + size]
            slug = index.get(tuple(w.accented for w in part)) or index.get(tuple(w.folded for w in part))
            if slug and all(free[first : first + size]):
                free[first : first + size] = [False] * size
                found.append(_Match(first, first + size - 1, slug))
    return sorted(found, key=lambda match: match.first)


def _heard(words: list[_Word], found: list[_Match], *, runs_on: bool, refused: bool) -> tuple[int, bool]:
    """How many words of the piece come before any refusal, and whether it runs on to the clause's end."""
    if refused:
        return 0, True
    named = {i for match in found for i in range(match.first, match.last + 1)}
    for at, word in enumerate(words):
        if word.folded in _REFUSE | {_WITHOUT} and at not in named:
            # « Le rosé : pas trop »: a refusal with nothing known after it speaks of what is before.
            backwards = word.folded != _WITHOUT and not any(match.first > at for match in found)
            return (0 if backwards else at), runs_on or word.folded in _REFUSE_ON
    return len(words), False


def _left_over(piece: str, words: list[_Word], found: list[_Match]) -> list[str]:
    """The runs of words between those that were found, as typed; a bare « pas » beside a name says no more."""
    left: list[str] = []
    start = 0
    for first, last in [*((match.first, match.last) for match in found), (len(words), len(words))]:
        if start < first and not (found and all(word.folded in _AROUND for word in words[start:first])):
            left.append(piece[words[start].start : words[first - 1].end])
        start = last + 1
    return left
