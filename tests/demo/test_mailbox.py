"""The demo's mailbox: everybody's mail, shown without trusting it."""

import os
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from parvis.demo import mailbox
from parvis.demo.sign_in import sign_in_url
from tests import builders

from .whole_run import Run


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An outbox of one's own, in the demo."""
    folder = tmp_path / "mail" / "new"
    folder.mkdir(parents=True)
    monkeypatch.setattr(settings, "OUTBOX", tmp_path)
    monkeypatch.setattr(settings, "DEMO", True)
    return folder


def mail(subject: str = "Les dahlias sont là", html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Parvis du Plateau briard <parvis@plateau.example>"
    message["To"] = '"M. Éloi Ferrand" <eloi@courrier.example>'
    message["Subject"] = subject
    message.set_content("Bonjour, les dahlias sont là.")
    if html:
        message.add_alternative(html, subtype="html")
        body = message.get_body(("html",))
        assert body
        body.add_related(b"\xff\xd8 picture", "image", "jpeg", cid="<photo-1@parvis>")
    return message


HTML = (
    '<html><head></head><body><script>alert(1)</script><img src="cid:photo-1@parvis">'
    '<a href="http://localhost/m/x/">Pourquoi</a></body></html>'
)


def test_the_mailbox_lists_what_each_person_received_newest_first(letters: Path, client: Client, db: None) -> None:
    for age, name in ((20, "old"), (10, "new")):
        (letters / name).write_bytes(mail(f"Le {name}").as_bytes())
        os.utime(letters / name, (1_700_000_000 - age, 1_700_000_000 - age))
    page = client.get("/demo/boite/").text
    assert page.index("Le new") < page.index("Le old")
    assert "M. Éloi Ferrand, eloi@courrier.example" in page


def test_an_empty_mailbox_says_when_mail_comes(letters: Path, client: Client, db: None) -> None:
    letters.rmdir()
    assert "Rien n’est encore parti." in client.get("/demo/boite/").text


def test_a_message_is_shown_in_a_frame_that_may_do_nothing(letters: Path, client: Client, db: None) -> None:
    (letters / "one").write_bytes(mail(html=HTML).as_bytes())
    page = client.get("/demo/boite/one/").text
    frame = re.search(r"<iframe[^>]+>", page)
    assert frame
    assert 'sandbox="allow-top-navigation-by-user-activation allow-popups"' in frame[0]
    assert 'src="/demo/boite/one/page/"' in frame[0]
    assert "alert(1)" not in page


def test_the_frame_has_a_policy_of_its_own_without_any_script(letters: Path, client: Client, db: None) -> None:
    (letters / "one").write_bytes(mail(html=HTML).as_bytes())
    body = client.get("/demo/boite/one/page/")
    policy = body.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
    assert body.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get("/demo/boite/one/").headers["X-Frame-Options"] == "DENY"


def test_pictures_come_by_address_and_links_leave_the_frame(letters: Path, client: Client, db: None) -> None:
    (letters / "one").write_bytes(mail(html=HTML).as_bytes())
    body = client.get("/demo/boite/one/page/").text
    address = re.findall(r'<img src="([^"]+)"', body)
    assert address == ["/demo/boite/one/piece/photo-1@parvis"]
    assert '<base target="_top">' in body
    picture = client.get(address[0])
    assert (picture.headers["Content-Type"], picture.content) == ("image/jpeg", b"\xff\xd8 picture")
    assert client.get("/demo/boite/one/piece/another").status_code == 404


def test_a_plain_message_is_shown_as_text(letters: Path, client: Client, db: None) -> None:
    (letters / "one").write_bytes(mail().as_bytes())
    page = client.get("/demo/boite/one/").text
    assert "Bonjour, les dahlias sont là." in page
    assert "<iframe" not in page
    assert client.get("/demo/boite/one/page/").status_code == 404


@pytest.mark.parametrize("name", ["absent", "..%2Fsecret", "%2E%2E", "one.txt"])
def test_a_message_that_is_not_there_is_missing(letters: Path, client: Client, db: None, name: str) -> None:
    (letters.parent / "secret").write_bytes(mail().as_bytes())
    (letters / "one.txt").write_bytes(mail().as_bytes())
    for page in ("", "page/", "piece/x"):
        assert client.get(f"/demo/boite/{name}/{page}").status_code == 404


def test_a_file_without_a_body_is_listed_all_the_same(letters: Path, client: Client, db: None) -> None:
    (letters / "torn").write_bytes(b"From: parvis@plateau.example\nTo: x@courrier.example\nSubject: Coupe")
    assert "Coupe" in client.get("/demo/boite/").text


@pytest.mark.parametrize("page", ["", "one/", "one/page/", "one/piece/photo-1@parvis"])
def test_outside_the_demo_there_is_no_mailbox(letters: Path, client: Client, db: None, page: str) -> None:
    (letters / "one").write_bytes(mail(html=HTML).as_bytes())
    assert client.get(f"/demo/boite/{page}").status_code == 200
    with override_settings(DEMO=False):
        assert client.get(f"/demo/boite/{page}").status_code == 404


def test_outside_the_demo_no_link_lets_anyone_in(client: Client, db: None) -> None:
    link = sign_in_url(builders.user(of=builders.shop()))
    assert client.get(link).status_code == client.post(link).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.xdist_group("journeys")
def test_every_message_of_a_whole_round_can_be_read(
    whole_run: Run, monkeypatch: pytest.MonkeyPatch, client: Client, db: None
) -> None:
    monkeypatch.setattr(settings, "OUTBOX", whole_run.outbox)
    monkeypatch.setattr(settings, "DEMO", True)
    mails = mailbox.newest(1000)
    assert len(mails) == whole_run.figures["messages"]["email"]
    for one in mails[::10]:
        body = client.get(f"/demo/boite/{one.name}/page/").text
        assert "Pourquoi vous" in body
        assert "cid:" not in body
        for picture in re.findall(r'src="(/demo/[^"]+)"', body):
            assert client.get(picture).headers["Content-Type"] == "image/jpeg"
