"""French words as one compares them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from parvis.core import words


def test_accents_and_capitals_do_not_change_an_order() -> None:
    names = ["Zola", "éclair", "Œuvre", "Eau", "étoile", "orge"]
    assert sorted(names, key=words.plain) == ["Eau", "éclair", "étoile", "Œuvre", "orge", "Zola"]


@given(st.text())
def test_what_is_folded_has_no_accent_left(text: str) -> None:
    assert not any(unicodedata.combining(letter) for letter in words.plain(text))
