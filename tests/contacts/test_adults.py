"""Rule 9, decision 0015: alcohol is announced to whoever said they are an adult, to us or to that very shop."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.actions import declare_adult
from parvis.contacts.actions.consent import NotYet
from parvis.contacts.actions.importing import NOT_YET_ADULT, UNKNOWN_AGE, Report, import_customers
from parvis.contacts.models import CustomerRecord, Person
from parvis.contacts.queries import adults, personal_data
from parvis.contacts.rules import has_age
from parvis.contacts.spreadsheet import read_customers
from parvis.core import clock
from parvis.core.models import AuditEntry
from parvis.rounds.actions import run_due
from parvis.rounds.models import Selection
from tests.builders import BY, TUESDAY, announcement, customer, due_round, shop

database = pytest.mark.django_db

TODAY = TUESDAY.date()
HEADINGS = "Nom;Prénom;Mail;Goûts;Date de naissance;Majeur;Dernier achat;Accord;Accord le;Canal"


@pytest.fixture(autouse=True)
def on_tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


def bring(folder: Path, *lines: str) -> Report:
    file = folder / "clients.csv"
    file.write_text("\n".join((HEADINGS, *lines)), encoding="utf-8")
    sheet = read_customers(file, today=clock.today())
    return import_customers(organisation=shop(slug="cave-du-tilleul"), sheet=sheet, apply=True, by=BY)


def told() -> list[dt.date | None]:
    return list(CustomerRecord.objects.order_by("pk").values_list("adult_told_on", flat=True))


# --- An age


@pytest.mark.parametrize(
    ("born", "on", "adult"),
    [
        (dt.date(2008, 3, 14), dt.date(2026, 3, 14), True),
        (dt.date(2008, 3, 15), dt.date(2026, 3, 14), False),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), False),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), True),
        (dt.date(2026, 1, 1), dt.date(2026, 3, 1), False),
    ],
)
def test_eighteen_is_reached_on_the_day(born: dt.date, on: dt.date, adult: bool) -> None:
    assert has_age(18, born=born, on=on) is adult


@given(st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)), st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)))
def test_nobody_grows_younger(born: dt.date, on: dt.date) -> None:
    if has_age(18, born=born, on=on):
        assert has_age(18, born=born, on=on + dt.timedelta(days=1))
        assert born < on


# --- Whom a shop was told of


@database
def test_the_word_given_to_a_shop_is_for_that_shop_alone() -> None:
    wine, florist = shop(slug="cave-du-tilleul"), shop()
    there = customer(wine, email="odile@courriel.example", adult_declared_on=None, adult_told_on=TODAY)
    here = customer(florist, email="odile@courriel.example", adult_declared_on=None)
    other = customer(wine, adult_declared_on=None)
    assert there.person == here.person
    everyone = [there.person_id, other.person_id]
    assert adults(everyone) == {(there.person_id, wine.pk)}
    assert adults(everyone, [florist.pk]) == adults([other.person_id]) == adults([]) == set()
    assert not Person.objects.filter(adult_declared_on__isnull=False).exists()
    notes = personal_data(there.person_id)["fiches des commerces"]
    assert {one["commerce"]: one["noté adulte le"] for one in notes} == {
        "Cave du Tilleul": TODAY.isoformat(),
        "La Brassée": "",
    }


@database
def test_what_the_person_says_of_themselves_is_audited_and_the_first_day_stands() -> None:
    person = customer(shop(), adult_declared_on=None).person
    for day in (dt.date(2026, 5, 2), TODAY):
        declare_adult(person=person, said_on=day, by=BY)
    person.refresh_from_db()
    assert person.adult_declared_on == dt.date(2026, 5, 2)
    assert AuditEntry.objects.filter(verb="declare_adult", target=f"person:{person.pk}").count() == 1
    with pytest.raises(NotYet):
        declare_adult(person=person, said_on=TODAY + dt.timedelta(days=1), by=BY)


# --- What a spreadsheet tells


@database
@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("14/03/2008;;;Carte;14/03/2026;courriel", dt.date(2026, 3, 14)),
        ("15/03/2008;;;Carte;14/03/2026;courriel", None),
        ("02/05/2008;;02/05/2026;;;", dt.date(2026, 5, 2)),
        ("03/05/2008;;02/05/2026;;;", None),
        ("24/11/2008;;;;;", TODAY),
        ("25/11/2008;;;;;", None),
        (";oui;02/05/2026;;;", dt.date(2026, 5, 2)),
        (";oui;02/05/2026;Carte;14/03/2026;courriel", dt.date(2026, 3, 14)),
        (";12/03/2024;02/05/2026;;;", dt.date(2024, 3, 12)),
        (";oui;;;;", None),
        (";non;02/05/2026;;;", None),
        (";;02/05/2026;;;", None),
        ("12/03/1980;non;02/05/2026;;;", None),
    ],
)
def test_a_birth_date_or_a_column_of_adults_is_the_shop_s_own_note(tmp_path: Path, line: str, day: dt.date) -> None:
    bring(tmp_path, f"Ferrand;Odile;odile@courriel.example;;{line}")
    assert told() == [day]
    assert Person.objects.get().adult_declared_on is None


@database
def test_a_birth_date_that_contradicts_the_column_wins_and_is_told(tmp_path: Path) -> None:
    report = bring(tmp_path, "Ferrand;Odile;odile@courriel.example;;01/01/2009;oui;02/05/2026;;;")
    assert told() == [None]
    assert [(line.line, line.reason) for line in report.warnings] == [(2, NOT_YET_ADULT)]


@database
def test_the_first_day_stands_when_the_sheet_is_read_again_later(tmp_path: Path) -> None:
    line = "Ferrand;Odile;odile@courriel.example;;12/03/1980;;;;;"
    bring(tmp_path, line)
    with clock.frozen(TUESDAY + dt.timedelta(days=30)):
        assert bring(tmp_path, line).unchanged == 1
    assert told() == [TODAY]


@database
@pytest.mark.parametrize("corrected", ["12/03/2012;;;;;", ";non;;;;"])
def test_a_sheet_that_says_the_contrary_takes_it_back(tmp_path: Path, corrected: str) -> None:
    bring(tmp_path, "Ferrand;Odile;odile@courriel.example;;12/03/1980;;;;;")
    assert bring(tmp_path, f"Ferrand;Odile;odile@courriel.example;;{corrected}").updated == 1
    assert told() == [None]


@database
def test_whoever_likes_an_alcohol_without_a_known_age_is_told(tmp_path: Path) -> None:
    report = bring(
        tmp_path,
        "Ferrand;Odile;odile@courriel.example;whisky;12/03/1980;;;;;",
        "Marchand;Paul;paul@courriel.example;whisky;;;;;;",
        "Petit;Luc;luc@courriel.example;fleurs;;;;;;",
    )
    assert [(line.line, line.reason) for line in report.unknown_age] == [(3, UNKNOWN_AGE)]


@database
def test_the_report_does_not_tell_what_the_person_said_to_others(tmp_path: Path) -> None:
    customer(shop(), email="odile@courriel.example", adult_declared_on=TODAY)
    report = bring(tmp_path, "Ferrand;Odile;odile@courriel.example;whisky;;;;;;")
    assert [line.line for line in report.unknown_age] == [2]


@database
def test_another_spreadsheet_changes_who_hears_about_alcohol(tmp_path: Path) -> None:
    right = "02/05/2026;Carte;14/03/2026;courriel"
    bring(
        tmp_path,
        f"Adulte;Odile;odile@courriel.example;whisky;12/03/1980;;{right}",
        f"Mineur;Paul;paul@courriel.example;whisky;12/03/2010;;{right}",
        f"Inconnu;Luc;luc@courriel.example;whisky;;;{right}",
        f"Dit;Eva;eva@courriel.example;whisky;;oui;{right}",
        f"Sans envie;Zoé;zoe@courriel.example;fleurs;12/03/1980;;{right}",
    )
    announcement(shop(slug="cave-du-tilleul"), interests=["whiskys-japonais"])
    due_round(shop().territory)
    run_due()
    assert set(Selection.objects.values_list("person__given_name", flat=True)) == {"Odile", "Eva"}
