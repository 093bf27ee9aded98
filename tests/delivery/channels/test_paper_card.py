import datetime as dt
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from parvis.contacts.rules import Channel
from parvis.delivery.channels.letter import HEALTH
from parvis.delivery.channels.paper.card import CardFace, CardShop, CardTaste, print_cards
from tests.delivery.channels.channel_samples import BASE, NASTY, flat

FIRST, SECOND = (CardFace(code, dt.date(2027, 11, 26)) for code in ("7K2F-4MXR", "7K2F-4MT3"))
TASTES = (
    *("Fleurs coupées", "Bouquets", "Plantes vertes", "Fleurs séchées", "Couronnes", "Mariages et fêtes"),
    *("Jardin et potager", "Ateliers créatifs", "Goûters d’enfants", "Déco de la maison", "Fromages", "Pains"),
    *("Thés et infusions", "Livres et lecture", "Musique et concerts", "Vélo", "Sorties en famille", "Cuisine"),
)
SQUARE = re.compile(rb"0 0 m ([\d.]+) 0 l \1 \1 l 0 \1 l\s+h\s+S\s")
AGREED = {
    Channel.EMAIL: "Oui, je veux recevoir par courriel les annonces envoyées par {sender}, deux si je ne dis rien.",
    Channel.PAPER: "Oui, je veux recevoir sur papier les annonces envoyées par {sender}, deux si je ne dis rien.",
    Channel.PHONE: "Oui, je veux recevoir par téléphone les annonces faites par {sender}, jamais un jour férié.",
}


def shop(**changes: Any) -> CardShop:
    made = CardShop(
        name="La Brassée",
        paper="or",
        hand_back="Au comptoir, 14 rue des Merles, 94440 Villecresnes",
        phone="+33199001207",
        join_url=f"{BASE}/plateau-briard/la-brassee/venir/",
        tastes=[CardTaste(name) for name in TASTES],
        wordings=AGREED,
        publisher="Les Enseignes du Plateau, 3 place du Marché, 94440 Villecresnes",
        day=dt.date(2026, 11, 26),
    )
    return replace(made, **changes)


def pages(made: CardShop, *cards: CardFace) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(print_cards(made, cards or [FIRST]))).pages)


def words(page: PageObject) -> str:
    return flat(page.extract_text())


def drawn(page: PageObject) -> bytes:
    contents = page.get_contents()
    assert contents is not None
    return contents.get_data()


def boxes(page: PageObject) -> list[float]:
    """The sides of the boxes to tick, in millimetres."""
    return [float(side) / 72 * 25.4 for side in SQUARE.findall(drawn(page))]


def test_the_outside_says_whose_it_is_where_to_hand_it_back_and_how_to_stop() -> None:
    outside = words(pages(shop())[0])
    assert outside.startswith("La Brassée Pour recevoir nos nouvelles")
    for told in (
        "Où rendre cette carte Au comptoir, 14 rue des Merles, 94440 Villecresnes.",
        "Avant le vendredi 26 novembre 2027.",
        "Téléphonez au 01 99 00 12 07.",
        "À tout moment et sans frais, un mot au comptoir ou un appel suffit.",
        "Les Enseignes du Plateau, 3 place du Marché, 94440 Villecresnes. Imprimé par nos soins.",
    ):
        assert told in outside


def test_without_a_telephone_nobody_is_told_to_call() -> None:
    outside = words(pages(shop(phone=""))[0])
    assert "un mot au comptoir suffit." in outside
    assert "appel" not in outside
    assert "Téléphonez" not in outside


def test_the_code_and_every_box_are_inside_only() -> None:
    outside, inside = pages(shop())
    assert "Code 7K2F-4MXR" in words(inside)
    assert "7K2F" not in words(outside)
    assert not boxes(outside)
    assert not any(taste in words(outside) for taste in TASTES)


def test_the_inside_asks_who_where_what_how_often_and_for_a_signed_yes() -> None:
    inside = words(pages(shop())[1])
    asked = [
        *("Prénom et nom", "plutôt par courriel", "plutôt sur papier", "plutôt par téléphone", "Ce que vous aimez"),
        *(*TASTES, "Combien par semaine, au plus ? 1 2 4 7", "Votre accord"),
        *(text.replace("{sender}", "La Brassée") for text in AGREED.values()),
        *("Je suis majeur ou majeure.", "Date", "Signature"),
    ]
    found = [inside.find(text) for text in asked]
    assert found == sorted(found)
    assert found[0] >= 0


def test_every_answer_has_its_box_of_six_millimetres_at_least() -> None:
    sides = boxes(pages(shop())[1])
    assert len(sides) == 3 + len(TASTES) + 4 + 3 + 1
    assert min(sides) >= 6


def test_a_channel_without_a_sentence_is_not_offered() -> None:
    inside = pages(shop(wordings={Channel.PAPER: AGREED[Channel.PAPER]}))[1]
    assert "par courriel" not in words(inside)
    assert "par téléphone" not in words(inside)
    assert len(boxes(inside)) == 1 + len(TASTES) + 4 + 1 + 1


def test_alcohol_among_the_tastes_brings_the_health_sentence_beside_them() -> None:
    assert HEALTH not in words(pages(shop())[1])
    tastes = [CardTaste("Vins rouges", alcohol=True), CardTaste("Fromages")]
    assert f"Ce que vous aimez {HEALTH} Vins rouges Fromages" in words(pages(shop(tastes=tastes))[1])


@pytest.mark.parametrize(("paper", "colour"), [("or", b"1 0.8235294 0.24705882 scn"), ("unknown", b"1 1 1 scn")])
def test_the_shop_speaks_on_its_paper(paper: str, colour: bytes) -> None:
    assert colour in drawn(pages(shop(paper=paper))[0])


def test_nothing_is_printed_smaller_than_14_points() -> None:
    found: list[float] = []

    def see(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            found.append(size)

    for page in pages(shop(name="Une maison au nom fort long " * 10)):
        page.extract_text(visitor_text=see)
    assert min(found) >= 14


def test_each_card_is_one_leaf_of_a4_with_its_own_code() -> None:
    made = pages(shop(), FIRST, SECOND)
    assert len(made) == 4
    assert ["Code 7K2F-4MXR" in words(page) for page in made] == [False, True, False, False]
    assert "Code 7K2F-4MT3" in words(made[3])
    assert [round(float(side) / 72 * 25.4) for side in made[0].mediabox[2:]] == [210, 297]


def test_a_printing_without_a_card_is_refused() -> None:
    with pytest.raises(ValueError, match="no card"):
        print_cards(shop(), [])


@pytest.mark.parametrize(
    "name", ["x" * 300, "Boulangerie des Sources de la Vallée " * 8, "🌸 שלום مرحبا Fleurs", "🌸 🌸", ""]
)
def test_whatever_the_name_each_card_begins_on_its_own_leaf(name: str) -> None:
    made = pages(shop(name=name, hand_back=f"Au comptoir de {name}"), FIRST, SECOND)
    assert len(made) % 4 == 0
    second = made[len(made) // 2]
    assert "Pour recevoir nos nouvelles" in words(second)
    assert "Signature" in words(made[1]) + words(made[2])


def test_a_second_leaf_says_whose_it_is() -> None:
    made = pages(shop(name="x" * 300, wordings={key: f"{text} {{sender}}" for key, text in AGREED.items()}))
    assert len(made) == 4
    assert "Suite de la carte 7K2F-4MXR" in words(made[2])
    assert sum("Suite" in words(page) for page in made) == 1
    assert not words(made[3])


def test_a_name_of_300_letters_is_printed_whole_on_the_cover() -> None:
    assert words(pages(shop(name="x" * 300))[0]).count("x") >= 300


def test_typed_markup_stays_text() -> None:
    inside = words(pages(shop(name=NASTY, tastes=[CardTaste(NASTY)], publisher=NASTY, hand_back=NASTY))[1])
    assert inside.count('#panic("x") *gras*') == 4


def test_the_card_is_tagged_french_and_titled() -> None:
    card = print_cards(shop(), [FIRST])
    metadata = PdfReader(io.BytesIO(card)).metadata
    assert metadata is not None
    assert metadata.title == "Carte de comptoir, La Brassée"
    assert b"/Lang(fr-FR)" in card
    assert b"/Marked true" in card
    assert b"<pdfuaid:part>1</pdfuaid:part>" in card


def test_the_same_cards_give_the_same_bytes() -> None:
    assert print_cards(shop(), [FIRST, SECOND]) == print_cards(shop(), [FIRST, SECOND])
