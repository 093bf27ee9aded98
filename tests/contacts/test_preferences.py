import pytest
from django.db import IntegrityError, transaction

from parvis.contacts.actions import fewer, set_profiling, set_rhythm, set_taste
from parvis.contacts.models import Resident, Taste
from parvis.contacts.reference import interest_tree
from parvis.contacts.rules import RHYTHMS, judge
from parvis.core.errors import BadInput
from parvis.core.models import AuditEntry
from tests.builders import BY, customer, interest, shop

pytestmark = pytest.mark.django_db


def resident(rhythm: int = 7) -> Resident:
    return customer(shop(), rhythm=rhythm).person.residents.get()


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_each_offered_rhythm_is_kept_and_audited(rhythm: int) -> None:
    one = resident()
    set_rhythm(resident=one, rhythm=rhythm, by=BY)
    one.refresh_from_db()
    assert one.rhythm == rhythm
    assert AuditEntry.objects.filter(verb="set_rhythm", detail={"rhythm": rhythm}).exists()


@pytest.mark.parametrize("rhythm", [-1, 3, 8, 1000])
def test_another_rhythm_is_refused_and_changes_nothing(rhythm: int) -> None:
    one = resident(rhythm=2)
    with pytest.raises(BadInput, match="0, 1, 2, 4 ou 7"):
        set_rhythm(resident=one, rhythm=rhythm, by=BY)
    assert Resident.objects.get().rhythm == 2


def test_the_database_itself_refuses_more_than_a_week_holds() -> None:
    resident()
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.update(rhythm=8)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.update(rhythm=-1)


def test_fewer_goes_down_one_step_at_a_time_and_stays_at_none() -> None:
    one = resident(rhythm=7)
    steps = [fewer(resident=one, by=BY) for _ in range(6)]
    assert steps == [4, 2, 1, 0, 0, 0]
    assert Resident.objects.get().rhythm == 0


def test_fewer_never_raises_whatever_the_rhythm_was() -> None:
    for rhythm in range(8):
        Resident.objects.all().delete()
        one = resident(rhythm=rhythm)
        assert fewer(resident=one, by=BY) <= rhythm


def test_a_taste_is_said_changed_and_taken_back() -> None:
    person = resident().person
    for liked in (True, False, False):
        set_taste(person=person, interest=interest("fleurs"), liked=liked, by=BY)
        assert Taste.objects.get().liked is liked
    set_taste(person=person, interest=interest("fleurs"), liked=None, by=BY)
    assert not Taste.objects.exists()


@pytest.mark.parametrize(
    ("refused", "subject"),
    [("whiskys", "whiskys-japonais"), ("japon", "whiskys-japonais"), ("fleurs", "ateliers-floraux")],
)
def test_refusing_a_parent_refuses_the_child_whatever_else_is_liked(refused: str, subject: str) -> None:
    subject_id, refused_id = interest(subject).pk, interest(refused).pk
    verdict = judge([subject_id], likes={subject_id}, refusals={refused_id}, above=interest_tree().above)
    assert (verdict.refused, verdict.node) == (True, refused_id)


def test_refusing_a_child_leaves_the_parent() -> None:
    likes, refusals = {interest("whiskys").pk}, {interest("whiskys-japonais").pk}
    assert not judge(likes, likes=likes, refusals=refusals, above=interest_tree().above).refused


def test_refusing_to_be_sorted_is_kept_and_audited() -> None:
    person = resident().person
    set_profiling(person=person, profiling=False, by=BY)
    person.refresh_from_db()
    assert not person.profiling
    assert AuditEntry.objects.filter(verb="set_profiling").count() == 1
