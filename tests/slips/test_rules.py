"""Codes survive print, hands, voices and keyboards, and a mistake never opens another person's form."""

from itertools import combinations, pairwise, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.slips.rules import ALPHABET, DRAWN, EXAMPLE, LENGTH, UnreadableCode, make_code, read_code

CODES = st.integers(0).map(lambda seed: make_code(Random(seed)))
SEPARATORS = ("", "-", " ", "\u00a0", "—", "−", "_", ".", "\u200b", "  ")


def readable(text: str) -> bool:
    try:
        read_code(text)
    except UnreadableCode:
        return False
    return True


def refusal(text: str) -> str:
    with pytest.raises(UnreadableCode) as told:
        read_code(text)
    return str(told.value)


def code_with(placed: dict[int, str]) -> list[str]:
    """The characters of a code that has these at these places."""
    free = min(set(range(LENGTH)) - placed.keys())
    characters = [placed.get(place, ALPHABET[0]) for place in range(LENGTH)]
    for last in ALPHABET:
        characters[free] = last
        if readable("".join(characters)):
            return characters
    raise AssertionError


def test_there_are_enough_codes_for_guessing_to_be_hopeless() -> None:
    """With 500 open slips and ten tries an hour, night and day, the first hit is expected after twenty years."""
    tries = len(ALPHABET) ** DRAWN / 500
    assert tries / (10 * 24 * 365) > 20


def test_no_character_looks_like_another_and_no_word_can_appear() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 19
    assert not set(ALPHABET) & set("01OQDILZ5S8BEGAUY")


@given(CODES, st.data())
def test_a_code_is_read_in_any_case_and_with_any_separators(code: str, data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.sampled_from(SEPARATORS), min_size=LENGTH, max_size=LENGTH))
    letters = [data.draw(st.sampled_from((c, c.lower()))) for c in code.replace("-", "")]
    typed = "".join(mark + letter for mark, letter in zip(marks, letters, strict=True))
    assert read_code(typed) == code == read_code(f"\u200f{typed} ")


@given(CODES)
def test_a_code_is_printed_in_two_halves(code: str) -> None:
    assert [len(half) for half in code.split("-")] == [4, 4]
    assert set(code) <= {*ALPHABET, "-"}


def test_full_width_characters_are_those_of_the_code() -> None:
    assert read_code("７Ｋ２Ｆ－４ＭＸＲ") == EXAMPLE


def test_every_single_wrong_character_is_caught() -> None:
    for place in range(LENGTH):
        for right, wrong in permutations(ALPHABET, 2):
            characters = code_with({place: right})
            characters[place] = wrong
            assert not readable("".join(characters))


def test_every_swap_of_neighbours_is_caught() -> None:
    for first, second in pairwise(range(LENGTH)):
        for a, b in permutations(ALPHABET, 2):
            characters = code_with({first: a, second: b})
            characters[first], characters[second] = b, a
            assert not readable("".join(characters))


@given(CODES)
def test_any_two_characters_that_changed_places_are_caught(code: str) -> None:
    for first, second in combinations(range(LENGTH), 2):
        characters = list(code.replace("-", ""))
        if characters[first] != characters[second]:
            characters[first], characters[second] = characters[second], characters[first]
            assert not readable("".join(characters))


@given(CODES)
def test_a_doubled_character_typed_as_another_is_caught(code: str) -> None:
    plain = code.replace("-", "")
    for place, (a, b) in enumerate(pairwise(plain)):
        others = [c * 2 for c in ALPHABET if c != a and a == b]
        assert not any(readable(plain[:place] + pair + plain[place + 2 :]) for pair in others)


@given(st.text())
def test_whatever_is_typed_gives_a_code_or_a_sentence(text: str) -> None:
    try:
        code = read_code(text)
    except UnreadableCode as refused:
        assert str(refused).startswith("Ce code ne se lit pas\u00a0: ")
        assert str(refused).endswith(".")
        assert len(str(refused)) < 160
    else:
        assert read_code(code) == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "il est vide"),
        (" - ", "il est vide"),
        ("7K2F-4MX0", "«\u00a00\u00a0» n’est dans aucun code"),
        ("7k2o-4mxr", "«\u00a0O\u00a0» n’est dans aucun code"),
        ("7K2F/4MXR", "il y a un signe de trop"),
        ("7K2F-4MXR🌸", "il y a un signe de trop"),
        ("7", "une seule lettre au lieu de 8"),
        ("7K2F-4MX", "7 lettres et chiffres au lieu de 8"),
        ("7K2F-4MXRR", "9 lettres et chiffres au lieu de 8"),
        ("7K2F-4MXT", "une lettre ou un chiffre n’est pas le bon"),
        ("K72F-4MXR", "ou deux ont changé de place"),
    ],
)
def test_the_sentence_says_what_is_wrong_and_the_way_out(typed: str, said: str) -> None:
    sentence = refusal(typed)
    assert said in sentence
    assert "papier" in sentence
