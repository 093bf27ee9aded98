"""A shop window's writes: what it says of itself, its hours, the days that are not as the others."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import F

from parvis.accounts.models import Organisation
from parvis.accounts.queries import must_be_open
from parvis.core import clock, typography
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput
from parvis.core.speech import mark, say
from parvis.photos.actions import withdraw_photo
from parvis.photos.models import Photo
from parvis.photos.showing import is_used

from .hours import Opening, day_in_words, is_night, overlaps, split_nights
from .models import OpeningHours, ShopWindow, SpecialDay

MOST_OPENINGS = 6  # in a day: its form shows no more
MOST_ABOUT = 1200  # letters: a quotation, not a page
# Beyond, a special day is a slip of the keyboard.
FARTHEST = dt.timedelta(days=400)
LONGEST = dt.timedelta(days=62)  # one absence


class HoursOverlap(BadInput):
    def __init__(self, day: str, one: Opening, other: Opening) -> None:
        spans = {"one": day_in_words([one]), "other": day_in_words([other])}
        super().__init__(
            say("{day}, {one} et {other} se chevauchent. Corrigez l’un des deux.", day=typography.capital(day), **spans)
        )


class ClosesBeforeItOpens(BadInput):
    def __init__(self, day: str, opening: Opening) -> None:
        opens, closes = typography.clock(opening.opens), typography.clock(opening.closes)
        wrong = say(
            "{day}, la fermeture à {closes} ne vient pas après l’ouverture à {opens}.",
            day=typography.capital(day),
            closes=closes,
            opens=opens,
        )
        # A night of an ordinary week was cut in two before it came here: this is a day apart.
        night = say("Pour un jour à part, fermez à 00:00, et notez le reste au jour d’après.")
        super().__init__(f"{wrong} {night if is_night(opening) else say('Relisez ces deux heures.')}")


class DayIsOver(BadInput):
    sentence = mark("Ce jour est déjà passé. Choisissez un jour à venir.")


class TooLongAway(BadInput):
    sentence = mark("Cela fait plus de deux mois : vérifiez les deux dates, ou notez-le en deux fois.")


class EndsBeforeItBegins(BadInput):
    sentence = mark("Le dernier jour vient avant le premier. Échangez-les, ou corrigez l’un des deux.")


class Said(TypedDict, total=False):
    """`needs`: words people come for, separated by commas. `old_sites`: addresses that the shop keeps no longer."""

    about: str
    access: str
    needs: str
    old_sites: Collection[str]
    cover: Photo | None


SILENT: Said = {"about": "", "access": "", "needs": "", "old_sites": (), "cover": None}


@transaction.atomic
def show_window(*, organisation: Organisation, by: Actor, **said: Unpack[Said]) -> ShopWindow:
    """All that the window says of the shop, in place of what it said before."""
    everything: Said = {**SILENT, **said}
    return change_window(organisation=organisation, by=by, **everything)


@transaction.atomic
def change_window(*, organisation: Organisation, by: Actor, **said: Unpack[Said]) -> ShopWindow:
    """What is named alone; the rest stays. The same again changes nothing."""
    must_be_open(organisation)
    window, before = _window(organisation), None
    written = _written(said)
    if "cover" in said and window.cover != said["cover"]:
        _check_cover(organisation, said["cover"])
        before, written["cover"] = window.cover, said["cover"]
    changed = {name: value for name, value in written.items() if getattr(window, name) != value}
    if not changed:
        return window
    for name, value in changed.items():
        setattr(window, name, value)
    window.save(update_fields=list(changed))
    # What shows nowhere any more has no reason to be kept.
    if before and not before.withdrawn_at and not is_used(before):
        withdraw_photo(photo=before, by=by)
    record(by=by, verb="show_window", on=window, organisation=organisation, fields=sorted(changed))
    return window


def _check_cover(organisation: Organisation, cover: Photo | None) -> None:
    if cover and (cover.organisation_id != organisation.pk or cover.withdrawn_at):
        raise BadInput(mark("Cette photo n’est pas à vous, ou elle a été retirée. Choisissez-en une autre."))


def _written(said: Said) -> dict[str, str | Photo | None]:
    """The words, each within its measure."""
    written: dict[str, str | Photo | None] = {}
    if "about" in said:
        written["about"] = _short(said["about"], MOST_ABOUT, mark("Votre présentation"), "about")
    if "access" in said:
        written["access"] = _short(said["access"], 160, mark("La façon de venir"), "access")
    if "needs" in said:
        needs = ", ".join(_pieces(said["needs"]))
        written["needs"] = _short(needs, 400, mark("La liste de ce que l’on cherche chez vous"), "needs")
    if "old_sites" in said:
        sites = "\n".join(_pieces("\n".join(said["old_sites"])))
        written["old_sites"] = _short(sites, 400, mark("La liste de vos anciens sites"), "old_sites")
    return written


@transaction.atomic
def set_hours(*, organisation: Organisation, week: Mapping[int, Sequence[Opening]], by: Actor) -> ShopWindow:
    """The ordinary week, in place of the one before; weekday 0 is Monday. Without any opening, nothing is said. A night
    may be said in one. The same again changes nothing."""
    must_be_open(organisation)
    week = split_nights(week)
    for weekday, openings in week.items():
        check_day(typography.day_name(weekday), openings)
    window = _window(organisation)
    wanted = {(weekday, *opening) for weekday, openings in week.items() for opening in openings}
    if wanted == set(window.hours.values_list("weekday", "opens", "closes")):
        return window
    window.hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(window=window, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in sorted(wanted)
    )
    record(by=by, verb="set_hours", on=window, organisation=organisation)
    return window


@transaction.atomic
def set_special_day(
    *,
    organisation: Organisation,
    day: dt.date,
    openings: Sequence[Opening],
    by: Actor,
    note: str = "",
    last: dt.date | None = None,
) -> ShopWindow:
    """Another opening on that day, or none: closed; and on those that follow, up to `last`. It replaces what was said
    of them, holidays included."""
    must_be_open(organisation)
    days = _days(day, last or day)
    check_day(typography.day(day), openings)
    note = _short(note, 80, mark("La raison"), "note")
    window = _window(organisation)
    spans: list[tuple[dt.time | None, dt.time | None]] = [*openings] or [(None, None)]
    wanted = {(day, *span, note) for day in days for span in spans}
    kept = window.special_days.filter(day__range=(days[0], days[-1]))
    if wanted == set(kept.values_list("day", "opens", "closes", "note")):
        return window
    kept.delete()
    SpecialDay.objects.bulk_create(
        SpecialDay(window=window, day=day, opens=opens, closes=closes, note=note)
        for day in days
        for opens, closes in spans
    )
    told = {"day": day.isoformat()} | ({"last": days[-1].isoformat()} if len(days) > 1 else {})
    record(by=by, verb="set_special_day", on=window, organisation=organisation, **told)
    return window


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    today = clock.today()
    if first < today:
        raise DayIsOver(field="day")
    if last < first:
        raise EndsBeforeItBegins(field="last")
    if last > today + FARTHEST:
        far = mark("Cette date est dans plus d’un an : vérifiez l’année.")
        raise BadInput(far, field="day" if first > today + FARTHEST else "last")
    if last - first >= LONGEST:
        raise TooLongAway(field="last")
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


@transaction.atomic
def forget_special_day(*, organisation: Organisation, day: dt.date, by: Actor, last: dt.date | None = None) -> None:
    """The day, and those up to `last`, are again as their week. The second time changes nothing."""
    must_be_open(organisation)
    window = ShopWindow.objects.filter(organisation=organisation).first()
    if window is None:
        return
    _hold(organisation)
    if window.special_days.filter(day__range=(day, last or day)).delete()[0]:
        record(by=by, verb="forget_special_day", on=window, organisation=organisation, day=day.isoformat())


def _window(organisation: Organisation) -> ShopWindow:
    """Held, and read afterwards."""
    ShopWindow.objects.get_or_create(organisation=organisation)
    _hold(organisation)
    return ShopWindow.objects.get(organisation=organisation)


def _hold(organisation: Organisation) -> None:
    """Until the transaction ends: two who save at once follow each other. An update, since it holds the row on
    PostgreSQL and the whole of SQLite alike."""
    ShopWindow.objects.filter(organisation=organisation).update(about=F("about"))


def check_day(day: str, openings: Sequence[Opening]) -> None:
    """Refuses hours that cannot be those of one day; `day` is its name."""
    for opening in openings:
        if opening.closes <= opening.opens:
            raise ClosesBeforeItOpens(day, opening)
    if len(openings) > MOST_OPENINGS:
        raise BadInput(say("{day}\u00a0: six ouvertures au plus en un jour.", day=typography.capital(day)))
    if clash := overlaps(openings):
        raise HoursOverlap(day, *clash)


def _short(text: str, most: int, what: str, field: str) -> str:
    # A browser sends two signs for one end of line.
    text = text.replace("\r\n", "\n").strip()
    if len(text) > most:
        too_long = mark("{what} fait {letters} lettres, et il en tient {most}. Raccourcissez.")
        raise BadInput(say(too_long, what=say(what), letters=len(text), most=most), field=field)
    return text


def _pieces(text: str) -> list[str]:
    """Each once, in the order typed."""
    pieces = (piece.strip() for piece in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(piece for piece in pieces if piece))
