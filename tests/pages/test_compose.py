"""Say it once: each thing that misses is said in French, and nothing that was typed is lost."""

import datetime as dt
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from parvis.accounts.actions import reopen, suspend
from parvis.announcements.actions import Words, say_draft
from parvis.announcements.models import Announcement, Draft
from parvis.announcements.rules import Kind
from parvis.contacts.models import Interest
from parvis.core import clock
from parvis.delivery.actions import carry_due
from parvis.photos.models import Photo
from parvis.rounds.actions import run_due, take_crowd
from tests import builders
from tests.builders import BY, TUESDAY

from .composing import PHRASE, SAY, WHEN, begin, drafted, picture, say, ticked, whom
from .conftest import Village
from .page import queries, read, words


def test_each_answer_leads_to_the_next_question_and_the_last_says_it(owner: Client, village: Village) -> None:
    draft = begin(owner)
    assert "Question 1 sur 5" in read(owner, f"{draft}photo/")
    for asked, answer, then in (
        ("photo", {}, "phrase"),
        ("phrase", PHRASE | {"text": "Tout est fourni."}, "quand"),
        ("quand", WHEN, "pour-qui"),
        ("pour-qui", whom(), "relire"),
    ):
        assert owner.post(f"{draft}{asked}/", answer).headers["Location"] == f"{draft}{then}/"
    again = read(owner, f"{draft}relire/")
    assert "Question 5 sur 5" in again
    assert "Samedi 28 novembre, 14 h 30" in again
    assert "Pourquoi vous ? Vous aimez les fleurs" in again
    assert not Announcement.objects.exists()
    response = owner.post(f"{draft}relire/", follow=True)
    said = Announcement.objects.get()
    assert response.redirect_chain == [(f"/bureau/la-brassee/annonces/{said.pk}/", 302)]
    assert (said.title, said.seats, said.price, said.text) == ("Couronnes de l’hiver", 10, "35 €", "Tout est fourni.")
    assert said.starts_at == dt.datetime(2026, 11, 28, 14, 30, tzinfo=clock.PARIS)
    assert (said.said_by, said.mandate) == ("Odile Marchand", None)
    assert "C’est dit." in words(response.content)


def test_pressed_twice_or_after_stepping_back_it_is_said_once(owner: Client, village: Village) -> None:
    draft = drafted(owner)
    first = owner.post(f"{draft}relire/").headers["Location"]
    assert owner.post(f"{draft}relire/").headers["Location"] == first
    for step in ("photo", "phrase", "quand", "pour-qui", "relire"):
        assert owner.get(f"{draft}{step}/").headers["Location"] == first
        assert owner.post(f"{draft}{step}/", PHRASE | {"title": "Autre chose"}).headers["Location"] == first
    assert Announcement.objects.get().title == "Couronnes de l’hiver"


def test_behind_a_closed_page_nothing_is_said_and_the_draft_stays(owner: Client, village: Village) -> None:
    draft = drafted(owner)
    suspend(organisation=village.florist, why="Une raison", keeper=village.association, by=BY)
    answer = owner.post(f"{draft}relire/", follow=True)
    assert answer.status_code == 409
    assert "Votre page est fermée pour l’instant" in words(answer.content)
    assert not Announcement.objects.exists()
    reopen(organisation=village.florist, keeper=village.association, by=BY)
    assert "Couronnes de l’hiver" in read(owner, f"{draft}relire/")


def test_what_was_typed_is_there_after_the_back_button_though_no_browser_keeps_the_page(
    owner: Client, village: Village
) -> None:
    draft = drafted(owner)
    for step, typed in (("phrase", PHRASE["title"]), ("quand", WHEN["day"])):
        page = owner.get(f"{draft}{step}/")
        assert page.headers["Cache-Control"] == "private, no-store"
        assert f'value="{typed}"' in page.text


def test_two_presses_at_the_same_instant_leave_one_announcement(owner: Client, village: Village) -> None:
    """Both have read a draft that nobody had said yet."""
    drafted(owner)
    one, two = Draft.objects.get(), Draft.objects.get()
    what, about = Words(Kind.NEWS, "Les dahlias"), [builders.interest()]
    said, first = say_draft(draft=one, words=what, interests=about, by=BY)
    again, second = say_draft(draft=two, words=what, interests=about, by=BY)
    assert (said, first, second) == (again, True, False)
    assert Announcement.objects.count() == 1


def test_begin_pressed_twice_begins_once(owner: Client, village: Village) -> None:
    assert begin(owner) == begin(owner)
    assert Draft.objects.count() == 1


def test_a_delegate_speaks_under_the_mandate_and_it_is_written(delegate: Client, village: Village) -> None:
    say(delegate)
    said = Announcement.objects.get()
    assert said.mandate == village.mandate
    assert said.said_by == "Claire Vasseur (Les Enseignes du Plateau), pour La Brassée"


@pytest.mark.parametrize(
    ("step", "answer", "sentence"),
    [
        ("phrase", {"title": ""}, "Il manque la phrase : dites ce qui se passe, comme au comptoir."),
        ("phrase", {"title": "   "}, "Il manque la phrase : dites ce qui se passe, comme au comptoir."),
        ("phrase", {"kind": ""}, "Dites ce que c’est : une nouveauté, un atelier…"),
        ("quand", {"day": ""}, "Il manque le jour."),
        ("quand", {"hour": ""}, "Il manque l’heure."),
        ("quand", {"day": "31/02/2026"}, "Cette date ne se lit pas : écrivez-la comme 28/11/2026."),
        ("quand", {"hour": "midi"}, "Cette heure ne se lit pas : écrivez-la comme 14:30."),
        ("quand", {"day": "2026-11-20"}, "Cette date est déjà passée. Choisissez un jour à venir."),
        ("quand", {"day": "2029-11-20"}, "Cette date est dans plus d’un an : vérifiez l’année."),
        ("quand", {"ends": "13:00"}, "La fin vient avant le début : vérifiez les deux heures."),
        ("pour-qui", {"interests": []}, "Il manque un sujet : sans lui, on ne sait pas qui cela intéresse."),
    ],
)
def test_what_misses_is_said_at_its_own_question_and_nothing_is_lost(
    owner: Client, village: Village, step: str, answer: dict[str, Any], sentence: str
) -> None:
    draft = begin(owner)
    owner.post(f"{draft}phrase/", PHRASE)
    given = {"phrase": PHRASE | {"text": "Venez avec vos mains."}, "quand": WHEN, "pour-qui": whom()}[step] | answer
    response = owner.post(f"{draft}{step}/", given)
    assert response.status_code == 200
    assert sentence in words(response.content)
    assert "autofocus" in response.text
    for kept in ("Venez avec vos mains.",) if step == "phrase" else ('value="35 €"',) if step == "quand" else ():
        assert kept in response.text
    assert not Announcement.objects.exists()


def test_an_offer_asks_for_the_lowest_price_and_nothing_else_does(owner: Client, village: Village) -> None:
    lowest = "Votre prix le plus bas des 30 derniers jours"
    draft = begin(owner)
    owner.post(f"{draft}phrase/", PHRASE | {"kind": "offer"})
    assert lowest in read(owner, f"{draft}quand/")
    refused = words(owner.post(f"{draft}quand/", {"price": "10 €"}).content)
    assert "Il manque le prix le plus bas des 30 derniers jours : la loi le demande pour une offre." in refused
    owner.post(f"{draft}phrase/", PHRASE)
    assert lowest not in read(owner, f"{draft}quand/")


def test_alcohol_and_children_are_refused_at_the_question_that_ticks_them(owner: Client, village: Village) -> None:
    draft = begin(owner)
    owner.post(f"{draft}phrase/", PHRASE)
    owner.post(f"{draft}quand/", WHEN)
    page = words(owner.post(f"{draft}pour-qui/", whom("whiskys", children="on")).content)
    assert "La loi ne permet pas d’annoncer de l’alcool à côté d’une activité pour enfants." in page
    assert "Faites deux annonces, ou retirez l’un des deux." in page
    assert "Question 4 sur 5" in page
    assert "Question 4 sur 5" in read(owner, f"{draft}relire/")


def test_a_question_that_was_skipped_is_asked_before_anything_is_said(owner: Client, village: Village) -> None:
    draft = begin(owner)
    assert owner.get(f"{draft}relire/").headers["Location"] == f"{draft}phrase/"
    owner.post(f"{draft}phrase/", PHRASE)
    assert owner.get(f"{draft}relire/").headers["Location"] == f"{draft}quand/"
    assert "Question 3 sur 5" in words(owner.post(f"{draft}relire/").content)
    assert not Announcement.objects.exists()


def test_a_date_that_passed_while_the_draft_waited_is_asked_again(owner: Client, village: Village) -> None:
    draft = drafted(owner)
    with clock.frozen(TUESDAY + dt.timedelta(days=8)):
        page = words(owner.post(f"{draft}relire/").content)
    assert "Cette date est déjà passée. Choisissez un jour à venir." in page
    assert "Question 3 sur 5" in page
    assert not Announcement.objects.exists()


def test_the_day_that_the_sentence_names_is_proposed(owner: Client, village: Village) -> None:
    draft = begin(owner)
    owner.post(f"{draft}phrase/", PHRASE | {"title": "Atelier samedi à 14 h 30"})
    page = owner.get(f"{draft}quand/").text
    assert 'value="2026-11-28"' in page
    assert 'value="14:30"' in page
    assert "J’ai lu une date dans votre phrase." in page


def test_the_subjects_that_the_sentence_names_come_first_and_ticked(owner: Client, village: Village) -> None:
    draft = begin(owner)
    owner.post(f"{draft}phrase/", PHRASE | {"title": "Un atelier floral et du whisky"})
    assert ticked(owner, f"{draft}pour-qui/") == {"Ateliers floraux", "Whiskys"}
    owner.post(f"{draft}pour-qui/", whom("fleurs"))
    assert ticked(owner, f"{draft}pour-qui/") == {"Fleurs"}


def test_the_subjects_of_a_shop_come_before_the_tree(owner: Client, village: Village) -> None:
    builders.announcement(village.florist, interests=["jardin"])
    draft = begin(owner)
    owner.post(f"{draft}phrase/", PHRASE | {"title": "Abracadabra"})
    page = read(owner, f"{draft}pour-qui/")
    assert page.index("Vos sujets habituels") < page.index("Jardin") < page.index("Tous les sujets")


def test_no_subject_is_asked_twice_on_one_page(owner: Client, village: Village) -> None:
    builders.announcement(village.florist, interests=["fleurs"])
    draft = begin(owner)
    owner.post(f"{draft}phrase/", PHRASE | {"title": "Un atelier floral"})
    boxes = re.findall(r'name="interests" value="(\d+)"', owner.get(f"{draft}pour-qui/").text)
    assert len(boxes) == len(set(boxes)) == Interest.objects.filter(retired=False).count()


@pytest.mark.parametrize("size", [(12000, 900), (90, 160)])
def test_a_photo_of_any_shape_comes_with_its_author_and_right(
    owner: Client, village: Village, size: tuple[int, int]
) -> None:
    draft = drafted(owner)
    owner.post(f"{draft}photo/", {"file": picture(size), "alt": "Un bouquet", "author": "Odile", "right": "mine"})
    assert 'class="compose__picture"' in owner.get(f"{draft}relire/").text
    owner.post(f"{draft}relire/")
    photo = Announcement.objects.get().photo
    assert photo and (photo.author, photo.right) == ("Odile", "mine")


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"alt": "Un bouquet"}, "Choisissez une photo."),
        ({"file": True}, "Dites si vous l’avez prise vous-même ou si elle est libre de tous droits."),
    ],
)
def test_a_photo_half_described_is_not_dropped_in_silence(
    owner: Client, village: Village, about: dict[str, Any], sentence: str
) -> None:
    about = {name: picture() if name == "file" else value for name, value in about.items()}
    draft = begin(owner)
    assert sentence in words(owner.post(f"{draft}photo/", {"author": "Odile Marchand"} | about).content)


def test_a_photo_that_came_without_its_words_need_not_be_sent_again(owner: Client, village: Village) -> None:
    draft = begin(owner)
    page = words(owner.post(f"{draft}photo/", {"file": picture(), "author": "Odile"}).content)
    assert "Votre photo est arrivée." in page
    owner.post(f"{draft}photo/", {"alt": "Un bouquet", "author": "Odile", "right": "mine"})
    assert Draft.objects.get().photo


def test_a_photo_is_changed_or_taken_out_and_the_one_before_is_withdrawn(owner: Client, village: Village) -> None:
    draft = begin(owner)
    for alt in ("Un bouquet", "Un autre"):
        owner.post(f"{draft}photo/", {"file": picture(), "alt": alt, "author": "Odile", "right": "mine"})
    assert [photo.alt for photo in Photo.objects.filter(withdrawn_at=None)] == ["Un autre"]
    owner.post(f"{draft}photo/", {"without": "1"})
    assert Draft.objects.get().photo is None
    assert not Photo.objects.filter(withdrawn_at=None).exists()


def test_what_was_begun_is_found_again_and_may_be_dropped(owner: Client, village: Village) -> None:
    draft = begin(owner)
    assert "Commencé, et pas encore dit" not in read(owner, SAY)
    owner.post(f"{draft}phrase/", PHRASE)
    assert "Couronnes de l’hiver" in read(owner, SAY)
    assert "rien n’a été dit" in words(owner.post(f"{draft}effacer/", follow=True).content)
    assert not Draft.objects.exists()
    assert owner.get(f"{draft}photo/").status_code == 404


def test_what_was_said_is_not_dropped_with_its_draft(owner: Client, village: Village) -> None:
    draft = drafted(owner)
    owner.post(f"{draft}relire/")
    owner.post(f"{draft}effacer/")
    assert Draft.objects.get().said == Announcement.objects.get()


def test_who_would_hear_is_told_by_tens_before_it_is_said(owner: Client, village: Village) -> None:
    for _ in range(13):
        builders.customer(village.florist, likes=["fleurs"])
    for _ in range(15):
        builders.customer(village.florist, consent=False)
    draft = drafted(owner)
    assert "la première fois, le nombre vient juste après" in read(owner, f"{draft}relire/")
    take_crowd(organisation=village.florist, by=BY)
    for address in ("relire/", f"entendront/?interests={builders.interest().pk}"):
        page = read(owner, draft + address)
        assert "10 personnes de votre fichier, à la dizaine" in page
        assert "10 N’ont pas donné leur accord" in page
        assert not re.search(r"\b1[35]\b", page), address


def test_one_customer_more_or_less_does_not_show_before_it_is_said(owner: Client, village: Village) -> None:
    """By hand, one subject and then two: the difference of two numbers would be a person."""
    for _ in range(12):
        builders.customer(village.florist, likes=["fleurs"])
    builders.customer(village.florist, likes=["jardin"])
    for _ in range(12):
        builders.customer(village.florist, consent=False)
    take_crowd(organisation=village.florist, by=BY)
    draft = drafted(owner)
    fleurs, jardin = builders.interest("fleurs").pk, builders.interest("jardin").pk
    one = read(owner, f"{draft}entendront/?interests={fleurs}")
    assert one == read(owner, f"{draft}entendront/?interests={fleurs}&interests={jardin}")


def test_the_questions_open_only_for_those_who_may_announce(client: Client, merchant: Client, owner: Client) -> None:
    assert client.get(SAY).headers["Location"] == f"/connexion/?next={SAY}"
    draft = begin(owner)
    for method in (merchant.get, merchant.post):
        assert method(SAY).status_code == 404
        assert method(f"{draft}photo/").status_code == 404
        assert method(draft.replace("la-brassee", "cave-du-tilleul") + "photo/").status_code == 404
    assert merchant.post(f"{draft}effacer/").status_code == 404
    assert merchant.get(f"{draft}entendront/").status_code == 404
    assert owner.get(f"{draft}ailleurs/").status_code == 404


def test_each_question_costs_few_queries(owner: Client, delegate: Client, village: Village) -> None:
    take_crowd(organisation=village.florist, by=BY)
    for client in (owner, delegate):
        draft = drafted(client)
        for address in (SAY, *(f"{draft}{step}/" for step in ("photo", "phrase", "quand", "pour-qui", "relire"))):
            assert queries(client, address) <= 10, address


def test_what_ends_after_midnight_is_announced_on_its_first_day(
    owner: Client, village: Village, outbox: Path, client: Client
) -> None:
    evening = {"day": "2026-12-31", "hour": "20:00", "ends": "02:00"}
    eve = {"title": "Réveillon de la Saint-Sylvestre", "kind": "event"}
    told = "Jeudi 31 décembre, de 20 h à 2 h"
    draft = drafted(owner, phrase=eve, quand=evening)
    assert read(owner, f"{draft}relire/").count(told) == 3
    owner.post(f"{draft}relire/")
    said = Announcement.objects.get()
    assert said.ends_at == dt.datetime(2027, 1, 1, 2, tzinfo=clock.PARIS)
    page = client.get(f"/annonces/{said.pk}/").content.decode()
    assert told in words(page.encode())
    assert '"endDate": "2027-01-01T02:00+01:00"' in page
    agenda = client.get("/agenda/").text
    assert agenda.count('class="slip ') == 1
    assert "20 h" in words(agenda.encode())
    builders.customer(village.florist, likes=["fleurs"])
    builders.due_round(village.florist.territory)
    run_due()
    carry_due()
    (letter,) = [message_from_bytes(path.read_bytes(), policy=default) for path in outbox.glob("mail/new/round*")]
    body = letter.get_body(("plain",))
    assert body
    assert told in body.get_content().replace("\u00a0", " ")
