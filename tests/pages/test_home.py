"""The home page, the agenda, a commune's page, who is open."""

import datetime as dt

import pytest
from django.test import Client

from parvis.announcements.actions import withdraw
from parvis.announcements.rules import Kind
from parvis.core import clock
from parvis.directory.models import Business
from parvis.directory.windows import set_hours, set_special_day
from parvis.territory.models import Commune
from tests import builders
from tests.builders import BY, TUESDAY
from tests.directory.test_hours import day

from .conftest import Village
from .page import read
from .showing import later, photo

HOME = "/"


# --- Home -------------------------------------------------------------------------------------------------------------
def test_the_home_page_tells_what_comes_and_what_is_new(client: Client, village: Village) -> None:
    builders.announcement(village.florist, kind=Kind.WORKSHOP, title="Couronnes", starts_at=later(), seats=10)
    builders.announcement(village.florist, title="Les dahlias sont là")
    page = read(client, HOME)
    assert "Cette semaine 1 rendez-vous" in page
    assert "Couronnes La Brassée, Villecresnes 18 h 10 places" in page
    assert page.index("Les dahlias sont là") > page.index("Couronnes")


def test_a_day_has_one_slip_however_many_speak_that_day(client: Client, village: Village) -> None:
    for shop in (village.florist, village.wines):
        builders.announcement(shop, kind=Kind.EVENT, title=f"Chez {shop}", starts_at=later())
    page = client.get(HOME).text
    assert page.count('class="slip ') == 1
    assert page.count('class="day__line"') == 2


def test_what_leads_has_a_picture_and_is_not_told_twice(client: Client, village: Village) -> None:
    builders.announcement(village.wines, kind=Kind.EVENT, title="Sans image", starts_at=later(1))
    lead = builders.announcement(village.florist, kind=Kind.EVENT, title="Couronnes", starts_at=later(2))
    lead.photo = photo(village.florist)
    lead.save()
    page = client.get(HOME).text
    assert page.index("Couronnes") < page.index("Sans image")
    assert page.count("Couronnes</a>") == 1
    assert "Photo Odile Marchand" in page


def test_without_an_appointment_the_newest_arrival_leads(client: Client, village: Village) -> None:
    fresh = builders.announcement(village.florist, kind=Kind.ARRIVAL, title="Les renoncules")
    fresh.photo = photo(village.florist)
    fresh.save()
    page = read(client, HOME)
    assert "Une nouveauté Les renoncules" in page
    assert "Pas de rendez-vous pour l’instant." in page


def test_what_is_farther_than_a_week_is_for_soon(client: Client, village: Village) -> None:
    builders.announcement(village.florist, kind=Kind.EVENT, title="Réveillon", starts_at=later(8))
    assert "Bientôt" in (page := read(client, HOME)) and "Décembre" in page
    builders.announcement(village.florist, kind=Kind.EVENT, title="Couronnes", starts_at=later(6))
    page = read(client, HOME)
    assert "Cette semaine 2 rendez-vous" in page
    assert "Couronnes" in page and "Réveillon" not in page


def test_what_is_over_or_taken_back_leaves_the_home_page(client: Client, village: Village) -> None:
    gone = builders.announcement(village.florist, title="Reprise")
    withdraw(announcement=gone, by=BY)
    builders.announcement(village.florist, title="Finie", useful_until=later(1))
    with clock.frozen(later(2)):
        page = read(client, HOME)
    assert "Reprise" not in page
    assert "Finie" not in page
    assert "Pas de rendez-vous pour l’instant." in page


def test_alcohol_goes_with_its_sentence_and_never_leads_the_home_page(client: Client, village: Village) -> None:
    said = {"kind": Kind.EVENT, "title": "Cinq whiskys", "starts_at": later()}
    one = builders.announcement(village.wines, interests=["whiskys"], **said)
    one.photo = photo(village.wines)
    one.save()
    page = client.get(HOME).text
    assert page.count("L’abus d’alcool est dangereux pour la santé, à consommer avec modération") == 1
    assert "lead__when" not in page


def test_the_home_page_says_whose_door_is_open(client: Client, village: Village) -> None:
    set_hours(organisation=village.florist, week={1: day("09:00-19:00")}, by=BY)
    set_hours(organisation=village.wines, week={1: day("19:00-22:00")}, by=BY)
    page = read(client, HOME)
    assert "Ouvert maintenant 1 commerce La Brassée Villecresnes Ouvert jusqu’à 19 h" in page
    assert "Cave du Tilleul" not in page


def test_by_night_the_home_page_says_who_opens_first(client: Client, village: Village) -> None:
    set_hours(organisation=village.florist, week={2: day("10:00-19:00")}, by=BY)
    set_hours(organisation=village.wines, week={2: day("09:00-19:00")}, by=BY)
    page = read(client, HOME)
    assert page.index("Fermé, ouvre demain à 9 h") < page.index("Fermé, ouvre demain à 10 h")


def test_the_map_counts_windows_and_listed_businesses_once(client: Client, village: Village) -> None:
    for number, organisation in enumerate((None, village.florist)):
        Business.objects.create(
            siret=f"{number:014d}",
            name="Fleurs",
            active=True,
            listed=True,
            commune_id="94075",
            organisation=organisation,
        )
    page = read(client, HOME)
    assert "Villecresnes 3 3 commerces" in page  # two windows, one business that nobody claimed
    assert "Mandres-les-Roses 0 aucun commerce" in page


def test_without_contours_the_list_stands_alone(client: Client, village: Village) -> None:
    assert '<svg class="map"' in client.get(HOME).text
    Commune.objects.update(contour=None)
    page = client.get(HOME).text
    assert '<svg class="map"' not in page
    assert 'href="/communes/villecresnes/"' in page


# --- Agenda -----------------------------------------------------------------------------------------------------------
def test_the_agenda_holds_every_date_under_its_month(client: Client, village: Village) -> None:
    for number, days in enumerate((2, 20, 40)):
        builders.announcement(village.florist, kind=Kind.EVENT, title=f"Fait {number}", starts_at=later(days))
    page = read(client, "/agenda/")
    order = [page.index(words) for words in ("Fait 0", "Décembre", "Fait 1", "Janvier", "Fait 2")]
    assert order == sorted(order)


def test_the_agenda_is_chosen_by_commune_and_by_subject(client: Client, village: Village) -> None:
    there = builders.shop(slug="le-fournil", commune=Commune.objects.get(insee="94047"))
    said = {"kind": Kind.EVENT, "starts_at": later()}
    builders.announcement(village.florist, title="Pivoines", interests=["fleurs-de-saison"], **said)
    builders.announcement(there, title="Levain", interests=["pains"], **said)
    assert "Levain" not in read(client, "/agenda/?commune=villecresnes")
    assert "Pivoines" not in read(client, "/agenda/?commune=mandres-les-roses")
    page = read(client, "/agenda/?envie=maison-et-jardin")
    assert "Pivoines" in page and "Levain" not in page
    assert "Pivoines" in read(client, "/agenda/?envie=fetes-et-saisons")  # it has two parents
    assert "Rien de tel pour l’instant." in read(client, "/agenda/?envie=animaux")
    for unknown in ("?commune=ailleurs", "?envie=politique", "?page=99"):
        assert "Levain" in read(client, f"/agenda/{unknown}")


def test_the_agenda_offers_only_subjects_that_something_speaks_of(client: Client, village: Village) -> None:
    builders.announcement(village.florist, kind=Kind.EVENT, title="Pivoines", starts_at=later())
    page = read(client, "/agenda/")
    assert "Maison et jardin" in page and "Animaux" not in page


def test_the_agenda_turns_its_pages_within_what_was_chosen(client: Client, village: Village) -> None:
    for number in range(31):
        builders.announcement(village.florist, kind=Kind.EVENT, title=f"Fait {number}", starts_at=later(number + 1))
    page = client.get("/agenda/?commune=villecresnes").text
    assert page.count('class="day__line"') == 30
    assert "commune=villecresnes&amp;page=2" in page
    assert client.get("/agenda/?commune=villecresnes&page=2").text.count('class="day__line"') == 1


# --- A commune --------------------------------------------------------------------------------------------------------
def test_a_commune_shows_its_own_and_the_open_first(client: Client, village: Village) -> None:
    there = builders.shop(slug="le-fournil", name="Le Fournil", commune=Commune.objects.get(insee="94047"))
    builders.announcement(there, title="Levain", kind=Kind.EVENT, starts_at=later())
    builders.announcement(village.florist, title="Dahlias")
    set_hours(organisation=village.wines, week={1: day("09:00-19:00")}, by=BY)
    page = read(client, "/communes/villecresnes/")
    assert "Dahlias" in page and "Levain" not in page and "Le Fournil" not in page
    assert page.index("Cave du Tilleul") < page.rindex("La Brassée")
    assert "2 commerces" in page
    assert read(client, "/communes/ailleurs/", status=404)


# --- Who is open ------------------------------------------------------------------------------------------------------
def test_a_holiday_is_neither_open_nor_shut(client: Client, village: Village) -> None:
    christmas = dt.datetime(2026, 12, 25, 10, tzinfo=clock.PARIS)
    set_hours(organisation=village.florist, week={4: day("09:00-19:00")}, by=BY)
    set_hours(organisation=village.wines, week={4: day("09:00-19:00")}, by=BY)
    set_special_day(organisation=village.wines, day=christmas.date(), openings=day("09:00-12:00"), by=BY)
    with clock.frozen(christmas):
        page = read(client, "/ouvert/")
    assert page.index("Ouvert jusqu’à 12 h") < page.index("Plus tard")
    assert page.index("Jour férié : téléphonez avant de venir") > page.index("Plus tard")


def test_who_has_said_no_hours_is_not_told_open_nor_shut(client: Client, village: Village) -> None:
    page = read(client, "/ouvert/")
    assert "La Brassée" not in page
    assert "Aucun commerce n’a encore dit ses horaires." in page
    assert "Tout est fermé" not in page and "n’ont pas dit leurs horaires" not in page


@pytest.mark.django_db
def test_a_territory_without_shops_says_nothing_that_is_not_there(client: Client) -> None:
    builders.territory()
    page = read(client, HOME)
    assert "Pas de rendez-vous pour l’instant." in page and "Aucun commerce ne tient encore sa vitrine ici." in page
    assert "ci-dessous" not in page and "Poussez une porte" not in page


@pytest.mark.parametrize(("hour", "open_"), [("18:59", True), ("19:00", False)])
def test_a_door_shuts_at_its_hour(client: Client, village: Village, hour: str, open_: bool) -> None:
    set_hours(organisation=village.florist, week={1: day("09:00-19:00")}, by=BY)
    hours, minutes = hour.split(":")
    with clock.frozen(TUESDAY.replace(hour=int(hours), minute=int(minutes))):
        page = client.get("/ouvert/").text
    assert ("state--open" in page) is open_


def test_a_month_is_named_again_a_year_later(client: Client, village: Village) -> None:
    for days in (3, 370):
        starts = TUESDAY + dt.timedelta(days=days)
        builders.announcement(village.florist, kind=Kind.EVENT, title=f"Dans {days} jours", starts_at=starts)
    assert "Novembre 2027" in read(client, "/agenda/")


def test_the_agenda_has_its_own_tab_and_the_logo_leads_home(client: Client, village: Village) -> None:
    agenda = client.get("/agenda/").text
    assert '<a class="masthead__link" href="/agenda/" aria-current="page">' in agenda
    assert '<a class="masthead__home" href="/">' in agenda
    home = client.get(HOME).text
    assert '<a class="masthead__home" href="/" aria-current="page">' in home
    assert '<a class="masthead__link" href="/agenda/">' in home
