"""The invented organisations of the demo, and what they have to say. The communes are real; nothing else is.

All of it is written in data/shops.toml, announcements.toml, past_announcements.toml and pictures.toml; this reads it.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from parvis.accounts.models import Organisation
from parvis.announcements.actions import Words
from parvis.announcements.rules import Kind
from parvis.core import clock
from parvis.core.typography import no_break
from parvis.directory.hours import Opening
from parvis.law.rules import is_public_holiday

TERRITORY = "plateau-briard"

Kinds = Organisation.Kind
Table = Mapping[str, Any]

_DATA = Path(__file__).parent / "data"
_DAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_DAY = re.compile(r"(lun|mar|mer|jeu|ven|sam|dim)(?:\+(\d))?")
_AHEAD = dt.timedelta(days=90)  # how far public holidays are told
_LEAST = 2  # days between saying something and its day
_SHUT = dt.time(20)  # the hour at which « until that day » ends


@dataclass(frozen=True, slots=True)
class Special:
    """A day, or several in a row, that is not as its week. Counted from today: `on` is a month and a day, else the
    `weekday` after `weeks` more weeks. Without openings: closed."""

    openings: tuple[Opening, ...] = ()
    note: str = ""
    on: str = ""
    weekday: int = 0
    weeks: int = 0
    days: int = 1

    def dates(self, today: dt.date) -> list[dt.date]:
        first = _next_on(self.on, today) if self.on else _next(self.weekday, self.weeks, today, 1)
        return [first + dt.timedelta(days=k) for k in range(self.days)]


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation of the demo. `hours`: (weekday, Monday being 0, opens, closes). `holidays`: its openings on
    public holidays, none when it is closed, None when it has said nothing. `goods`: a key of cutpaper.GOODS."""

    slug: str
    name: str
    kind: Organisation.Kind
    insee: str
    paper: str
    trade: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    without_screen: bool = False
    category: str = ""
    naf: str = ""
    naf_2025: str = ""
    owner: str = ""
    owner_email: str = ""
    about: str = ""
    access: str = ""
    needs: str = ""
    goods: str = ""
    hours: tuple[tuple[int, dt.time, dt.time], ...] = ()
    holidays: tuple[Opening, ...] | None = None
    special: tuple[Special, ...] = ()
    interests: tuple[str, ...] = ()
    old_sites: tuple[str, ...] = ()

    @property
    def week(self) -> dict[int, list[Opening]]:
        """As directory.windows.set_hours takes it."""
        week: dict[int, list[Opening]] = {}
        for weekday, opens, closes in self.hours:
            week.setdefault(weekday, []).append(Opening(opens, closes))
        return week

    def special_days(self, today: dt.date) -> dict[dt.date, tuple[tuple[Opening, ...], str]]:
        """Openings (none: closed) and note of each day to come that is not as its week."""
        days = {today + dt.timedelta(days=k) for k in range(_AHEAD.days)} if self.holidays is not None else set()
        told = {day: (self.holidays or (), "") for day in sorted(days) if is_public_holiday(day)}
        for special in self.special:
            told |= dict.fromkeys(special.dates(today), (special.openings, special.note))
        return dict(sorted(told.items()))


@dataclass(frozen=True, slots=True)
class Says:
    """One announcement of the demo; `picture` is a subject of the cut-paper generator, or nothing. `rank` is its place
    in its file: what a picture's seed is made of. `said_at`: some hour of the day on which it was said."""

    place: Place
    words: Words
    interests: tuple[str, ...]
    picture: str
    alt: str
    rank: int
    said_at: dt.datetime


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text("utf-8"))


def _openings(text: str) -> tuple[Opening, ...]:
    """« 09:00-12:30 15:00-19:00 »"""
    spans = (span.split("-") for span in text.split())
    return tuple(Opening(dt.time.fromisoformat(opens), dt.time.fromisoformat(closes)) for opens, closes in spans)


def _hours(lines: list[str]) -> Iterator[tuple[int, dt.time, dt.time]]:
    """« mar-sam 09:00-12:30 15:00-19:00 »"""
    for line in lines:
        days, spans = line.split(" ", 1)
        first, _, last = days.partition("-")
        for weekday in range(_DAYS.index(first), _DAYS.index(last or first) + 1):
            yield from ((weekday, *opening) for opening in _openings(spans))


def _day(text: str) -> tuple[int, int]:
    """Weekday and weeks to add, of « sam » or « sam+1 »."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return _DAYS.index(match[1]), int(match[2] or 0)


def _next(weekday: int, weeks: int, day: dt.date, least: int) -> dt.date:
    """The first such weekday at least `least` days after `day`, and so many weeks later."""
    soonest = day + dt.timedelta(days=least)
    return soonest + dt.timedelta(days=(weekday - soonest.weekday()) % 7 + 7 * weeks)


def _next_on(month_day: str, today: dt.date) -> dt.date:
    this_year = dt.date.fromisoformat(f"{today.year}-{month_day}")
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def _special(table: Table) -> Special:
    weekday, weeks = _day(table["day"]) if "day" in table else (0, 0)
    return Special(
        openings=_openings(table.get("hours", "")),
        note=no_break(table.get("note", "")),
        on=table.get("on", ""),
        weekday=weekday,
        weeks=weeks,
        days=table.get("days", 1),
    )


def _place(table: Table) -> Place:
    plain: dict[str, Any] = {key: table[key] for key in _PLAIN & table.keys()}
    plain |= {key: no_break(table[key]) for key in ("about", "access")}
    holidays = table.get("holidays")
    return Place(
        kind=Kinds.SHOP,
        hours=tuple(_hours(table["hours"])),
        holidays=None if holidays is None else _openings("" if holidays == "fermé" else holidays),
        special=tuple(_special(special) for special in table.get("special", ())),
        interests=tuple(table["interests"]),
        old_sites=tuple(table.get("old_sites", ())),
        **plain,
    )


_PLAIN = {
    *("slug", "name", "insee", "paper", "trade", "address", "phone", "email", "without_screen"),
    *("category", "naf", "naf_2025", "owner", "owner_email", "needs", "goods"),
}

ASSOCIATION = Place(
    "les-enseignes-du-plateau", "Les Enseignes du Plateau", Kinds.ASSOCIATION, "94075", "ciel",
    trade="association de commerçants", phone="+33199001020", email="bonjour@enseignes.example",
)  # fmt: skip
PLACES = tuple(_place(table) for table in _read("shops.toml")["shops"])
FLORIST, WINE, BAKER = PLACES[:3]

CLAIRE = ("Claire Vasseur", "claire.vasseur@enseignes.example")


def coming() -> list[Says]:
    """What the shops have to say today. Dates are counted from today, so that the demo never goes stale."""
    return list(_says("announcements.toml"))


def past() -> list[Says]:
    """What they said over the last month, the oldest first; its dates are counted from the day it was said."""
    return sorted(_says("past_announcements.toml"), key=lambda says: says.said_at)


def _says(name: str) -> Iterator[Says]:
    places = {place.slug: place for place in (ASSOCIATION, *PLACES)}
    for rank, table in enumerate(_read(name)["said"]):
        picture = table.get("picture", "")
        day = clock.today() - dt.timedelta(days=table.get("ago", 0))
        hour = dt.datetime.combine(day, dt.time(9 + rank % 8, rank * 7 % 60), clock.PARIS)
        yield Says(
            place=places[table["shop"]],
            words=_words(table, day),
            interests=tuple(table["interests"]),
            picture=picture,
            alt=no_break(table.get("alt") or _pictures().get(picture, "")),
            rank=rank,
            said_at=hour if "ago" in table else clock.now(),
        )


@cache
def _pictures() -> dict[str, str]:
    return _read("pictures.toml")


def _words(table: Table, day: dt.date) -> Words:
    """Its dates are counted from `day`, on which it is said."""
    starts = ends = until = None
    if "at" in table:
        weekday, hour = table["at"].split()
        date = _next(*_day(weekday), day, _LEAST)
        starts = dt.datetime.combine(date, dt.time.fromisoformat(hour), clock.PARIS)
        ends = dt.datetime.combine(date, dt.time.fromisoformat(table["to"]), clock.PARIS) if "to" in table else None
    if "until" in table:
        until = dt.datetime.combine(_next(*_day(table["until"]), day, _LEAST), _SHUT, clock.PARIS)
    return Words(
        Kind(table["kind"]),
        no_break(table["title"]),
        no_break(table["text"]),
        starts_at=starts,
        ends_at=ends,
        useful_until=until,
        seats=table.get("seats"),
        price=no_break(table.get("price", "")),
        lowest_price=no_break(table.get("lowest_price", "")),
        children=table.get("children", False),
    )
