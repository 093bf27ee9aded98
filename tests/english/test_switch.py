"""The language of a page: the browser's, or the one chosen at its foot."""

import pytest
from django.test import Client
from django.utils import translation

from parvis.core import speech, typography
from tests import builders
from tests.builders import TUESDAY

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en-GB,en;q=0.8,fr;q=0.5"}


def read(client: Client, address: str = "/commerces/") -> str:
    return client.get(address).content.decode()


@pytest.fixture(autouse=True)
def _a_territory() -> None:
    builders.territory()


def test_a_page_is_read_in_the_language_of_the_browser_and_says_which() -> None:
    assert '<html lang="fr">' in read(Client())
    page = read(Client(headers=ENGLISH))
    assert '<html lang="en">' in page
    assert "Skip to content" in page
    assert '<html lang="fr">' in read(Client(headers={"Accept-Language": "de"}))  # what we do not speak is French


def test_the_choice_at_the_foot_of_the_page_outlives_the_browser_s() -> None:
    client = Client()
    answer = client.post("/langue/", {"language": "en", "next": "/commerces/"})
    assert answer.headers["Location"] == "/commerces/"
    assert '<html lang="en">' in read(client)
    assert client.cookies["django_language"]["samesite"] == "Lax"
    client.post("/langue/", {"language": "fr", "next": "/commerces/"})
    assert '<html lang="fr">' in read(client)


def test_asking_the_switch_without_pressing_it_changes_nothing_and_it_leads_nowhere_else() -> None:
    client = Client()
    client.get("/langue/", {"language": "en"})
    assert '<html lang="fr">' in read(client)
    assert client.post("/langue/", {"language": "en", "next": "https://ailleurs.example/"}).headers["Location"] == "/"


def test_what_is_said_of_days_hours_and_numbers_follows() -> None:
    day = typography.in_paris(TUESDAY)
    with translation.override("en"):
        assert typography.when(day, day) == "Tuesday 24\u00a0November, 6\u00a0pm"
        assert typography.count(1, "place") == "1\u00a0place"
        assert typography.count(0, "place") == "0\u00a0places"
        assert typography.number(30000) == "30,000"
        assert typography.small_number(3) == "fewer than ten"
        assert (typography.of("Le Fournil"), typography.to("Les Enseignes")) == ("Le Fournil", "Les Enseignes")
    assert typography.when(day, day) == "Mardi 24\u00a0novembre, 18\u00a0h"
    assert typography.count(0, "place") == "0\u00a0place"


def test_without_an_ear_everybody_reads_french() -> None:
    assert speech.mark("Complet") == "Complet"
    assert speech.say("Il reste {n} places.", n=3) == "Il reste 3 places."
    assert speech.say("") == ""
