"""When a shop is open, compared with a twin that walks minute by minute, and how its week reads."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.core import clock
from parvis.core.typography import DAYS
from parvis.directory.hours import (
    HOLIDAY,
    MIDNIGHT,
    Hours,
    Opening,
    State,
    _joined,
    day_in_words,
    is_night,
    overlaps,
    split_nights,
    state,
    stretch_in_words,
    stretches,
    week_in_words,
    whole_nights,
)
from parvis.law.rules import Region, is_public_holiday

TUESDAY = dt.date(2026, 11, 24)
MINUTE = dt.timedelta(minutes=1)


def at(text: str, day: dt.date = TUESDAY, zone: ZoneInfo = clock.PARIS) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(text), zone)


def opening(text: str) -> Opening:
    """ "09:00-12:30" """
    opens, _, closes = text.partition("-")
    return Opening(dt.time.fromisoformat(opens), dt.time.fromisoformat(closes))


def day(*texts: str) -> list[Opening]:
    return [opening(text) for text in texts]


SPLIT = day("09:00-12:30", "14:30-19:00")
WEEK = {1: SPLIT, 2: SPLIT, 3: SPLIT, 4: SPLIT, 5: SPLIT, 6: day("09:00-12:30")}
USUAL = Hours(WEEK)


def said(hours: Hours, text: str, on: dt.date = TUESDAY) -> str:
    """The sentence, no-break spaces made plain."""
    found = state(hours, at(text, on))
    return found.sentence.replace("\u00a0", " ") if found else ""


@pytest.mark.parametrize(
    ("hour", "open_", "sentence"),
    [
        ("08:59", False, "Fermé, ouvre à 9 h"),
        ("09:00", True, "Ferme à 12 h 30, rouvre à 14 h 30"),
        ("12:29", True, "Ferme à 12 h 30, rouvre à 14 h 30"),
        ("12:30", False, "Fermé, rouvre à 14 h 30"),
        ("14:29", False, "Fermé, rouvre à 14 h 30"),
        ("14:30", True, "Ouvert jusqu’à 19 h"),
        ("18:59", True, "Ouvert jusqu’à 19 h"),
        ("19:00", False, "Fermé, ouvre demain à 9 h"),
    ],
)
def test_a_day_at_both_sides_of_each_edge(hour: str, open_: bool, sentence: str) -> None:
    found = state(USUAL, at(hour))
    assert found is not None
    assert (found.open, said(USUAL, hour)) == (open_, sentence)


def test_the_next_opening_is_named_by_its_day_then_by_its_date() -> None:
    sunday = TUESDAY + dt.timedelta(days=5)
    assert said(USUAL, "12:30", sunday) == "Fermé, ouvre mardi à 9 h"
    once = Hours({1: day("09:00-12:00")})
    assert said(once, "13:00") == "Fermé, ouvre mardi 1er décembre à 9 h"
    assert said(once, "13:00", TUESDAY + dt.timedelta(days=1)) == "Fermé, ouvre mardi à 9 h"


def test_a_special_day_replaces_its_day() -> None:
    assert said(Hours(WEEK, {TUESDAY: []}), "10:00") == "Fermé, ouvre demain à 9 h"
    assert said(Hours(WEEK, {TUESDAY: day("10:00-20:00")}), "19:30") == "Ouvert jusqu’à 20 h"
    away = {TUESDAY + dt.timedelta(days=n): list[Opening]() for n in range(1, 8)}
    assert said(Hours(WEEK, away), "19:30") == "Fermé, ouvre mercredi 2 décembre à 9 h"
    for_good = {TUESDAY + dt.timedelta(days=n): list[Opening]() for n in range(90)}
    assert said(Hours(WEEK, for_good), "10:00") == "Fermé"


def test_a_public_holiday_is_neither_open_nor_closed_until_the_shop_says() -> None:
    friday = dt.date(2026, 12, 25)
    assert state(USUAL, at("10:00", friday)) == State(None, HOLIDAY)
    assert said(USUAL, "20:00", friday - dt.timedelta(days=1)) == "Fermé, ouvre samedi à 9 h"
    assert said(Hours(WEEK, {friday: []}), "10:00", friday) == "Fermé, ouvre demain à 9 h"
    assert said(Hours(WEEK, {friday: day("09:00-12:00")}), "10:00", friday) == "Ouvert jusqu’à 12 h"
    monday = dt.date(2027, 3, 29)  # Easter Monday, when this shop is closed anyway
    assert said(USUAL, "10:00", monday) == "Fermé, ouvre demain à 9 h"


def test_boxing_day_is_a_holiday_in_strasbourg_and_not_here() -> None:
    saturday = dt.date(2026, 12, 26)
    assert said(USUAL, "10:00", saturday) == "Ferme à 12 h 30, rouvre à 14 h 30"
    assert state(Hours(WEEK, region=Region.ALSACE_MOSELLE), at("10:00", saturday)) == State(None, HOLIDAY)


def test_nothing_known_says_nothing() -> None:
    assert state(Hours(), at("10:00")) is None
    assert state(Hours({1: []}), at("10:00")) is None
    assert state(Hours(special={TUESDAY - dt.timedelta(days=9): SPLIT}), at("10:00")) is None
    assert state(Hours(special={TUESDAY + dt.timedelta(days=9): []}), at("10:00")) is None
    assert said(Hours(special={TUESDAY: []}), "10:00") == "Fermé"
    assert said(Hours(special={TUESDAY + dt.timedelta(days=9): SPLIT}), "10:00") == (
        "Fermé, ouvre jeudi 3 décembre à 9 h"
    )


def test_what_goes_on_past_midnight_is_one_opening() -> None:
    bar = Hours({1: day("18:00-23:59"), 2: day("00:00-01:00", "18:00-23:59")})
    assert said(bar, "23:59") == "Ouvert jusqu’à 1 h"
    assert said(bar, "00:59", TUESDAY + dt.timedelta(days=1)) == "Ferme à 1 h, rouvre à 18 h"
    assert said(bar, "18:00", TUESDAY + dt.timedelta(days=1)) == "Ouvert jusqu’à minuit"
    always = Hours({n: day("00:00-23:59") for n in range(7)})
    assert said(always, "03:00") == "Ouvert jour et nuit"


def test_openings_that_touch_are_one() -> None:
    assert said(Hours({1: day("09:00-12:00", "12:00-14:00")}), "11:00") == "Ouvert jusqu’à 14 h"
    assert overlaps(day("09:00-12:00", "12:00-14:00")) is None
    assert overlaps(day("12:00-14:00", "09:00-12:01")) == (opening("09:00-12:01"), opening("12:00-14:00"))


@pytest.mark.parametrize("sunday", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_the_night_when_the_clocks_change_goes_by_the_clock_on_the_wall(sunday: dt.date) -> None:
    hours = Hours({6: day("04:00-12:00"), 5: day("14:00-23:59")})
    before = at("23:30", sunday - dt.timedelta(days=1))
    assert said(hours, "23:30", sunday - dt.timedelta(days=1)) == "Ouvert jusqu’à minuit"
    utc = before.astimezone(dt.UTC)
    walls = [utc + dt.timedelta(minutes=15 * n) for n in range(4 * 14)]
    for instant in walls:
        wall = instant.astimezone(clock.PARIS)
        found = state(hours, instant)
        assert found is not None
        inside = dt.time(4) <= wall.time() < dt.time(12) and wall.date() == sunday
        assert found.open is (inside or wall.date() < sunday)


def test_a_shop_of_la_reunion_opens_on_its_own_clock() -> None:
    hours = Hours({1: day("09:00-12:00")}, region=Region.REUNION)
    assert said(hours, "06:30") == "Ouvert jusqu’à 12 h"  # three hours ahead of Paris in winter
    assert said(hours, "05:59") == "Fermé, ouvre à 9 h"


# --- Against the twin -------------------------------------------------------------------------------------------------
def day_of(bits: int) -> list[Opening]:
    """Twelve stretches of two hours, from seven past midnight: one bit says open. One draw makes a whole day."""
    found: list[Opening] = []
    for opens in range(7, 1440, 120):
        if bits >> (opens // 120) & 1:
            start, end = dt.time(*divmod(opens, 60)), dt.time(*divmod(min(opens + 120, 1439), 60))
            # Every third stretch touches the one before without being joined to it: the rules must not mind.
            joined = found and found[-1].closes == start and opens // 120 % 3
            found[-1:] = [Opening(found[-1].opens, end)] if joined else [*found[-1:], Opening(start, end)]
    return found


days_off = st.integers(0, 4095).map(day_of)
weeks = st.tuples(*[days_off] * 7).map(lambda days: dict(enumerate(days)))
near = st.integers(-2, 30).map(lambda n: TUESDAY + dt.timedelta(days=n))
all_hours = st.builds(Hours, weeks, st.dictionaries(near, days_off, max_size=4))
instants = st.integers(0, 40 * 24 * 60).map(lambda n: at("00:00") + n * MINUTE)


def twin_open(hours: Hours, wall: dt.datetime) -> bool:
    """One minute, one day, no spans."""
    today = wall.date()
    if today in hours.special:
        openings = hours.special[today]
    elif is_public_holiday(today, hours.region):
        return False
    else:
        openings = hours.week.get(today.weekday(), [])
    return any(o.opens <= wall.time() < o.closes or (wall.time() == o.closes == MIDNIGHT) for o in openings)


def unsettled(hours: Hours, day: dt.date) -> bool:
    return day not in hours.special and is_public_holiday(day) and bool(hours.week.get(day.weekday()))


@settings(deadline=None)
@given(all_hours, instants)
def test_open_and_closed_agree_with_the_twin(hours: Hours, instant: dt.datetime) -> None:
    found = state(hours, instant)
    wall = instant.replace(tzinfo=None)
    if found is None:
        assert not twin_open(hours, wall)
    elif unsettled(hours, wall.date()):
        assert found == State(None, HOLIDAY)
    else:
        assert found.open is twin_open(hours, wall)


@settings(max_examples=40, deadline=None)
@given(all_hours, instants)
def test_the_hour_told_is_the_first_minute_that_differs(hours: Hours, instant: dt.datetime) -> None:
    found = state(hours, instant)
    if found is None or found.open is None or found.sentence in {"Fermé", "Ouvert jour et nuit"}:
        return
    wall = instant.replace(tzinfo=None)
    while twin_open(hours, wall) is found.open:
        wall += MINUTE
    hour = "minuit" if not (wall.hour or wall.minute) else f"{wall.hour} h {wall.minute:02}".removesuffix(" 00")
    plain = found.sentence.replace("\u00a0", " ")
    assert (plain.partition(", rouvre")[0] if found.open else plain).endswith(f"à {hour}")
    if not found.open and (wall.date() - instant.date()).days > 1:
        assert DAYS[wall.weekday()] in plain


# --- The week in words ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("week", "words"),
    [
        (
            WEEK,
            "Du mardi au samedi, 9 h à 12 h 30 et 14 h 30 à 19 h ; dimanche, 9 h à 12 h 30. Fermé le lundi.",
        ),
        ({n: day("08:00-20:00") for n in range(7)}, "Tous les jours, 8 h à 20 h."),
        (
            {0: day("09:00-12:00"), 3: day("09:00-12:00")},
            "Lundi et jeudi, 9 h à 12 h. Fermé le mardi, le mercredi et du vendredi au dimanche.",
        ),
        (
            {n: day("10:00-12:00") for n in (1, 2, 4, 5)},
            "Mardi, mercredi, vendredi et samedi, 10 h à 12 h. Fermé le lundi, le jeudi et le dimanche.",
        ),
        (
            {n: day("10:00-12:00") for n in (0, 1, 2, 4)},
            "Du lundi au mercredi et vendredi, 10 h à 12 h. Fermé le jeudi, le samedi et le dimanche.",
        ),
        ({4: day("17:00-19:00")}, "Vendredi, 17 h à 19 h. Fermé du lundi au jeudi, le samedi et le dimanche."),
        (
            {5: day("18:00-23:59"), 6: day("00:00-01:00")},
            "Samedi, 18 h à 1 h. Fermé du lundi au vendredi et le dimanche.",
        ),
        (
            {6: day("12:00-14:00", "19:00-23:59"), 0: day("00:00-02:00", "19:00-23:00")},
            "Lundi, 19 h à 23 h ; dimanche, 12 h à 14 h et 19 h à 2 h. Fermé du mardi au samedi.",
        ),
        (
            {5: day("00:00-23:59"), 6: day("00:00-05:00")},
            "Samedi, minuit à minuit ; dimanche, minuit à 5 h. Fermé du lundi au vendredi.",
        ),
        (
            {1: day("09:00-10:00", "11:00-12:00", "13:00-14:00")},
            "Mardi, 9 h à 10 h, 11 h à 12 h et 13 h à 14 h. Fermé le lundi et du mercredi au dimanche.",
        ),
        ({}, ""),
        ({1: []}, ""),
    ],
)
def test_a_week_reads_as_one_would_say_it(week: dict[int, list[Opening]], words: str) -> None:
    assert week_in_words(week).replace("\u00a0", " ") == words


def read_back(words: str) -> dict[int, str]:
    """The naive reader: from the sentence to the hours of each weekday, as text."""
    found: dict[int, str] = {}
    for piece in words.replace("\u00a0", " ").partition(". Fermé")[0].rstrip(".").split(" ; "):
        names, _, hours = piece.lower().replace("tous les jours", "du lundi au dimanche").partition(", ")
        while not hours[0].isdigit() and not hours.startswith("minuit"):
            more, _, hours = hours.partition(", ")
            names += f" et {more}"
        for part in names.replace(", ", " et ").split(" et "):
            words_of = part.split()
            first = DAYS.index(words_of[1] if words_of[0] == "du" else words_of[0])
            last = DAYS.index(words_of[-1])
            found |= dict.fromkeys(range(first, last + 1), hours)
    return found


@given(weeks)
def test_reading_the_sentence_gives_the_week_back(week: dict[int, list[Opening]]) -> None:
    whole = whole_nights({n: _joined(openings) for n, openings in week.items()})
    wanted = {n: day_in_words(openings).replace("\u00a0", " ") for n, openings in whole.items() if openings}
    assert (read_back(week_in_words(week)) if wanted else {}) == wanted


@given(weeks)
def test_a_night_is_kept_on_its_two_days_and_said_in_one(week: dict[int, list[Opening]]) -> None:
    whole = whole_nights(week)
    kept = {n: sorted(openings) for n, openings in split_nights(whole).items() if openings}
    assert kept == {n: sorted(openings) for n, openings in week.items() if openings}
    assert not any(
        a[-1:]
        and a[-1].closes == MIDNIGHT
        and b[:1]
        and is_night(Opening(a[-1].opens, b[0].closes))
        and b[0].opens == dt.time()
        for n in range(7)
        for a, b in [(whole.get(n, []), whole.get((n + 1) % 7, []))]
    )


# --- Days that are not as their week ----------------------------------------------------------------------------------
some_days = st.dictionaries(
    st.integers(0, 40).map(lambda n: TUESDAY + dt.timedelta(days=n)),
    st.tuples(st.sampled_from([(), (opening("09:00-12:00"),)]), st.sampled_from(["", "Congés"])),
)


@given(some_days)
def test_stretches_hold_each_day_once_and_none_could_be_longer(
    days: dict[dt.date, tuple[tuple[Opening, ...], str]],
) -> None:
    found = stretches(days)
    held = [
        (one.first + dt.timedelta(days=n), (one.openings, one.note))
        for one in found
        for n in range((one.last - one.first).days + 1)
    ]
    assert held == sorted(days.items())
    for before, after in pairwise(found):
        touch = before.last + dt.timedelta(days=1) == after.first
        assert not (touch and before[2:] == after[2:])


def test_a_stretch_reads_as_on_the_door() -> None:
    last = TUESDAY + dt.timedelta(days=8)
    closed = stretches({TUESDAY: ((), "")})[0]
    assert stretch_in_words(closed).replace("\u00a0", " ") == "Mardi 24 novembre, fermé"
    said = stretch_in_words(closed._replace(last=last)).replace("\u00a0", " ")
    assert said == "Du mardi 24 novembre au mercredi 2 décembre, fermé"
