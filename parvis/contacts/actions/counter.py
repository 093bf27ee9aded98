"""What someone said at a shop's counter, or wrote on its card: the fiche, the yes, the no. The first message to the
address is `first_message.py`'s."""

import contextlib
import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Q

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.speech import mark
from parvis.territory.queries import commune_named

from ..models import ConsentEvent, CounterEntry, CustomerRecord, Person, Wording
from ..points import digest
from ..queries import last_events
from ..rules import Channel, Source, may_be_one
from .consent import AlreadyRefused, grant, withdraw
from .customers import enrol
from .details import CustomerDetails
from .first_message import NOT_ME, ask_for, is_denied, keep_waiting_ones, last_no
from .undoing import take_back

THEIR_OWN = {Source.LINK, Source.WEB}  # a no that the person said without the shop


class ShopClosed(Refused):
    sentence = mark(
        "L’association a fermé la page de ce commerce : on n’y note plus de client. "
        "« Mon bureau » dit pourquoi, et qui appeler. Un « non », lui, se note toujours."
    )


@dataclass(frozen=True, slots=True)
class Said:
    """`yeses`: for each channel agreed to, the very sentence that was read aloud or printed; none: only a fiche.
    `commune`: as it was written, "" where nobody said it."""

    details: CustomerDetails
    on: dt.date
    yeses: Mapping[Channel, Wording] = field(default_factory=dict)
    commune: str = ""


def check_open(organisation: Organisation) -> None:
    if organisation.suspended_at:
        raise ShopClosed


@transaction.atomic
def note_said(*, organisation: Organisation, key: uuid.UUID, said: Said, source: Source, by: Actor) -> CounterEntry:
    """Once for each key, however often a telephone sends it. Never tells whether the person is known elsewhere, nor
    that an address was written to already. Lifts no silence, no objection, and no stop that was said without the shop:
    for that the address itself answers."""
    entry, new = CounterEntry.objects.get_or_create(organisation=organisation, key=key, defaults={"at": clock.now()})
    if not new:
        return entry
    check_open(organisation)
    entry.record, _ = enrol(organisation=organisation, details=_placed(organisation, said), source=source, by=by)
    entry.save(update_fields=["record"])
    person, address = entry.record.person, digest("email", said.details.email)
    denied, no = is_denied(organisation, address), last_no(person, organisation, address)
    noes = _noes(person, organisation)
    for channel, wording in said.yeses.items():
        # Whoever reads this address said that this shop's customer is not they: only they can come back on it.
        if not (channel in noes or (denied and channel is Channel.EMAIL)):
            _grant(person, organisation, channel, wording, source, said.on, by)
    if said.details.email and said.yeses and not denied:
        ask_for(entry=entry, address=address, no=no, said_on=said.on)
    return entry


def _placed(organisation: Organisation, said: Said) -> CustomerDetails:
    """With its commune, of which a person not known yet begins with; that of anyone else is theirs (decision 1)."""
    return replace(said.details, commune=commune_named(organisation.territory.communes.all(), said.commune))


def _noes(person: Person, sender: Organisation) -> set[str]:
    """The channels on which this shop's tap alone gives no yes: by e-mail the address is asked; elsewhere, what the
    person stopped without the shop, they alone open again."""
    noes = last_events(persons=[person.pk], sender=sender.pk).filter(granted=False)
    return {one.channel for one in noes if one.channel == Channel.EMAIL or _is_their_own(one)}


def _is_their_own(no: ConsentEvent) -> bool:
    """« Ce n’est pas moi » speaks of the mailbox: it says nothing of a telephone nor of a sheet."""
    return no.source in THEIR_OWN and no.noted_by != NOT_ME


def _grant(
    person: Person, sender: Organisation, channel: Channel, wording: Wording, source: Source, on: dt.date, by: Actor
) -> None:
    # A no said since, while the yes waited on a telephone without network or on a card in a drawer, stands.
    with contextlib.suppress(AlreadyRefused):
        grant(person=person, sender=sender, channel=channel, wording=wording, source=source, given_on=on, by=by)


@transaction.atomic
def note_refusal(
    *, organisation: Organisation, details: CustomerDetails, on: dt.date, by: Actor, instead_of: uuid.UUID | None = None
) -> None:
    """A no at the counter. Of someone in this shop's file, it is a no on every channel; of anyone else nothing is
    kept. `instead_of`: the key of the yes that it would have been, had the right button been pressed."""
    for mine in _own_records(organisation, details):
        said = last_events(persons=[mine.person_id], sender=organisation.pk)
        # Refused already, or a yes of after the day of a no that waited on a telephone.
        left_alone = said.filter(Q(granted=False) | Q(given_on__gt=on)).values_list("channel", flat=True)
        for channel in set(Channel) - {Channel(one) for one in left_alone}:
            withdraw(
                person=mine.person, sender=organisation, source=Source.COUNTER, channel=channel, given_on=on, by=by
            )
        keep_waiting_ones(record=mine, asked_until=on)
    if instead_of:
        take_back(organisation=organisation, key=instead_of, details=details, by=by)


def _own_records(organisation: Organisation, details: CustomerDetails) -> list[CustomerRecord]:
    """By this shop's own words alone (decision 1)."""
    names = Q(given_name=details.given_name, family_name=details.family_name)
    words = names & Q(address=details.address) if details.address else Q(pk=0)
    if details.email:
        words |= Q(email__iexact=details.email)
    if details.phone:
        words |= Q(phone=details.phone)
    mine = CustomerRecord.objects.filter(words, organisation=organisation).select_related("person")
    return [one for one in mine if may_be_one(one.given_name, details.given_name)]
