"""What a resident's own page shows, read in a fixed number of queries."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, FilteredRelation, Q

from parvis.announcements.queries import standing_anywhere
from parvis.contacts.models import ConsentEvent, ContactPoint, Interest, Person, Resident
from parvis.contacts.queries import standing
from parvis.contacts.reference import Tree, interest_tree
from parvis.contacts.rules import RHYTHMS, Basis, Channel
from parvis.contacts.tastes import Answer, Branch, Standing, Summary, find, outline, standings, summary
from parvis.core import clock, typography
from parvis.core.speech import mark, say
from parvis.rounds.models import Selection
from parvis.rounds.rules import next_round
from parvis.territory.models import Territory

MONTH = dt.timedelta(days=30)
RHYTHMS_SAID = {
    0: mark("Aucune annonce : vous êtes en pause"),
    1: mark("Une annonce par semaine au plus"),
    2: mark("Deux annonces par semaine au plus"),
    4: mark("Quatre annonces par semaine au plus"),
    7: mark("Sept annonces par semaine au plus"),
}


@dataclass(frozen=True, slots=True)
class Tastes:
    """One person's tastes over the tree as it stands. `order`: ids of what may be chosen, as the file lists them."""

    tree: Tree
    ids: Mapping[str, int]
    order: Sequence[int]
    said: Mapping[int, bool]
    standing: Mapping[int, Standing]
    adult: bool

    @property
    def summary(self) -> Summary:
        return summary(self.said, self.tree.above, self.order)

    def why(self, one: Standing, above: Sequence[int]) -> str:
        """« Oui, comme au-dessus », « Non, par « Boissons » »; nothing where the person's own answer holds."""
        if one.by is None or not (one.inherited or one.overruled):
            return ""
        name, liked = say(self.tree.names[one.by]), one.holds is Answer.YES
        if one.overruled:
            return say("Vous dites oui, mais «\u00a0{name}\u00a0» est à non\u00a0: rien n’en viendra", name=name)
        if one.by in above:
            return say("Oui, comme au-dessus") if liked else say("Non, comme au-dessus")
        return say("Oui, par «\u00a0{name}\u00a0»" if liked else "Non, par «\u00a0{name}\u00a0»", name=name)


def tastes_of(person: Person) -> Tastes:
    """In two queries. Refusals of retired subjects are in it: they still hold."""
    own = FilteredRelation("taste", condition=Q(taste__person=person))
    rows = Interest.objects.annotate(own=own, liked_by_me=F("own__liked")).order_by()
    listed = list(rows.values_list("pk", "slug", "retired", "liked_by_me"))
    tree = interest_tree()
    said = {pk: liked for pk, _, _, liked in listed if liked is not None}
    ids = {slug: pk for pk, slug, retired, _ in listed if not retired}
    order = [ids[branch.node.slug] for branch in _walk(outline()) if branch.node.slug in ids]
    adult = person.adult_declared_on is not None
    return Tastes(tree, ids, order, said, standings(said, tree.above, order), adult)


def _walk(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _walk(branch.under)


@dataclass(frozen=True, slots=True)
class Understood:
    """The sentence at the top of the page, in its pieces: subjects with their articles, rhythm, channel."""

    liked: list[str]
    refused: list[str]
    more_liked: int
    more_refused: int
    rhythm: str
    channel: str


def understood(tastes: Tastes, resident: Resident | None) -> Understood:
    found = tastes.summary
    return Understood(
        [say(tastes.tree.liked[pk]) for pk in found.liked],
        [say(tastes.tree.liked[pk]) for pk in found.refused],
        found.more_liked,
        found.more_refused,
        say(RHYTHMS_SAID[resident.rhythm]) if resident else "",
        say(Channel(resident.channel).label) if resident and resident.rhythm else "",
    )


@dataclass(slots=True)
class Row:
    """One line of the tree."""

    slug: str
    name: str
    standing: Standing
    why: str
    count: int  # announcements of the last thirty days, here, on it or under it
    depth: int
    age: bool  # one has to declare oneself an adult to hear of it, and has not
    yes: int = 0  # answers given under it, which a closed line still tells
    no: int = 0
    under: list["Row"] = field(default_factory=list)

    @property
    def told(self) -> bool:
        """Whether something is written under the name."""
        return bool(self.why or self.count or self.yes or self.no or self.age)


def rows(tastes: Tastes, counts: Mapping[int, int]) -> list[Row]:
    """The whole tree."""
    return [row for branch in outline() if (row := _row(branch, tastes, counts, []))]


def _row(branch: Branch, tastes: Tastes, counts: Mapping[int, int], above: list[int]) -> Row | None:
    pk = tastes.ids.get(branch.node.slug)
    if pk is None:
        return None
    one = tastes.standing[pk]
    age = branch.node.alcohol and one.holds is Answer.YES and not tastes.adult
    row = Row(branch.node.slug, say(branch.node.name), one, tastes.why(one, above), counts.get(pk, 0), len(above), age)
    row.under = [found for child in branch.under if (found := _row(child, tastes, counts, [*above, pk]))]
    row.yes = sum(child.yes + (child.standing.own is Answer.YES) for child in row.under)
    row.no = sum(child.no + (child.standing.own is Answer.NO) for child in row.under)
    return row


def found_rows(all_rows: Sequence[Row], words: str, tastes: Tastes) -> list[Row]:
    """The lines that these words name, each alone: nothing is shown above them."""
    wanted = find(words)
    return [
        replace(row, depth=0, why=tastes.why(row.standing, []), under=[])
        for row in _flat(all_rows)
        if row.slug in wanted
    ]


def differing(before: Tastes, after: Tastes, touched: Collection[str], counts: Mapping[int, int]) -> list[Row]:
    """The lines that read otherwise after an answer: the one that was touched, all that inherits from it, and those
    above, which tell how many answers they hold."""
    old = {row.slug: row for row in _flat(rows(before, {}))}
    return [row for row in _flat(rows(after, counts)) if row.slug in touched or _reads(row) != _reads(old[row.slug])]


def _reads(row: Row) -> tuple[object, ...]:
    return row.standing.own, row.standing.holds, row.why, row.yes, row.no, row.age


def _flat(tree: Sequence[Row]) -> Iterator[Row]:
    for row in tree:
        yield row
        yield from _flat(row.under)


def month_counts(territory: Territory | None, tree: Tree) -> dict[int, int]:
    """How many announcements each subject had here in the last thirty days, those under it included."""
    said = standing_anywhere().filter(said_at__gt=clock.now() - MONTH)
    if territory:
        said = said.filter(organisation__territory=territory)
    subjects: dict[int, set[int]] = {}
    for announcement, interest in said.order_by().values_list("pk", "interests"):
        if interest is not None:
            subjects.setdefault(announcement, set()).update(tree.above[interest])
    return Counter(node for nodes in subjects.values() for node in nodes)


@dataclass(frozen=True, slots=True)
class Week:
    """What the rounds of this week did for one person. `liked`: what they heard, and what their week had no room
    for."""

    heard: int
    liked: int
    next_round: dt.datetime

    @property
    def at_each_rhythm(self) -> list[tuple[int, int]]:
        return [(rhythm, min(rhythm, self.liked)) for rhythm in RHYTHMS]

    @property
    def next_round_said(self) -> str:
        """Inside a sentence: without a capital in French."""
        local = self.next_round.astimezone(clock.PARIS)
        return f"{typography.day(local)}, {typography.clock(local)}"


def week_of(person: Person, territory: Territory | None) -> Week:
    monday = clock.today() - dt.timedelta(days=clock.today().weekday())
    since = dt.datetime.combine(monday, dt.time(), clock.PARIS)
    chosen = Selection.objects.filter(person=person, round__due_at__gte=since)
    if territory:
        chosen = chosen.filter(round__territory=territory)
    facts = list(chosen.order_by("round__due_at", "pk").values_list("reason", flat=True))
    # Each choice keeps how many more would have pleased at that round; the last round counts those before again.
    waiting = int(facts[-1].get("waiting", 0)) if facts else 0
    return Week(len(facts), len(facts) + waiting, next_round(clock.now()))


@dataclass(frozen=True, slots=True)
class Sender:
    """One yes in force, as its giver reads it."""

    event: ConsentEvent
    heard: bool  # on the channel that the person reads
    how: str
    source: str  # in the words of whoever noted it
    wording: str


def senders_of(person: Person, resident: Resident | None) -> list[Sender]:
    events = standing(persons=[person.pk]).select_related("sender", "wording").order_by("sender__name", "channel")
    return [_sender(event, resident) for event in events]


def _sender(event: ConsentEvent, resident: Resident | None) -> Sender:
    text = event.wording.text.replace("{sender}", event.sender.name) if event.wording else ""
    return Sender(event, resident is None or event.channel == resident.channel, _how(event), _source(event), text)


def _how(event: ConsentEvent) -> str:
    if event.basis == Basis.SALE:
        return say("Vous y avez acheté\u00a0: il peut vous écrire {channel}", channel=say(Channel(event.channel).label))
    where = say(_WHERE.get(event.source, event.source))
    return say("Accord {channel}, {where}", channel=say(Channel(event.channel).label), where=where)


_WHERE = {
    "web": mark("ici"),
    "counter": mark("au comptoir"),
    "paper": mark("sur papier"),
    "file": mark("noté dans son fichier"),
}


def _source(event: ConsentEvent) -> str:
    return "" if event.basis == Basis.SALE else event.source_text


def silent_senders(senders: Sequence[Sender], resident: Resident | None) -> list[Any]:
    """Those who have a yes, and none on the channel that the person reads: nothing comes from them."""
    if resident is None:
        return []
    heard = {one.event.sender_id for one in senders if one.heard}
    return list({one.event.sender_id: one.event.sender for one in senders if one.event.sender_id not in heard}.values())


@dataclass(frozen=True, slots=True)
class ChannelRow:
    channel: Channel
    icon: str
    where: str  # the address that it uses
    usable: bool


_ICONS = {Channel.EMAIL: "envelope-simple", Channel.PAPER: "newspaper", Channel.PHONE: "phone"}


def channel_rows(points: Sequence[ContactPoint]) -> list[ChannelRow]:
    usable = {p.kind: p for p in points if p.failing_since is None and not (p.source == "web" and not p.verified_at)}
    return [_channel_row(channel, usable) for channel in Channel]


def _channel_row(channel: Channel, usable: Mapping[str, ContactPoint]) -> ChannelRow:
    point = usable.get("post" if channel is Channel.PAPER else channel.value)
    return ChannelRow(channel, _ICONS[channel], point.value if point else "", bool(point) or channel is Channel.PAPER)
