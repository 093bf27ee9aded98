"""A shop's hours as search engines read them."""

import datetime as dt
from typing import Any

import pytest

from parvis.directory.hours import MIDNIGHT, Hours, Opening
from parvis.directory.metadata import local_business
from tests.builders import shop

pytestmark = pytest.mark.django_db
WHOLE = Opening(dt.time(), MIDNIGHT)


def told(hours: Hours) -> list[tuple[str, str]]:
    data: dict[str, Any] = local_business(shop(), "", hours, url="", image="", about="")
    return [(one["opens"], one["closes"]) for one in data["openingHoursSpecification"]]


def test_open_day_and_night_is_not_written_as_closed() -> None:
    assert told(Hours(week={day: [WHOLE] for day in range(7)})) == [("00:00", "23:59")]
    special = {dt.date(2026, 12, 24): [WHOLE], dt.date(2026, 12, 25): []}
    assert told(Hours(week={}, special=special)) == [("00:00", "23:59"), ("00:00", "00:00")]


def test_an_evening_until_midnight_ends_at_midnight() -> None:
    assert told(Hours(week={4: [Opening(dt.time(18), MIDNIGHT)]})) == [("18:00", "00:00")]
