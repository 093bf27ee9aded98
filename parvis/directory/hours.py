"""When a shop is open, and how one says it. Pure Python: a week, special days and an instant in, sentences out."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from parvis.core import typography
from parvis.core.speech import mark, say
from parvis.core.typography import clock, day_name
from parvis.law.rules import Region, is_public_holiday

# The last minute of the day stands for midnight: a time of day cannot say 24 h.
MIDNIGHT = dt.time(23, 59)
# A night said in one, « 19 h à 1 h », is over by then: later, a figure was mistyped.
NIGHT_IS_OVER = dt.time(6)
# How far one looks for the next opening: beyond, « Fermé » says enough.
HORIZON = 60  # days
HOLIDAY = mark("Jour férié\u00a0: téléphonez avant de venir")


class Opening(NamedTuple):
    """On the shop's own clock; `opens` < `closes`; a `closes` of 23:59 is midnight. As one says it, a night closes
    before it opens; it is kept on its two days."""

    opens: dt.time
    closes: dt.time


Week = Mapping[int, Sequence[Opening]]  # 0 is Monday; a weekday without openings may be left out
SpecialDays = Mapping[dt.date, Sequence[Opening]]  # in place of the day's week; empty: closed


@dataclass(frozen=True, slots=True)
class Hours:
    """All that is known of when a shop opens."""

    week: Week = field(default_factory=dict)
    special: SpecialDays = field(default_factory=dict)
    region: Region = Region.METROPOLE


@dataclass(frozen=True, slots=True)
class State:
    """`open` is None on a public holiday that the shop has said nothing about; `changes`: when it will be otherwise, on
    the shop's clock, None where one does not know."""

    open: bool | None
    sentence: str
    changes: dt.datetime | None = None


def overlaps(openings: Sequence[Opening]) -> tuple[Opening, Opening] | None:
    """The first two openings of one day that share an instant; touching is no overlap."""
    ordered = sorted(openings)
    return next(((a, b) for a, b in pairwise(ordered) if b.opens < a.closes), None)


def is_night(opening: Opening) -> bool:
    return opening.closes < opening.opens and opening.closes <= NIGHT_IS_OVER


def split_nights(week: Week) -> dict[int, list[Opening]]:
    """As it is kept: until midnight, then from midnight the day after."""
    split: dict[int, list[Opening]] = {weekday: [] for weekday in week}
    for weekday, openings in week.items():
        for one in openings:
            split[weekday].append(Opening(one.opens, MIDNIGHT) if is_night(one) else one)
            if is_night(one) and one.closes != dt.time():
                split.setdefault((weekday + 1) % 7, []).append(Opening(dt.time(), one.closes))
    return split


def whole_nights(week: Week) -> dict[int, list[Opening]]:
    """As one says it: each night in one, on the day when it begins."""
    whole = {weekday: sorted(openings) for weekday, openings in week.items()}
    for weekday, openings in whole.items():
        after = whole.get((weekday + 1) % 7)
        if openings and after and openings[-1].closes == MIDNIGHT and after[0].opens == dt.time():
            night = Opening(openings[-1].opens, after[0].closes)
            if is_night(night):
                openings[-1] = night
                del after[0]
    return whole


class Stretch(NamedTuple):
    """Days that follow each other and are alike, both ends included; no opening: closed."""

    first: dt.date
    last: dt.date
    openings: tuple[Opening, ...]
    note: str


def stretches(days: Mapping[dt.date, tuple[Sequence[Opening], str]]) -> list[Stretch]:
    """Special days with their notes, in order, those that read alike in one."""
    found: list[Stretch] = []
    for day, (openings, note) in sorted(days.items()):
        one = Stretch(day, day, tuple(sorted(openings)), note)
        if found and found[-1][1:] == (day - dt.timedelta(days=1), *one[2:]):
            one = one._replace(first=found.pop().first)
        found.append(one)
    return found


def stretch_in_words(stretch: Stretch) -> str:
    """« Mardi 8 décembre, fermé », « Du mardi 8 décembre au samedi 12 décembre, 9 h à 12 h »."""
    first, last = typography.day(stretch.first), typography.day(stretch.last)
    days = first if stretch.first == stretch.last else say("du {first} au {last}", first=first, last=last)
    return f"{typography.capital(days)}, {day_in_words(stretch.openings)}"


def state(hours: Hours, at: dt.datetime) -> State | None:
    """What to tell whoever would come at `at` (aware); None where nothing is known: then nothing is said."""
    now = at.astimezone(hours.region.zone).replace(tzinfo=None)
    if not _known(hours, now.date()):
        return None
    coming = (span for span in _spans(hours, now.date() - dt.timedelta(days=1)) if now < span[1])
    first, second = [*islice(coming, 2), None, None][:2]
    if first and first[0] <= now:
        return State(True, _open(first[1], second, now.date()), first[1])
    if _unsettled(hours, now.date()):
        return State(None, say(HOLIDAY))
    earlier = any(span[1] <= now for span in _spans_of(hours, now.date()))
    return State(False, _closed(first, now.date(), again=earlier), first[0] if first else None)


def week_in_words(week: Week) -> str:
    """« Du mardi au samedi, 9 h à 12 h 30 et 14 h 30 à 19 h ; dimanche, 9 h à 13 h. Fermé le lundi. »

    Days of equal hours are joined; "" for a week without any opening."""
    days: dict[tuple[Opening, ...], list[int]] = {}
    whole = whole_nights({weekday: _joined(week.get(weekday, ())) for weekday in range(7)})
    for weekday, openings in whole.items():
        days.setdefault(tuple(openings), []).append(weekday)
    closed = days.pop((), [])
    if not days:
        return ""
    pieces = [f"{_days_in_words(some)}, {day_in_words(openings)}" for openings, some in days.items()]
    text = say("\u00a0; ").join(pieces)
    off = f" {say('Fermé {days}.', days=_off_in_words(closed))}" if closed else ""
    return f"{typography.capital(text)}.{off}"


def day_in_words(openings: Sequence[Opening]) -> str:
    """« 9 h à 12 h 30 et 14 h 30 à 19 h »; « fermé » without any."""
    spans = [say("{opens} à {closes}", opens=_hour(o.opens), closes=_hour(o.closes)) for o in _joined(openings)]
    return _listed(spans) if spans else say("fermé")


def _known(hours: Hours, today: dt.date) -> bool:
    ahead = any(openings for day, openings in hours.special.items() if day >= today)
    return ahead or today in hours.special or any(hours.week.values())


Span = tuple[dt.datetime, dt.datetime]  # on the shop's clock, half-open


def _spans(hours: Hours, start: dt.date) -> Iterator[Span]:
    """Openings from that day on, in order; what goes on through midnight is one."""
    held: Span | None = None
    for offset in range(HORIZON + 2):
        for span in _spans_of(hours, start + dt.timedelta(days=offset)):
            if held and held[1] >= span[0]:
                held = (held[0], span[1])
                continue
            if held:
                yield held
            held = span
    if held:
        yield held


def _spans_of(hours: Hours, day: dt.date) -> list[Span]:
    """A public holiday that the shop has said nothing about has none: one cannot promise it open."""
    if _unsettled(hours, day):
        return []
    openings = hours.special[day] if day in hours.special else hours.week.get(day.weekday(), ())
    return [(_instant(day, o.opens), _instant(day, o.closes)) for o in _joined(openings)]


def _unsettled(hours: Hours, day: dt.date) -> bool:
    """A holiday matters only on a day when the shop is usually open."""
    holiday = day not in hours.special and is_public_holiday(day, hours.region)
    return holiday and bool(hours.week.get(day.weekday()))


def _instant(day: dt.date, time: dt.time) -> dt.datetime:
    if time == MIDNIGHT:
        return dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return dt.datetime.combine(day, time)


def _joined(openings: Sequence[Opening]) -> list[Opening]:
    """In order; those that touch are one: one does not close and open in the same instant."""
    joined: list[Opening] = []
    for opening in sorted(openings):
        if joined and joined[-1].closes >= opening.opens:
            closes = opening.closes if is_night(opening) else max(joined[-1].closes, opening.closes)
            joined[-1] = Opening(joined[-1].opens, closes)
        else:
            joined.append(opening)
    return joined


def _open(until: dt.datetime, then: Span | None, today: dt.date) -> str:
    if then and then[0].date() == until.date() == today:
        closes, opens = _hour(until.time()), _hour(then[0].time())
        return say("Ferme à {closes}, rouvre à {opens}", closes=closes, opens=opens)
    if until.date() > today + dt.timedelta(days=1):
        return say("Ouvert jour et nuit")
    return say("Ouvert jusqu’à {hour}", hour=_hour(until.time()))


def _closed(then: Span | None, today: dt.date, *, again: bool) -> str:
    if then is None:
        return say("Fermé")
    opens, hour = then[0].date(), _hour(then[0].time())
    ahead = (opens - today).days
    if ahead == 0:
        return say("Fermé, rouvre à {hour}" if again else "Fermé, ouvre à {hour}", hour=hour)
    if ahead == 1:
        return say("Fermé, ouvre demain à {hour}", hour=hour)
    day = typography.weekday(opens) if ahead < 7 else typography.day(opens)
    return say("Fermé, ouvre {day} à {hour}", day=day, hour=hour)


def _hour(time: dt.time) -> str:
    return say("minuit") if time in (MIDNIGHT, dt.time()) else clock(time)


def _days_in_words(weekdays: Sequence[int]) -> str:
    """« du mardi au jeudi et samedi », « lundi, mardi et jeudi », « tous les jours »."""
    if len(weekdays) == 7:
        return say("tous les jours")
    return _listed([_run(run) for run in _runs(weekdays)])


def _off_in_words(weekdays: Sequence[int]) -> str:
    """« le lundi et le mardi », « du lundi au mercredi »."""
    return _listed([_run(run) if len(run) > 1 else say("le {day}", day=_run(run)) for run in _runs(weekdays)])


def _runs(weekdays: Sequence[int]) -> list[list[int]]:
    """Days that follow each other, from three up; the others alone."""
    found = groupby(enumerate(weekdays), lambda pair: pair[1] - pair[0])
    rows = ([day for _, day in run] for _, run in found)
    return [run for row in rows for run in ([row] if len(row) > 2 else [[day] for day in row])]


def _run(days: Sequence[int]) -> str:
    first, last = day_name(days[0]), day_name(days[-1])
    return say("du {first} au {last}", first=first, last=last) if len(days) > 1 else first


def _listed(pieces: Sequence[str]) -> str:
    """« lundi, mardi et jeudi »; at least one."""
    if len(pieces) == 1:
        return pieces[0]
    return say("{these} et {last}", these=", ".join(pieces[:-1]), last=pieces[-1])
