"""In which language a sentence is read. French is the source: it is written where it is used, and its English is found
in the catalogue of its app (`locale/en`). Pure text in, text out: what Django knows of languages is told to `listen`.

- `say("Il reste {n} places.", n=3)`: now, to whoever is reading. Never for what is stored: a row keeps its French.
- `mark("Complet")`: a constant, which whoever shows it passes to `say`.
"""

from collections.abc import Callable
from typing import NamedTuple

FRENCH, ENGLISH = "fr", "en"


class _Ear(NamedTuple):
    language: Callable[[], str]
    translate: Callable[[str], str]


_ear = _Ear(lambda: FRENCH, lambda text: text)


def listen(*, language: Callable[[], str], translate: Callable[[str], str]) -> None:
    """How to know in which language one reads, and a sentence in it. Without this everybody reads French."""
    global _ear
    _ear = _Ear(language, translate)


def mark(text: str) -> str:
    """The same text: the catalogue finds it by this word."""
    return text


def say(text: str, **values: object) -> str:
    """The sentence as its reader's language has it, with its values put in."""
    said = _ear.translate(text) if text else ""
    return said.format(**values) if values else said


def in_english() -> bool:
    return _ear.language().startswith(ENGLISH)
