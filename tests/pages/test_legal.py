"""What the law asks a site to tell of itself; what is missing is said to be."""

from django.core.checks import run_checks
from django.test import Client
from pytest_django import Settings

from parvis.law.rules import kept_years
from parvis.pages.legal import missing_settings
from tests import builders

from .conftest import Village
from .page import read

GIVEN = {
    "publisher": "Association du Val, 1 rue Haute",
    "registration": "RNA W940000000",
    "publication_director": "Claire Vasseur",
    "host_name": "La Grange aux serveurs",
    "host_address": "8 rue Basse, Villecresnes",
    "host_phone": "+33199001122",
    "contact": "bonjour@val.example",
}


def test_the_notice_tells_all_that_the_law_asks(client: Client, village: Village, settings: Settings) -> None:
    settings.LEGAL = GIVEN
    page = read(client, "/mentions/")
    for told in (
        "Association du Val",
        "RNA W940000000",
        "Claire Vasseur",
        "La Grange",
        "8 rue Basse",
        "01 99 00 11 22",
    ):
        assert told in page
    assert "Pas encore donné" not in page
    assert missing_settings() == []


def test_what_is_missing_is_said_on_the_page_and_to_the_host(
    client: Client, village: Village, settings: Settings
) -> None:
    settings.LEGAL = GIVEN | {"host_phone": "", "contact": ""}
    assert read(client, "/mentions/").count("Pas encore donné ici.") == 1
    warned = [one for one in run_checks(include_deployment_checks=True) if one.id == "parvis.W001"]
    assert "PARVIS_HOSTED_PHONE, PARVIS_CONTACT" in warned[0].msg


def test_a_shop_is_the_publisher_of_its_own_window(client: Client, village: Village, settings: Settings) -> None:
    settings.LEGAL = GIVEN
    shop = village.florist
    shop.legal_name, shop.registration = "Odile Marchand, entreprise individuelle", "RCS Créteil 000 012 345"
    shop.save()
    page = read(client, "/vitrine/la-brassee/mentions/")
    assert "Odile Marchand, entreprise individuelle" in page
    assert "RCS Créteil 000 012 345" in page
    assert "Association du Val" not in page
    assert "La Grange aux serveurs" in page
    assert page.count("Pas encore donné ici.") == 1  # who directs the publication
    assert "/vitrine/la-brassee/mentions/" in client.get("/vitrine/la-brassee/").content.decode()


def test_a_shop_that_is_closed_here_has_no_notice(client: Client, village: Village) -> None:
    builders.shop(slug="ailleurs")
    village.florist.suspended_at = builders.TUESDAY
    village.florist.save()
    read(client, "/vitrine/la-brassee/mentions/", status=404)


def test_what_is_kept_is_told_with_the_terms_of_the_law(client: Client, village: Village) -> None:
    page = read(client, "/confidentialite/")
    assert kept_years(builders.TUESDAY.date()) == (3, 3, 3)
    assert "Un oui sert trois ans" in page
    assert "un code pour entrer sert 30 minutes" in page.lower()
    assert "sessionid" in page
    assert "csrftoken" in page


def test_the_statement_says_what_is_not_verified(client: Client, village: Village) -> None:
    page = read(client, "/accessibilite/")
    assert "RGAA 4.1, niveau AA" in page
    assert "non conforme" in page
    assert "au 23 novembre 2026" in page


def test_every_page_leads_to_them(client: Client, village: Village) -> None:
    page = client.get("/agenda/").content.decode()
    for address in ("/mentions/", "/confidentialite/", "/accessibilite/"):
        assert f'href="{address}"' in page
