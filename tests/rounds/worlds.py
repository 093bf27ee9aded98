"""What the tests of rounds look at."""

import datetime as dt
from collections import Counter

from parvis.contacts.actions import set_taste
from parvis.contacts.models import Person
from parvis.core import clock
from parvis.delivery.models import Message, Part
from parvis.rounds.actions import run_due
from parvis.rounds.models import Round, Selection
from parvis.rounds.queries import withheld_by_reason
from tests import builders
from tests.builders import BY, TUESDAY, interest

FRIDAY = TUESDAY + dt.timedelta(days=3)


def run(at: dt.datetime = TUESDAY) -> Round:
    """The round of this instant, sorted and handed over."""
    with clock.frozen(at):
        held = builders.due_round(builders.territory())
        run_due()
    held.refresh_from_db()
    return held


def chosen(held: Round) -> list[tuple[int, int]]:
    return list(
        Selection.objects.filter(round=held).order_by("person", "announcement").values_list("person", "announcement")
    )


def told(person: Person) -> list[str]:
    """Titles that passed the door for this person, in order."""
    parts = Part.objects.filter(person=person, stopped="").exclude(message__state=Message.State.WITHHELD)
    return [part.content["title"] for part in parts.order_by("message", "position")]


def counts(held: Round) -> tuple[int, int, dict[str, int]]:
    return held.selected, held.held, withheld_by_reason(held)


def check_every_pair_is_counted(held: Round) -> None:
    assert held.pairs == held.residents * held.announcements == held.selected + held.held + held.withheld
    assert held.selected == held.selections.count()
    hear = Counter(held.selections.values_list("announcement", flat=True))
    tallies: Counter[int] = Counter()
    for announcement, count in held.tallies.values_list("announcement", "count"):
        tallies[announcement] += count
    assert held.withheld == sum(withheld_by_reason(held).values())
    for announcement in hear.keys() | tallies.keys():
        assert hear[announcement] + tallies[announcement] == held.residents


def likes(person: Person, slug: str, *, liked: bool = True) -> None:
    set_taste(person=person, interest=interest(slug), liked=liked, by=BY)
