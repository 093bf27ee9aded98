import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.points import digest, email, phone, postal
from parvis.core.errors import BadInput


@pytest.mark.parametrize(
    "typed", ["Odile.Ferrand@Courriel.Example", "  odile.ferrand@courriel.example\n", "ODILE.FERRAND@COURRIEL.EXAMPLE"]
)
def test_an_address_is_one_whatever_its_case_and_spaces(typed: str) -> None:
    assert email(typed) == "odile.ferrand@courriel.example"


@pytest.mark.parametrize("typed", ["", "odile", "odile@", "@courriel.example", "a b@c.example", "a@b@c.example", "06"])
def test_what_is_no_address_is_refused_and_quoted(typed: str) -> None:
    with pytest.raises(BadInput) as refusal:
        email(typed)
    assert f"« {typed} »" in refusal.value.sentence
    assert "arobase" in refusal.value.sentence


def test_a_line_break_cannot_smuggle_a_header() -> None:
    with pytest.raises(BadInput):
        email("odile@courriel.example\nBcc: tous@courriel.example")


@pytest.mark.parametrize(
    "typed",
    ["06 39 98 12 34", "06.39.98.12.34", "0639981234", "+33 6 39 98 12 34", "0033639981234", "+33 (0)639981234"],
)
def test_a_french_number_is_one_whatever_its_writing(typed: str) -> None:
    assert phone(typed) == "+33639981234"


def test_a_number_cut_short_says_how_many_digits_are_missing() -> None:
    with pytest.raises(BadInput, match="Il manque 2 chiffres à la fin"):
        phone("06 39 98 12")
    with pytest.raises(BadInput, match="Il manque 1 chiffre à la fin"):
        phone("06 39 98 12 3")


@pytest.mark.parametrize("typed", ["", "bonjour", "odile@courriel.example", "06 39 98 12 34 56 78 90"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        phone(typed)


@given(st.text(max_size=300))
def test_a_postal_line_is_one_line_that_fits_the_table(typed: str) -> None:
    line = postal(typed)
    assert len(line) <= 254
    assert not re.search(r"[\n\r\t]|  ", line)
    assert postal(line) == line


@given(st.emails())
def test_an_objection_is_recognised_whatever_the_case_and_tells_nothing(address: str) -> None:
    kept = digest("email", address)
    assert kept == digest("email", address.upper().lower())
    assert re.fullmatch(r"[0-9a-f]{64}", kept)
    assert kept != digest("phone", address)


def test_an_objection_list_is_of_no_use_without_the_host_s_key(settings: Any) -> None:
    before = digest("email", "odile@courriel.example")
    settings.SECRET_KEY = "une autre clé, tirée au sort pour ce test"
    assert digest("email", "odile@courriel.example") != before
