"""The customer file of one shop, read by that shop alone."""

from django.test import Client

from parvis.contacts.rules import Channel
from tests import builders

from .conftest import Village
from .page import queries, read

FILE = "/bureau/la-brassee/clients/"


def test_a_shop_reads_its_own_file_as_a_paper_one_is_sorted(owner: Client, village: Village) -> None:
    for name in ("Bellance", "AUBRUN", "aubrac"):
        builders.customer(village.florist, family_name=name, phone="+33639980012" if name == "AUBRUN" else "")
    builders.customer(village.wines, family_name="Ailleurs")
    page = read(owner, FILE)
    assert "3 fiches" in page
    assert "06 39 98 00 12" in page
    assert page.index("aubrac") < page.index("AUBRUN") < page.index("Bellance")
    assert "Ailleurs" not in page


def test_a_name_is_found_however_it_is_typed(owner: Client, village: Village) -> None:
    builders.customer(village.florist, family_name="Bellance")
    builders.customer(village.florist, family_name="Daguenet")
    page = read(owner, FILE + "?q=BELL")
    assert "Bellance" in page
    assert "Daguenet" not in page
    assert "Personne de ce nom dans votre fichier." in read(owner, FILE + "?q=Zola")


def test_an_empty_file_says_what_to_do(owner: Client, village: Village) -> None:
    assert "Votre tableur peut être lu tel quel" in read(owner, FILE)


def test_a_long_file_is_cut_in_pages(owner: Client, village: Village) -> None:
    for _ in range(51):
        builders.customer(village.florist, consent=False)
    assert "Page 1 sur 2" in read(owner, FILE)
    assert "Page 2 sur 2" in read(owner, FILE + "?page=2")
    assert "Page 2 sur 2" in read(owner, FILE + "?page=99")


def test_a_record_tells_what_was_said_to_this_shop_and_nothing_of_another(owner: Client, village: Village) -> None:
    mine = builders.customer(
        village.florist, email="odile@courriel.example", likes=["fleurs"], refusals=["whiskys"], note="Passe le samedi"
    )
    builders.customer(village.wines, email="odile@courriel.example", channel=Channel.PAPER, note="Doit 12 euros")
    page = read(owner, f"{FILE}{mine.pk}/")
    assert "Par courriel : oui 24 novembre 2026" in page
    assert "aime les fleurs" in page
    assert "n’aime pas" in page
    assert "Passe le samedi" in page
    assert "Sur papier" not in page
    assert "12 euros" not in page


def test_someone_who_said_neither_yes_nor_no_is_not_written_to(owner: Client, village: Village) -> None:
    silent = builders.customer(village.florist, consent=False)
    assert "Ni oui, ni non : on ne lui écrit pas." in read(owner, f"{FILE}{silent.pk}/")


def test_another_shop_s_record_does_not_exist(owner: Client, merchant: Client, village: Village) -> None:
    theirs = builders.customer(village.wines)
    read(owner, f"{FILE}{theirs.pk}/", status=404)
    read(owner, f"/bureau/cave-du-tilleul/clients/{theirs.pk}/", status=404)
    read(merchant, FILE, status=404)
    assert read(merchant, f"/bureau/cave-du-tilleul/clients/{theirs.pk}/")


def test_a_file_and_a_record_cost_the_same_whatever_they_hold(owner: Client, village: Village) -> None:
    mine = builders.customer(village.florist, likes=["fleurs"])
    few, record = queries(owner, FILE), queries(owner, f"{FILE}{mine.pk}/")
    for _ in range(5):
        builders.customer(village.florist)
    builders.customer(village.florist, email=mine.email, likes=["jardin", "vins-rouges", "japon"])
    assert queries(owner, FILE) == few <= 10
    assert queries(owner, f"{FILE}{mine.pk}/") == record <= 10
