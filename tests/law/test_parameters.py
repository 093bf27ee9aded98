from datetime import date, timedelta

import pytest

from parvis.law import parameters as p
from parvis.law.parameters import TABLE, Key, Parameter

KEYS = sorted({line.key for line in TABLE})
DECLARED = {value for value in vars(p).values() if isinstance(value, Key)}


@pytest.mark.parametrize("line", TABLE, ids=lambda line: f"{line.key}-{line.since}")
def test_every_line_has_a_source_a_mark_and_a_rule(line: Parameter) -> None:
    assert line.source.strip()
    assert line.mark in {"s", "k"}
    assert 1 <= line.rule <= 20


def test_every_key_has_a_line_and_every_line_a_declared_key() -> None:
    assert {line.key for line in TABLE} == DECLARED


def test_no_key_has_two_lines_of_the_same_day() -> None:
    pairs = [(line.key, line.since) for line in TABLE]
    assert len(pairs) == len(set(pairs))


def test_every_rule_with_a_number_or_a_sentence_is_in_the_table() -> None:
    assert {line.rule for line in TABLE} == set(range(1, 21)) - {3, 4, 5, 15, 16, 19}


@pytest.mark.parametrize("key", KEYS)
def test_a_parameter_starts_on_its_day_and_says_nothing_the_day_before(key: Key[object]) -> None:
    day = p.first_day(key)
    assert p.in_force(key, day).since == day
    with pytest.raises(LookupError, match=key):
        p.at(key, day - timedelta(days=1))


def test_calls_need_consent_since_11_august_2026() -> None:
    assert p.at(p.CALL_NEEDS_CONSENT, date(2026, 8, 10)) is False
    assert p.at(p.CALL_NEEDS_CONSENT, date(2026, 8, 11)) is True


def test_the_line_in_force_tells_its_source() -> None:
    assert "2025-594" in p.in_force(p.CALL_NEEDS_CONSENT, date(2026, 11, 23)).source


def test_the_values_are_those_of_the_specification() -> None:
    day = date(2026, 11, 23)
    assert [p.at(key, day) for key in (p.PROSPECT_YEARS, p.CUSTOMER_YEARS, p.OBJECTION_YEARS)] == [3, 3, 3]
    assert "open" not in p.at(p.CONTACT_SIGNS, day)
    assert "ip_address" not in p.at(p.CONSENT_PROOF, day)
    assert (p.at(p.SMS_LENGTH, day), p.at(p.SMS_LENGTH_UNICODE, day)) == (160, 70)
    assert (p.at(p.CHILD_IMAGE_AUTHORISATIONS, day), p.at(p.ONLINE_CONSENT_AGE, day)) == (2, 15)
    reply = (p.REPLY_REQUEST_MONTHS, p.REPLY_PUBLISH_DAYS, p.REPLY_LINES, p.REPLY_ONLINE_DAYS)
    assert [p.at(key, day) for key in reply] == [3, 3, 200, 1]
    assert (p.at(p.COMMENT_IDENTITY_YEARS, day), p.at(p.BOOKING_MONTHS, day)) == (1, 12)
    assert (p.at(p.OFFER_PRICE_DAYS, day), p.at(p.ALCOHOL_AGE, day)) == (30, 18)
