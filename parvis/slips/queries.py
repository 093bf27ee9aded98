"""What a typed code opens, and why it opens nothing."""

import datetime as dt

from parvis.core import clock
from parvis.core.errors import BadInput, Refused
from parvis.core.speech import in_english, mark, say
from parvis.core.typography import when

from .models import Slip
from .rules import UnreadableCode, read_code


class UnreadableSlip(BadInput):
    """Says what is wrong in the code as typed; asks nothing of the database."""


class NoSuchSlip(Refused):
    """The same for a code that nobody has and for the code of somebody else."""

    status = 404
    sentence = mark(
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
        sentence = say(
            "Ce bon a déjà servi\u00a0: {who} l’a noté le {day}. Pour une autre personne, prenez un bon neuf.",
            who=slip.answered_by,
            day=_day(slip.answered_at),
        )
        return SlipAnswered(sentence)
    expired = say("Ce bon n’est plus valable depuis le {day}. Donnez-en un neuf à remplir.", day=_day(slip.expires_at))
    return SlipExpired(expired)


def _day(at: dt.datetime) -> str:
    """« mardi 24 novembre, 18 h », in the middle of a sentence."""
    text = when(at, clock.now())
    return text if in_english() else text[:1].lower() + text[1:]
