from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.law import parameters as p
from parvis.law.rules import (
    HEALTH_SENTENCE,
    Region,
    call_hours_fr,
    calls_counted_from,
    calls_exhausted,
    calls_limit_fr,
    customer_expires,
    in_silence,
    is_public_holiday,
    lowest_price_fr,
    may_call,
    may_send_sms,
    next_call_slot,
    photo_statement_fr,
    prospect_expires,
    region_of,
)

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 23)
INSTANTS = st.builds(
    lambda minutes: datetime(2023, 3, 2, tzinfo=UTC) + timedelta(minutes=minutes),
    st.integers(0, 13 * 365 * 1440),
)
DAYS = st.dates(date(2023, 3, 1), date(2035, 12, 31))


def paris(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), tzinfo=PARIS)


@pytest.mark.parametrize(
    ("hour", "minute", "second", "allowed"),
    [(7, 59, 59, False), (8, 0, 0, True), (21, 59, 59, True), (22, 0, 0, False), (0, 0, 0, False)],
)
def test_a_marketing_sms_leaves_between_eight_and_ten_at_night(
    hour: int, minute: int, second: int, allowed: bool
) -> None:
    assert may_send_sms(paris(MONDAY, hour, minute, second)) is allowed


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (date(2026, 11, 28), True),  # Saturday
        (date(2026, 11, 29), False),  # Sunday
        (date(2026, 11, 10), True),
        (date(2026, 11, 11), False),  # Armistice, a Wednesday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 7), True),
        (date(2026, 5, 14), False),  # Ascension
        (date(2026, 5, 25), False),  # Whit Monday
    ],
)
def test_no_marketing_sms_on_sundays_and_public_holidays(day: date, allowed: bool) -> None:
    assert may_send_sms(paris(day, 10)) is allowed


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2026, 12, 26)])
def test_alsace_and_moselle_have_two_more_public_holidays(day: date) -> None:
    assert may_send_sms(paris(day, 10))
    assert not may_send_sms(paris(day, 10), region=Region.ALSACE_MOSELLE)


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 30), date(2026, 10, 24), date(2026, 10, 26)])
def test_the_hours_are_those_of_paris_on_both_sides_of_a_clock_change(day: date) -> None:
    eight_in_utc = paris(day, 8).astimezone(UTC)
    assert may_send_sms(eight_in_utc)
    assert not may_send_sms(eight_in_utc - timedelta(seconds=1))


def test_summer_and_winter_differ_by_an_hour_of_utc() -> None:
    assert may_send_sms(datetime(2026, 7, 6, 6, 0, tzinfo=UTC))
    assert not may_send_sms(datetime(2026, 1, 5, 6, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("hour", "minute", "second", "allowed"),
    [
        (9, 59, 59, False),
        (10, 0, 0, True),
        (12, 59, 59, True),
        (13, 0, 0, False),
        (13, 59, 59, False),
        (14, 0, 0, True),
        (19, 59, 59, True),
        (20, 0, 0, False),
    ],
)
def test_one_calls_from_ten_to_one_and_from_two_to_eight(hour: int, minute: int, second: int, allowed: bool) -> None:
    assert may_call(paris(MONDAY, hour, minute, second)) is allowed


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (date(2026, 11, 27), True),  # Friday
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 29), False),
        (date(2026, 11, 11), False),
        (date(2026, 7, 14), False),
        (date(2026, 7, 15), True),
    ],
)
def test_no_calls_on_weekends_and_public_holidays(day: date, allowed: bool) -> None:
    assert may_call(paris(day, 11)) is allowed


def test_the_hours_of_calls_are_on_the_clock_of_the_person_called() -> None:
    ten_in_mayotte = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Indian/Mayotte"))
    assert may_call(ten_in_mayotte, region=Region.MAYOTTE)
    assert not may_call(ten_in_mayotte)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        may_call(datetime.combine(MONDAY, time(10)))


@pytest.mark.parametrize(
    ("at", "slot"),
    [
        (paris(MONDAY, 9), paris(MONDAY, 10)),
        (paris(MONDAY, 11, 30), paris(MONDAY, 11, 30)),
        (paris(MONDAY, 13), paris(MONDAY, 14)),
        (paris(MONDAY, 20), paris(date(2026, 11, 24), 10)),
        (paris(date(2026, 11, 27), 20), paris(date(2026, 11, 30), 10)),
        (paris(date(2026, 12, 24), 21), paris(date(2026, 12, 28), 10)),  # Christmas is a Friday
        (paris(date(2026, 10, 23), 20), paris(date(2026, 10, 26), 10)),  # over the clock change
    ],
)
def test_the_next_call_slot(at: datetime, slot: datetime) -> None:
    assert next_call_slot(at) == slot


@given(INSTANTS, st.sampled_from(Region))
def test_the_next_call_slot_is_allowed_and_never_in_the_past(at: datetime, region: Region) -> None:
    slot = next_call_slot(at, region)
    assert slot >= at
    assert may_call(slot, region)


@given(INSTANTS, st.sampled_from(Region))
def test_nothing_is_allowed_between_now_and_the_next_call_slot(at: datetime, region: Region) -> None:
    slot = next_call_slot(at, region)
    assert may_call(at, region) is (slot == at)
    assert slot == at or not may_call(slot - timedelta(seconds=1), region)


@given(INSTANTS)
def test_whoever_may_be_called_may_get_an_sms(at: datetime) -> None:
    assert may_send_sms(at) or not may_call(at)


@pytest.mark.parametrize(("number", "exhausted"), [(0, False), (3, False), (4, True), (5, True)])
def test_four_solicitations_in_thirty_days(number: int, exhausted: bool) -> None:
    assert calls_exhausted([MONDAY] * number, None, MONDAY) is exhausted


def test_a_call_thirty_days_ago_is_out_of_the_thirty_days() -> None:
    recent = [MONDAY - timedelta(days=days) for days in (1, 2, 3)]
    assert calls_exhausted([*recent, MONDAY - timedelta(days=29)], None, MONDAY)
    assert not calls_exhausted([*recent, MONDAY - timedelta(days=30)], None, MONDAY)


@pytest.mark.parametrize(("days_ago", "exhausted"), [(0, True), (7, True), (21, True), (60, True), (61, False)])
def test_sixty_days_of_silence_after_a_refusal(days_ago: int, exhausted: bool) -> None:
    assert calls_exhausted([], MONDAY - timedelta(days=days_ago), MONDAY) is exhausted


@given(st.lists(DAYS, max_size=8), st.none() | DAYS, DAYS)
def test_one_more_past_call_never_opens_a_right(past: list[date], refused_on: date | None, day: date) -> None:
    if calls_exhausted(past, refused_on, day):
        assert calls_exhausted([*past, day], refused_on, day)


@given(st.lists(DAYS, max_size=8), DAYS)
def test_no_call_before_the_first_day_counted_changes_anything(past: list[date], day: date) -> None:
    since = calls_counted_from(day)
    assert calls_exhausted(past, None, day) == calls_exhausted([call for call in past if call >= since], None, day)


@given(st.lists(DAYS, max_size=8), DAYS, DAYS)
def test_the_silence_after_a_refusal_does_not_look_at_past_calls(past: list[date], refused_on: date, day: date) -> None:
    assert calls_exhausted(past, refused_on, day) == (in_silence(refused_on, day) or calls_exhausted(past, None, day))


def test_the_hours_and_the_limits_are_said_from_the_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    assert call_hours_fr(MONDAY).replace("\u00a0", " ") == (
        "Du lundi au vendredi, de 10 h à 13 h et de 14 h à 20 h, jamais un jour férié."
    )
    assert calls_limit_fr(MONDAY) == (
        "a déjà été appelée quatre fois en trente jours, ou a refusé un appel il y a moins de soixante jours"
    )
    stricter = {
        p.CALL_WEEKDAYS: (1, 3),
        p.CALL_HOURS: ((time(9, 30), time(12)),),
        p.CALLS_AT_MOST: 2,
        p.CALLS_WINDOW_DAYS: 45,
        p.CALL_SILENCE_DAYS: 90,
    }
    monkeypatch.setattr("parvis.law.rules.p.at", lambda key, day: stricter[key])
    assert (
        call_hours_fr(MONDAY).replace("\u00a0", " ") == "Le mardi et le jeudi, de 9 h 30 à 12 h, jamais un jour férié."
    )
    assert calls_limit_fr(MONDAY) == (
        "a déjà été appelée deux fois en 45 jours, ou a refusé un appel il y a moins de 90 jours"
    )


def test_the_health_sentence_is_the_laws() -> None:
    law = "L'abus d'alcool est dangereux pour la santé, à consommer avec modération"
    assert HEALTH_SENTENCE.replace("’", "'").rstrip(".") == law


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2023, 11, 23), date(2026, 11, 23)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2015, 6, 1), date(2018, 6, 1)),  # older than the text itself
    ],
)
def test_prospects_and_customers_expire_after_three_years(start: date, end: date) -> None:
    assert prospect_expires(start) == end
    assert customer_expires(start) == end


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_nobody_is_ever_kept_longer_than_three_years(start: date) -> None:
    assert start < prospect_expires(start) <= start + timedelta(days=3 * 365 + 1)


@pytest.mark.parametrize(
    ("insee", "region"),
    [
        ("94075", Region.METROPOLE),
        ("67482", Region.ALSACE_MOSELLE),
        ("57463", Region.ALSACE_MOSELLE),
        ("97611", Region.MAYOTTE),
        ("97411", Region.REUNION),
        ("2A004", Region.METROPOLE),
    ],
)
def test_the_region_of_a_commune(insee: str, region: Region) -> None:
    assert region_of(insee) is region


def test_mayotte_remembers_abolition_day() -> None:
    assert is_public_holiday(date(2026, 4, 27), Region.MAYOTTE)
    assert not is_public_holiday(date(2026, 4, 27))


def test_what_an_offer_and_a_photo_state_is_the_table_s() -> None:
    assert lowest_price_fr(MONDAY) == "prix le plus bas des 30 derniers jours"
    assert (
        photo_statement_fr(MONDAY) == "Seulement des photos que vous avez prises vous-même, ou libres de tous droits."
    )


def test_a_change_of_the_law_changes_what_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {p.OFFER_PRICE_DAYS: 60, p.PHOTO_STATEMENT: "Vos photos."}
    monkeypatch.setattr("parvis.law.rules.p.at", lambda key, day: changed[key])
    assert lowest_price_fr(MONDAY) == "prix le plus bas des 60 derniers jours"
    assert photo_statement_fr(MONDAY) == "Vos photos."
