"""The day and the hour that a sentence names: « vendredi à 19 h 30 », « le 28 novembre ». Pure Python.

Only what is certain: a sentence that names two days names none.
"""

import datetime as dt
import re

from parvis.core.typography import DAYS, MONTHS
from parvis.core.words import plain

_MONTHS = [plain(month) for month in MONTHS]
_DATED = re.compile(rf"\b(1er|\d{{1,2}})\s+({'|'.join(_MONTHS)})\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(DAYS)})\b(?!s)")
_SOON = re.compile(r"\b(aujourd[’']hui|ce soir|demain)\b")
_HOUR = re.compile(r"\b([01]?\d|2[0-3])\s?(?:h|heures?)(?:\s?([0-5]\d))?\b")
_EVERY = re.compile(rf"\b(?:tous les|chaque|du|des|les)\s+(?:{'|'.join(DAYS)})")


def read_day(text: str, today: dt.date) -> dt.date | None:
    """The next such day, today included."""
    said = plain(text)
    if _EVERY.search(said):
        return None
    dated = {
        _of_year(today, int(number.rstrip("er")), _MONTHS.index(month) + 1) for number, month in _DATED.findall(said)
    }
    if dated:
        return dated.pop() if len(dated) == 1 else None
    found = {today + dt.timedelta(days=word == "demain") for word in _SOON.findall(said)}
    found |= {today + dt.timedelta(days=(DAYS.index(day) - today.weekday()) % 7) for day in _WEEKDAY.findall(said)}
    return found.pop() if len(found) == 1 else None


def read_hour(text: str) -> dt.time | None:
    hours = {(int(hour), int(minute or 0)) for hour, minute in _HOUR.findall(plain(text))}
    return dt.time(*hours.pop()) if len(hours) == 1 else None


def _of_year(today: dt.date, day: int, month: int) -> dt.date | None:
    for year in (today.year, today.year + 1):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None
