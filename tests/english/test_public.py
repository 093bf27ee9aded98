"""What a passer-by reads in English: when a shop opens, its window, the search, an announcement."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation

from parvis.announcements.rules import Kind
from parvis.directory.hours import Hours, day_in_words, state, week_in_words
from parvis.directory.windows import HoursOverlap, set_hours, set_special_day, show_window
from tests import builders
from tests.builders import BY
from tests.directory.test_hours import SPLIT, TUESDAY, USUAL, WEEK, at, day
from tests.pages.conftest import Village, village  # noqa: F401
from tests.pages.page import words
from tests.pages.showing import later

FRENCH_NOTE = '(<span lang="fr">au marché</span>)'


def read(client: Client, address: str) -> str:
    return words(client.get(address, headers={"accept-language": "en"}).content)


@pytest.mark.parametrize(
    ("hours", "text", "sentence"),
    [
        (USUAL, "08:59", "Closed, opens at 9 am"),
        (USUAL, "09:00", "Closes at 12:30 pm, opens again at 2:30 pm"),
        (USUAL, "13:00", "Closed, opens again at 2:30 pm"),
        (USUAL, "15:00", "Open until 7 pm"),
        (USUAL, "19:00", "Closed, opens tomorrow at 9 am"),
        (Hours({1: day("09:00-12:00")}), "13:00", "Closed, opens on Tuesday 1 December at 9 am"),
        (Hours({3: day("18:00-23:59")}), "13:00", "Closed, opens on Thursday at 6 pm"),
        (Hours({1: day("09:00-23:59")}), "13:00", "Open until midnight"),
        (Hours(special={TUESDAY: []}), "13:00", "Closed"),
    ],
)
def test_whether_one_may_push_the_door(hours: Hours, text: str, sentence: str) -> None:
    with translation.override("en"):
        found = state(hours, at(text))
    assert found and found.sentence.replace("\u00a0", " ") == sentence


def test_the_week() -> None:
    with translation.override("en"):
        week = week_in_words(WEEK).replace("\u00a0", " ")
        shut = day_in_words([])
        every_day = week_in_words(dict.fromkeys(range(7), SPLIT)).replace("\u00a0", " ")
    morning, all_day = "9 am to 12:30 pm", "9 am to 12:30 pm and 2:30 pm to 7 pm"
    assert week == f"Tuesday to Saturday, {all_day}; Sunday, {morning}. Closed on Monday."
    assert (shut, every_day) == ("closed", f"Every day, {all_day}.")


def test_a_refusal_of_hours_names_the_day() -> None:
    with translation.override("en"):
        refusal = HoursOverlap("Sunday 29 November", *day("09:00-12:00", "11:00-14:00"))
    said = refusal.sentence.replace("\u00a0", " ")
    assert said == "Sunday 29 November, 9 am to noon and 11 am to 2 pm overlap. Correct one of them."


@pytest.mark.django_db
def test_a_window_keeps_the_shops_own_words_in_french(client: Client, village: Village) -> None:  # noqa: F811
    shop = village.florist
    shop.trade = "fleuriste"
    shop.save()
    show_window(organisation=shop, by=BY, about="Ici on met les mains.", needs="magnum", old_sites=["a.example"])
    set_hours(organisation=shop, week={1: day("09:00-19:00")}, by=BY)
    set_special_day(organisation=shop, day=TUESDAY + dt.timedelta(days=7), openings=[], by=BY, note="Au marché")
    page = client.get("/vitrine/la-brassee/", headers={"accept-language": "en"}).text.replace("\u00a0", " ")
    assert f"Tuesday 1 December, closed {FRENCH_NOTE}" in page
    assert '<blockquote class="quotation" lang="fr">' in page
    shown = read(client, "/vitrine/la-brassee/")
    assert "Open until 7 pm" in shown and "An old site is still about (a.example)" in shown
    assert "Because people come for “ magnum ”" in read(client, "/recherche/?q=magnum")


@pytest.mark.django_db
def test_an_announcement_is_told_around_in_english(client: Client, village: Village) -> None:  # noqa: F811
    said = builders.announcement(
        village.wines, kind=Kind.OFFER, title="Le Japon", price="38 €", lowest_price="45 €", interests=["whiskys"]
    )
    page = read(client, f"/annonces/{said.pk}/")
    assert "An offer Le Japon" in page and "Lowest price of the last 30 days: 45 €" in page
    # The law asks for its sentence in French.
    assert "L’abus d’alcool est dangereux pour la santé, à consommer avec modération. Alcohol abuse" in page


@pytest.mark.django_db
def test_the_agenda_and_the_home_page(client: Client, village: Village) -> None:  # noqa: F811
    builders.announcement(village.florist, kind=Kind.WORKSHOP, title="Couronnes", starts_at=later(4), seats=1)
    assert "28 Saturday November 2026 Couronnes" in read(client, "/agenda/")
    assert "This week 1 coming up 28 Saturday November 2026 Couronnes" in read(client, "/")
