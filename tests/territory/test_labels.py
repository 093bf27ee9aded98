"""A commune's name stays inside its commune, in as few lines and as large letters as fit."""

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.territory.labels import COUNT, LINE, Outline, place_label


def box(wide: float, high: float, x: float = 0, y: float = 0) -> Outline:
    return (((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)),)


def test_a_name_stands_whole_where_there_is_room() -> None:
    label = place_label("Marolles-en-Brie", box(300, 100), counted=True)
    assert (label.lines, label.size) == (("Marolles-en-Brie",), 14)
    assert (label.x, label.y) == (150, 50)


def test_a_narrow_commune_breaks_its_name_after_a_hyphen_or_at_a_space() -> None:
    assert place_label("Marolles-en-Brie", box(90, 120), counted=True).lines == ("Marolles-", "en-Brie")
    assert place_label("La Queue", box(60, 120), counted=True).lines == ("La", "Queue")
    assert place_label("Saint-Maur-des-Fossés", box(70, 160), counted=False).lines == ("Saint-", "Maur-des-", "Fossés")


def test_letters_get_smaller_only_when_no_break_helps() -> None:
    assert place_label("Villecresnes", box(112, 60), counted=False).size == 14
    assert place_label("Villecresnes", box(88, 60), counted=False).size < 14


def test_what_fits_nowhere_is_written_small_in_the_widest_part() -> None:
    label = place_label("Villecresnes", box(20, 20, x=50, y=50), counted=True)
    assert label.size == 11
    assert 50 < label.x < 70


def test_a_hole_is_not_inside() -> None:
    outline = (*box(400, 100), *box(240, 80, x=80, y=10))
    label = place_label("Le Trou", outline, counted=False)
    assert label.x < 80 or label.x > 320


def test_nothing_to_draw_is_no_error() -> None:
    assert place_label("Nulle-Part", (), counted=True).lines


@settings(max_examples=30, deadline=None)
@given(st.floats(60, 400), st.floats(60, 400), st.booleans())
def test_the_block_stays_inside_whenever_it_fits_at_the_smallest(wide: float, high: float, counted: bool) -> None:
    label = place_label("Périgny", box(wide, high), counted=counted)
    half = (len(label.lines) * label.size * LINE + (COUNT if counted else 0)) / 2
    assert 0 <= label.x <= wide
    assert half - 1 <= label.y <= high - half + 1
