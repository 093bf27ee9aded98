"""Whether someone is an adult: what a shop wrote is reported, never guessed."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.contacts.spreadsheet import CustomerRow, read_customers
from parvis.contacts.spreadsheet.ages import ASIDE, NO_DAY, NOT_UNDERSTOOD
from parvis.contacts.spreadsheet.headings import field_of

Say = Callable[..., CustomerRow]
TODAY = dt.date(2026, 11, 23)
SALE, CONSENT = dt.date(2026, 5, 2), dt.date(2024, 3, 12)


@pytest.fixture
def say(tmp_path: Path) -> Say:
    def say(heading: str, typed: str, *, sale: str = "", consent: str = "") -> CustomerRow:
        file = tmp_path / "clients.csv"
        line = f"Petit;luc@petit.example;{sale};{consent};{typed}"
        file.write_text(f"Nom;Mail;Dernier achat;Accord le;{heading}\n{line}\n", encoding="utf-8")
        (row,) = read_customers(file, today=TODAY).rows
        return row

    return say


@pytest.mark.parametrize(
    "heading",
    [
        *("Majeur", "Majeure", "Majeur(e)", "MAJEUR (oui/non)", "Majeur O/N", "Majeur/mineur", "Se dit majeur"),
        *("Majeur déclaré le", "Déclaré majeur", "Majorité vérifiée le", "Adulte", "Adulte déclaré le"),
        *("+18", "+18 ans", "18+", "+ de 18 ans", "Plus de 18 ans", "18 ans et plus"),
    ],
)
def test_the_headings_of_age_are_recognised(heading: str) -> None:
    assert field_of(heading) == "adult"


@pytest.mark.parametrize("heading", ["-18", "18", "-18 ans", "Moins de 18 ans", "Mineur", "Adultes", "Majeur protégé"])
def test_a_heading_that_says_something_else_is_not(heading: str) -> None:
    assert field_of(heading) == ""


@pytest.mark.parametrize("typed", ["12/03/2024", "2024-03-12", "le 12 mars 2024", "oui le 12/03/2024", "45363"])
def test_a_date_is_the_day_the_shop_was_told(say: Say, typed: str) -> None:
    row = say("Majeur déclaré le", typed.removeprefix("le "))
    assert (row.adult_on, row.minor, row.warnings) == (CONSENT, False, ())


@pytest.mark.parametrize("yes", ["oui", "x", "1", "✓", "majeure", "adulte"])
def test_a_yes_takes_the_day_of_the_consent_else_of_the_sale(say: Say, yes: str) -> None:
    assert say("Majeur", yes, sale="02/05/2026", consent="12/03/2024").adult_on == CONSENT
    assert say("+18", yes, sale="02/05/2026").adult_on == SALE


def test_a_yes_on_a_line_without_any_date_is_worth_nothing_and_says_so(say: Say) -> None:
    row = say("Majeur", "oui")
    assert row.adult_on is None
    assert [(warning.field, warning.value, warning.reason) for warning in row.warnings] == [("Majeur", "oui", NO_DAY)]


@pytest.mark.parametrize("no", ["non", "n", "0", "mineur", "✗", "pas encore"])
def test_a_no_is_a_minor_s_even_on_a_dated_line(say: Say, no: str) -> None:
    row = say("Majeur", no, sale="02/05/2026")
    assert (row.adult_on, row.minor) == (None, True)


@pytest.mark.parametrize("nothing", ["", "-", "non renseigné", "inconnu", "néant"])
def test_an_empty_answer_is_no_age(say: Say, nothing: str) -> None:
    row = say("Majeur", nothing, sale="02/05/2026")
    assert (row.adult_on, row.minor, row.warnings) == (None, False, ())


@pytest.mark.parametrize(
    "typed", ["45 ans", "17", "retraitée", "2006", "?", "à vérifier", "à demander", "peut-être", "oui ?", "je crois"]
)
def test_what_is_neither_yes_nor_no_nor_a_date_is_told_and_counts_for_nothing(say: Say, typed: str) -> None:
    row = say("Majeur", typed, sale="02/05/2026")
    assert (row.adult_on, row.minor) == (None, False)
    assert [(told.field, told.value, told.reason) for told in row.warnings] == [("Majeur", typed, NOT_UNDERSTOOD)]


def test_beside_a_birth_date_an_odd_answer_is_told_and_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("Nom;Mail;Né le;Majeur\nPetit;luc@petit.example;12/03/1960;?\n", encoding="utf-8")
    (row,) = read_customers(file, today=TODAY).rows
    assert (row.birth_date, row.minor) == (dt.date(1960, 3, 12), False)
    assert [told.reason for told in row.warnings] == [ASIDE]


def test_a_date_in_the_future_is_told(say: Say) -> None:
    row = say("Majeur déclaré le", "12/03/2030")
    assert row.adult_on is None
    assert row.warnings[0].reason == "Cette date est dans le futur : corrigez-la dans votre tableau."
