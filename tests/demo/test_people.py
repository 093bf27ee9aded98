import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.demo import residents
from parvis.demo.people import PLATEAU_BRIARD, InventedPerson, Shop, invent_people
from parvis.demo.places import ASSOCIATION, PLACES

FAMILIES = (("vins", "fromages", "whiskys"), ("fleurs", "jardin"), ("livres", "theatre", "cinema"))
INTERESTS = tuple(slug for family in FAMILIES for slug in family)
SHOPS = (
    Shop("la-brassee", "94075", 3, ("fleurs", "jardin")),
    Shop("cave-du-tilleul", "94075", 2, ("vins", "whiskys")),
    Shop("le-fournil-des-sources", "94047", 5),
)


def some(n: int = 200, seed: int = 1) -> list[InventedPerson]:
    return invent_people(n, seed=seed, interests=INTERESTS, families=FAMILIES, shops=SHOPS)


def test_the_same_seed_invents_the_same_people() -> None:
    assert some(seed=3) == some(seed=3)
    assert some(seed=3) != some(seed=4)


def test_channels_are_shared_out_60_25_15() -> None:
    assert Counter(person.channel for person in some(200)) == {"email": 120, "paper": 50, "phone": 30}


# The whole list is drawn each time: fewer examples, and no deadline on a shared machine.
@settings(max_examples=30, deadline=None)
@given(st.integers(0, 120), st.integers())
def test_everyone_holds_the_address_that_their_channel_needs(n: int, seed: int) -> None:
    for person in some(n, seed):
        needed = {"email": person.email, "paper": person.address, "phone": person.phone}[person.channel]
        assert needed


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 120), st.integers())
def test_addresses_are_of_nobody_and_belong_to_one_person(n: int, seed: int) -> None:
    people = some(n, seed)
    emails = [person.email for person in people if person.email]
    phones = [person.phone for person in people if person.phone]
    assert all(re.fullmatch(r"[a-z][a-z0-9.-]*@courrier\.example", email) for email in emails)
    assert all(re.fullmatch(r"\+33639980?\d{4}", phone) for phone in phones)
    assert len(set(emails)) == len(emails)
    assert len(set(phones)) == len(phones)


@settings(max_examples=30, deadline=None)
@given(st.integers())
def test_an_interest_is_said_once_and_only_among_those_given(seed: int) -> None:
    for person in some(40, seed):
        said = [slug for slug, _ in person.tastes]
        assert len(set(said)) == len(said)
        assert set(said) <= set(INTERESTS)
        assert any(liked for _, liked in person.tastes)


def test_tastes_go_together() -> None:
    """Whoever likes wine likes cheese more often than whoever does not."""
    people = invent_people(1500, seed=1, families=residents.families())
    likes = [{slug for slug, liked in person.tastes if liked} for person in people]
    among_wine = [("fromages" in mine) for mine in likes if "vins" in mine]
    others = [("fromages" in mine) for mine in likes if "vins" not in mine]
    assert sum(among_wine) / len(among_wine) > 1.5 * sum(others) / len(others)


def test_some_refuse_some_decline_profiling_and_some_did_not_say_their_age() -> None:
    people = some(200)
    assert 20 < sum(any(not liked for _, liked in person.tastes) for person in people) < 120
    assert 0 < sum(not person.profiling for person in people) < 20
    assert 5 < sum(not person.adult for person in people) < 50
    assert {person.rhythm for person in people} == {0, 1, 2, 4, 7}


def test_a_minor_never_said_to_be_an_adult_and_large_print_is_for_paper() -> None:
    for person in some(1000):
        assert not (person.adult and person.birth_year > 2005)
        assert not (person.large_print and person.channel != "paper")


def test_everyone_is_a_customer_somewhere_and_lives_in_a_commune_given() -> None:
    places = {(insee, postcode, name) for insee, postcode, name, _ in PLATEAU_BRIARD}
    for person in some(200):
        assert person.customers_of
        assert set(person.customers_of) <= {shop.slug for shop in SHOPS}
        assert (person.insee, person.postcode, person.town) in places


def share(people: list[InventedPerson], shop: str) -> float:
    return sum(shop in person.customers_of for person in people) / len(people)


def test_one_goes_to_the_shops_that_many_go_to_near_home_and_to_one_s_taste() -> None:
    shops = [
        Shop("many", "94075", 4),
        Shop("few", "94075", 1),
        Shop("far", "00000", 4),
        *(Shop(f"s{n}") for n in range(9)),
    ]
    people = invent_people(600, seed=1, shops=shops)
    assert share(people, "many") > 2 * share(people, "few")
    near = [person for person in people if person.insee == "94075"]
    assert share(near, "many") > 1.5 * share(near, "far")
    florists = [Shop("florist", interests=("fleurs",)), *(Shop(f"s{n}") for n in range(9))]
    people = invent_people(600, seed=1, families=FAMILIES, shops=florists)
    for_flowers = [person for person in people if ("fleurs", True) in person.tastes]
    others = [person for person in people if ("fleurs", True) not in person.tastes]
    assert share(for_flowers, "florist") > 2 * share(others, "florist")


@pytest.mark.parametrize("seed", range(3))
def test_each_shop_of_the_demo_has_some_fifteen_to_three_hundred_customers(seed: int) -> None:
    shops = residents.shops({place.slug for place in (ASSOCIATION, *PLACES)})
    people = invent_people(residents.RESIDENTS, seed=seed, families=residents.families(), shops=shops)
    files = Counter(slug for person in people for slug in person.customers_of)
    assert len(files) == len(PLACES) + 1
    assert 15 <= min(files.values()) <= 40
    assert 120 <= max(files.values()) <= 300
    assert 1.5 < files.total() / len(people) < 3


def test_nobody_is_named_like_the_people_who_act_in_the_demo() -> None:
    names = {(person.given_name, person.family_name) for person in some(2000)}
    assert names.isdisjoint({("Claire", "Vasseur"), *(tuple(place.owner.split(" ", 1)) for place in PLACES)})


def test_two_hundred_people_have_two_hundred_names() -> None:
    assert len({(person.given_name, person.family_name) for person in some(200)}) == 200


def test_there_are_only_so_many_numbers_kept_for_fiction() -> None:
    with pytest.raises(ValueError, match="larger than population"):
        invent_people(11, seed=1, phones=range(10))
