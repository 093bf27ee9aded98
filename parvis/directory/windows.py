"""A shop window's writes: what it says of itself, its hours, the days that are not as the others."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.core import clock, typography
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput
from parvis.core.speech import mark, say
from parvis.photos.models import Photo

from .hours import Opening, day_in_words, overlaps
from .models import OpeningHours, ShopWindow, SpecialDay

MOST_ABOUT = 1200  # letters: a quotation, not a page
# Beyond, a special day is a slip of the keyboard.
FARTHEST = dt.timedelta(days=400)


class HoursOverlap(BadInput):
    def __init__(self, day: str, one: Opening, other: Opening) -> None:
        spans = {"one": day_in_words([one]), "other": day_in_words([other])}
        super().__init__(
            say("{day}, {one} et {other} se chevauchent. Corrigez l’un des deux.", day=_first(day), **spans)
        )


class ClosesBeforeItOpens(BadInput):
    def __init__(self, day: str, opening: Opening) -> None:
        opens, closes = typography.clock(opening.opens), typography.clock(opening.closes)
        super().__init__(
            say(
                "{day}, la fermeture à {closes} ne vient pas après l’ouverture à {opens}. "
                "Après minuit, notez le reste au matin du lendemain.",
                day=_first(day),
                closes=closes,
                opens=opens,
            )
        )


class DayIsOver(BadInput):
    sentence = mark("Ce jour est déjà passé. Choisissez un jour à venir.")


@transaction.atomic
def show_window(
    *,
    organisation: Organisation,
    by: Actor,
    about: str = "",
    access: str = "",
    needs: str = "",
    old_sites: Collection[str] = (),
    cover: Photo | None = None,
) -> ShopWindow:
    """All that the window says of the shop, in place of what it said before. `needs`: words people come for, separated
    by commas. `old_sites`: addresses that the shop keeps no longer."""
    if cover and (cover.organisation_id != organisation.pk or cover.withdrawn_at):
        raise BadInput(mark("Cette photo n’est pas à vous, ou elle a été retirée. Choisissez-en une autre."))
    words = {
        "about": _short(about, MOST_ABOUT, mark("Votre présentation")),
        "access": _short(access, 160, mark("La façon de venir")),
        "needs": _short(", ".join(_pieces(needs)), 400, mark("La liste de ce que l’on cherche chez vous")),
        "old_sites": _short("\n".join(_pieces("\n".join(old_sites))), 400, mark("La liste de vos anciens sites")),
    }
    window, _ = ShopWindow.objects.update_or_create(organisation=organisation, defaults={**words, "cover": cover})
    record(by=by, verb="show_window", on=window, organisation=organisation)
    return window


@transaction.atomic
def set_hours(*, organisation: Organisation, week: Mapping[int, Sequence[Opening]], by: Actor) -> ShopWindow:
    """The ordinary week, in place of the one before; weekday 0 is Monday. Without any opening, nothing is said."""
    for weekday, openings in week.items():
        _check(typography.day_name(weekday), openings)
    window = _window(organisation)
    window.hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(window=window, weekday=weekday, opens=opening.opens, closes=opening.closes)
        for weekday, openings in week.items()
        for opening in openings
    )
    record(by=by, verb="set_hours", on=window, organisation=organisation)
    return window


@transaction.atomic
def set_special_day(
    *, organisation: Organisation, day: dt.date, openings: Sequence[Opening], by: Actor, note: str = ""
) -> ShopWindow:
    """Another opening on that day, or none: closed. It replaces what was said of the day, holidays included."""
    today = clock.today()
    if day < today:
        raise DayIsOver
    if day > today + FARTHEST:
        raise BadInput(mark("Cette date est dans plus d’un an : vérifiez l’année."))
    _check(typography.day(day), openings)
    note = _short(note, 80, mark("La raison"))
    window = _window(organisation)
    window.special_days.filter(day=day).delete()
    spans: list[tuple[dt.time | None, dt.time | None]] = [*openings] or [(None, None)]
    SpecialDay.objects.bulk_create(
        SpecialDay(window=window, day=day, opens=opens, closes=closes, note=note) for opens, closes in spans
    )
    record(by=by, verb="set_special_day", on=window, organisation=organisation, day=day.isoformat())
    return window


@transaction.atomic
def forget_special_day(*, organisation: Organisation, day: dt.date, by: Actor) -> None:
    """The day is again as its week. The second time changes nothing."""
    window = _window(organisation)
    if window.special_days.filter(day=day).delete()[0]:
        record(by=by, verb="forget_special_day", on=window, organisation=organisation, day=day.isoformat())


def _window(organisation: Organisation) -> ShopWindow:
    return ShopWindow.objects.get_or_create(organisation=organisation)[0]


def _check(day: str, openings: Sequence[Opening]) -> None:
    for opening in openings:
        if opening.closes <= opening.opens:
            raise ClosesBeforeItOpens(day, opening)
    if clash := overlaps(openings):
        raise HoursOverlap(day, *clash)


def _short(text: str, most: int, what: str) -> str:
    text = text.strip()
    if len(text) > most:
        too_long = mark("{what} fait {letters} lettres, et il en tient {most}. Raccourcissez.")
        raise BadInput(say(too_long, what=say(what), letters=len(text), most=most))
    return text


def _first(day: str) -> str:
    """With a capital: the English month keeps its own."""
    return f"{day[:1].upper()}{day[1:]}"


def _pieces(text: str) -> list[str]:
    """Each once, in the order typed."""
    pieces = (piece.strip() for piece in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(piece for piece in pieces if piece))
