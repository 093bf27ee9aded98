"""The first message to an address typed at a counter: whoever reads it may undo what was said in its name."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from parvis.accounts.actions import reopen, suspend
from parvis.contacts.actions import (
    ShopClosed,
    deny,
    entry_by,
    first_message,
    forget_old_entries,
    is_denied,
    not_me_token,
    send_counter_notices,
    withdraw,
    withdraw_everything,
)
from parvis.contacts.models import ConsentEvent, ContactPoint, CounterEntry, CounterNotice, CustomerRecord
from parvis.contacts.queries import reach, standing
from parvis.contacts.rules import Channel, Source
from parvis.contacts.tasks import sweep
from parvis.core import clock, personal
from parvis.core.models import AuditEntry
from parvis.core.signals import NotCarried, notice_requested
from tests import builders
from tests.builders import BY, TUESDAY, shop

from .spoken import noted, person, refuse, said, typed_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

KEY = uuid.UUID("7a3d3a52-27a6-4b35-8a2b-0b8b5f6b2d11")
DAY = dt.timedelta(days=1)
ODILE = "odile@courriel.example"
BAKER = "fournil-des-sources"


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


def test_it_leaves_while_the_clock_runs(mail: list[Any], ticking: None) -> None:
    noted(shop(), said(Channel.EMAIL))
    assert send_counter_notices() == 1


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
        assert send_counter_notices() == 3
        assert send_counter_notices() == 0
    assert len(mail) == 6


def test_a_shop_that_types_many_waits_an_hour_for_the_next(mail: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_message, "PER_SHOP", 2)
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


def may_write(entry: CounterEntry) -> bool:
    return (person(entry).pk, entry.organisation_id, "email") in reach([person(entry).pk])


def test_a_message_leaves_however_late_and_nothing_else_before_it(mail: list[Any]) -> None:
    entry = typed_at(shop())
    with clock.frozen(TUESDAY + 9 * DAY):
        assert not may_write(entry)
        assert send_counter_notices() == 1
        assert may_write(entry)


def test_the_fourth_shop_of_the_day_writes_nothing_before_its_own_message_has_left() -> None:
    *_, fourth = [typed_at(shop(slug=f"commerce-{number}")) for number in range(4)]
    assert send_counter_notices() == 3
    assert not may_write(fourth)
    with clock.frozen(TUESDAY + DAY):
        send_counter_notices()
        assert may_write(fourth)


def test_an_entry_whose_message_never_left_is_forgotten_with_its_yes_by_email_alone() -> None:
    """Else a yes of which nobody was told would stand, or its entry be kept for ever."""
    entry = noted(shop(), said(Channel.EMAIL, Channel.PAPER, email="quelqu.un@ailleurs.example", phone=""))
    typed_at(shop(slug=BAKER))
    who = person(entry)
    CounterNotice.objects.filter(entry__organisation=shop(slug=BAKER)).update(state="sent", ended_at=TUESDAY)
    suspend(organisation=shop(), why="Une raison", keeper=builders.association(), by=BY)
    with clock.frozen(TUESDAY + first_message.LIFE):
        forget_old_entries()
    assert CounterEntry.objects.count() == 2
    with clock.frozen(TUESDAY + first_message.LIFE + DAY):
        forget_old_entries()
        left = standing(persons=[who.pk]).values_list("sender__slug", "channel")
        assert set(left) == {(shop().slug, "paper"), (BAKER, "email")}
    assert not CounterEntry.objects.exists()


def test_a_yes_that_the_address_said_itself_outlives_the_message_that_never_left() -> None:
    entry = typed_at(shop())
    who = person(entry)
    with clock.frozen(TUESDAY + DAY):
        builders.say_yes(who, to=shop(), key="web-email", source=Source.WEB)
    with clock.frozen(TUESDAY + first_message.LIFE + DAY):
        forget_old_entries()
        assert standing(persons=[who.pk]).exists()
    assert not CounterEntry.objects.exists()


def test_a_dead_mailbox_is_written_to_once_and_no_consent_runs_on_it(
    mail: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = typed_at(shop())
    with monkeypatch.context() as broken:
        broken.setattr(notice_requested, "send", away(again=False, dead=True))
        assert send_counter_notices() == 0
    assert CounterNotice.objects.get().state == "lost"
    with clock.frozen(TUESDAY + 9 * DAY):
        assert send_counter_notices() == 0
        assert not may_write(entry)
        assert entry_by(not_me_token(entry))
    assert mail == []


def test_what_may_have_arrived_is_tried_once_more_only(mail: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    entry = typed_at(shop())
    with monkeypatch.context() as broken:
        broken.setattr(notice_requested, "send", away(again=False))
        for day in range(3):
            with clock.frozen(TUESDAY + day * DAY):
                assert send_counter_notices() == 0
    assert CounterNotice.objects.get().state == "lost"
    assert not may_write(entry)
    with clock.frozen(TUESDAY + 9 * DAY):
        assert send_counter_notices() == 0
    assert mail == []


def test_a_mailbox_that_answers_again_is_told_when_it_is_typed_again(
    mail: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = typed_at(shop())
    with monkeypatch.context() as broken:
        broken.setattr(notice_requested, "send", away(again=False, dead=True))
        send_counter_notices()
    with clock.frozen(TUESDAY + DAY):
        typed_at(shop())
        assert not may_write(entry)
        assert send_counter_notices() == 1
        assert may_write(entry)
    assert set(CounterNotice.objects.values_list("state", flat=True)) == {"kept", "sent"}


def test_a_lost_message_holds_back_its_own_address_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = typed_at(shop())
    with monkeypatch.context() as broken:
        broken.setattr(notice_requested, "send", away(again=False, dead=True))
        send_counter_notices()
    who, new = person(entry), "autre@ailleurs.example"
    CustomerRecord.objects.update(email=new)
    who.contact_points.filter(kind="email").update(value=new)
    assert may_write(entry)


@pytest.mark.parametrize(("again", "pause"), [(True, first_message.SOON), (False, first_message.LATER)])
def test_a_message_that_could_not_leave_is_tried_again_and_nothing_else_leaves_before(
    mail: list[Any], monkeypatch: pytest.MonkeyPatch, again: bool, pause: dt.timedelta
) -> None:
    entry = typed_at(shop())
    with monkeypatch.context() as broken:
        broken.setattr(notice_requested, "send", away(again))
        assert send_counter_notices() == 0
    assert not may_write(entry)
    assert CounterNotice.objects.get().state == "waiting"
    with clock.frozen(TUESDAY + pause - dt.timedelta(seconds=1)):
        assert send_counter_notices() == 0
    with clock.frozen(TUESDAY + pause):
        assert send_counter_notices() == 1
    assert may_write(entry)


def away(again: bool, *, dead: bool = False) -> Callable[..., Any]:
    def send(**_: Any) -> None:
        raise NotCarried(again=again, dead=dead)

    return send


def test_a_server_that_is_away_is_asked_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    knocks: list[int] = []

    def send(**_: Any) -> None:
        knocks.append(1)
        raise NotCarried(again=True)

    for number in range(5):
        typed_at(shop(), f"passante{number}@ailleurs.example")
    monkeypatch.setattr(notice_requested, "send", send)
    send_counter_notices()
    assert len(knocks) == 1


def test_nothing_leaves_after_the_yes_was_taken_back(mail: list[Any]) -> None:
    entry = typed_at(shop())
    with clock.frozen(TUESDAY + dt.timedelta(seconds=3)):
        withdraw(person=person(entry), sender=shop(), source=Source.LINK, by=BY)
        assert send_counter_notices() == 0
    assert mail == []
    assert CounterNotice.objects.get().state == "kept"


def test_nothing_leaves_after_everything_was_stopped(mail: list[Any]) -> None:
    entry = typed_at(shop())
    with clock.frozen(TUESDAY + dt.timedelta(seconds=3)):
        withdraw_everything(person=person(entry), source=Source.LINK, by=BY)
        assert send_counter_notices() == 0
    assert mail == []


# --- A shop whose page is closed -------------------------------------------------------------------------------------


def test_a_closed_shop_notes_nobody_but_hears_a_no(mail: list[Any]) -> None:
    what = said(Channel.EMAIL)
    entry = noted(shop(), what, key=KEY)
    suspend(organisation=shop(), why="Une raison", keeper=builders.association(), by=BY)
    mail.clear()
    with pytest.raises(ShopClosed):
        typed_at(shop())
    assert CounterEntry.objects.count() == 1
    assert noted(shop(), what, key=KEY) == entry  # a telephone that never heard the answer
    assert send_counter_notices() == 0
    reopen(organisation=shop(), keeper=builders.association(), by=BY)
    mail.clear()
    assert send_counter_notices() == 1
    suspend(organisation=shop(), why="Une raison", keeper=builders.association(), by=BY)
    refuse(shop(), what.details)
    assert not standing(persons=[person(entry).pk]).exists()


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
    assert is_denied(shop(slug=BAKER), baker.notice.address)
    assert not is_denied(shop(), florist.notice.address)


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
    corrected = noted(shop(), said(Channel.PHONE, email="", phone=again.record.phone or "+33639980001"))
    assert standing(persons=[person(corrected).pk]).exists()
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
    assert ContactPoint.objects.get(value="silence@ailleurs.example").silenced_at
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
    send_counter_notices()
    for late, left in ((first_message.LIFE, True), (first_message.LIFE + dt.timedelta(seconds=1), False)):
        with clock.frozen(TUESDAY + late):
            forget_old_entries()
        assert CounterEntry.objects.filter(pk=entry.pk).exists() is left
