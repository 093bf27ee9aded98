"""What the host decides of a message whose fate nobody knows, or that failed. Nothing here sends: the worker does."""

from django.db import transaction

from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import Refused

from ..models import Message, Part
from ..queries import readers
from ..rules import Stop
from .carrying import MAX_ATTEMPTS
from .door import judge, one_at_a_time


class NotUncertain(Refused):
    sentence = "Ce message n’est pas incertain\u00a0: il n’y a rien à décider. Voyez la liste\u00a0: delivery list."


class NotFailed(Refused):
    sentence = (
        "Ce message n’a pas échoué\u00a0: on ne remet en route qu’un envoi échoué. Voyez la liste\u00a0: delivery list."
    )


class WeekOver(Refused):
    sentence = (
        "Ce message est d’une semaine passée. Ce qui vaut encore sera redit par la prochaine tournée\u00a0; "
        "si l’adresse remarche, notez-le\u00a0: delivery mend."
    )


class NothingPasses(Refused):
    """With the door's own reason."""


@transaction.atomic
def settle(*, message: Message, arrived: bool, by: Actor) -> None:
    """An uncertain message arrived, or was lost: its announcements then no longer draw on the week, and a later round
    may say them again. It is not sent again by itself."""
    state = Message.State.SENT if arrived else Message.State.FAILED
    uncertain = Message.objects.filter(pk=message.pk, state=Message.State.UNCERTAIN)
    error = "" if arrived else "Noté perdu."
    # A worker that comes back from the dead finds its claim gone: what was decided stands.
    if not uncertain.update(state=state, error=error, claimed_by="", lease_until=None, ended_at=clock.now()):
        raise NotUncertain
    if not arrived:
        message.parts.filter(stopped="").update(stopped=Stop.FAILED)
    message.refresh_from_db()
    record(by=by, verb="settle_message", on=message, arrived=arrived)


@transaction.atomic
def retry(*, message: Message, by: Actor) -> None:
    """Put a message that failed back in the queue, for one attempt, with what passes the door now."""
    one_at_a_time(message.territory)
    failed = Message.objects.filter(pk=message.pk, state=Message.State.FAILED)
    waiting = {"state": Message.State.QUEUED, "attempts": MAX_ATTEMPTS - 1, "not_before": clock.now()}
    if not failed.update(**waiting, claimed_by="", error="", ended_at=None):
        raise NotFailed
    if message.week != clock.iso_week(clock.now()):
        raise WeekOver
    _knock_again(message)
    message.refresh_from_db()
    record(by=by, verb="retry_message", on=message)


def _knock_again(message: Message) -> None:
    parts = list(message.parts.filter(stopped=Stop.FAILED).select_related("message", "sender"))
    wanted = [part for part in parts if not part.taken_back]
    stops = judge(wanted, readers(wanted, territory=message.territory, week=message.week))
    if None not in stops:
        raise NothingPasses(_why((stops or [Stop.WITHDRAWN])[0]))
    Part.objects.bulk_update(wanted, ["stopped"])


def _why(stop: Stop | None) -> str:
    reason = stop.sentence(clock.today()) if stop else ""
    return f"Rien de ce message ne passe plus. {reason}".strip()
