"""What a hostile reader of the code found: a refusal undone by the back door, each by its own way."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from parvis.accounts.rules import Role
from parvis.contacts.actions import declare_adult, erase, fewer, grant, withdraw, withdraw_everything
from parvis.contacts.actions.customers import enrol
from parvis.contacts.models import CustomerRecord, Objection, Resident
from parvis.contacts.queries import reachable, standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.delivery.actions import carry_due, send_many, stop_subject
from parvis.delivery.models import Message
from parvis.delivery.queries import call_refusals, calling_records
from parvis.delivery.rules import Stop
from tests import builders

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def test_a_yes_of_before_the_stop_stands_for_no_sender_that_learns_of_it_later() -> None:
    person = builders.customer(builders.shop()).person
    withdraw_everything(person=person, source=Source.LINK, by=builders.BY)
    cellar = builders.shop(slug="cave-du-tilleul")
    before = TODAY - dt.timedelta(days=90)
    builders.say_yes(person, to=cellar, on=before, key="file-email", source=Source.FILE)
    builders.say_yes(person, to=builders.shop())
    assert set(standing(persons=[person.pk]).values_list("sender", flat=True)) == {builders.shop().pk}


def test_a_sender_that_was_stopped_is_stopped_on_every_channel() -> None:
    person = builders.customer(builders.shop()).person
    withdraw(person=person, sender=builders.shop(), source=Source.LINK, by=builders.BY)
    for channel in (Channel.PAPER, Channel.PHONE):
        with pytest.raises(Exception, match="a refusé depuis"):
            grant(
                person=person,
                sender=builders.shop(),
                channel=channel,
                wording=builders.wording(f"file-{channel}"),
                source=Source.FILE,
                given_on=TODAY - dt.timedelta(days=100),
                by=builders.BY,
            )


def test_a_yes_of_the_household_does_not_lift_the_objection_of_another() -> None:
    home: dict[str, Any] = {"email": "", "phone": "", "address": "8 rue du Lavoir", "family_name": "Canari"}
    odile = builders.customer(builders.shop(), given_name="Odile", channel=Channel.PAPER, **home)
    erase(odile.person_id)
    paul = builders.customer(builders.shop(), given_name="Paul", channel=Channel.PAPER, **home)
    assert Objection.objects.exists()
    again, _ = enrol(
        organisation=builders.shop(),
        details=builders.details(given_name="Odile", channel=Channel.PAPER, **home),
        source=Source.FILE,
        by=builders.BY,
    )
    assert reachable([again.person_id]) == {}
    assert "paper" in reachable([paul.person_id])[paul.person_id]


def test_sixty_days_of_silence_outlive_an_erasure() -> None:
    first = builders.customer(builders.shop(), channel=Channel.PHONE, phone="+33639981234", email="")
    erase(first.person_id)
    again = builders.customer(builders.shop(), channel=Channel.PHONE, phone="+33639981234", email="")
    builders.say_yes(again.person, to=builders.shop(), channel=Channel.PHONE)
    assert call_refusals([again.person_id]) == {(again.person_id, builders.shop().pk): TODAY}


@pytest.mark.parametrize(("spoil", "reason"), [("profiling", Stop.NOT_ASKED), ("minor", Stop.MINOR), ("", None)])
def test_alcohol_stops_at_the_door_for_who_refuses_to_be_sorted_and_for_whom_its_shop_knows_a_minor(
    spoil: str, reason: Stop | None
) -> None:
    record = builders.customer(builders.shop(), likes=["whiskys-japonais"])
    declare_adult(person=record.person, said_on=TODAY, by=builders.BY)
    if spoil == "profiling":
        record.person.profiling = False
        record.person.save()
    if spoil == "minor":
        CustomerRecord.objects.update(minor_told_on=TODAY)
    part = builders.part(builders.shop(), interests=["whiskys-japonais"], alcohol=True)
    said = send_many(
        drafts=[builders.draft(record.person, part)], territory=builders.territory(), batch="essai", by=builders.BY
    )
    assert list(said.values()) == [reason]


def test_a_tap_that_arrives_late_raises_nothing() -> None:
    resident = Resident.objects.get(person=builders.customer(builders.shop(), rhythm=7).person)
    slow = Resident.objects.get(pk=resident.pk)
    for _ in range(4):
        fewer(resident=resident, by=builders.BY)
    assert fewer(resident=slow, by=builders.BY) == 0
    resident.refresh_from_db()
    assert resident.rhythm == 0


def test_a_call_list_is_read_without_whoever_refused_since_and_a_sheet_is_no_longer_handed_over(
    client: Client,
) -> None:
    shop, association = builders.shop(), builders.association()
    caller = builders.customer(shop, channel=Channel.PHONE, family_name="Canari", phone="+33639983005")
    reader = builders.customer(shop, channel=Channel.PAPER, address="3 rue du Lavoir")
    said = builders.part(shop, subject="announcement:1")
    drafts = [
        builders.draft(caller.person, said, channel=Channel.PHONE, caller=shop),
        builders.draft(reader.person, said, channel=Channel.PAPER),
    ]
    send_many(drafts=drafts, territory=shop.territory, batch="round:1", by=builders.BY)
    carry_due()
    assert [record for record, _ in calling_records(shop, "round:1", [])] == [caller]
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    sheet = Message.objects.get(channel=Channel.PAPER)
    address = reverse("pages:sheet", args=[association.slug, sheet.pk])
    client.force_login(builders.user(of=association, role=Role.OFFICER), backend=backend)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.getvalue().startswith(b"%PDF")  # read, not closed: closing would end the test's own connection
    withdraw_everything(person=reader.person, source=Source.LINK, by=builders.BY)
    assert client.get(address).status_code == 410
    stop_subject(subject="announcement:1", by=builders.BY)
    assert calling_records(shop, "round:1", []) == []
