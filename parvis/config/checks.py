"""What a site that opens to the public cannot do without: each command says it, and stops there."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

HINT = "Voir docs/host/reglages.md. Pour une démonstration, sans de vraies personnes : PARVIS_DEMO=1."
NOWHERE = (".localhost", ".example", ".invalid", ".test")  # kept for examples (RFC 2606): no mailbox is there

NO_PUBLISHER = "Chaque message dit qui tient ce site, et rien ne le dit encore : écrivez PARVIS_PUBLISHER."
NO_MAIL = (
    "Les courriels restent dans le dossier de données et n’arrivent à personne : écrivez PARVIS_MAIL, "
    "par exemple smtp://nom:motdepasse@hote:587."
)
NO_SENDER = (
    "L’adresse qui écrit n’existe pas : les courriels seraient refusés, et les réponses perdues. "
    "Écrivez PARVIS_MAIL_FROM."
)


def placeholders(**_asked: Any) -> list[CheckMessage]:
    """Django's system check. The worker, which writes to people, does not start while one is left."""
    if settings.DEMO or not settings.HTTPS:
        return []
    wanting = {
        "parvis.E001": "" if settings.PUBLISHER.strip() else NO_PUBLISHER,
        "parvis.E002": NO_MAIL if settings.MAIL == "outbox" else "",
        "parvis.E003": NO_SENDER if _nowhere(settings.MAIL_FROM) else "",
    }
    return [Error(sentence, hint=HINT, id=key) for key, sentence in wanting.items() if sentence]


def _nowhere(address: str) -> bool:
    _, _, host = address.strip().lower().partition("@")
    return not host or f".{host}".endswith(NOWHERE)
