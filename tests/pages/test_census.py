"""Residents in counts: exact from ten, « moins de dix » below, and no number by subtraction."""

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.actions import set_profiling, set_taste
from parvis.contacts.census import census
from parvis.contacts.models import Person
from parvis.contacts.rules import Channel
from parvis.core import clock
from parvis.core.typography import FEW, FEW_UNDER
from parvis.pages.census import NEARLY_ALL, residents
from parvis.rounds.small_numbers import sayable
from parvis.territory.models import Commune
from tests import builders
from tests.builders import BY, TUESDAY

from .conftest import Village
from .page import queries, read

HERE = "/bureau/enseignes-du-plateau/habitants/"


def settle(village: Village, number: int, insee: str = "94075", **more: Any) -> list[Person]:
    place = Commune.objects.get(insee=insee)
    return [builders.customer(village.florist, commune=place, **more).person for _ in range(number)]


def like(persons: list[Person], slug: str) -> None:
    for person in persons:
        set_taste(person=person, interest=builders.interest(slug), liked=True, by=BY)


def test_under_ten_nothing_is_counted(delegate: Client, village: Village) -> None:
    settle(village, 9)
    page = read(delegate, HERE)
    assert "Moins de dix habitants." in page and "Villecresnes" not in page.partition("Habitants")[2]
    settle(village, 1)
    assert "Villecresnes 10" in read(delegate, HERE)


def test_small_ones_are_counted_together_so_that_nothing_is_left_by_subtraction(
    delegate: Client, village: Village
) -> None:
    settle(village, 12)
    settle(village, 11, rhythm=0)
    settle(village, 7, insee="94047", channel=Channel.PHONE, rhythm=1)
    page = read(delegate, HERE)
    assert "Mandres-les-Roses" not in page
    assert "Autres communes, ou commune non dite 30" in page  # 7 alone would tell; with 23, all
    assert "Par d’autres moyens 30" in page
    assert "Sept annonces par semaine au plus 12" in page
    assert "Autres rythmes 18" in page


def test_newcomers_come_in_by_tens_so_that_one_who_joins_tells_nothing(delegate: Client, village: Village) -> None:
    like(settle(village, 20), "fleurs")
    before = residents(village.florist.territory).tables
    like(settle(village, 9, insee="94047", channel=Channel.PAPER), "fromages")
    told = residents(village.florist.territory)
    assert told.tables == before
    assert (told.total, told.waiting) == ("29", 9)
    assert "9 habitants attendent la prochaine" in read(delegate, HERE)
    settle(village, 1, insee="94047")
    assert residents(village.florist.territory).tables != before


def test_an_interest_is_told_only_with_ten_on_each_side(village: Village) -> None:
    people = settle(village, 40)
    like(people[:30], "fleurs")
    like(people[:31], "fromages")
    like(people[:9], "jouets")
    table = residents(village.florist.territory).tables[3]
    rows = dict(table.rows)
    assert 30 in rows.values() and 31 not in rows.values() and 9 not in rows.values()
    assert "Boire et manger" in table.most
    assert "Enfants et famille" in table.few


def test_shops_notes_and_those_who_refuse_the_sorting_are_not_counted(village: Village) -> None:
    like(people := settle(village, 20), "fleurs")
    settle(village, 20, likes=["fromages"])
    set_profiling(person=people[0], profiling=False, by=BY)
    found = census(village.florist.territory, by=FEW_UNDER)
    assert sorted(found.interests.values()) == [19]


def test_those_who_joined_this_month_are_a_number_too(village: Village) -> None:
    with clock.frozen(TUESDAY - dt.timedelta(days=40)):
        settle(village, 10)
    settle(village, 9)
    assert residents(village.florist.territory).joined == FEW
    settle(village, 1)
    assert residents(village.florist.territory).joined == "10"
    with clock.frozen(TUESDAY + dt.timedelta(days=10)):
        assert residents(village.florist.territory).joined == FEW


def test_where_nearly_all_joined_this_month_it_is_not_told_how_many(village: Village) -> None:
    with clock.frozen(TUESDAY - dt.timedelta(days=40)):
        settle(village, 3)
    settle(village, 20)
    assert residents(village.florist.territory).joined == NEARLY_ALL


def test_another_territory_is_not_counted(village: Village) -> None:
    settle(village, 10)
    far = builders.territory(slug="val", codes=["94071"])
    shop = builders.shop(slug="ailleurs", on=far, commune=Commune.objects.get(insee="94071"))
    for _ in range(10):
        builders.customer(shop)
    assert residents(village.florist.territory).total == "10"


def test_the_spreadsheet_says_what_the_page_says(delegate: Client, village: Village) -> None:
    like(settle(village, 20)[:10], "fleurs")
    answer = delegate.get("/bureau/enseignes-du-plateau/habitants.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows[:3] == [
        ["Tableau", "Ligne", "Habitants"],
        ["En tout", "Habitants inscrits", "20"],
        ["En tout", "Inscrits ce mois-ci", "20"],
    ]
    assert ["Par commune", "Villecresnes", "20"] in rows
    assert all(value in {FEW, NEARLY_ALL} or int(value) >= FEW_UNDER for _, _, value in rows[1:])


def test_it_costs_the_same_for_any_number(delegate: Client, village: Village) -> None:
    settle(village, 10)
    few = queries(delegate, HERE)
    like(settle(village, 20), "fleurs")
    assert queries(delegate, HERE) == few <= 6


def test_only_the_bureau_reads_it(owner: Client, village: Village) -> None:
    for path in (HERE, "/bureau/enseignes-du-plateau/habitants.csv", "/bureau/la-brassee/habitants/"):
        assert owner.get(path).status_code == 404


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1))
def test_what_is_told_of_a_whole_leaves_no_small_rest(counted: dict[str, int]) -> None:
    told = sayable(list(counted.items()), "others")
    assert all(n >= FEW_UNDER for _, n in told)
    total = sum(counted.values())
    assert sum(n for _, n in told) == (total if total >= FEW_UNDER else 0)


@pytest.mark.parametrize("number", [9, 10])
def test_the_total_too_is_a_small_number(village: Village, number: int) -> None:
    settle(village, number)
    assert residents(village.florist.territory).total == ("10" if number == 10 else FEW)
