"""Every write to the ledger."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import Line, record, record_all
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, Refused
from parvis.core.speech import mark

from ..models import ConsentEvent, ContactPoint, Objection, Person, Wording
from ..points import digest_of
from ..queries import in_force, last_events
from ..rules import A_SHOPS_WORD, Basis, Channel, Purpose, Source

A_SLICE = 500  # persons read and written together: what one statement of SQLite holds
SPOKEN_BY_THE_PERSON = {Source.COUNTER, Source.PAPER, Source.WEB}


class AlreadyRefused(Refused):
    sentence = mark("Cette personne a refusé depuis. Seul un nouvel accord de sa part, plus récent, peut y revenir.")


class NotYet(BadInput):
    sentence = mark("Cette date est dans le futur : donnez le jour où la personne l’a dit.")


@transaction.atomic
def grant(
    *,
    person: Person,
    sender: Organisation,
    channel: Channel,
    wording: Wording,
    source: Source,
    given_on: dt.date,
    by: Actor,
    source_text: str = "",
) -> ConsentEvent:
    """Append a yes. The same yes twice writes one line; a later refusal is not undone by an older yes nor by a sale."""
    if given_on > clock.today():
        raise NotYet
    last = last_events(persons=[person.pk], sender=sender.pk).filter(channel=channel).first()
    if last and last.granted and _adds_nothing(last, wording, given_on, _runs):
        return last
    if last and _is_refused(last, wording, source, given_on):
        raise AlreadyRefused
    said = {"wording": wording, "basis": wording.basis, "source_text": source_text[:200]}
    event = _append(person, sender, channel, source, by, granted=True, given_on=given_on, **said)
    if _ends_silence(event):
        _lift_silence(person, given_on)
    record(by=by, verb="grant", on=person, organisation=sender, channel=channel, basis=wording.basis)
    return event


def _is_refused(last: ConsentEvent, wording: Wording, source: Source, given_on: dt.date) -> bool:
    """A file does not tell which of two answers of one day came last: there the no stands."""
    older = given_on < last.given_on or (source is Source.FILE and given_on == last.given_on)
    return not last.granted and (wording.basis == Basis.SALE or older)


def _adds_nothing(
    last: ConsentEvent, wording: Wording, given_on: dt.date, runs: Callable[[ConsentEvent], bool]
) -> bool:
    """A yes that is there already, or an older one; and a sale after a yes that was spoken, while that one runs."""
    sale, spoken = wording.basis == Basis.SALE, last.basis == Basis.CONSENT
    if (last.wording_id, last.given_on) == (wording.pk, given_on):
        return True
    if given_on < last.given_on:
        return sale or spoken
    return sale and spoken and runs(last)


def _runs(event: ConsentEvent) -> bool:
    return ConsentEvent.objects.filter(in_force(), pk=event.pk).exists()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a line of a shop's file says of one channel; without a `wording`, a no."""

    person: Person
    channel: Channel
    given_on: dt.date
    wording: Wording | None = None
    source_text: str = ""


@transaction.atomic
def note_answers(
    *, sender: Organisation, answers: Sequence[Answer], by: Actor, source: Source = Source.FILE
) -> list[bool]:
    """Many answers to one sender, in their order: as `grant` and `withdraw` would, in far fewer questions to the
    database. For each, whether it stands; False for a yes that an earlier refusal withstands, and for every no."""
    stands: list[bool] = []
    for start in range(0, len(answers), A_SLICE):
        some = answers[start : start + A_SLICE]
        ledger = _Ledger(sender, {answer.person.pk for answer in some}, source, by)
        stands += [ledger.note(answer) for answer in some]
        ledger.write()
    return stands


class _Ledger:
    """The last lines of some persons, and those to be added."""

    def __init__(self, sender: Organisation, persons: set[int], source: Source, by: Actor) -> None:
        last = list(last_events(persons=persons, sender=sender.pk))
        self.sender, self.source, self.by = sender, source, by
        self.last = {(event.person_id, event.channel): event for event in last}
        running = ConsentEvent.objects.filter(in_force(), pk__in=[event.pk for event in last if event.granted])
        self.running = set(running.values_list("pk", flat=True))
        self.new: list[ConsentEvent] = []

    def note(self, answer: Answer) -> bool:
        last = self.last.get((answer.person.pk, answer.channel))
        if answer.wording is None:
            if last is None or last.granted:  # written once: the same sheet twice adds no line
                self._add(answer, granted=False, basis=Basis.CONSENT)
            return False
        if answer.given_on > clock.today():
            raise NotYet
        if last and last.granted and _adds_nothing(last, answer.wording, answer.given_on, self._runs):
            return True
        if last and _is_refused(last, answer.wording, self.source, answer.given_on):
            return False
        text = answer.source_text[:200]
        self._add(answer, granted=True, basis=answer.wording.basis, wording=answer.wording, source_text=text)
        return True

    def _add(self, answer: Answer, **said: Any) -> None:
        whom = (answer.person, self.sender, answer.channel, self.source, self.by)
        event = _line(*whom, given_on=answer.given_on, **said)
        self.new.append(event)
        self.last[answer.person.pk, answer.channel] = event

    def _runs(self, event: ConsentEvent) -> bool:
        if event.pk is None:  # of the same person, told twice in one file
            self.write()
            return _runs(event)
        return event.pk in self.running

    def write(self) -> None:
        ConsentEvent.objects.bulk_create(self.new)
        heard = [event for event in self.new if _ends_silence(event)]
        silent = ContactPoint.objects.filter(person__in=[event.person_id for event in heard], silenced_at__isnull=False)
        to_lift = set(silent.values_list("person", flat=True)) if heard else set()
        for event in heard:
            if event.person_id in to_lift:
                _lift_silence(event.person, event.given_on)
        record_all([_told(event) for event in self.new], by=self.by, organisation=self.sender)
        self.new = []


def _told(event: ConsentEvent) -> Line:
    detail = {"channel": event.channel, "basis": event.basis} if event.granted else {"channel": event.channel}
    return Line("grant" if event.granted else "withdraw_consent", event.person, detail)


def _append(
    person: Person, sender: Organisation, channel: Channel, source: Source, by: Actor, **said: Any
) -> ConsentEvent:
    event = _line(person, sender, channel, source, by, **said)
    event.save()
    return event


def _line(
    person: Person, sender: Organisation, channel: Channel, source: Source, by: Actor, **said: Any
) -> ConsentEvent:
    return ConsentEvent(
        person=person,
        sender=sender,
        channel=channel,
        purpose=Purpose.NEWS,
        source=source,
        noted_by=by.key,
        noted_at=clock.now(),
        **said,
    )


def _ends_silence(event: ConsentEvent) -> bool:
    """A shop's tap never does: the address answers for itself (decisions 4 and 5)."""
    spoken = event.source in SPOKEN_BY_THE_PERSON and not event.noted_by.startswith(A_SHOPS_WORD)
    return event.granted and spoken and event.basis != Basis.SALE


def _lift_silence(person: Person, given_on: dt.date) -> None:
    """Whoever had stopped everything and says yes since is heard."""
    midnight = dt.datetime.combine(given_on + dt.timedelta(days=1), dt.time(), clock.PARIS)
    points = person.contact_points.filter(silenced_at__lt=midnight)
    # Whoever refused to be phoned is not phoned for sixty days, even by an address that was erased since: its digest
    # stays, and `call_objections` reads it (rule 8, decision 0017).
    written = [p for p in points if p.kind != ContactPoint.Kind.PHONE]
    Objection.objects.filter(digest__in=[digest_of(person, p.kind, p.value) for p in written]).delete()
    points.update(silenced_at=None)


@transaction.atomic
def withdraw(
    *,
    person: Person,
    sender: Organisation,
    source: Source,
    by: Actor,
    channel: Channel | None = None,
    given_on: dt.date | None = None,
) -> int:
    """Append a no on one channel, or on every channel that has none: a yes of before, that a file brings later, then
    changes nothing. Returns how many lines were written."""
    noes = last_events(persons=[person.pk], sender=sender.pk).filter(granted=False)
    said = set(noes.values_list("channel", flat=True))
    channels = [channel] if channel else [one for one in Channel if one.value not in said]
    for one in channels:
        day = given_on or clock.today()
        _append(person, sender, one, source, by, granted=False, basis=Basis.CONSENT, given_on=day)
        record(by=by, verb="withdraw_consent", on=person, organisation=sender, channel=one)
    return len(channels)


def _yeses(person: Person) -> QuerySet[ConsentEvent]:
    """Those that have run out too: a purchase to come would make them run again, against the refusal."""
    return last_events(persons=[person.pk]).filter(granted=True)


@transaction.atomic
def withdraw_everything(*, person: Person, source: Source, by: Actor) -> None:
    """« Tout arrêter »: a no to each sender that ever had a yes, the day for all others, and the addresses join the
    list of those who objected (rule 1)."""
    for sender in Organisation.objects.filter(pk__in=_yeses(person).values("sender")):
        withdraw(person=person, sender=sender, source=source, by=by)
    person.stopped_at = clock.now()
    person.save(update_fields=["stopped_at"])
    object_to_all(person)
    record(by=by, verb="withdraw_everything", on=person)


def object_to_all(person: Person) -> None:
    """Whoever else was noted under the same number is silent too: it is the number that asked."""
    now = clock.now()
    points = person.contact_points.all()
    numbers = points.filter(kind=ContactPoint.Kind.PHONE).values_list("value", flat=True)
    Objection.objects.bulk_create(
        [Objection(digest=digest_of(person, p.kind, p.value), at=now) for p in points], ignore_conflicts=True
    )
    points.update(silenced_at=now)
    ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE, value__in=list(numbers)).update(silenced_at=now)
