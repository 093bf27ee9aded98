"""Dates as people write them in France, and as spreadsheets number them."""

import datetime as dt
import re
from collections.abc import Callable

from parvis.core.errors import BadInput
from parvis.core.speech import mark

from .cells import text_of
from .headings import plain
from .shapes import Cell

_Century = Callable[[int], int]

_MONTHS = (
    ("janvier", "janv", "jan"),
    ("fevrier", "fevr", "fev"),
    ("mars", "mar"),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("aout",),
    ("septembre", "sept", "sep"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_TIME = r"(?:(?:[T ]|,? à )\d{1,2}(?:[:hH]\d{2}(?::\d{2}(?:\.\d+)?)?| ?h)(?: ?Z)?)?"
_DAY_FIRST = re.compile(rf"(\d{{1,2}}) ?[/.\- ] ?(\d{{1,2}}) ?[/.\- ] ?(\d{{4}}|\d{{2}}){_TIME}")
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_IN_WORDS = re.compile(r"(?:[a-z]+day |[a-z]+di |dimanche )?(\d{1,2})(?:er)? ([a-z]+) (\d{4}|\d{2})")
_NUMBER = re.compile(r"(\d{4,5})(?:[.,]\d+)?")

# Excel's day 1 is 1900-01-01, and it believes in a 29 February 1900: hence the day before the day before.
_EXCEL_ORIGIN = dt.date(1899, 12, 30)
_YEARS = range(1900, 2101)
_SERIALS = range(3_000, 74_000)  # 1908 to 2102
_OLDEST_SALE = dt.date(1950, 1, 1)
_OLDEST_PERSON = 120  # years

NOT_A_DATE = mark("Ce n’est pas une date que l’on sache lire : écrivez jour/mois/année, par exemple 12/03/2024.")
ONLY_A_YEAR = mark("Une année seule n’est pas une date : écrivez aussi le jour et le mois, par exemple 12/03/2024.")
NO_YEAR = mark("Il manque l’année : écrivez jour/mois/année, par exemple 12/03/2024.")
NO_DAY = mark("Il manque le jour : écrivez jour/mois/année, par exemple 12/03/2024.")
NO_SUCH_DAY = mark(
    "Ce jour n’existe pas : en France le jour vient avant le mois, par exemple 12/03/2024 pour le 12 mars."
)
IN_THE_FUTURE = mark("Cette date est dans le futur : corrigez-la dans votre tableau.")
TOO_OLD = mark("Cette date est trop ancienne pour être juste : corrigez-la dans votre tableau.")


class NotADate(BadInput):
    """The cell holds no whole date, or one that cannot be."""


def past_event(cell: Cell, today: dt.date) -> dt.date:
    """The day of a sale or of a consent: never in the future."""
    found = _read(cell, lambda short: 1900 + short if short >= 70 else 2000 + short)
    return _between(found, _OLDEST_SALE, today)


def birth(cell: Cell, today: dt.date) -> dt.date:
    """A birth date. Two digits give the latest past year: nobody is taken for an adult by a guess."""
    found = _read(cell, lambda short: 2000 + short if 2000 + short <= today.year else 1900 + short)
    return _between(found, dt.date(today.year - _OLDEST_PERSON, 1, 1), today)


def is_date(text: str) -> bool:
    """Whether the text is a whole date and nothing else, right or wrong; a bare number is not."""
    return bool(_DAY_FIRST.fullmatch(text) or _ISO.fullmatch(text) or _in_words(text))


def _between(found: dt.date, oldest: dt.date, today: dt.date) -> dt.date:
    if found > today:
        raise NotADate(IN_THE_FUTURE)
    if found < oldest:
        raise NotADate(TOO_OLD)
    return found


def _read(cell: Cell, century: _Century) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = " ".join(text_of(cell).split())
    for pattern in (_ISO, _COMPACT):
        if found := pattern.fullmatch(text):
            return _day(found[1], found[2], found[3], century)
    if found := _DAY_FIRST.fullmatch(text):
        return _day(found[3], found[2], found[1], century)
    if found := _in_words(text):
        return _day(found[3], str(_MONTH_NUMBERS[found[2]]), found[1], century)
    return _from_number(text)


def _in_words(text: str) -> re.Match[str] | None:
    found = _IN_WORDS.fullmatch(plain(text)) if len(text) < 60 else None
    return found if found and found[2] in _MONTH_NUMBERS else None


def _from_number(text: str) -> dt.date:
    found = _NUMBER.fullmatch(text)
    if found and int(found[1]) in _YEARS:
        raise NotADate(ONLY_A_YEAR)
    if found and int(found[1]) in _SERIALS:
        return _EXCEL_ORIGIN + dt.timedelta(days=int(found[1]))
    words = re.split(r"[ /.\-]+", plain(text))
    if len(words) == 2 and any(_is_a_month(month) and _is_a_year(year) for month, year in (words, words[::-1])):
        raise NotADate(NO_DAY)
    day_and_month = (
        len(words) == 2 and words[0].rstrip("er").isdecimal() and (words[1] in _MONTH_NUMBERS or words[1].isdecimal())
    )
    raise NotADate(NO_YEAR if day_and_month else NOT_A_DATE)


def _is_a_month(word: str) -> bool:
    return word in _MONTH_NUMBERS or (word.isdecimal() and 1 <= int(word) <= 12)


def _is_a_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and int(word) in _YEARS


def _day(year: str, month: str, day: str, century: _Century) -> dt.date:
    full_year = int(year) if len(year) == 4 else century(int(year))
    try:
        return dt.date(full_year, int(month), int(day))
    except ValueError as error:
        raise NotADate(NO_SUCH_DAY) from error
