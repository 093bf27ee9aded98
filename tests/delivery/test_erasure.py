"""Delivery forgets the words and the files; the counts stay."""

import json
from pathlib import Path

import pytest

from parvis.contacts.models import CustomerRecord, Person
from parvis.contacts.rules import Channel
from parvis.core import personal
from parvis.delivery.actions import carry_due, send_many
from parvis.delivery.actions.erasure import personal_data
from parvis.delivery.models import Message, Part
from tests.builders import customer, draft, part, shop, territory

from .test_carrying import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday")]


def forget(person: Person) -> None:
    """As « Tout effacer » does, app by app."""
    for holder in personal.holders():
        holder.erase(person.pk)


def told(record: CustomerRecord, channel: Channel) -> Message:
    caller = shop() if channel is Channel.PHONE else None
    said = part(shop(), title="Les dahlias sont là", reason="Vous aimez les dahlias.")
    one = draft(record.person, said, channel=channel, caller=caller)
    send_many(drafts=[one], territory=territory(), batch="round:1")
    return Message.objects.get(key=one.key)


@pytest.mark.parametrize("channel", Channel)
def test_the_words_and_the_files_are_gone_and_the_counts_stay(outbox: Path, channel: Channel) -> None:
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
def test_what_was_about_to_leave_does_not(outbox: Path, channel: Channel) -> None:
    record = customer(shop(), channel=channel)
    told(record, channel)
    forget(record.person)
    carry_due()
    assert Message.objects.get().state == "withheld"
    assert [file for file in outbox.rglob("*") if file.is_file()] == []


def test_what_a_dying_worker_held_does_not_leave_either(outbox: Path) -> None:
    record = customer(shop())
    message = told(record, Channel.EMAIL)
    Message.objects.update(state=Message.State.CLAIMED, lease_until=message.created_at)
    forget(record.person)
    Message.objects.update(state=Message.State.QUEUED)
    carry_due()
    assert Message.objects.get().state == "withheld"


def test_a_shop_s_list_is_printed_anew_without_the_name(outbox: Path) -> None:
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


def test_a_neighbour_s_messages_are_left_alone(outbox: Path) -> None:
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
