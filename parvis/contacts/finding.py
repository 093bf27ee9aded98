"""Who is meant by what a shop types into its own file: a name in any order, a telephone typed any way, an e-mail."""

import re
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from parvis.core.words import plain

from .models import CustomerRecord

_PHONE = re.compile(r"\+?[\d\s.()/\u00a0\u202f-]+")
_FEWEST_DIGITS = 4  # fewer are in half of all numbers


def find_customers(records: QuerySet[CustomerRecord], wanted: str) -> list[int]:
    """Their numbers, as a paper file is sorted, accents aside; all of them where nothing is wanted. One read, of a few
    columns: accents are compared here, alike on both databases."""
    rows = records.order_by().values_list("pk", "family_name", "given_name", "email", "phone")
    asked = wanted.strip()
    digits = _national(asked) if _PHONE.fullmatch(asked) else ""
    words = [plain(word) for word in _split(asked)]
    found = []
    for pk, family, given, email, phone in rows:
        names = plain(f"{family} {given}")
        if not asked or _has_words(words, names, email) or (len(digits) >= _FEWEST_DIGITS and digits in _local(phone)):
            found.append((plain(family), plain(given), pk))
    return [pk for *_, pk in sorted(found)]


def _split(asked: str) -> Iterator[str]:
    """An e-mail stays whole; a name falls into its words: « M.-Christine » is two."""
    for piece in asked.split():
        yield from [piece] if "@" in piece else re.findall(r"\w+", piece)


def _has_words(words: Iterable[str], names: str, email: str) -> bool:
    where = f"{names} {email.lower()}"
    told = list(words)
    return bool(told) and all(word in where for word in told)


def _national(number: str) -> str:
    """Without the country and its zero, so that 06 39…, +33 6 39… and 0033 6 39… are one."""
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+33"):
        digits = digits[2:]
    elif digits.startswith("0033"):
        digits = digits[4:]
    return digits.removeprefix("0")


def _local(phone: str) -> str:
    return phone.removeprefix("+33").removeprefix("+")
