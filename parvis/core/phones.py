"""Telephone numbers as people type them, made canonical. `typography.phone` shows them."""

import re

import phonenumbers

from .errors import BadInput
from .speech import say


def phone(raw: str) -> str:
    """E.164; a number without country code is French."""
    digits = re.sub(r"\D", "", raw)
    try:
        number = phonenumbers.parse(raw, "FR")
    except phonenumbers.NumberParseException as error:
        raise BadInput(say("« {typed} » n’est pas un numéro de téléphone.", typed=raw.strip()[:30])) from error
    if digits.startswith("0") and len(digits) < 10:
        missing = 10 - len(digits)
        many = say("Il manque {n} chiffres à la fin.", n=missing)
        raise BadInput(many if missing > 1 else say("Il manque 1 chiffre à la fin."))
    if not phonenumbers.is_possible_number(number):
        raise BadInput(say("« {typed} » n’a pas le bon nombre de chiffres.", typed=raw.strip()[:30]))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
