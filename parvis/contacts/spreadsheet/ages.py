"""The columns that say whether someone is an adult: « Majeur », « Adulte déclaré le », « +18 »."""

import datetime as dt
from dataclasses import dataclass

from . import consent as words
from .dates import NotADate, past_event
from .headings import plain
from .lines import Line
from .shapes import Cell

_ADULT = frozenset(["majeur", "majeure", "adulte"])
_MINOR = frozenset(["mineur", "mineure", "enfant"])

NO_DAY = (
    "Un oui sans date : on ne sait pas quand cette personne a dit être majeure, et on ne lui annoncera pas d’alcool. "
    "Écrivez la date à la place du oui, ou ajoutez la date de l’accord ou du dernier achat."
)
NOT_UNDERSTOOD = (
    "Cette réponse n’est ni oui, ni non, ni une date : on ne sait pas si cette personne est majeure. "
    "Écrivez le jour où elle l’a dit, par exemple 12/03/2024."
)


@dataclass(slots=True)
class Age:
    adult_on: dt.date | None = None  # the day the shop was told so
    minor: bool = False  # a plain no


def read_age(line: Line, told_on: dt.date | None) -> Age:
    """`told_on`: the day of a bare yes, that of the consent or of the sale; none, and the yes is worth nothing."""
    age = Age()
    for _, heading, cell, text in line.raw("adult"):
        kind = words.verdict(text)
        if kind == words.NO or plain(text) in _MINOR:
            age.minor = True
        elif kind == words.YES or plain(text) in _ADULT:
            age.adult_on = age.adult_on or told_on
            if told_on is None:
                line.warn(heading, text, NO_DAY)
        elif kind != words.NOTHING:
            age.adult_on = age.adult_on or _day(line, heading, cell, text, dated=kind == words.DATE)
    return age


def _day(line: Line, heading: str, cell: Cell, text: str, *, dated: bool) -> dt.date | None:
    try:
        return past_event(words.date_in(text) if dated else cell, line.today)
    except NotADate as error:
        line.warn(heading, text, error.sentence if dated else NOT_UNDERSTOOD)
        return None
