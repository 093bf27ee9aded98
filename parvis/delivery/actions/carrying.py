"""Carry what is due. The truth is in the rows: a message is claimed by a conditional update with a lease, so a worker
that dies loses nothing and a second worker doubles nothing."""

import datetime as dt
import logging
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from parvis.contacts.actions import note_failing
from parvis.contacts.rules import Channel
from parvis.core import clock
from parvis.core.actors import SYSTEM

from ..models import Message, Part
from ..queries import Addressed, addressed
from ..rules import Stop
from ..transports import Transport, TransportError, open_transport
from .door import recheck_many
from .letters import carry_calls, compose_mail, forget_sheet, hold_lists, print_letter

log = logging.getLogger("parvis.delivery")

LEASE = dt.timedelta(minutes=5)
# The door is asked once for them all: few enough that what is withdrawn while they leave waits seconds, not minutes.
BATCH = 50
MAX_ATTEMPTS = 6
LAYOUT = "La mise en page a échoué\u00a0: voir le journal du serveur."
BACK_OFF = dt.timedelta(minutes=10)


def carry_due(*, limit: int | None = None) -> int:
    """Carry every message that is due, at most `limit`. Returns how many were taken. Safe at any time, anywhere."""
    worker = uuid.uuid4().hex[:12]
    _note_uncertain()
    _give_up()
    taken = 0
    while limit is None or taken < limit:
        claimed = _claim(worker, BATCH if limit is None else min(BATCH, limit - taken))
        if not claimed:
            break
        taken += len(claimed)
        _carry_mails([m for m in claimed if m.channel == Channel.EMAIL])
        _carry_sheets([m for m in claimed if m.channel == Channel.PAPER])
        _carry_calls([m for m in claimed if m.channel == Channel.PHONE])
    return taken


def _claim(worker: str, size: int) -> list[Message]:
    now = clock.now()
    due = Message.objects.due(now).order_by("not_before", "pk").values_list("pk", flat=True)
    # What a dead worker held comes last and alone: whichever of it brought that worker down takes no other with it.
    ids = list(due.filter(state=Message.State.QUEUED)[:size]) or list(due[:1])
    # The condition is repeated on the outer row: between the two reads another worker may have claimed it.
    Message.objects.due(now).filter(pk__in=ids).update(
        state=Message.State.CLAIMED, claimed_by=worker, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    mine = Message.objects.filter(pk__in=ids, state=Message.State.CLAIMED, claimed_by=worker)
    return list(mine.select_related("person", "territory", "caller").order_by("pk"))


def _give_up() -> None:
    """What brought its worker down at each attempt must not be tried for ever."""
    worn = Message.objects.due(clock.now()).filter(attempts__gte=MAX_ATTEMPTS)
    ids = list(worn.values_list("pk", flat=True))
    Part.objects.filter(message__in=ids, stopped="").update(stopped=Stop.FAILED)
    Message.objects.filter(pk__in=ids).update(state=Message.State.FAILED, error=LAYOUT, ended_at=clock.now())


def _note_uncertain() -> None:
    """Whoever died between "sending" and the server's answer leaves a message that nobody may send again by itself."""
    Message.objects.filter(state=Message.State.SENDING, lease_until__lt=clock.now()).update(
        state=Message.State.UNCERTAIN,
        error="Le serveur l’a peut-être reçu\u00a0: à vérifier avant tout nouvel envoi.",
    )


def _leaving(messages: Sequence[Message]) -> list[tuple[Message, list[Part], Addressed]]:
    """What passes the door now, and to whom. The rest is ended, withheld. A fixed number of queries."""
    through = recheck_many(messages)
    _end([message for message in messages if not through[message.pk]], Message.State.WITHHELD)
    leaving = [message for message in messages if through[message.pk]]
    readers = addressed(leaving)
    return [(message, through[message.pk], readers[message.pk]) for message in leaving]


def _carry_mails(messages: Sequence[Message]) -> None:
    if not messages:
        return
    try:
        with open_transport() as transport:
            for message, parts, reader in _leaving(messages):
                _carry_mail(message, parts, reader, transport)
    except TransportError as error:
        for message in messages:
            if message.state == Message.State.CLAIMED:
                _put_back(message, error.reason)


def _carry_mail(message: Message, parts: Sequence[Part], reader: Addressed, transport: Transport) -> None:
    try:
        mail = compose_mail(message, parts, reader)
    except Exception:  # one page that cannot be laid out must not stop the others
        log.exception("message %s", message.pk)
        _put_back(message, LAYOUT)
        return
    if not _begin(message):
        return
    try:
        transport.send(mail, key=message.key)
    except TransportError as error:
        if error.unknown:
            _end([message], Message.State.UNCERTAIN, error.reason)
            raise
        if error.address:
            note_failing(person=message.person, kind="email", by=SYSTEM)
        if error.permanent or message.attempts >= MAX_ATTEMPTS:
            _end([message], Message.State.FAILED, error.reason)
        else:
            _put_back(message, error.reason)
        return
    _end([message], Message.State.SENT)


def _begin(message: Message) -> bool:
    """From "claimed" to "sending", only while the claim is still ours."""
    mine = Message.objects.filter(pk=message.pk, state=Message.State.CLAIMED, claimed_by=message.claimed_by)
    begun = mine.update(state=Message.State.SENDING, lease_until=clock.now() + LEASE) == 1
    if begun:
        message.state = Message.State.SENDING
    return begun


def _end(messages: Sequence[Message], state: Message.State, error: str = "", file: str = "") -> None:
    """Those of them that are still ours."""
    for message in messages:
        message.state = state
        if error:
            log.warning("message %s: %s (%s)", message.pk, state, error)
    ids = [message.pk for message in messages]
    mine = Message.objects.filter(pk__in=ids, claimed_by__in={message.claimed_by for message in messages})
    ended = mine.update(state=state, error=error[:200], file=file, ended_at=clock.now(), lease_until=None)
    if ended and state is Message.State.FAILED:
        # What never arrived is not told: a later round may say it again.
        Part.objects.filter(message__in=ids, stopped="").update(stopped=Stop.FAILED)


def _put_back(message: Message, reason: str) -> None:
    """Try later, each time later still."""
    if message.attempts >= MAX_ATTEMPTS:
        _end([message], Message.State.FAILED, reason)
        return
    message.state = Message.State.QUEUED
    later = clock.now() + BACK_OFF * 2 ** (message.attempts - 1)
    mine = Message.objects.filter(pk=message.pk, claimed_by=message.claimed_by)
    mine.update(state=Message.State.QUEUED, error=reason[:200], not_before=later, lease_until=None)


def _carry_sheets(messages: Sequence[Message]) -> None:
    """Printing twice gives the same file under the same name: no uncertainty on paper."""
    if not messages:
        return
    for message, parts, reader in _leaving(messages):
        try:
            file = print_letter(message, parts, reader)
        except Exception:  # as above
            log.exception("message %s", message.pk)
            _put_back(message, LAYOUT)
            continue
        _end([message], Message.State.SENT, file=file)
    _forget_withheld(messages)


def _forget_withheld(messages: Sequence[Message]) -> None:
    """Printed while its last part was taken back or its reader erased: nobody may hold that sheet."""
    for message in Message.objects.filter(pk__in=[m.pk for m in messages], state=Message.State.WITHHELD):
        forget_sheet(message)


def _carry_calls(messages: Sequence[Message]) -> None:
    """A shop's list is one sheet for the whole batch, so it is printed anew with every name that still stands."""
    for caller, batch in {(m.caller_id, m.batch) for m in messages if m.caller_id}:
        with transaction.atomic():
            hold_lists(caller)
            _carry_list([m for m in messages if (m.caller_id, m.batch) == (caller, batch)])


def _carry_list(group: Sequence[Message]) -> None:
    standing = [message for message, _, _ in _leaving(group)]
    if not standing:
        return
    try:
        file = carry_calls(standing)
    except Exception:  # as above
        log.exception("call list of %s", group[0].batch)
        for message in standing:
            _put_back(message, LAYOUT)
        return
    _end(standing, Message.State.SENT, file=file)
