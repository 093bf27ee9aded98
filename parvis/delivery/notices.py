"""Service notices (a sign-in code) leave by the same transport as everything else, never counted, never advertising."""

import logging
import uuid
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from django.conf import settings
from django.core.mail import EmailMessage as DjangoMessage
from django.core.mail.backends.base import BaseEmailBackend

from parvis.core import clock
from parvis.core.signals import NotCarried

from .transports import TransportError, open_transport

log = logging.getLogger("parvis.delivery")


class NoticeBackend(BaseEmailBackend):
    """Django's mail backend, named by EMAIL_BACKEND."""

    def send_messages(self, email_messages: Sequence[DjangoMessage]) -> int:
        """How many left to all their readers. Never an error: only a known address is written to, so that one would
        tell whoever asks that it is known."""
        return sum(self._left(message) for message in email_messages)

    def _left(self, message: DjangoMessage) -> bool:
        left = True
        for to in message.recipients():
            try:
                _send(str(message.subject), str(message.body), to)
            except NotCarried:
                left = False
        return left


def _send(subject: str, text: str, to: str) -> None:
    try:
        with open_transport() as transport:
            transport.send(_compose(subject, text, to), key=f"notice-{uuid.uuid4().hex}")
    except TransportError as error:
        log.error("notice: %s", error.reason)
        raise NotCarried(again=not (error.permanent or error.unknown), dead=error.address) from error


def _compose(subject: str, text: str, to: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = " ".join(subject.split())
    mail["From"] = settings.MAIL_FROM
    mail["To"] = to
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=settings.MAIL_FROM.partition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


def on_notice_requested(*, channel: str, to: str, subject: str, text: str, **_: object) -> None:
    """Receiver of core.signals.notice_requested."""
    if channel != "email":
        raise ValueError(f"no notice by {channel}")
    _send(subject, text, to)
