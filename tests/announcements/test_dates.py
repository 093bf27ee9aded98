"""The day and the hour that a sentence names, and nothing uncertain."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.announcements.dates import read_day, read_hour

MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("On le goûte vendredi", dt.date(2026, 11, 27)),
        ("Lundi, on ouvre", MONDAY),
        ("ce soir au comptoir", MONDAY),
        ("demain", dt.date(2026, 11, 24)),
        ("le 28 novembre à 14 h", dt.date(2026, 11, 28)),
        ("samedi 28 novembre", dt.date(2026, 11, 28)),
        ("le 1er DÉCEMBRE", dt.date(2026, 12, 1)),
        ("le 3 février", dt.date(2027, 2, 3)),
        ("le 22 novembre", dt.date(2027, 11, 22)),
        ("le 31 novembre", None),
        ("vendredi ou samedi", None),
        ("du mardi au samedi", None),
        ("tous les jeudis", None),
        ("les samedis", None),
        ("12 huîtres", None),
        ("", None),
    ],
)
def test_a_day_is_read_only_where_it_is_certain(said: str, day: dt.date | None) -> None:
    assert read_day(said, MONDAY) == day


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("à 14 h 30", dt.time(14, 30)),
        ("19h", dt.time(19)),
        ("à 9 heures", dt.time(9)),
        ("de 9 h à 12 h", None),
        ("à 25 h", None),
        ("24 huîtres", None),
    ],
)
def test_an_hour_is_read_only_where_there_is_one(said: str, hour: dt.time | None) -> None:
    assert read_hour(said) == hour


@given(st.text())
def test_no_sentence_breaks_the_reading(said: str) -> None:
    day = read_day(said, MONDAY)
    assert day is None or day >= MONDAY
    read_hour(said)
