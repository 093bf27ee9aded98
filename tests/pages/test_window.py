"""A shop's window: what it says of itself, its hours, who keeps it."""

import datetime as dt

from django.test import Client

from parvis.accounts.actions import revoke_mandate
from parvis.announcements.rules import Kind
from parvis.core import clock
from parvis.directory.models import Business
from parvis.directory.windows import set_hours, set_special_day, show_window
from tests import builders
from tests.builders import BY
from tests.directory.test_hours import day

from .conftest import Village
from .page import read
from .showing import later, photo
from .test_public import linked_data

WINDOW = "/vitrine/la-brassee/"


def arranged(village: Village) -> None:
    florist = village.florist
    florist.trade, florist.phone, florist.address = "fleuriste", "+33199001031", "18 rue du Lavoir"
    florist.legal_name, florist.registration = "Odile Marchand, entreprise individuelle", "RCS Créteil 000 012 345"
    florist.director = "Odile Marchand"
    florist.save()
    show_window(
        organisation=florist,
        by=BY,
        about="Ici, on met les mains dans les fleurs.",
        access="Parking devant, bus 23",
        old_sites=["brassee.example", "fleurs94.example"],
    )
    set_hours(organisation=florist, week={n: day("09:00-12:30", "14:30-19:00") for n in range(1, 6)}, by=BY)


def test_a_window_tells_all_that_one_needs_to_come(client: Client, village: Village) -> None:
    arranged(village)
    page = read(client, WINDOW)
    for words in (
        "La Brassée Fleuriste. Villecresnes",
        "« Ici, on met les mains dans les fleurs. »",
        "Ouvert jusqu’à 19 h",
        "Du mardi au samedi, 9 h à 12 h 30 et 14 h 30 à 19 h. Fermé le lundi et le dimanche.",
        "01 99 00 10 31",
        "18 rue du Lavoir, Villecresnes",
        "Parking devant, bus 23",
        "Deux anciens sites circulent encore (brassee.example, fleurs94.example) : la boutique ne les tient plus.",
        "Cette vitrine est tenue par Odile Marchand, entreprise individuelle, RCS Créteil 000 012 345.",
        "Direction de la publication : Odile Marchand.",
    ):
        assert words in page, words


def test_old_sites_are_told_and_never_linked(client: Client, village: Village) -> None:
    arranged(village)
    assert 'href="http://brassee' not in client.get(WINDOW).text
    show_window(organisation=village.florist, by=BY, old_sites=["brassee.example"])
    assert "Un ancien site circule encore (brassee.example) : la boutique ne le tient plus." in read(client, WINDOW)
    show_window(organisation=village.florist, by=BY)
    assert "circule" not in read(client, WINDOW)


def test_a_window_shows_what_the_shop_has_to_say_dates_first(client: Client, village: Village) -> None:
    builders.announcement(village.florist, title="Dahlias", price="9 € la botte")
    builders.announcement(village.florist, kind=Kind.EVENT, title="Plus tard", starts_at=later(9))
    builders.announcement(village.florist, kind=Kind.EVENT, title="Couronnes", starts_at=later(), seats=10)
    builders.announcement(village.wines, title="Pas d’elle")
    page = read(client, WINDOW)
    order = [page.index(words) for words in ("Couronnes", "10 places", "Plus tard", "Dahlias", "9 € la botte")]
    assert order == sorted(order)
    assert "Pas d’elle" not in page


def test_a_window_that_nobody_arranged_still_stands(client: Client, village: Village) -> None:
    page = read(client, WINDOW)
    assert "La Brassée" in page and "Rien d’annoncé pour l’instant." in page
    assert "Aujourd’hui" not in page and "«" not in page
    assert "band--poster" in client.get(WINDOW).text


def test_a_cover_has_its_credit_and_spares_the_poster(client: Client, village: Village) -> None:
    show_window(organisation=village.florist, by=BY, cover=photo(village.florist))
    page = client.get(WINDOW).text
    assert "Photo Odile Marchand" in page and "band--poster" not in page
    assert 'alt="Un bouquet"' in page


def test_special_days_to_come_are_told_with_their_reason(client: Client, village: Village) -> None:
    today = clock.today()
    for ahead, note in ((0, "Inventaire"), (30, "Fêtes"), (31, "Trop loin")):
        set_special_day(
            organisation=village.florist, day=today + dt.timedelta(days=ahead), openings=[], note=note, by=BY
        )
    page = read(client, WINDOW)
    assert "Mardi 24 novembre, fermé (inventaire)" in page
    assert "Jeudi 24 décembre, fermé (fêtes)" in page
    assert "trop loin" not in page


def test_a_mandate_that_lets_someone_speak_here_is_told_while_it_stands(client: Client, village: Village) -> None:
    assert "Avec l’aide de : Les Enseignes du Plateau, par un mandat du 24 novembre 2026." in read(client, WINDOW)
    revoke_mandate(mandate=village.mandate, by=BY)
    assert "mandat" not in read(client, WINDOW)


def test_one_may_ask_to_be_told_and_telephone(client: Client, village: Village) -> None:
    arranged(village)
    page = client.get(WINDOW).text
    assert page.count('href="/rejoindre/la-brassee/"') == 2  # in the band, and under the thumb
    assert page.count('href="tel:+33199001031"') == 2


def test_an_association_has_its_window_without_the_hours_of_a_shop(client: Client, village: Village) -> None:
    set_hours(organisation=village.association, week={1: day("09:00-19:00")}, by=BY)
    page = read(client, "/vitrine/enseignes-du-plateau/")
    assert "Les Enseignes du Plateau Association. Villecresnes" in page
    assert "Ouvert jusqu’à" not in page


def test_search_engines_read_a_shop_with_its_hours(client: Client, village: Village) -> None:
    arranged(village)
    Business.objects.create(
        siret="0" * 14, name="x", category="fleuriste", active=True, listed=True, commune_id="94075",
        organisation=village.florist,
    )  # fmt: skip
    set_special_day(organisation=village.florist, day=clock.today(), openings=[], by=BY)
    show_window(organisation=village.florist, by=BY, about="Des fleurs.", cover=photo(village.florist))
    data = linked_data(client.get(WINDOW).text)
    assert (data["@type"], data["name"], data["telephone"]) == ("Florist", "La Brassée", "+33199001031")
    assert data["url"] == f"http://localhost:8000{WINDOW}"
    assert data["image"].startswith("http://localhost:8000/photos/")
    week = ["Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    assert data["openingHoursSpecification"] == [
        {"@type": "OpeningHoursSpecification", "opens": "09:00", "closes": "12:30", "dayOfWeek": week},
        {"@type": "OpeningHoursSpecification", "opens": "14:30", "closes": "19:00", "dayOfWeek": week},
        {
            "@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00",
            "validFrom": "2026-11-24", "validThrough": "2026-11-24",
        },
    ]  # fmt: skip


def test_a_window_that_does_not_exist_is_missing(client: Client, village: Village) -> None:
    assert "Rien à cette adresse" in read(client, "/vitrine/au-bon-levain/", status=404)
