"""The ledger: who said what, to whom, and what stands."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from parvis.accounts.models import Organisation
from parvis.contacts.actions import AlreadyRefused, withdraw, withdraw_everything
from parvis.contacts.models import ConsentEvent, Objection, Person, Wording
from parvis.contacts.points import digest
from parvis.contacts.queries import last_events, reach, reachable, standing, usable_points
from parvis.contacts.rules import Basis, Channel, Purpose, Source
from parvis.core import clock
from parvis.core.models import AuditEntry
from tests.builders import BY, TUESDAY, association, customer, say_yes, shop

pytestmark = pytest.mark.django_db

DAY = TUESDAY.date()
EARLIER, LATER = DAY - dt.timedelta(days=30), DAY + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def a_day_after_all_of_them() -> Iterator[None]:
    with clock.frozen(TUESDAY + dt.timedelta(days=31)):
        yield


def stands(person: Person, sender: Organisation, channel: Channel = Channel.EMAIL) -> bool:
    return standing().filter(person=person, sender=sender, channel=channel).exists()


# --- Append-only, in the database itself


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contacts_consentevent SET granted = NOT granted",
        "UPDATE contacts_consentevent SET given_on = '2020-01-01'",
        "DELETE FROM contacts_consentevent",
        "UPDATE contacts_wording SET text = 'Autre chose'",
        "DELETE FROM contacts_wording",
    ],
)
def test_the_database_refuses_to_rewrite_the_ledger_or_a_wording(statement: str) -> None:
    customer(shop())
    before = list(ConsentEvent.objects.values()), list(Wording.objects.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (list(ConsentEvent.objects.values()), list(Wording.objects.values())) == before


@pytest.mark.parametrize("table", ["contacts_consentevent", "contacts_wording"])
def test_no_other_word_of_the_database_rewrites_or_empties_them(table: str) -> None:
    """INSERT OR REPLACE of the same line on SQLite, TRUNCATE on PostgreSQL: neither wakes the trigger of a deletion."""
    customer(shop())
    before = list(ConsentEvent.objects.values()), list(Wording.objects.order_by("pk").values())
    connection.check_constraints()  # what a transaction has not checked yet, PostgreSQL does not empty either
    replaced = "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"
    statement = replaced if connection.vendor == "sqlite" else "TRUNCATE {table} CASCADE"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))
    assert (list(ConsentEvent.objects.values()), list(Wording.objects.order_by("pk").values())) == before


def test_a_wording_is_not_written_over_by_its_key_and_version() -> None:
    known = Wording.objects.order_by("pk")[0]
    # Only SQLite has the words to replace; PostgreSQL's "ON CONFLICT DO UPDATE" wakes the trigger of a change.
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    columns = "key, version, channel, basis, text"
    statement = f"{replace} INTO contacts_wording ({columns}) SELECT {columns} FROM contacts_wording"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Wording.objects.get(key=known.key, version=known.version) == known


def test_the_models_cannot_go_round_the_database() -> None:
    event = say_yes(customer(shop(), consent=False).person, to=shop())
    event.granted = False
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()
    assert stands(event.person, shop())


def test_a_person_in_the_ledger_is_not_deleted_under_it() -> None:
    person = customer(shop()).person
    with pytest.raises(DatabaseError), transaction.atomic():
        person.delete()
    assert ConsentEvent.objects.filter(person=person.pk).count() == 1


def test_a_link_can_only_reduce() -> None:
    person = customer(shop(), consent=False).person
    with pytest.raises(IntegrityError), transaction.atomic():
        say_yes(person, to=shop(), source=Source.LINK)
    assert not ConsentEvent.objects.exists()


def test_a_yes_without_its_wording_is_refused_by_the_database() -> None:
    person = customer(shop(), consent=False).person
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEvent.objects.create(
            person=person,
            sender=shop(),
            channel=Channel.EMAIL,
            purpose=Purpose.NEWS,
            granted=True,
            basis=Basis.CONSENT,
            source=Source.COUNTER,
            given_on=DAY,
            noted_by=BY.key,
            noted_at=TUESDAY,
        )


# --- What stands


def test_a_line_says_who_to_whom_how_when_and_by_whom() -> None:
    with clock.frozen(TUESDAY):
        event = say_yes(customer(shop(), consent=False).person, to=shop(), on=EARLIER)
    assert (event.sender, event.channel, event.purpose, event.basis) == (shop(), "email", "news", "consent")
    assert (event.source, event.given_on, event.noted_by, event.noted_at) == ("counter", EARLIER, "test", TUESDAY)
    assert event.wording is not None
    assert event.wording.key == "counter-email"
    assert AuditEntry.objects.filter(verb="grant", target=f"person:{event.person_id}").count() == 1


def test_the_same_yes_twice_writes_one_line() -> None:
    person = customer(shop(), consent=False).person
    first = say_yes(person, to=shop(), on=DAY)
    assert say_yes(person, to=shop(), on=DAY).pk == first.pk
    assert ConsentEvent.objects.filter(person=person).count() == 1


def test_the_latest_line_stands_for_each_sender_and_channel() -> None:
    person = customer(shop(), consent=False).person
    wine = shop(slug="cave-du-tilleul")
    for sender, channel in ((shop(), Channel.EMAIL), (shop(), Channel.PHONE), (wine, Channel.EMAIL)):
        say_yes(person, to=sender, channel=channel)
    assert withdraw(person=person, sender=shop(), channel=Channel.EMAIL, source=Source.COUNTER, by=BY) == 1
    assert not stands(person, shop())
    assert stands(person, shop(), Channel.PHONE)
    assert stands(person, wine)
    assert last_events(persons=[person.pk]).count() == 3
    noted = AuditEntry.objects.get(verb="withdraw_consent", target=f"person:{person.pk}")
    assert (noted.label, noted.detail) == ("a noté un refus", {"channel": "email"})


def test_a_yes_to_a_shop_never_serves_the_association_nor_a_neighbour() -> None:
    person = customer(shop()).person
    say_yes(person, to=shop(), channel=Channel.PAPER, key="sale-paper")
    assert set(standing(persons=[person.pk]).values_list("sender", flat=True)) == {shop().pk}
    assert not standing(sender=association().pk).exists()
    assert not standing(sender=shop(slug="cave-du-tilleul").pk).exists()


def test_an_older_yes_does_not_undo_a_refusal() -> None:
    person = customer(shop(), consent=False).person
    say_yes(person, to=shop(), on=EARLIER)
    withdraw(person=person, sender=shop(), source=Source.LINK, given_on=DAY, by=BY)
    with pytest.raises(AlreadyRefused):
        say_yes(person, to=shop(), on=EARLIER)
    with pytest.raises(AlreadyRefused):
        say_yes(person, to=shop(), on=DAY - dt.timedelta(days=1))
    assert not stands(person, shop())


def test_no_sale_undoes_a_refusal_however_recent() -> None:
    person = customer(shop(), consent=False).person
    say_yes(person, to=shop(), on=EARLIER, key="sale-email")
    withdraw(person=person, sender=shop(), source=Source.LINK, given_on=DAY, by=BY)
    with pytest.raises(AlreadyRefused):
        say_yes(person, to=shop(), on=LATER, key="sale-email")
    assert not stands(person, shop())


def test_a_newer_spoken_yes_undoes_a_refusal() -> None:
    person = customer(shop()).person
    withdraw(person=person, sender=shop(), source=Source.LINK, given_on=DAY, by=BY)
    say_yes(person, to=shop(), on=LATER)
    assert stands(person, shop())


def test_on_the_day_of_a_refusal_the_counter_may_hear_a_yes_but_a_file_may_not() -> None:
    person = customer(shop()).person
    withdraw(person=person, sender=shop(), source=Source.LINK, given_on=DAY, by=BY)
    with pytest.raises(AlreadyRefused):
        say_yes(person, to=shop(), on=DAY, key="file-email", source=Source.FILE)
    say_yes(person, to=shop(), on=DAY)
    assert stands(person, shop())


def test_a_sale_does_not_lower_a_spoken_yes() -> None:
    person = customer(shop(), consent=False).person
    spoken = say_yes(person, to=shop(), on=EARLIER)
    assert say_yes(person, to=shop(), on=DAY, key="sale-email").pk == spoken.pk
    assert standing(persons=[person.pk]).get().basis == Basis.CONSENT


def test_a_refusal_of_everything_at_a_shop_writes_a_no_on_every_channel() -> None:
    person = customer(shop()).person
    say_yes(person, to=shop(), channel=Channel.PHONE)
    assert withdraw(person=person, sender=shop(), source=Source.LINK, by=BY) == len(Channel)
    assert withdraw(person=person, sender=shop(), source=Source.LINK, by=BY) == 0
    assert not standing(persons=[person.pk]).exists()


# --- « Tout arrêter »


def test_stopping_everything_silences_every_sender_and_every_address() -> None:
    person = customer(shop(), email="odile@courriel.example").person
    say_yes(person, to=shop(slug="cave-du-tilleul"), channel=Channel.PAPER)
    say_yes(person, to=association())
    withdraw_everything(person=person, source=Source.LINK, by=BY)
    assert not standing(persons=[person.pk]).exists()
    assert not usable_points().filter(person=person).exists()
    assert reachable([person.pk]) == {}
    assert Objection.objects.filter(digest=digest("email", "odile@courriel.example")).count() == 1
    assert not Objection.objects.filter(digest__contains="odile").exists()


def test_stopping_everything_twice_keeps_one_objection() -> None:
    person = customer(shop()).person
    for _ in range(2):
        withdraw_everything(person=person, source=Source.LINK, by=BY)
    assert Objection.objects.count() == 3  # e-mail, telephone, post
    assert ConsentEvent.objects.filter(person=person, granted=False).count() == len(Channel)


def test_an_address_from_the_web_waits_for_its_confirmation() -> None:
    person = customer(shop()).person
    point = person.contact_points.get(kind="email")
    point.source = Source.WEB
    point.save()
    assert "email" not in reachable([person.pk])[person.pk]
    point.verified_at = TUESDAY
    point.save()
    assert "email" in reachable([person.pk])[person.pk]


def test_an_address_that_answers_no_longer_is_not_used() -> None:
    person = customer(shop()).person
    person.contact_points.filter(kind="email").update(failing_since=TUESDAY)
    assert reachable([person.pk]) == {person.pk: {"phone", "post", "paper"}}


def test_what_stands_is_read_in_one_query(django_assert_num_queries: Any) -> None:
    florist = shop()
    for _ in range(4):
        customer(florist)
    with django_assert_num_queries(1):
        assert len(list(standing(sender=florist.pk))) == 4


def test_who_may_be_reached_is_read_in_four_queries(django_assert_num_queries: Any) -> None:
    """Addresses, records, first messages that wait, and the yeses of the web: each once, for any number of persons."""
    persons = [customer(shop()).person_id for _ in range(4)]
    with django_assert_num_queries(4):
        assert len(reach(persons)) == 12
