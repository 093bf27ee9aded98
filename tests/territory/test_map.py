import pytest
from django.template.loader import render_to_string

from parvis.core.actors import SYSTEM
from parvis.territory.actions import create_territory
from parvis.territory.queries import territory_map

pytestmark = pytest.mark.django_db


def drawn(*codes: str) -> str:
    territory = create_territory(slug="t", name="Plateau", of_name="du Plateau", insee_codes=codes, by=SYSTEM)
    return render_to_string("territory/map.html", {"map": territory_map(territory, territory.communes.all())})


def test_the_map_draws_and_names_each_commune() -> None:
    svg = drawn("94075", "94070")
    assert svg.count("<path") == 2
    assert ">Villecresnes</text>" in svg
    assert ">Santeny</text>" in svg


def test_the_map_has_a_title_for_those_who_do_not_see_it() -> None:
    svg = drawn("94075")
    assert 'role="img"' in svg
    assert "<title>Carte du Plateau</title>" in svg


def test_numbers_keep_their_point_in_a_french_page() -> None:
    svg = drawn("94075", "94070")
    assert 'x="' in svg
    assert "," not in svg


def test_nothing_inline_that_the_security_policy_would_refuse() -> None:
    svg = drawn("94075")
    assert "style=" not in svg
    assert "<script" not in svg


def test_communes_without_contour_are_left_out_of_the_drawing() -> None:
    svg = drawn("94075", "97611")
    assert svg.count("<path") == 1
    assert "Mamoudzou" not in svg


def test_a_territory_without_any_contour_has_no_map() -> None:
    assert "<svg" not in drawn("97611")
