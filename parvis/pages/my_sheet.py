"""« Tout ce que vous tenez sur moi »: what every app tells of a person, as a page, a file and a sheet of paper."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parvis.contacts.models import Person
from parvis.core import clock, personal, typography
from parvis.delivery.channels.typesetting import typeset

_TEMPLATE = Path(__file__).parent / "my_sheet.typ"
_YES_NO = {True: "oui", False: "non"}
NOTHING = "rien"
# How a right came, as the ledger keeps it: the same words as on the page.
_SOURCES = {"web": "sur le site", "counter": "au comptoir", "paper": "sur papier", "file": "fichier du commerce"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")


@dataclass(frozen=True, slots=True)
class Section:
    """`entries`: each a list of (name, words) pairs."""

    title: str
    entries: list[list[tuple[str, str]]]


def everything(person: Person) -> dict[str, Any]:
    """By app, as each tells it."""
    return {holder.app: holder.tell(person.pk) for holder in personal.holders()}


def sections(person: Person) -> list[Section]:
    """The same in words for people, one section for each kind of thing held."""
    told = everything(person).values()
    return [Section(title[:1].upper() + title[1:], _entries(held)) for one in told for title, held in one.items()]


def _entries(held: Any) -> list[list[tuple[str, str]]]:
    if isinstance(held, Mapping):
        return [_pairs(held)] if held else []
    return [_pairs(one) if isinstance(one, Mapping) else [("", _words(one))] for one in held]


def _pairs(held: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, _words(value)) for name, value in held.items()]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, Mapping):
        return ", ".join(f"{name} : {_words(inner)}" for name, inner in value.items() if inner not in ("", None, []))
    if isinstance(value, list):
        return " ; ".join(_words(inner) for inner in value) or NOTHING
    return _spoken(str(value)) if value not in ("", None) else NOTHING


def _spoken(text: str) -> str:
    """A machine's date as people say it; other words as they are."""
    if _DATE.fullmatch(text):
        at = dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
        return typography.when(at, dt.date.min).lower()
    return _SOURCES.get(text, text)


def printed(person: Person) -> bytes:
    """A tagged PDF of the sections, to read or to keep."""
    day = clock.today()
    data = {
        "name": str(person),
        "day": f"{typography.day(day)} {day.year}",
        "date": [day.year, day.month, day.day],
        "sections": [{"title": one.title, "entries": one.entries} for one in sections(person)],
    }
    return typeset(_TEMPLATE, data, assets={}, day=day)
