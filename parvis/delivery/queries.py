"""What the door reads about the people at hand, a fixed number of queries for any number of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, QuerySet

from parvis.accounts.models import Organisation, User
from parvis.accounts.queries import organisations_where
from parvis.accounts.rules import Permission
from parvis.contacts.models import ConsentEvent, ContactPoint, CustomerRecord, Person, RecordTaste, Resident, Taste
from parvis.contacts.queries import adults, call_objections, minors, reach, standing
from parvis.contacts.reference import interest_tree
from parvis.contacts.rules import Channel, Purpose, Verdict, judge
from parvis.core import clock
from parvis.core.errors import Refused
from parvis.core.speech import mark
from parvis.law.rules import calls_counted_from, calls_exhausted, in_silence
from parvis.territory.models import Territory

from .models import Message, Part
from .rules import Facts

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


# A message in one of these states has not left: it may still be stopped.
WAITING = [Message.State.QUEUED, Message.State.CLAIMED]
# A message in one of these states reached nobody: its parts do not draw on the rhythm.
LOST = [Message.State.FAILED, Message.State.WITHHELD]


@dataclass(slots=True)
class Readers:
    """Everything about a set of persons that the door needs."""

    persons: dict[int, Person]
    rhythm: dict[int, int]
    consents: set[tuple[int, int, str]]  # person, sender, channel
    reach: set[tuple[int, int, str]]  # person, sender, channel
    used: dict[int, int]  # announcements already taken this week
    told: set[tuple[int, str]]
    tastes: dict[int, dict[int, bool]]
    noted: dict[tuple[int, int], dict[int, bool]]  # (person, shop) -> what the shop noted
    suspended: set[int] = field(default_factory=set)  # senders
    adults: set[tuple[int, int]] = field(default_factory=set)  # (person, shop) where the shop was told so
    minors: set[tuple[int, int]] = field(default_factory=set)
    calls: dict[tuple[int, int], dict[int, dt.date]] = field(default_factory=dict)  # (person, shop) -> message -> day
    call_refusals: dict[tuple[int, int], dt.date] = field(default_factory=dict)
    above: Mapping[int, Mapping[int, int]] = field(default_factory=dict)  # the interest tree

    def facts(self, part: Part, channel: Channel, beside: Collection[str] = ()) -> Facts:
        """`beside`: "alcohol" or "children" where a part of the same message that passed is such."""
        person = self.persons[part.person_id]
        verdict = self._verdict(part)
        return Facts(
            erased=person.erased_at is not None,
            over=part.until is not None and part.until <= clock.now(),
            suspended=part.sender_id in self.suspended,
            consented=(person.pk, part.sender_id, channel.value) in self.consents,
            reachable=self._reachable(part, channel),
            told=(person.pk, part.subject) in self.told,
            left=self.rhythm.get(person.pk, 0) - self.used.get(person.pk, 0),
            alcohol=part.alcohol,
            alcohol_beside_children=(part.alcohol and (part.children or "children" in beside))
            or (part.children and "alcohol" in beside),
            adult=self._adult(person, part.sender_id),
            # Who refuses to be sorted has asked for no subject (decision 0015).
            asked=person.profiling and verdict.score > 0,
            refused=verdict.refused,
            calls_exhausted=channel is Channel.PHONE and self._calls_exhausted(part),
        )

    def take(self, part: Part, channel: Channel) -> None:
        """A part that passed draws on its reader's week and is told; its message, by telephone, is one call."""
        self.used[part.person_id] = self.used.get(part.person_id, 0) + 1
        self.told.add((part.person_id, part.subject))
        if channel is Channel.PHONE:
            self.calls.setdefault((part.person_id, part.sender_id), {})[part.message_id] = clock.today()

    def _adult(self, person: Person, sender: int) -> bool:
        pair = (person.pk, sender)
        return pair not in self.minors and (person.adult_declared_on is not None or pair in self.adults)

    def _verdict(self, part: Part) -> Verdict:
        own = self.tastes.get(part.person_id, {})
        # What the person said wins over what the shop noted.
        all_tastes = self.noted.get((part.person_id, part.sender_id), {}) | own
        likes = {i for i, liked in all_tastes.items() if liked}
        refusals = {i for i, liked in all_tastes.items() if not liked}
        return judge(part.interests, likes=likes, refusals=refusals, above=self.above)

    def _reachable(self, part: Part, channel: Channel) -> bool:
        return (part.person_id, part.sender_id, channel.value) in self.reach

    def _calls_exhausted(self, part: Part) -> bool:
        pair = (part.person_id, part.sender_id)
        # Two things to say in one call are one call.
        past = [day for message, day in self.calls.get(pair, {}).items() if message != part.message_id]
        return calls_exhausted(past, self.call_refusals.get(pair), clock.today())


def readers(parts: Collection[Part], *, territory: Territory, week: str, excluding: Collection[int] = ()) -> Readers:
    """The facts behind these parts now. `excluding`: messages left out of what is already used, told and called."""
    ids = {part.person_id for part in parts}
    senders = {part.sender_id for part in parts}
    taken = Part.objects.filter(person__in=ids, stopped="").exclude(message__state__in=LOST)
    taken = taken.exclude(message__in=excluding)
    told = taken.filter(subject__in={part.subject for part in parts})
    news = taken.filter(message__purpose=Purpose.NEWS)
    in_week = news.filter(message__week=week, message__territory=territory)
    return Readers(
        persons=Person.objects.in_bulk(ids),
        rhythm=dict(Resident.objects.filter(person__in=ids, territory=territory).values_list("person", "rhythm")),
        consents=set(standing(persons=ids).values_list("person", "sender", "channel")),
        reach=reach(ids),
        used=dict(in_week.values_list("person").annotate(n=Count("pk"))),
        told=set(told.values_list("person", "subject")),
        tastes=_grouped(Taste.objects.filter(person__in=ids).values_list("person", "interest", "liked")),
        noted=_noted(ids),
        suspended=suspended(senders),
        adults=adults(ids, senders),
        minors=minors(ids, senders),
        calls=recent_calls(ids, senders, clock.today(), excluding),
        call_refusals=call_refusals(ids, senders),
        above=interest_tree().above,
    )


def suspended(senders: Collection[int]) -> set[int]:
    """Those whose pages are closed now, whatever whoever drafted the message had read of them."""
    closed = Organisation.objects.filter(pk__in=senders).exclude(suspended_at=None)
    return set(closed.values_list("pk", flat=True))


def _grouped(rows: Iterable[tuple[Any, int, bool]]) -> dict[Any, dict[int, bool]]:
    found: dict[Any, dict[int, bool]] = defaultdict(dict)
    for owner, interest, liked in rows:
        found[owner][interest] = liked
    return dict(found)


def _noted(ids: Iterable[int]) -> dict[tuple[int, int], dict[int, bool]]:
    rows = RecordTaste.objects.filter(record__person__in=ids).values_list(
        "record__person", "record__organisation", "interest", "liked"
    )
    return _grouped(((person, shop), interest, liked) for person, shop, interest, liked in rows)


def recent_calls(
    persons: Collection[int], callers: Collection[int], day: dt.date, excluding: Collection[int] = ()
) -> dict[tuple[int, int], dict[int, dt.date]]:
    """(person, shop) -> the messages by which that shop was handed that name to phone, and their days: those that the
    law counts on `day` (rule 8)."""
    counted = dt.datetime.combine(calls_counted_from(day), dt.time(), clock.PARIS)
    lists = Message.objects.filter(
        channel=Channel.PHONE, created_at__gte=counted, caller__in=callers, person__in=persons
    )
    # Not the message at the door itself, whose parts are not written yet.
    lists = lists.filter(parts__stopped="").exclude(state__in=LOST).exclude(pk__in=excluding).distinct()
    found: dict[tuple[int, int], dict[int, dt.date]] = defaultdict(dict)
    for pk, person, caller, at in lists.values_list("pk", "person", "caller__pk", "created_at"):
        found[person, caller][pk] = at.astimezone(clock.PARIS).date()
    return dict(found)


def call_refusals(persons: Collection[int], senders: Collection[int] | None = None) -> dict[tuple[int, int], dt.date]:
    """(person, sender) -> the day of that person's last « no » to being phoned by that sender (rule 8).

    A yes given since does not remove it: the law's silence runs from the refusal (decision 0017).
    """
    said = ConsentEvent.objects.filter(person__in=persons, channel=Channel.PHONE, granted=False)
    if senders is not None:
        said = said.filter(sender__in=senders)
    rows = said.values("person", "sender").annotate(last=Max("given_on")).values_list("person", "sender", "last")
    found = {(person, sender): last for person, sender, last in rows}
    objected = call_objections(persons)
    records = CustomerRecord.objects.filter(person__in=objected)
    if senders is not None:
        records = records.filter(organisation__in=senders)
    for pair in records.values_list("person", "organisation"):
        found[pair] = max(found.get(pair, objected[pair[0]]), objected[pair[0]])
    return found


@dataclass(frozen=True, slots=True)
class Addressed:
    """What a letter says of its reader beside what the door let through."""

    email: str
    postal: tuple[str, ...]  # the lines of an envelope; only the name where no address is known
    large_print: bool
    taken: int  # announcements of the reader's week, this message's among them
    rhythm: int


def addressed(messages: Collection[Message]) -> dict[int, Addressed]:
    """By message; a fixed number of queries for any number of them."""
    ids = {message.person_id for message in messages}
    points = ContactPoint.objects.filter(person__in=ids).order_by("-pk").values_list("person", "kind", "value")
    values = {(person, kind): value for person, kind, value in points}
    residents = Resident.objects.filter(person__in=ids).values_list("person", "territory", "large_print", "rhythm")
    choices = {(person, territory): (large, rhythm) for person, territory, large, rhythm in residents}
    taken = _taken_by_week(messages)
    return {
        message.pk: Addressed(
            email=values.get((message.person_id, "email"), ""),
            postal=_envelope(message.person, values.get((message.person_id, "post"), "")),
            large_print=choices.get((message.person_id, message.territory_id), (False, 0))[0],
            taken=sum(pk <= message.pk for pk in taken[_week_of(message)]),
            rhythm=choices.get((message.person_id, message.territory_id), (False, 0))[1],
        )
        for message in messages
    }


def _week_of(message: Message) -> tuple[int, int, str]:
    return message.person_id, message.territory_id, message.week


def _taken_by_week(messages: Collection[Message]) -> dict[tuple[int, int, str], list[int]]:
    """What the door counts on each reader's week: the message of each announcement that arrived or may still."""
    persons, weeks = {message.person_id for message in messages}, {message.week for message in messages}
    parts = Part.objects.filter(person__in=persons, message__week__in=weeks, stopped="")
    parts = parts.filter(message__purpose=Purpose.NEWS).exclude(message__state__in=LOST)
    found: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for person, territory, week, message in parts.values_list(
        "person", "message__territory", "message__week", "message"
    ):
        found[person, territory, week].append(message)
    return found


def resident_of(message: Message) -> Resident | None:
    return Resident.objects.filter(person=message.person_id, territory=message.territory_id).first()


def _envelope(person: Person, address: str) -> tuple[str, ...]:
    street, _, town = address.rpartition(", ")
    return tuple(line for line in (person.polite_name, street, town) if line)


def calling_records(caller: Organisation, batch: str, claimed: list[int]) -> list[tuple[CustomerRecord, Part]]:
    """The names on a shop's list for a batch, those printed before included, as the shop knows them; none while its
    pages are closed."""
    if suspended([caller.pk]):
        return []
    on_list = Q(message__in=claimed) | Q(message__state=Message.State.SENT)
    parts = Part.objects.filter(on_list, message__caller=caller, message__batch=batch, stopped="").order_by("pk")
    parts = parts.filter(taken_back=False)
    # Printed anew without whoever took back their yes, or was erased, since the first print.
    callable_ = standing(sender=caller.pk).filter(channel=Channel.PHONE).values("person")
    said = list(parts.filter(person__in=callable_).exclude(content={}).select_related("sender"))
    ids = {part.person_id for part in said}
    silent = {person for (person, _), day in call_refusals(ids, [caller.pk]).items() if in_silence(day, clock.today())}
    mine = CustomerRecord.objects.filter(organisation=caller, person__in=ids - silent)
    records = {record.person_id: record for record in mine}
    return [(records[part.person_id], part) for part in said if part.person_id in records]


class NoLongerWanted(Refused):
    status = 410
    sentence = mark(
        "Cette personne ne veut plus recevoir ces nouvelles\u00a0: cette feuille n’est plus à remettre. "
        "Jetez-la si elle est imprimée."
    )


def is_still_wanted(message: Message) -> bool:
    """Whether a printed sheet may still be handed over: each sender on it still has the right, and nobody asked for
    silence since."""
    senders = set(message.parts.filter(stopped="").values_list("sender", flat=True))
    rights = {(message.person_id, sender, Channel(message.channel).value) for sender in senders}
    said = standing(persons=[message.person_id]).values_list("person", "sender", "channel")
    return bool(rights) and rights <= set(said) & reach([message.person_id])


def sheets_visible_to(user: "User | AnonymousUser") -> QuerySet[Message]:
    """Printed sheets of the territories where this user may print them."""
    territories = organisations_where(user, Permission.PRINT_SHEETS).values("territory")
    return Message.objects.filter(channel=Channel.PAPER, territory__in=territories)


def calls_visible_to(user: "User | AnonymousUser") -> QuerySet[Message]:
    """Call lists of the shops whose paper this user may see."""
    return Message.objects.filter(Q(channel=Channel.PHONE), caller__in=organisations_where(user, Permission.SEE_PAPER))


def call_lists(user: "User | AnonymousUser", caller: Organisation) -> list[dict[str, Any]]:
    """The printed call lists of one shop, newest first: batch, file, and how many names."""
    return _printed(calls_visible_to(user).filter(caller=caller))


def last_call_list(caller: Organisation) -> dict[str, Any] | None:
    """The newest of a shop, for whoever was already let in to see its paper."""
    return next(iter(_printed(Message.objects.filter(channel=Channel.PHONE, caller=caller))[:1]), None)


def _printed(lists: QuerySet[Message]) -> list[dict[str, Any]]:
    printed = lists.exclude(file="")
    rows = printed.values("batch", "file").annotate(names=Count("pk"), printed=Max("ended_at")).order_by("-printed")
    return [dict(row) | {"number": row["batch"].partition(":")[2]} for row in rows]


def to_settle() -> list[Message]:
    """Of these nobody knows whether they arrived: a person decides."""
    return _told_to_the_host(Message.objects.filter(state=Message.State.UNCERTAIN))


def failed_this_week() -> list[Message]:
    """What may be tried again; what failed in an earlier week is for the next round to say."""
    return _told_to_the_host(
        Message.objects.filter(state=Message.State.FAILED, week=clock.iso_week(clock.now()), person__erased_at=None)
    )


def _told_to_the_host(messages: QuerySet[Message]) -> list[Message]:
    return list(messages.select_related("person").order_by("pk"))


def failing_points() -> list[ContactPoint]:
    """Addresses that take nothing: they are not written to until somebody says that they work."""
    return list(ContactPoint.objects.exclude(failing_since=None).order_by("failing_since", "pk"))


def counts_by_state(batch: str) -> list[tuple[str, str, int]]:
    """Messages of a batch: channel and state in French, and how many."""
    rows = Message.objects.filter(batch=batch).values_list("channel", "state").order_by("channel", "state")
    return [(Channel(c).label, Message.State(s).label, n) for c, s, n in rows.annotate(n=Count("pk"))]
