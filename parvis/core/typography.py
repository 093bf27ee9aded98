"""Typography and wording of dates, counts and telephone numbers, in the language of whoever reads: pure text in, text
out. The examples are the French; the English is in `english`."""

import re
import unicodedata
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from . import english
from .speech import in_english, say

NBSP = "\u00a0"
PARIS = ZoneInfo("Europe/Paris")
FEW = "moins de dix"
FEW_UNDER = 10  # decision 6: a count about residents is exact from ten up

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
SHORT_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
    *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
)

_UNITS = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    *("neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
)
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}

# Only spaces that are already there change: "https://", "14:30" and "?page=2" must survive.
_BOUND_SPACES = re.compile(
    r"(?<=\S) (?=[;:?!»])"
    r"|(?<=«) (?=\S)"
    r"|(?<=\d) (?=\d)"
    r"|(?<=\d) (?=[€%]|(?:h|min|k?m|cm|k?g|[cm]?l|L|ans?|euros?|places?|personnes?)\b)"
    r"|(?<=\d[ \u00a0]h) (?=\d)"
)


def no_break(text: str) -> str:
    """The same text, where a plain space that French never breaks at is a no-break space."""
    return _BOUND_SPACES.sub(NBSP, text)


def phone(number: str) -> str:
    """`06 39 98 12 34`, no-break, from any usual writing of a French number; anything else comes back as it was."""
    digits = re.sub(r"[\s.\-/()]", "", number)
    digits = re.sub(r"^(?:\+|00)33(?:0(?=\d{9}$))?(?=\d{9}$)", "0", digits)
    if not re.fullmatch(r"0[1-9][0-9]{8}", digits):
        return number
    return NBSP.join(digits[start : start + 2] for start in range(0, 10, 2))


def in_paris(moment: date) -> date:
    """An aware datetime as Paris reads it; a date or a naive datetime is Paris's already."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(PARIS)
    return moment


def clock(moment: datetime | time) -> str:
    """`14 h 30`, or `14 h` on the hour, no-break."""
    if in_english():
        return english.clock(moment)
    minutes = f"{NBSP}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def day(value: date) -> str:
    """`samedi 28 novembre`, `dimanche 1er mars`: the number and its month stay on one line."""
    if in_english():
        return english.day(value)
    return f"{DAYS[value.weekday()]} {_of_month(value)}"


def full_date(value: date) -> str:
    """`28 novembre 2026`, `1er mars 2026` in Paris, no-break."""
    local = in_paris(value)
    return f"{_of_month(local)}{NBSP}{local.year}"


def weekday(value: date) -> str:
    """`samedi`."""
    return day_name(value.weekday())


def day_name(weekday: int) -> str:
    """`lundi` for 0."""
    return (english.DAYS if in_english() else DAYS)[weekday]


def month(value: date, *, short: bool = False) -> str:
    """`novembre`, `nov.`"""
    if in_english():
        return (english.SHORT_MONTHS if short else english.MONTHS)[value.month - 1]
    return (SHORT_MONTHS if short else MONTHS)[value.month - 1]


def _of_month(value: date) -> str:
    if in_english():
        return english.of_month(value)
    return f"{'1er' if value.day == 1 else value.day}{NBSP}{MONTHS[value.month - 1]}"


def when(moment: date, reference: date | None = None) -> str:
    """`Samedi 28 novembre, 14 h 30` in Paris; the year is added where it differs from `reference`'s."""
    local = in_paris(moment)
    text = day(local)
    text = capital(text)
    if reference is not None and in_paris(reference).year != local.year:
        text = f"{text}{NBSP}{local.year}"
    return f"{text}, {clock(local)}" if isinstance(local, datetime) else text


def span(starts: datetime, ends: datetime | None, reference: date | None = None) -> str:
    """`Jeudi 31 décembre, de 20 h à 2 h` in Paris: on the day when it begins, even if it ends in the night that
    follows; as `when` where its end is not known."""
    if ends is None:
        return when(starts, reference)
    local = starts.astimezone(PARIS)
    first = when(local.date(), reference)
    return say("{day}, de {opens} à {closes}", day=first, opens=clock(local), closes=clock(ends.astimezone(PARIS)))


def number(value: int) -> str:
    """`30 000`, no-break."""
    if in_english():
        return english.number(value)
    return f"{value:,}".replace(",", NBSP)


def in_words(value: int) -> str:
    """`quatre`, `trente`; digits where French has no plain word of its own (17, 61, 100)."""
    if in_english():
        return english.in_words(value)
    if 0 <= value < len(_UNITS):
        return _UNITS[value]
    tens, unit = divmod(value, 10)
    return number(value) if unit else _TENS.get(tens, number(value))


def count(value: int, singular: str, plural: str | None = None, none: str = "") -> str:
    """`0 place`, `1 place`, `2 places`: French is plural from two up, English but for one. `plural` defaults to an
    added s; `none` is said of zero (`aucune place`). All three are in the catalogue, as constants."""
    if none and not value:
        return say(none)
    one = value == 1 if in_english() else abs(value) < 2
    return f"{number(value)}{NBSP}{say(singular if one else plural or f'{singular}s')}"


def small_number(value: int) -> str:
    """The number from ten up, `moins de dix` below (zero too: it would tell as much as three)."""
    return few() if value < FEW_UNDER else number(value)


def few() -> str:
    """`moins de dix`."""
    return english.FEW if in_english() else FEW


def of(name: str) -> str:
    """`de La Brassée`, `du Fournil des Sources`, `des Enseignes`, `d’Aline`.
    In English the name alone: the sentence says « of »."""
    if in_english():
        return name
    article, rest = _article(name)
    if article:
        return f"{'du' if article == 'Le' else 'des'} {rest}"
    vowel = unicodedata.normalize("NFD", name[:1]).upper()[:1] in {*"AEIOUY", "Œ"}
    return f"d’{name}" if vowel else f"de {name}"


def to(name: str) -> str:
    """`à La Brassée`, `au Fournil des Sources`, `aux Enseignes`, `à Périgny`. In English the name alone."""
    if in_english():
        return name
    article, rest = _article(name)
    return f"{'au' if article == 'Le' else 'aux'} {rest}" if article else f"à {name}"


def _article(name: str) -> tuple[str, str]:
    """The article that « de » and « à » swallow, and the rest: « La » and « L’ » stay as they are."""
    first, _, rest = name.partition(" ")
    return (first, rest) if rest and first in {"Le", "Les"} else ("", name)


def capital(text: str) -> str:
    """With a capital at its head alone: an English month keeps its own."""
    return text[:1].upper() + text[1:]


def shortened(text: str, most: int) -> str:
    """The text, cut to that many letters, an ellipsis among them."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
