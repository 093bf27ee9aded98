"""Readers who like a phone call: one list for each shop, never too often, never soon after a refusal (rule 8)."""

import datetime as dt

import pytest

from parvis.contacts.actions import withdraw
from parvis.contacts.models import Resident
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.delivery.models import Message
from parvis.rounds.models import Selection
from parvis.rounds.rules import for_resident
from tests.builders import BY, TUESDAY, announcement, customer, say_yes, shop

from .worlds import counts, likes, run, told

pytestmark = pytest.mark.django_db
FLOWERS, BREAD = "la-brassee", "fournil-des-sources"


def test_a_phone_call_is_one_message_per_shop_that_cites_only_its_own_facts() -> None:
    florist, baker = shop(slug=FLOWERS), shop(slug=BREAD)
    with clock.frozen(TUESDAY):
        announcement(florist)
        announcement(baker, title="La galette", interests=["galette-de-janvier"])
        for n in range(3):
            announcement(florist, title=f"Bouquet {n}")
        record = customer(florist, channel=Channel.PHONE, likes=["fleurs"], rhythm=4, email="")
        customer(baker, channel=Channel.PHONE, phone=record.phone, email="")
        likes(record.person, "galette-de-janvier")
    run()
    messages = {m.caller: m for m in Message.objects.select_related("caller")}
    assert set(messages) == {florist, baker}
    assert {part.sender for part in messages[florist].parts.all()} == {florist}
    flowers, bread = (messages[one].parts.first() for one in (florist, baker))
    day = "24\u00a0novembre\u00a02026"
    assert flowers and flowers.content["reason"] == (
        f"A dit oui à vos appels au comptoir, le {day}. Vous avez noté\u00a0: aime les fleurs."
    )
    assert bread and bread.content["reason"] == f"A dit oui à vos appels au comptoir, le {day}."
    assert {m.foot for m in messages.values()} == {""}
    assert for_resident(Selection.objects.filter(announcement__organisation=baker)[0].reason).startswith(
        "Vous aimez la galette de janvier"
    )


def test_a_shop_that_does_not_hold_the_number_does_not_phone() -> None:
    florist, baker = shop(slug=FLOWERS), shop(slug=BREAD)
    with clock.frozen(TUESDAY):
        announcement(baker, title="La galette", interests=["galette-de-janvier"])
        record = customer(florist, channel=Channel.PHONE)
        say_yes(record.person, to=baker, channel=Channel.PHONE, addresses=False)
    assert counts(run()) == (0, 0, {"unreachable": 1})


def test_four_calls_in_thirty_days_are_enough_and_a_letter_is_no_call() -> None:
    with clock.frozen(TUESDAY):
        record = customer(shop(), channel=Channel.PHONE)
        say_yes(record.person, to=shop())
    for n in range(5):
        with clock.frozen(TUESDAY + dt.timedelta(days=n)):
            announcement(shop(), title=f"Bouquet {n}", useful_until=TUESDAY + dt.timedelta(days=60))
            last = run(TUESDAY + dt.timedelta(days=n))
    assert counts(last) == (0, 0, {"calls": 5})
    Resident.objects.update(channel=Channel.EMAIL)
    letter = run(TUESDAY + dt.timedelta(days=7))
    assert counts(letter) == (1, 0, {"told": 4})
    assert told(record.person)[-1] == "Bouquet 4"


@pytest.mark.parametrize(("later", "phoned"), [(29, False), (30, True)])
def test_only_the_calls_of_the_last_thirty_days_are_counted(later: int, phoned: bool) -> None:
    with clock.frozen(TUESDAY):
        record = customer(shop(), channel=Channel.PHONE)
    for n in range(4):
        with clock.frozen(TUESDAY + dt.timedelta(hours=n)):
            announcement(shop(), title=f"Bouquet {n}", useful_until=TUESDAY + dt.timedelta(days=60))
            run(clock.now())
    assert len(told(record.person)) == 4
    with clock.frozen(TUESDAY + dt.timedelta(days=later)):
        announcement(shop(), title="Couronnes")
    last = run(TUESDAY + dt.timedelta(days=later))
    assert counts(last)[2] == ({"told": 5} if phoned else {"calls": 5})
    assert ("Couronnes" in told(record.person)) == phoned


@pytest.mark.parametrize(("later", "phoned"), [(60, False), (61, True)])
def test_whoever_refused_to_be_phoned_is_left_in_peace_for_sixty_days_even_with_a_new_yes(
    later: int, phoned: bool
) -> None:
    florist, baker = shop(slug=FLOWERS), shop(slug=BREAD)
    at = TUESDAY + dt.timedelta(days=later)
    with clock.frozen(TUESDAY):
        record = customer(florist, channel=Channel.PHONE, email="")
        customer(baker, channel=Channel.PHONE, phone=record.phone, email="")
        withdraw(person=record.person, sender=florist, channel=Channel.PHONE, source=Source.COUNTER, by=BY)
        say_yes(record.person, to=florist, channel=Channel.PHONE)
    with clock.frozen(at):
        announcement(florist)
        announcement(baker, title="La galette", interests=["galette-de-janvier"])
    held = run(at)
    # What was refused to one shop was not refused to the other.
    assert counts(held) == ((2, 0, {}) if phoned else (1, 0, {"calls": 1}))
    assert ("Les dahlias sont là" in told(record.person)) == phoned
    assert "La galette" in told(record.person)


def test_a_refused_call_does_not_silence_a_letter() -> None:
    with clock.frozen(TUESDAY):
        record = customer(shop())
        withdraw(person=record.person, sender=shop(), channel=Channel.PHONE, source=Source.COUNTER, by=BY)
        announcement(shop())
    assert counts(run()) == (1, 0, {})
