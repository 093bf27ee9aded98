"""Service notices: never counted, never held back by a rhythm, never by the news' refusals."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail

from parvis.contacts.actions import withdraw_everything
from parvis.contacts.rules import Source
from parvis.core.signals import NotCarried, notice_requested
from parvis.delivery import notices as delivery_notices
from parvis.delivery.actions import send_many
from parvis.delivery.models import Message
from parvis.delivery.rules import Stop
from parvis.delivery.transports import TransportError
from tests.builders import BY, customer, draft, part, shop, territory

from .post_office import PostOffice, free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_backend(settings: Any) -> None:
    """The test runner puts its own in its place."""
    settings.EMAIL_BACKEND = "parvis.delivery.notices.NoticeBackend"


def in_outbox(outbox: Path) -> list[EmailMessage]:
    files = sorted((outbox / "mail" / "new").iterdir())
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


def code(to: str = "odile@courriel.example", subject: str = "Votre code") -> None:
    send_mail(subject, "Votre code : 408 112", None, [to])


def test_a_code_leaves_by_the_same_transport(post_office: PostOffice) -> None:
    code()
    (mail,) = post_office.mails
    assert post_office.readers == ["odile@courriel.example"]
    assert "408 112" in mail.get_content()
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_notice_is_not_news_so_it_has_nothing_to_unsubscribe_from(outbox: Path) -> None:
    code()
    (mail,) = in_outbox(outbox)
    assert mail["List-Unsubscribe"] is None
    assert mail["Precedence"] is None
    assert not mail.is_multipart()


@pytest.mark.usefixtures("on_tuesday")
def test_a_cap_and_a_refusal_of_news_never_hold_a_notice_back(outbox: Path) -> None:
    quiet = customer(shop(), rhythm=0, email="odile@courriel.example")
    code()
    withdraw_everything(person=quiet.person, source=Source.LINK, by=BY)
    code()
    assert len(in_outbox(outbox)) == 2


@pytest.mark.usefixtures("on_tuesday", "outbox")
def test_a_notice_never_draws_on_the_week() -> None:
    reader = customer(shop(), rhythm=1, email="odile@courriel.example")
    for _ in range(3):
        code()
    assert not Message.objects.exists()
    found = send_many(drafts=[draft(reader.person, part(shop()))], territory=territory(), batch="r", by=BY)
    assert list(found.values()) == [None]
    assert Stop.RHYTHM not in found.values()


def test_each_reader_gets_their_own_copy(outbox: Path) -> None:
    send_mail("Bonjour", "Texte", None, ["odile@courriel.example", "paul@courriel.example"])
    assert sorted(mail["To"] for mail in in_outbox(outbox)) == ["odile@courriel.example", "paul@courriel.example"]


def test_a_subject_on_two_lines_cannot_smuggle_a_header(outbox: Path) -> None:
    code(subject="Votre code\n")
    (mail,) = in_outbox(outbox)
    assert mail["Subject"] == "Votre code"
    with pytest.raises(ValueError, match=r"(?i)header|newline|linefeed"):
        code(to="odile@courriel.example\nBcc: tous@courriel.example")


def test_the_signal_asks_for_a_notice(outbox: Path) -> None:
    notice_requested.send(
        sender=None, channel="email", to="odile@courriel.example", subject="Votre place", text="À samedi."
    )
    assert [mail["Subject"] for mail in in_outbox(outbox)] == ["Votre place"]


def test_a_channel_that_cannot_carry_notices_is_an_error_not_a_silence() -> None:
    with pytest.raises(ValueError, match="phone"):
        notice_requested.send(sender=None, channel="phone", to="+33639980000", subject="", text="")


def test_a_server_that_is_away_tells_nobody_who_is_known(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.MAIL = f"smtp://127.0.0.1:{free_port()}"
    assert send_mail("Votre code", "123", None, ["odile@courriel.example"]) == 0
    assert "ne répond pas" in caplog.text
    assert "odile" not in caplog.text


def test_whoever_asked_by_the_signal_is_told_that_a_notice_did_not_leave(settings: Any) -> None:
    settings.MAIL = f"smtp://127.0.0.1:{free_port()}"
    with pytest.raises(NotCarried) as told:
        notice_requested.send(sender=None, channel="email", to="odile@courriel.example", subject="Bonjour", text="")
    assert told.value.again


@pytest.mark.parametrize(
    ("error", "again", "dead"),
    [
        ({}, True, False),
        ({"permanent": True}, False, False),
        ({"permanent": True, "address": True}, False, True),
        ({"unknown": True}, False, False),
    ],
)
def test_what_is_refused_for_good_or_may_have_left_is_not_for_now(
    monkeypatch: pytest.MonkeyPatch, error: dict[str, bool], again: bool, dead: bool
) -> None:
    def broken() -> None:
        raise TransportError("Refus du serveur.", **error)

    monkeypatch.setattr(delivery_notices, "open_transport", broken)
    with pytest.raises(NotCarried) as told:
        notice_requested.send(sender=None, channel="email", to="odile@courriel.example", subject="Bonjour", text="")
    assert (told.value.again, told.value.dead) == (again, dead)
