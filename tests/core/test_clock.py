"""The one clock, and the week in which rhythm is counted."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core import clock

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def test_a_clock_held_still_stays_still_and_goes_on_afterwards() -> None:
    with clock.frozen(NOON):
        assert clock.now() == clock.now() == NOON
        with clock.frozen(NOON + dt.timedelta(days=1)):
            assert clock.today() == dt.date(2026, 11, 25)
        assert clock.now() == NOON
    assert clock.now() != NOON
    assert clock.now().utcoffset() == dt.timedelta(0)


def test_a_clock_is_let_go_even_when_something_breaks() -> None:
    with pytest.raises(KeyError), clock.frozen(NOON):
        raise KeyError
    assert clock.now() != NOON


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-24T22:59:59+00:00", dt.date(2026, 11, 24)),
        ("2026-11-24T23:00:00+00:00", dt.date(2026, 11, 25)),  # midnight in Paris, in winter
        ("2026-07-01T22:00:00+00:00", dt.date(2026, 7, 2)),  # and in summer
    ],
)
def test_the_day_is_that_of_paris(at: str, day: dt.date) -> None:
    with clock.frozen(dt.datetime.fromisoformat(at)):
        assert clock.today() == day == clock.paris_now().date()


@pytest.mark.parametrize(
    ("at", "week"),
    [
        ("2026-11-24T18:00:00+01:00", "2026-W48"),
        ("2026-11-29T22:59:59+00:00", "2026-W48"),  # Sunday, one second before midnight in Paris
        ("2026-11-29T23:00:00+00:00", "2026-W49"),
        ("2027-01-01T12:00:00+01:00", "2026-W53"),  # the first of January belongs to the year before
        ("2024-12-30T12:00:00+01:00", "2025-W01"),
        ("2026-03-29T12:00:00+02:00", "2026-W13"),  # the clocks change
    ],
)
def test_the_week_is_the_iso_week_of_paris(at: str, week: str) -> None:
    assert clock.iso_week(dt.datetime.fromisoformat(at)) == week


@given(st.integers(0, 8 * 365 * 24))
def test_a_week_lasts_seven_days_from_monday_midnight_in_paris(hours: int) -> None:
    """A pause of one week must not become three, nor end on a Sunday."""
    at = dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
    monday = at.astimezone(clock.PARIS).date() - dt.timedelta(days=at.astimezone(clock.PARIS).weekday())
    starts = dt.datetime.combine(monday, dt.time(), clock.PARIS)
    ends = dt.datetime.combine(monday + dt.timedelta(days=7), dt.time(), clock.PARIS)
    assert clock.iso_week(starts) == clock.iso_week(at) == clock.iso_week(ends - dt.timedelta(seconds=1))
    assert clock.iso_week(ends) != clock.iso_week(at)
