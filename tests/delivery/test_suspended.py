"""Nothing of a shop whose pages are closed passes the door, and what the association holds does not leave either."""

from typing import Any

import pytest

from parvis.accounts.actions import reopen, suspend
from parvis.accounts.models import Organisation
from parvis.contacts.models import Person
from parvis.contacts.rules import Channel
from parvis.delivery.actions import (
    Draft,
    calls_pdf,
    carry_due,
    carrying,
    free_subject,
    retry,
    send_many,
    stop_sender,
    stop_subject,
)
from parvis.delivery.actions.door import recheck_many
from parvis.delivery.actions.letters import compose_mail
from parvis.delivery.actions.settling import NothingPasses
from parvis.delivery.models import Message, Part
from parvis.delivery.queries import calling_records
from parvis.delivery.rules import Stop
from tests.builders import BY, association, customer, draft, part, say_yes, shop, territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday", "outbox")]

State = Message.State


def close() -> None:
    suspend(organisation=shop(), why="Une raison", keeper=association(), by=BY)


def open_again() -> None:
    reopen(organisation=shop(), keeper=association(), by=BY)


def hand(*drafts: Draft) -> dict[str, Stop | None]:
    return send_many(drafts=drafts, territory=territory(), batch="round:1", by=BY)


def reader(**changes: Any) -> Person:
    return customer(shop(), **changes).person


def stops() -> list[str]:
    return list(Part.objects.order_by("pk").values_list("stopped", flat=True))


def test_the_door_says_no_with_its_own_reason_and_yes_once_it_is_open_again() -> None:
    person, stale = reader(), shop()
    close()
    # Drafted by whoever read the shop before: the door reads it anew.
    assert list(hand(draft(person, part(stale, subject="announcement:1"))).values()) == [Stop.SUSPENDED]
    open_again()
    assert list(hand(draft(person, part(shop(), subject="announcement:1"))).values()) == [None]


def test_another_shop_in_the_same_message_leaves() -> None:
    person, wines = reader(), shop(slug="cave-du-tilleul")
    say_yes(person, to=wines)
    hand(draft(person, part(shop()), part(wines, title="Le beaujolais")))
    close()
    carry_due()
    assert stops() == [Stop.SUSPENDED, ""]
    message = Message.objects.get()
    assert (message.state, message.subject) == (State.SENT, "Le beaujolais")


def test_what_was_queued_already_does_not_leave(outbox: Any) -> None:
    hand(draft(reader(), part(shop())))
    close()
    assert stops() == [Stop.SUSPENDED]
    carry_due()
    assert Message.objects.get().state == State.WITHHELD
    assert not list(outbox.glob("mail/new/*"))


def test_what_comes_in_by_another_way_is_stopped_as_it_leaves() -> None:
    """A row that was queued without the signal: the second look at the door is enough."""
    hand(draft(reader(), part(shop())))
    Organisation.objects.filter(pk=shop().pk).update(suspended_at=Message.objects.get().created_at)
    assert list(recheck_many(list(Message.objects.all())).values()) == [[]]
    assert stops() == [Stop.SUSPENDED]


def test_a_worker_that_holds_it_past_the_door_loses_it(monkeypatch: pytest.MonkeyPatch, outbox: Any) -> None:
    hand(draft(reader(), part(shop())))

    def closed_meanwhile(*args: Any) -> Any:
        close()
        return compose_mail(*args)

    monkeypatch.setattr(carrying, "compose_mail", closed_meanwhile)
    carry_due()
    assert Message.objects.get().state == State.WITHHELD
    assert stops() == [Stop.SUSPENDED]


def test_what_has_left_is_not_said_to_be_stopped() -> None:
    hand(draft(reader(), part(shop())))
    Message.objects.update(state=State.SENT)
    assert stop_sender(shop()) == 0
    assert stops() == [""]


def test_a_failed_message_is_not_tried_again_while_it_is_closed() -> None:
    hand(draft(reader(), part(shop())))
    Message.objects.update(state=State.FAILED)
    Part.objects.update(stopped=Stop.FAILED)
    close()
    with pytest.raises(NothingPasses) as refusal:
        retry(message=Message.objects.get(), by=BY)
    assert "fermé la page" in refusal.value.sentence


def test_a_call_list_is_empty_while_it_is_closed_and_comes_back() -> None:
    hand(draft(reader(channel=Channel.PHONE), part(shop()), channel=Channel.PHONE, caller=shop()))
    carry_due()
    assert len(calling_records(shop(), "round:1", [])) == 1
    close()
    assert calling_records(shop(), "round:1", []) == []
    assert calls_pdf(Message.objects.get(), shop())[:4] == b"%PDF"
    open_again()
    assert len(calling_records(shop(), "round:1", [])) == 1


def test_what_is_held_stops_with_its_own_reason_and_a_list_forgets_it_until_it_is_given_back() -> None:
    said = part(shop(), subject="announcement:1")
    hand(draft(reader(), said), draft(reader(channel=Channel.PHONE), said, channel=Channel.PHONE, caller=shop()))
    Message.objects.filter(channel=Channel.PHONE).update(state=State.SENT)
    assert stop_subject(subject="announcement:1", by=BY, why=Stop.HELD) == 1
    assert sorted(stops()) == ["", Stop.HELD]
    assert calling_records(shop(), "round:1", []) == []
    free_subject("announcement:1")
    assert len(calling_records(shop(), "round:1", [])) == 1
    assert sorted(stops()) == ["", Stop.HELD]  # what was stopped is for a later round to say
