"""Delivery forgets the words and the files; the counts stay."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from parvis.contacts.models import CustomerRecord, Person
from parvis.contacts.rules import Channel
from parvis.core import personal
from parvis.delivery.actions import carry_due, carrying, send_many
from parvis.delivery.actions.erasure import personal_data
from parvis.delivery.models import Message, Part
from tests.builders import BY, customer, draft, part, shop, territory

from .test_carrying import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday")]


Forget = Callable[[Person], None]


@pytest.fixture
def forget(django_capture_on_commit_callbacks: Any) -> Forget:
    """As « Tout effacer » does, and what follows once it is written."""

    def erase(person: Person) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            personal.erase(person.pk)

    return erase


def told(record: CustomerRecord, channel: Channel) -> Message:
    caller = shop() if channel is Channel.PHONE else None
    said = part(shop(), title="Les dahlias sont là", reason="Vous aimez les dahlias.")
    one = draft(record.person, said, channel=channel, caller=caller)
    send_many(drafts=[one], territory=territory(), batch="round:1", by=BY)
    return Message.objects.get(key=one.key)


@pytest.mark.parametrize("channel", Channel)
def test_the_words_and_the_files_are_gone_and_the_counts_stay(outbox: Path, channel: Channel, forget: Forget) -> None:
    record = customer(shop(), channel=channel, family_name="Marchandeau")
    told(record, channel)
    carry_due()
    assert [file for file in outbox.rglob("*") if file.is_file()]
    forget(record.person)
    assert [file for file in outbox.rglob("*") if file.is_file()] == []
    message = Message.objects.get()
    assert (message.state, message.subject, message.foot, message.file) == ("sent", "", "", "")
    assert Part.objects.get().content == {}
    left = json.dumps(personal_data(record.person_id), ensure_ascii=False)
    assert "dahlias" not in left
    assert personal_data(record.person_id)["messages"][0]["état"] == "parti"


@pytest.mark.parametrize("channel", Channel)
def test_what_was_about_to_leave_does_not(outbox: Path, channel: Channel, forget: Forget) -> None:
    record = customer(shop(), channel=channel)
    told(record, channel)
    forget(record.person)
    carry_due()
    assert Message.objects.get().state == "withheld"
    assert [file for file in outbox.rglob("*") if file.is_file()] == []


def test_what_a_dying_worker_held_does_not_leave_either(outbox: Path, forget: Forget) -> None:
    record = customer(shop())
    message = told(record, Channel.EMAIL)
    Message.objects.update(state=Message.State.CLAIMED, lease_until=message.created_at)
    forget(record.person)
    Message.objects.update(state=Message.State.QUEUED)
    carry_due()
    assert Message.objects.get().state == "withheld"


def test_a_shop_s_list_is_printed_anew_without_the_name(outbox: Path, forget: Forget) -> None:
    gone = customer(shop(), channel=Channel.PHONE, family_name="Marchandeau")
    here = customer(shop(), channel=Channel.PHONE, family_name="Verdier")
    for record in (gone, here):
        told(record, Channel.PHONE)
    carry_due()
    file = outbox / "calls/round-1/la-brassee.pdf"
    assert "Marchandeau" in words(file)
    forget(gone.person)
    assert "Marchandeau" not in words(file)
    assert "Verdier" in words(file)


def test_an_erasure_that_is_undone_leaves_the_files_as_they_were(
    outbox: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """No rollback brings a file back."""
    kept = {channel: customer(shop(), channel=channel) for channel in Channel}
    for channel, record in kept.items():
        told(record, channel)
    carry_due()
    before = {file: file.read_bytes() for file in outbox.rglob("*") if file.is_file()}
    for record in kept.values():
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(KeyError), transaction.atomic():
            personal.erase(record.person_id)
            raise KeyError
    assert {file: file.read_bytes() for file in outbox.rglob("*") if file.is_file()} == before
    assert len(before) == 3
    assert not Message.objects.filter(subject="").exists()


def test_a_list_that_cannot_be_printed_anew_goes_rather_than_keep_the_name(
    outbox: Path, forget: Forget, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, here = (customer(shop(), channel=Channel.PHONE) for _ in range(2))
    for record in (gone, here):
        told(record, Channel.PHONE)
    carry_due()

    def broken(*_: object) -> str:
        raise ValueError("typst")

    monkeypatch.setattr("parvis.delivery.actions.erasure.carry_calls", broken)
    forget(gone.person)
    assert not (outbox / "calls/round-1/la-brassee.pdf").exists()


def test_what_a_worker_holds_past_the_door_is_not_sent_to_somebody_erased_meanwhile(
    outbox: Path, forget: Forget, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [customer(shop()), customer(shop(), channel=Channel.PAPER)]
    told(records[0], Channel.EMAIL)
    told(records[1], Channel.PAPER)

    def meanwhile(name: str) -> None:
        done = getattr(carrying, name)

        def erase_first(message: Message, *rest: Any) -> Any:
            forget(message.person)
            return done(message, *rest)

        monkeypatch.setattr(carrying, name, erase_first)

    meanwhile("compose_mail")
    meanwhile("print_letter")
    carry_due()
    assert set(Message.objects.values_list("state", "file")) == {("withheld", "")}
    assert [file for file in outbox.rglob("*") if file.is_file()] == []


def test_a_neighbour_s_messages_are_left_alone(outbox: Path, forget: Forget) -> None:
    gone, here = customer(shop()), customer(shop())
    for record in (gone, here):
        told(record, Channel.EMAIL)
    before = personal_data(here.person_id)
    forget(gone.person)
    assert personal_data(here.person_id) == before
    assert carry_due() == 1


def test_a_person_reads_every_message_and_why(outbox: Path) -> None:
    record = customer(shop())
    told(record, Channel.EMAIL)
    carry_due()
    (message,) = personal_data(record.person_id)["messages"]
    assert (message["moyen"], message["état"]) == ("par courriel", "parti")
    assert message["annonces"] == [
        {"de": "La Brassée", "titre": "Les dahlias sont là", "pourquoi": "Vous aimez les dahlias."}
    ]
