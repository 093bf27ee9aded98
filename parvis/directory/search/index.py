"""A list of things to find, and what of it answers a question: best first, each with its reason. No database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .needs import Named, answered_by_trades, near_needs, need_words, same_as, vocabulary, weight
from .words import Neighbours, names_place, squeezed, words_of

# How well each source answers a word. A name outdoes a trade only when it is said whole: who types « fleurs » looks
# for a florist before « Fleurs de sel ».
_NAME, _NEEDS, _TRADE, _INTEREST, _PART, _ABOUT, _PLACE = 1.0, 0.95, 0.9, 0.8, 0.75, 0.6, 0.5
_SLIP, _SLIP_OF_A_KNOWN_WORD, _START = 0.85, 0.5, 0.7
_WHOLE_NAME, _WHOLE_NAME_SLIP = 1.0, 0.9  # added once


class Why(StrEnum):
    NAME = "name"
    SLIP = "slip"
    NEEDS = "needs"
    TRADE = "trade"
    INTEREST = "interest"
    ABOUT = "about"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to find. `trades`: category slugs; `trade`, `needs` (separated by commas), `about`: its own words;
    `interests`: slugs of what it speaks about and of all above; `first`: comes before others that answer as well."""

    key: str
    name: str
    commune: str = ""
    trades: tuple[str, ...] = ()
    trade: str = ""
    needs: str = ""
    about: str = ""
    interests: frozenset[str] = frozenset()
    first: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """`above`: slugs of the interests that the text names and of all above them."""

    text: str
    above: Mapping[str, Named] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """`detail`: the slug of the trade or interest, or the shop's own words, where `why` is one of these."""

    key: str
    score: float
    why: Why
    detail: str = ""


Reason = tuple[Why, str]


@dataclass(slots=True)
class _Found:
    """What answers each word best, for one entry."""

    words: dict[str, tuple[float, Reason]] = field(default_factory=dict)
    extra: float = 0.0

    def offer(self, word: str, value: float, reason: Reason) -> None:
        if value > self.words.get(word, (0.0, reason))[0]:
            self.words[word] = (value, reason)

    @property
    def score(self) -> float:
        return self.extra + sum(value * weight(word) for word, (value, _) in self.words.items())

    @property
    def reason(self) -> Reason:
        """The one that answers most."""
        if len(self.words) == 1:
            return next(iter(self.words.values()))[1]
        shares: dict[Reason, float] = defaultdict(float)
        for word, (value, reason) in self.words.items():
            shares[reason] += value * weight(word)
        return max(shares, key=lambda reason: shares[reason])


class Index:
    """Made once from its entries; asking changes nothing."""

    LEAST = 0.4  # of the best answer: beside a good one, a poor one is noise

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self._names = [words_of(entry.name) for entry in self.entries]
        self._by_name = _postings(self._names)
        self._by_whole = _postings([[squeezed(entry.name)] for entry in self.entries])
        self._by_trade = _postings([entry.trades for entry in self.entries])
        self._by_interest = _postings([entry.interests for entry in self.entries])
        self._by_about = _postings([need_words(f"{entry.about} {entry.trade}") for entry in self.entries])
        self._by_needs = _postings([need_words(entry.needs.replace(",", " ")) for entry in self.entries])
        self._by_place = _postings([[entry.commune] for entry in self.entries])
        self._near_names = Neighbours(self._by_name)
        self._near_wholes = Neighbours(self._by_whole)

    def ask(self, question: Question) -> list[Hit]:
        """What answers, best first; what answers as well, `first` ones then by name."""
        found: dict[int, _Found] = defaultdict(_Found)
        self._whole_names(question.text, found)
        self._name_words(question.text, found)
        words = _mended(need_words(question.text))
        self._trades(question, words, found)
        self._own_words(words, found)
        self._interests(question, found)
        self._places(question.text, found)
        return self._ranked(found)

    def _whole_names(self, text: str, found: dict[int, _Found]) -> None:
        whole = squeezed(text)
        same = dict.fromkeys(self._by_whole.get(whole, ()), (_WHOLE_NAME, Why.NAME))
        near = self._near_wholes.of(whole)
        slips = {number: (_WHOLE_NAME_SLIP, Why.SLIP) for other in near for number in self._by_whole[other]}
        for number, (value, why) in (slips | same).items():
            found[number].extra = value
            for word in need_words(text):
                found[number].offer(word, value, (why, ""))

    def _name_words(self, text: str, found: dict[int, _Found]) -> None:
        """The more of the name is said, the surer it is meant."""
        said: dict[int, dict[str, tuple[float, Why]]] = defaultdict(dict)
        for word in words_of(text):
            for other, (value, why) in self._like(word).items():
                for number in self._by_name.get(other, ()):
                    said[number][word] = max(said[number].get(word, (0.0, why)), (value, why))
        for number, words in said.items():
            share = 0.6 + 0.4 * min(1, len(words) / len(self._names[number]))
            for word, (value, why) in words.items():
                found[number].offer(same_as(word), _NAME * value * share, (why, ""))

    def _like(self, word: str) -> dict[str, tuple[float, Why]]:
        """Words of names that this one may stand for."""
        slip = _SLIP_OF_A_KNOWN_WORD if word in vocabulary() or word in self._by_name else _SLIP
        near = dict.fromkeys(self._near_names.of(word), (slip, Why.SLIP))
        longer = dict.fromkeys(self._near_names.longer(word) if len(word) > 2 else (), (_START, Why.NAME))
        return near | longer | {word: (1.0, Why.NAME)}

    def _trades(self, question: Question, words: Mapping[str, tuple[str, float]], found: dict[int, _Found]) -> None:
        for slug, answered in answered_by_trades(words, question.above).items():
            for number in self._by_trade.get(slug, ()):
                for word, value in answered.items():
                    typed, sure = words[word]
                    found[number].offer(typed, _TRADE * value * sure, (Why.TRADE, slug))

    def _own_words(self, words: Mapping[str, tuple[str, float]], found: dict[int, _Found]) -> None:
        for word, (typed, value) in words.items():
            for number in self._by_needs.get(word, ()):
                piece, whole = _piece(self.entries[number].needs, word, words)
                found[number].offer(typed, (_NEEDS if whole else _PART) * value, (Why.NEEDS, piece))
            for number in self._by_about.get(word, ()):
                found[number].offer(typed, _ABOUT * value, (Why.ABOUT, ""))

    def _interests(self, question: Question, found: dict[int, _Found]) -> None:
        for slug in (slug for slug, named in question.above.items() if not named.steps):
            for number in self._by_interest.get(slug, ()):
                for word in need_words(question.above[slug].words):
                    found[number].offer(word, _INTEREST, (Why.INTEREST, slug))

    def _places(self, text: str, found: dict[int, _Found]) -> None:
        """A commune's name alone finds no shop: it only says which of those found is meant."""
        for place in (place for place in self._by_place if names_place(text, place)):
            words = set(need_words(place))
            for number in self._by_place[place]:
                if number in found and set(found[number].words) - words:
                    found[number].offer(place, _PLACE, (Why.PLACE, ""))

    def _ranked(self, found: Mapping[int, _Found]) -> list[Hit]:
        scored = [(each.score, number, each) for number, each in found.items() if each.words]
        least = self.LEAST * max((score for score, _, _ in scored), default=0)
        kept = [one for one in scored if one[0] >= least]
        kept.sort(key=lambda one: (-round(one[0], 4), not self.entries[one[1]].first, self.entries[one[1]].name))
        return [Hit(self.entries[number].key, score, *each.reason) for score, number, each in kept]


def _postings(keys: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Key -> the entries that have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, some in enumerate(keys):
        for key in some:
            found[key].append(number)
    return dict(found)


def _mended(words: Iterable[str]) -> dict[str, tuple[str, float]]:
    """Word to look for -> (the word typed, how sure). A word that nobody knows may be a slip, or only a beginning."""
    found: dict[str, tuple[str, float]] = {}
    for word in words:
        found[word] = (word, 1.0)
        if word not in vocabulary():
            near, longer = near_needs().of(word), near_needs().longer(word) if len(word) > 3 else set()
            for other in near | longer:
                found.setdefault(other, (word, _SLIP if other in near else _START))
    return found


def _piece(needs: str, word: str, asked: Collection[str]) -> tuple[str, bool]:
    """The piece of the shop's list that holds the word, as the shop typed it, and whether all of it is asked:
    « réparer » is only a part of « réparer des lunettes »."""
    pieces = [piece.strip() for piece in needs.split(",") if word in need_words(piece)]
    whole = next((piece for piece in pieces if set(need_words(piece)) <= set(asked)), "")
    return (whole, True) if whole else (pieces[0] if pieces else "", False)
