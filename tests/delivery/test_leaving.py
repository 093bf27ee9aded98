"""The door again, at the instant of leaving: for a whole batch at once, and for no more queries."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.accounts.models import Organisation
from parvis.contacts.actions import set_rhythm, set_taste, withdraw
from parvis.contacts.models import Person
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.delivery.actions import Draft, DraftPart, carry_due, carrying, send_many, stop_subject
from parvis.delivery.actions.door import recheck_many
from parvis.delivery.models import Message, Part
from tests.builders import BY, TUESDAY, customer, draft, interest, part, say_yes, shop, territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday", "outbox")]

State = Message.State


def reader(**changes: Any) -> Person:
    return customer(shop(), **changes).person


def hand(*drafts: Draft, batch: str = "round:1") -> list[Message]:
    send_many(drafts=drafts, territory=territory(), batch=batch, by=BY)
    return list(Message.objects.order_by("pk"))


def left(*persons: Person) -> list[str]:
    """What leaves of all the messages of these persons, rechecked together."""
    messages = list(Message.objects.filter(person__in=persons).order_by("pk"))
    return [one.subject for parts in recheck_many(messages).values() for one in parts]


def about(number: int, *, of: Organisation | None = None, **said: Any) -> DraftPart:
    return part(of or shop(), subject=f"announcement:{number}", **said)


# --- One message


def test_what_nothing_changed_leaves_whole() -> None:
    person = reader(rhythm=2)
    hand(draft(person, about(1), about(2)))
    assert left(person) == ["announcement:1", "announcement:2"]
    assert left(person) == ["announcement:1", "announcement:2"]


def test_a_yes_withdrawn_meanwhile_stops_that_sender_alone() -> None:
    person = reader()
    wine = shop(slug="cave-du-tilleul")
    say_yes(person, to=wine)
    hand(draft(person, about(1), about(2, of=wine)))
    withdraw(person=person, sender=shop(), source=Source.LINK, by=BY)
    assert left(person) == ["announcement:2"]
    assert Part.objects.get(subject="announcement:1").stopped == "no_consent"


def test_a_rhythm_lowered_meanwhile_is_obeyed() -> None:
    person = reader(rhythm=4)
    hand(draft(person, *(about(n) for n in (1, 2, 3))))
    set_rhythm(resident=person.residents.get(), rhythm=1, by=BY)
    assert left(person) == ["announcement:1"]


def test_a_refusal_said_meanwhile_is_obeyed() -> None:
    person = reader()
    hand(draft(person, about(1, interests=["fleurs"])))
    set_taste(person=person, interest=interest("maison-et-jardin"), liked=False, by=BY)
    assert left(person) == []


# --- A batch


def test_two_messages_of_one_reader_are_taken_in_the_order_in_which_they_were_written() -> None:
    person = reader(rhythm=4)
    hand(draft(person, about(1), about(2)), draft(person, about(3)))
    set_rhythm(resident=person.residents.get(), rhythm=2, by=BY)
    assert left(person) == ["announcement:1", "announcement:2"]
    assert Part.objects.get(subject="announcement:3").stopped == "rhythm"


def test_a_message_outside_the_batch_counts_in_the_week_of_those_inside() -> None:
    person = reader(rhythm=4)
    first, second = hand(draft(person, about(1)), draft(person, about(2)))
    set_rhythm(resident=person.residents.get(), rhythm=1, by=BY)
    assert recheck_many([second]) == {second.pk: []}
    assert len(recheck_many([first])[first.pk]) == 1


def test_each_reader_is_judged_on_their_own_facts() -> None:
    here, there = reader(), reader()
    hand(draft(here, about(1)), draft(there, about(1)))
    withdraw(person=there, sender=shop(), source=Source.LINK, by=BY)
    messages = list(Message.objects.order_by("pk"))
    assert [len(parts) for parts in recheck_many(messages).values()] == [1, 0]


def test_what_leaves_late_draws_on_the_week_in_which_it_leaves() -> None:
    """A worker that was down over a Sunday spends nobody's week twice."""
    person = reader(rhythm=1)
    hand(draft(person, about(1)))
    with clock.frozen(TUESDAY + dt.timedelta(days=7)):
        hand(draft(person, about(2)))
        assert left(person) == ["announcement:1"]
        assert set(Message.objects.values_list("week", flat=True)) == {clock.iso_week(clock.now())}


@pytest.mark.parametrize(("late", "leaves"), [(-1, True), (0, False)])
def test_what_is_over_does_not_leave(late: int, leaves: bool) -> None:
    person = reader()
    end = TUESDAY + dt.timedelta(hours=2)
    hand(draft(person, about(1, until=end)))
    with clock.frozen(end + dt.timedelta(seconds=late)):
        assert left(person) == (["announcement:1"] if leaves else [])


def test_what_has_left_or_ended_is_not_judged_again() -> None:
    person = reader()
    (message,) = hand(draft(person, about(1)))
    withdraw(person=person, sender=shop(), source=Source.LINK, by=BY)
    subject = message.subject
    for state in set(State) - {State.QUEUED, State.CLAIMED}:
        Message.objects.update(state=state)
        assert left(person) == []
        message.refresh_from_db()
        assert (message.subject, message.parts.get().stopped) == (subject, "")


def test_nobody_at_the_door_is_no_error() -> None:
    assert recheck_many([]) == {}


# --- Queries


def statements(verb: str, seen: CaptureQueriesContext) -> int:
    return sum(query["sql"].startswith(verb) for query in seen.captured_queries)


@pytest.mark.parametrize(("channel", "writes"), [(Channel.EMAIL, 2), (Channel.PAPER, 1), (Channel.PHONE, 0)])
def test_carrying_thirty_reads_no_more_than_carrying_three(
    channel: Channel, writes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the states of each message are written one by one: a crash must find them as they are."""
    caller = shop() if channel is Channel.PHONE else None
    monkeypatch.setattr("parvis.delivery.actions.letters.print_sheet", lambda letter, photos: b"%PDF-")
    monkeypatch.setattr("parvis.delivery.actions.letters.print_calls", lambda **_: b"%PDF-")

    def carried(number: int) -> tuple[int, int]:
        batch = f"round:{number}"
        records = [reader(channel=channel, likes=["fleurs"]) for _ in range(number)]
        said = about(number, interests=["fleurs"])
        hand(*(draft(person, said, channel=channel, caller=caller) for person in records), batch=batch)
        with CaptureQueriesContext(connection) as seen:
            assert carry_due() == number
        assert set(Message.objects.filter(batch=batch).values_list("state", flat=True)) == {State.SENT}
        return statements("SELECT", seen), statements("UPDATE", seen)

    few, many = carried(3), carried(30)
    assert few[0] == many[0]
    assert few[1] - 3 * writes == many[1] - 30 * writes


def test_the_sheets_of_a_batch_withheld_are_forgotten_without_a_read_each(outbox: Any) -> None:
    def queries(number: int) -> int:
        people = [reader(channel=Channel.PAPER) for _ in range(number)]
        hand(*(draft(person, about(number), channel=Channel.PAPER) for person in people), batch=f"round:{number}")
        for person in people:
            withdraw(person=person, sender=shop(), source=Source.LINK, by=BY)
        with CaptureQueriesContext(connection) as seen:
            carry_due()
        return len(seen)

    assert queries(2) == queries(12)


# --- Between the door and the letter box


def taken_back_while(name: str, subject: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Its sender takes an announcement back just before `name` first lays something out."""
    done = getattr(carrying, name)
    spared: list[int] = []

    def first(*args: Any) -> Any:
        if not spared:
            spared.append(stop_subject(subject=subject, by=BY))
        return done(*args)

    monkeypatch.setattr(carrying, name, first)
    return spared


@pytest.mark.parametrize(("channel", "name"), [(Channel.EMAIL, "compose_mail"), (Channel.PAPER, "print_letter")])
def test_what_is_taken_back_while_a_worker_holds_it_does_not_leave(
    channel: Channel, name: str, outbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [reader(channel=channel) for _ in range(2)]
    hand(*(draft(person, about(1), channel=channel) for person in people))
    spared = taken_back_while(name, "announcement:1", monkeypatch)
    carry_due()
    assert spared == [2]
    assert set(Message.objects.values_list("state", flat=True)) == {State.WITHHELD}
    assert set(Part.objects.values_list("stopped", flat=True)) == {"withdrawn"}
    assert [file for file in outbox.rglob("*") if file.is_file()] == []


def test_only_what_is_taken_back_is_taken_out_of_a_message_that_a_worker_holds(
    outbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand(draft(reader(), about(1, title="Les pivoines"), about(2, title="Les dahlias")))
    taken_back_while("compose_mail", "announcement:1", monkeypatch)
    carry_due()
    (mail,) = (outbox / "mail" / "new").iterdir()
    assert b"Subject: Les dahlias" in mail.read_bytes()
    assert b"pivoines" not in mail.read_bytes()


def test_what_may_have_arrived_is_not_said_to_be_spared() -> None:
    hand(*(draft(reader(), about(1)) for _ in range(len(State))))
    for message, state in zip(Message.objects.order_by("pk"), State, strict=True):
        Message.objects.filter(pk=message.pk).update(state=state)
    assert stop_subject(subject="announcement:1", by=BY) == 2
    stopped = dict(Part.objects.values_list("message__state", "stopped"))
    assert {state for state, why in stopped.items() if why} == {State.QUEUED}
    late = Part.objects.filter(taken_back=True).values_list("message__state", flat=True)
    assert set(late) == {State.SENDING, State.UNCERTAIN, State.FAILED}


def test_a_poison_takes_no_other_message_down_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It brings its worker down at each attempt, and the first time it was claimed with others."""
    poison, *others = (reader() for _ in range(4))
    hand(*(draft(person, about(1)) for person in (poison, *others)))

    def fall(messages: Sequence[Message]) -> dict[int, list[Part]]:
        if any(message.person_id == poison.pk for message in messages):
            raise SystemExit
        return recheck_many(messages)

    monkeypatch.setattr(carrying, "recheck_many", fall)
    now = TUESDAY
    for _ in range(2 * carrying.MAX_ATTEMPTS):
        now += carrying.LEASE + dt.timedelta(seconds=1)
        with clock.frozen(now):
            try:
                carry_due()
            except SystemExit:
                continue
    states = dict(Message.objects.values_list("person", "state"))
    assert states == {poison.pk: State.FAILED} | {person.pk: State.SENT for person in others}
