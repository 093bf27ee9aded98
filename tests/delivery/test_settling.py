"""What the host decides: an uncertain message, a failed one, an address that works again. And how it is typed."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from parvis.contacts.actions import erase, note_failing, note_working, set_rhythm, withdraw
from parvis.contacts.models import CustomerRecord
from parvis.contacts.rules import Source
from parvis.core import clock
from parvis.core.models import AuditEntry
from parvis.delivery.actions import carry_due, carrying, retry, send_many, settle, stop_subject
from parvis.delivery.actions.settling import NotFailed, NothingPasses, NotUncertain, WeekOver
from parvis.delivery.models import Message, Part
from tests.builders import BY, TUESDAY, customer, draft, part, shop, territory

from .post_office import PostOffice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday", "outbox")]

State = Message.State


def odile(**changes: Any) -> CustomerRecord:
    return customer(shop(), **({"email": "odile@courriel.example"} | changes))


def hand(record: CustomerRecord, *numbers: int, batch: str = "round:1") -> Message:
    said = [part(shop(), subject=f"announcement:{n}") for n in numbers or (1,)]
    one = draft(record.person, *said, key=f"{batch}/person:{record.person_id}/email")
    send_many(drafts=[one], territory=territory(), batch=batch, by=BY)
    return Message.objects.get(key=one.key)


def uncertain(record: CustomerRecord, post_office: PostOffice) -> Message:
    message = hand(record)
    post_office.on_data[record.email] = PostOffice.HANG_UP
    carry_due()
    post_office.on_data.clear()
    return read(message)


def failed(record: CustomerRecord, post_office: PostOffice, *numbers: int) -> Message:
    message = hand(record, *numbers)
    post_office.on_data[record.email] = "554 no spam"
    carry_due()
    post_office.on_data.clear()
    return read(message)


def read(message: Message) -> Message:
    return Message.objects.select_related("territory", "person").get(pk=message.pk)


def stops(message: Message) -> list[str]:
    return list(message.parts.values_list("stopped", flat=True))


def lines(verb: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(verb=verb))


# --- Settling


def test_what_arrived_is_sent_and_stays_told(post_office: PostOffice) -> None:
    message = uncertain(odile(rhythm=1), post_office)
    settle(message=message, arrived=True, by=BY)
    assert (read(message).state, read(message).error, stops(message)) == (State.SENT, "", [""])
    (line,) = lines("settle_message")
    assert (line.actor, line.target, line.detail) == ("test", f"message:{message.pk}", {"arrived": True})


def test_what_is_lost_gives_the_week_back_and_is_not_sent_again_by_itself(post_office: PostOffice) -> None:
    record = odile(rhythm=1)
    message = uncertain(record, post_office)
    assert stops(hand(record, 2, batch="round:2")) == ["rhythm"]
    settle(message=message, arrived=False, by=BY)
    assert (read(message).state, stops(message)) == (State.FAILED, ["failed"])
    assert lines("settle_message")[0].detail == {"arrived": False}
    with clock.frozen(TUESDAY + dt.timedelta(days=1)):
        assert carry_due() == 0
        assert stops(hand(record, 1, batch="round:3")) == [""]


@pytest.mark.parametrize("state", sorted(set(State) - {State.UNCERTAIN}))
@pytest.mark.parametrize("arrived", [True, False])
def test_what_is_not_uncertain_is_not_settled(state: State, arrived: bool) -> None:
    message = hand(odile())
    Message.objects.update(state=state)
    with pytest.raises(NotUncertain):
        settle(message=message, arrived=arrived, by=BY)
    assert (read(message).state, stops(message), lines("settle_message")) == (state, [""], [])


def test_settling_twice_is_settling_once(post_office: PostOffice) -> None:
    message = uncertain(odile(), post_office)
    settle(message=message, arrived=False, by=BY)
    with pytest.raises(NotUncertain):
        settle(message=message, arrived=True, by=BY)
    assert read(message).state == State.FAILED


def test_a_worker_back_from_the_dead_does_not_undo_what_was_decided(
    post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand(odile())
    begin = carrying._begin

    def asleep_while_sending(message: Message) -> bool:
        begun = begin(message)
        Message.objects.update(state=State.UNCERTAIN)
        settle(message=read(message), arrived=False, by=BY)
        return begun

    monkeypatch.setattr(carrying, "_begin", asleep_while_sending)
    carry_due()
    assert Message.objects.get().state == State.FAILED


# --- Trying again


def test_a_failed_message_leaves_once_more(post_office: PostOffice) -> None:
    message = failed(odile(), post_office)
    retry(message=message, by=BY)
    assert (message.state, stops(message), message.error) == (State.QUEUED, [""], "")
    carry_due()
    assert read(message).state == State.SENT
    assert post_office.readers == ["odile@courriel.example"]
    assert [line.target for line in lines("retry_message")] == [f"message:{message.pk}"]


def test_it_is_tried_once_and_has_failed_again_whatever_the_reason(post_office: PostOffice) -> None:
    message = failed(odile(), post_office)
    retry(message=message, by=BY)
    post_office.on_data["odile@courriel.example"] = "451 later"
    carry_due()
    assert (read(message).state, stops(message)) == (State.FAILED, ["failed"])
    retry(message=message, by=BY)
    assert read(message).state == State.QUEUED


@pytest.mark.parametrize("state", sorted(set(State) - {State.FAILED}))
def test_what_did_not_fail_is_not_tried_again(state: State) -> None:
    message = hand(odile())
    Message.objects.update(state=state)
    with pytest.raises(NotFailed):
        retry(message=message, by=BY)
    assert (read(message).state, lines("retry_message")) == (state, [])


def test_what_failed_in_another_week_is_for_the_next_round(post_office: PostOffice) -> None:
    message = failed(odile(), post_office)
    sunday_night = dt.datetime(2026, 11, 29, 23, 59, tzinfo=clock.PARIS)
    with clock.frozen(sunday_night + dt.timedelta(minutes=2)), pytest.raises(WeekOver):
        retry(message=message, by=BY)
    assert read(message).state == State.FAILED
    with clock.frozen(sunday_night):
        retry(message=message, by=BY)


def test_the_door_is_asked_again(post_office: PostOffice) -> None:
    record = odile()
    message = failed(record, post_office)
    withdraw(person=record.person, sender=shop(), source=Source.COUNTER, by=BY)
    with pytest.raises(NothingPasses, match="n’a pas donné son accord, ou l’a retiré"):
        retry(message=message, by=BY)
    assert (read(message).state, stops(message), lines("retry_message")) == (State.FAILED, ["failed"], [])


def test_only_what_still_passes_is_tried_again(post_office: PostOffice) -> None:
    record = odile(rhythm=4)
    message = failed(record, post_office, 1, 2, 3)
    hand(record, 2, batch="round:2")  # said meanwhile
    set_rhythm(resident=record.person.residents.get(), rhythm=2, by=BY)
    retry(message=message, by=BY)
    assert dict(message.parts.values_list("subject", "stopped")) == {
        "announcement:1": "",
        "announcement:2": "told",
        "announcement:3": "rhythm",
    }


def test_what_was_said_since_is_not_said_twice(post_office: PostOffice) -> None:
    record = odile()
    message = failed(record, post_office)
    hand(record, 1, batch="round:2")
    with pytest.raises(NothingPasses, match="déjà entendu"):
        retry(message=message, by=BY)


@pytest.mark.parametrize("first", ["failed", "uncertain"])
def test_what_its_sender_took_back_since_is_not_tried_again(post_office: PostOffice, first: str) -> None:
    if first == "failed":
        message = failed(odile(), post_office)
        stop_subject(subject="announcement:1", by=BY)
    else:
        message = uncertain(odile(), post_office)
        stop_subject(subject="announcement:1", by=BY)
        settle(message=message, arrived=False, by=BY)
    with pytest.raises(NothingPasses, match="a retiré son annonce"):
        retry(message=message, by=BY)


def test_nothing_is_tried_again_for_somebody_erased(post_office: PostOffice) -> None:
    record = odile()
    message = failed(record, post_office)
    erase(record.person_id)
    with pytest.raises(NothingPasses, match="effacement"):
        retry(message=message, by=BY)


# --- An address that works again


def test_an_address_that_works_again_is_written_to_again() -> None:
    record = odile()
    note_failing(person=record.person, kind="email", by=BY)
    assert stops(hand(record)) == ["unreachable"]
    point = record.person.contact_points.get(kind="email")
    assert note_working(point=point, by=BY)
    assert stops(hand(record, 2, batch="round:2")) == [""]
    (line,) = lines("note_working")
    assert (line.target, line.detail) == (f"person:{record.person_id}", {"kind": "email"})


def test_an_address_with_which_nothing_is_wrong_is_left_alone() -> None:
    point = odile().person.contact_points.get(kind="email")
    assert not note_working(point=point, by=BY)
    assert lines("note_working") == []


# --- The command


def delivery(*words: str) -> str:
    out = StringIO()
    call_command("delivery", *words, stdout=out)
    return out.getvalue().replace("\u00a0", " ")


def test_the_list_names_what_waits_and_shows_no_address(post_office: PostOffice) -> None:
    doubt, bad = uncertain(odile(), post_office), failed(customer(shop(), email="aline@courriel.example"), post_office)
    dead = customer(shop(), email="paul@courriel.example", phone="+33639980077")
    note_failing(person=dead.person, kind="email", by=BY)
    note_failing(person=dead.person, kind="phone", by=BY)
    told = delivery("list")
    for message, masked in ((doubt, "o***@courriel.example"), (bad, "a***@courriel.example")):
        (line,) = [line for line in told.splitlines() if message.key in line]
        assert f"mardi 24 novembre, par courriel, {masked}. " in line
        assert message.error in line
    assert f"Message-ID {post_office.mails[0]['Message-ID']}\n" in told
    assert told.count("Message-ID") == 1
    for point in dead.person.contact_points.exclude(failing_since=None):
        shown = "p***@courriel.example" if point.kind == "email" else "***77"
        assert f"  {point.pk}  {shown}, depuis mardi 24 novembre\n" in told
    for word in ("odile@", "aline@", "paul@", "39980077", "Ferrand"):
        assert word not in told
    assert told.index(doubt.key) < told.index(bad.key) < told.index("p***@")


def test_a_list_of_nothing_says_so() -> None:
    hand(odile())
    assert delivery("list") == "Rien n’attend de décision.\n"


def test_what_failed_another_week_is_not_listed(post_office: PostOffice) -> None:
    failed(odile(), post_office)
    with clock.frozen(TUESDAY + dt.timedelta(days=7)):
        assert delivery("list") == "Rien n’attend de décision.\n"


def test_the_host_settles_retries_and_mends_by_the_keys_of_the_list(post_office: PostOffice) -> None:
    message = uncertain(odile(), post_office)
    assert "perdu" in delivery("settle", message.key, "--lost")
    assert "Remis en route" in delivery("retry", message.key)
    carry_due()
    assert read(message).state == State.SENT
    note_failing(person=message.person, kind="email", by=BY)
    point = message.person.contact_points.get(kind="email")
    assert "de nouveau" in delivery("mend", str(point.pk))
    assert "Rien à changer" in delivery("mend", str(point.pk))
    assert {line.actor.partition(":")[0] for line in lines("settle_message") + lines("note_working")} == {"host"}


def test_the_host_may_know_that_it_arrived(post_office: PostOffice) -> None:
    message = uncertain(odile(), post_office)
    assert "arrivé" in delivery("settle", message.key, "--arrived")
    assert (read(message).state, Part.objects.get().stopped) == (State.SENT, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["settle", "round:9/x", "--lost"], "Aucun message"),
        (["retry", "round:9/x"], "Aucun message"),
        (["mend", "0"], "Aucune adresse"),
        (["settle", "{key}", "--arrived"], "pas incertain"),
        (["retry", "{key}"], "pas échoué"),
        (["settle", "{key}"], "arrivé .--arrived. ou perdu"),
        (["settle", "{key}", "--arrived", "--lost"], "arrivé .--arrived. ou perdu"),
    ],
)
def test_what_cannot_be_done_is_said(words: list[str], said: str) -> None:
    message = hand(odile())
    with pytest.raises(CommandError, match=said):
        delivery(*(word.replace("{key}", message.key) for word in words))
    assert read(message).state == State.QUEUED
