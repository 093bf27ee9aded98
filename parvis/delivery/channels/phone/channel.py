"""Prints the list from which a shop phones its own customers: a name, a number, a reason, a line."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import phonenumbers

from parvis.core import typography
from parvis.delivery.channels.letter import HEALTH, Item, clean, count, sentence, tidy
from parvis.delivery.channels.typesetting import typeset

_TEMPLATE = Path(__file__).parent / "calls.typ"


@dataclass(frozen=True, slots=True)
class Call:
    """One person to phone about one announcement."""

    name: str
    phone: str  # E.164
    reason: str  # only this shop's own facts (decision 9)
    line: str  # the one thing to say
    title: str  # of the announcement
    alcohol: bool


def print_calls(
    *,
    shop: str,
    territory: str,
    day: dt.date,
    calls: Sequence[Call],
    hours: str,
    to_say: Sequence[Item],
) -> bytes:
    """A tagged PDF, A4, as many pages as it takes; the same calls give the same bytes.

    `hours`: when the law allows it, in words (rule 8). `to_say`: the announcements, with their day and price.
    Two calls to one number become one row.
    """
    shared = {item.get("title"): _shared_line(item.get("title"), calls) for item in to_say}
    rows = _rows(calls, shared)
    alcohol = any(call.alcohol for call in calls) or any(item.alcohol for item in to_say)
    data = {
        "shop": clean(shop),
        "territory": clean(territory),
        "day": typography.day(day),
        "date": [day.year, day.month, day.day],
        "total": f"{count(len(rows), 'personne').capitalize() if rows else 'Personne'} à appeler",
        "hours": sentence(tidy(hours[:1].lower() + hours[1:])),
        "health": HEALTH if alcohol else "",
        "to_say": [_said(item, shared) for item in to_say],
        "rows": rows,
    }
    return typeset(_TEMPLATE, data, assets={}, day=day)


def _shared_line(title: str, calls: Sequence[Call]) -> str:
    """The line to say, when everybody is told the same of this announcement."""
    lines = {tidy(call.line) for call in calls if tidy(call.title) == title}
    return lines.pop() if len(lines) == 1 else ""


def _said(item: Item, shared: Mapping[str, str]) -> dict[str, object]:
    facts = [item.get(key) for key in ("when", "price", "seats")]
    return {
        "title": item.get("title"),
        "facts": " ".join(sentence(fact) for fact in facts if fact),
        "line": sentence(shared[item.get("title")]),
        "health": item.health,
    }


def _rows(calls: Sequence[Call], shared: Mapping[str, str]) -> list[dict[str, object]]:
    """One row a number, in the order of the calls, with what the top of the sheet does not say."""
    people: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for call in calls:
        people.setdefault((tidy(call.name), clean(call.phone)), set()).update(_notes(call, shared))
    return [
        {"name": name, "phone": _dialled(phone), "notes": " ".join(text for _, text in sorted(notes))}
        for (name, phone), notes in people.items()
    ]


def _notes(call: Call, shared: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """What the row says, with its rank in the row."""
    title, line = tidy(call.title), tidy(call.line)
    if title and (len(shared) > 1 or title not in shared):
        yield 0, sentence(title)
    if call.alcohol and title not in shared:
        yield 1, HEALTH
    if line and line != shared.get(title):
        yield 2, f"À dire\u00a0: «\u00a0{sentence(line)}\u00a0»"
    if call.reason:
        yield 3, sentence(tidy(call.reason))


def _dialled(phone: str) -> str:
    """« 06 39 98 40 15 », with no-break spaces; a foreign number keeps its prefix."""
    try:
        number = phonenumbers.parse(phone, "FR")
    except phonenumbers.NumberParseException:
        return phone
    national = number.country_code == phonenumbers.country_code_for_region("FR")
    shape = phonenumbers.PhoneNumberFormat
    shown = phonenumbers.format_number(number, shape.NATIONAL if national else shape.INTERNATIONAL)
    return shown.replace(" ", "\u00a0")
