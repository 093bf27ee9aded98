"""What a typed code opens, and why it opens nothing."""

import datetime as dt

from parvis.core import clock
from parvis.core.errors import BadInput, Refused
from parvis.core.typography import when

from .models import Slip
from .rules import UnreadableCode, read_code


class UnreadableSlip(BadInput):
    """Says what is wrong in the code as typed; asks nothing of the database."""


class NoSuchSlip(Refused):
    """The same for a code that nobody has and for the code of somebody else."""

    status = 404
    sentence = (
        "Vous n’avez aucun bon avec ce code. Comparez-le au papier\u00a0; si ce papier vient d’ailleurs, "
        "rendez-le à qui l’a donné."
    )


class SlipAnswered(Refused):
    pass


class SlipExpired(Refused):
    status = 410


def open_slip(text: str, scope: str) -> Slip:
    """The slip of a code as typed, to be answered. Refuses with one of the four above."""
    code = canonical(text)
    slip = Slip.objects.filter(code=code, scope=scope).first()
    if slip is None or slip.answered_at or slip.expires_at <= clock.now():
        raise why_closed(slip)
    return slip


def canonical(text: str) -> str:
    try:
        return read_code(text)
    except UnreadableCode as error:
        raise UnreadableSlip(str(error)) from error


def why_closed(slip: Slip | None) -> Refused:
    """Why this slip of the asker's own scope cannot be answered; None: there is none."""
    if slip is None:
        return NoSuchSlip()
    if slip.answered_at:
        return SlipAnswered(
            f"Ce bon a déjà servi\u00a0: {slip.answered_by} l’a noté le {_day(slip.answered_at)}. "
            "Pour une autre personne, prenez un bon neuf."
        )
    return SlipExpired(f"Ce bon n’est plus valable depuis le {_day(slip.expires_at)}. Donnez-en un neuf à remplir.")


def _day(at: dt.datetime) -> str:
    """« mardi 24 novembre, 18 h », in the middle of a sentence."""
    text = when(at, clock.now())
    return text[:1].lower() + text[1:]
