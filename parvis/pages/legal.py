"""What the law asks a site to tell of itself: from the host's settings and each shop's own fields; what is missing is
said to be (rules 12, 14 and 15)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.speech import mark, say
from parvis.core.typography import in_words, no_break
from parvis.law.rules import legal_notice

# The day on which the accessibility statement was last read against the site: to be changed with its words.
STATED_ON = dt.date(2026, 11, 23)

_LABELS = {
    "publisher": mark("Qui tient ce site"),
    "registration": mark("Immatriculation"),
    "publication_director": mark("Direction de la publication"),
    "host_name": mark("Hébergeur"),
    "host_address": mark("Adresse de l’hébergeur"),
    "host_phone": mark("Téléphone de l’hébergeur"),
}
_SETTINGS = {
    "publisher": "PARVIS_PUBLISHER",
    "registration": "PARVIS_REGISTRATION",
    "publication_director": "PARVIS_DIRECTOR",
    "host_name": "PARVIS_HOSTED_BY",
    "host_address": "PARVIS_HOSTED_AT",
    "host_phone": "PARVIS_HOSTED_PHONE",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """One line of a legal notice. `value` is "" where nobody has given it yet."""

    key: str
    label: str
    value: str


def notice() -> list[Mention]:
    """Of this site, in the law's order."""
    return _mentions(settings.LEGAL)


def notice_of(shop: Organisation) -> list[Mention]:
    """Of its window: the shop publishes it, whoever hosts the site hosts it."""
    address = ", ".join(filter(None, (shop.address, shop.commune.name)))
    own = {
        "publisher": ", ".join(filter(None, (shop.legal_name, address))) if shop.legal_name else "",
        "registration": shop.registration,
        "publication_director": shop.director,
    }
    return _mentions({**settings.LEGAL, **own}, publisher=mark("Qui tient cette vitrine"))


def _mentions(given: Mapping[str, str], **labels: str) -> list[Mention]:
    named = _LABELS | labels
    return [Mention(key, say(named[key]), no_break(given[key])) for key in legal_notice(clock.today())]


def missing_settings(**_asked: Any) -> list[CheckMessage]:
    """Django's system check: the host is told by every command what the law still misses."""
    missing = [_SETTINGS[key] for key in legal_notice(clock.today()) if not settings.LEGAL[key]]
    if not settings.LEGAL["contact"]:
        missing.append("PARVIS_CONTACT")
    if not missing:
        return []
    hint = "Voir docs/host/reglages.md, « Ce que la loi demande d’écrire »."
    return [
        Warning(f"Mentions légales : il manque {', '.join(missing)}. Les pages le disent.", hint=hint, id="parvis.W001")
    ]


def years(number: int) -> str:
    """« trois ans »."""
    return say("{number} ans" if number > 1 else "{number} an", number=in_words(number))
