"""The codes that left, as whoever reads the mailbox finds them in the outbox."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from django.conf import settings

from parvis.contacts.actions import send_waiting_codes

CODE = re.compile(r"(\d{3})\s(\d{3})")


def notices(to: str = "") -> list[EmailMessage]:
    """Service mails to one address, or to all, as many as ever left."""
    folder = settings.OUTBOX / "mail" / "new"
    paths = sorted(folder.glob("notice-*"), key=lambda path: path.stat().st_mtime_ns) if folder.is_dir() else []
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
    return [mail for mail in mails if to in {"", mail["To"]}]


def code_in(mail: EmailMessage) -> str:
    found = CODE.search(str(mail["Subject"]))
    assert found, mail["Subject"]
    return found[1] + found[2]


def code_for(address: str) -> str:
    """The last code to this address, once the bell was answered."""
    send_waiting_codes()
    return code_in(notices(address)[-1])


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"
