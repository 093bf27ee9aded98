"""Addresses as people type them, made canonical; and the keyed hash under which an objection is kept."""

import hashlib
import hmac
from typing import Protocol

from django.conf import settings
from email_validator import EmailNotValidError, validate_email

from parvis.core.errors import BadInput
from parvis.core.speech import say


class Named(Protocol):
    """A person, or what a shop says of one."""

    @property
    def given_name(self) -> str: ...
    @property
    def family_name(self) -> str: ...


def email(raw: str) -> str:
    """Lower-case address; refuses with a sentence. No DNS question is asked: the network may be away."""
    try:
        found = validate_email(raw.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise BadInput(
            say("« {typed} » n’est pas une adresse de courriel : vérifiez l’arobase et la fin.", typed=raw.strip()[:60])
        ) from error
    return found.normalized.lower()


def postal(raw: str) -> str:
    """One line, single spaces."""
    return " ".join(raw.split())[:254]


def post_line(address: str, postcode: str, town: str) -> str:
    """How a postal address is kept as a contact point, and compared with one."""
    return postal(f"{address}, {postcode} {town}")


def digest_of(person: "Named", kind: str, value: str) -> str:
    """The digest under which an objection of this person is kept. A postal address is a whole household's: there, with
    the name."""
    name = f" {person.given_name} {person.family_name}" if kind == "post" else ""
    return digest(kind, value + name)


def digest(kind: str, value: str) -> str:
    """HMAC-SHA256 of an address under the host's key for objections, which is not the one of signatures: recognises it
    again, tells it to nobody (rule 1, CNIL)."""
    return hmac.new(settings.OBJECTION_KEY, f"{kind}:{value.lower()}".encode(), hashlib.sha256).hexdigest()
