"""Headings, dates, numbers and names, one by one."""

import datetime as dt
from pathlib import Path

import pytest

from parvis.contacts.spreadsheet import read_customers
from parvis.contacts.spreadsheet.dates import birth, past_event
from parvis.contacts.spreadsheet.headings import field_of
from parvis.contacts.spreadsheet.people import split_name
from parvis.contacts.spreadsheet.points import one_phone
from parvis.contacts.spreadsheet.shapes import Cell

TODAY = dt.date(2026, 11, 23)

HEADINGS = {
    "family_name": "Nom|NOM|Nom de famille|Nom du client|Nom d'usage",
    "given_name": "Prénom|PRENOM|Prenoms|prénom",
    "full_name": "Nom et prénom|NOM Prénom|Nom / Prénom",
    "name_given_first": "Prénom et nom|Prénom NOM",
    "name_unordered": "Client|Cliente|Clients|Nom complet|Contact",
    "title": "Civilité|Civ.|Titre|M./Mme",
    "email": "Mail|E-mail|E_MAIL|Courriel|Adresse mail|Adresse e-mail|Email 1|@mail|Mél|Adresse de courriel",
    "mobile": "Portable|Mobile|Tél. portable|Téléphone mobile|N° de portable|GSM|Tél (portable)",
    "landline": "Téléphone fixe|Fixe|Tél fixe|Tel domicile",
    "phone": "Tél|Tel.|TÉLÉPHONE|N° de téléphone|Numéro de téléphone|Tél 2",
    "address": "Adresse|Adresse postale|Rue|Adresse 2|Complément d'adresse|N° et rue",
    "postcode": "CP|C.P.|Code postal|CODE POSTAL|Code postal (5 chiffres)",
    "commune": "Ville|Commune|VILLE",
    "postcode_commune": "CP Ville|Code postal et commune|CP/Ville",
    "birth_date": "Date de naissance|Anniversaire|Date anniversaire|Né(e) le|Date de\nnaissance",
    "tastes": "Goûts|Préférences|Aime|Centres d'intérêt|Gouts",
    "refusals": "N'aime pas|N’aime pas|Aime pas|À éviter",
    "note": "Remarques|Notes|Note|Commentaires|Observations|Divers",
    "last_sale_on": "Dernier achat|Dernière visite|Date d'achat|Date du dernier achat|Dernière commande|Vu le",
    "consent": "Accord|Consentement|Opt-in|RGPD|Accord RGPD|Autorisation|Accepte de recevoir nos offres",
    "consent_on": "Date d'accord|Accord le|Date du consentement|Date RGPD|Date opt-in",
    "consent_source": "Source de l'accord|Comment|Origine|Source|Preuve du consentement",
    "consent_email": "Newsletter|OK mail|Accord e-mail|Opt-in email|Inscription newsletter|Lettre d'info",
    "consent_sms": "SMS|OK SMS|Accord SMS|Opt-in SMS|SMS (oui/non)|Accepte de recevoir nos offres par SMS",
    "consent_phone": "OK téléphone|Accord tél|OK appel",
    "consent_post": "OK courrier|Accord courrier|Courrier",
    "preferred_channel": "Canal|Canal préféré|Moyen de contact|Mode de contact",
    "opposition": "Ne pas contacter|Stop SMS|Désinscrit|Opposition|Refus|Ne veut plus de mail|Liste rouge",
    "": "Allergies|Chiffre d'affaires|Date d'inscription|Carte n°|FICHIER CLIENTS 2024|Religion|Nom de jeune fille|Âge",
}


@pytest.mark.parametrize(
    ("field", "heading"), [(field, one) for field, many in HEADINGS.items() for one in many.split("|")]
)
def test_a_french_heading_names_its_field(field: str, heading: str) -> None:
    assert field_of(" ".join(heading.split())) == field


WRITTEN = "12/03/2024|12-03-24|12.03.2024|12 mars 2024|mardi 12 mars 2024|12 Mars 24|2024-03-12|45363|45363,0"
STAMPED = "2024-03-12 00:00:00|12/03/2024 14:05|20240312"
NUMBERED: list[Cell] = [
    45363,
    45363.75,
    20240312.0,
    dt.date(2024, 3, 12),
    dt.datetime.fromisoformat("2024-03-12 09:30"),
]


@pytest.mark.parametrize("typed", [*WRITTEN.split("|"), *STAMPED.split("|"), *NUMBERED])
def test_a_french_date_is_read(typed: Cell) -> None:
    assert past_event(typed, TODAY) == dt.date(2024, 3, 12)


def test_the_first_of_the_month_and_short_months_are_read() -> None:
    assert past_event("1er févr. 2024", TODAY) == dt.date(2024, 2, 1)
    assert past_event("3 août 2024", TODAY) == dt.date(2024, 8, 3)


def test_a_birth_year_in_two_digits_never_makes_an_adult_of_a_child() -> None:
    assert birth("01/01/24", TODAY) == dt.date(2024, 1, 1)
    assert birth("01/01/45", TODAY) == dt.date(1945, 1, 1)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("+32 470 12 34 56", "+32470123456"), ("0692 12 34 56", "+262692123456"), ("0199001234", "+33199001234")],
)
def test_a_number_from_elsewhere_keeps_its_country(typed: str, number: str) -> None:
    phone, problem = one_phone(typed, "FR")
    assert (phone.number if phone else None, problem) == (number, "")


def test_without_a_country_code_a_number_is_dialled_in_the_region_given() -> None:
    phone, _ = one_phone("0470 12 34 56", "BE")
    assert phone is not None
    assert phone.number == "+32470123456"


@pytest.mark.parametrize(
    ("name", "order", "given", "family"),
    [
        ("DURAND Paul", "", "Paul", "DURAND"),
        ("Paul DURAND", "", "Paul", "DURAND"),
        ("Durand, Paul", "", "Paul", "Durand"),
        ("Paul Durand", "", "", "Paul Durand"),
        ("Durand Paul", "family", "Paul", "Durand"),
        ("Le Goff Yann", "family", "Yann", "Le Goff"),
        ("Le Goff", "family", "", "Le Goff"),
        ("Paul de La Fontaine", "given", "Paul", "de La Fontaine"),
    ],
)
def test_a_full_name_is_cut_only_where_it_is_sure(name: str, order: str, given: str, family: str) -> None:
    assert split_name(name, order) == (given, family)


@pytest.mark.parametrize(
    ("headings", "cells", "expected"),
    [
        ("Adresse", "12 rue des Lilas, 94440 Villecresnes", ("12 rue des Lilas", "94440", "Villecresnes")),
        ("CP Ville", "94440 Villecresnes", ("", "94440", "Villecresnes")),
        ("Ville", "94440 Santeny", ("", "94440", "Santeny")),
        ("CP;Ville", "94440.0;Périgny", ("", "94440", "Périgny")),
        ("CP;Ville", "1000;Bourg-en-Bresse", ("", "01000", "Bourg-en-Bresse")),
        ("N° et rue;Adresse 2", "3 bis;rue Haute", ("3 bis rue Haute", "", "")),
        ("Adresse;Adresse 2", "3 rue Haute;Bât. B", ("3 rue Haute, Bât. B", "", "")),
    ],
)
def test_an_address_is_gathered_from_its_columns(
    tmp_path: Path, headings: str, cells: str, expected: tuple[str, str, str]
) -> None:
    file = tmp_path / "clients.csv"
    file.write_text(f"Nom;Mail;{headings}\nPetit;luc@petit.example;{cells}\n", encoding="utf-8")
    (row,) = read_customers(file, today=TODAY).rows
    assert (row.address, row.postcode, row.commune) == expected
    assert row.warnings == ()
