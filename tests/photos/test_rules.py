import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.photos.rules import SIZES, distinct_sizes, fit, megabytes, most_pixels

SIDES = st.integers(1, 60_000)


@pytest.mark.parametrize(
    ("picture", "size", "expected"),
    [
        ((4000, 3000), 1600, (1600, 1200)),
        ((3000, 4000), 800, (800, 1067)),
        ((12_000, 3000), 400, (400, 100)),
        ((300, 200), 1600, (300, 200)),
        ((500, 20_000), 1600, (80, 3200)),  # a till receipt: WebP holds no side over 16,383
        ((60_000, 1), 400, (400, 1)),
    ],
)
def test_a_picture_is_made_to_fit(picture: tuple[int, int], size: int, expected: tuple[int, int]) -> None:
    assert fit(*picture, size) == expected


@given(SIDES, SIDES, st.sampled_from(SIZES))
def test_a_picture_is_never_enlarged_nor_emptied(width: int, height: int, size: int) -> None:
    new_width, new_height = fit(width, height, size)
    assert 1 <= new_width <= min(width, size)
    assert 1 <= new_height <= min(height, 2 * size)


@given(SIDES, SIDES)
def test_a_browser_is_offered_each_width_once_from_the_smallest(width: int, height: int) -> None:
    widths = [real for _, real in distinct_sizes(width, height)]
    assert widths == sorted(set(widths))
    assert widths[-1] == fit(width, height, max(SIZES))[0]


def test_a_small_picture_is_offered_once_in_its_smallest_file() -> None:
    assert distinct_sizes(300, 200) == [(400, 300)]
    assert distinct_sizes(600, 400) == [(400, 400), (800, 600)]


@pytest.mark.parametrize(("size", "told"), [(25_000_000, 25), (25_000_001, 26), (40_000_000, 40), (1, 1)])
def test_weights_are_told_in_whole_megabytes(size: int, told: int) -> None:
    assert megabytes(size) == told


def test_a_photo_has_as_many_points_as_its_format_is_read_with() -> None:
    assert [most_pixels(format) // 1_000_000 for format in ("JPEG", "PNG", "GIF", "WEBP", "AVIF")] == [
        60,
        40,
        40,
        20,
        20,
    ]
    assert most_pixels() == most_pixels("JPEG")
    assert most_pixels("JPEG", progressive=True) == 40_000_000
