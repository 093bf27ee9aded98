"""How often one visitor may do one thing. Who they are is kept nowhere: a keyed digest of where they come from, in the
cache, gone with the period; or beside a code that they asked for, gone with it."""

from collections.abc import Iterable

from django.core.cache import cache
from django.utils.crypto import salted_hmac

HOUR = 3600  # seconds
# Codes sent to one address in a day that nobody gave back: what one visitor may ask for, and what all of them may. A
# stranger uses up their own share, and leaves the owner's (decision 0021).
CODES_OF_ONE, CODES_OF_ALL = 3, 12
# To sign in, where a code is the way to one's work and an address is often a shop's own.
SIGN_INS_OF_ONE, SIGN_INS_OF_ALL = 6, 18


def digest(address: str) -> str:
    """Of where a visitor comes from: tells them apart for as long as it is kept, and names nobody."""
    return salted_hmac("parvis.core.limits", address, algorithm="sha256").hexdigest()


def within(visitor: str, before: Iterable[str], *, of_one: int, of_all: int) -> bool:
    """Whether one more may leave. `before`: the visitors who asked for those that left and were not given back."""
    asked = list(before)
    return asked.count(visitor) < of_one and len(asked) < of_all


def one_more(what: str, address: str, *, most: int, seconds: int = HOUR) -> bool:
    """Counts one, and whether it is within `most` for this address since the first of the period."""
    key = digest(f"{what}:{address}")
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the period ended between the two lines
        return True
