"""The law's hours, counts and terms, as the door asks them. Instants are aware, windows are half-open."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from parvis.core import typography
from parvis.core.speech import say

from . import parameters as p

# In force whatever the day since 2000: a constant spares every template a date.
HEALTH_SENTENCE = p.at(p.ALCOHOL_SENTENCE, date(2026, 1, 1))


class Region(Enum):
    """Where the law's clock and public holidays differ: (subdivision in `holidays`, time zone)."""

    METROPOLE = ("", "Europe/Paris")
    ALSACE_MOSELLE = ("57", "Europe/Paris")
    GUADELOUPE = ("971", "America/Guadeloupe")
    MARTINIQUE = ("972", "America/Martinique")
    GUYANE = ("973", "America/Cayenne")
    REUNION = ("974", "Indian/Reunion")
    MAYOTTE = ("976", "Indian/Mayotte")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.value[1])


_ELSEWHERE = {
    **dict.fromkeys(("57", "67", "68"), Region.ALSACE_MOSELLE),
    "971": Region.GUADELOUPE,
    "972": Region.MARTINIQUE,
    "973": Region.GUYANE,
    "974": Region.REUNION,
    "976": Region.MAYOTTE,
}


def region_of(insee: str) -> Region:
    """The region of a commune's INSEE code; the smaller overseas territories are read as metropolitan."""
    return _ELSEWHERE.get(insee[:3]) or _ELSEWHERE.get(insee[:2]) or Region.METROPOLE


def is_public_holiday(day: date, region: Region = Region.METROPOLE) -> bool:
    return day in _public_holidays(day.year, region)


def may_send_sms(at: datetime, region: Region = Region.METROPOLE) -> bool:
    """Marketing SMS only (rule 7): from 8:00 until before 22:00, not on Sundays, not on public holidays."""
    local = _local(at, region)
    day = local.date()
    if day.weekday() not in p.at(p.SMS_WEEKDAYS, day) or is_public_holiday(day, region):
        return False
    return p.at(p.SMS_OPENS, day) <= local.time() < p.at(p.SMS_CLOSES, day)


def may_call(at: datetime, region: Region = Region.METROPOLE) -> bool:
    """Unasked calls (rule 8): Monday to Friday, 10:00-13:00 and 14:00-20:00, not on public holidays."""
    return any(opens <= at < closes for opens, closes in _call_windows(_local(at, region).date(), region))


def next_call_slot(at: datetime, region: Region = Region.METROPOLE) -> datetime:
    """The first instant when one may call: `at` itself or the next opening, on the region's clock."""
    local = _local(at, region)
    day = local.date()
    while True:
        for opens, closes in _call_windows(day, region):
            if local < closes:
                return max(local, opens)
        day += timedelta(days=1)


def calls_exhausted(past_calls: Sequence[date], refused_on: date | None, day: date) -> bool:
    """Whether one more solicitation of this consumer by this professional is forbidden on `day` (rule 8).

    `past_calls`: the days of the solicitations, attempts included; `refused_on`: of the last refusal.
    A call-back that the person asked for is not a solicitation: do not ask this for it.
    """
    if refused_on is not None and in_silence(refused_on, day):
        return True
    since = calls_counted_from(day)
    return sum(call >= since for call in past_calls) >= p.at(p.CALLS_AT_MOST, day)


def in_silence(refused_on: date, day: date) -> bool:
    """Whether `day` is among those, after a refusal, on which nobody phones (rule 8)."""
    return day <= refused_on + timedelta(days=p.at(p.CALL_SILENCE_DAYS, day))


def calls_counted_from(day: date) -> date:
    """The first of the calendar days, `day` included, over which calls are counted: one thirty days ago is out."""
    return day - timedelta(days=p.at(p.CALLS_WINDOW_DAYS, day) - 1)


def calls_limit_fr(day: date) -> str:
    """« a déjà été appelée quatre fois en trente jours, ou a refusé un appel il y a moins de soixante jours »."""
    keys = (p.CALLS_AT_MOST, p.CALLS_WINDOW_DAYS, p.CALL_SILENCE_DAYS)
    most, window, silence = (typography.in_words(p.at(key, day)) for key in keys)
    return say(
        "a déjà été appelée {most} fois en {window} jours, ou a refusé un appel il y a moins de {silence} jours",
        most=most,
        window=window,
        silence=silence,
    )


def call_hours_fr(day: date) -> str:
    """« Du lundi au vendredi, de 10 h à 13 h et de 14 h à 20 h, jamais un jour férié. », on the consumer's clock."""
    days = p.at(p.CALL_WEEKDAYS, day)
    names = [typography.DAYS[weekday] for weekday in days]
    in_a_row = len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1))
    on = f"Du {names[0]} au {names[-1]}" if in_a_row else "Le " + " et le ".join(names)
    hours = " et ".join(
        f"de {typography.clock(opens)} à {typography.clock(closes)}" for opens, closes in p.at(p.CALL_HOURS, day)
    )
    return f"{on}, {hours}, jamais un jour férié."


def lowest_price_fr(day: date) -> str:
    """« prix le plus bas des 30 derniers jours », which an offer states beside its own (rule 18)."""
    return say("prix le plus bas des {days} derniers jours", days=p.at(p.OFFER_PRICE_DAYS, day))


def photo_statement_fr(day: date) -> str:
    """What somebody states of the rights to a photo (rule 17)."""
    return say(p.at(p.PHOTO_STATEMENT, day))


def prospect_expires(last_contact: date) -> date:
    """The first day without the right to keep a prospect (rule 1). Opening a message is not a contact."""
    return _expires(p.PROSPECT_YEARS, last_contact)


def customer_expires(relation_ended: date) -> date:
    """The first day without the right to keep a customer for marketing (rule 1), from the last sale."""
    return _expires(p.CUSTOMER_YEARS, relation_ended)


def kept_years(day: date) -> tuple[int, int, int]:
    """Rule 1: years for a prospect, a customer, an objection (at least)."""
    return p.at(p.PROSPECT_YEARS, day), p.at(p.CUSTOMER_YEARS, day), p.at(p.OBJECTION_YEARS, day)


def legal_notice(day: date) -> tuple[str, ...]:
    """What a site tells of who makes it (rule 12): "publisher", "registration", "publication_director", "host_name",
    "host_address", "host_phone"."""
    return p.at(p.LEGAL_NOTICE, day)


def accessibility_level(day: date) -> str:
    """« RGAA 4.1, niveau AA » (rule 14)."""
    return say(p.at(p.ACCESSIBILITY, day))


def _expires(years: p.Key[int], start: date) -> date:
    # The terms also bind what was collected before they were written.
    term = start.year + p.at(years, max(start, p.first_day(years)))
    try:
        return start.replace(year=term)
    except ValueError:  # 29 February: the day before, never one day too many
        return date(term, 2, 28)


def _call_windows(day: date, region: Region) -> Iterator[tuple[datetime, datetime]]:
    if day.weekday() in p.at(p.CALL_WEEKDAYS, day) and not is_public_holiday(day, region):
        for opens, closes in p.at(p.CALL_HOURS, day):
            yield (
                datetime.combine(day, opens, tzinfo=region.zone),
                datetime.combine(day, closes, tzinfo=region.zone),
            )


def _local(at: datetime, region: Region) -> datetime:
    if at.tzinfo is None:
        raise ValueError("the law's hours are asked of an aware instant")
    return at.astimezone(region.zone)


@cache
def _public_holidays(year: int, region: Region) -> frozenset[date]:
    subdivision = region.value[0] or None
    return frozenset(holidays.country_holidays("FR", subdiv=subdivision, years=year))
