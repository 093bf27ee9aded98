"""What a resident received and why, all that is held, another address, and oblivion."""

import datetime as dt
import json
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from parvis.contacts.actions import EnoughCodes, set_taste
from parvis.contacts.models import ContactPoint, CustomerRecord, Person
from parvis.contacts.rules import Channel
from parvis.core import clock, personal
from parvis.core.models import AuditEntry
from parvis.delivery.actions import carry_due, send_many
from parvis.delivery.models import Message
from parvis.pages.residents import LATELY, LONGEST, VISIT
from parvis.rounds.actions import run_due
from tests import builders
from tests.builders import BY, interest
from tests.letterbox import code_in, notices, other_than

from .conftest import Village
from .page import queries, read, words
from .resident import visiting

pytestmark = pytest.mark.usefixtures("outbox")

MARIE, NEW = "marie@courriel.example", "marie.b@courriel.example"
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
HISTORY, DATA = "/moi/recu/", "/moi/donnees/"


@pytest.fixture
def marie(village: Village) -> Person:
    return builders.customer(village.florist, email=MARIE, given_name="Marie", note="Vient le samedi").person


@pytest.fixture
def page(marie: Person) -> Client:
    return visiting(marie)


def posted(client: Client, url: str, **data: Any) -> HttpResponse:
    answer = client.post(url, data)
    assert isinstance(answer, HttpResponse)
    return answer


def receive(person: Person, village: Village, n: int) -> None:
    for _ in range(n):
        draft = builders.draft(person, builders.part(village.florist, reason="Vous avez dit oui au comptoir."))
        Message.objects.update(week="2026-W01")  # each in a week of its own
        send_many(by=BY, drafts=[draft], territory=village.florist.territory, batch="t")


# --- Received, and why ----------------------------------------------------------------------------------------------


def test_each_announcement_tells_why_even_what_a_shops_call_list_does_not(village: Village) -> None:
    person = builders.customer(village.florist, email=MARIE, given_name="Marie", channel=Channel.PHONE).person
    set_taste(person=person, interest=interest("fleurs"), liked=True, by=BY)
    builders.announcement(village.florist, title="Les dahlias sont là")
    builders.due_round(village.florist.territory)
    run_due()
    carry_due()
    text = read(visiting(person), HISTORY)
    assert "1 message" in text
    assert "Votre nom sur la liste d’appels de La Brassée" in text
    assert "Les dahlias sont là La Brassée Pourquoi vous ? Vous aimez les fleurs, et vous avez dit oui" in text


def test_alcohol_goes_with_its_sentence_there_too(page: Client, marie: Person, village: Village) -> None:
    set_taste(person=marie, interest=interest("whiskys"), liked=True, by=BY)
    builders.announcement(village.florist, interests=["whiskys"])
    builders.due_round(village.florist.territory)
    run_due()
    assert "L’abus d’alcool est dangereux pour la santé" in read(page, HISTORY)


def test_what_the_door_kept_was_not_received(page: Client, marie: Person, village: Village) -> None:
    send_many(
        by=BY,
        drafts=[builders.draft(marie, builders.part(village.wines))],
        territory=village.wines.territory,
        batch="t",
    )
    assert "Rien encore." in read(page, HISTORY)


def test_twenty_messages_a_page_and_never_more_than_ten_queries(page: Client, marie: Person, village: Village) -> None:
    receive(marie, village, 1)
    few = queries(page, HISTORY)
    receive(marie, village, 20)
    assert queries(page, HISTORY) == few <= 10
    html = page.get(HISTORY).content.decode()
    assert html.count("Pourquoi vous") == 20
    assert "Page 1 sur 2" in words(html.encode())
    assert page.get(f"{HISTORY}?page=2").content.decode().count("Pourquoi vous") == 1


def test_nobody_reads_what_another_received(page: Client, village: Village) -> None:
    other = builders.customer(village.florist, email="paul@courriel.example", given_name="Paul").person
    receive(other, village, 1)
    assert "Rien encore." in read(page, HISTORY)


# --- All that is held -----------------------------------------------------------------------------------------------


def test_all_that_is_held_is_told_in_words_the_notes_of_shops_included(page: Client, marie: Person) -> None:
    text = read(page, DATA)
    for told in (
        "Vient le samedi",
        MARIE,
        "au comptoir",
        "mardi 24 novembre 2026",
        "Voulez-vous recevoir par courriel",
    ):
        assert told in text


def test_the_file_holds_what_every_app_tells(page: Client, marie: Person) -> None:
    answer = page.get("/moi/donnees.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mes-donnees.json"'
    told = json.loads(answer.content)
    assert told == {holder.app: holder.tell(marie.pk) for holder in personal.holders()}
    assert set(told) == {"contacts", "delivery", "rounds"}


@pytest.mark.parametrize("name", ["Marie", "محمد", "Zoé 🌻"])
def test_the_sheet_says_the_same_on_paper(village: Village, name: str) -> None:
    person = builders.customer(village.florist, email=MARIE, given_name=name, note="Vient le samedi").person
    answer = visiting(person).get("/moi/donnees.pdf")
    text = "\n".join(one.extract_text() for one in PdfReader(BytesIO(answer.content)).pages)
    assert "Tout ce que Parvis tient sur vous" in text
    assert "Vient le samedi" in text
    assert "fleuriste" not in text


# --- Another address ------------------------------------------------------------------------------------------------


def test_a_new_address_is_taken_once_it_has_answered(page: Client, marie: Person) -> None:
    assert posted(page, "/moi/courriel/", email=NEW).headers["Location"] == "/moi/courriel/code/"
    code = code_in(notices(NEW)[-1])
    assert "n’ouvre pas" in words(posted(page, "/moi/courriel/code/", code=other_than(code)).content)
    assert marie.contact_points.get(kind="email").value == MARIE
    posted(page, "/moi/courriel/code/", code=code)
    assert marie.contact_points.get(kind="email").value == NEW
    assert CustomerRecord.objects.get(person=marie).email == NEW
    assert f"vos annonces iront à {NEW}" in read(page, "/moi/")


def test_a_page_left_open_asks_a_code_on_the_old_address_before_another(page: Client, marie: Person) -> None:
    later = clock.now() + LATELY
    with clock.frozen(later):
        for answer in (page.get("/moi/courriel/"), posted(page, "/moi/courriel/", email=NEW)):
            assert answer.headers["Location"] == "/moi/courriel/ancien/"
        assert notices(NEW) == []
        assert MARIE in read(page, "/moi/courriel/ancien/")
        assert page.get("/moi/courriel/ancien/code/").headers["Location"] == "/moi/courriel/ancien/"
        assert posted(page, "/moi/courriel/ancien/").headers["Location"] == "/moi/courriel/ancien/code/"
        code = code_in(notices(MARIE)[-1])
        assert "n’ouvre pas" in words(posted(page, "/moi/courriel/ancien/code/", code=other_than(code)).content)
        assert page.get("/moi/courriel/").status_code == 302
        assert posted(page, "/moi/courriel/ancien/code/", code=code).headers["Location"] == "/moi/courriel/"
        posted(page, "/moi/courriel/", email=NEW)
        posted(page, "/moi/courriel/code/", code=code_in(notices(NEW)[-1]))
    assert marie.contact_points.get(kind="email").value == NEW


def test_a_code_read_back_a_moment_ago_is_not_asked_again(page: Client) -> None:
    with clock.frozen(clock.now() + LATELY - SECOND * 5):
        assert page.get("/moi/courriel/").status_code == 200


def test_a_visit_ends_two_hours_after_its_code_whatever_is_done_there(page: Client) -> None:
    opened = clock.now()
    step = VISIT - MINUTE
    at = opened
    while at + step < opened + LONGEST - MINUTE:
        at += step
        with clock.frozen(at):
            assert posted(page, "/moi/tri/", tri="oui").headers["Location"] != "/moi/entrer/"
    with clock.frozen(opened + LONGEST - SECOND * 5):
        assert page.get("/moi/").status_code == 200
    with clock.frozen(opened + LONGEST):
        assert page.get("/moi/").headers["Location"] == "/moi/entrer/"


def test_an_address_of_someone_else_is_told_of_only_to_whoever_reads_it(page: Client, village: Village) -> None:
    builders.customer(village.florist, email=NEW, given_name="Paul")
    stranger = posted(page, "/moi/courriel/", email="inconnue@courriel.example")
    known = posted(page, "/moi/courriel/", email=NEW)
    assert (known.status_code, known.headers["Location"]) == (stranger.status_code, stranger.headers["Location"])
    answer = posted(page, "/moi/courriel/code/", code=code_in(notices(NEW)[-1]))
    assert "ouvre déjà une autre page" in words(answer.content)
    assert ContactPoint.objects.get(value=NEW).person.given_name == "Paul"


def test_the_fourth_new_address_of_a_day_waits_for_tomorrow(page: Client) -> None:
    for number in range(3):
        posted(page, "/moi/courriel/", email=f"voisin{number}@courriel.example")
    answer = words(posted(page, "/moi/courriel/", email="voisin3@courriel.example").content)
    assert EnoughCodes.sentence[:40] in answer
    assert notices("voisin3@courriel.example") == []


def test_the_code_page_is_for_whoever_asked_for_a_code(page: Client) -> None:
    assert page.get("/moi/courriel/code/").headers["Location"] == "/moi/courriel/"
    assert page.get("/moi/oublier/code/").headers["Location"] == "/moi/oublier/"
    posted(page, "/moi/courriel/", email=NEW)
    assert page.get("/moi/oublier/code/").headers["Location"] == "/moi/oublier/"


def test_a_telephone_and_a_postal_address_are_taken_back(page: Client, marie: Person) -> None:
    for kind in ("phone", "post"):
        point = marie.contact_points.get(kind=kind)
        posted(page, reverse("pages:me-forget-address", args=[point.pk]))
    assert [point.kind for point in marie.contact_points.all()] == ["email"]
    last = marie.contact_points.get()
    assert posted(page, reverse("pages:me-forget-address", args=[last.pk])).status_code == 409


# --- Forgotten ------------------------------------------------------------------------------------------------------


def test_oblivion_tells_what_goes_asks_a_fresh_code_and_says_goodbye(page: Client, marie: Person) -> None:
    assert "Ce qui disparaît" in read(page, "/moi/oublier/")
    before = len(notices(MARIE))
    assert posted(page, "/moi/oublier/").headers["Location"] == "/moi/oublier/code/"
    assert len(notices(MARIE)) == before + 1
    code = code_in(notices(MARIE)[-1])
    posted(page, "/moi/oublier/code/", code=other_than(code))
    marie.refresh_from_db()
    assert marie.erased_at is None
    gone = posted(page, "/moi/oublier/code/", code=code)
    assert gone.headers["Location"] == "/moi/adieu/"
    assert "Parvis ne sait plus rien de vous" in read(page, "/moi/adieu/")
    marie.refresh_from_db()
    assert (marie.given_name, marie.erased_at is None) == ("", False)
    assert not CustomerRecord.objects.exists()
    assert page.get("/moi/").headers["Location"] == "/moi/entrer/"
    assert AuditEntry.objects.get(verb="erase").actor == f"person:{marie.pk}"


def test_the_code_that_opened_the_page_erases_nothing(page: Client, marie: Person) -> None:
    opened = code_in(notices(MARIE)[-1])
    posted(page, "/moi/oublier/")
    if code_in(notices(MARIE)[-1]) != opened:
        posted(page, "/moi/oublier/code/", code=opened)
    marie.refresh_from_db()
    assert marie.erased_at is None


def test_asking_for_oblivion_again_and_again_is_refused_in_a_sentence(page: Client) -> None:
    for _ in range(3):
        posted(page, "/moi/oublier/")
    assert "Trois codes sont déjà partis" in words(posted(page, "/moi/oublier/").content)
