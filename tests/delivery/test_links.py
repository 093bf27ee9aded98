"""Signed links: whole, recent, and for less only."""

import datetime as dt
import time

import pytest
from django.core import signing

from parvis.contacts.actions import erase
from parvis.delivery.actions import send_many
from parvis.delivery.links import LIFE, SALT, BadLink, OldLink, read_token, reduce_token
from parvis.delivery.models import Message
from tests.builders import BY, customer, draft, part, shop, territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Message:
    record = customer(shop())
    send_many(drafts=[draft(record.person, part(shop()))], territory=territory(), batch="round:1", by=BY)
    return Message.objects.get()


def test_a_token_names_its_message_and_its_sender(message: Message) -> None:
    assert read_token(reduce_token(message)).sender_id is None
    read = read_token(reduce_token(message, sender=shop().pk))
    assert (read.message, read.sender_id) == (message, shop().pk)


def test_a_token_holds_no_address_and_no_name(message: Message) -> None:
    opened = signing.loads(reduce_token(message, sender=shop().pk), salt=SALT)
    assert opened == [message.pk, shop().pk]


def test_every_altered_letter_is_noticed(message: Message) -> None:
    token = reduce_token(message)
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        altered = token[:place] + other + token[place + 1 :]
        with pytest.raises(BadLink):
            read_token(altered)


@pytest.mark.parametrize("token", ["", ":", "::", "abc", "é:ü:ñ", "\x00", "a" * 5000, "WzEsbnVsbF0:1vMZ00:AAAA"])
def test_what_is_no_token_is_refused(message: Message, token: str) -> None:
    with pytest.raises(BadLink):
        read_token(token)


def test_a_cut_token_is_refused(message: Message) -> None:
    token = reduce_token(message)
    for end in range(len(token)):
        with pytest.raises(BadLink):
            read_token(token[:end])


def test_a_signature_made_for_something_else_opens_nothing(message: Message) -> None:
    for salt in ("django.core.signing", "parvis.delivery", "parvis"):
        with pytest.raises(BadLink):
            read_token(signing.dumps([message.pk, None], salt=salt))


def test_a_token_of_another_host_opens_nothing(message: Message) -> None:
    with pytest.raises(BadLink):
        read_token(signing.dumps([message.pk, None], salt=SALT, key="une autre clé"))


@pytest.mark.parametrize(
    ("age", "stands"), [(LIFE - dt.timedelta(minutes=1), True), (LIFE + dt.timedelta(minutes=1), False)]
)
def test_a_token_lasts_four_hundred_days(
    message: Message, monkeypatch: pytest.MonkeyPatch, age: dt.timedelta, stands: bool
) -> None:
    token, now = reduce_token(message), time.time()
    monkeypatch.setattr("time.time", lambda: now + age.total_seconds())
    if stands:
        assert read_token(token).message == message
    else:
        with pytest.raises(OldLink):
            read_token(token)


def test_a_token_of_an_erased_person_or_of_no_message_opens_nothing(message: Message) -> None:
    token, unknown = reduce_token(message), reduce_token(Message(pk=message.pk + 1000))
    with pytest.raises(BadLink):
        read_token(unknown)
    erase(message.person_id)
    with pytest.raises(BadLink):
        read_token(token)


def test_each_refusal_says_what_is_wrong_and_the_way_out() -> None:
    assert (BadLink.status, OldLink.status) == (400, 410)
    assert "Reprenez-le dans le message" in BadLink.sentence
    assert "plus récent" in OldLink.sentence
