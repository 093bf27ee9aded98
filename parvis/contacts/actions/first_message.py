"""The first message to an address that a shop was given: who gave it, when, and « ce n’est pas moi » in one tap. To an
address that had said no it asks, and nothing is lifted before it has answered (decisions 4 and 5)."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import translation

from parvis.accounts.actions.notices import laid_out
from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import SYSTEM, Actor
from parvis.core.signals import NotCarried, notice_requested
from parvis.core.speech import FRENCH, mark
from parvis.territory.queries import absolute

from .. import codes
from ..models import ContactPoint, CounterEntry, CounterNotice, CustomerRecord, Objection, Person, Wording
from ..points import digest
from ..queries import UNTOLD, last_events, standing
from ..rules import A_SHOPS_WORD, Channel, Source
from .consent import grant, withdraw
from .myself import give_address, own_voice
from .sign_up import owner_of

SALT = "parvis.contacts.not_me"
NOT_ME = "not_me"  # the actor of « ce n’est pas moi »
LIFE = dt.timedelta(days=400)  # of the link, and of what it undoes
TO_ANSWER = dt.timedelta(days=30)  # by yes, after the message that asks
PER_ADDRESS = 3  # first messages to one address in a day, whichever shops typed it
PER_SHOP = 60  # first messages for one shop in an hour; the others wait
LEASE = SOON = dt.timedelta(minutes=10)  # whoever holds it may have died; or the server is away
LATER = codes.DAY  # the server may have taken it, or refuses us: once more, and no more
State = CounterNotice.State
WAITING, SENT, KEPT, LOST = State.WAITING, State.SENT, State.KEPT, State.LOST


def last_no(person: Person, sender: Organisation, address: str) -> dt.datetime | None:
    """When this address last said no by e-mail to this sender, or to all, and did not itself come back on it. As many
    questions to the database whoever it is (decision 1)."""
    last = last_events(persons=[person.pk], sender=sender.pk).filter(channel=Channel.EMAIL).first()
    silenced = person.contact_points.aggregate(at=Max("silenced_at"))["at"]
    objected = Objection.objects.filter(digest=address).aggregate(at=Max("at"))["at"]
    if last and last.granted and not last.noted_by.startswith(A_SHOPS_WORD):
        return None
    refused = last.noted_at if last and not last.granted else None
    return max(filter(None, (refused, silenced, objected, person.stopped_at)), default=None)


def ask_for(*, entry: CounterEntry, address: str, no: dt.datetime | None, said_on: dt.date) -> None:
    """`no`: the last one of this address. One said since the entry was, on a telephone without network, is not
    questioned."""
    now = clock.now()
    since = no is not None and no.astimezone(clock.PARIS).date() > said_on
    CounterNotice.objects.create(
        entry=entry,
        address=address,
        asks=no is not None,
        state=KEPT if since else WAITING,
        asked_at=now,
        due_at=now,
        ended_at=now if since else None,
    )


def keep_waiting_ones(*, record: CustomerRecord, asked_until: dt.date) -> None:
    """The shop itself was told no: its question has no more object."""
    midnight = dt.datetime.combine(asked_until + dt.timedelta(days=1), dt.time(), clock.PARIS)
    waiting = CounterNotice.objects.filter(state=WAITING, entry__record=record, asked_at__lt=midnight)
    waiting.update(state=KEPT, ended_at=clock.now())


# --- « Ce n’est pas moi », or « c’est bien moi » ---------------------------------------------------------------------


def _denial(organisation: Organisation, address: str) -> str:
    """Kept among the objections: it outlives the fiche, and speaks of one shop."""
    return digest(f"not a customer of {organisation.pk}", address)


def is_denied(organisation: Organisation, address: str) -> bool:
    return Objection.objects.filter(digest=_denial(organisation, address)).exists()


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


@transaction.atomic
def deny(*, entry: CounterEntry) -> None:
    """Whoever reads the mail is not this shop's customer. Only reduces (decision 4); twice is once."""
    sender = entry.organisation
    denial = _denial(sender, entry.notice.address)
    if not Objection.objects.get_or_create(digest=denial, defaults={"at": clock.now()})[1]:
        return
    by = Actor(NOT_ME, mark("la personne qui lit cette adresse"))
    if entry.record:
        withdraw(person=entry.record.person, sender=sender, source=Source.LINK, by=by)
    record(by=by, verb="not_me", on=entry, organisation=sender)


def may_say_yes(entry: CounterEntry) -> bool:
    """Whether the message asked, lately, and neither the address nor the shop has said anything since."""
    notice = entry.notice
    if not notice.asks or notice.state != SENT or notice.ended_at is None or entry.organisation.suspended_at:
        return False
    return clock.now() - notice.ended_at < TO_ANSWER and not _is_over(notice, _no_of(notice))


@transaction.atomic
def say_it_is_me(*, entry: CounterEntry, wording: Wording) -> Person | None:
    """The address has answered by itself, as by the web. Whoever reads the mailbox is its owner, whatever the shop
    called them. None where there was nothing to answer any more."""
    if entry.record is None or not may_say_yes(entry):
        return None
    sender, email = entry.organisation, entry.record.email
    person = owner_of(email=email, given_name=entry.record.given_name)
    give_address(person=person, to=sender, kind="email", value=email)
    grant(
        person=person,
        sender=sender,
        channel=Channel.EMAIL,
        wording=wording,
        source=Source.WEB,
        given_on=clock.today(),
        by=own_voice(person),
    )
    return person


def own_word(entry: CounterEntry) -> bool | None:
    """What the address itself last said of this shop's e-mails since the entry, never a shop's word for it; None where
    it said nothing."""
    owner = _owner(entry)
    if owner:
        events = last_events(persons=[owner.pk], sender=entry.organisation_id).filter(channel=Channel.EMAIL)
        since = events.filter(noted_at__gte=entry.notice.asked_at).first()
        if since and not since.noted_by.startswith(A_SHOPS_WORD):
            return standing(persons=[owner.pk], sender=entry.organisation_id).filter(pk=since.pk).exists()
    return False if is_denied(entry.organisation, entry.notice.address) else None


@transaction.atomic
def take_back_own_yes(*, entry: CounterEntry) -> None:
    """By e-mail alone, since only the address speaks here. Twice is once."""
    owner = _owner(entry)
    if owner and own_word(entry):
        by = Actor(f"person:{owner.pk} link", mark("la personne elle-même"))
        withdraw(person=owner, sender=entry.organisation, channel=Channel.EMAIL, source=Source.LINK, by=by)


def _owner(entry: CounterEntry) -> Person | None:
    """Whoever reads the mailbox, whatever the shop called them."""
    email = entry.record.email.lower() if entry.record else ""
    point = ContactPoint.objects.select_related("person").filter(kind="email", value=email).first()
    return point.person if point else None


# --- What leaves, rung by the bell ----------------------------------------------------------------------------------


def send_counter_notices() -> int:
    """Each first message that was asked for, within the limits. Returns how many left. Safe to ring twice. A shop whose
    page is closed writes to nobody: its messages wait."""
    sent = 0
    due = CounterNotice.objects.filter(state=WAITING, due_at__lte=clock.now(), entry__organisation__suspended_at=None)
    for notice in due.select_related(
        "entry__organisation__commune", "entry__organisation__territory", "entry__record__person"
    ).order_by("pk"):
        now = clock.now()
        mine = CounterNotice.objects.filter(pk=notice.pk, state=WAITING, due_at=notice.due_at)
        if _has_no_object(notice):
            mine.update(state=KEPT, ended_at=now)
        elif (room := _room_at(notice, now)) > now:
            mine.update(due_at=room)
        elif mine.update(due_at=now + LEASE):
            try:
                _write(notice)
            except NotCarried as failure:
                _put_off(notice, failure)
                if failure.again:
                    break  # the server is away for the others too
            else:
                _note_sent(notice)
                sent += 1
    return sent


def _put_off(notice: CounterNotice, failure: NotCarried) -> None:
    """What is refused as nobody's address, or may have arrived twice already, is tried no more."""
    row, now = CounterNotice.objects.filter(pk=notice.pk), clock.now()
    if failure.again:
        row.update(due_at=now + SOON)
    elif failure.dead or notice.last_try:
        row.update(state=LOST, ended_at=now)
    else:
        row.update(due_at=now + LATER, last_try=True)


def _note_sent(notice: CounterNotice) -> None:
    now = clock.now()
    CounterNotice.objects.filter(pk=notice.pk).update(state=SENT, ended_at=now)
    # The mailbox answers again: what was lost before is told with this one.
    lost = CounterNotice.objects.filter(state=LOST, address=notice.address)
    lost.filter(entry__organisation=notice.entry.organisation_id).update(state=KEPT)


def _has_no_object(notice: CounterNotice) -> bool:
    no = _no_of(notice)
    return _is_over(notice, no) or _is_told(notice, no)


def _no_of(notice: CounterNotice) -> dt.datetime | None:
    entry = notice.entry
    return last_no(entry.record.person, entry.organisation, notice.address) if entry.record else None


def _is_over(notice: CounterNotice, no: dt.datetime | None) -> bool:
    """The fiche or its address is gone, or a no was said since."""
    entry = notice.entry
    if entry.record is None or digest("email", entry.record.email) != notice.address:
        return True
    answered = notice.asks and no is None
    return answered or is_denied(entry.organisation, notice.address) or (no is not None and no > notice.asked_at)


def _is_told(notice: CounterNotice, no: dt.datetime | None) -> bool:
    """By this shop already, since the last no of this address: it would learn nothing."""
    told = _sent().filter(address=notice.address, entry__organisation=notice.entry.organisation_id)
    return told.filter(ended_at__gt=no).exists() if no else told.exists()


def _sent() -> QuerySet[CounterNotice]:
    return CounterNotice.objects.filter(state=SENT)


def _room_at(notice: CounterNotice, now: dt.datetime) -> dt.datetime:
    """The instant from which the limits let it leave, `now` where nothing holds it: nobody is bombed by shops that type
    their address."""
    to_address = _sent().filter(address=notice.address)
    of_shop = _sent().filter(entry__organisation=notice.entry.organisation_id)
    hour = dt.timedelta(hours=1)
    return max(_free_at(to_address, PER_ADDRESS, codes.DAY, now), _free_at(of_shop, PER_SHOP, hour, now))


def _free_at(sent: QuerySet[CounterNotice], most: int, span: dt.timedelta, now: dt.datetime) -> dt.datetime:
    last = list(sent.filter(ended_at__gt=now - span).order_by("-ended_at").values_list("ended_at", flat=True)[:most])
    return last[-1] + span if len(last) == most and last[-1] else now


def _write(notice: CounterNotice) -> None:
    """Never what was typed at the counter: a shop must not carry words to a stranger's mailbox."""
    entry = notice.entry
    context = {
        "sender": entry.organisation,
        "day": entry.at.astimezone(clock.PARIS).date(),
        "link": absolute(entry.organisation.territory, reverse("pages:not-me", args=[not_me_token(entry)])),
        "publisher": settings.PUBLISHER,
    }
    template = "contacts/counter_ask.txt" if notice.asks else "contacts/counter.txt"
    with translation.override(FRENCH):  # the day in it too, whoever rings the bell
        subject, text = laid_out(template, context)
    to = entry.record.email if entry.record else ""
    notice_requested.send(sender=CounterEntry, channel="email", to=to, subject=subject, text=text)


def forget_old_entries() -> None:
    """With the yes of those whose message never left: it would stand without it."""
    old = CounterEntry.objects.filter(at__lt=clock.now() - LIFE)
    for notice in CounterNotice.objects.filter(entry__in=old, state__in=UNTOLD).select_related(
        "entry__organisation", "entry__record__person"
    ):
        _forget_untold(notice)
    old.exclude(notice__state__in=UNTOLD).delete()


@transaction.atomic
def _forget_untold(notice: CounterNotice) -> None:
    entry = notice.entry
    if entry.record and not _has_no_object(notice):
        person, sender = entry.record.person, entry.organisation
        shops = standing(persons=[person.pk], sender=sender.pk).filter(channel=Channel.EMAIL)
        # What was said on the web is the address's own.
        for yes in shops.exclude(source=Source.WEB):
            withdraw(person=person, sender=sender, channel=Channel.EMAIL, source=Source(yes.source), by=SYSTEM)
    entry.delete()
