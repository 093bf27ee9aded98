"""The customer file of one shop, read by that shop alone."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from parvis.accounts.rules import Permission
from parvis.contacts.actions import withdraw, withdraw_everything
from parvis.contacts.queries import reach
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.core.models import AuditEntry
from tests import builders
from tests.builders import BY, TUESDAY

from .conftest import Village
from .page import queries, read, words

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
    assert "Personne de ce nom, ni de ce numéro, dans ce fichier." in read(owner, FILE + "?q=Zola")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Mercier Éloïse", True),
        ("eloise MERCIER", True),
        ("Éloïse", True),
        ("eloise@courriel", True),
        ("06 39 98 00 12", True),
        ("+33 6 39 98 00 12", True),
        ("0639980012", True),
        ("98 00 12", True),
        ("06 39 98 00 13", False),
        ("Mercier Odile", False),
        ("12", False),
    ],
)
def test_someone_is_found_by_both_names_or_by_telephone(
    owner: Client, village: Village, wanted: str, found: bool
) -> None:
    builders.customer(
        village.florist,
        given_name="Éloïse",
        family_name="Mercier",
        phone="+33639980012",
        email="eloise@courriel.example",
    )
    builders.customer(village.florist, family_name="Daguenet", phone="+33639981999")
    page = words(owner.get(FILE, {"q": wanted}).content)
    assert ("Mercier" in page) == found
    assert "Daguenet" not in page


def test_accents_do_not_send_a_name_to_the_end(owner: Client, village: Village) -> None:
    for name in ("Zola", "Évrard", "Faure"):
        builders.customer(village.florist, family_name=name)
    page = read(owner, FILE)
    assert page.index("Évrard") < page.index("Faure") < page.index("Zola")


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


def card(owner: Client, village: Village, key: str = "", *, years: int = 0, **details: Any) -> str:
    """What the card says of somebody whose right is so many years old; « sale-email » is a purchase."""
    mine = builders.customer(village.florist, consent=False, **details)
    day = clock.today() - dt.timedelta(days=366 * years)
    builders.say_yes(mine.person, to=village.florist, key=key, on=day, source=Source.FILE)
    return read(owner, f"{FILE}{mine.pk}/")


def test_a_purchase_is_told_as_a_purchase_and_never_as_a_yes(owner: Client, village: Village) -> None:
    page = card(owner, village, "sale-email")
    told = "Par courriel : peut recevoir vos annonces, parce qu’elle ou il a acheté chez vous le 24 novembre 2026"
    assert told in page
    assert "oui" not in page


def test_a_yes_that_ran_out_is_no_yes(owner: Client, village: Village) -> None:
    assert "Par courriel : rien, son oui ne vaut plus" in card(owner, village, years=4)
    assert "Par courriel : rien, son achat est trop ancien" in card(owner, village, "sale-email", years=4)
    assert "Par courriel : oui" in card(owner, village, years=2)


def test_a_stop_said_elsewhere_does_not_show(owner: Client, village: Village) -> None:
    """Decision 1: the card of somebody known elsewhere, who stopped everything there, reads as any other."""
    theirs = builders.customer(village.wines, email="marie@courriel.example")
    with clock.frozen(TUESDAY - dt.timedelta(days=1)):
        withdraw_everything(person=theirs.person, source=Source.LINK, by=BY)
    page = card(owner, village, "sale-email", email="marie@courriel.example")
    assert village.florist.customer_records.get().person == theirs.person
    assert "Par courriel : peut recevoir vos annonces" in page
    assert not reach([theirs.person.pk])  # and nothing leaves


def test_a_no_is_told_as_a_no(owner: Client, village: Village) -> None:
    mine = builders.customer(village.florist)
    withdraw(person=mine.person, sender=village.florist, source=Source.COUNTER, by=BY)
    assert "Par courriel : non 24 novembre 2026" in read(owner, f"{FILE}{mine.pk}/")


def test_a_delegate_says_so_before_reading_and_the_journal_keeps_it(
    owner: Client, delegate: Client, village: Village
) -> None:
    mine = builders.customer(village.florist, family_name="Bellance")
    village.mandate.permissions = [*village.mandate.permissions, Permission.SEE_CUSTOMERS]
    village.mandate.save()
    for address in (FILE, f"{FILE}{mine.pk}/"):
        assert delegate.get(address).headers["Location"] == f"{FILE}ouvrir/"
    asked = read(delegate, f"{FILE}ouvrir/")
    assert "Ouvrir le fichier clients de La Brassée ?" in asked
    assert "Bellance" not in asked
    assert "a ouvert le fichier clients" not in read(owner, "/bureau/la-brassee/journal/")
    for _ in range(2):
        page = words(delegate.post(f"{FILE}ouvrir/", follow=True).content)
    assert "Bellance" in page
    assert "que vous lisez par mandat" in page
    assert "est seul à lire" not in page
    assert "Bellance" in read(delegate, f"{FILE}{mine.pk}/")
    journal = read(owner, "/bureau/la-brassee/journal/")
    line = "Claire Vasseur (Les Enseignes du Plateau), pour La Brassée : a ouvert le fichier clients"
    assert journal.count(line) == 1
    with clock.frozen(TUESDAY + dt.timedelta(days=1)):
        assert delegate.get(FILE).status_code == 302


def test_the_house_itself_opens_its_file_without_a_line(owner: Client, village: Village) -> None:
    assert "est seul à lire" in read(owner, FILE)
    assert owner.get(f"{FILE}ouvrir/").headers["Location"] == FILE
    owner.post(f"{FILE}ouvrir/")
    assert not AuditEntry.objects.filter(verb="open_file").exists()


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
