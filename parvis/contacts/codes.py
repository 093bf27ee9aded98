"""Six digits that go to an address and come back from whoever reads it. Kept as a keyed digest, never as they are."""

import datetime as dt
import secrets
from typing import NamedTuple

from django.utils.crypto import constant_time_compare, salted_hmac

LIFE = dt.timedelta(minutes=30)
TRIES = 5
DAY = dt.timedelta(days=1)
KEPT = dt.timedelta(days=2)

# What the digest's column says before a code is drawn, and where none may be: neither is any code's digest.
WAITING, NOT_SENT = "", "-"


class Asker(NamedTuple):
    """Whoever asks for a code, and then gives it back. `browser`: a secret of their session, without which a code
    neither opens nor wears out; `visitor`: a digest of their network."""

    browser: str
    visitor: str


def draw() -> str:
    return f"{secrets.randbelow(10**6):06}"


def sealed(purpose: str, address: str, code: str) -> str:
    """The digest of a code, good for one purpose ("enter") and one address."""
    return salted_hmac("parvis.contacts.codes", f"{purpose}:{address}:{code}", algorithm="sha256").hexdigest()


def opens(seal: str, purpose: str, address: str, code: str) -> bool:
    return constant_time_compare(seal, sealed(purpose, address, code))


def spaced(code: str) -> str:
    """`408 112`, as one reads it aloud; no-break."""
    return f"{code[:3]}\u00a0{code[3:]}"
