"""A shop's file is counted as it was frozen: no sequence of announcements and small changes tells of one person."""

import datetime as dt
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.accounts.models import Organisation
from parvis.announcements.models import Announcement
from parvis.contacts.actions import note_failing, set_profiling, set_rhythm, set_taste, withdraw
from parvis.contacts.models import CustomerRecord, Person, Resident
from parvis.contacts.rules import Channel, Source
from parvis.core import clock, personal
from parvis.core.models import AuditEntry
from parvis.rounds.actions import take_crowd
from parvis.rounds.matching import judge_all
from parvis.rounds.matching.eligibility import Code
from parvis.rounds.models import Crowd
from parvis.rounds.queries import audience, count, crowd_rows, freeze, personal_data
from tests.builders import BY, TUESDAY, announcement, customer, interest, say_yes, shop, territory

from .worlds import likes, run

pytestmark = pytest.mark.django_db
FLOWERS, WINE, BREAD = "la-brassee", "cave-du-tilleul", "fournil-des-sources"
SUBJECTS = ("fleurs", "ateliers-couronnes", "whiskys-japonais", "pains")
DAY = dt.timedelta(days=1)

Counts = dict[str, int]


def counted(one: Announcement) -> Counts:
    found = audience(one)
    assert found
    return found.counts


def file_of(of: Organisation, n: int) -> list[Person]:
    """Half of them like flowers, some Japan; every fifth said no, every seventh is of unknown age."""
    return [
        customer(
            of,
            channel=list(Channel)[k % len(Channel)],
            consent=k % 5 != 0,
            likes=[["fleurs"], ["japon"], [], ["fleurs", "japon"]][k % 4],
            adult_declared_on=clock.today() if k % 7 else None,
        ).person
        for k in range(n)
    ]


def says_no(person: Person) -> None:
    withdraw(person=person, sender=shop(), source=Source.COUNTER, channel=channel_of(person), by=BY)


def channel_of(person: Person) -> Channel:
    return Channel(person.residents.get().channel)


def is_noted(person: Person) -> None:
    """The shop writes down a taste, which is its own to write."""
    record = CustomerRecord.objects.get(person=person)
    record.tastes.update_or_create(interest=interest("pains"), defaults={"liked": True})


def is_told_of_age(person: Person) -> None:
    CustomerRecord.objects.filter(person=person).update(adult_told_on=clock.today())


CHANGES: dict[str, Callable[[Person], object]] = {
    "joins": lambda _person: customer(shop(), likes=["japon"]),
    "says no": says_no,
    "says yes": lambda person: say_yes(person, to=shop(), channel=channel_of(person)),
    "likes whisky": lambda person: set_taste(person=person, interest=interest("whiskys"), liked=True, by=BY),
    "refuses flowers": lambda person: set_taste(person=person, interest=interest("fleurs"), liked=False, by=BY),
    "pauses": lambda person: set_rhythm(resident=Resident.objects.get(person=person), rhythm=0, by=BY),
    "refuses sorting": lambda person: set_profiling(person=person, profiling=False, by=BY),
    "has a dead address": lambda person: note_failing(person=person, kind="email", by=BY),
    "is noted a taste": is_noted,
    "is told an adult": is_told_of_age,
    "leaves the file": lambda person: CustomerRecord.objects.filter(person=person).delete(),
    "is erased": lambda person: personal.erase(person.pk),
}


@pytest.fixture
def asked() -> Iterator[dict[str, Announcement]]:
    """What the florist says, on a file that is large enough for counts, then frozen."""
    with clock.frozen(TUESDAY):
        file_of(shop(), 24)
        said = {subject: announcement(shop(), title=subject, interests=[subject]) for subject in SUBJECTS}
        take_crowd(organisation=shop(), by=BY)
        yield said


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(sorted(CHANGES)), max_size=9),
    st.permutations(range(24)),
    st.lists(st.integers(0, 40), min_size=9, max_size=9),
)
def test_fewer_than_ten_changes_change_no_count_however_often_it_is_asked(
    asked: dict[str, Announcement], kinds: list[str], order: list[int], days: list[int]
) -> None:
    before = {subject: counted(one) for subject, one in asked.items()}
    people = list(Person.objects.order_by("pk"))
    with transaction.atomic():
        at = TUESDAY
        for kind, place, later in zip(kinds, order, days, strict=False):
            at += later * DAY
            with clock.frozen(at):
                CHANGES[kind](people[place])
                take_crowd(organisation=shop(), by=BY)
                again = {subject: announcement(shop(), title="Encore", interests=[subject]) for subject in SUBJECTS}
                assert {subject: counted(one) for subject, one in again.items()} == before
                assert {subject: counted(one) for subject, one in asked.items()} == before
        transaction.set_rollback(True)


def change_ten(people: list[Person]) -> None:
    for person in people[:10]:
        set_profiling(person=person, profiling=False, by=BY)


@pytest.mark.parametrize(
    ("changes", "later", "anew"),
    [(10, DAY, True), (10, DAY - dt.timedelta(seconds=1), False), (9, DAY * 365, False), (0, DAY * 365, False)],
)
def test_the_file_is_counted_anew_after_ten_changes_and_a_day(
    asked: dict[str, Announcement], changes: int, later: dt.timedelta, anew: bool
) -> None:
    before = counted(asked["pains"])
    for resident in Resident.objects.order_by("pk")[:changes]:
        set_rhythm(resident=resident, rhythm=0, by=BY)
    with clock.frozen(TUESDAY + later):
        taken = take_crowd(organisation=shop(), by=BY)
        assert (taken.taken_at == clock.now()) == anew
        found = audience(asked["pains"])
    assert found and (found.counts != before) == anew
    assert found.on == ((TUESDAY + later).date() if anew else TUESDAY.date())


def test_nothing_is_counted_before_the_file_is_frozen() -> None:
    customer(shop())
    assert audience(announcement(shop())) is None
    take_crowd(organisation=shop(), by=BY)
    assert counted(Announcement.objects.get()) == {"eligible:email": 1}


def test_a_file_frozen_empty_and_then_filled_is_counted_the_same_day() -> None:
    with clock.frozen(TUESDAY):
        said = announcement(shop())
        take_crowd(organisation=shop(), by=BY)
        file_of(shop(), 9)
        take_crowd(organisation=shop(), by=BY)
        assert counted(said) == {}
        file_of(shop(), 1)
        take_crowd(organisation=shop(), by=BY)
        assert sum(counted(said).values()) == 10


def test_the_audience_is_the_shops_own_file_by_channel_and_by_reason() -> None:
    florist, baker = shop(slug=FLOWERS), shop(slug=BREAD)
    said = announcement(florist)
    for channel in (Channel.EMAIL, Channel.EMAIL, Channel.PAPER, Channel.PHONE):
        customer(florist, channel=channel)
    customer(florist, refusals=["fleurs"])
    customer(florist, consent=False)
    set_rhythm(resident=Resident.objects.get(person=customer(florist).person), rhythm=0, by=BY)
    # Known to another shop alone, even with a yes to this one: not in this shop's file, not in its count.
    say_yes(customer(baker).person, to=florist, addresses=False)
    take_crowd(organisation=florist, by=BY)
    assert counted(said) == {
        "eligible:email": 2,
        "eligible:paper": 1,
        "eligible:phone": 1,
        "refused_taste": 1,
        "no_consent": 1,
        "pause": 1,
    }


def test_those_who_heard_already_are_not_told_apart(asked: dict[str, Announcement]) -> None:
    before = {subject: counted(one) for subject, one in asked.items()}
    assert run().selected > 0
    assert {subject: counted(one) for subject, one in asked.items()} == before


def test_a_count_is_what_a_round_of_that_instant_decides() -> None:
    """One judge: the crowd and the round differ in nothing but in whom they look at."""
    florist, cellar = shop(slug=FLOWERS), shop(slug=WINE)
    with clock.frozen(TUESDAY):
        for person in (*file_of(florist, 20), *file_of(cellar, 12)[:6]):
            likes(person, "spiritueux", liked=person.pk % 2 == 0)
        is_told_of_age(CustomerRecord.objects.filter(organisation=florist)[0].person)
        for record in CustomerRecord.objects.filter(organisation=cellar)[:4]:
            say_yes(record.person, to=florist, channel=channel_of(record.person), addresses=False)
        said = [announcement(of, interests=[subject]) for of in (florist, cellar) for subject in SUBJECTS]
        frozen = freeze(territory(), said, clock.now())
        codes = judge_all(frozen.snapshot).code
        for column, one in enumerate(said):
            mine = set(CustomerRecord.objects.filter(organisation=one.organisation).values_list("person", flat=True))
            rows = [place for place, person in enumerate(frozen.persons) if person in mine]
            found = count(crowd_rows(one.organisation, clock.now()), one)
            hear = sum(n for kind, n in found.items() if kind.startswith("eligible:"))
            assert hear == int(np.sum(codes[rows, column] == Code.ELIGIBLE))
            for reason in (Code.NO_CONSENT, Code.MINOR, Code.REFUSED_TASTE, Code.NOT_INTERESTED):
                assert found.get(reason.name.lower(), 0) == int(np.sum(codes[rows, column] == reason))


def test_an_erasure_takes_the_row_and_leaves_every_count_as_it_was(asked: dict[str, Announcement]) -> None:
    before = {subject: counted(one) for subject, one in asked.items()}
    first, second = Person.objects.order_by("pk")[1:3]
    never_asked = announcement(shop(), interests=["jardin"])
    total = sum(counted(never_asked).values())
    for person in (first, second):
        personal.erase(person.pk)
        assert person.pk not in {row["person"] for row in Crowd.objects.get().rows}
        assert {subject: counted(one) for subject, one in asked.items()} == before
        again = announcement(shop(), interests=["pains"])
        assert counted(again) == before["pains"]
    assert sum(counted(never_asked).values()) == total == 24
    # A new question would tell, by subtraction, what the erased person answered.
    assert audience(announcement(shop(), interests=["decoration"])) is None


def test_what_an_erased_person_counted_for_goes_with_the_next_freeze(asked: dict[str, Announcement]) -> None:
    people = list(Person.objects.order_by("pk"))
    personal.erase(people[0].pk)
    assert Crowd.objects.get().answers
    change_ten(people[1:])
    with clock.frozen(TUESDAY + DAY):
        crowd = take_crowd(organisation=shop(), by=BY)
    crowd.refresh_from_db()
    assert (crowd.answers, len(crowd.rows)) == ({}, 23)


def test_a_person_is_told_in_which_files_they_are_counted_and_how() -> None:
    with clock.frozen(TUESDAY):
        person = customer(shop(), likes=["fleurs"]).person
        likes(person, "japon", liked=False)
        take_crowd(organisation=shop(), by=BY)
    told = personal_data(person.pk)["fichiers comptés"]
    assert len(told) == 1
    tastes = sorted(told[0].pop("goûts"), key=lambda taste: str(taste["envie"]))
    assert told[0] == {
        "commerce": "La Brassée",
        "le": "2026-11-24",
        "moyen": "par courriel",
        "en pause": False,
        "adulte": True,
        "tri accepté": True,
        "accord": True,
        "joignable": True,
        "assez appelé": False,
    }
    assert tastes == [
        {"envie": "Fleurs", "aime": True, "noté par le commerce": True},
        {"envie": "Le Japon", "aime": False, "noté par le commerce": False},
    ]
    assert personal_data(customer(shop()).person.pk)["fichiers comptés"] == []


def test_the_journal_tells_of_a_file_counted_anew_and_of_no_other() -> None:
    customer(shop())
    for _ in range(3):
        take_crowd(organisation=shop(), by=BY)
    line = AuditEntry.objects.get(verb="take_crowd")
    assert (line.actor, line.organisation) == (BY.key, f"organisation:{shop().pk}")
    assert line.label == "a compté son fichier"


def test_freezing_a_file_takes_as_many_queries_for_many_as_for_few() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            crowd_rows(shop(), clock.now())
        return len(seen)

    customer(shop(), likes=["fleurs"])
    few = queries()
    file_of(shop(), 9)
    assert queries() == few
