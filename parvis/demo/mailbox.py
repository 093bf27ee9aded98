"""Reads the outbox as if it were everybody's mailbox. The demo's people are invented: nobody's mail is read."""

import re
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from itertools import takewhile
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Mail:
    name: str  # the file's
    message: EmailMessage

    @property
    def to(self) -> str:
        return _person(self.message["To"])

    @property
    def sender(self) -> str:
        return _person(self.message["From"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def has_html(self) -> bool:
        return self.message.get_body(("html",)) is not None

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return str(body.get_content()) if body else ""

    def html(self) -> str:
        """The HTML part as this site may show it: its pictures by address, its links leaving the frame."""
        body = self.message.get_body(("html",))
        if body is None:
            raise Http404
        page = re.sub(
            r"cid:([^\"')]+)",
            lambda found: reverse("demo:piece", args=[self.name, found[1]]),
            str(body.get_content()),
        )
        return page.replace("<head>", '<head><base target="_top">', 1)

    def piece(self, cid: str) -> tuple[bytes, str]:
        for part in self.message.walk():
            if part.get("Content-ID", "").strip("<>") == cid:
                content = part.get_content()
                if isinstance(content, bytes):
                    return content, part.get_content_type()
        raise Http404


def _person(header: object) -> str:
    """ "Mme Ferrand, m.ferrand@courrier.example", without the marks that machines need."""
    return ", ".join(part for part in parseaddr(str(header)) if part)


def _folder() -> Path:
    return Path(settings.OUTBOX / "mail" / "new")


def read(name: str) -> Mail:
    path = _folder() / name
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name) or not path.is_file():
        raise Http404
    return Mail(name, message_from_bytes(path.read_bytes(), policy=default))


def newest(limit: int) -> list[Mail]:
    """Their headers alone: two hundred bodies with pictures would be read for a list of subjects."""
    folder = _folder()
    paths = sorted(folder.iterdir(), key=lambda path: (-path.stat().st_mtime, path.name)) if folder.is_dir() else []
    return [Mail(path.name, _headers(path)) for path in paths[:limit]]


def _headers(path: Path) -> EmailMessage:
    with path.open(encoding="ascii", errors="surrogateescape") as file:
        return message_from_string("".join(takewhile(str.strip, file)), policy=default)
