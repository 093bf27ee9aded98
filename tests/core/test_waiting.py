"""A file between two screens."""

import contextlib
import datetime as dt

import pytest

from parvis.core import clock, waiting
from tests.builders import TUESDAY

HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("late", "there"), [(dt.timedelta(), True), (HOUR, True), (HOUR + dt.timedelta(seconds=1), False)]
)
def test_it_waits_an_hour(late: dt.timedelta, there: bool) -> None:
    with clock.frozen(TUESDAY):
        name = waiting.keep(b"des lignes", suffix=".XLSX")
    with clock.frozen(TUESDAY + late):
        found = waiting.find(name)
        assert (found is not None) == there
        waiting.forget_old()
    with clock.frozen(TUESDAY):
        assert (waiting.find(name) is not None) == there


def test_its_name_tells_nothing_and_keeps_the_ending() -> None:
    one, two = waiting.keep(b"x", suffix=".csv"), waiting.keep(b"x", suffix=".csv")
    assert one != two
    assert one.endswith(".csv")
    assert waiting.keep(b"x", suffix="./../x").isascii()


@pytest.mark.parametrize("name", ["", "..", "../secret_key", "a" * 31, "a" * 32 + "/x"])
def test_no_other_file_is_found_nor_dropped(name: str) -> None:
    assert waiting.find(name) is None
    waiting.drop(name)


def test_what_is_dropped_is_gone_and_twice_is_once() -> None:
    name = waiting.keep(b"x")
    for _ in range(2):
        waiting.drop(name)
    assert waiting.find(name) is None


def test_a_file_is_taken_by_the_first_alone_and_is_gone_afterwards() -> None:
    name = waiting.keep(b"nom;prenom", suffix=".csv")
    with waiting.taken(name) as first, waiting.taken(name) as second:
        assert first and first.read_bytes() == b"nom;prenom"
        assert second is None
        assert waiting.is_taken(name)
    assert waiting.find(name) is None
    assert not waiting.is_taken(name)


def test_a_file_whose_use_failed_is_back() -> None:
    name = waiting.keep(b"nom;prenom")
    with contextlib.suppress(ZeroDivisionError), waiting.taken(name):
        raise ZeroDivisionError
    assert waiting.find(name)
