"""Rule 1: a right ends with its term, everywhere at once."""

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.actions import grant, withdraw, withdraw_everything
from parvis.contacts.models import ConsentEvent, CustomerRecord
from parvis.contacts.queries import standing
from parvis.contacts.rules import Channel, Source, first_day_in_force
from parvis.core import clock
from parvis.delivery.actions import send_many
from parvis.delivery.models import Part
from parvis.law.rules import customer_expires, prospect_expires
from parvis.rounds.actions import run_due
from tests.builders import BY, TUESDAY, announcement, customer, draft, due_round, part, say_yes, shop, wording

database = pytest.mark.django_db

TODAY = TUESDAY.date()
LAST_DAY = dt.date(2023, 11, 25)  # three years ago tomorrow
TOO_OLD = dt.date(2023, 11, 24)


@pytest.fixture(autouse=True)
def on_tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


def a_yes(on: dt.date, key: str = "counter-email", sold: dt.date | None = None) -> CustomerRecord:
    record = customer(shop(), consent=False, last_sale_on=sold)
    say_yes(record.person, to=shop(), on=on, key=key)
    return record


def stands(record: CustomerRecord) -> bool:
    return standing(persons=[record.person_id], sender=shop().pk).exists()


# --- The term


@given(st.dates(dt.date(2021, 1, 1), dt.date(2100, 1, 1)), st.integers(-3, 3))
def test_a_day_is_in_force_exactly_when_its_term_runs(today: dt.date, near: int) -> None:
    for expires in (customer_expires, prospect_expires):
        first = first_day_in_force(expires, today)
        day = first + dt.timedelta(days=near)
        assert (today < expires(day)) is (day >= first)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (dt.date(2026, 11, 24), LAST_DAY),
        (dt.date(2027, 2, 28), dt.date(2024, 3, 1)),  # 29 February 2024 is out a day early rather than late
        (dt.date(2027, 2, 27), dt.date(2024, 2, 28)),
        (dt.date(2028, 2, 29), dt.date(2025, 3, 1)),
    ],
)
def test_the_first_day_still_in_force(today: dt.date, first: dt.date) -> None:
    assert first_day_in_force(customer_expires, today) == first


@database
@pytest.mark.parametrize("key", ["sale-email", "counter-email"])
@pytest.mark.parametrize(("day", "runs"), [(LAST_DAY, True), (TOO_OLD, False)])
def test_a_yes_and_a_sale_stand_three_years_to_the_day(key: str, day: dt.date, runs: bool) -> None:
    assert stands(a_yes(day, key)) is runs


@database
@pytest.mark.parametrize("key", ["sale-email", "counter-email"])
@pytest.mark.parametrize(("sold", "runs"), [(LAST_DAY, True), (TOO_OLD, False), (None, False)])
def test_a_purchase_since_keeps_it_in_force(key: str, sold: dt.date | None, runs: bool) -> None:
    assert stands(a_yes(dt.date(2020, 1, 1), key, sold)) is runs


@database
def test_a_purchase_elsewhere_keeps_nothing_in_force() -> None:
    record = a_yes(TOO_OLD)
    elsewhere = shop(slug="cave-du-tilleul")
    say_yes(record.person, to=elsewhere, channel=Channel.PAPER)
    CustomerRecord.objects.filter(organisation=elsewhere).update(last_sale_on=TODAY)
    assert not stands(record)


# --- A refusal outlives the yes


@database
@pytest.mark.parametrize("everything", [True, False])
def test_whoever_refuses_after_the_term_is_not_heard_again_by_a_purchase(everything: bool) -> None:
    record = a_yes(TOO_OLD)
    if everything:
        withdraw_everything(person=record.person, source=Source.LINK, by=BY)
    else:
        assert withdraw(person=record.person, sender=shop(), source=Source.LINK, by=BY) == len(Channel)
    CustomerRecord.objects.update(last_sale_on=TODAY)
    assert not stands(record)


@database
def test_an_older_yes_does_not_shorten_the_one_that_stands() -> None:
    record = a_yes(TODAY)
    say_yes(record.person, to=shop(), on=TOO_OLD, key="file-email", source=Source.FILE)
    assert ConsentEvent.objects.get().given_on == TODAY


@database
def test_a_sale_gives_a_right_again_where_the_spoken_yes_has_run_out() -> None:
    record = a_yes(TOO_OLD)
    grant(
        person=record.person,
        sender=shop(),
        channel=Channel.EMAIL,
        wording=wording("sale-email"),
        source=Source.COUNTER,
        given_on=TODAY,
        by=BY,
    )
    assert stands(record)


# --- The door and the sorting ask the same question


@database
@pytest.mark.parametrize(("day", "passes"), [(LAST_DAY, True), (TOO_OLD, False)])
def test_the_door_stops_what_has_run_out(day: dt.date, passes: bool) -> None:
    record = a_yes(day, "sale-email")
    send_many(drafts=[draft(record.person, part(shop()))], territory=shop().territory, batch="essai", by=BY)
    assert (Part.objects.get().stopped == "") is passes


@database
@pytest.mark.parametrize(("day", "chosen"), [(LAST_DAY, 1), (TOO_OLD, 0)])
def test_a_round_does_not_choose_what_has_run_out(day: dt.date, chosen: int) -> None:
    a_yes(day, "sale-email")
    announcement(shop())
    due_round(shop().territory)
    assert run_due()[0].selected == chosen
