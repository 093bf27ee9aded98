"""How heavy and how wide a photo may be, and the sizes it is kept in. Pure Python."""

MOST_BYTES = 25_000_000
# By what its reading takes: a camera's JPEG is unpacked straight at a smaller size, the whole of a PNG goes through
# memory at 4 bytes a point, the readers of WebP and AVIF hold several copies of it.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 40_000_000, "GIF": 40_000_000, "WEBP": 20_000_000, "AVIF": 20_000_000}
MOST_PIXELS_PROGRESSIVE = 40_000_000  # of a JPEG that comes in several passes: all are held until the last
SIZES = (1600, 800, 400)  # widths, in pixels
EXTENSIONS = ("jpg", "webp")


def fit(width: int, height: int, size: int) -> tuple[int, int]:
    """The picture's size once at most `size` wide and twice as high; never enlarged, never under a pixel."""
    scale = min(1.0, size / width, 2 * size / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def most_pixels(format: str = "", *, progressive: bool = False) -> int:
    """`format` as Pillow names it; without one, the most of all."""
    most = MOST_PIXELS.get(format, max(MOST_PIXELS.values()))
    return min(most, MOST_PIXELS_PROGRESSIVE) if progressive else most


def distinct_sizes(width: int, height: int) -> list[tuple[int, int]]:
    """(size, real width), smallest first, once for each real width: what a `srcset` lists."""
    by_width = {fit(width, height, size)[0]: size for size in sorted(SIZES, reverse=True)}
    return [(size, real) for real, size in sorted(by_width.items())]


def megabytes(size: int) -> int:
    """Rounded up, as a person reads it: what is just over 25 is not told as 25."""
    return -(-size // 1_000_000)
