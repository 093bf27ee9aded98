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
from parvis.contacts.models import CustomerRecord, Person, RecordTaste, Resident, Taste
from parvis.contacts.queries import reach, standing
from parvis.contacts.reference import interest_tree
from parvis.contacts.rules import Channel, Purpose, Verdict, judge
from parvis.core import clock
from parvis.law.rules import calls_exhausted
from parvis.territory.models import Territory

from .models import Message, Part
from .rules import Facts

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


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
    calls: dict[tuple[int, int], list[dt.date]] = field(default_factory=dict)
    above: Mapping[int, Mapping[int, int]] = field(default_factory=dict)  # the interest tree

    def facts(self, part: Part, channel: Channel, beside: Collection[str] = ()) -> Facts:
        """`beside`: "alcohol" or "children" where a part of the same message that passed is such."""
        person = self.persons[part.person_id]
        verdict = self._verdict(part)
        return Facts(
            erased=person.erased_at is not None,
            consented=(person.pk, part.sender_id, channel.value) in self.consents,
            reachable=self._reachable(part, channel),
            told=(person.pk, part.subject) in self.told,
            left=self.rhythm.get(person.pk, 0) - self.used.get(person.pk, 0),
            alcohol=part.alcohol,
            alcohol_beside_children=(part.alcohol and (part.children or "children" in beside))
            or (part.children and "alcohol" in beside),
            adult=person.adult_declared_on is not None,
            asked=verdict.score > 0,
            refused=verdict.refused,
            calls_exhausted=channel is Channel.PHONE and self._calls_exhausted(part),
        )

    def take(self, part: Part) -> None:
        """A part that passed draws on its reader's week and is told."""
        self.used[part.person_id] = self.used.get(part.person_id, 0) + 1
        self.told.add((part.person_id, part.subject))

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
        past = self.calls.get((part.person_id, part.sender_id), [])
        return calls_exhausted(past, None, clock.today())


def readers(parts: Iterable[Part], *, territory: Territory, week: str, excluding: Message | None = None) -> Readers:
    """The facts behind these parts now. `excluding` leaves one message out of what is already used and told."""
    ids = {part.person_id for part in parts}
    taken = Part.objects.filter(person__in=ids, stopped="").exclude(message__state__in=LOST)
    if excluding:
        taken = taken.exclude(message=excluding)
    news = taken.filter(message__purpose=Purpose.NEWS)
    in_week = news.filter(message__week=week, message__territory=territory)
    return Readers(
        persons=Person.objects.in_bulk(ids),
        rhythm=dict(Resident.objects.filter(person__in=ids, territory=territory).values_list("person", "rhythm")),
        consents=set(standing(persons=ids).values_list("person", "sender", "channel")),
        reach=reach(ids),
        used=dict(in_week.values_list("person").annotate(n=Count("pk"))),
        told=set(taken.values_list("person", "subject")),
        tastes=_grouped(Taste.objects.filter(person__in=ids).values_list("person", "interest", "liked")),
        noted=_noted(ids),
        calls=_calls(ids, excluding),
        above=interest_tree().above,
    )


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


def _calls(ids: Iterable[int], excluding: Message | None) -> dict[tuple[int, int], list[dt.date]]:
    """Days on which each shop was handed each person's name to phone (rule 8)."""
    found: dict[tuple[int, int], list[dt.date]] = defaultdict(list)
    # Not the message at the door itself, whose parts are not written yet.
    lists = Message.objects.filter(person__in=ids, channel=Channel.PHONE, caller__isnull=False, parts__stopped="")
    lists = lists.exclude(state__in=LOST).distinct()
    if excluding:
        lists = lists.exclude(pk=excluding.pk)
    for _, person, caller, at in lists.values_list("pk", "person", "caller", "created_at"):
        found[person, caller].append(at.astimezone(clock.PARIS).date())
    return dict(found)


def place_in_week(message: Message) -> tuple[int, int]:
    """« Message 1 sur 2 cette semaine »: this message's rank, and how many so far, among those of its reader."""
    mine = Message.objects.filter(person=message.person, week=message.week, territory=message.territory)
    others = mine.exclude(state__in=LOST).filter(purpose=Purpose.NEWS)
    return others.filter(pk__lte=message.pk).count(), others.count()


def resident_of(message: Message) -> Resident | None:
    return Resident.objects.filter(person=message.person_id, territory=message.territory_id).first()


def postal_address(person: Person) -> tuple[str, ...]:
    """The lines of an envelope; only the name where no address is known."""
    point = person.contact_points.filter(kind="post").first()
    street, _, town = point.value.rpartition(", ") if point else ("", "", "")
    return tuple(line for line in (person.polite_name, street, town) if line)


def calling_records(caller: Organisation, batch: str, claimed: list[int]) -> list[tuple[CustomerRecord, Part]]:
    """The names on a shop's list for a batch, those printed before included, as the shop knows them."""
    on_list = Q(message__in=claimed) | Q(message__state=Message.State.SENT)
    parts = Part.objects.filter(on_list, message__caller=caller, message__batch=batch, stopped="").order_by("pk")
    # Printed anew without whoever took back their yes, or was erased, since the first print.
    callable_ = standing(sender=caller.pk).filter(channel=Channel.PHONE).values("person")
    parts = parts.filter(person__in=callable_).exclude(content={})
    mine = CustomerRecord.objects.filter(organisation=caller, person__in=parts.values("person"))
    records = {record.person_id: record for record in mine}
    return [(records[part.person_id], part) for part in parts if part.person_id in records]


def sheets_visible_to(user: "User | AnonymousUser") -> QuerySet[Message]:
    """Printed sheets of the territories where this user may print them."""
    territories = organisations_where(user, Permission.PRINT_SHEETS).values("territory")
    return Message.objects.filter(channel=Channel.PAPER, territory__in=territories)


def calls_visible_to(user: "User | AnonymousUser") -> QuerySet[Message]:
    """Call lists of the shops whose paper this user may see."""
    return Message.objects.filter(Q(channel=Channel.PHONE), caller__in=organisations_where(user, Permission.SEE_PAPER))


def call_lists(user: "User | AnonymousUser", caller: Organisation) -> list[dict[str, Any]]:
    """The printed call lists of one shop, newest first: batch, file, and how many names."""
    printed = calls_visible_to(user).filter(caller=caller).exclude(file="")
    rows = printed.values("batch", "file").annotate(names=Count("pk"), printed=Max("ended_at")).order_by("-printed")
    return [dict(row) | {"number": row["batch"].partition(":")[2]} for row in rows]


def counts_by_state(batch: str) -> list[tuple[str, str, int]]:
    """Messages of a batch: channel and state in French, and how many."""
    rows = Message.objects.filter(batch=batch).values_list("channel", "state").order_by("channel", "state")
    return [(Channel(c).label, Message.State(s).label, n) for c, s, n in rows.annotate(n=Count("pk"))]
