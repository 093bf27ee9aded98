"""What is said at a counter, noted as a shop notes it."""

import datetime as dt
import uuid
from typing import Any

from parvis.accounts.models import Organisation
from parvis.contacts.actions import (
    CustomerDetails,
    Said,
    note_refusal,
    note_said,
)
from parvis.contacts.models import CounterEntry, Person
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.core.actors import Actor
from tests import builders
from tests.builders import details

AT_THE_COUNTER = Actor("user:4", "Claire Vasseur")  # who signed in at a shop


def said(*channels: Channel, on: dt.date | None = None, **typed: Any) -> Said:
    """Yes on these channels, as read at the counter."""
    yeses = {channel: builders.wording(f"counter-{channel}") for channel in channels}
    return Said(details(**typed), on=on or clock.today(), yeses=yeses)


def noted(of: Organisation, what: Said, *, key: uuid.UUID | None = None) -> CounterEntry:
    return note_said(organisation=of, key=key or uuid.uuid4(), said=what, source=Source.COUNTER, by=AT_THE_COUNTER)


def person(entry: CounterEntry) -> Person:
    assert entry.record
    return entry.record.person


def typed_at(of: Organisation, email: str = "quelqu.un@ailleurs.example") -> CounterEntry:
    return noted(of, said(Channel.EMAIL, email=email, phone=""))


def refuse(of: Organisation, typed: CustomerDetails, on: dt.date | None = None) -> None:
    note_refusal(organisation=of, details=typed, on=on or clock.today(), by=AT_THE_COUNTER)
