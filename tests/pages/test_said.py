"""The page of what a shop said: who will hear it, who heard it, and taking it back."""

import datetime as dt
from typing import Any

from django.test import Client

from parvis.announcements.actions import withdraw as withdraw_announcement
from parvis.announcements.models import Announcement
from parvis.contacts.actions import withdraw
from parvis.contacts.rules import Source
from parvis.core import clock
from parvis.delivery.actions import carry_due
from parvis.rounds.actions import run_due, take_crowd
from parvis.rounds.models import Crowd
from tests import builders
from tests.builders import BY, TUESDAY

from .composing import PHRASE, WHEN, begin, drafted, say
from .conftest import Village
from .page import queries, read, words


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
    page = say(owner)
    assert "12 personnes de votre fichier" in page
    assert "Comptée sur votre fichier du mardi 24 novembre." in page
    # Nine more, days later: a second announcement on the same subject is counted as the first.
    with clock.frozen(TUESDAY + dt.timedelta(days=2)):
        for _ in range(9):
            builders.customer(village.florist, likes=["fleurs"])
        again = say(owner)
        assert "12 personnes de votre fichier" in again
        assert "Comptée sur votre fichier du mardi 24 novembre." in again
        builders.customer(village.florist, likes=["fleurs"])
        anew = say(owner)
    assert "22 personnes de votre fichier" in anew
    assert "Comptée sur votre fichier du jeudi 26 novembre." in anew


def test_a_refused_announcement_counts_nothing(owner: Client, village: Village) -> None:
    owner.post(f"{drafted(owner, quand={'day': '2026-11-20'})}relire/")
    assert not Announcement.objects.exists()
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
    draft = begin(owner)
    owner.post(f"{draft}phrase/", PHRASE)
    page = owner.post(f"{draft}quand/", WHEN | {"day": "2026-11-20"}).text
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
