"""How often one visitor may do one thing. Who they are is kept nowhere: a keyed digest of where they come from, in the
cache alone, gone with the period."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

HOUR = 3600  # seconds


def one_more(what: str, address: str, *, most: int, seconds: int = HOUR) -> bool:
    """Counts one, and whether it is within `most` for this address since the first of the period."""
    key = salted_hmac("parvis.core.limits", f"{what}:{address}", algorithm="sha256").hexdigest()
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the period ended between the two lines
        return True
