"""Wording in templates, French or English: `{% load fr %}`."""

from datetime import date, datetime
from typing import TypedDict

from django.template import Library

from parvis.core import clock, speech, typography

register = Library()


class Slip(TypedDict):
    day: date
    name: str
    rest: str
    paper: str


@register.filter(is_safe=True)
def said(text: object) -> str:
    """A marked constant, in the language of whoever reads; empty for None."""
    return "" if text is None else speech.say(str(text))


@register.filter(is_safe=True)
def nb(text: object) -> str:
    """The text with French no-break spaces; empty for None."""
    return "" if text is None else typography.no_break(str(text))


@register.filter
def phone_fr(number: str | None) -> str:
    """A French number as `06 39 98 12 34`; empty for None."""
    return typography.phone(str(number)) if number else ""


@register.filter
def when_fr(moment: date | None, reference: date | None = None) -> str:
    """`Samedi 28 novembre, 14 h 30`, with the year where it is not `reference`'s (today's); empty for None."""
    return typography.when(moment, reference or clock.now()) if moment else ""


@register.filter
def span_fr(starts: datetime | None, ends: datetime | None) -> str:
    """`Samedi 28 novembre, de 14 h 30 à 16 h`, or without an end as `when_fr`; empty for None."""
    return typography.span(starts, ends, clock.now()) if starts else ""


@register.filter
def lower_fr(text: str) -> str:
    """For the middle of a sentence: `samedi 28 novembre`; in English days and months keep their capital."""
    return text if speech.in_english() else text.lower()


@register.filter
def hour_fr(moment: datetime | None) -> str:
    """`14 h 30` in Paris; empty for None."""
    return typography.clock(moment.astimezone(typography.PARIS)) if moment else ""


@register.filter
def date_fr(day: date | None) -> str:
    """`28 novembre 2026`, no-break; empty for None."""
    return typography.full_date(day) if day else ""


@register.filter
def of_fr(name: object) -> str:
    """`du Fournil des Sources`, `de La Brassée`, `d’Aline`."""
    return typography.of(str(name))


@register.filter
def to_fr(name: object) -> str:
    """`au Fournil des Sources`, `à La Brassée`."""
    return typography.to(str(name))


@register.filter
def number_fr(value: int) -> str:
    """`1 234`, no-break."""
    return typography.number(value)


@register.filter
def count_fr(value: int, noun: str) -> str:
    """`2 places` from `"place"`, `2 chevaux` from `"cheval,chevaux"`; a third word is said of zero (`aucun cheval`)."""
    singular, plural, none = [*noun.split(","), "", ""][:3]
    return typography.count(value, singular, plural or None, none)


@register.filter
def small_number(value: int) -> str:
    """`moins de dix` under ten, the number from there."""
    return typography.small_number(value)


@register.inclusion_tag("core/slip.html")
def day_slip(moment: date, paper: str = "or", month: bool = False) -> Slip:
    """The calendar slip of a day, on a paper; with `month`, the month is written in place of the weekday."""
    day = typography.in_paris(moment)
    weekday, full_month = typography.weekday(day), typography.month(day)
    name = typography.month(day, short=True) if month else weekday
    rest = f", {weekday} {day.year}" if month else f" {full_month} {day.year}"
    return Slip(day=day, name=name, rest=rest, paper=paper)
