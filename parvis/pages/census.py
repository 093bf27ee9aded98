"""The residents of a territory in counts, each told under decision 6: exact from ten, and no number by subtraction."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO

from parvis.contacts.census import Census, census
from parvis.contacts.rules import Channel
from parvis.contacts.words import nodes
from parvis.core.speech import mark, say
from parvis.core.typography import FEW_UNDER, capital, count, few, number, small_number
from parvis.rounds.small_numbers import OTHER_CHANNELS, Counted, sayable, tell
from parvis.territory.models import Territory

from .my_page import RHYTHMS_SAID

NEARLY_ALL = mark("presque tous")
ELSEWHERE = mark("Autres communes, ou commune non dite")
UNSAID = mark("Commune non dite")
OTHER_RHYTHMS = mark("Autres rythmes")


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are exact; `few` and `most`, words alone: under ten like it, or all but fewer than ten."""

    title: str
    rows: Counted
    few: Sequence[str] = field(default_factory=list)
    most: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """`total` and `joined` in words or digits. `waiting`: how many came last and are in no table yet. `tables` is empty
    where all of them together are under ten."""

    total: str
    joined: str
    waiting: int
    tables: Sequence[Table]


def residents(territory: Territory) -> Told:
    """In two queries."""
    found = census(territory, by=FEW_UNDER)
    tables = [_communes(found), _channels(found), _rhythms(found), _interests(found)] if found.counted else []
    waiting = found.total - found.counted if tables else 0
    return Told(small_number(found.total), _joined(found), waiting, tables)


def _joined(found: Census) -> str:
    """The total is told: those who were there before must not be a small number either."""
    told = tell(found.joined, [("", found.total - found.joined)])
    if told.few:
        return few()
    return say(NEARLY_ALL) if told.most and found.joined != found.total else number(found.joined)


def _communes(found: Census) -> Table:
    counted = [(name or say(UNSAID), n) for name, n in found.communes.items()]
    return Table(say("Par commune"), sayable(counted, say(ELSEWHERE)))


def _channels(found: Census) -> Table:
    counted = [(capital(say(Channel(key).label)), n) for key, n in found.channels.items()]
    return Table(say("Par moyen"), sayable(counted, capital(say(OTHER_CHANNELS))))


def _rhythms(found: Census) -> Table:
    counted = [(_rhythm(key), n) for key, n in found.rhythms.items()]
    return Table(say("Par rythme"), sayable(counted, say(OTHER_RHYTHMS)))


def _rhythm(weekly: int) -> str:
    if weekly == 0:
        return say("En pause")
    if said := RHYTHMS_SAID.get(weekly):
        return say(said)
    return say("{announcements} par semaine au plus", announcements=count(weekly, "annonce"))


def _interests(found: Census) -> Table:
    """One resident likes several: each subject is told beside those who do not like it, and nothing adds up."""
    rows: Counted = []
    under, most = [], []
    for node in nodes():
        if node.parents:
            continue
        likes = found.interests[node.slug]
        told = tell(likes, [("", found.counted - likes)])
        if told.few:
            under.append(say(node.name))
        elif told.most:
            most.append(say(node.name))
        else:
            rows.append((say(node.name), likes))
    rows.sort(key=lambda row: (-row[1], row[0]))
    return Table(say("Par envie"), rows, under, most)


def as_csv(told: Told) -> str:
    """What the page says, for a French spreadsheet: semicolons, and a mark by which it knows UTF-8."""
    out = StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    lines.writerow(["Tableau", "Ligne", "Habitants"])
    lines.writerow(["En tout", "Habitants inscrits", told.total])
    lines.writerow(["En tout", "Inscrits ce mois-ci", told.joined])
    for table in told.tables:
        lines.writerows([table.title, label, str(n)] for label, n in table.rows)
        lines.writerows([table.title, label, say(NEARLY_ALL)] for label in table.most)
        lines.writerows([table.title, label, few()] for label in table.few)
    return "\ufeff" + out.getvalue()
