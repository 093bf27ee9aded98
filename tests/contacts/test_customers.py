"""A shop notes a customer: its file is its own, and nobody learns who is known elsewhere."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.actions import CustomerDetails, enrol, withdraw_everything
from parvis.contacts.models import ContactPoint, CustomerRecord, Person, RecordTaste, Resident
from parvis.contacts.queries import reach, reachable
from parvis.contacts.rules import DEFAULT_RHYTHM, Channel, Source, may_be_one
from parvis.core import clock
from parvis.core.models import AuditEntry
from tests.builders import BY, TUESDAY, customer, details, interest, shop

database = pytest.mark.django_db


def note(noted: CustomerDetails, at: str = "la-brassee") -> tuple[CustomerRecord, str]:
    return enrol(organisation=shop(slug=at), details=noted, source=Source.COUNTER, by=BY)


def wine(noted: CustomerDetails) -> tuple[CustomerRecord, str]:
    return note(noted, "cave-du-tilleul")


# --- First names


@pytest.mark.parametrize(
    ("one", "other"),
    [("Odile", "ODILE"), ("", "Odile"), ("O.", "Odile"), ("M.-Christine", "Christine"), ("Zoé", "Zoe"), ("-", "Léa")],
)
def test_two_spellings_may_be_one_person(one: str, other: str) -> None:
    assert may_be_one(one, other)


@pytest.mark.parametrize(("one", "other"), [("Odile", "Paul"), ("Jean", "Jeanne"), ("Marie", "Maria"), ("P.", "Odile")])
def test_two_first_names_are_two_persons(one: str, other: str) -> None:
    assert not may_be_one(one, other)


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_first_names_takes_no_side(one: str, other: str) -> None:
    assert may_be_one(one, other) == may_be_one(other, one)
    assert may_be_one(one, one)


# --- Linking in silence


@database
@pytest.mark.parametrize("shared", ["email", "phone"])
def test_someone_known_elsewhere_is_linked_and_the_shop_is_told_the_same(shared: str) -> None:
    here, unknown = details(**{"phone": {"email": ""}}.get(shared, {})), details()
    first, _ = note(here)
    elsewhere = replace(details(given_name="", family_name="", email="", phone=""), **{shared: getattr(here, shared)})
    linked, told = wine(elsewhere)
    stranger, told_of_a_stranger = wine(unknown)
    assert linked.person == first.person
    assert stranger.person != first.person
    assert told == told_of_a_stranger == "created"
    assert linked.given_name == ""
    assert Person.objects.count() == 2


@database
def test_the_second_shop_s_journal_tells_nothing_of_the_first() -> None:
    known = details()
    note(known)
    linked, _ = wine(known)
    stranger, _ = wine(details())
    targets = [f"customerrecord:{record.pk}" for record in (linked, stranger)]
    told = AuditEntry.objects.filter(target__in=targets).values_list("verb", "detail")
    assert list(told) == [("customer_created", {})] * 2


@database
def test_a_shop_never_replaces_what_the_person_gave() -> None:
    first, _ = note(details(email="odile@courriel.example", phone="+33639980001"))
    linked, _ = wine(details(email="odile@courriel.example", phone="+33639980002", address="3 place du Marché"))
    assert linked.person == first.person
    assert linked.phone == "+33639980002"
    assert first.person.contact_points.get(kind="phone").value == "+33639980001"
    assert "rue du Lavoir" in first.person.contact_points.get(kind="post").value
    assert not ContactPoint.objects.filter(value="+33639980002").exists()


@database
def test_what_a_shop_knows_never_changes_the_person_nor_the_other_record() -> None:
    known = details(family_name="Ferrand", rhythm=1, channel=Channel.PAPER)
    first, _ = note(known)
    wine(replace(known, family_name="FERRANT", title="M.", note="Paie en retard", rhythm=7, channel=Channel.PHONE))
    first.refresh_from_db()
    person = Person.objects.get()
    resident = Resident.objects.get()
    assert (person.family_name, person.title) == (first.family_name, first.title) == ("Ferrand", "Mme")
    assert first.note == ""
    assert (resident.rhythm, resident.channel) == (1, "paper")


@database
def test_a_missing_kind_of_address_is_added_once() -> None:
    first, _ = note(details(phone="", email="odile@courriel.example"))
    wine(details(phone="+33639980002", email="odile@courriel.example"))
    wine(details(phone="+33639980003", email="odile@courriel.example"))
    assert [p.value for p in first.person.contact_points.filter(kind="phone")] == ["+33639980002"]


@database
def test_an_address_that_is_another_s_is_not_taken_from_them() -> None:
    """A mailbox has one owner; a telephone may be a whole household's."""
    both = {"email": "odile@courriel.example", "phone": "+33639980004"}
    odile, _ = note(details(**both))
    paul, _ = note(details(**both, given_name="Paul"))
    assert ContactPoint.objects.get(value=both["email"]).person == odile.person != paul.person
    assert {point.person for point in ContactPoint.objects.filter(value=both["phone"])} == {odile.person, paul.person}


@database
def test_a_couple_with_one_telephone_stays_two_people_with_two_files() -> None:
    odile = details(given_name="Odile", phone="+33639980005", email="")
    paul = details(given_name="Paul", phone="+33639980005", email="", note="Préfère le samedi")
    made = [note(odile), note(paul)]
    again = [note(odile), note(paul)]
    assert [outcome for _, outcome in made] == ["created", "created"]
    assert [outcome for _, outcome in again] == ["unchanged", "unchanged"]
    assert {record.pk for record, _ in made} == {record.pk for record, _ in again}
    assert Person.objects.count() == 2


@database
def test_without_e_mail_or_telephone_the_same_name_at_the_same_address_is_one_person() -> None:
    known = details(email="", phone="", channel=Channel.PAPER)
    first, _ = note(known)
    assert note(known) == (first, "unchanged")
    assert wine(known)[0].person == first.person
    other, _ = note(replace(known, given_name="Paul"))
    assert other.person != first.person


@database
def test_a_name_alone_does_not_grow_a_twin_at_each_import() -> None:
    known = details(email="", phone="", address="", postcode="", town="")
    first, _ = note(known)
    assert note(known) == (first, "unchanged")
    assert wine(known)[0].person != first.person


# --- The shop's own record


@database
def test_an_empty_value_never_wipes_a_known_one() -> None:
    known = details(note="Aime le rose", last_sale_on=dt.date(2026, 10, 1))
    record, _ = note(known)
    before = CustomerRecord.objects.values().get()
    assert note(CustomerDetails(phone=known.phone)) == (record, "unchanged")
    assert CustomerRecord.objects.values().get() == before


@database
def test_a_new_value_updates_and_only_then_is_it_audited() -> None:
    known = details()
    record, _ = note(known)
    assert note(replace(known, note="Anniversaire en mai"))[1] == "updated"
    assert note(replace(known, note="Anniversaire en mai"))[1] == "unchanged"
    verbs = AuditEntry.objects.filter(target=f"customerrecord:{record.pk}").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["customer_created", "customer_updated"]


@database
def test_a_new_taste_is_an_update_and_stays_the_shop_s_own() -> None:
    known = details(likes=frozenset({interest("fleurs")}))
    record, _ = note(known)
    changed = replace(known, likes=frozenset({interest("jardin")}), refusals=frozenset({interest("fleurs")}))
    assert note(changed)[1] == "updated"
    assert note(changed)[1] == "unchanged"
    assert dict(RecordTaste.objects.values_list("interest__slug", "liked")) == {"fleurs": False, "jardin": True}
    assert not record.person.tastes.exists()


@database
def test_a_resident_starts_with_a_channel_that_can_reach_them() -> None:
    by_mail, on_paper, by_phone = (
        details(channel=None, rhythm=DEFAULT_RHYTHM),
        details(channel=None, email=""),
        details(channel=None, email="", address=""),
    )
    channels = [note(noted)[0].person.residents.get().channel for noted in (by_mail, on_paper, by_phone)]
    assert channels == ["email", "paper", "phone"]


# --- Someone who objected


@database
def test_a_silenced_address_stays_silent_when_a_shop_enters_it_again() -> None:
    gone = customer(shop(), email="odile@courriel.example", phone="+33639980006")
    withdraw_everything(person=gone.person, source=Source.LINK, by=BY)
    gone.person.contact_points.all().delete()  # as when a person is erased
    again, told = wine(details(email="odile@courriel.example", phone="+33639980006"))
    _, told_of_a_stranger = wine(details())
    assert told == told_of_a_stranger
    assert again.person != gone.person
    assert reachable([again.person_id]).get(again.person_id, set()).isdisjoint({"email", "phone", "paper"})


@database
def test_a_silenced_postal_address_stays_silent_too() -> None:
    home: dict[str, Any] = {"email": "", "phone": "", "address": "8 rue du Lavoir", "channel": Channel.PAPER}
    home |= {"given_name": "Odile", "family_name": "Canari"}
    gone = customer(shop(), **home)
    withdraw_everything(person=gone.person, source=Source.LINK, by=BY)
    gone.person.contact_points.all().delete()
    again, _ = wine(details(**home))
    assert reachable([again.person_id]) == {}
    # Whoever else lives there refused nothing.
    other, _ = wine(details(**home | {"given_name": "Paul"}))
    assert "post" in reachable([other.person_id])[other.person_id]


@database
def test_noting_someone_records_when_and_from_where() -> None:
    with clock.frozen(TUESDAY):
        record, _ = note(details())
    assert record.created_at == record.person.created_at == TUESDAY
    assert set(record.person.contact_points.values_list("source", "verified_at")) == {("counter", None)}


@pytest.mark.django_db
def test_an_address_collected_by_one_shop_never_serves_another() -> None:
    florist, wine = shop(), shop(slug="cave-du-tilleul")
    known, _ = enrol(
        organisation=florist,
        details=details(phone="+33639980091", email="odile@courriel.example"),
        source=Source.COUNTER,
        by=BY,
    )
    theirs, _ = enrol(
        organisation=wine,
        details=details(phone="", email="odile@courriel.example", address=""),
        source=Source.FILE,
        by=BY,
    )
    assert theirs.person == known.person
    found = reach([known.person_id])
    assert (known.person_id, florist.pk, "phone") in found
    assert {channel for _, sender, channel in found if sender == wine.pk} == {"email"}


@pytest.mark.django_db
def test_a_number_that_is_not_the_persons_own_is_not_dialled() -> None:
    wine = shop(slug="cave-du-tilleul")
    record, _ = enrol(organisation=wine, details=details(phone="+33639980092"), source=Source.COUNTER, by=BY)
    record.phone = "+33639980093"
    record.save()
    assert (record.person_id, wine.pk, "phone") not in reach([record.person_id])
