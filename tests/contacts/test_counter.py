"""What was said at the counter is noted once, with its sentence; and whoever reads the address may undo it."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.accounts.models import Organisation
from parvis.contacts.actions import (
    Said,
    first_message,
    note_refusal,
    send_counter_notices,
    withdraw,
)
from parvis.contacts.actions import counter as counter_actions
from parvis.contacts.actions.records import write_note
from parvis.contacts.models import ConsentEvent, CounterEntry, CounterNotice, CustomerRecord, Objection, Person
from parvis.contacts.queries import adults, reach, standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.core.models import AuditEntry
from tests import builders
from tests.builders import BY, TUESDAY, details, shop

from .spoken import AT_THE_COUNTER, noted, person, refuse, said, typed_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

KEY = uuid.UUID("7a3d3a52-27a6-4b35-8a2b-0b8b5f6b2d11")
DAY = dt.timedelta(days=1)
ODILE = "odile@courriel.example"
BAKER = "fournil-des-sources"


# --- Once ------------------------------------------------------------------------------------------------------------


def test_a_yes_is_noted_with_the_sentence_read_the_day_and_who_noted_it() -> None:
    entry = noted(shop(), said(Channel.EMAIL))
    event = ConsentEvent.objects.get()
    assert (event.person, event.sender, event.channel, event.granted) == (person(entry), shop(), "email", True)
    assert event.wording and (event.wording.key, event.source) == ("counter-email", "counter")
    assert (event.given_on, event.noted_by, event.noted_at) == (TUESDAY.date(), AT_THE_COUNTER.key, TUESDAY)
    assert send_counter_notices() == 1
    assert (person(entry).pk, shop().pk, "email") in reach([person(entry).pk])


def test_an_entry_that_comes_twice_is_one() -> None:
    what = said(Channel.EMAIL)
    first, second = noted(shop(), what, key=KEY), noted(shop(), what, key=KEY)
    assert first == second
    counts = [m.objects.count() for m in (CounterEntry, CustomerRecord, ConsentEvent, CounterNotice, Person)]
    assert counts == [1, 1, 1, 1, 1]
    assert AuditEntry.objects.filter(verb="grant").count() == 1


def test_the_same_key_at_two_shops_is_two_entries() -> None:
    assert noted(shop(), said(), key=KEY) != noted(shop(slug=BAKER), said(), key=KEY)


def test_an_entry_that_fails_is_not_half_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(counter_actions, "grant", broken)
    with pytest.raises(RuntimeError):
        noted(shop(), said(Channel.EMAIL), key=KEY)
    assert not CounterEntry.objects.exists()
    assert not Person.objects.exists()


def test_a_fiche_without_a_yes_gives_no_right_and_writes_to_nobody(mail: list[Any]) -> None:
    entry = noted(shop(), said())
    assert entry.record
    assert not ConsentEvent.objects.exists()
    assert send_counter_notices() == 0
    assert mail == []


# --- An age, a commune -----------------------------------------------------------------------------------------------


def test_an_age_told_at_a_second_visit_is_noted_by_that_shop_on_the_day_it_was_said() -> None:
    first = noted(shop(), said(Channel.EMAIL, email=ODILE, adult_declared_on=None))
    told = said(Channel.EMAIL, on=clock.today() - DAY, email=ODILE, adult_declared_on=None)
    told = replace(told, details=replace(told.details, adult_told_on=told.on, family_name=_name(first)))
    second = noted(shop(), told)
    assert second.record == first.record and second.record
    second.record.refresh_from_db()
    assert second.record.adult_told_on == clock.today() - DAY
    assert adults([person(first).pk]) == {(person(first).pk, shop().pk)}
    assert Person.objects.get().adult_declared_on is None


def test_an_age_told_by_someone_known_elsewhere_serves_the_shop_that_was_told() -> None:
    elsewhere = noted(shop(slug=BAKER), said(email=ODILE, adult_declared_on=None))
    here = noted(shop(), said(Channel.EMAIL, email=ODILE, adult_declared_on=None, adult_told_on=clock.today()))
    assert person(here) == person(elsewhere)
    assert adults([person(here).pk]) == {(person(here).pk, shop().pk)}
    assert Person.objects.get().adult_declared_on is None


def _name(entry: CounterEntry) -> str:
    assert entry.record
    return entry.record.family_name


def test_the_commune_of_an_address_is_a_new_persons_and_changes_nobody_else() -> None:
    """Decision 1: only the person changes the person."""
    known = noted(shop(), said(email=ODILE))
    assert person(known).commune is None
    for of, email in ((shop(slug=BAKER), ODILE), (shop(), "paule@courriel.example")):
        last = noted(of, replace(said(email=email, given_name="Odile"), commune="mandres les roses"))
    assert Person.objects.get(pk=person(known).pk).commune is None
    commune = person(last).commune
    assert commune and commune.name == "Mandres-les-Roses"
    elsewhere = noted(shop(), replace(said(email="luc@courriel.example"), commune="Ailleurs"))
    assert person(elsewhere).commune is None


# --- A no ------------------------------------------------------------------------------------------------------------


def test_the_no_of_someone_unknown_keeps_nothing() -> None:
    refuse(shop(), details())
    assert not Person.objects.exists()
    assert not CounterEntry.objects.exists()
    assert not AuditEntry.objects.filter(verb="withdraw").exists()


def test_the_no_of_a_customer_is_a_no_on_every_channel_of_that_shop() -> None:
    what = said(Channel.EMAIL, Channel.PHONE)
    entry = noted(shop(), what)
    refuse(shop(), what.details)
    assert not standing(persons=[person(entry).pk]).exists()
    noes = ConsentEvent.objects.filter(granted=False)
    assert {(one.source, one.channel) for one in noes} == {("counter", channel) for channel in Channel}
    refuse(shop(), what.details)
    assert noes.count() == len(Channel)


def test_the_no_of_a_customer_keeps_the_first_message_that_had_not_left(mail: list[Any]) -> None:
    what = said(Channel.EMAIL)
    noted(shop(), what)
    refuse(shop(), what.details)
    assert send_counter_notices() == 0
    assert mail == []


@pytest.mark.parametrize("changed", [{"given_name": "Paule"}, {"email": "autre@courriel.example", "phone": ""}])
def test_the_no_of_someone_else_touches_nobody(changed: dict[str, Any]) -> None:
    what = said(Channel.EMAIL, address="")
    entry = noted(shop(), what)
    refuse(shop(), replace(what.details, **changed))
    assert standing(persons=[person(entry).pk]).exists()


def test_a_no_at_one_shop_is_not_a_no_at_another() -> None:
    what = said(Channel.EMAIL)
    florist, baker = noted(shop(), what), noted(shop(slug=BAKER), what)
    assert person(florist) == person(baker)
    refuse(shop(slug=BAKER), what.details)
    assert [one.sender for one in standing(persons=[person(florist).pk])] == [shop()]


def test_a_no_without_a_screen_finds_the_fiche_by_name_and_address() -> None:
    what = said(Channel.PAPER, email="", phone="")
    entry = noted(shop(), what)
    refuse(shop(), what.details)
    assert not standing(persons=[person(entry).pk]).exists()


def test_a_no_that_waited_does_not_undo_a_later_yes() -> None:
    what = said(Channel.EMAIL)
    entry = noted(shop(), what)
    refuse(shop(), what.details, on=clock.today() - DAY)
    assert standing(persons=[person(entry).pk]).exists()


def test_a_yes_that_waited_does_not_undo_a_later_no() -> None:
    """On a telephone without network: the entry is still noted, once."""
    what = said(Channel.EMAIL)
    entry = noted(shop(), what)
    withdraw(person=person(entry), sender=shop(), source=Source.LINK, by=BY)
    late = noted(shop(), replace(what, on=clock.today() - DAY))
    assert late.record == entry.record
    assert not standing(persons=[person(entry).pk]).exists()


def slip(of: Organisation, what: Said, key: uuid.UUID = KEY) -> None:
    note_refusal(organisation=of, details=what.details, on=what.on, by=AT_THE_COUNTER, instead_of=key)


def test_a_slip_of_the_finger_takes_back_the_fiche_that_it_made() -> None:
    what = said(Channel.EMAIL, Channel.PHONE)
    entry = noted(shop(), what, key=KEY)
    slip(shop(), what)
    gone = Person.objects.get(pk=person(entry).pk)
    assert not CustomerRecord.objects.exists() and not gone.contact_points.exists() and not gone.residents.exists()
    assert (gone.given_name, gone.family_name, gone.erased_at) == ("", "", TUESDAY)
    assert not Objection.objects.exists() and not standing().exists()
    assert send_counter_notices() == 0
    assert AuditEntry.objects.filter(verb="customer_taken_back").count() == 1
    again = noted(shop(), what)
    assert person(again) != gone and standing(persons=[person(again).pk]).exists()


def test_a_fiche_that_was_there_before_stays_with_its_no() -> None:
    what = said(Channel.EMAIL)
    with clock.frozen(TUESDAY - DAY):
        noted(shop(), replace(what, on=clock.today()))
    second = noted(shop(), what, key=KEY)
    slip(shop(), what)
    assert CustomerRecord.objects.get() == second.record
    assert not standing().exists()


@pytest.mark.parametrize("late", [False, True])
def test_what_was_noted_since_or_too_long_ago_keeps_the_fiche(late: bool) -> None:
    what = said(Channel.EMAIL)
    entry = noted(shop(), what, key=KEY)
    if not late:
        assert entry.record
        write_note(record=entry.record, note="Passe le samedi.", by=BY)
    with clock.frozen(TUESDAY + DAY if late else TUESDAY):
        slip(shop(), what)
    assert CustomerRecord.objects.count() == 1 and not standing().exists()


def test_of_someone_known_elsewhere_only_what_this_shop_typed_goes() -> None:
    baker = noted(shop(slug=BAKER), said(Channel.EMAIL, email=ODILE, phone=""))
    what = said(Channel.EMAIL, email=ODILE, phone="+33639981277")
    assert person(noted(shop(), what, key=KEY)) == person(baker)
    slip(shop(), what)
    known = Person.objects.get(pk=person(baker).pk)
    assert known.erased_at is None and known.given_name
    assert list(known.contact_points.exclude(kind="post").values_list("value", flat=True)) == [ODILE]
    assert [one.sender.slug for one in standing()] == [BAKER]


# --- Decision 1 ------------------------------------------------------------------------------------------------------


def cost(of: Organisation, what: Said) -> int:
    with CaptureQueriesContext(connection) as queries:
        noted(of, what)
    return len(queries)


def test_someone_known_elsewhere_costs_as_much_as_someone_unknown() -> None:
    theirs = builders.customer(shop(slug=BAKER), email="voisine@ailleurs.example", phone="")
    assert theirs.person
    known, unknown = (
        cost(shop(), said(Channel.EMAIL, email=f"{name}@ailleurs.example", phone="", family_name=name.title()))
        for name in ("voisine", "inconnue")
    )
    assert known == unknown
    assert CustomerRecord.objects.filter(organisation=shop(), person=theirs.person).exists()


def test_an_address_that_was_told_elsewhere_already_costs_as_much() -> None:
    for number in range(first_message.PER_ADDRESS + 1):
        typed_at(shop(slug=f"commerce-{number}"))
    send_counter_notices()
    told, untold = (
        cost(shop(), said(Channel.EMAIL, email=email, phone=""))
        for email in ("quelqu.un@ailleurs.example", "personne@ailleurs.example")
    )
    assert told == untold
