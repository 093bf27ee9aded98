"""What someone said at a shop's counter, or wrote on its card: the fiche, the yes, and the mail that lets them undo it
(decision 5)."""

import contextlib
import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from parvis.accounts.actions.notices import laid_out
from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.signals import notice_requested
from parvis.core.speech import FRENCH, mark

from .. import codes
from ..models import CounterEntry, CounterNotice, CustomerRecord, Objection, Person, Wording
from ..points import digest
from ..queries import standing
from ..rules import Channel, Source, may_be_one
from .consent import AlreadyRefused, grant, object_to_all, withdraw
from .customers import enrol
from .details import CustomerDetails

SALT = "parvis.contacts.not_me"
LIFE = dt.timedelta(days=400)  # of the link, and of what it undoes
PER_ADDRESS = 3  # first messages to one address in a day, whichever shops typed it
PER_SHOP = 60  # first messages for one shop in an hour; the others wait
WAITING, SENT, KEPT = CounterNotice.State.WAITING, CounterNotice.State.SENT, CounterNotice.State.KEPT


@dataclass(frozen=True, slots=True)
class Said:
    """`yeses`: for each channel agreed to, the very sentence that was read aloud or printed; none: only a fiche."""

    details: CustomerDetails
    on: dt.date
    yeses: Mapping[Channel, Wording] = field(default_factory=dict)


@transaction.atomic
def note_said(*, organisation: Organisation, key: uuid.UUID, said: Said, source: Source, by: Actor) -> CounterEntry:
    """Once for each key, however often a telephone sends it. Never tells whether the person is known elsewhere, nor
    that an address was written to already."""
    entry, new = CounterEntry.objects.get_or_create(organisation=organisation, key=key, defaults={"at": clock.now()})
    if not new:
        return entry
    address = digest("email", said.details.email)
    denial = _denial(organisation, address)
    objected = set(Objection.objects.filter(digest__in=[address, denial]).values_list("digest", flat=True))
    entry.record, _ = enrol(organisation=organisation, details=said.details, source=source, by=by)
    entry.save(update_fields=["record"])
    denied = denial in objected
    for channel, wording in said.yeses.items():
        # Whoever reads this address said that this shop's customer is not they: only they can come back on it.
        if not (denied and channel is Channel.EMAIL):
            _grant(entry.record.person, organisation, channel, wording, source, said.on, by)
    if said.details.email and said.yeses and not denied:
        CounterNotice.objects.create(
            entry=entry, address=address, had_objected=address in objected, asked_at=clock.now()
        )
    return entry


def _grant(
    person: Person, sender: Organisation, channel: Channel, wording: Wording, source: Source, on: dt.date, by: Actor
) -> None:
    # A no said since, while the yes waited on a telephone without network or on a card in a drawer, stands.
    with contextlib.suppress(AlreadyRefused):
        grant(person=person, sender=sender, channel=channel, wording=wording, source=source, given_on=on, by=by)


@transaction.atomic
def note_refusal(
    *, organisation: Organisation, details: CustomerDetails, channel: Channel, on: dt.date, by: Actor
) -> None:
    """A no at the counter. Of someone whom this shop writes to, it is a withdrawal; of anyone else nothing is kept."""
    for mine in _own_records(organisation, details):
        said = standing(persons=[mine.person_id], sender=organisation.pk)
        if said.filter(channel=channel, given_on__lte=on).exists():
            withdraw(
                person=mine.person, sender=organisation, source=Source.COUNTER, channel=channel, given_on=on, by=by
            )


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


# --- « Ce n’est pas moi » --------------------------------------------------------------------------------------------


def _denial(organisation: Organisation, address: str) -> str:
    """Kept among the objections: it outlives the fiche, and speaks of one shop."""
    return digest(f"not a customer of {organisation.pk}", address)


def not_me_token(entry: CounterEntry) -> str:
    return signing.dumps(entry.pk, salt=SALT)


def entry_by(token: str) -> CounterEntry | None:
    """None for a link that was altered, that is too old, or of which nothing is left."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    entries = CounterEntry.objects.select_related("organisation__commune", "record__person", "notice")
    return entries.filter(pk=pk, notice__isnull=False).first()


def is_denied(entry: CounterEntry) -> bool:
    return _denied(entry.organisation, entry.notice.address)


def _denied(organisation: Organisation, address: str) -> bool:
    return Objection.objects.filter(digest=_denial(organisation, address)).exists()


@transaction.atomic
def deny(*, entry: CounterEntry) -> None:
    """Whoever reads the mail is not this shop's customer. Only reduces (decision 4); twice is once."""
    sender, notice = entry.organisation, entry.notice
    denial = _denial(sender, notice.address)
    if not Objection.objects.get_or_create(digest=denial, defaults={"at": clock.now()})[1]:
        return
    by = Actor("link", mark("la personne qui lit cette adresse"))
    if entry.record:
        withdraw(person=entry.record.person, sender=sender, source=Source.LINK, by=by)
        if notice.had_objected:
            object_to_all(entry.record.person)
    record(by=by, verb="not_me", on=entry, organisation=sender)


# --- What leaves, rung by the bell ----------------------------------------------------------------------------------


def send_counter_notices() -> int:
    """Each first message that was asked for, within the limits. Returns how many left. Safe to ring twice."""
    sent = 0
    waiting = CounterNotice.objects.filter(state=WAITING).order_by("pk")
    for notice in waiting.select_related("entry__organisation__commune", "entry__record"):
        state = _verdict(notice)
        mine = CounterNotice.objects.filter(pk=notice.pk, state=WAITING)
        if state is not WAITING and mine.update(state=state, ended_at=clock.now()) and state is SENT:
            _write(notice.entry)
            sent += 1
    return sent


def _verdict(notice: CounterNotice) -> CounterNotice.State:
    """Told once by this shop, or a day later, it would say nothing new."""
    now, entry = clock.now(), notice.entry
    sent = CounterNotice.objects.filter(state=SENT)
    told, of_shop = sent.filter(address=notice.address), sent.filter(entry__organisation=entry.organisation_id)
    gone = entry.record is None or digest("email", entry.record.email) != notice.address
    late = notice.asked_at <= now - codes.DAY
    if gone or late or _denied(entry.organisation, notice.address):
        return KEPT
    if (told & of_shop).exists() or told.filter(ended_at__gt=now - codes.DAY).count() >= PER_ADDRESS:
        return KEPT
    return SENT if of_shop.filter(ended_at__gt=now - codes.DAY / 24).count() < PER_SHOP else WAITING


def _write(entry: CounterEntry) -> None:
    """Never what was typed at the counter: a shop must not carry words to a stranger's mailbox."""
    context = {
        "sender": entry.organisation,
        "day": entry.at.astimezone(clock.PARIS).date(),
        "token": not_me_token(entry),
        "base": settings.BASE_URL,
        "publisher": settings.PUBLISHER,
    }
    with translation.override(FRENCH):  # the day in it too, whoever rings the bell
        subject, text = laid_out("contacts/counter.txt", context)
    to = entry.record.email if entry.record else ""
    notice_requested.send(sender=CounterEntry, channel="email", to=to, subject=subject, text=text)


def forget_old_entries() -> None:
    CounterEntry.objects.filter(at__lt=clock.now() - LIFE).delete()
