"""Telephone numbers as people type them."""

import pytest

from parvis.core.errors import BadInput
from parvis.core.phones import phone


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
