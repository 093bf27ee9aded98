"""What is pure in an announcement."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from parvis.announcements.rules import MORNING, last_day

DAY = dt.date(2026, 12, 31)


@given(st.times(), st.times())
def test_only_an_end_in_the_small_hours_of_what_began_later_is_the_next_day(opens: dt.time, closes: dt.time) -> None:
    night = closes < opens and closes < MORNING
    assert last_day(DAY, opens, closes) == (dt.date(2027, 1, 1) if night else DAY)


def test_a_new_years_eve_ends_on_new_years_day() -> None:
    assert last_day(DAY, dt.time(20), dt.time(2)) == dt.date(2027, 1, 1)
    assert last_day(DAY, dt.time(20), dt.time(5, 59)) == dt.date(2027, 1, 1)
    assert last_day(DAY, dt.time(20), MORNING) == DAY
    assert last_day(DAY, dt.time(1), dt.time(2)) == DAY
