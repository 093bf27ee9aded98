"""A code that was asked for, as the browser that asked remembers it.

What the page says of a wrong code is decided here, by what this browser did: the database, which knows whether anyone
has the address, has no say in it.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.http import HttpRequest

from parvis.accounts.visitors import visitor_of
from parvis.contacts import codes
from parvis.contacts.actions import WrongAccessCode
from parvis.core import clock
from parvis.core.speech import mark

KEY, BROWSER = "asked", "browser"
TOO_LATE = mark("Ce code a plus de trente minutes : il ne sert plus. Demandez-en un autre, plus bas.")
TOO_MANY = mark("Cinq codes ont été essayés. Demandez-en un autre, plus bas.")


@dataclass(slots=True)
class Asked:
    purpose: str
    to: str
    at: dt.datetime
    tries: int = 0

    def take_a_try(self, request: HttpRequest) -> None:
        """Refuses the sixth, and whatever comes after thirty minutes."""
        if clock.now() - self.at >= codes.LIFE:
            raise WrongAccessCode(TOO_LATE)
        if self.tries >= codes.TRIES:
            raise WrongAccessCode(TOO_MANY)
        self.tries += 1
        self.keep(request)

    def keep(self, request: HttpRequest) -> None:
        kept = {"purpose": self.purpose, "to": self.to, "at": self.at.isoformat(), "tries": self.tries}
        request.session[KEY] = kept

    def forget(self, request: HttpRequest) -> None:
        request.session.pop(KEY, None)


def asker(request: HttpRequest) -> codes.Asker:
    """Who presses, told apart from whoever presses elsewhere."""
    return codes.Asker(request.session.setdefault(BROWSER, secrets.token_urlsafe(16)), visitor_of(request))


def ask(request: HttpRequest, purpose: str, to: str) -> None:
    Asked(purpose, to, clock.now()).keep(request)


def asked(request: HttpRequest, purpose: str) -> Asked | None:
    """What this browser asked for, if it was for this."""
    kept = request.session.get(KEY)
    if not kept or kept["purpose"] != purpose:
        return None
    return Asked(kept["purpose"], kept["to"], dt.datetime.fromisoformat(kept["at"]), kept["tries"])
