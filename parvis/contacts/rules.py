"""Channels, purposes, and how tastes descend the interest tree. Pure: ids in, verdicts out."""

import datetime as dt
import re
import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from parvis.core.speech import mark

Key = TypeVar("Key", bound=Hashable)

MAX_RHYTHM = 7  # announcements a week
RHYTHMS = (0, 1, 2, 4, 7)
DEFAULT_RHYTHM = 2
DECAY = 0.7  # interest lost at each step down the tree


def step_down(rhythm: int) -> int:
    """The next lower rhythm; 0 stays 0."""
    return max((lower for lower in RHYTHMS if lower < rhythm), default=0)


class Channel(StrEnum):
    EMAIL = "email"
    PAPER = "paper"
    PHONE = "phone"

    @property
    def label(self) -> str:
        """After a verb: « il peut vous écrire par courriel ». Marked: whoever shows it says it."""
        return {"email": mark("par courriel"), "paper": mark("sur papier"), "phone": mark("par téléphone")}[self]


class Purpose(StrEnum):
    NEWS = "news"  # announcements: needs a right, draws on the rhythm
    SERVICE = "service"  # what the person asked for: never counted, never advertising


class Basis(StrEnum):
    CONSENT = "consent"
    SALE = "sale"  # rule 3, CPCE L34-5: same shop, similar products, objection in every message


class Standing(StrEnum):
    """What the last word on a channel is worth today."""

    YES = "yes"
    SALE = "sale"  # nobody said yes: a purchase gives the right
    NO = "no"
    OVER = "over"  # a yes that has run out, or was stopped with everything else
    SALE_OVER = "sale_over"


def stands(*, granted: bool, runs: bool, sale: bool) -> Standing:
    if not granted:
        return Standing.NO
    if sale:
        return Standing.SALE if runs else Standing.SALE_OVER
    return Standing.YES if runs else Standing.OVER


class Source(StrEnum):
    WEB = "web"
    COUNTER = "counter"
    PAPER = "paper"
    FILE = "file"  # the shop's own spreadsheet, which names where it got the right
    LINK = "link"  # a link in a message: can only reduce (decision 4)


A_SHOPS_WORD = "user:"  # how the key begins of an actor who signed in: a shop's people, not the person nor the host


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one resident's tastes say of one subject.

    `score` is 0 where nothing is liked, else DECAY ** steps to the nearest liked node; `node` is the taste that
    decided.
    """

    refused: bool
    score: float
    node: int | None


def may_be_one(given: str, other: str) -> bool:
    """Whether two first names may be one person's: « M.-Christine » and « Christine », « O. » and « Odile », or one is
    unknown."""
    ours, theirs = _name_words(given), _name_words(other)
    if not ours or not theirs:
        return True
    return any(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a in ours for b in theirs)


def _name_words(name: str) -> list[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.findall(r"\w+", bare)


def has_age(years: int, *, born: dt.date, on: dt.date) -> bool:
    """Whether someone has that age on that day. Born on 29 February, one waits for 1 March: never a day too early."""
    return (on.year - born.year) - ((on.month, on.day) < (born.month, born.day)) >= years


def first_day_in_force(expires: Callable[[dt.date], dt.date], today: dt.date) -> dt.date:
    """The earliest day from which a term still runs `today`: what was given that day or later is in force.

    `expires`: the day of the right -> the first day without it (see law.rules), which never comes earlier for a later
    day.
    """
    days = range(1, today.toordinal() + 1)
    started = bisect_left(days, True, key=lambda day: today < expires(dt.date.fromordinal(day)))
    return dt.date.fromordinal(started + 1)


def closure(parents: Mapping[Key, Iterable[Key]]) -> dict[Key, dict[Key, int]]:
    """For each node, itself and its ancestors with the fewest steps up to each. Several parents do, a loop does not."""
    result = {}
    for node in parents:
        steps = {node: 0}
        queue = deque([node])
        while queue:
            here = queue.popleft()
            for parent in parents.get(here, ()):
                if parent == node:
                    raise ValueError(f"interest {node} is its own ancestor")
                if parent not in steps:
                    steps[parent] = steps[here] + 1
                    queue.append(parent)
        result[node] = steps
    return result


def judge(
    subjects: Iterable[int], *, likes: set[int], refusals: set[int], above: Mapping[int, Mapping[int, int]]
) -> Verdict:
    """Refusals are stronger than likes and are inherited: one refused ancestor of one subject refuses the whole."""
    best: tuple[int, int] | None = None
    for subject in subjects:
        for node, steps in above[subject].items():
            if node in refusals:
                return Verdict(True, 0.0, node)
            if node in likes and (best is None or (steps, node) < best):
                best = (steps, node)
    return Verdict(False, DECAY ** best[0], best[1]) if best else Verdict(False, 0.0, None)
