"""A shop's front on the street: its name over the window, its goods behind the glass. No two are alike."""

from .goods import GOODS, Display
from .lettering import write
from .paper import (
    AMBER,
    BARK,
    CIEL,
    CREAM,
    DEEP_FIR,
    FIR,
    INK,
    LEAF,
    MAUVE,
    OR,
    PARME,
    PINK,
    RED,
    ROSE,
    SAUMON,
    SEA,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .pavement import put_out
from .plants import berries
from .setting import quad
from .shapes import aim, ellipse, leaf, pins, polygon, scalloped, strip
from .street import awning

LEFT, RIGHT, KERB = 96.0, 1104.0, 704.0
SIGN, SILL = 226.0, 636.0  # the sign's foot, the window's foot

# The paint that goes with each paper.
PAINT = {
    OR: printed(FIR, INK, 0.1),
    ROSE: RED,
    CIEL: SEA,
    TILLEUL: FIR,
    SAUMON: SUN,
    PARME: printed(MAUVE, INK, 0.28),
    WHITE: SEA,
}
Box = tuple[float, float, float, float]  # left, top, right, bottom


def facade(sheet: Sheet, name: str, goods: str) -> None:
    """`goods` is a key of GOODS."""
    chance = sheet.random
    paint = PAINT[sheet.ground]
    _wall(sheet, chance.random() < 0.45)
    sheet.lay(
        polygon([-30 + KERB * 1j, 1230 + (KERB + sheet.about(0, 4)) * 1j, 1230 + 840j, -30 + 840j]),
        printed(WHITE, INK, 0.3),
        0.6,
    )
    sheet.print(polygon([-30 + 764j, 1230 + 760j, 1230 + 840j, -30 + 840j]), printed(WHITE, INK, 0.45))
    quad(sheet, complex(LEFT, SIGN - 20), RIGHT - LEFT, KERB - SIGN + 24, paint, 1.3)
    quad(sheet, complex(LEFT - 6, 668), RIGHT - LEFT + 12, KERB - 664, printed(paint, INK, 0.3), 0.5)
    door = chance.choice(("left", "centre", "right", "right"))
    door_left = {"left": 150.0, "centre": 514.0, "right": 878.0}[door]
    windows = _windows(door)
    for number, window in enumerate(windows):
        _window(sheet, window, goods, paint, number * 7 + chance.randrange(5))
    _door(sheet, door_left, paint)
    _sign(sheet, name, paint, chance.random() < 0.5)
    _shade(sheet, windows, paint, chance.choice(("none", "whole", "whole", "each")))
    put_out(sheet, goods, [(left, right) for left, _, right, _ in windows])


def _windows(door: str) -> list[Box]:
    top = SIGN + 62
    if door == "centre":
        return [(140, top, 478, SILL), (722, top, 1060, SILL)]
    if door == "left":
        return [(370, top, 1060, SILL)]
    return [(140, top, 830, SILL)]


def _wall(sheet: Sheet, upstairs: bool) -> None:
    shades = (printed(sheet.ground, INK, 0.07), printed(sheet.ground, WHITE, 0.4), printed(sheet.ground, INK, 0.12))
    for _ in range(26):
        x, y = sheet.random.randrange(-1, 26) * 48, sheet.random.randrange(16) * 44
        if upstairs and y < 130 and 150 < x < 1040:
            continue
        quad(
            sheet,
            complex(x + (y // 44 % 2) * 24, y + 8),
            sheet.random.choice((50, 66, 84)),
            24,
            sheet.random.choice(shades),
            0,
        )
    if upstairs:
        for x in (300, 600, 900):
            _upstairs(sheet, complex(x, -20))


def _upstairs(sheet: Sheet, at: complex) -> None:
    """The foot of a window of the first floor, with its shutters and its box of flowers."""
    paint = PAINT[sheet.ground]
    quad(sheet, at - 46, 92, 96, printed(CIEL, INK, 0.25), 0.4)
    sheet.print(strip([at, at + 96j], 7), CREAM)
    for side in (-1, 1):
        quad(sheet, at + complex(side * 72 - 26, 0), 52, 100, printed(paint, WHITE, 0.3), 0.5)
        for k in range(4):
            y = 14 + k * 22
            sheet.print(
                strip([at + complex(side * 72 - 18, y), at + complex(side * 72 + 18, y)], 5), printed(paint, INK, 0.1)
            )
    for k in range(7):
        root = at + complex(-42 + 14 * k, 84)
        sheet.lay(leaf(root, root + aim(-90 + (k - 3) * 12, 34), 16), (FIR, LEAF)[k % 2], 0.3)
    for k in range(4):
        sheet.lay(scalloped(at + complex(-36 + 24 * k, 66 + 6 * (k % 2)), 11, 7, 0.16), (RED, WHITE, PINK)[k % 3], 0.3)
    quad(sheet, at + complex(-52, 82), 104, 22, printed(BARK, INK, 0.2), 0.5)


def _window(sheet: Sheet, box: Box, goods: str, paint: str, first: int) -> None:
    left, top, right, bottom = box
    frame = printed(paint, WHITE, 0.78)
    quad(sheet, complex(left - 14, top - 14), right - left + 28, bottom - top + 28, printed(paint, INK, 0.35), 0.7)
    quad(sheet, complex(left, top), right - left, bottom - top, printed(SEA, INK, 0.72), 0.2)
    for start in (left + (right - left) * 0.16, left + (right - left) * 0.62):
        shine = pins(start, (0, bottom), (60, bottom), (210, top), (150, top))
        sheet.print(polygon([complex(min(p.real, right), p.imag) for p in shine]), printed(SEA, INK, 0.6))
    _fill(sheet, box, GOODS[goods], first)
    middle = (left + right) / 2
    if right - left > 400:
        sheet.lay(strip([complex(middle, top), complex(middle, bottom)], 13), frame, 0.4)
    sheet.lay(strip([complex(left, top + 6), complex(right, top + 6)], 12), frame, 0.3)
    quad(sheet, complex(left - 22, bottom), right - left + 44, 22, frame, 0.8)


def _fill(sheet: Sheet, box: Box, goods: Display, first: int) -> None:
    """Two shelves of goods, or one and what hangs over it."""
    left, top, right, bottom = box
    count = round((3 if right - left < 400 else 6) / goods.wide)
    step, size = (right - left) / count, 1 + (goods.wide - 1) * 0.8
    for row in range(1 if goods.hung else 2):
        foot = bottom - 4 - row * 168
        if row:
            sheet.lay(strip([complex(left, foot + 7), complex(right, foot + 7)], 12), printed(AMBER, INK, 0.1), 0.5)
        for k in range(count):
            number = k + row * 4 + first
            with sheet.moved(complex(left + step * (k + 0.5), foot), size * (1 - 0.14 * row)):
                goods.shelf[number % len(goods.shelf)](sheet, number)
    for k in range(count if goods.hung else 0):
        with sheet.moved(complex(left + step * (k + 0.5), top + 196), 0.96):
            goods.hung[k % len(goods.hung)](sheet, k + first)


def _door(sheet: Sheet, left: float, paint: str) -> None:
    dark = printed(paint, INK, 0.42)
    quad(sheet, complex(left - 16, SIGN + 36), 204, KERB - SIGN - 30, printed(paint, INK, 0.25), 0.5)
    quad(sheet, complex(left, SIGN + 52), 172, KERB - SIGN - 50, dark, 0.8)
    glass = sheet.random.choice(("tall", "round", "panes"))
    warm = printed(CREAM, AMBER, 0.25)
    if glass == "round":
        sheet.lay(ellipse(complex(left + 86, SIGN + 150), 56, 62), warm, 0.3)
        sheet.print(strip([complex(left + 86, SIGN + 90), complex(left + 86, SIGN + 210)], 6), dark)
    elif glass == "tall":
        quad(sheet, complex(left + 28, SIGN + 84), 116, 244, warm, 0.3)
        sheet.print(
            polygon([complex(left + x, SIGN + y) for x, y in ((32, 230), (70, 90), (102, 90), (54, 270))]), CREAM
        )
    else:
        for x in (30, 92):
            for y in (84, 174):
                quad(sheet, complex(left + x, SIGN + y), 52, 78, warm, 0.3)
    quad(sheet, complex(left + 28, SIGN + 356), 116, 86, printed(dark, INK, 0.3), 0.3)
    sheet.lay(ellipse(complex(left + 154, SIGN + 300), 9), OR, 0.4)
    if sheet.random.random() < 0.25:
        _little_wreath(sheet, complex(left + 86, SIGN + 140))


def _little_wreath(sheet: Sheet, at: complex) -> None:
    for k in range(18):
        root = at + aim(20 * k, 38)
        sheet.lay(leaf(root, root + aim(20 * k + 80, 34), 15), (FIR, LEAF, DEEP_FIR)[k % 3], 0.4)
    with sheet.moved(at + 40j, 0.6):
        berries(sheet, 0j)


def _sign(sheet: Sheet, name: str, paint: str, on_paper: bool) -> None:
    board = sheet.ground if on_paper else paint
    letters = printed(paint, INK, 0.6) if on_paper else printed(sheet.ground, WHITE, 0.45)
    quad(sheet, complex(LEFT - 14, 118), RIGHT - LEFT + 28, SIGN - 106, printed(paint, INK, 0.3), 1.2)
    quad(sheet, complex(LEFT + 4, 132), RIGHT - LEFT - 8, SIGN - 136, board, 0.3)
    write(sheet, name, (600 + (132 + SIGN - 4) / 2 * 1j, 760, 58), letters)


def _shade(sheet: Sheet, windows: list[Box], paint: str, how: str) -> None:
    stripes = (sheet.ground, WHITE) if sheet.ground != WHITE else (SEA, WHITE)
    if sheet.random.random() < 0.5:
        stripes = (printed(paint, INK, 0.1), CREAM)
    if how == "whole":
        awning(sheet, LEFT + 24, RIGHT - 24, SIGN + 6, stripes, 62)
    elif how == "each":
        for left, _, right, _ in windows:
            awning(sheet, left - 6, right + 6, SIGN + 6, stripes, 66)
