"""« Tout ce que vous tenez sur moi »: what every app tells of a person, as a page, a file and a sheet of paper."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

from parvis.contacts.models import Person
from parvis.core import clock, personal, typography
from parvis.core.speech import FRENCH, in_english, mark, say
from parvis.delivery.channels.typesetting import typeset

_TEMPLATE = Path(__file__).parent / "my_sheet.typ"
_YES_NO = {True: mark("oui"), False: mark("non")}
NOTHING = mark("rien")
# By app, what people wrote or were sent: it stays in its French.
_WRITTEN = {"contacts": {"note", "phrase"}, "delivery": {"objet", "pourquoi", "titre"}, "rounds": {"annonce"}}
# How a right came, as the ledger keeps it: the same words as on the page.
_SOURCES = {
    "web": mark("sur le site"),
    "counter": mark("au comptoir"),
    "paper": mark("sur papier"),
    "file": mark("fichier du commerce"),
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    written: bool = False  # by people, or sent to them: French whoever reads


@dataclass(frozen=True, slots=True)
class Section:
    """`entries`: each a list of (name, what is held) pairs."""

    title: str
    entries: list[list[tuple[str, list[Piece]]]]


def everything(person: Person) -> dict[str, Any]:
    """By app, as each tells it."""
    return {holder.app: holder.tell(person.pk) for holder in personal.holders()}


def sections(person: Person) -> list[Section]:
    """The same in words for people, one section for each kind of thing held."""
    return [
        _section(say(title), held, _WRITTEN.get(app, set()))
        for app, told in everything(person).items()
        for title, held in told.items()
    ]


def _section(title: str, held: Any, written: Set[str]) -> Section:
    return Section(typography.capital(title), _entries(held, written))


def _entries(held: Any, written: Set[str]) -> list[list[tuple[str, list[Piece]]]]:
    if isinstance(held, Mapping):
        return [_pairs(held, written)] if held else []
    return [_pairs(one, written) if isinstance(one, Mapping) else [("", list(_pieces(one, written)))] for one in held]


def _pairs(held: Mapping[str, Any], written: Set[str]) -> list[tuple[str, list[Piece]]]:
    return [(say(name), list(_pieces(value, written, name))) for name, value in held.items()]


def _pieces(value: Any, written: Set[str], name: str = "") -> Iterator[Piece]:
    """`name`: what it is the value of."""
    if isinstance(value, bool):
        yield Piece(say(_YES_NO[value]))
    elif isinstance(value, Mapping):
        told = [(name, inner) for name, inner in value.items() if inner not in ("", None, [])]
        for place, (name, inner) in enumerate(told):
            yield Piece((", " if place else "") + say("{name} : ", name=say(name)))
            yield from _pieces(inner, written, name)
    elif isinstance(value, list) and value:
        for place, inner in enumerate(value):
            if place:
                yield Piece(say(" ; "))
            yield from _pieces(inner, written, name)
    elif value in ("", None, []):
        yield Piece(say(NOTHING))
    else:
        yield Piece(str(value), written=True) if name in written else Piece(_spoken(str(value)))


def _spoken(text: str) -> str:
    """A machine's date as people say it; other words as they are."""
    if _DATE.fullmatch(text):
        at = dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
        return _when(at)
    return say(_SOURCES.get(text, text))


def _when(at: dt.date) -> str:
    """Inside a sentence: without a capital in French."""
    text = typography.when(at, dt.date.min)
    return text if in_english() else text.lower()


def printed(person: Person) -> bytes:
    """A tagged PDF of the sections, to read or to keep."""
    day = clock.today()
    with translation.override(FRENCH):  # like all that is printed
        data = {
            "name": str(person),
            "day": f"{typography.day(day)} {day.year}",
            "date": [day.year, day.month, day.day],
            "sections": [{"title": one.title, "entries": _printable(one)} for one in sections(person)],
        }
    return typeset(_TEMPLATE, data, assets={}, day=day)


def _printable(section: Section) -> list[list[tuple[str, str]]]:
    return [[(name, "".join(one.text for one in held)) for name, held in entry] for entry in section.entries]
