"""Reads the outbox as if it were everybody's mailbox. The demo's people are invented: nobody's mail is read."""

import email
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
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
        return str(self.message["To"])

    @property
    def sender(self) -> str:
        return str(self.message["From"])

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
                return part.get_payload(decode=True), part.get_content_type()  # type: ignore[return-value]
        raise Http404


def _folder() -> Path:
    return Path(settings.OUTBOX / "mail" / "new")


def read(name: str) -> Mail:
    path = _folder() / name
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name) or not path.is_file():
        raise Http404
    return Mail(name, email.message_from_bytes(path.read_bytes(), policy=default))


def newest(limit: int) -> list[Mail]:
    folder = _folder()
    paths = sorted(folder.iterdir(), key=lambda path: (-path.stat().st_mtime, path.name)) if folder.is_dir() else []
    return [read(path.name) for path in paths[:limit]]
