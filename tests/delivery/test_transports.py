from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from hypothesis import given
from hypothesis import strategies as st

from parvis.delivery.transports import Outbox, TransportError, open_transport

from .post_office import PostOffice, free_port


def mail(to: str = "odile@courriel.example") -> EmailMessage:
    one = EmailMessage()
    one["From"], one["To"], one["Subject"] = "parvis@plateau.example", to, "Bonjour"
    one.set_content("Les dahlias sont là.")
    return one


@pytest.fixture
def guarded(settings: Any) -> Iterator[PostOffice]:
    """A server that asks who is there."""

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        known = (data.login, data.password) == (b"parvis", b"mot/de:passe@")
        return AuthResult(success=known, handled=False)

    office = PostOffice(authenticator=authenticate, auth_require_tls=False, auth_required=True)
    office.open()
    yield office
    office.close()


def send(settings: Any, url: str) -> None:
    settings.MAIL = url
    with open_transport() as transport:
        transport.send(mail(), key="k")


def test_several_mails_go_over_one_line(post_office: PostOffice) -> None:
    with open_transport() as transport:
        for to in ("odile@courriel.example", "paul@courriel.example"):
            transport.send(mail(to), key=to)
    assert post_office.readers == ["odile@courriel.example", "paul@courriel.example"]


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_password_may_hold_any_sign(guarded: PostOffice, settings: Any) -> None:
    send(settings, guarded.url.replace("smtp://", "smtp://parvis:mot%2Fde%3Apasse%40@"))
    assert guarded.readers == ["odile@courriel.example"]


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_is_told_and_nothing_leaves(guarded: PostOffice, settings: Any) -> None:
    with pytest.raises(TransportError) as error:
        send(settings, guarded.url.replace("smtp://", "smtp://parvis:faux@"))
    assert not error.value.permanent
    assert not error.value.unknown
    assert "faux" not in error.value.reason
    assert guarded.mails == []


def test_a_server_that_is_not_there_may_be_there_later(settings: Any) -> None:
    with pytest.raises(TransportError) as error:
        send(settings, f"smtp://127.0.0.1:{free_port()}")
    assert (error.value.permanent, error.value.unknown) == (False, False)


def test_a_refusal_never_repeats_the_address(post_office: PostOffice, settings: Any) -> None:
    post_office.on_rcpt["odile@courriel.example"] = "550 odile@courriel.example unknown here"
    with pytest.raises(TransportError) as error:
        send(settings, post_office.url)
    assert error.value.permanent
    assert "odile" not in error.value.reason


def test_the_outbox_takes_one_key_once(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    for _ in range(2):
        box.send(mail(), key="round:1/person:2/email")
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["round_1_person_2_email"]
    box.forget("round:1/person:2/email")
    box.forget("round:1/person:2/email")
    assert not list((tmp_path / "new").iterdir())


@given(key=st.text(min_size=1, max_size=60))
def test_no_key_leads_out_of_the_outbox(tmp_path_factory: pytest.TempPathFactory, key: str) -> None:
    root = tmp_path_factory.mktemp("box")
    Outbox(root / "mail").send(mail(), key=key)
    assert [file.parent for file in root.rglob("*") if file.is_file()] == [root / "mail" / "new"]
