"""« Tout effacer » : nothing personal is left in contacts, and nothing comes back by a shop's file."""

import datetime as dt
import json

import pytest

from parvis.contacts.actions import enrol, erase, set_taste, withdraw
from parvis.contacts.models import (
    ConsentEvent,
    ContactPoint,
    CustomerRecord,
    Objection,
    Person,
    RecordTaste,
    Resident,
    Taste,
)
from parvis.contacts.points import digest
from parvis.contacts.queries import personal_data, reachable, residents_of, standing
from parvis.contacts.rules import Channel, Source
from parvis.core import personal
from tests.builders import BY, customer, details, interest, say_yes, shop, territory

pytestmark = pytest.mark.django_db


def odile() -> CustomerRecord:
    record = customer(
        shop(),
        email="odile@courriel.example",
        phone="+33639980030",
        family_name="Ferrand",
        note="Anniversaire en mai",
        likes=["fleurs"],
    )
    say_yes(record.person, to=shop(), channel=Channel.PAPER)
    set_taste(person=record.person, interest=interest("jardin"), liked=True, by=BY)
    return record


def test_everything_personal_is_gone() -> None:
    person = odile().person
    erase(person.pk)
    for model in (ContactPoint, CustomerRecord, RecordTaste, Resident, Taste):
        assert not model._default_manager.exists(), model.__name__
    left = Person.objects.get()
    assert (left.title, left.given_name, left.family_name, left.commune, left.adult_declared_on) == (
        "",
        "",
        "",
        None,
        None,
    )
    assert left.erased_at is not None
    told = json.dumps(personal_data(person.pk), ensure_ascii=False)
    for word in ("Odile", "Ferrand", "odile@", "39980030", "Lavoir", "Anniversaire"):
        assert word not in told


def test_the_ledger_and_the_keyed_objection_are_kept() -> None:
    person = odile().person
    lines = list(ConsentEvent.objects.order_by("pk").values())
    erase(person.pk)
    assert list(ConsentEvent.objects.order_by("pk").values())[: len(lines)] == lines
    assert not standing(persons=[person.pk]).exists()
    kept = set(Objection.objects.values_list("digest", flat=True))
    assert {digest("email", "odile@courriel.example"), digest("phone", "+33639980030")} <= kept


def test_a_neighbour_is_left_alone() -> None:
    other = customer(shop(), note="Paie en espèces")
    before = personal_data(other.person_id)
    erase(odile().person_id)
    assert personal_data(other.person_id) == before
    assert standing(persons=[other.person_id]).exists()


def test_erasing_twice_is_erasing_once() -> None:
    person = odile().person
    erase(person.pk)
    lines = ConsentEvent.objects.count()
    erase(person.pk)
    assert ConsentEvent.objects.count() == lines
    assert Objection.objects.count() == 3


def test_the_erased_are_no_longer_residents() -> None:
    person = odile().person
    assert residents_of(territory()).count() == 1
    erase(person.pk)
    assert not residents_of(territory()).exists()


@pytest.mark.parametrize("kept", ["email", "phone", "address"])
def test_a_shop_that_enters_them_again_gets_no_way_to_reach_them(kept: str) -> None:
    known = details(channel=None)
    record, _ = enrol(organisation=shop(), details=known, source=Source.COUNTER, by=BY)
    erase(record.person_id)
    blank = {name: "" for name in ("email", "phone", "address") if name != kept}
    again, _ = enrol(
        organisation=shop(),
        details=details(
            given_name=known.given_name,
            family_name=known.family_name,
            channel=None,
            **{kept: getattr(known, kept)},
            **blank,
        ),
        source=Source.FILE,
        by=BY,
    )
    say_yes(again.person, to=shop(), channel=Channel.PAPER, key="file-sale-paper", source=Source.FILE)
    assert again.person_id != record.person_id
    assert reachable([again.person_id]) == {}


def test_a_person_reads_everything_that_is_held_of_them() -> None:
    record = odile()
    withdraw(person=record.person, sender=shop(), channel=Channel.PAPER, source=Source.LINK, by=BY)
    told = json.dumps(personal_data(record.person_id), ensure_ascii=False)
    for word in ("Ferrand", "odile@courriel.example", "+33639980030", "Anniversaire en mai", "La Brassée", "Jardin"):
        assert word in told
    accords = personal_data(record.person_id)["accords"]
    assert [line["accordé"] for line in accords] == [True, True, False]
    assert "La Brassée" in accords[0]["phrase"]
    assert "{sender}" not in accords[0]["phrase"]
    assert accords[0]["le"] == dt.date.fromisoformat(accords[0]["le"]).isoformat()


def test_contacts_and_delivery_both_know_how_to_forget() -> None:
    assert {"contacts", "delivery"} <= {holder.app for holder in personal.holders()}
