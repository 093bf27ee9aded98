"""A card opens once, at its own shop, with the sentences that it bears; and guessing stops after ten codes."""

import datetime as dt

import pytest

from parvis.accounts.actions import suspend
from parvis.contacts.actions import (
    NotACard,
    Said,
    ShopClosed,
    TooManyCards,
    TooManyWrongCodes,
    card_named,
    card_token,
    cards,
    issue_cards,
    note_card,
    open_card,
    send_counter_notices,
)
from parvis.contacts.actions.cards import BadCardCount
from parvis.contacts.models import ConsentEvent, CounterNotice, CustomerRecord
from parvis.contacts.rules import Channel
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.core.models import AuditEntry
from parvis.slips.actions import answer, issue
from parvis.slips.models import Slip
from parvis.slips.queries import NoSuchSlip, SlipAnswered, SlipExpired, UnreadableSlip
from parvis.slips.rules import EXAMPLE
from tests import builders
from tests.builders import BY, TUESDAY, shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

CLAIRE = Actor("user:4", "Claire Vasseur")
BAKER = "fournil-des-sources"


def printed(slug: str = "la-brassee", count: int = 1) -> list[Slip]:
    wordings = {channel: builders.wording(f"paper-{channel}") for channel in Channel}
    return issue_cards(organisation=shop(slug=slug), tastes=["fleurs"], wordings=wordings, count=count, by=BY)


def filled() -> Said:
    yeses = {channel: builders.wording(f"paper-{channel}") for channel in (Channel.EMAIL, Channel.PHONE)}
    return Said(builders.details(), on=clock.today() - dt.timedelta(days=3), yeses=yeses)


def opened(code: str, by: Actor = CLAIRE, slug: str = "la-brassee") -> Slip:
    return open_card(code=code, organisation=shop(slug=slug), by=by)


def test_a_card_remembers_its_boxes_and_its_sentences_and_no_one() -> None:
    card = printed()[0]
    assert card.payload == {
        "tastes": ["fleurs"],
        "wordings": {channel.value: [f"paper-{channel}", 1] for channel in Channel},
    }
    assert (card.kind, card.scope) == ("card", f"organisation:{shop().pk}")


@pytest.mark.parametrize("count", [0, -1, 51])
def test_one_to_fifty_cards_are_printed_at_once(count: int) -> None:
    with pytest.raises(BadCardCount):
        printed(count=count)
    assert not Slip.objects.exists()
    assert len(printed(count=50)) == 50


def test_five_hundred_open_cards_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "MOST_OPEN", 3)
    first = printed(count=2)[0]
    with pytest.raises(TooManyCards):
        printed(count=2)
    note_card(slip=first, organisation=shop(), said=filled(), by=CLAIRE)
    printed(count=2)
    printed(BAKER, count=3)
    with clock.frozen(TUESDAY + dt.timedelta(days=366)):
        printed(count=3)


def test_a_card_is_noted_once_with_what_it_says_and_as_paper() -> None:
    card = printed()[0]
    said = filled()
    note_card(slip=card, organisation=shop(), said=said, by=CLAIRE)
    events = ConsentEvent.objects.order_by("pk")
    assert [(e.channel, e.source, e.given_on, e.noted_by) for e in events] == [
        (channel, "paper", said.on, CLAIRE.key) for channel in ("email", "phone")
    ]
    assert all(e.wording and e.wording.key == f"paper-{e.channel}" for e in events)
    with pytest.raises(SlipAnswered, match="Claire Vasseur l’a noté le mardi 24 novembre"):
        note_card(slip=card, organisation=shop(), said=filled(), by=BY)
    assert CustomerRecord.objects.count() == 1
    assert ConsentEvent.objects.count() == 2


def test_an_address_on_a_card_gets_the_first_message_too() -> None:
    note_card(slip=printed()[0], organisation=shop(), said=filled(), by=CLAIRE)
    assert send_counter_notices() == 1
    assert CounterNotice.objects.get().state == "sent"


def test_a_closed_shop_prints_opens_and_notes_no_card() -> None:
    card = printed()[0]
    suspend(organisation=shop(), why="Une raison", keeper=builders.association(), by=BY)
    tried = (
        printed,
        lambda: opened(card.code),
        lambda: note_card(slip=card, organisation=shop(), said=filled(), by=CLAIRE),
    )
    for what in tried:
        with pytest.raises(ShopClosed):
            what()
    assert not CustomerRecord.objects.exists()
    assert Slip.objects.get().answered_at is None


def test_a_code_opens_as_typed_and_its_token_as_often_as_one_looks() -> None:
    card = printed()[0]
    for typed in (card.code, card.code.lower().replace("-", ""), f" {card.code.replace('-', ' ')} "):
        assert opened(typed) == card
    token = card_token(card)
    assert card_named(token=token, organisation=shop()) == card
    with pytest.raises(NoSuchSlip):
        card_named(token=token, organisation=shop(slug=BAKER))
    with pytest.raises(NotACard):
        card_named(token=token[:-2] + "xx", organisation=shop())


def test_a_token_does_not_outlive_its_card() -> None:
    used, old = printed(count=2)
    tokens = card_token(used), card_token(old)
    note_card(slip=used, organisation=shop(), said=filled(), by=CLAIRE)
    with pytest.raises(SlipAnswered):
        card_named(token=tokens[0], organisation=shop())
    with clock.frozen(TUESDAY + dt.timedelta(days=365)), pytest.raises(SlipExpired):
        card_named(token=tokens[1], organisation=shop())


def refusal(code: str, by: Actor = CLAIRE) -> str:
    with pytest.raises((NoSuchSlip, TooManyWrongCodes)) as told:
        opened(code, by)
    return told.value.sentence


def test_the_code_of_another_shop_reads_like_one_that_nobody_has_nor_one_of_another_kind() -> None:
    theirs = printed(BAKER)[0]
    scope = f"organisation:{shop().pk}"
    other = issue(kind="letter", scope=scope, payload={}, count=1, by=BY, days=9)[0]
    assert {refusal(theirs.code), refusal(EXAMPLE), refusal(other.code)} == {NoSuchSlip.sentence}
    answer(code=theirs.code, scope=theirs.scope, by=BY)
    assert refusal(theirs.code) == NoSuchSlip.sentence


def test_after_ten_codes_that_open_nothing_one_waits_an_hour() -> None:
    card = printed()[0]
    assert [refusal(EXAMPLE) for _ in range(10)] == [NoSuchSlip.sentence] * 10
    assert refusal(card.code) == TooManyWrongCodes.sentence  # a right one too: it would tell that it is right
    assert (
        refusal(card.code, Actor("user:4 mandate:2", "Claire Vasseur, pour La Brassée")) == TooManyWrongCodes.sentence
    )
    assert opened(card.code, Actor("user:44", "Samira Belkadi")) == card
    with clock.frozen(TUESDAY + dt.timedelta(minutes=59, seconds=59)):
        assert refusal(card.code) == TooManyWrongCodes.sentence
    with clock.frozen(TUESDAY + dt.timedelta(hours=1)):
        assert opened(card.code) == card


def test_nine_wrong_codes_and_any_slip_of_the_finger_leave_the_tenth_try() -> None:
    card = printed()[0]
    for _ in range(9):
        refusal(EXAMPLE)
    for _ in range(5):
        with pytest.raises(UnreadableSlip):
            opened("7K2F-4MX")
    assert opened(card.code) == card


def test_wrong_codes_are_in_the_shops_journal() -> None:
    refusal(EXAMPLE)
    line = AuditEntry.objects.get(verb=cards.WRONG)
    assert (line.organisation, line.actor, line.detail) == (f"organisation:{shop().pk}", CLAIRE.key, {})
    assert line.label == "a tapé un code de carte qui n’est pas d’ici"
