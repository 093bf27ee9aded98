"""A shop's tap lifts nothing that was stopped: the address itself is asked, and answers (decisions 4 and 5)."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.accounts.actions import suspend
from parvis.accounts.models import Organisation
from parvis.contacts.actions import (
    Said,
    deny,
    entry_by,
    may_say_yes,
    not_me_token,
    note_said,
    say_it_is_me,
    send_counter_notices,
    withdraw,
    withdraw_everything,
)
from parvis.contacts.actions.first_message import TO_ANSWER
from parvis.contacts.models import ConsentEvent, CounterEntry, CounterNotice, CustomerRecord, Objection, Person
from parvis.contacts.queries import reach, standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock, personal
from parvis.core.actors import Actor
from parvis.delivery.actions import send_many
from parvis.delivery.rules import Stop
from tests import builders
from tests.builders import BY, TUESDAY, details, shop, territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

CLAIRE = Actor("user:4", "Claire Vasseur")
BAKER = "fournil-des-sources"
ODILE = "odile@courriel.example"
HOUR = dt.timedelta(hours=1)
TAP = TUESDAY + HOUR  # after the no
LATE = TUESDAY + 2 * HOUR


@pytest.fixture
def odile() -> Person:
    """Who said yes to the florist, was told of it, and stands at the counter again."""
    with clock.frozen(TUESDAY - HOUR):
        entry = tapped(shop())
        send_counter_notices()
    assert entry.record
    return entry.record.person


def tapped(of: Organisation, *channels: Channel, on: dt.date | None = None, **typed: Any) -> CounterEntry:
    yeses = {one: builders.wording(f"counter-{one}") for one in channels or (Channel.EMAIL,)}
    whole = {"email": ODILE, "given_name": "Odile", "family_name": "Ferrand", "phone": "", "address": ""} | typed
    said = Said(details(**whole), on=on or clock.today(), yeses=yeses)
    return note_said(organisation=of, key=uuid.uuid4(), said=said, source=Source.COUNTER, by=CLAIRE)


def reached(person: Person, of: Organisation) -> bool:
    """By the very door."""
    drafts = [builders.draft(person, builders.part(of))]
    told = send_many(drafts=drafts, territory=territory(), batch=str(uuid.uuid4()), by=BY)
    return list(told.values()) == [None]


def again(entry: CounterEntry) -> CounterEntry:
    found = entry_by(not_me_token(entry))
    assert found
    return found


def say_yes(entry: CounterEntry) -> Person | None:
    return say_it_is_me(entry=again(entry), wording=builders.wording("web-email"))


def stop_here(person: Person) -> None:
    withdraw(person=person, sender=shop(), source=Source.LINK, by=BY)


def stop_all(person: Person) -> None:
    withdraw_everything(person=person, source=Source.LINK, by=BY)


@pytest.mark.parametrize("stop", [stop_here, stop_all])
def test_a_tap_after_a_stop_asks_the_address_although_it_was_told_before(odile: Person, stop: Any) -> None:
    assert reached(odile, shop())
    stop(odile)
    with clock.frozen(TAP):
        entry = tapped(shop())
        assert not reached(odile, shop())
        assert send_counter_notices() == 1
        assert CounterNotice.objects.latest("pk").asks
    with clock.frozen(LATE):
        assert not reached(odile, shop())
        assert not standing(persons=[odile.pk]).exists()
        assert say_yes(entry) == odile
        assert reached(odile, shop())
        assert ConsentEvent.objects.latest("pk").source == "web"
        assert say_yes(entry) is None  # once


def test_a_tap_lifts_neither_silence_nor_objection(odile: Person) -> None:
    stop_all(odile)
    with clock.frozen(TAP):
        for of in (shop(), shop(slug=BAKER)):
            tapped(of)
        send_counter_notices()
        assert Objection.objects.count() == 1
        assert not odile.contact_points.filter(silenced_at=None).exists()
        assert not standing(persons=[odile.pk]).exists()
        assert reach([odile.pk]) == set()


def test_another_shop_reads_of_a_silent_customer_what_it_would_read_of_anyone(odile: Person) -> None:
    """Decision 1: that she stopped everything elsewhere is not for it to know, not even by its own file."""
    stop_all(odile)
    baker = shop(slug=BAKER)
    with clock.frozen(TAP):
        seen = []
        for email in (ODILE, "personne@courriel.example"):
            with CaptureQueriesContext(connection) as queries:
                entry = tapped(baker, email=email)
            events = ConsentEvent.objects.filter(person__customer_records=entry.record, sender=baker)
            seen.append((len(queries), list(events.values_list("channel", "granted", "source"))))
    assert seen[0] == seen[1]
    assert seen[0][1] == [("email", True, "counter")]


def test_a_silent_person_without_any_address_is_not_reached_on_paper_either() -> None:
    reader = builders.customer(shop(), channel=Channel.PAPER, email="", phone="", address="", family_name="Ferrand")
    stop_all(reader.person)
    assert not reader.person.contact_points.exists()
    with clock.frozen(TAP):
        tapped(shop(slug=BAKER), Channel.PAPER, email="", family_name="Ferrand")
        tapped(shop(), Channel.PAPER, email="", given_name=reader.given_name, family_name="Ferrand")
        assert not standing(persons=[reader.person_id]).exists()


def test_an_erased_address_that_comes_back_at_a_counter_stays_silent_until_it_answers(odile: Person) -> None:
    personal.erase(odile.pk)
    with clock.frozen(TAP):
        entry = tapped(shop())
        assert entry.record and entry.record.person != odile
        assert send_counter_notices() == 1
        assert not reached(entry.record.person, shop())
    with clock.frozen(LATE):
        assert say_yes(entry) == entry.record.person
        assert reached(entry.record.person, shop())


def test_a_stop_of_ones_own_holds_on_every_channel_a_no_said_at_the_counter_on_email_alone(odile: Person) -> None:
    channels = (Channel.EMAIL, Channel.PAPER)
    stop_here(odile)
    with clock.frozen(TAP):
        tapped(shop(), *channels)
        assert not standing(persons=[odile.pk]).exists()
    paule = tapped(shop(), email="paule@courriel.example", given_name="Paule").record
    assert paule
    withdraw(person=paule.person, sender=shop(), source=Source.COUNTER, by=BY)
    with clock.frozen(TAP):
        tapped(shop(), *channels, email="paule@courriel.example", given_name="Paule")
        assert [one.channel for one in standing(persons=[paule.person_id])] == ["paper"]


def test_a_yes_older_than_the_no_asks_nothing(odile: Person) -> None:
    stop_here(odile)
    with clock.frozen(TAP):
        tapped(shop(), on=clock.today() - dt.timedelta(days=1))
        assert send_counter_notices() == 0
        assert not standing(persons=[odile.pk]).exists()


def test_who_said_no_is_asked_once_whatever_the_shop_taps(odile: Person) -> None:
    stop_here(odile)
    for minutes in range(5):
        with clock.frozen(TAP + dt.timedelta(minutes=minutes)):
            tapped(shop(), family_name=f"Ferrand{minutes}")
            send_counter_notices()
    assert CounterNotice.objects.filter(asks=True, state="sent").count() == 1
    assert not standing(persons=[odile.pk]).exists()


def test_the_limits_hold_for_what_is_asked_too(odile: Person) -> None:
    stop_here(odile)
    with clock.frozen(TAP):
        for number in range(2):
            tapped(shop(slug=f"commerce-{number}"))
        send_counter_notices()
        entry = tapped(shop())
        assert send_counter_notices() == 0
        assert not may_say_yes(again(entry))


@pytest.mark.parametrize("late", [TO_ANSWER - dt.timedelta(seconds=1), TO_ANSWER])
def test_one_answers_within_a_month(odile: Person, late: dt.timedelta) -> None:
    stop_here(odile)
    with clock.frozen(TAP):
        entry = tapped(shop())
        send_counter_notices()
    with clock.frozen(TAP + late):
        assert (say_yes(entry) is not None) is (late < TO_ANSWER)


def test_an_old_question_does_not_undo_a_later_no(odile: Person) -> None:
    stop_here(odile)
    with clock.frozen(TAP):
        entry = tapped(shop())
        send_counter_notices()
    with clock.frozen(LATE):
        stop_all(odile)
        assert say_yes(entry) is None
        deny(entry=again(entry))
        assert say_yes(entry) is None
    assert not standing(persons=[odile.pk]).exists()


def test_a_first_message_that_asks_nothing_gives_nothing(odile: Person) -> None:
    entry = CounterEntry.objects.get()
    assert say_yes(entry) is None
    assert not ConsentEvent.objects.filter(source="web").exists()


def test_nothing_is_answered_to_a_closed_shop(odile: Person) -> None:
    stop_here(odile)
    with clock.frozen(TAP):
        entry = tapped(shop())
        send_counter_notices()
        suspend(organisation=shop(), why="Une raison", keeper=builders.association(), by=BY)
        assert say_yes(entry) is None


def test_the_reader_of_the_mailbox_is_its_owner_whatever_the_shop_called_them(odile: Person) -> None:
    stop_here(odile)
    with clock.frozen(TAP):
        entry = tapped(shop(), given_name="Zacharie")
        assert entry.record and entry.record.person != odile
    assert CustomerRecord.objects.filter(organisation=shop()).count() == 2


def test_the_host_at_the_persons_own_request_lifts_a_stop(odile: Person) -> None:
    """`bin/parvis person consent`: the way back of whoever has no address."""
    stop_all(odile)
    with clock.frozen(TAP):
        builders.say_yes(odile, to=shop())
        assert reached(odile, shop())


def test_the_door_holds_an_announcement_until_the_first_message_has_left() -> None:
    entry = tapped(shop())
    assert entry.record
    drafts = [builders.draft(entry.record.person, builders.part(shop()))]
    told = send_many(drafts=drafts, territory=territory(), batch="b", by=BY)
    assert list(told.values()) == [Stop.UNREACHABLE]
    send_counter_notices()
    assert reached(entry.record.person, shop())
