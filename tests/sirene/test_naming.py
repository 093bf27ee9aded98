from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.sirene.establishments import Establishment
from parvis.sirene.naming import Rule, display_name, display_names

GROCER = Establishment(
    siret="91234567200010",
    diffusion="O",
    commune="97611",
    active=True,
    activity="47.11B",
    nomenclature="NAFRev2",
    number="19",
    street_type="RUE",
    street="DU COMMERCE",
    commune_label="MAMOUDZOU",
)
COMMUNES = {"97611": "Mamoudzou", "97610": "Koungou"}


@pytest.mark.parametrize(
    ("changes", "text", "rule"),
    [
        ({"signs": ("LA BRASSEE",), "trade_name": "AUTRE"}, "La Brassee", Rule.SIGN),
        ({"signs": ("-", "AU LAVOIR")}, "Au Lavoir", Rule.SIGN),
        ({"signs": ("NEANT",), "trade_name": "AU LAVOIR"}, "Au Lavoir", Rule.TRADE_NAME),
        ({"trade_name": "AU LAVOIR (DEPOT"}, "Au Lavoir Dépôt", Rule.TRADE_NAME),
        (
            {"legal_category": "5499", "unit_name": "CAVE DU TILLEUL", "unit_acronym": "CDT"},
            "Cave du Tilleul",
            Rule.UNIT_NAME,
        ),
        ({"legal_category": "5499", "unit_acronym": "CDT"}, "CDT", Rule.ACRONYM),
        ({}, "Épicerie, rue du Commerce", Rule.TRADE_AND_STREET),
        ({"street": ""}, "Épicerie à Mamoudzou", Rule.TRADE_AND_COMMUNE),
        ({"street": "", "activity": "10.71C"}, "Boulangerie à Mamoudzou", Rule.TRADE_AND_COMMUNE),
        ({"activity": "62.01Z"}, "Établissement, rue du Commerce", Rule.TRADE_AND_STREET),
        ({"nomenclature": "NAP"}, "Établissement, rue du Commerce", Rule.TRADE_AND_STREET),
    ],
)
def test_the_name_follows_the_stated_rule(changes: dict[str, Any], text: str, rule: Rule) -> None:
    name = display_name(replace(GROCER, **changes))
    assert (name.text, name.rule) == (text, rule)


@pytest.mark.parametrize("legal_category", ["", "1000"])
def test_a_natural_persons_unit_never_names_the_shop(legal_category: str) -> None:
    person = replace(GROCER, legal_category=legal_category, unit_name="CLAIRE VASSEUR", unit_acronym="CV")
    assert display_name(person).text == "Épicerie, rue du Commerce"


@pytest.mark.parametrize(
    ("commune", "text"),
    [
        ("Le Mans", "Épicerie au Mans"),
        ("Les Ulis", "Épicerie aux Ulis"),
        ("La Norville", "Épicerie à La Norville"),
    ],
)
def test_the_commune_takes_its_article(commune: str, text: str) -> None:
    assert display_name(replace(GROCER, street=""), commune=commune).text == text


def test_names_alike_in_one_commune_take_their_numbers() -> None:
    grocers = [
        GROCER,
        replace(GROCER, siret="2", number="21", repetition="B"),
        replace(GROCER, siret="3", number=""),
        replace(GROCER, siret="4", commune="97610"),
        replace(GROCER, siret="5", street="DE LA POMPE"),
        replace(GROCER, siret="6", signs=("DOUKA",)),
        replace(GROCER, siret="7", signs=("DOUKA",)),
    ]
    names = display_names(grocers, communes=COMMUNES)
    assert [names[each.siret].text for each in grocers] == [
        "Épicerie, 19 rue du Commerce",
        "Épicerie, 21 bis rue du Commerce",
        "Épicerie, rue du Commerce",
        "Épicerie, rue du Commerce",
        "Épicerie, rue de la Pompe",
        "Douka",
        "Douka",
    ]


@given(st.lists(st.text(max_size=20), max_size=3), st.text(max_size=20), st.text(max_size=20))
def test_every_establishment_has_a_name(signs: list[str], trade_name: str, street: str) -> None:
    shop = replace(GROCER, signs=tuple(signs), trade_name=trade_name, street=street)
    name = display_name(shop)
    assert name.text.strip()
    assert name == display_names([shop], communes=COMMUNES)[shop.siret]
