"""Cards are printed with the shop's boxes, and entered by their code in the card's own order."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from parvis.contacts.models import ConsentEvent, CustomerRecord
from parvis.slips.models import Slip
from parvis.slips.rules import EXAMPLE
from tests import builders

from .conftest import Village
from .page import queries, read, words

CARDS, CARD = "/bureau/la-brassee/cartes/", "/bureau/la-brassee/carte/"


def told(response: Any) -> str:
    return words(response.content)


@pytest.fixture
def card(village: Village, owner: Client) -> Slip:
    for subject in ("velo", "fleurs"):
        builders.announcement(village.florist, interests=[subject])
    owner.post(CARDS, {"count": 1})
    return Slip.objects.get()


def entry(client: Client, card: Slip) -> str:
    return client.post(CARD, {"code": card.code.lower().replace("-", " ")}).headers["Location"]


def test_the_printing_page_says_how_to_turn_the_paper(village: Village, owner: Client) -> None:
    page = read(owner, CARDS)
    assert "Recto verso, retourné sur le bord long" in page and "la tête en bas" in page
    assert queries(owner, CARDS) <= 10


def test_cards_are_printed_with_their_codes_and_the_shops_boxes(village: Village, owner: Client) -> None:
    builders.announcement(village.florist, interests=["fleurs"])
    answer = owner.post(CARDS, {"count": 3})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cartes-la-brassee-2026-11-24.pdf"'
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert len(pages) == 6
    codes = set(Slip.objects.values_list("code", flat=True))
    assert len(codes) == 3 and all(code in text for code in codes)
    assert "Fleurs de saison" in text
    assert Slip.objects.all()[0].payload["tastes"][0] == "fleurs"


@pytest.mark.parametrize("count", ["0", "51", "", "dix"])
def test_one_to_fifty_at_once(village: Village, owner: Client, count: str) -> None:
    answer = owner.post(CARDS, {"count": count})
    assert "Écrivez un nombre de 1 à 50." in told(answer)
    assert not Slip.objects.exists()


def test_the_boxes_are_in_the_order_of_the_card_whatever_was_said_since(
    village: Village, owner: Client, card: Slip
) -> None:
    builders.announcement(village.florist, interests=["livres"])
    page = owner.get(entry(owner, card)).content.decode()
    assert re.findall(r'name="likes" value="([\w-]+)"', page) == card.payload["tastes"]
    places = [
        page.index(f'name="{name}"') for name in ("given_name", "preferred", "likes", "rhythm", "agreed", "adult")
    ]
    assert places == sorted(places)


def test_a_card_is_noted_with_its_own_sentences_then_the_next_is_awaited(
    village: Village, owner: Client, card: Slip
) -> None:
    filled = {
        "given_name": "Nour",
        "family_name": "Belhadj",
        "email": "nour@courriel.example",
        "street": "3 rue du Lavoir",
        "town": "94440 Villecresnes",
        "preferred": ["paper"],
        "likes": ["fleurs"],
        "rhythm": "1",
        "agreed": ["email", "paper"],
        "signed": "on",
    }
    answer = owner.post(entry(owner, card), filled, follow=True)
    assert answer.redirect_chain[-1][0] == CARD
    assert f"C’est noté : carte {card.code}." in told(answer)
    record = CustomerRecord.objects.get()
    resident = record.person.residents.get()
    assert (record.town, resident.channel, resident.rhythm) == ("Villecresnes", "paper", 1)
    wordings = [e.wording.key for e in ConsentEvent.objects.order_by("pk") if e.wording]
    assert wordings == ["paper-email", "paper-paper"]


def test_a_card_entered_already_says_who_did_and_when(village: Village, owner: Client, card: Slip) -> None:
    address = entry(owner, card)
    filled = {"family_name": "Belhadj"}
    owner.post(address, filled)
    for answer in (owner.post(address, filled, follow=True), owner.get(address, follow=True)):
        assert "Ce bon a déjà servi : Odile Marchand l’a noté le mardi 24 novembre, 18 h." in told(answer)
    assert "Ce bon a déjà servi" in told(owner.post(CARD, {"code": card.code}))
    assert CustomerRecord.objects.count() == 1


def test_a_code_of_another_shop_reads_like_one_that_nobody_has(
    village: Village, merchant: Client, card: Slip, owner: Client
) -> None:
    address = entry(owner, card)
    door = "/bureau/cave-du-tilleul/carte/"
    answers = [merchant.post(door, {"code": code}) for code in (card.code, EXAMPLE)]
    same = {re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "", told(answer)) for answer in answers}
    assert len(same) == 1 and "Vous n’avez aucun bon avec ce code" in same.pop()
    assert merchant.get(address).status_code == 404
    assert merchant.get(address.replace("la-brassee", "cave-du-tilleul")).status_code == 404


def test_after_ten_wrong_codes_the_page_says_to_wait(village: Village, owner: Client) -> None:
    for _ in range(10):
        assert "Vous n’avez aucun bon" in told(owner.post(CARD, {"code": EXAMPLE}))
    assert "recommencez dans une heure" in told(owner.post(CARD, {"code": EXAMPLE}))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Recopiez le code : il est en haut de la carte."),
        ("7K2F-4MX", "7 lettres et chiffres au lieu de 8"),
        ("<script>", "il y a un signe de trop"),
        ("7K2F-4MX0", "« 0 » n’est dans aucun code"),
        ("x" * 300, "C’est trop long."),
    ],
)
def test_a_code_that_does_not_read_says_why(village: Village, owner: Client, code: str, sentence: str) -> None:
    assert sentence in told(owner.post(CARD, {"code": code}))


def test_what_is_wrong_keeps_what_was_ticked(village: Village, owner: Client, card: Slip) -> None:
    filled = {"likes": ["velo"], "preferred": ["email"], "agreed": ["email"], "rhythm": "7"}
    answer = owner.post(entry(owner, card), filled)
    page = answer.content.decode()
    assert "recopiez le courriel" in told(answer) and "la carte n’est pas signée" in told(answer)
    for name, value in (("likes", "velo"), ("preferred", "email"), ("agreed", "email"), ("rhythm", "7")):
        assert re.search(rf'name="{name}" value="{value}" checked', page)
    assert not CustomerRecord.objects.exists()


def test_the_entry_page_costs_few_queries(village: Village, owner: Client, card: Slip) -> None:
    assert queries(owner, entry(owner, card)) <= 10
