"""What was said at the counter is noted once, with its sentence; and whoever reads the address may undo it."""

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.accounts.models import Organisation
from parvis.contacts.actions import (
    CustomerDetails,
    Said,
    deny,
    entry_by,
    forget_old_entries,
    is_denied,
    not_me_token,
    note_refusal,
    note_said,
    send_counter_notices,
    withdraw,
    withdraw_everything,
)
from parvis.contacts.actions import counter as counter_actions
from parvis.contacts.models import ConsentEvent, ContactPoint, CounterEntry, CounterNotice, CustomerRecord, Person
from parvis.contacts.queries import reach, standing
from parvis.contacts.rules import Channel, Source
from parvis.contacts.tasks import sweep
from parvis.core import clock, personal
from parvis.core.models import AuditEntry
from parvis.core.signals import notice_requested
from tests import builders
from tests.builders import BY, TUESDAY, details, shop

pytestmark = pytest.mark.django_db

KEY = uuid.UUID("7a3d3a52-27a6-4b35-8a2b-0b8b5f6b2d11")
DAY = dt.timedelta(days=1)
BAKER = "fournil-des-sources"


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def mail() -> Iterator[list[dict[str, Any]]]:
    sent: list[dict[str, Any]] = []

    def receive(**notice: Any) -> None:
        sent.append(notice)

    notice_requested.connect(receive)
    try:
        yield sent
    finally:
        notice_requested.disconnect(receive)


def said(*channels: Channel, on: dt.date | None = None, **typed: Any) -> Said:
    """Yes on these channels, as read at the counter."""
    yeses = {channel: builders.wording(f"counter-{channel}") for channel in channels}
    return Said(details(**typed), on=on or clock.today(), yeses=yeses)


def noted(of: Organisation, what: Said, *, key: uuid.UUID | None = None) -> CounterEntry:
    return note_said(organisation=of, key=key or uuid.uuid4(), said=what, source=Source.COUNTER, by=BY)


def person(entry: CounterEntry) -> Person:
    assert entry.record
    return entry.record.person


def typed_at(of: Organisation, email: str = "quelqu.un@ailleurs.example") -> CounterEntry:
    return noted(of, said(Channel.EMAIL, email=email, phone=""))


# --- Once ------------------------------------------------------------------------------------------------------------


def test_a_yes_is_noted_with_the_sentence_read_the_day_and_who_noted_it() -> None:
    entry = noted(shop(), said(Channel.EMAIL))
    event = ConsentEvent.objects.get()
    assert (event.person, event.sender, event.channel, event.granted) == (person(entry), shop(), "email", True)
    assert event.wording and (event.wording.key, event.source) == ("counter-email", "counter")
    assert (event.given_on, event.noted_by, event.noted_at) == (TUESDAY.date(), BY.key, TUESDAY)
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


# --- A no ------------------------------------------------------------------------------------------------------------


def refuse(
    of: Organisation, typed: CustomerDetails, channel: Channel = Channel.EMAIL, on: dt.date | None = None
) -> None:
    note_refusal(organisation=of, details=typed, channel=channel, on=on or clock.today(), by=BY)


def test_the_no_of_someone_unknown_keeps_nothing() -> None:
    refuse(shop(), details())
    assert not Person.objects.exists()
    assert not CounterEntry.objects.exists()
    assert not AuditEntry.objects.filter(verb="withdraw").exists()


def test_the_no_of_a_customer_takes_back_that_channel_alone() -> None:
    what = said(Channel.EMAIL, Channel.PHONE)
    entry = noted(shop(), what)
    refuse(shop(), what.details)
    assert [one.channel for one in standing(persons=[person(entry).pk])] == ["phone"]
    last = ConsentEvent.objects.latest("pk")
    assert (last.granted, last.source, last.channel) == (False, "counter", "email")


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
    refuse(shop(), what.details, Channel.PAPER)
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


# --- The first message -----------------------------------------------------------------------------------------------


def test_the_first_message_says_who_when_and_how_to_undo_and_nothing_that_was_typed(mail: list[Any]) -> None:
    entry = noted(shop(), said(Channel.EMAIL, given_name="Achetez", family_name="mes dahlias"))
    assert mail == []  # the bell sends it, so that no one times it
    sweep.call()
    assert len(mail) == 1
    assert entry.record and mail[0]["to"] == entry.record.email
    assert mail[0]["subject"] == "La Brassée a noté votre adresse"
    text = mail[0]["text"]
    assert "24 novembre 2026" in text and "Villecresnes" in text
    link = re.search(r"^http\S+/pas-moi/(\S+)/$", text, re.MULTILINE)
    assert link and entry_by(link[1]) == entry
    assert "dahlias" not in text and "Achetez" not in text
    assert send_counter_notices() == 0


def test_an_address_typed_fifty_times_at_one_counter_is_told_once(mail: list[Any]) -> None:
    for number in range(50):
        noted(shop(), said(Channel.EMAIL, email="victime@ailleurs.example", given_name=f"P{number}", phone=""))
        send_counter_notices()
    assert [one["to"] for one in mail] == ["victime@ailleurs.example"]


def test_an_address_typed_at_fifty_counters_is_told_three_times_a_day(mail: list[Any]) -> None:
    shops = [shop(slug=f"commerce-{number}") for number in range(50)]
    for one in shops:
        typed_at(one)
    assert send_counter_notices() == 3
    with clock.frozen(TUESDAY + DAY - dt.timedelta(seconds=1)):
        typed_at(shop())
        assert send_counter_notices() == 0
    with clock.frozen(TUESDAY + DAY):
        typed_at(shop(slug="encore-un"))
        assert send_counter_notices() == 1
    assert len(mail) == 4


def test_a_shop_that_types_many_waits_an_hour_for_the_next(mail: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter_actions, "PER_SHOP", 2)
    for number in range(3):
        typed_at(shop(), f"passante{number}@ailleurs.example")
    typed_at(shop(slug=BAKER), "client@ailleurs.example")
    assert send_counter_notices() == 3
    with clock.frozen(TUESDAY + dt.timedelta(minutes=59)):
        assert send_counter_notices() == 0
    with clock.frozen(TUESDAY + dt.timedelta(hours=1)):
        assert send_counter_notices() == 1
    assert {one["to"] for one in mail} == {f"passante{n}@ailleurs.example" for n in range(3)} | {
        "client@ailleurs.example"
    }


@pytest.mark.parametrize(("late", "sent"), [(DAY - dt.timedelta(seconds=1), 1), (DAY, 0)])
def test_a_message_that_waited_a_day_stays(mail: list[Any], late: dt.timedelta, sent: int) -> None:
    typed_at(shop())
    with clock.frozen(TUESDAY + late):
        assert send_counter_notices() == sent


def test_nothing_leaves_to_someone_who_was_erased_meanwhile(mail: list[Any]) -> None:
    entry = typed_at(shop())
    personal.erase(person(entry).pk)
    assert send_counter_notices() == 0
    assert mail == []


# --- « Ce n’est pas moi » --------------------------------------------------------------------------------------------


def found(entry: CounterEntry) -> CounterEntry:
    one = entry_by(not_me_token(entry))
    assert one
    return one


def test_not_me_takes_back_the_yes_to_that_shop_alone() -> None:
    florist, baker = typed_at(shop()), typed_at(shop(slug=BAKER))
    deny(entry=found(baker))
    assert [one.sender for one in standing(persons=[person(florist).pk])] == [shop()]
    last = ConsentEvent.objects.latest("pk")
    assert (last.sender, last.granted, last.source) == (shop(slug=BAKER), False, "link")
    assert is_denied(found(baker))
    assert not is_denied(found(florist))


def test_not_me_twice_is_once() -> None:
    entry = typed_at(shop())
    deny(entry=found(entry))
    once = ConsentEvent.objects.filter(granted=False).count()
    deny(entry=found(entry))
    assert ConsentEvent.objects.filter(granted=False).count() == once > 0
    assert AuditEntry.objects.filter(verb="not_me").count() == 1


def test_an_address_that_said_not_me_is_typed_in_vain(mail: list[Any]) -> None:
    deny(entry=found(typed_at(shop())))
    again = typed_at(shop())
    assert again.record
    assert send_counter_notices() == 0
    assert not standing(sender=shop().pk).exists()
    typed_at(shop(slug=BAKER))
    assert standing(sender=shop(slug=BAKER).pk).exists()


def test_an_old_link_does_not_undo_a_later_yes_of_ones_own() -> None:
    entry = typed_at(shop())
    deny(entry=found(entry))
    builders.say_yes(person(entry), to=shop(), key="web-email", source=Source.WEB)
    deny(entry=found(entry))
    assert standing(persons=[person(entry).pk]).exists()


def test_whoever_had_stopped_everything_stays_so_after_a_false_yes() -> None:
    theirs = builders.customer(shop(slug=BAKER), email="silence@ailleurs.example", phone="", given_name="")
    withdraw_everything(person=theirs.person, source=Source.LINK, by=BY)
    entry = noted(shop(), said(Channel.EMAIL, email="silence@ailleurs.example", phone="", given_name=""))
    assert person(entry) == theirs.person
    assert not ContactPoint.objects.exclude(silenced_at=None).filter(kind="email").exists()
    deny(entry=found(entry))
    assert ContactPoint.objects.get(value="silence@ailleurs.example").silenced_at


def test_a_link_that_was_altered_or_of_which_nothing_is_left_opens_nothing() -> None:
    entry = typed_at(shop())
    token = not_me_token(entry)
    assert entry_by(token) == entry
    assert entry_by(token[:-2] + "xx") is None
    assert entry_by(not_me_token(noted(shop(), said()))) is None
    entry.delete()
    assert entry_by(token) is None


def test_not_me_works_after_the_fiche_is_gone() -> None:
    entry = typed_at(shop())
    personal.erase(person(entry).pk)
    deny(entry=found(entry))
    typed_at(shop())
    assert not standing(sender=shop().pk).exists()


def test_entries_are_forgotten_with_their_links() -> None:
    entry = typed_at(shop())
    for late, left in ((counter_actions.LIFE, True), (counter_actions.LIFE + dt.timedelta(seconds=1), False)):
        with clock.frozen(TUESDAY + late):
            forget_old_entries()
        assert CounterEntry.objects.filter(pk=entry.pk).exists() is left


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
    for number in range(counter_actions.PER_ADDRESS + 1):
        typed_at(shop(slug=f"commerce-{number}"))
    send_counter_notices()
    told, untold = (
        cost(shop(), said(Channel.EMAIL, email=email, phone=""))
        for email in ("quelqu.un@ailleurs.example", "personne@ailleurs.example")
    )
    assert told == untold
