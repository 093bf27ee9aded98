"""A real SMTP server on loopback that takes, refuses, hesitates or hangs up, as it is told."""

import email
import socket
from email.message import EmailMessage
from email.policy import default
from types import SimpleNamespace
from typing import Any

from aiosmtpd.controller import Controller

OK = "250 OK"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class PostOffice:
    """`on_rcpt` and `on_data`: address -> answer; HANG_UP instead of an answer cuts the line."""

    HANG_UP = "hang up"

    def __init__(self, **options: Any) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.on_mail = OK
        self.on_rcpt: dict[str, str] = {}
        self.on_data: dict[str, str] = {}
        self.port = free_port()
        hooks = SimpleNamespace(handle_MAIL=self._mail, handle_RCPT=self._rcpt, handle_DATA=self._data)
        self.controller = Controller(hooks, hostname="127.0.0.1", port=self.port, **options)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def readers(self) -> list[str]:
        return [mail["To"].addresses[0].addr_spec for mail in self.mails]

    def open(self) -> None:
        self.controller.start()

    def close(self) -> None:
        self.controller.stop()

    async def _mail(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.on_mail == self.HANG_UP:
            server.transport.abort()
        if self.on_mail == OK:
            envelope.mail_from = address
        return self.on_mail

    async def _rcpt(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.on_rcpt.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def _data(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.on_data.get(envelope.rcpt_tos[0], OK)
        if answer in (OK, self.HANG_UP):
            self.raw.append(envelope.content)
            self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        if answer == self.HANG_UP:
            server.transport.abort()
        return answer
