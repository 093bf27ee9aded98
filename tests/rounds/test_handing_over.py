"""Decision 8: every pair that the round chose passes the door, or is told why not; whatever happened in between."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.announcements.actions import withdraw as withdraw_announcement
from parvis.announcements.models import Announcement
from parvis.announcements.rules import Kind
from parvis.contacts.actions import note_failing, set_rhythm, set_taste, withdraw, withdraw_everything
from parvis.contacts.models import Person, Resident
from parvis.contacts.rules import Channel, Source
from parvis.core import clock, personal
from parvis.delivery.actions import carry_due
from parvis.delivery.models import Message, Part
from parvis.delivery.transports import Outbox, TransportError
from parvis.rounds import actions
from parvis.rounds.models import Round
from parvis.rounds.queries import stopped_by_reason
from parvis.rounds.rules import AT_THE_DOOR
from tests.builders import BY, TUESDAY, announcement, customer, due_round, interest, shop, territory

from .worlds import run, told

pytestmark = pytest.mark.django_db
LATER = TUESDAY + dt.timedelta(hours=2)


def take_back_the_yes(person: Person) -> None:
    withdraw(person=person, sender=shop(), source=Source.LINK, by=BY)


def take_back_an_announcement(_person: Person) -> None:
    for one in Announcement.objects.filter(withdrawn_at=None)[:1]:
        withdraw_announcement(announcement=one, by=BY)


MEANWHILE: dict[str, Callable[[Person], object]] = {
    "takes back the yes": take_back_the_yes,
    "stops everything": lambda person: withdraw_everything(person=person, source=Source.LINK, by=BY),
    "pauses": lambda person: set_rhythm(resident=Resident.objects.get(person=person), rhythm=0, by=BY),
    "refuses flowers": lambda person: set_taste(person=person, interest=interest("fleurs"), liked=False, by=BY),
    "has a dead address": lambda person: note_failing(person=person, kind="email", by=BY),
    "is erased": lambda person: personal.erase(person.pk),
    "an announcement is taken back": take_back_an_announcement,
}
EVENTS = st.dictionaries(st.integers(0, 5), st.sampled_from(sorted(MEANWHILE)), max_size=4)


def befall(people: list[Person], events: dict[int, str]) -> None:
    for number, event in events.items():
        if Person.objects.filter(pk=people[number].pk, erased_at=None).exists():
            MEANWHILE[event](people[number])


def village() -> list[Person]:
    """Six who hear three things; the last of these is over an hour after the sorting."""
    with clock.frozen(TUESDAY):
        for title in ("Bouquets", "Couronnes"):
            announcement(shop(), title=title)
        announcement(shop(), title="Ce soir", kind=Kind.EVENT, starts_at=TUESDAY + dt.timedelta(hours=1))
        return [customer(shop(), channel=list(Channel)[n % 3]).person for n in range(6)]


def sorted_round() -> Round:
    """Sorted and not handed over yet."""
    with clock.frozen(TUESDAY):
        held = due_round(territory())
        assert actions._claim(held)
        actions._choose(held)
    return held


def check_every_choice_passes_or_says_why(held: Round) -> None:
    passed: Counter[tuple[int, str]] = Counter()
    stopped: Counter[str] = Counter()
    for part in Part.objects.filter(message__batch=held.batch).select_related("message"):
        if part.stopped or part.message.state == Message.State.WITHHELD:
            stopped[part.stopped or "erased"] += 1
        else:
            passed[part.person_id, part.subject] += 1
    for selection in held.selections.exclude(stopped=""):
        assert (selection.person_id, f"announcement:{selection.announcement_id}") not in passed
        stopped[selection.stopped] += 1
    assert held.selected == held.selections.count() == passed.total() + stopped.total()
    assert stopped_by_reason(held) == dict(stopped)
    assert stopped.keys() <= AT_THE_DOOR.keys()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS, EVENTS)
def test_every_pair_that_the_round_chose_passes_or_is_told_why_not(
    db: None, before: dict[int, str], after: dict[int, str]
) -> None:
    """`before` the handing over, and `after` it, before the messages leave: what befalls each of six."""
    with transaction.atomic():
        people = village()
        held = sorted_round()
        assert held.selected == 18
        with clock.frozen(LATER):
            befall(people, before)
            actions.sort(held)
            check_every_choice_passes_or_says_why(held)
            befall(people, after)
            carry_due()
        check_every_choice_passes_or_says_why(held)
        transaction.set_rollback(True)


def test_what_ended_between_the_sorting_and_the_handing_over_is_told() -> None:
    people = village()
    held = sorted_round()
    withdraw_announcement(announcement=Announcement.objects.get(title="Couronnes"), by=BY)
    personal.erase(people[0].pk)
    with clock.frozen(LATER):
        actions.sort(held)
    assert stopped_by_reason(held) == {"erased": 3, "withdrawn": 5, "over": 5}
    assert [told(person) for person in people] == [[], *[["Bouquets"]] * 5]


def test_nothing_stopped_is_an_empty_count() -> None:
    village()
    assert stopped_by_reason(run()) == {}


def test_a_message_that_never_arrives_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        customer(shop())
    held = run()

    def refused(*_args: object, **_kwargs: object) -> None:
        raise TransportError("Refusé.", permanent=True)

    monkeypatch.setattr(Outbox, "send", refused)
    with clock.frozen(LATER):
        carry_due()
    assert stopped_by_reason(held) == {"failed": 1}


def test_what_was_stopped_in_one_round_is_not_told_in_another() -> None:
    people = village()
    held = sorted_round()
    take_back_the_yes(people[0])
    with clock.frozen(TUESDAY):
        actions.sort(held)
    assert stopped_by_reason(held) == {"no_consent": 3}
    assert stopped_by_reason(run(TUESDAY + dt.timedelta(minutes=5))) == {}
