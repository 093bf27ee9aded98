"""The customer file of one shop, read by that shop alone."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from parvis.accounts.rules import Permission, Role
from parvis.contacts.actions import withdraw, withdraw_everything
from parvis.contacts.queries import reach, standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.core.models import AuditEntry
from tests import builders
from tests.builders import BY, TUESDAY

from .conftest import Village, signed_in
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
    assert ("Éloïse Mercier" in page) == found
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
    assert "Par courriel A dit oui le 24 novembre 2026, de vive voix." in page
    assert "Aime les fleurs" in page
    assert "N’aime pas" in page
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
    assert "Peut recevoir vos annonces, parce qu’elle ou il a acheté chez vous le 24 novembre 2026." in page
    assert "A dit oui" not in page


def test_a_yes_that_ran_out_is_no_yes(owner: Client, village: Village) -> None:
    assert "ne vaut plus : redemandez-lui." in card(owner, village, years=4)
    assert "Son achat du" in card(owner, village, "sale-email", years=4)
    assert "A dit oui le " in card(owner, village, years=2)


def test_a_stop_said_elsewhere_does_not_show(owner: Client, village: Village) -> None:
    """Decision 1: the card of somebody known elsewhere, who stopped everything there, reads as any other."""
    theirs = builders.customer(village.wines, email="marie@courriel.example")
    with clock.frozen(TUESDAY - dt.timedelta(days=1)):
        withdraw_everything(person=theirs.person, source=Source.LINK, by=BY)
    page = card(owner, village, "sale-email", email="marie@courriel.example")
    assert village.florist.customer_records.get().person == theirs.person
    assert "Par courriel Peut recevoir vos annonces" in page
    assert not reach([theirs.person.pk])  # and nothing leaves


def test_a_no_is_told_as_a_no(owner: Client, village: Village) -> None:
    mine = builders.customer(village.florist)
    withdraw(person=mine.person, sender=village.florist, source=Source.COUNTER, by=BY)
    assert "A dit non le 24 novembre 2026." in read(owner, f"{FILE}{mine.pk}/")


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


def test_a_remark_is_changed_and_told_to_be_readable(owner: Client, village: Village) -> None:
    mine = builders.customer(village.florist)
    card = f"{FILE}{mine.pk}/"
    assert "Lisible par la personne sur demande" in read(owner, card)
    owner.post(f"{card}remarque/", {"note": "Passe le samedi"})
    assert "Passe le samedi" in read(owner, card)
    assert AuditEntry.objects.filter(verb="customer_updated", target=f"customerrecord:{mine.pk}").count() == 1
    refused = owner.post(f"{card}remarque/", {"note": "x" * 2001})
    assert refused.status_code == 400
    assert "trop longue" in words(refused.content)


def test_a_taste_is_noted_then_taken_back(owner: Client, village: Village) -> None:
    mine = builders.customer(village.florist)
    card, subject = f"{FILE}{mine.pk}/", builders.interest("jardin").pk
    owner.post(f"{card}envies/", {"interest": subject, "liked": "non"})
    assert "N’aime pas le jardin" in read(owner, card)
    owner.post(f"{card}envies/", {"interest": subject, "liked": ""})
    assert not mine.tastes.exists()
    assert "Choisissez une envie" in words(owner.post(f"{card}envies/", {"liked": "oui"}).content)


def test_a_yes_is_taken_back_on_request_and_twice_is_once(owner: Client, village: Village) -> None:
    mine = builders.customer(village.florist)
    builders.say_yes(mine.person, to=village.wines)
    card = f"{FILE}{mine.pk}/"
    for _ in range(2):
        owner.post(f"{card}refus/email/")
    assert "A dit non le 24 novembre 2026." in read(owner, card)
    assert mine.person.consent_events.filter(sender=village.florist, granted=False).count() == 1
    assert not standing(persons=[mine.person_id], sender=village.florist.pk).exists()
    assert standing(persons=[mine.person_id], sender=village.wines.pk).exists()
    assert owner.post(f"{card}refus/pigeon/").status_code == 404


def test_a_card_says_by_which_right(owner: Client, village: Village) -> None:
    buyer = builders.customer(village.florist, consent=False, last_sale_on=clock.today())
    builders.say_yes(buyer.person, to=village.florist, key="sale-email", source=Source.FILE)
    old = builders.customer(village.florist, consent=False)
    builders.say_yes(old.person, to=village.florist, on=dt.date(2023, 11, 24))
    assert "Peut recevoir vos annonces, parce qu’elle ou il a acheté chez vous le 24 novembre 2026." in read(
        owner, f"{FILE}{buyer.pk}/"
    )
    assert "Son oui du 24 novembre 2023 ne vaut plus" in read(owner, f"{FILE}{old.pk}/")


def test_no_press_on_a_card_gives_a_right(owner: Client, village: Village) -> None:
    silent = builders.customer(village.florist, consent=False)
    page = owner.get(f"{FILE}{silent.pk}/").content.decode()
    assert "/refus/" not in page
    owner.post(f"{FILE}{silent.pk}/refus/email/")
    assert not silent.person.consent_events.exists()


def test_a_colleague_reads_a_card_and_notes_a_refusal_but_changes_nothing_else(village: Village) -> None:
    colleague = signed_in(builders.user(of=village.florist, role=Role.COLLEAGUE))
    mine = builders.customer(village.florist)
    card = f"{FILE}{mine.pk}/"
    assert colleague.post(f"{card}remarque/", {"note": "x"}).status_code == 404
    assert colleague.post(f"{card}envies/", {"interest": builders.interest().pk, "liked": "oui"}).status_code == 404
    assert colleague.post(f"{card}refus/email/").status_code == 302
    assert "remarque/" not in colleague.get(card).content.decode()
