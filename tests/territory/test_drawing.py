from hypothesis import given
from hypothesis import strategies as st

from parvis.territory.drawing import Geometry, frame, outline
from parvis.territory.rules import Point


def square(west: float, south: float, side: float = 0.01) -> Geometry:
    ring = [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def test_a_square_becomes_one_closed_path_with_north_up() -> None:
    (path,) = outline([square(0, 0)], 100)
    assert path == "M0 100L100 100L100 0L0 0L0 100Z"


def test_away_from_the_equator_degrees_of_longitude_narrow() -> None:
    around = frame([square(2.5, 48.7)], 100)
    assert around is not None
    assert 150 < around.height < 153  # 1 / cos(48.7°)


def test_each_polygon_and_each_hole_is_a_piece_of_the_path() -> None:
    one, two = square(0, 0)["coordinates"], square(0.02, 0)["coordinates"]
    (path,) = outline([{"type": "MultiPolygon", "coordinates": [one, two]}], 100)
    assert path.count("M") == path.count("Z") == 2


def test_a_commune_without_contour_has_an_empty_path_among_the_others() -> None:
    paths = outline([square(0, 0), None, square(0.01, 0)], 100)
    assert [bool(path) for path in paths] == [True, False, True]


def test_no_contour_at_all_draws_nothing() -> None:
    assert outline([None, None], 100) == ["", ""]
    assert outline([], 100) == []
    assert frame([None], 100) is None


def test_a_flat_contour_draws_nothing() -> None:
    flat: Geometry = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]}
    assert outline([flat], 100) == [""]


@given(st.floats(-170, 170), st.floats(-60, 60), st.floats(0.001, 5))
def test_everything_lies_inside_the_frame(west: float, south: float, side: float) -> None:
    around = frame([square(west, south, side)], 400)
    assert around is not None
    for corner in (Point(west, south), Point(west + side, south + side)):
        x, y = around.place(corner)
        assert -0.1 <= x <= 400.1
        assert -0.1 <= y <= around.height + 0.1
