"""Who a line is about: one person, with a title, a given name and a family name; never two."""

import re
from dataclasses import dataclass

from parvis.core.speech import mark

from .cells import one_line, word_set
from .headings import plain

_TITLES = {
    "m": "M.",
    "mr": "M.",
    "monsieur": "M.",
    "mme": "Mme",
    "madame": "Mme",
    "mlle": "Mlle",
    "mademoiselle": "Mlle",
    "dr": "Dr",
    "docteur": "Dr",
    "me": "Me",
    "maitre": "Me",
    "mx": "Mx",
}
# "M" alone is also an initial: without its full stop it is a title only in the title column or before a name.
_TITLE_AT_START = re.compile(
    r"(?P<title>m\.|mr\.?|m|monsieur|mme\.?|madame|mlle\.?|mademoiselle|dr\.?|docteur"
    r"|maître)\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s(?:et|ou|and)\s|[&/+;]", re.IGNORECASE)
_BUSINESS_TAIL = re.compile(r"(?:et|&)\s+(?:fils|filles?|associ\w+|cie|co|compagnie)\b\.?", re.IGNORECASE)
_TWO_TITLES = re.compile(
    r"\b(?:m|mr|monsieur)\b\W*(?:et|ou)?\W*\b(?:mme|madame|mlle|mademoiselle)\b"
    # "Mme M. Durand" is one lady with an initial: this way round a joining word or "Mr" is needed.
    r"|\b(?:mme|madame|mlle)\b\W*(?:(?:\bet\b|\bou\b|[&/+])\W*(?:m|mr|monsieur)|(?:mr|monsieur))\b"
    r"|\b(?:messieurs|mesdames|mm|mmes)\b",
    re.IGNORECASE,
)
_HOUSEHOLD = re.compile(r"(?:la )?(?:famille|fam|couple|epoux|foyer|freres|soeurs|consorts)\b.*|les \w+")
_PARTICLES = word_set("de du des d le la les l van von der den el al ben da dos di saint st")

SEVERAL_PEOPLE = mark(
    "Cette ligne parle de plusieurs personnes. L’accord est personnel : faites une ligne par personne, "
    "chacune avec son propre courriel, téléphone ou adresse."
)


@dataclass(frozen=True, slots=True)
class Name:
    title: str = ""
    given: str = ""
    family: str = ""

    def __bool__(self) -> bool:
        return bool(self.given or self.family)


def is_several(text: str, *, given_names: bool = False) -> bool:
    """Whether a name, a title or a list of given names is that of more than one person."""
    lines = [line for line in text.split("\n") if line]
    if len(lines) > 1 and all(len(line.split()) > 1 for line in lines):
        return True
    text = one_line(text)
    if _TWO_TITLES.search(text) or _HOUSEHOLD.fullmatch(plain(text)):
        return True
    if given_names and "," in text.strip(","):
        return True
    return bool(_JOINED.search(_BUSINESS_TAIL.sub("", text)))


def title_of(text: str) -> str:
    """The usual short form of a title; another short text as typed; empty where it is no title."""
    text = one_line(text)
    return _TITLES.get(plain(text), text if len(text) <= 12 else "")


def split_title(text: str) -> tuple[str, str]:
    """(title, the rest)."""
    text = one_line(text)
    found = _TITLE_AT_START.fullmatch(text)
    return (_TITLES[plain(found["title"])], found["rest"]) if found else ("", text)


def split_name(text: str, order: str) -> tuple[str, str]:
    """(given, family) of a full name: capitals and a comma decide, then the order that the heading announces.

    `order` is "given", "family" or "": then the name stays whole, as a family name.
    """
    text = one_line(text)
    before, comma, after = text.partition(",")
    if comma and before.strip() and after.strip():
        return after.strip(), before.strip()
    words = text.split()
    capitals = [word for word in words if _in_capitals(word)]
    if capitals and len(capitals) < len(words):
        return " ".join(w for w in words if w not in capitals), " ".join(capitals)
    if not order or all(plain(word) in _PARTICLES for word in words[:-1]):
        return "", text
    if order == "given" and plain(words[0]) not in _PARTICLES:
        return words[0], " ".join(words[1:])
    return words[-1], " ".join(words[:-1])


def _in_capitals(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)
