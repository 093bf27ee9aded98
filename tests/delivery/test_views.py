"""The pages behind the links: reading writes nothing, and each can only take away."""

import datetime as dt
import html
import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.contacts.actions import erase, withdraw
from parvis.contacts.models import ConsentEvent, Objection, Person, Resident
from parvis.contacts.queries import standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.core.models import AuditEntry
from parvis.delivery.actions import carry_due, send_many
from parvis.delivery.links import LIFE, reduce_token
from parvis.delivery.models import Message
from tests.builders import BY, customer, draft, part, say_yes, shop, territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]

PAGES = ["why", "fewer", "stop"]


def told(**changes: Any) -> Message:
    """A message from two shops to someone who said yes to both."""
    person = customer(shop(), **changes).person
    wine = shop(slug="cave-du-tilleul")
    say_yes(person, to=wine)
    flowers = part(shop(), title="Les dahlias sont là", reason="Vous aimez les fleurs.")
    one = draft(person, flowers, part(wine, title="Dégustation de samedi"))
    send_many(drafts=[one], territory=territory(), batch="round:1", by=BY)
    carry_due()
    return Message.objects.get(key=one.key)


def address(name: str, message: Message, sender: str = "") -> str:
    pk = shop(slug=sender).pk if sender else None
    return reverse(f"delivery:{name}", args=[reduce_token(message, sender=pk)])


def text(response: Any) -> str:
    return html.unescape(response.content.decode()).replace("\u00a0", " ")


def senders(person: Person) -> set[str]:
    return set(standing(persons=[person.pk]).values_list("sender__slug", flat=True))


BOTH = {"la-brassee", "cave-du-tilleul"}


# --- Reading


@pytest.mark.parametrize("name", PAGES)
def test_reading_a_page_only_reads(client: Client, name: str) -> None:
    message = told()
    url = address(name, message)
    for _ in range(3):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        verbs = {query["sql"].split(" ", 1)[0].upper() for query in seen.captured_queries}
        assert verbs <= {"SELECT"}
    assert senders(message.person) == BOTH


@pytest.mark.parametrize("name", PAGES)
def test_a_mail_scanner_that_follows_every_link_changes_nothing(client: Client, name: str) -> None:
    message = told(rhythm=4)
    client.get(address(name, message))
    client.head(address(name, message))
    client.options(address(name, message))
    assert senders(message.person) == BOTH
    assert Resident.objects.get().rhythm == 4
    assert not Objection.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_indexed_cached_by_others_or_tells_an_address(client: Client, name: str) -> None:
    message = told(email="odile@courriel.example", phone="+33639980051", family_name="Marchandeau")
    page = text(client.get(address(name, message)))
    assert 'content="noindex"' in page
    for word in ("odile@", "39 98 00 51", "39980051", "Marchandeau", "Lavoir"):
        assert word not in page


def test_why_tells_each_reason_and_the_way_to_less(client: Client) -> None:
    message = told(rhythm=4)
    page = text(client.get(address("why", message)))
    for word in ("Les dahlias sont là", "Vous aimez les fleurs.", "Dégustation de samedi", "4 annonces par semaine"):
        assert word in page
    assert "Ne plus rien recevoir de La Brassée" in page
    assert "/moins/" in page
    assert page.count("/arreter/") == 3


def test_what_the_door_kept_is_not_on_the_page(client: Client) -> None:
    message = told()
    message.parts.filter(position=1).update(stopped="rhythm")
    assert "Dégustation de samedi" not in text(client.get(address("why", message)))


def test_the_number_of_reads_does_not_grow_with_the_parts(client: Client) -> None:
    small, large = told(), told()
    extra = [part(shop()) for _ in range(4)]
    more = draft(large.person, *extra)
    send_many(drafts=[more], territory=territory(), batch="round:2", by=BY)
    counts = []
    for message in (small, Message.objects.get(key=more.key)):
        with CaptureQueriesContext(connection) as seen:
            client.get(address("why", message))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


# --- Less


def test_fewer_takes_one_step_down(client: Client) -> None:
    message = told(rhythm=4)
    answer = client.post(address("fewer", message), {"de": Resident.objects.get().rhythm})
    assert "2 annonces par semaine" in text(answer)
    assert Resident.objects.get().rhythm == 2
    assert senders(message.person) == BOTH


def test_fewer_again_and_again_ends_at_none_and_says_so(client: Client) -> None:
    message = told(rhythm=1)
    for _ in range(3):
        answer = client.post(address("fewer", message), {"de": Resident.objects.get().rhythm})
        assert answer.status_code == 200
    assert "Vous ne recevrez aucune annonce." in text(answer)
    assert Resident.objects.get().rhythm == 0
    assert client.get(address("fewer", message)).status_code == 200
    assert client.get(address("why", message)).status_code == 200


def test_stopping_one_shop_leaves_the_other(client: Client) -> None:
    message = told()
    answer = client.post(address("stop", message, sender="la-brassee"))
    assert "La Brassée ne vous écrira plus" in text(answer)
    assert senders(message.person) == {"cave-du-tilleul"}
    assert not Objection.objects.exists()
    lines = ConsentEvent.objects.filter(granted=False)
    assert {line.channel for line in lines} == set(Channel)
    assert {(line.source, line.noted_by) for line in lines} == {("link", f"person:{message.person_id} link")}


def test_stopping_everything_stops_everything(client: Client) -> None:
    message = told()
    assert "Plus aucun commerce" in text(client.post(address("stop", message)))
    assert senders(message.person) == set()
    assert Objection.objects.exists()
    assert AuditEntry.objects.filter(verb="withdraw_everything").count() == 1


def test_stopping_twice_is_stopping_once(client: Client) -> None:
    message = told()
    for _ in range(2):
        assert client.post(address("stop", message)).status_code == 200
    assert ConsentEvent.objects.filter(granted=False).count() == 2 * len(Channel)


def test_the_mailbox_itself_stops_everything_without_a_cookie() -> None:
    message = told()
    mailbox = Client(enforce_csrf_checks=True)
    body = {"List-Unsubscribe": "One-Click"}
    answer = mailbox.post(address("one-click", message), body)
    assert (answer.status_code, text(answer)) == (200, "C’est arrêté.")
    assert not answer.cookies
    assert senders(message.person) == set()


def test_a_one_click_link_of_one_sender_stops_that_sender_alone() -> None:
    message = told()
    Client().post(address("one-click", message, sender="la-brassee"))
    assert senders(message.person) == {"cave-du-tilleul"}


def test_stopping_works_in_a_mailbox_that_refuses_cookies() -> None:
    message = told()
    assert Client(enforce_csrf_checks=True).post(address("stop", message)).status_code == 200
    assert senders(message.person) == set()


def test_pressed_twice_or_loaded_again_recevoir_moins_is_one_step() -> None:
    message = told(rhythm=7)
    for _ in range(3):
        Client(enforce_csrf_checks=True).post(address("fewer", message), {"de": "7"})
    assert Resident.objects.get().rhythm == 4


def test_what_is_stopped_already_says_so_and_has_no_button() -> None:
    message = told()
    Client().post(address("stop", message))
    page = Client().get(address("stop", message)).content.decode()
    assert "C’est déjà arrêté." in page
    assert "button--danger" not in page


@pytest.mark.parametrize(
    ("name", "method"), [("why", "post"), ("one-click", "get"), ("stop", "put"), ("fewer", "delete")]
)
def test_another_verb_is_refused(client: Client, name: str, method: str) -> None:
    message = told()
    assert getattr(client, method)(address(name, message)).status_code == 405
    assert senders(message.person) == BOTH


def test_a_link_reaches_nobody_but_its_own_reader(client: Client) -> None:
    mine, theirs = told(), told(rhythm=4)
    client.post(address("stop", mine))
    client.post(address("fewer", mine), {"de": mine.person.residents.get().rhythm})
    assert senders(theirs.person) == BOTH
    assert theirs.person.residents.get().rhythm == 4


def test_no_field_of_the_form_widens_the_link(client: Client) -> None:
    mine, theirs = told(), told(rhythm=4)
    wider = {"sender": "", "sender_id": "", "message": theirs.pk, "person": theirs.person_id, "rhythm": "7", "de": "7"}
    client.post(address("stop", mine, sender="la-brassee") + f"?sender=&message={theirs.pk}", wider)
    client.post(address("fewer", mine), wider)
    assert senders(mine.person) == {"cave-du-tilleul"}
    assert senders(theirs.person) == BOTH
    assert mine.person.residents.get().rhythm == 4
    assert theirs.person.residents.get().rhythm == 4


def test_after_tout_arreter_the_why_page_offers_nothing_more(client: Client) -> None:
    message = told(rhythm=4)
    client.post(address("stop", message))
    page = text(client.get(address("why", message)))
    assert "Vous avez tout arrêté : plus aucun commerce ne vous écrit" in page
    for gone in ("/moins/", "/arreter/", "Recevoir moins", "annonces par semaine"):
        assert gone not in page
    less = text(client.get(address("fewer", message)))
    assert "il n’y a plus rien à réduire" in less
    assert "<button" not in less.partition("<main")[2]


def test_a_sender_that_was_stopped_is_not_offered_again(client: Client) -> None:
    message = told(rhythm=4)
    client.post(address("stop", message, sender="la-brassee"))
    page = text(client.get(address("why", message)))
    assert "Ce commerce ne vous écrit plus." in page
    assert "Ne plus rien recevoir de La Brassée" not in page
    assert page.count("/arreter/") == 2


def test_at_rhythm_zero_no_number_is_told_and_nothing_less_is_offered(client: Client) -> None:
    message = told(rhythm=1)
    client.post(address("fewer", message), {"de": "1"})
    page = text(client.get(address("why", message)))
    assert "Vous ne recevez aucune annonce." in page
    assert "0 annonce" not in page
    assert "/moins/" not in page
    assert "Tout arrêter" in page


@pytest.mark.parametrize(
    ("rhythm", "then", "button"),
    [
        (7, "Ce sera 4 annonces au plus.", "Passer à 4 annonces par semaine"),
        (2, "Ce sera 1 annonce au plus.", "Passer à 1 annonce par semaine"),
        (1, "Vous n’en recevrez plus aucune", "Ne plus recevoir d’annonce"),
    ],
)
def test_the_new_number_is_told_before_one_presses(client: Client, rhythm: int, then: str, button: str) -> None:
    page = text(client.get(address("fewer", told(rhythm=rhythm))))
    assert then in page
    assert button in page


@pytest.mark.parametrize(("years", "runs"), [(2, True), (4, False)])
def test_what_ran_out_is_not_told_as_still_running(client: Client, years: int, runs: bool) -> None:
    """A sale is a right, and ends as a yes does."""
    message = told()
    wine = shop(slug="cave-du-tilleul")
    withdraw(person=message.person, sender=wine, source=Source.LINK, by=BY)
    day = clock.today() - dt.timedelta(days=365 * years)
    bread = shop(slug="fournil-des-sources")
    say_yes(message.person, to=bread, on=day, key="sale-email", source=Source.FILE)
    page = text(client.get(address("stop", message, sender="la-brassee")))
    assert ("Les autres commerces qui peuvent vous écrire continueront." in page) == runs
    assert ("Aucun autre commerce ne vous écrit." in page) != runs
    page = text(client.get(address("stop", message, sender="fournil-des-sources")))
    assert "Ne plus rien recevoir du Fournil des Sources ?" in page
    assert ("C’est déjà arrêté." in page) != runs


# --- Links that open nothing


@pytest.mark.parametrize("name", [*PAGES, "one-click"])
def test_an_altered_link_gets_its_sentence(client: Client, name: str) -> None:
    message = told()
    url = address(name, message)
    for altered in (url.replace(":", ";", 1), url.replace("/m/", "/m/x")):
        answer = client.post(altered) if name == "one-click" else client.get(altered)
        assert answer.status_code == 400
        assert "incomplet ou a été modifié" in text(answer)
    assert senders(message.person) == BOTH


@pytest.mark.parametrize("name", [*PAGES, "one-click"])
def test_an_old_link_gets_another_sentence(client: Client, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = told()
    url, later = address(name, message), time.time() + (LIFE + dt.timedelta(days=1)).total_seconds()
    monkeypatch.setattr("time.time", lambda: later)
    answer = client.post(url) if name == "one-click" else client.get(url)
    assert answer.status_code == 410
    assert "plus d’un an" in text(answer)
    assert senders(message.person) == BOTH


@pytest.mark.parametrize("name", PAGES)
def test_the_link_of_an_erased_person_tells_nothing(client: Client, name: str) -> None:
    message = told()
    url = address(name, message)
    erase(message.person_id)
    answer = client.get(url)
    assert answer.status_code == 400
    assert "dahlias" not in text(answer)


def test_a_machine_gets_the_refusal_as_a_problem(client: Client) -> None:
    answer = client.get("/m/rien/", headers={"accept": "application/json"})
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 400
