"""The way in: a code by e-mail, nothing told to strangers, nothing guessed."""

import datetime as dt
import email
import re
import time
from email import policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from parvis.accounts.actions.codes import DAY, LIFE, ask_for_code, forget_old_codes, send_sign_in_codes
from parvis.accounts.models import SignInCode, User
from parvis.accounts.tasks import sweep, tidy
from parvis.core import clock, limits
from parvis.core.signals import NotCarried, notice_requested
from tests.builders import shop, user

pytestmark = pytest.mark.django_db
TOO_MANY = "Trop d’essais de suite. Attendez une minute, puis demandez un nouveau code."
KNOWN, UNKNOWN = "claire@enseignes.example", "personne@ailleurs.example"


@pytest.fixture(autouse=True)
def claire() -> User:
    return user(of=shop(), email=KNOWN)


@pytest.fixture(autouse=True)
def real_mailbox(settings: Any) -> None:
    """pytest-django puts Django's own mailbox in place of ours; ours is what people get."""
    settings.EMAIL_BACKEND = "parvis.delivery.notices.NoticeBackend"
    for path in mailbox():
        path.unlink()


def mailbox() -> list[Path]:
    """Once the bell was answered."""
    send_sign_in_codes()
    return sorted((configured.OUTBOX / "mail" / "new").glob("*"))


def ask(client: Client, address: str = KNOWN, **more: str) -> str:
    """The page that follows the question."""
    page = client.post("/connexion/", {"email": address, **more}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def code_received() -> str:
    (path,) = mailbox()
    code = code_in(path)
    assert code
    return code


def code_in(path: Path) -> str:
    """ "" in a mail to anyone else."""
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["Subject"] == "Votre code pour entrer dans Parvis"
    found = re.search(r"Parvis[ \u00a0]: (\S+)", mail.get_content())
    assert found
    return found[1] if mail["To"] == KNOWN else ""


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def without_tokens(page: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page).replace(KNOWN, "").replace(UNKNOWN, "")


def test_whoever_copies_the_code_is_in(client: Client, claire: User) -> None:
    assert "Quel est le code" in ask(client)
    answer = client.post("/connexion/code/", {"code": code_received()})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(claire.pk)
    assert client.get(answer.headers["Location"], follow=True).status_code == 200


def test_an_address_is_read_whatever_its_capitals(client: Client) -> None:
    ask(client, f" {KNOWN.upper()} ")
    assert code_received()


def test_an_unknown_address_gets_the_same_page_and_no_mail(client: Client) -> None:
    known = ask(Client())
    assert len(mailbox()) == 1
    assert without_tokens(ask(client, UNKNOWN)) == without_tokens(known)
    assert len(mailbox()) == 1
    client.post("/connexion/code/", {"code": "AAAAAA"})
    assert not signed_in(client)
    assert not User.objects.filter(email=UNKNOWN).exists()


def test_a_wrong_code_is_refused_and_the_third_ends_the_code(client: Client) -> None:
    ask(client)
    right = code_received()
    for _ in range(2):
        assert client.post("/connexion/code/", {"code": "AAAAAA"}).status_code == 200
    page = client.post("/connexion/code/", {"code": "AAAAAA"}, follow=True)
    assert page.redirect_chain[0][0].startswith("/connexion/")
    assert TOO_MANY in page.content.decode()
    client.post("/connexion/code/", {"code": right})
    assert not signed_in(client)


def test_a_wrong_code_is_told_in_a_sentence(client: Client) -> None:
    ask(client)
    page = client.post("/connexion/code/", {"code": "AAAAAA"})
    assert page.status_code == 200
    assert "Ce code n’est pas le bon" in page.content.decode()
    assert "Code incorrect" not in page.content.decode()


def test_a_code_serves_ten_minutes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(client)
    right, asked = code_received(), time.time()
    monkeypatch.setattr(time, "time", lambda: asked + 601)
    client.post("/connexion/code/", {"code": right})
    assert not signed_in(client)


def test_a_code_serves_once_and_in_the_browser_that_asked(client: Client) -> None:
    ask(client)
    right = code_received()
    other = Client()
    other.post("/connexion/code/", {"code": right})
    assert not signed_in(other)
    client.post("/connexion/code/", {"code": right})
    assert signed_in(client)
    ask(other)
    other.post("/connexion/code/", {"code": right})
    assert not signed_in(other)


def test_a_stranger_cannot_bomb_an_address_with_codes(client: Client) -> None:
    for _ in range(5):
        Client().post("/connexion/", {"email": KNOWN})
    assert len(mailbox()) == 3


def test_fifty_demands_in_a_day_are_six_mails_and_leave_the_owners_share() -> None:
    for number in range(50):
        ask_for_code(email=KNOWN, code=f"code-{number}", visitor="a stranger's network")
    assert send_sign_in_codes() == limits.SIGN_INS_OF_ONE
    ask(Client())
    assert len(mailbox()) == limits.SIGN_INS_OF_ONE + 1
    for number in range(50):
        ask_for_code(email=KNOWN, code=f"code-{number}", visitor=f"network {number}")
    send_sign_in_codes()
    assert len(mailbox()) == limits.SIGN_INS_OF_ALL
    with clock.frozen(clock.now() + DAY):
        ask_for_code(email=KNOWN, code="tomorrow", visitor="a stranger's network")
        assert send_sign_in_codes() == 1


def test_whoever_came_in_may_ask_again_as_often_as_they_work() -> None:
    for _ in range(limits.SIGN_INS_OF_ONE + 2):
        cache.clear()  # the minute passes
        browser = Client()
        ask(browser)
        browser.post("/connexion/code/", {"code": code_received()})
        assert signed_in(browser)
        for path in mailbox():
            path.unlink()
    assert not SignInCode.objects.exists()


def test_a_code_that_waited_too_long_or_for_nobody_leaves_nothing_behind() -> None:
    ask(Client(), UNKNOWN)
    ask_for_code(email=KNOWN, code="late", visitor="")
    with clock.frozen(clock.now() + LIFE):
        assert send_sign_in_codes() == 0
    assert not SignInCode.objects.exists()


def test_a_code_that_left_is_kept_nowhere_and_its_row_a_day() -> None:
    ask(Client())
    code = code_received()
    assert code not in str(list(SignInCode.objects.values()))
    forget_old_codes()
    assert SignInCode.objects.count() == 1
    with clock.frozen(clock.now() + DAY):
        forget_old_codes()
    assert not SignInCode.objects.exists()


def refusing(monkeypatch: pytest.MonkeyPatch, addresses: set[str], *, again: bool) -> list[str]:
    """Who is written to, though the server carries nothing to these."""
    written: list[str] = []

    def send(*, to: str, **_: Any) -> None:
        written.append(to)
        if to in addresses:
            raise NotCarried(again=again)

    monkeypatch.setattr(notice_requested, "send", send)
    return written


def test_a_code_waits_while_the_mail_server_is_away_and_leaves_at_the_next_bell(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    ask(client)
    ask_for_code(email="sami@enseignes.example", code="other", visitor="")
    with monkeypatch.context() as broken:
        written = refusing(broken, {KNOWN}, again=True)
        sweep.call()
        assert written == [KNOWN]  # it is away for the others too
    assert SignInCode.objects.filter(sent_at=None).exclude(code="").count() == 2
    assert send_sign_in_codes() == 2
    right = next(code for code in map(code_in, mailbox()) if code)
    client.post("/connexion/code/", {"code": right})
    assert signed_in(client)


def test_an_address_that_is_refused_stops_no_one_elses_code_nor_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    ask_for_code(email="sans-boite@ailleurs.example", code="lost", visitor="")
    ask_for_code(email=KNOWN, code="mine", visitor="")
    written = refusing(monkeypatch, {"sans-boite@ailleurs.example"}, again=False)
    sweep.call()
    assert written == ["sans-boite@ailleurs.example", KNOWN]
    assert set(SignInCode.objects.values_list("email", "code")) == {("sans-boite@ailleurs.example", ""), (KNOWN, "")}
    assert send_sign_in_codes() == 0


def test_a_code_that_left_is_forgotten_after_a_day() -> None:
    for asked in (UNKNOWN, KNOWN):
        ask_for_code(email=asked, code="left", visitor="")
    SignInCode.objects.filter(email=UNKNOWN).update(code="", sent_at=clock.now() - DAY)
    tidy.call()
    assert [one.email for one in SignInCode.objects.all()] == [KNOWN]


def test_someone_who_left_does_not_come_in(client: Client, claire: User) -> None:
    ask(client)
    right = code_received()
    claire.is_active = False
    claire.save()
    answer = client.post("/connexion/code/", {"code": right})
    assert answer.status_code == 403
    assert "Votre accès est fermé." in answer.content.decode()
    assert client.get("/bureau/").status_code == 302


def test_whoever_left_long_ago_gets_no_code(client: Client, claire: User) -> None:
    claire.is_active = False
    claire.save()
    assert "Quel est le code" in ask(client)
    assert mailbox() == []


@pytest.mark.parametrize("addresses", [[KNOWN] * 4, [f"p{n}@ailleurs.example" for n in range(21)]], ids=["one", "many"])
def test_too_many_questions_are_refused_with_a_sentence(addresses: list[str]) -> None:
    answers = [Client().post("/connexion/", {"email": address}) for address in addresses]
    assert {answer.status_code for answer in answers[:-1]} == {302}
    assert answers[-1].status_code == 200
    assert TOO_MANY in answers[-1].content.decode()
    assert len(mailbox()) <= 3


def test_a_minute_later_one_may_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        Client().post("/connexion/", {"email": KNOWN})
    assert len(mailbox()) == 3
    asked = time.time()
    monkeypatch.setattr(time, "time", lambda: asked + 61)
    assert Client().post("/connexion/", {"email": KNOWN}).status_code == 302
    assert len(mailbox()) == 4


def test_guessing_from_many_browsers_meets_the_limit_of_the_address() -> None:
    """Three codes a minute from one network, three tries each: the code's own length does the rest."""
    tried = 0
    for _ in range(6):
        browser = Client()
        browser.post("/connexion/", {"email": KNOWN})
        for _ in range(4):
            answer = browser.post("/connexion/code/", {"code": "AAAAAA"})
            tried += answer.status_code == 200 or TOO_MANY in browser.get("/connexion/").content.decode()
    assert tried <= 9


@pytest.mark.parametrize("elsewhere", ["https://mechant.example/", "//mechant.example", "javascript:alert(1)"])
def test_the_way_in_leads_nowhere_but_here(elsewhere: str, client: Client) -> None:
    page = client.post(f"/connexion/?next={elsewhere}", {"email": KNOWN, "next": elsewhere}, follow=True)
    assert "mechant" not in page.content.decode()
    answer = client.post("/connexion/code/", {"code": code_received(), "next": elsewhere})
    assert signed_in(client)
    assert answer.headers["Location"] == "/bureau/"


def test_whoever_was_sent_to_sign_in_comes_back_where_they_were(client: Client) -> None:
    sent = client.get("/bureau/la-brassee/dire/")
    assert sent.headers["Location"] == "/connexion/?next=/bureau/la-brassee/dire/"
    page = client.post(sent.headers["Location"], {"email": KNOWN, "next": "/bureau/la-brassee/dire/"}, follow=True)
    given = re.search(r'name="next" value="([^"]+)"', page.content.decode())
    code = {"code": code_received()} | ({"next": given[1]} if given else {})
    answer = client.post("/connexion/code/", code)
    assert answer.headers["Location"] == "/bureau/la-brassee/dire/"


def test_one_goes_out_by_a_post_only(client: Client, claire: User) -> None:
    client.force_login(claire, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/deconnexion/").status_code == 200
    assert signed_in(client)
    assert client.post("/deconnexion/").status_code == 302
    assert not signed_in(client)


def test_a_form_from_another_site_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/connexion/", {"email": KNOWN}).status_code == 403
    assert not mailbox()


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/accounts/login/", "/connexion/signup/", "/accounts/password/reset/"]
)
def test_there_is_no_password_and_no_signing_up(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404
    assert not User.objects.get(email=KNOWN).has_usable_password()


def test_whoever_mistyped_the_address_changes_it(client: Client) -> None:
    page = ask(client, UNKNOWN)
    assert f"S’il y a un compte à l’adresse {UNKNOWN}" in page
    assert 'href="/connexion/">Changer d’adresse' in page
    assert "Quel est votre courriel" in client.get("/connexion/").content.decode()
    assert f"à l’adresse {KNOWN}" in ask(client)
    client.post("/connexion/code/", {"code": code_received()})
    assert signed_in(client)


def test_changing_the_address_forgets_nothing_until_another_is_given(client: Client) -> None:
    ask(client)
    client.get("/connexion/")
    client.post("/connexion/code/", {"code": code_received()})
    assert signed_in(client)


def again(client: Client, address: str) -> str:
    """What « Renvoyer un code » posts, from the page where it stands."""
    page = client.get("/connexion/code/").content.decode()
    form = page[page.index('action="/connexion/"') :]
    sent = dict(re.findall(r'type="hidden" name="(email|again|next)" value="([^"]*)"', form))
    assert sent == {"email": address, "again": "1"}
    return ask(client, **{"address": sent.pop("email"), **sent})


def test_a_code_is_sent_again_and_the_one_before_serves_no_more(client: Client) -> None:
    ask(client)
    first = code_received()
    for path in mailbox():
        path.unlink()
    assert "un nouveau code vient d’y partir" in again(client, KNOWN)
    client.post("/connexion/code/", {"code": first})
    assert not signed_in(client)
    client.post("/connexion/code/", {"code": code_received()})
    assert signed_in(client)


def test_sending_again_says_the_same_of_a_known_and_of_an_unknown_address() -> None:
    one, other = Client(), Client()
    ask(one)
    ask(other, UNKNOWN)
    assert without_tokens(again(one, KNOWN)) == without_tokens(again(other, UNKNOWN))
    assert len(mailbox()) == 2


@pytest.mark.parametrize("address", [KNOWN, UNKNOWN])
def test_codes_sent_again_count_in_the_limit_of_the_address(client: Client, address: str) -> None:
    ask(client, address)
    again(client, address)
    again(client, address)
    assert TOO_MANY in again(client, address)
    assert len(mailbox()) == (3 if address == KNOWN else 0)


def test_the_fields_of_the_sign_in_speak_french(client: Client) -> None:
    page = client.get("/connexion/").content.decode()
    assert 'placeholder="prenom.nom@exemple.fr"' in page
    assert "Adresse e-mail" not in page


def test_the_address_of_whoever_did_not_come_back_leaves_with_their_session() -> None:
    visitor = Client()
    visitor.post("/moi/entrer/", {"email": "qui.demande@courriel.example"})
    (session,) = Session.objects.all()
    assert "qui.demande@courriel.example" in str(session.get_decoded())
    for at, kept in ((session.expire_date - dt.timedelta(seconds=1), 1), (session.expire_date, 0)):
        with clock.frozen(at):
            tidy.func()
        assert Session.objects.count() == kept
