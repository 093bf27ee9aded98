"""Rule 8 at the door: four calls in thirty days, sixty days of silence after a refusal."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from parvis.accounts.models import Organisation
from parvis.contacts.actions import withdraw
from parvis.contacts.models import CustomerRecord, Person
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.delivery.actions import DraftPart, carry_due, send_many
from parvis.delivery.actions.door import recheck_many
from parvis.delivery.actions.letters import carry_calls
from parvis.delivery.models import Message
from parvis.delivery.queries import call_refusals, recent_calls
from parvis.delivery.rules import Stop
from parvis.law import parameters
from tests.builders import BY, TUESDAY, customer, draft, part, say_yes, shop, territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday", "outbox")]

PHONE = Channel.PHONE
SILENCE = dt.timedelta(days=parameters.at(parameters.CALL_SILENCE_DAYS, TUESDAY.date()))


def by_phone(of: Organisation | None = None, **changes: Any) -> CustomerRecord:
    return customer(of or shop(), channel=PHONE, **changes)


def call(person: Person, caller: Organisation | None = None, *, days: int = 0, says: DraftPart | None = None) -> Any:
    """The door's verdict on one more call, that many days after Tuesday."""
    florist = caller or shop()
    with clock.frozen(TUESDAY + dt.timedelta(days=days)):
        one = draft(person, says or part(florist), channel=PHONE, caller=florist)
        (found,) = send_many(drafts=[one], territory=territory(), batch="round:1", by=BY).values()
        return found


def refuse(person: Person, *, days_ago: int, sender: Organisation | None = None, then_yes: bool = True) -> None:
    day = TUESDAY.date() - dt.timedelta(days=days_ago)
    withdraw(person=person, sender=sender or shop(), channel=PHONE, source=Source.COUNTER, given_on=day, by=BY)
    if then_yes:
        say_yes(person, to=sender or shop(), channel=PHONE)


def printed(file: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file.read_bytes())).pages)


# --- Four calls in thirty days


def test_a_shop_is_handed_a_name_at_most_four_times_in_thirty_days() -> None:
    person = by_phone(email="").person
    wine = shop(slug="cave-du-tilleul")
    by_phone(wine, phone=person.contact_points.get(kind="phone").value, email="")
    assert [call(person, days=day) for day in (0, 1, 7, 8)] == [None] * 4
    assert [call(person, days=day) for day in (9, 29)] == [Stop.CALLS] * 2
    assert call(person, wine, days=29) is None
    assert call(person, days=30) is None
    assert call(person, days=30) is Stop.CALLS


def test_two_things_to_say_in_one_call_are_one_call() -> None:
    person = by_phone().person
    for day in (1, 2, 3):
        call(person, days=-day)
    both = draft(person, part(shop()), part(shop()), channel=PHONE, caller=shop())
    assert list(send_many(drafts=[both], territory=territory(), batch="round:2", by=BY).values()) == [None, None]
    assert [len(parts) for parts in recheck_many(list(Message.objects.filter(batch="round:2"))).values()] == [2]


def test_two_calls_handed_over_together_are_two_calls() -> None:
    person = by_phone().person
    for day in (1, 2, 3):
        call(person, days=-day)
    two = [draft(person, part(shop()), channel=PHONE, caller=shop()) for _ in range(2)]
    assert list(send_many(drafts=two, territory=territory(), batch="round:2", by=BY).values()) == [None, Stop.CALLS]


def test_only_the_calls_that_the_law_counts_are_read() -> None:
    person = by_phone().person
    call(person, days=-30)
    call(person, days=-29)
    found = recent_calls([person.pk], [shop().pk], TUESDAY.date())
    assert list(found[person.pk, shop().pk].values()) == [TUESDAY.date() - dt.timedelta(days=29)]


# --- Sixty days of silence


@pytest.mark.parametrize(("days_ago", "stop"), [(0, Stop.CALLS), (SILENCE.days, Stop.CALLS), (SILENCE.days + 1, None)])
def test_whoever_refused_is_left_in_silence_even_after_a_new_yes(days_ago: int, stop: Stop | None) -> None:
    person = by_phone().person
    refuse(person, days_ago=days_ago)
    assert call(person) is stop


def test_the_last_refusal_counts() -> None:
    person = by_phone().person
    refuse(person, days_ago=200)
    refuse(person, days_ago=10)
    refuse(person, days_ago=90)  # written later, said earlier
    assert call_refusals([person.pk]) == {(person.pk, shop().pk): TUESDAY.date() - dt.timedelta(days=10)}


def test_a_refusal_said_to_one_shop_silences_no_other() -> None:
    person = by_phone().person
    wine = shop(slug="cave-du-tilleul")
    by_phone(wine, phone=person.contact_points.get(kind="phone").value)
    refuse(person, days_ago=1, sender=wine)
    assert (call(person), call(person, wine)) == (None, Stop.CALLS)
    assert call_refusals([person.pk], [shop().pk]) == {}
    assert list(call_refusals([person.pk], [wine.pk])) == [(person.pk, wine.pk)]


def test_a_refusal_of_e_mail_is_none_of_calls_and_the_reverse() -> None:
    person = by_phone().person
    say_yes(person, to=shop())
    withdraw(person=person, sender=shop(), channel=Channel.EMAIL, source=Source.COUNTER, by=BY)
    assert call_refusals([person.pk]) == {}
    assert call(person) is None
    say_yes(person, to=shop())
    refuse(person, days_ago=0)
    mail = draft(person, part(shop()))
    assert list(send_many(drafts=[mail], territory=territory(), batch="round:1", by=BY).values()) == [None]


def test_nobody_s_refusal_is_another_s() -> None:
    here, there = by_phone().person, by_phone().person
    refuse(there, days_ago=1)
    assert (call(here), call(there)) == (None, Stop.CALLS)


def test_a_refusal_between_the_hand_over_and_the_list_is_obeyed_whatever_is_said_next(outbox: Path) -> None:
    gone, here = by_phone(family_name="Marchandeau"), by_phone(family_name="Verdier")
    for record in (gone, here):
        call(record.person)
    refuse(gone.person, days_ago=0)
    carry_due()
    words = printed(outbox / "calls/round-1/la-brassee.pdf")
    assert "Verdier" in words
    assert "Marchandeau" not in words


def test_a_list_printed_anew_leaves_out_whoever_refused_since_whatever_was_said_next(outbox: Path) -> None:
    gone, here = by_phone(family_name="Marchandeau"), by_phone(family_name="Verdier")
    for record in (gone, here):
        call(record.person)
    carry_due()
    file = outbox / "calls/round-1/la-brassee.pdf"
    assert "Marchandeau" in printed(file)
    refuse(gone.person, days_ago=0)
    carry_calls(list(Message.objects.select_related("caller", "territory")))
    assert "Verdier" in printed(file)
    assert "Marchandeau" not in printed(file)


def test_the_hours_on_the_list_are_those_of_the_law_s_table(outbox: Path) -> None:
    call(by_phone().person)
    carry_due()
    words = " ".join(printed(outbox / "calls/round-1/la-brassee.pdf").split())
    assert "du lundi au vendredi, de 10 h à 13 h et de 14 h à 20 h, jamais un jour férié" in words


def test_refusals_are_read_at_once_for_many() -> None:
    people = [by_phone().person for _ in range(3)]
    for person in people:
        refuse(person, days_ago=3)
    with CaptureQueriesContext(connection) as seen:
        assert len(call_refusals([person.pk for person in people])) == 3
    assert len(seen) == 3  # the ledger, the telephones, the objections
