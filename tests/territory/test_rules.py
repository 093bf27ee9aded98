import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.territory.rules import EARTH_RADIUS_KM, Point, distance_km, of_name

POINTS = st.builds(Point, st.floats(-180, 180), st.floats(-90, 90))
VILLECRESNES = Point(2.53141, 48.72085)
SANTENY = Point(2.57636, 48.73524)


def test_villecresnes_is_less_than_four_kilometres_from_santeny() -> None:
    assert distance_km(VILLECRESNES, SANTENY) == pytest.approx(3.66, abs=0.02)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_km(Point(2, 48), Point(2, 49)) == pytest.approx(111.2, abs=0.1)


def test_the_antipodes_are_half_a_turn_away() -> None:
    assert distance_km(Point(0, 0), Point(180, 0)) == pytest.approx(EARTH_RADIUS_KM * 3.14159265, rel=1e-6)


@given(POINTS, POINTS)
def test_a_distance_is_the_same_both_ways(a: Point, b: Point) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)


@given(POINTS)
def test_a_point_is_at_no_distance_from_itself(a: Point) -> None:
    assert distance_km(a, a) == 0


@given(POINTS, POINTS, POINTS)
def test_a_detour_is_never_shorter(a: Point, b: Point, c: Point) -> None:
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-3


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mayotte", "de Mayotte"),
        ("Étampois", "d’Étampois"),
        ("Le Vexin", "du Vexin"),
        ("Les Coteaux", "des Coteaux"),
        ("La Brie", "de la Brie"),
        ("L’Orangeraie", "de l’Orangeraie"),
    ],
)
def test_a_name_after_de(name: str, expected: str) -> None:
    assert of_name(name) == expected
