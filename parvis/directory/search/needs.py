"""What people come to each trade for: data/needs.toml, read once."""

import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

from parvis.core.words import fold
from parvis.sirene.activities import categories

from .words import Neighbours, words_of

DATA = Path(__file__).parent.parent / "data" / "needs.toml"

Phrase = frozenset[str]


class Named(NamedTuple):
    """The words that name an interest, or one `steps` below it."""

    words: str
    steps: int


# A trade's line begins with what it is most: a phrase at its end is worth this much less.
_LAST_IS_LESS = 0.1
# An interest that the trade lists, and what each step below takes off: « pivoine » is under « fleurs », two steps down.
_INTEREST, _STEP = 0.85, 0.8


@dataclass(frozen=True, slots=True)
class Trade:
    """A category of sirene.activities. `phrases`: each answers whoever says all its words, and how well;
    `interests`: slugs."""

    slug: str
    phrases: Mapping[Phrase, float]
    interests: frozenset[str]


@cache
def trades() -> Mapping[str, Trade]:
    """By slug. Each also answers to its own name. Raises KeyError for a slug that is no category."""
    names = categories()
    return {
        slug: Trade(slug, _phrases([names[slug].singular, *told["needs"]]), frozenset(told.get("interests", ())))
        for slug, told in _file().items()
        if slug != "same"
    }


def _phrases(texts: Sequence[str]) -> dict[Phrase, float]:
    found: dict[Phrase, float] = {}
    for place, text in enumerate(texts):
        found.setdefault(frozenset(need_words(text)), 1 - _LAST_IS_LESS * place / len(texts))
    return found


def need_words(text: str) -> list[str]:
    """As words_of, words that mean the same being one: « réparation » is « réparer »."""
    return list(dict.fromkeys(same_as(word) for word in words_of(text)))


def same_as(word: str) -> str:
    return _same().get(word, word)


@cache
def vocabulary() -> frozenset[str]:
    return frozenset(word for trade in trades().values() for phrase in trade.phrases for word in phrase)


@cache
def near_needs() -> Neighbours:
    return Neighbours(vocabulary())


@cache
def _spread() -> Counter[str]:
    """In how many trades each word is said."""
    return Counter(w for trade in trades().values() for w in {w for phrase in trade.phrases for w in phrase})


@lru_cache(maxsize=8192)
def weight(word: str) -> float:
    """What a word tells: 1 where one trade says it or none, less the more trades share it (« réparer »)."""
    return 1 / sqrt(max(1, _spread()[word]))


def answered_by_trades(words: Collection[str], above: Mapping[str, Named]) -> dict[str, dict[str, float]]:
    """Category slug -> each word that it answers, and how well (0 to 1). `above`: the interests that the question names
    and all above them."""
    said = frozenset(words)
    found: dict[str, dict[str, float]] = {}
    for slug, trade in trades().items():
        values: dict[str, float] = {}
        for phrase, value in trade.phrases.items():
            if phrase <= said:
                _offer(values, phrase, value)
        for interest in trade.interests & above.keys():
            text, steps = above[interest]
            _offer(values, said.intersection(need_words(text)), _INTEREST * _STEP**steps)
        if values:
            found[slug] = values
    return found


@lru_cache(maxsize=4096)
def category_of(trade: str) -> str:
    """The category that a shop's own words of its trade say first: « fleuriste, ateliers floraux » is "fleuriste".
    "" where they say none."""
    found = answered_by_trades(need_words(trade.partition(",")[0]), {})
    worth = {slug: sum(value * weight(word) for word, value in words.items()) for slug, words in found.items()}
    return max(worth, key=lambda slug: worth[slug], default="")


def _offer(values: dict[str, float], words: Iterable[str], value: float) -> None:
    for word in words:
        values[word] = max(value, values.get(word, 0))


@cache
def _same() -> dict[str, str]:
    return {fold(word): fold(group[0]) for group in _file()["same"] for word in group}


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
