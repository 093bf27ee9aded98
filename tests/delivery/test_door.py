"""send_many: who hears what, and why not."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from parvis.contacts.actions import erase, set_rhythm, set_taste, withdraw, withdraw_everything
from parvis.contacts.models import ContactPoint, Person
from parvis.contacts.rules import Channel, Purpose, Source
from parvis.core import clock
from parvis.delivery.actions import Draft, DraftPart, send_many
from parvis.delivery.models import Message, Part
from parvis.delivery.rules import Stop
from parvis.territory.models import Territory
from tests.builders import (
    BY,
    TUESDAY,
    association,
    customer,
    draft,
    interest,
    part,
    say_yes,
    shop,
    territory,
)

pytestmark = pytest.mark.django_db

PHONE, PAPER, EMAIL = Channel.PHONE, Channel.PAPER, Channel.EMAIL


@pytest.fixture(autouse=True)
def on_tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


def hand(*drafts: Draft, batch: str = "test:1") -> dict[str, Stop | None]:
    return send_many(drafts=drafts, territory=territory(), batch=batch, by=BY)


def verdict(to: Person, said: DraftPart, **options: Any) -> Stop | None:
    (found,) = hand(draft(to, said, **options)).values()
    return found


def reader(**changes: Any) -> Person:
    return customer(shop(), **changes).person


# --- Each reason, from the tables


def test_a_yes_an_address_and_a_week_that_is_not_full_let_it_through() -> None:
    assert verdict(reader(), part(shop())) is None
    message = Message.objects.get()
    assert (message.state, message.week, message.purpose) == ("queued", "2026-W48", "news")


def test_the_erased_hear_nothing() -> None:
    person = reader()
    erase(person.pk)
    assert verdict(person, part(shop())) is Stop.ERASED


@pytest.mark.parametrize("channel", [PAPER, PHONE])
def test_a_yes_to_e_mail_is_no_yes_to_another_channel(channel: Channel) -> None:
    assert verdict(reader(), part(shop()), channel=channel) is Stop.NO_CONSENT


def test_a_yes_to_a_shop_is_none_to_its_association_nor_to_a_neighbour() -> None:
    person = reader()
    say_yes(person, to=shop(), key="sale-email")
    assert verdict(person, part(association())) is Stop.NO_CONSENT
    assert verdict(person, part(shop(slug="cave-du-tilleul"))) is Stop.NO_CONSENT


def test_a_withdrawn_yes_is_none() -> None:
    person = reader()
    withdraw(person=person, sender=shop(), source=Source.LINK, by=BY)
    assert verdict(person, part(shop())) is Stop.NO_CONSENT


@pytest.mark.parametrize("spoiled", [{"failing_since": TUESDAY}, {"silenced_at": TUESDAY}, {"source": "web"}])
def test_a_dead_silenced_or_unconfirmed_address_is_not_written_to(spoiled: dict[str, Any]) -> None:
    person = reader()
    ContactPoint.objects.filter(person=person, kind="email").update(**spoiled)
    assert verdict(person, part(shop())) is Stop.UNREACHABLE


def test_paper_needs_no_address_but_never_goes_to_someone_who_objected() -> None:
    here = reader(channel=PAPER, email="", phone="", address="")
    assert verdict(here, part(shop()), channel=PAPER) is None
    objector = reader(channel=PAPER)
    withdraw_everything(person=objector, source=Source.LINK, by=BY)
    tomorrow = TUESDAY + dt.timedelta(days=1)
    with clock.frozen(tomorrow):
        say_yes(objector, to=shop(), channel=PAPER, on=tomorrow.date(), key="file-paper", source=Source.FILE)
        assert verdict(objector, part(shop()), channel=PAPER) is Stop.UNREACHABLE


def test_a_call_needs_the_shop_s_own_record_of_the_number() -> None:
    person = reader(channel=PHONE)
    wine = shop(slug="cave-du-tilleul")
    say_yes(person, to=wine, channel=PHONE, addresses=False)
    assert verdict(person, part(shop()), channel=PHONE, caller=shop()) is None
    assert verdict(person, part(wine), channel=PHONE, caller=wine) is Stop.UNREACHABLE


def test_alcohol_is_for_declared_adults() -> None:
    said = part(shop(), interests=["whiskys"], alcohol=True)
    assert verdict(reader(adult_declared_on=None, likes=["whiskys"]), said) is Stop.MINOR
    assert verdict(reader(likes=["whiskys"]), said) is None


def test_a_shop_that_was_told_of_an_adult_may_tell_them_of_alcohol_and_no_other_shop_may() -> None:
    person = reader(adult_declared_on=None, adult_told_on=TUESDAY.date(), likes=["whiskys"])
    wine = shop(slug="cave-du-tilleul")
    say_yes(person, to=wine)
    set_taste(person=person, interest=interest("whiskys"), liked=True, by=BY)
    assert verdict(person, part(shop(), interests=["whiskys"], alcohol=True)) is None
    assert verdict(person, part(wine, interests=["whiskys"], alcohol=True)) is Stop.MINOR


def test_alcohol_is_for_those_who_asked_and_a_parent_asks_for_its_children() -> None:
    said = part(shop(), interests=["whiskys-japonais"], alcohol=True)
    assert verdict(reader(), said) is Stop.NOT_ASKED
    assert verdict(reader(likes=["whiskys"]), said) is None
    assert verdict(reader(likes=["japon"]), said) is None


def test_what_a_shop_noted_never_serves_another_shop() -> None:
    person = reader(likes=["whiskys"])
    wine = shop(slug="cave-du-tilleul")
    say_yes(person, to=wine)
    assert verdict(person, part(wine, interests=["whiskys"], alcohol=True)) is Stop.NOT_ASKED


@pytest.mark.parametrize("refused", ["fleurs", "ateliers"])
def test_refusing_a_parent_refuses_its_children(refused: str) -> None:
    person = reader(likes=["ateliers-floraux"])
    set_taste(person=person, interest=interest(refused), liked=False, by=BY)
    assert verdict(person, part(shop(), interests=["ateliers-floraux"])) is Stop.REFUSED_TASTE


def test_what_the_person_said_wins_over_what_the_shop_noted() -> None:
    person = reader(refusals=["fleurs"])
    assert verdict(person, part(shop(), interests=["fleurs"])) is Stop.REFUSED_TASTE
    set_taste(person=person, interest=interest("fleurs"), liked=True, by=BY)
    assert verdict(person, part(shop(), interests=["fleurs"])) is None


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_alcohol_is_never_beside_children_in_one_message(order: tuple[bool, bool]) -> None:
    person = reader(likes=["whiskys"])
    parts = [part(shop(), interests=["whiskys"], alcohol=alcohol, children=not alcohol) for alcohol in order]
    assert list(hand(draft(person, *parts)).values()) == [None, Stop.ALCOHOL_CHILDREN]
    assert Part.objects.filter(stopped="").count() == 1


def test_one_thing_that_is_both_alcohol_and_children_is_kept() -> None:
    person = reader(likes=["whiskys"])
    both = part(shop(), interests=["whiskys"], alcohol=True, children=True)
    assert verdict(person, both) is Stop.ALCOHOL_CHILDREN


def test_what_the_door_kept_does_not_taint_its_neighbours() -> None:
    person = reader()
    kept, fine = part(shop(), interests=["whiskys"], alcohol=True), part(shop(), children=True)
    assert list(hand(draft(person, kept, fine)).values()) == [Stop.NOT_ASKED, None]


def test_nothing_is_told_twice_whatever_the_batch_or_the_channel() -> None:
    person = reader(channel=PAPER)
    say_yes(person, to=shop())
    said = part(shop())
    assert verdict(person, said) is None
    assert verdict(person, said, channel=PAPER) is Stop.TOLD
    twice = part(shop())
    assert list(hand(draft(person, twice), draft(person, twice)).values()) == [None, Stop.TOLD]


# --- The week


def test_a_rhythm_of_none_is_none() -> None:
    assert verdict(reader(rhythm=0), part(shop())) is Stop.RHYTHM


def test_the_week_counts_announcements_over_all_senders_not_messages() -> None:
    person = reader(rhythm=4)
    senders = [shop(), shop(slug="cave-du-tilleul"), shop(slug="fournil-des-sources")]
    for sender in senders[1:]:
        say_yes(person, to=sender)
    first = hand(draft(person, *(part(sender) for sender in senders)))
    second = hand(draft(person, part(senders[1]), part(senders[2])), batch="test:2")
    assert list(first.values()) == [None, None, None]
    assert list(second.values()) == [None, Stop.RHYTHM]


def test_a_full_message_is_cut_at_the_week_s_end_not_refused() -> None:
    person = reader(rhythm=2)
    found = hand(draft(person, *(part(shop()) for _ in range(4))))
    assert list(found.values()) == [None, None, Stop.RHYTHM, Stop.RHYTHM]
    assert Message.objects.get().state == "queued"


def test_a_pause_ends_when_the_person_ends_it_and_a_full_week_ends_on_monday() -> None:
    person = reader(rhythm=1)
    assert verdict(person, part(shop())) is None
    sunday_night = dt.datetime(2026, 11, 29, 23, 59, tzinfo=clock.PARIS)
    with clock.frozen(sunday_night):
        assert verdict(person, part(shop())) is Stop.RHYTHM
    with clock.frozen(sunday_night + dt.timedelta(minutes=2)):
        assert verdict(person, part(shop())) is None
    set_rhythm(resident=person.residents.get(), rhythm=0, by=BY)
    assert verdict(person, part(shop())) is Stop.RHYTHM
    set_rhythm(resident=person.residents.get(), rhythm=2, by=BY)
    assert verdict(person, part(shop())) is None


def test_the_year_s_end_does_not_open_a_second_week() -> None:
    person = reader(rhythm=1)
    with clock.frozen(dt.datetime(2026, 12, 31, 18, tzinfo=clock.PARIS)):
        assert verdict(person, part(shop())) is None
    with clock.frozen(dt.datetime(2027, 1, 1, 18, tzinfo=clock.PARIS)):
        assert verdict(person, part(shop())) is Stop.RHYTHM


def test_a_service_message_never_draws_on_the_week() -> None:
    person = reader(rhythm=1)
    hand(draft(person, part(shop())))
    Message.objects.update(purpose=Purpose.SERVICE)
    assert verdict(person, part(shop())) is None


@pytest.mark.parametrize("state", [Message.State.FAILED, Message.State.WITHHELD])
def test_what_never_arrived_does_not_draw_on_the_week(state: Message.State) -> None:
    person = reader(rhythm=1)
    hand(draft(person, part(shop())))
    Message.objects.update(state=state)
    assert verdict(person, part(shop())) is None


@pytest.mark.parametrize("state", [Message.State.SENT, Message.State.SENDING, Message.State.UNCERTAIN])
def test_what_arrived_or_may_have_arrived_draws_on_the_week(state: Message.State) -> None:
    person = reader(rhythm=1)
    hand(draft(person, part(shop())))
    Message.objects.update(state=state)
    assert verdict(person, part(shop())) is Stop.RHYTHM


# --- Once


def test_the_verdicts_name_every_part_of_every_message() -> None:
    here, there = reader(), reader(consent=False)
    first = draft(here, part(shop(), subject="announcement:1"), part(association(), subject="announcement:2"), key="a")
    second = draft(there, part(shop(), subject="announcement:1"), key="b")
    assert hand(first, second) == {
        "a announcement:1": None,
        "a announcement:2": Stop.NO_CONSENT,
        "b announcement:1": Stop.NO_CONSENT,
    }
    assert dict(Message.objects.values_list("key", "state")) == {"a": "queued", "b": "withheld"}
    assert dict(Part.objects.values_list("message__key", "stopped").filter(position=0)) == {"a": "", "b": "no_consent"}
    assert Message.objects.get(key="b").ended_at == TUESDAY


@pytest.mark.parametrize("batch", ["test:1", "another"])
def test_the_same_key_twice_makes_nothing_twice(batch: str) -> None:
    once = draft(reader(), part(shop()), key="round:1/person:1/email")
    hand(once)
    before = list(Message.objects.values()), list(Part.objects.values())
    assert hand(once, batch=batch) == {}
    assert (list(Message.objects.values()), list(Part.objects.values())) == before


def test_half_a_batch_that_was_handed_over_is_completed() -> None:
    drafts = [draft(reader(), part(shop())) for _ in range(3)]
    hand(*drafts[:1])
    assert len(hand(*drafts)) == 2
    assert Message.objects.count() == 3


def test_a_batch_is_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr("parvis.delivery.actions.door._withhold_empty", broken)
    person = reader()
    with pytest.raises(RuntimeError):
        hand(draft(person, part(shop())))
    assert not Message.objects.exists()
    assert not Part.objects.exists()


def test_nothing_to_hand_over_is_no_error() -> None:
    assert hand() == {}
    assert hand(draft(reader())) == {}
    assert Message.objects.get().state == "withheld"


def test_the_database_itself_refuses_to_tell_the_same_thing_twice() -> None:
    person = reader()
    hand(draft(person, part(shop(), subject="announcement:1")))
    again = Part.objects.get()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert Part.objects.count() == 1


def test_the_door_reads_as_often_for_forty_as_for_two() -> None:
    def queries(number: int) -> int:
        drafts = [draft(reader(likes=["fleurs"]), part(shop(), interests=["fleurs"])) for _ in range(number)]
        with CaptureQueriesContext(connection) as seen:
            send_many(drafts=drafts, territory=place, batch="test:1", by=BY)
        return len(seen)

    place = territory()
    assert queries(2) == queries(40)


# --- Two hand-overs at once


def test_a_hand_over_first_waits_for_its_turn_in_the_territory() -> None:
    person, place = reader(), territory()
    with CaptureQueriesContext(connection) as seen:
        send_many(drafts=[draft(person, part(shop()))], territory=place, batch="test:1", by=BY)
    spoken = [query["sql"] for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]]
    held = next(n for n, sql in enumerate(spoken) if sql.startswith('UPDATE "territory_territory"'))
    first_read = next(n for n, sql in enumerate(spoken) if 'FROM "delivery_' in sql)
    assert held < first_read


def test_the_territory_of_a_hand_over_is_held_until_its_transaction_ends() -> None:
    if connection.vendor == "sqlite":
        # The whole database is held from the first word of a transaction.
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    another = connection.copy()
    try:
        with another.cursor() as cursor:
            cursor.execute(
                "INSERT INTO territory_territory (slug, name, of_name, host) "
                "VALUES ('ailleurs', '', '', 'ailleurs.example') RETURNING id"
            )
            place = Territory.objects.get(pk=cursor.fetchone()[0])
            hold = "SELECT 1 FROM territory_territory WHERE id = %s FOR NO KEY UPDATE NOWAIT"
            cursor.execute(hold, [place.pk])
            with transaction.atomic():
                send_many(drafts=[], territory=place, batch="test:1", by=BY)
                with pytest.raises(OperationalError, match="could not obtain lock"):
                    cursor.execute(hold, [place.pk])
                transaction.set_rollback(True)
            cursor.execute(hold, [place.pk])
    finally:
        with another.cursor() as cursor:
            cursor.execute("DELETE FROM territory_territory WHERE slug = 'ailleurs'")
        another.close()
