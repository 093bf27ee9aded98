"""When rounds are held, and the exact sentence behind each choice."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.typography import PARIS
from parvis.rounds.matching.eligibility import Code
from parvis.rounds.rules import LABELS, NO_LIMIT, Withheld, for_resident, for_shop, next_round, reach_of

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
        ({}, "Vous aimez le whisky japonais, et vous avez dit oui à Cave du Tilleul au comptoir, le 1er octobre 2026."),
        (
            {"source": "paper", "given_on": "2026-08-15"},
            "Vous aimez le whisky japonais, et vous avez dit oui à Cave du Tilleul sur papier, le 15 août 2026.",
        ),
        (
            {"source": "web", "given_on": "2026-02-02"},
            "Vous aimez le whisky japonais, et vous avez dit oui à Cave du Tilleul sur le site, le 2 février 2026.",
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
    assert for_resident(reason(**facts)) == sentence


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
    assert for_shop(reason(**facts)) == sentence


@given(st.sampled_from(["liked", "unstated", "by_date"]), st.sampled_from(["counter", "paper", "web", "file"]))
def test_what_the_person_said_elsewhere_never_reaches_a_shop(why: str, source: str) -> None:
    assert "whisky" not in for_shop(reason(why=why, source=source))
