"""A question cut into words that can be compared, and words that resemble each other."""

import re
from collections import defaultdict
from collections.abc import Iterable

from parvis.core.words import fold, plain

_WORD = re.compile(r"[^\W_]+")

# What a need is wrapped in; it tells nothing of the need.
_WRAPPING = """
    a à au aux avec c ça ce ces cet cette chez d dans de des du elle elles en est et etre être eu il ils j je l la le
    les leur leurs lui m ma me mes moi mon n ne nos notre nous on ou où par pas plus pour qu que quel quelle quelles
    quels qui quoi s sa sans se ses si son sont sous sur t ta te tes toi ton tous tout toute toutes tu un une vos votre
    vous y
    ai acheter aller aller ailleurs aimer aimerais as aurais auriez avez avoir avons besoin bien bon bonne bons bonnes
    beau belle cherche chercher commander donner envie faire fais fait faites faut falloir ici magasin neuf neuve
    nouveau nouvelle nouveaux nouvelles obtenir ouvert ouverte ouverts ouvertes passer petit petite petits petites
    peut peux plait pourrais pouvoir prendre près proche proximité quelque quelques recherche rechercher refaire
    rencontrer soir svp trouver vais vas veut veux voudrais voudrait vouloir très trop ans année années
    zéro deux trois quatre cinq six sept huit neuf dix
"""
_WRAPPING_WORDS = frozenset(fold(word) for word in _WRAPPING.split())


def words_of(text: str) -> list[str]:
    """Each folded word once, in the order written, without what only wraps them; all of them where nothing else is."""
    every = list(dict.fromkeys(fold(word) for word in _WORD.findall(text)))
    return [word for word in every if word not in _WRAPPING_WORDS] or every


def squeezed(text: str) -> str:
    """Letters and digits alone: « L’Étoile d’Or » gives « letoiledor »."""
    return "".join(_WORD.findall(plain(text)))


def resemble(one: str, other: str) -> bool:
    """Whether they are the same but for one letter added, missing, changed, or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    shortest = min(len(one), len(other))
    start = 0
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == len(right) == 2 and left == right[::-1])


def names_place(text: str, name: str) -> bool:
    """Whether the text names this commune, by all its words or by the first where that one is telling: « Mandres » is
    Mandres-les-Roses, « roses » is not, and « saint » no commune at all."""
    said, words = words_of(text), words_of(name)
    head = words[0] if words else ""
    telling = len(head) > Neighbours.SHORTEST and head not in {"saint", "sainte"}
    return bool(words) and (set(words) <= set(said) or (telling and any(resemble(head, word) for word in said)))


class Neighbours:
    """Which known words resemble a word. One slip leaves the first two letters or the last two as they were, but for a
    swap in the middle of four, which leaves the first and the last: only those are compared."""

    SHORTEST = 4  # a slip in « vin » gives « pin », another word

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        self._by_end: dict[str, list[str]] = defaultdict(list)
        self._by_both: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._by_start[word[:2]].append(word)
            self._by_end[word[-2:]].append(word)
            if len(word) == self.SHORTEST:
                self._by_both[word[0] + word[-1]].append(word)

    def of(self, word: str) -> set[str]:
        """The word itself apart."""
        if len(word) < self.SHORTEST:
            return set()
        near = {*self._by_start.get(word[:2], ()), *self._by_end.get(word[-2:], ())}
        near.update(self._by_both.get(word[0] + word[-1], ()) if len(word) == self.SHORTEST else ())
        return {other for other in near if other != word and resemble(word, other)}

    def longer(self, start: str) -> set[str]:
        """Those that begin with these letters."""
        return {word for word in self._by_start.get(start[:2], ()) if word != start and word.startswith(start)}
