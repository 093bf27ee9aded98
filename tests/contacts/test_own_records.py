"""A shop's next spreadsheet finds its own records again, by what they say themselves."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parvis.contacts.actions import CustomerDetails, enrol, withdraw_everything
from parvis.contacts.models import CustomerRecord
from parvis.contacts.queries import reachable
from parvis.contacts.rules import Source
from tests.builders import BY, customer, details, shop

pytestmark = pytest.mark.django_db

A, B, NUMBER, HOME = "a@courriel.example", "b@courriel.example", "+33639980201", "3 rue du Lavoir"


def entry(given_name: str = "", email: str = "", phone: str = "", address: str = "") -> CustomerDetails:
    return CustomerDetails(
        given_name=given_name, family_name="Meunier", email=email, phone=phone, address=address, town="Villecresnes"
    )


def note(*file: CustomerDetails) -> list[tuple[CustomerRecord, str]]:
    return [enrol(organisation=shop(), details=typed, source=Source.FILE, by=BY) for typed in file]


def outcomes(file: Sequence[CustomerDetails]) -> list[str]:
    return [outcome for _, outcome in note(*file)]


LINES = [entry(*words) for words in product(("", "Odile", "Paul"), ("", A, B), ("", NUMBER), ("", HOME))]


def readable(file: Sequence[CustomerDetails]) -> bool:
    """What the reader lets through: never twice one e-mail, nor one telephone under one name."""
    mails = [typed.email for typed in file if typed.email]
    numbers = [typed.given_name for typed in file if typed.phone]
    return len(mails) == len(set(mails)) and len(numbers) == len(set(numbers))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(LINES), min_size=2, max_size=2).filter(readable))
@example([entry("Odile", A, NUMBER), entry("", B, NUMBER)])
@example([entry("", A, NUMBER, HOME), entry("Odile", "", NUMBER, HOME)])
def test_a_file_read_twice_changes_nothing_the_second_time(file: list[CustomerDetails]) -> None:
    with transaction.atomic():
        note(*file)
        assert outcomes(file) == ["unchanged", "unchanged"]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "again",
    [
        entry("Odile", email=A),
        entry("Odile", phone=NUMBER),
        entry("O.", phone=NUMBER),
        entry(email=A),
        entry("Odile", address=HOME),
        entry("Odile", email=B, phone=NUMBER),
        replace(entry("Odile", email=A), family_name="Marchand"),
    ],
    ids=lambda typed: f"{typed.given_name} {typed.family_name} {typed.email} {typed.phone} {typed.address}",
)
def test_a_record_is_known_by_its_e_mail_its_telephone_or_its_name_and_address(again: CustomerDetails) -> None:
    known = note(entry("Odile", A, NUMBER, HOME))[0][0]
    found, outcome = note(again)[0]
    assert found == known
    assert outcome != "created"


@pytest.mark.parametrize(
    "other",
    [
        entry("Paul", phone=NUMBER),
        entry("Paul", email=A),
        entry("Paul", address=HOME),
        entry("Odile", email=B, address=HOME),
        entry("", email=B, phone=NUMBER),
        replace(entry("", phone=NUMBER), family_name="Marchand"),
        entry("Odile", address="4 rue du Lavoir"),
        entry("Odile", email=B),
    ],
    ids=lambda typed: f"{typed.given_name} {typed.family_name} {typed.email} {typed.phone} {typed.address}",
)
def test_another_name_or_another_e_mail_is_another_record(other: CustomerDetails) -> None:
    known = note(entry("Odile", A, NUMBER, HOME))[0][0]
    (found, outcome), (again, unchanged) = note(other, other)
    assert outcome == "created"
    assert (again, unchanged) == (found, "unchanged")
    assert found.person != known.person


def test_of_a_couple_the_record_that_holds_both_addresses_is_found_first() -> None:
    odile, paul = (record for record, _ in note(entry("Odile", A, NUMBER), entry("Paul", B, NUMBER)))
    assert note(entry("", B, NUMBER))[0] == (paul, "unchanged")
    assert note(entry("", A, NUMBER))[0] == (odile, "unchanged")


def test_whoever_stopped_everything_stays_silent_at_an_address_that_a_shop_adds() -> None:
    known = details(email="", phone="+33639980202")
    record, _ = enrol(organisation=shop(), details=known, source=Source.FILE, by=BY)
    withdraw_everything(person=record.person, source=Source.LINK, by=BY)
    added = replace(known, email="odile@courriel.example")
    again, outcome = enrol(organisation=shop(), details=added, source=Source.FILE, by=BY)
    assert (again, outcome) == (record, "updated")
    assert reachable([record.person_id]) == {}


def test_the_first_day_a_shop_is_told_of_an_adult_stands_until_it_knows_better() -> None:
    known = details(adult_told_on=None)
    record = customer(shop(), email=known.email, phone=known.phone)
    told = replace(known, family_name="", adult_told_on=record.created_at.date())
    later = replace(told, adult_told_on=record.created_at.date().replace(year=2030))
    assert [outcome for _, outcome in note(told, later)] == ["updated", "unchanged"]
    record.refresh_from_db()
    assert record.adult_told_on == told.adult_told_on
    assert note(replace(later, minor=True))[0][1] == "updated"
    record.refresh_from_db()
    assert record.adult_told_on is None
