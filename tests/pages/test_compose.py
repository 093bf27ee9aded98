"""Say it once: each thing that misses is said in French, and nothing that was typed is lost."""

import datetime as dt
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from parvis.announcements.actions import withdraw as withdraw_announcement
from parvis.announcements.models import Announcement
from parvis.contacts.actions import withdraw
from parvis.contacts.rules import Source
from parvis.core import clock
from parvis.delivery.actions import carry_due
from parvis.photos.models import Photo
from parvis.rounds.actions import run_due, take_crowd
from parvis.rounds.models import Crowd
from tests import builders
from tests.builders import BY, TUESDAY

from .conftest import Village
from .page import queries, read, words

SAY = "/bureau/la-brassee/dire/"


def typed(**changes: Any) -> dict[str, Any]:
    """What somebody types for a workshop next Saturday."""
    stated: dict[str, Any] = {
        "kind": "workshop",
        "title": "Couronnes de l’hiver",
        "day": "2026-11-28",
        "hour": "14:30",
        "seats": "10",
        "price": "35 €",
        "interests": [builders.interest("fleurs").pk],
    }
    return {name: value for name, value in (stated | changes).items() if value is not None}


def refused(client: Client, **changes: Any) -> str:
    response = client.post(SAY, typed(**changes))
    assert response.status_code == 200
    assert not Announcement.objects.exists()
    return words(response.content)


def ticked(client: Client, **changes: Any) -> set[str]:
    page = client.post(SAY, typed(**changes)).text
    boxes = re.findall(r'value="\d+" checked><span class="choice__text"><span class="choice__label">([^<]+)', page)
    return set(boxes)


def picture() -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (60, 40), "coral").save(data, "JPEG")
    return SimpleUploadedFile("bouquet.jpg", data.getvalue(), "image/jpeg")


def test_what_is_said_is_kept_and_leads_to_who_will_hear(owner: Client, village: Village) -> None:
    response = owner.post(SAY, typed(text="Tout est fourni."), follow=True)
    said = Announcement.objects.get()
    assert response.redirect_chain == [(f"/bureau/la-brassee/annonces/{said.pk}/", 302)]
    assert (said.title, said.seats, said.price, said.text) == ("Couronnes de l’hiver", 10, "35 €", "Tout est fourni.")
    assert said.starts_at == dt.datetime(2026, 11, 28, 14, 30, tzinfo=clock.PARIS)
    assert (said.said_by, said.mandate) == ("Odile Marchand", None)
    assert "C’est dit." in words(response.content)


def test_a_delegate_speaks_under_the_mandate_and_it_is_written(delegate: Client, village: Village) -> None:
    delegate.post(SAY, typed())
    said = Announcement.objects.get()
    assert said.mandate == village.mandate
    assert said.said_by == "Claire Vasseur (Les Enseignes du Plateau), pour La Brassée"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Il manque la phrase : dites ce qui se passe, comme au comptoir."),
        ({"title": "   "}, "Il manque la phrase : dites ce qui se passe, comme au comptoir."),
        ({"kind": None}, "Dites ce que c’est : une nouveauté, un atelier…"),
        ({"day": ""}, "Il manque le jour."),
        ({"hour": ""}, "Il manque l’heure."),
        ({"kind": "arrival", "hour": ""}, "Il manque l’heure."),
        ({"kind": "arrival", "day": ""}, "Il manque le jour."),
        ({"day": "31/02/2026"}, "Cette date ne se lit pas : écrivez-la comme 28/11/2026."),
        ({"hour": "midi"}, "Cette heure ne se lit pas : écrivez-la comme 14:30."),
        ({"day": "2026-11-20"}, "Cette date est déjà passée. Choisissez un jour à venir."),
        ({"kind": "offer"}, "Il manque le prix le plus bas des 30 derniers jours : la loi le demande pour une offre."),
        ({"interests": None}, "Il manque un sujet : sans lui, on ne sait pas qui cela intéresse."),
    ],
)
def test_what_misses_is_said_in_french(owner: Client, changes: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(owner, **changes)


def test_alcohol_and_children_are_never_said_together(owner: Client, village: Village) -> None:
    page = refused(owner, interests=[builders.interest("whiskys").pk], children="on")
    assert "La loi ne permet pas d’annoncer de l’alcool à côté d’une activité pour enfants." in page
    assert "Faites deux annonces, ou retirez l’un des deux." in page


@pytest.mark.parametrize("changes", [{"day": "2026-11-20"}, {"interests": None}, {"kind": "offer"}])
def test_a_refusal_keeps_what_was_typed(owner: Client, changes: dict[str, Any]) -> None:
    page = owner.post(SAY, typed(text="Venez avec vos mains.", **changes)).text
    assert 'value="Couronnes de l’hiver"' in page
    assert "Venez avec vos mains." in page
    assert 'value="14:30"' in page
    assert 'value="35 €"' in page


def test_without_a_subject_those_that_the_sentence_names_are_ticked(owner: Client, village: Village) -> None:
    assert ticked(owner, interests=None, title="Un atelier floral et du whisky") == {"Ateliers floraux", "Whiskys"}
    assert ticked(owner, interests=None, title="Abracadabra") == set()


def test_a_subject_that_was_chosen_is_not_replaced_by_what_the_sentence_names(owner: Client, village: Village) -> None:
    assert ticked(owner, title="Atelier floral", hour="") == {"Fleurs"}


def test_a_photo_comes_with_its_author_and_right(owner: Client, village: Village) -> None:
    owner.post(SAY, typed(file=picture(), alt="Un bouquet", author="Odile Marchand", right="mine"))
    photo = Announcement.objects.get().photo
    assert photo and (photo.author, photo.right) == ("Odile Marchand", "mine")


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
    assert sentence in refused(owner, **about)


def test_a_refused_announcement_leaves_no_photo_behind(owner: Client, village: Village) -> None:
    photo = {"file": picture(), "alt": "Un bouquet", "author": "Odile Marchand", "right": "mine"}
    refused(owner, day="2026-11-20", **photo)
    assert not Photo.objects.filter(withdrawn_at=None).exists()


def test_the_form_opens_only_for_those_who_may_announce(client: Client, merchant: Client, village: Village) -> None:
    assert client.get(SAY).headers["Location"] == f"/connexion/?next={SAY}"
    for method in (merchant.get, merchant.post):
        assert method(SAY).status_code == 404


def test_the_form_costs_few_queries(owner: Client, delegate: Client, village: Village) -> None:
    assert queries(owner, SAY) <= 10
    assert queries(delegate, SAY) <= 10


def said_page(village: Village, client: Client, **words_said: Any) -> str:
    one = builders.announcement(village.florist, **words_said)
    take_crowd(organisation=village.florist, by=BY)
    return read(client, f"/bureau/la-brassee/annonces/{one.pk}/")


def test_a_shop_sees_how_many_will_hear_and_why_the_others_will_not(owner: Client, village: Village) -> None:
    for _ in range(12):
        builders.customer(village.florist, likes=["fleurs"])
    for _ in range(11):
        builders.customer(village.florist, consent=False)
    page = said_page(village, owner)
    assert "12 personnes de votre fichier" in page
    assert "12 L’entendront" in page
    assert "11 N’ont pas donné leur accord à ce commerce" in page


def test_few_are_told_without_any_count(owner: Client, village: Village) -> None:
    for _ in range(3):
        builders.customer(village.florist, likes=["fleurs"])
    for _ in range(14):
        builders.customer(village.florist, consent=False)
    page = said_page(village, owner)
    assert "Moins de dix personnes de votre fichier." in page
    assert "N’ont pas donné leur accord à ce commerce" in page
    assert "14" not in page.replace("14 h", "")


def test_nearly_everyone_is_told_without_any_count(owner: Client, village: Village) -> None:
    for _ in range(13):
        builders.customer(village.florist, likes=["fleurs"])
    builders.customer(village.florist, consent=False)
    page = said_page(village, owner)
    assert "Tout votre fichier, ou presque." in page
    assert "13" not in page


def test_saying_it_counts_the_file_and_the_page_tells_of_which_day(owner: Client, village: Village) -> None:
    for _ in range(12):
        builders.customer(village.florist, likes=["fleurs"])
    for _ in range(11):
        builders.customer(village.florist, consent=False)
    page = words(owner.post(SAY, typed(), follow=True).content)
    assert "12 personnes de votre fichier" in page
    assert "Comptée sur votre fichier du mardi 24 novembre." in page
    # Nine more, days later: a second announcement on the same subject is counted as the first.
    with clock.frozen(TUESDAY + dt.timedelta(days=2)):
        for _ in range(9):
            builders.customer(village.florist, likes=["fleurs"])
        again = words(owner.post(SAY, typed(), follow=True).content)
        assert "12 personnes de votre fichier" in again
        assert "Comptée sur votre fichier du mardi 24 novembre." in again
        builders.customer(village.florist, likes=["fleurs"])
        anew = words(owner.post(SAY, typed(), follow=True).content)
    assert "22 personnes de votre fichier" in anew
    assert "Comptée sur votre fichier du jeudi 26 novembre." in anew


def test_a_refused_announcement_counts_nothing(owner: Client, village: Village) -> None:
    refused(owner, day="2026-11-20")
    assert not Crowd.objects.exists()


def test_what_was_said_before_any_count_says_so_and_looking_counts_nothing(owner: Client, village: Village) -> None:
    one = builders.announcement(village.florist)
    page = read(owner, f"/bureau/la-brassee/annonces/{one.pk}/")
    assert "Pas encore comptée. Elle le sera quand votre fichier sera compté à nouveau" in page
    assert "personnes de votre fichier" not in page
    assert not Crowd.objects.exists()


def test_after_a_round_the_page_no_longer_promises_the_next_one(owner: Client, village: Village) -> None:
    for _ in range(12):
        builders.customer(village.florist, likes=["fleurs"])
    before = said_page(village, owner)
    assert "Qui va l’entendre ? Les dahlias sont là" in before
    assert "Part à la prochaine tournée." in before
    builders.due_round(village.florist.territory)
    run_due()
    after = read(owner, f"/bureau/la-brassee/annonces/{Announcement.objects.get().pk}/")
    assert "Qui l’entend ? Les dahlias sont là" in after
    assert "Part à la prochaine tournée." not in after


def test_what_left_is_told_in_steps_once_the_round_ran_and_why_it_may_differ(owner: Client, village: Village) -> None:
    for _ in range(12):
        builders.customer(village.florist, likes=["fleurs"])
    before = said_page(village, owner)
    assert "Ce qui part peut différer de ce nombre" in before
    assert "Elle est partie" not in before
    address = f"/bureau/la-brassee/annonces/{Announcement.objects.get().pk}/"
    builders.due_round(village.florist.territory)
    run_due()
    assert "Elle est partie vers au moins 10 personnes." in read(owner, address)
    # Five who said no since they were chosen are told by no difference.
    for record in village.florist.customer_records.all()[:5]:
        withdraw(person=record.person, sender=village.florist, source=Source.LINK, by=BY)
    carry_due()
    assert "Elle est partie vers moins de dix personnes." in read(owner, address)


def test_what_was_taken_back_before_its_round_is_said_to_have_gone_to_nobody(owner: Client, village: Village) -> None:
    one = builders.announcement(village.florist)
    take_crowd(organisation=village.florist, by=BY)
    withdraw_announcement(announcement=one, by=BY)
    with clock.frozen(TUESDAY + dt.timedelta(hours=1)):
        builders.due_round(village.florist.territory)
        run_due()
        page = read(owner, f"/bureau/la-brassee/annonces/{one.pk}/")
    assert "Annonce retirée" in page
    assert "Elle n’est partie vers personne, et ne partira pas." in page
    assert "l’entend" not in page


def test_what_was_taken_back_after_its_round_says_whom_it_had_reached(owner: Client, village: Village) -> None:
    for _ in range(12):
        builders.customer(village.florist, likes=["fleurs"])
    one = builders.announcement(village.florist)
    builders.due_round(village.florist.territory)
    run_due()
    carry_due()
    with clock.frozen(TUESDAY + dt.timedelta(hours=1)):
        withdraw_announcement(announcement=one, by=BY)
        page = read(owner, f"/bureau/la-brassee/annonces/{one.pk}/")
    assert "Elle était déjà partie vers au moins 10 personnes." in page
    assert "Qui l’entend" not in page


def test_a_refusal_is_said_beside_what_it_is_about(owner: Client, village: Village) -> None:
    page = owner.post(SAY, typed(day="2026-11-20")).text
    field = page[page.index('name="day"') - 900 : page.index('name="hour"')]
    assert "Cette date est déjà passée." in field


def test_another_shop_may_not_see_who_hears(merchant: Client, village: Village) -> None:
    one = builders.announcement(village.florist)
    for slug in ("la-brassee", "cave-du-tilleul"):
        read(merchant, f"/bureau/{slug}/annonces/{one.pk}/", status=404)
        assert merchant.post(f"/bureau/{slug}/annonces/{one.pk}/retirer/").status_code == 404
    one.refresh_from_db()
    assert one.withdrawn_at is None


def test_who_hears_costs_the_same_for_any_number_of_customers(owner: Client, village: Village) -> None:
    one = builders.announcement(village.florist)
    address = f"/bureau/la-brassee/annonces/{one.pk}/"
    take_crowd(organisation=village.florist, by=BY)
    few = queries(owner, address)
    for _ in range(12):
        builders.customer(village.florist, likes=["fleurs"])
    take_crowd(organisation=village.florist, by=BY)
    assert len(Crowd.objects.get().rows) == 12
    # What was frozen is in one row: nothing of the file is read again.
    assert queries(owner, address) == few <= 14


def test_an_announcement_is_taken_back_once_and_leaves_the_public_pages(owner: Client, village: Village) -> None:
    one = builders.announcement(village.florist, title="Les dahlias sont là")
    for _ in range(2):
        response = owner.post(f"/bureau/la-brassee/annonces/{one.pk}/retirer/", follow=True)
        assert "L’annonce est retirée." in words(response.content)
    assert "Les dahlias sont là" not in read(owner, "/vitrine/la-brassee/")
    assert read(owner, f"/annonces/{one.pk}/", status=404)
    page = read(owner, f"/bureau/la-brassee/annonces/{one.pk}/")
    assert "Retirée" in page
    assert "Part à la prochaine tournée" not in page
