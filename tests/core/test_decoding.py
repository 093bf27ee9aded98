import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.decoding import is_damaged, mended, utf8_or

FRENCH = "éèêëàâäçîïôöûùüÿœæñÉÈÊËÀÂÄÇÎÏÔÖÛÙÜŒÆÑ’«»°€–…"

# « Â° » and « â€¦ » are what a damaged text looks like: no French word ends so.
WORDS = st.text("abcdef Zé-'" + FRENCH, max_size=20).filter(lambda text: not re.search("[Ââ][^a-z]", text))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Zoé".encode(), ("Zoé", "utf-8")),
        ("Zoé".encode("cp1252"), ("Zoé", "cp1252")),
        ("Zoé".encode("cp850"), ("Zo‚", "cp1252")),
        (b"Luc", ("Luc", "utf-8")),
        (b"Zo\x81\xe9", ("Zo\ufffdé", "cp1252")),
    ],
)
def test_a_line_is_utf8_or_the_older_alphabet(line: bytes, read: tuple[str, str]) -> None:
    assert utf8_or(line, "cp1252") == read


def doubled(text: str) -> str:
    """As a program does that takes UTF-8 for Windows-1252, whose five empty places stay controls."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte)
        for byte in text.encode()
    )


@given(WORDS)
def test_what_was_encoded_twice_is_mended(text: str) -> None:
    assert mended(text) == text
    assert mended(doubled(text)) == text


@given(WORDS)
def test_no_french_text_is_taken_for_damaged(text: str) -> None:
    assert not is_damaged(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lef\ufffdvre",
        "Zo\x8e",
        "LefÃ¨vre",
        "CÅ“ur",
        "lâ€™Ã©tang",
        "Lef?vre",
        "Zo‚",
        "LefŠvre",
        "Zo√©",
        "Zo├®",
        "Ã Paris",
    ],
)
def test_the_usual_damages_are_seen(text: str) -> None:
    assert is_damaged(text)


@pytest.mark.parametrize(
    "text", ["Tomáš", "São Tomé", "Åse", "Qui vient ?", "Žižek", "a, b", "20 m²", "pourquoi ? oui"]
)
def test_other_tongues_and_questions_are_not(text: str) -> None:
    assert not is_damaged(text)
