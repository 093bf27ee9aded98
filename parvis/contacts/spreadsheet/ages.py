"""The columns that say whether someone is an adult: « Majeur », « Adulte déclaré le », « +18 »."""

import datetime as dt
import re
from dataclasses import dataclass

from parvis.core.speech import mark

from . import consent as words
from .cells import says_nothing
from .dates import NotADate, past_event
from .headings import plain
from .lines import Line
from .shapes import Cell

_ADULT = frozenset(["majeur", "majeure", "adulte"])
_MINOR = frozenset(["mineur", "mineure", "enfant"])
_NOT_FILLED = re.compile(r"non (?:renseigne|communique|precise|connu)\w*|inconnu\w*")

NO_DAY = mark(
    "Un oui sans date : on ne sait pas quand cette personne a dit être majeure, et on ne lui annoncera pas d’alcool. "
    "Écrivez la date à la place du oui, ou ajoutez la date de l’accord ou du dernier achat."
)
NOT_UNDERSTOOD = mark(
    "Cette réponse n’est ni oui, ni non, ni une date : elle ne compte pas, et cette ligne ne permet pas "
    "d’annoncer de l’alcool. Écrivez le jour où la personne a dit être majeure, par exemple 12/03/2024."
)
ASIDE = mark("Cette réponse n’est ni oui, ni non, ni une date : la date de naissance seule compte.")


@dataclass(slots=True)
class Age:
    adult_on: dt.date | None = None  # the day the shop was told so
    minor: bool = False  # a plain no


def read_age(line: Line, told_on: dt.date | None, *, born: dt.date | None) -> Age:
    """`told_on`: the day of a bare yes, that of the consent or of the sale; none, and the yes is worth nothing. `born`:
    whoever has a birth date has an answer beside an odd one."""
    age = Age()
    for _, heading, cell, text in line.raw("adult"):
        kind = words.verdict(text)
        if "?" in text:
            _hear(line, age, heading, text, text, born=born)
        elif kind == words.NO or plain(text) in _MINOR:
            age.minor = True
        elif kind == words.YES or plain(text) in _ADULT:
            age.adult_on = age.adult_on or told_on
            if told_on is None:
                line.warn(heading, text, NO_DAY)
        elif kind != words.NOTHING or _asks(text):
            _hear(line, age, heading, cell, text, born=born)
    return age


def _asks(text: str) -> bool:
    """« à demander »: nobody knows, which is not the same as an empty cell."""
    return not (says_nothing(text) or _NOT_FILLED.fullmatch(plain(text)))


def _hear(line: Line, age: Age, heading: str, cell: Cell, text: str, *, born: dt.date | None) -> None:
    dated = words.verdict(text) == words.DATE
    try:
        day = past_event(words.date_in(text) if dated else cell, line.today)
    except NotADate as error:
        line.warn(heading, text, error.sentence if dated else ASIDE if born else NOT_UNDERSTOOD)
    else:
        age.adult_on = age.adult_on or day
