"""When rounds are held, the exact sentence behind each choice, and when a shop's file is counted anew."""

import datetime as dt
import json
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.typography import PARIS
from parvis.delivery.rules import Stop
from parvis.rounds.matching.eligibility import Code
from parvis.rounds.rules import (
    AT_THE_DOOR,
    CROWD_STAYS,
    LABELS,
    NO_LIMIT,
    OVER,
    Row,
    Withheld,
    changed,
    for_resident,
    for_shop,
    next_round,
    reach_of,
    replaces,
)

NB = "\u00a0"


def paris(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-11-23 09:00", "2026-11-24 18:00"),  # Monday: tomorrow
        ("2026-11-24 17:59", "2026-11-24 18:00"),
        ("2026-11-24 18:00", "2026-11-27 18:00"),  # strictly after
        ("2026-11-27 18:00", "2026-12-01 18:00"),
        ("2026-11-28 12:00", "2026-12-01 18:00"),
        ("2026-12-29 18:01", "2027-01-01 18:00"),  # a public holiday is a day like another for a message to read
        ("2026-03-27 18:00", "2026-03-31 18:00"),  # the clocks go forward between the two
        ("2026-10-23 18:00", "2026-10-27 18:00"),  # and back
    ],
)
def test_rounds_are_held_on_tuesday_and_friday_at_six(after: str, expected: str) -> None:
    assert next_round(paris(after)) == paris(expected)


@pytest.mark.parametrize(("after", "hours"), [("2026-03-27 18:00", 95), ("2026-10-23 18:00", 97)])
def test_six_o_clock_is_that_of_paris_across_a_change_of_hour(after: str, hours: int) -> None:
    before = paris(after).astimezone(dt.UTC)
    assert next_round(before).astimezone(dt.UTC) - before == dt.timedelta(hours=hours)


@given(st.integers(0, 8 * 365 * 24 * 60))
def test_the_next_round_is_ahead_and_none_is_between(minutes: int) -> None:
    after = dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    found = next_round(after)
    assert after < found <= after + dt.timedelta(days=4, hours=1)
    assert (found.weekday() in (1, 4), found.hour, found.minute, found.tzinfo) == (True, 18, 0, PARIS)


@pytest.mark.parametrize(("seats", "reach"), [(None, NO_LIMIT), (0, 0), (1, 10), (3, 30), (12, 120)])
def test_ten_people_hear_of_each_seat(seats: int | None, reach: int) -> None:
    assert reach_of(seats) == reach


def test_each_reason_of_the_arrays_has_its_name_and_its_words() -> None:
    assert [w.name for w in Withheld] == [code.name for code in Code if code is not Code.ELIGIBLE]
    assert all(one.label for one in Withheld)
    assert set(LABELS) == {w.value for w in Withheld} | {"held"}


def test_each_reason_of_the_door_has_its_words() -> None:
    assert set(AT_THE_DOOR) == {stop.value for stop in Stop} | {OVER}


def reason(**facts: str) -> dict[str, str]:
    stated = {
        "why": "liked",
        "liked": "le whisky japonais",
        "sender": "Cave du Tilleul",
        "basis": "consent",
        "source": "counter",
        "source_text": "",
        "given_on": "2026-10-01",
    }
    return stated | facts


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {},
            "Vous aimez le whisky japonais, et vous avez dit oui à Cave du Tilleul au comptoir, le 1er octobre 2026.",
        ),
        (
            {"source": "paper", "given_on": "2026-08-15"},
            "Vous aimez le whisky japonais, et vous avez dit oui à Cave du Tilleul sur papier, le 15 août 2026.",
        ),
        (
            {"source": "web", "given_on": "2026-02-02"},
            "Vous aimez le whisky japonais, et vous avez dit oui à Cave du Tilleul sur le site, le 2 février 2026.",
        ),
        (
            {"sender": "Le Fournil des Sources"},
            "Vous aimez le whisky japonais, et vous avez dit oui au Fournil des Sources au comptoir, "
            "le 1er octobre 2026.",
        ),
        (
            {"source": "file", "source_text": "carte de fidélité 2024"},
            "Vous aimez le whisky japonais, et Cave du Tilleul tient votre accord "
            f"(«{NB}carte de fidélité 2024{NB}») depuis le 1er octobre 2026.",
        ),
        (
            {"basis": "sale", "source": "file"},
            "Vous aimez le whisky japonais, et vous avez acheté chez Cave du Tilleul le 1er octobre 2026.",
        ),
        (
            {"why": "noted"},
            "Cave du Tilleul a noté que vous aimez le whisky japonais, "
            "et vous avez dit oui à Cave du Tilleul au comptoir, le 1er octobre 2026.",
        ),
        (
            {"why": "unstated", "liked": ""},
            "Vous avez dit oui à Cave du Tilleul au comptoir, le 1er octobre 2026, "
            f"sans dire vos envies{NB}: vous entendez tout de ce commerce.",
        ),
        (
            {"why": "by_date", "liked": ""},
            f"Vous avez demandé à ne pas être trié{NB}: les annonces viennent par date. "
            "Vous avez dit oui à Cave du Tilleul au comptoir, le 1er octobre 2026.",
        ),
        (
            {"why": "unstated", "liked": "", "source": "file", "source_text": "bon de commande"},
            f"Cave du Tilleul tient votre accord («{NB}bon de commande{NB}») depuis le 1er octobre 2026, "
            f"sans dire vos envies{NB}: vous entendez tout de ce commerce.",
        ),
    ],
)
def test_a_resident_reads_everything_that_decided(facts: dict[str, str], sentence: str) -> None:
    assert for_resident(reason(**facts)).replace(NB, " ") == sentence.replace(NB, " ")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "A dit oui à vos appels au comptoir, le 1er octobre 2026."),
        (
            {"why": "noted", "source": "paper"},
            f"A dit oui à vos appels sur papier, le 1er octobre 2026. Vous avez noté{NB}: aime le whisky japonais.",
        ),
        ({"why": "unstated", "basis": "sale"}, "A acheté chez vous le 1er octobre 2026."),
        (
            {"why": "by_date", "source": "file", "source_text": "carte de fidélité"},
            f"A donné son accord («{NB}carte de fidélité{NB}») depuis le 1er octobre 2026.",
        ),
    ],
)
def test_a_shop_reads_only_its_own_facts(facts: dict[str, str], sentence: str) -> None:
    assert for_shop(reason(**facts)).replace(NB, " ") == sentence.replace(NB, " ")


@given(st.sampled_from(["liked", "unstated", "by_date"]), st.sampled_from(["counter", "paper", "web", "file"]))
def test_what_the_person_said_elsewhere_never_reaches_a_shop(why: str, source: str) -> None:
    assert "whisky" not in for_shop(reason(why=why, source=source))


PLAIN = Row(
    person=0,
    channel="email",
    active=True,
    adult=True,
    profiling=True,
    consent=True,
    reachable=True,
    calls_exhausted=False,
    tastes=[],
)


def row(person: int, **facts: Any) -> Row:
    return cast(Row, PLAIN | facts | {"person": person})


def crowd(size: int) -> list[Row]:
    return [row(person) for person in range(size)]


MOVES: dict[str, dict[str, Any]] = {
    "says no": {"consent": False},
    "pauses": {"active": False},
    "is a minor": {"adult": False},
    "was phoned enough": {"calls_exhausted": True},
    "moves": {"reachable": False},
    "takes paper": {"channel": "paper"},
    "refuses sorting": {"profiling": False},
    "likes flowers": {"tastes": [[7, 1, 0]]},
}
KINDS = st.sampled_from(["joins", "leaves", *MOVES])
LONG = st.timedeltas(dt.timedelta(0), dt.timedelta(days=4000))


def touched(rows: list[Row], kinds: list[str]) -> list[Row]:
    """The file after each kind befell someone else."""
    left, others = list(rows), []
    for number, kind in enumerate(kinds):
        if kind == "joins":
            others.append(row(10_000 + number))
        elif kind == "leaves":
            left.pop()
        else:
            others.append(row(left.pop()["person"], **MOVES[kind]))
    return left + others


@given(st.lists(KINDS, max_size=30))
def test_each_person_who_joins_leaves_or_is_not_the_same_is_counted_once(kinds: list[str]) -> None:
    before = crowd(30)
    after = touched(before, kinds)
    assert changed(before, after) == changed(after, before) == len(kinds)
    assert changed(before, json.loads(json.dumps(after))[::-1]) == len(kinds)


@given(st.lists(KINDS, max_size=9), LONG)
def test_a_file_of_which_fewer_than_ten_changed_is_never_counted_anew(kinds: list[str], age: dt.timedelta) -> None:
    for size in (9, 10, 60):
        assert not replaces(crowd(size), touched(crowd(size), kinds), age=age)


@given(st.lists(KINDS, min_size=10, max_size=20), LONG)
def test_ten_changes_and_a_day_count_a_file_anew(kinds: list[str], age: dt.timedelta) -> None:
    assert replaces(crowd(60), touched(crowd(60), kinds), age=age) == (age >= dt.timedelta(days=1))


def test_a_crowd_is_a_day_old_on_the_second() -> None:
    before, after = crowd(60), touched(crowd(60), ["says no"] * 10)
    assert replaces(before, after, age=CROWD_STAYS)
    assert not replaces(before, after, age=CROWD_STAYS - dt.timedelta(seconds=1))


@pytest.mark.parametrize(("size", "at_once"), [(0, True), (9, True), (10, False)])
def test_a_file_too_small_to_be_counted_does_not_make_the_next_one_wait(size: int, at_once: bool) -> None:
    grown = crowd(size) + [row(100 + number) for number in range(10)]
    assert replaces(crowd(size), grown, age=dt.timedelta(0)) == at_once
    assert not replaces(crowd(size), grown[:-1], age=dt.timedelta(0))
