"""How an e-mail leaves: a real SMTP server, or files that one can look at."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class TransportError(Exception):
    """`permanent`: trying again will not help. `unknown`: the server may have taken it. `reason` holds no address."""

    def __init__(self, reason: str, *, permanent: bool = False, unknown: bool = False, address: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.unknown = unknown
        self.address = address  # it is the reader's own address that is refused (RFC 3463, 5.1.x)


class Transport(Protocol):
    def send(self, mail: EmailMessage, *, key: str) -> None:
        """Hand over one message. `key` is unique for ever: a transport that can tell does not take it twice."""


def _name(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "_", key)


class Outbox:
    """A maildir: each message a file named by its key, so that what runs twice is there once."""

    def __init__(self, path: Path) -> None:
        for folder in ("tmp", "new", "cur"):
            (path / folder).mkdir(parents=True, exist_ok=True)
        self.path = path

    def send(self, mail: EmailMessage, *, key: str) -> None:
        name = _name(key)
        partial = self.path / "tmp" / name
        partial.write_bytes(mail.as_bytes(policy=SMTP))
        partial.replace(self.path / "new" / name)

    def forget(self, key: str) -> None:
        (self.path / "new" / _name(key)).unlink(missing_ok=True)


class _Connection(smtplib.SMTP):
    """Tells a line that broke before the content from one that broke in it: only the second leaves a doubt."""

    content_begun = False

    def data(self, msg: "ReadableBuffer | str") -> tuple[int, bytes]:
        self.content_begun = True
        return super().data(msg)


class Smtp:
    """One open connection; no pool, no queue: that is the worker's business."""

    def __init__(self, connection: _Connection) -> None:
        self.connection = connection

    def send(self, mail: EmailMessage, *, key: str) -> None:
        self.connection.content_begun = False
        try:
            self.connection.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = max(error.recipients.values())
            # "Relaying denied" and the like speak of us, not of the reader.
            address = code >= 500 and words.startswith(b"5.1.")
            reason = f"Adresse refusée par le serveur ({code})."
            raise TransportError(reason, permanent=code >= 500, address=address) from error
        except smtplib.SMTPResponseException as error:
            raise TransportError(f"Refus du serveur ({error.smtp_code}).", permanent=error.smtp_code >= 500) from error
        except (OSError, smtplib.SMTPException) as error:
            # Once the content was on its way, the server may have taken the message.
            unknown = self.connection.content_begun
            raise TransportError("La connexion s’est coupée pendant l’envoi.", unknown=unknown) from error


def _connect(url: SplitResult) -> _Connection:
    connection = _Connection(url.hostname or "", url.port or 25, timeout=30)
    try:
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
        if url.username:
            connection.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def open_transport() -> Iterator[Transport]:
    """The transport named by PARVIS_MAIL, open for a batch."""
    if settings.MAIL == "outbox":
        yield Outbox(settings.OUTBOX / "mail")
        return
    try:
        connection = _connect(urlsplit(settings.MAIL))
    except (OSError, smtplib.SMTPException) as error:
        raise TransportError("Le serveur de courriel ne répond pas.") from error
    try:
        yield Smtp(connection)
    finally:
        with suppress(smtplib.SMTPException):
            connection.quit()
