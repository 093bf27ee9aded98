import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.sirene.addresses import names_a_dwelling, street_line
from parvis.sirene.establishments import Establishment


def at(number: str = "", repetition: str = "", street_type: str = "", street: str = "", complement: str = "") -> str:
    return street_line(place(number, repetition, street_type, street, complement))


def place(number: str, repetition: str, street_type: str, street: str, complement: str) -> Establishment:
    return Establishment(
        "91234567200010",
        "O",
        "94075",
        True,
        number=number,
        repetition=repetition,
        street_type=street_type,
        street=street,
        complement=complement,
    )


@pytest.mark.parametrize(
    ("number", "repetition", "street_type", "street", "line"),
    [
        ("19", "", "RUE", "DU COMMERCE", "19 rue du Commerce"),
        ("19", "B", "RUE", "DU COMMERCE", "19 bis rue du Commerce"),
        ("7", "T", "AV", "DU GENERAL LECLERC", "7 ter avenue du Général Leclerc"),
        ("21B", "", "BD", "DE L EGLISE", "21 bis boulevard de l’Église"),
        ("0012", "", "CHE", "DES VIGNES", "12 chemin des Vignes"),
        ("4", "/", "PL", "DU MARCHE", "4 place du Marché"),
        ("-", "", "PL", "DU MARCHE STAND F16", "Place du Marché, stand F16"),
        ("", "", "RUE", "GRANDE RUE", "Grande Rue"),
        ("25", "", "RUE", "RUE DE LA POMPE", "25 rue de la Pompe"),
        ("3", "", "CHE", "DU VIEUX CHEMIN", "3 chemin du Vieux Chemin"),
        ("", "", "", "RTE DE PARIS", "Route de Paris"),
        ("5", "", "", "ZI DES SABLONS", "5 ZI des Sablons"),
        ("", "", "QUA", "LA VIGIE", "Quartier La Vigie"),
        ("", "", "LD", "LE BOURG", "Lieu-dit Le Bourg"),
        ("", "", "", "CTRE CCIAL LES ARCADES", "Centre Commercial les Arcades"),
        ("2", "", "RUE", "DU MAL FOCH", "2 rue du Maréchal Foch"),
        ("53", "", "RUE", "DU COMMERCE CHEZ PAULE", "53 rue du Commerce"),
        ("", "", "RUE", "DES LILAS -C/O X Y", "Rue des Lilas"),
        ("", "", "", "A COTE DE LA MAIRIE", "À Côté de la Mairie"),
        ("", "", "", "PRES DU COLLEGE", "Près du Collège"),
        ("", "", "", "BP 70", ""),
        ("12", "", "RUE", "", ""),
        ("", "", "", "", ""),
        ("8", "", "RUE", "Jean de La Fontaine", "8 rue Jean de La Fontaine"),
    ],
)
def test_the_street_line_is_french(number: str, repetition: str, street_type: str, street: str, line: str) -> None:
    assert at(number, repetition, street_type, street) == line


def test_the_complement_stands_in_for_a_street_that_is_missing() -> None:
    assert at(complement="CENTRE COMMERCIAL DU BOIS") == "Centre Commercial du Bois"
    assert at(complement="CHEZ MME X") == ""


@pytest.mark.parametrize("text", ["CHEZ M X", "C/O ACME", "BAT B APPT 12", "APPARTEMENT 3"])
def test_a_flat_or_somebodys_place_is_recognised(text: str) -> None:
    assert names_a_dwelling(place("", "", "", "", text))
    assert not names_a_dwelling(place("", "", "RUE", "DES CHEZNIERS", "BAT B"))


@given(st.lists(st.text(max_size=30), min_size=5, max_size=5))
def test_whatever_the_register_says_there_is_a_line_without_stray_spaces(parts: list[str]) -> None:
    line = at(*parts)
    assert line == line.strip()
