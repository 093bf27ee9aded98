"""What a shop puts out on the pavement in the morning. A thing stands on 0."""

from collections.abc import Callable
from typing import NamedTuple

from .goods.things import bunch
from .paper import (
    AMBER,
    BARK,
    CIEL,
    CREAM,
    CRUST,
    FIR,
    INK,
    LEAF,
    OR,
    PINK,
    RED,
    ROSE,
    SEA,
    WHITE,
    Sheet,
    printed,
)
from .plants import daisy
from .play import horse
from .setting import quad
from .shapes import aim, ellipse, leaf, pins, slab, smooth, strip
from .street import heap, potted_tree
from .wheels import bike


def crate(sheet: Sheet, i: int) -> None:
    heap(sheet, -64j, 58, i % 6)
    quad(sheet, -70 - 82j, 140, 82, printed(AMBER, CREAM, 0.3), 0.7)
    for y in (-56, -28):
        sheet.print(strip([complex(-68, y), complex(68, y)], 6), CRUST)


def bistro(sheet: Sheet, i: int) -> None:
    """A round table and its two chairs."""
    cloth = RED if sheet.ground != ROSE else SEA
    for side in (-1, 1):
        for x in (74, 128):
            sheet.lay(strip([complex(side * x, -60), complex(side * (x + 6), 0)], 9), BARK, 0.4)
        sheet.lay(slab(complex(side * 100 - 38, -72), 76, 16, 6), AMBER, 0.5)
        sheet.lay(strip([complex(side * 134, -62), complex(side * 144, -158)], 11), BARK, 0.5)
        sheet.lay(strip([complex(side * 116, -150), complex(side * 146, -156)], 20), AMBER, 0.4)
    sheet.lay(strip([-100j, 0j], 11), INK, 0.5)
    sheet.lay(strip([-34 + 0j, 34 + 0j], 11), INK, 0.5)
    sheet.lay(slab(-76 - 116j, 152, 20, 9), cloth, 0.8)
    sheet.lay(slab(-44 - 144j, 22, 28, 5), WHITE, 0.3)
    sheet.lay(slab(18 - 142j, 20, 26, 4), CIEL, 0.3)
    daisy(sheet, 28 - 160j, 20)


def slate(sheet: Sheet, i: int) -> None:
    """A board on two legs, with chalk strokes for words."""
    for x in (-42, 42):
        sheet.lay(strip([complex(x * 0.9, -150), complex(x * 1.15, 0)], 12), CRUST, 0.5)
    quad(sheet, -54 - 158j, 108, 126, CRUST, 0.8)
    quad(sheet, -44 - 148j, 88, 106, printed(INK, WHITE, 0.08), 0.2)
    for y, half in ((-128, 28), (-108, 34), (-90, 20)):
        sheet.print(strip([complex(-half, y), complex(half, y - 2)], 6), (OR, WHITE, WHITE)[int(-y) % 3])
    sheet.print(leaf(-20 - 62j, 20 - 70j, 16), PINK)


def bench(sheet: Sheet, i: int) -> None:
    for x in (-84, 84):
        sheet.lay(strip([complex(x, -46), complex(x * 1.08, 0)], 12), INK, 0.5)
        sheet.lay(strip([complex(x, -50), complex(x, -128)], 10), INK, 0.4)
    for y in (-128, -100):
        sheet.lay(slab(complex(-116, y), 232, 20, 6), LEAF, 0.6)
    sheet.lay(slab(-122 - 60j, 244, 20, 6), LEAF, 0.7)


def parked(sheet: Sheet, i: int) -> None:
    bike(sheet)


def wooden_horse(sheet: Sheet, i: int) -> None:
    horse(sheet, 0j)


def barrel(sheet: Sheet, i: int) -> None:
    sheet.lay(
        smooth(pins(0j, (-46, -120), (46, -120), (62, -60), (46, 0), (-46, 0), (-62, -60))),
        CRUST,
        0.9,
    )
    for y, half in ((-96, 53), (-62, 61), (-26, 54)):
        sheet.print(strip([complex(-half, y), complex(half, y)], 9), INK)
    for k in range(5):
        sheet.lay(leaf(-118j, -118j + aim(-160 + 35 * k, 66), 30), (FIR, LEAF)[k % 2], 0.4)
    sheet.lay(ellipse(-122j, 40, 12), BARK, 0.3)


def tree(sheet: Sheet, i: int) -> None:
    potted_tree(sheet, 0j)


class Put(NamedTuple):
    """`half` is half its width once laid, `most` how many, `origin` where it is drawn when it is not around 0."""

    thing: Callable[[Sheet, int], None]
    scale: float
    half: float
    most: int
    origin: complex = 0j


_ROUND_TABLES = Put(bistro, 0.95, 160, 2)
_CRATES = Put(crate, 0.9, 72, 4)
WARES = {
    "bouquet": Put(bunch, 1.1, 60, 5),
    "tools": Put(bunch, 1.1, 60, 5),
    "vegetables": _CRATES,
    "jars": _CRATES,
    "crepes": _ROUND_TABLES,
    "dinner": _ROUND_TABLES,
    "pizza": _ROUND_TABLES,
    "coffee": _ROUND_TABLES,
    "bicycle": Put(parked, 0.46, 190, 1, 614 + 722j),
    "wine": Put(barrel, 0.95, 66, 1),
    "beer": Put(barrel, 0.95, 66, 2),
    "toys": Put(wooden_horse, 0.44, 120, 1, 20 + 274j),
}


def put_out(sheet: Sheet, goods: str, spans: list[tuple[float, float]]) -> None:
    """`spans`: the left and right of the pavement before each window, from which nothing hides the door."""
    foot = sheet.about(730, 5)
    put = WARES.get(goods)
    if put is None:
        _something(sheet, spans, foot)
        return
    for left, right in spans:
        count = min(put.most, int((right - left) / (2 * put.half)))
        start = left if sheet.random.random() < 0.5 else right - count * 2 * put.half
        for k in range(count):
            middle = complex(start + put.half * (2 * k + 1), sheet.about(foot, 3))
            with sheet.moved(middle - put.origin * put.scale, put.scale):
                put.thing(sheet, k + sheet.random.randrange(2))


def _something(sheet: Sheet, spans: list[tuple[float, float]], foot: float) -> None:
    """Trees at both ends, a bench, a slate, or nothing at all."""
    left, right = spans[0][0], spans[-1][1]
    what = sheet.random.choice(("trees", "bench", "slate", "nothing"))
    places = {
        "trees": [(tree, left - 20), (tree, right + 20)],
        "bench": [(bench, (spans[0][0] + spans[0][1]) / 2)],
        "slate": [(slate, spans[0][1] - 60)],
        "nothing": [],
    }
    for thing, x in places[what]:
        with sheet.moved(complex(x, foot), 0.92):
            thing(sheet, 0)
