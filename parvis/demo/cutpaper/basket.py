"""What grows in the fields of the plateau."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    FIR,
    GOLD,
    LEAF,
    OR,
    PINK,
    RED,
    ROSE,
    SAGE,
    SAUMON,
    SEA,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .setting import quad, sun, table
from .shapes import aim, arc, curve, ellipse, leaf, pins, profile, scalloped, slab, smooth, strip, turned


def vegetables(sheet: Sheet) -> None:
    """A crate of what the fields of the plateau give."""
    sun(sheet, 600 + 310j, 280, OR, SAUMON)
    table(sheet, 664, sheet.about(650, 8), sheet.unlike(SAGE, SEA))
    for k in range(4):
        root = complex(350 + k * 62, 470)
        tip = root + aim(-100 + k * 5, sheet.about(330, 16))
        sheet.lay(leaf(root, tip, 64, -12 + k * 8), (FIR, LEAF)[k % 2], 0.7)
        sheet.lay(strip([root + 40j, root + (tip - root) * 0.4], 46, 34), CREAM if k % 2 else WHITE, 0.6)
    for turn in (-140, -118, -96, -70, -48):
        root = 800 + 380j
        sheet.lay(leaf(root, root + aim(turn, sheet.about(150, 14)), 54), (LEAF, FIR)[turn % 4 == 0], 0.5)
    pumpkin(sheet, 640 + 430j, 150)
    for k in range(3):
        _radish(sheet, complex(776 + k * 62, 430 + (k % 2) * 22))
    cabbage(sheet, 330 + 492j, 112)
    for x, y in ((468, 516), (548, 530), (512, 462)):
        tomato(sheet, complex(x, y), 56)
    for k in range(4):
        _root(sheet, complex(902 - k * 62, 470 + (k % 2) * 10), SUN)
    _crate(sheet, 228 + 532j, 744)


def pumpkin(sheet: Sheet, at: complex, size: float) -> None:
    for x in (-0.72, 0.72, -0.38, 0.38, 0):
        sheet.lay(ellipse(at + size * x, size * 0.46, size * 0.78), (AMBER if abs(x) in (0.72, 0) else SUN), 0.5)
    sheet.lay(
        strip(
            curve(at - 0.7j * size, at - 1.0j * size, at + complex(size * 0.22, -size * 1.1)), size * 0.2, size * 0.12
        ),
        FIR,
        0.6,
    )


def cabbage(sheet: Sheet, at: complex, size: float) -> None:
    for i, colour in enumerate((FIR, LEAF, SAGE, TILLEUL)):
        sheet.lay(scalloped(at, size * (1 - 0.22 * i), 8 - i, 0.14, i * 24), colour, 0.5)
        for k in range(5):
            sheet.print(
                strip(
                    [at + aim(72 * k + i * 20, size * 0.08), at + aim(72 * k + i * 20, size * (0.86 - 0.22 * i))], 5, 2
                ),
                CREAM,
            )


def tomato(sheet: Sheet, at: complex, size: float) -> None:
    sheet.lay(ellipse(at, size, size * 0.9), SUN, 0.7)
    sheet.print(ellipse(at + complex(-size * 0.4, -size * 0.3), size * 0.2, size * 0.12, -30), CORAL)
    for k in range(5):
        top = at - 0.66j * size
        sheet.lay(leaf(top, top + aim(72 * k - 90, size * 0.46), size * 0.22), FIR, 0.2)


def _radish(sheet: Sheet, at: complex) -> None:
    sheet.lay(
        smooth(pins(at, (0, -46), (42, -16), (30, 34), (0, 90), (-30, 34), (-42, -16))),
        PINK if sheet.ground != ROSE else RED,
        0.7,
    )
    sheet.print(smooth(pins(at, (22, 40), (0, 90), (-22, 40), (0, 52))), WHITE)


def _root(sheet: Sheet, at: complex, colour: str) -> None:
    for spread in (-120, -90, -60):
        sheet.lay(leaf(at, at + aim(spread, sheet.about(96, 8)), 26), (LEAF, FIR)[spread == -90], 0.4)
    sheet.lay(
        smooth(pins(at, (0, -16), (34, 4), (18, 100), (0, 170), (-18, 100), (-34, 4))),
        colour,
        0.7,
    )
    for k in range(3):
        sheet.print(strip([at + complex(-22, 30 + 26 * k), at + complex(0, 34 + 26 * k)], 5, 2), AMBER)


def _crate(sheet: Sheet, at: complex, wide: float) -> None:
    for k in range(3):
        quad(
            sheet, at + complex(sheet.about(0, 4), k * 66), wide, 54, (AMBER, printed(AMBER, CREAM, 0.3), AMBER)[k], 0.8
        )
        sheet.print(strip([at + complex(30, k * 66 + 34), at + complex(wide * 0.6, k * 66 + 30)], 4, 2), CRUST)
    for x in (20, wide - 62):
        quad(sheet, at + complex(x, -18), 42, 216, CRUST, 0.6)
        for k in range(3):
            sheet.print(ellipse(at + complex(x + 21, 26 + 66 * k), 6), BARK)


def fruit(sheet: Sheet) -> None:
    """A basket of apples, pears and clementines."""
    sun(sheet, 600 + 280j, 250, ROSE, CIEL)
    table(sheet, 610, sheet.about(622, 8), sheet.unlike(CREAM, WHITE))
    sheet.lay(strip(arc(600 + 470j, 296, 184, 356, 24), 30), CRUST, 0.9)
    for k in range(14):
        way = 190 + k * 12.3
        at = 600 + 470j + aim(way, 296)
        sheet.print(strip([at - aim(way + 40, 17), at + aim(way + 40, 17)], 6), BARK)
    for x, y, kind in (
        (420, 430, 0),
        (780, 430, 1),
        (540, 380, 2),
        (662, 372, 0),
        (480, 486, 1),
        (600, 470, 1),
        (720, 486, 2),
        (352, 490, 2),
        (850, 492, 0),
    ):
        (apple, clementine, pear)[kind](sheet, complex(x, y), sheet.about(78, 4))
    half = profile((500, 326), (560, 312), (730, 236))
    sheet.lay(turned(600, half, 512, 724), AMBER, 1.2)
    for row in range(5):
        for k in range(9):
            high = 534.0 + row * 42
            reed = 600 + (k - 4) * half(high) / 4.6 + (row % 2 - 0.5) * 34
            sheet.print(slab(complex(reed - 24, high - 12), 48, 24, 11), (CRUST, GOLD)[(row + k) % 2])
    sheet.lay(strip([270 + 512j, 930 + 512j], 34), CRUST, 0.7)
    apple(sheet, 258 + 700j, 70)
    clementine(sheet, 944 + 706j, 62)


def apple(sheet: Sheet, at: complex, size: float) -> None:
    knots = (
        (0, -0.7),
        (0.5, -0.92),
        (0.98, -0.4),
        (0.8, 0.6),
        (0.3, 0.94),
        (0, 0.84),
        (-0.3, 0.94),
        (-0.8, 0.6),
        (-0.98, -0.4),
        (-0.5, -0.92),
    )
    sheet.lay(smooth(pins(at, *knots, turn=size)), RED if sheet.random.random() < 0.6 else SAGE, 0.7)
    sheet.print(ellipse(at + complex(-0.5, -0.3) * size, size * 0.14, size * 0.28, 24), printed(CREAM, PINK, 0.3))
    sheet.lay(strip(curve(at - 0.6j * size, at - 0.9j * size, at + complex(0.16, -1.2) * size), 8, 6), BARK, 0.3)
    sheet.lay(leaf(at - 0.9j * size, at + complex(0.7, -1.2) * size, size * 0.36), LEAF, 0.4)


def clementine(sheet: Sheet, at: complex, size: float) -> None:
    sheet.lay(ellipse(at, size * 0.92, size * 0.84), AMBER, 0.7)
    for _ in range(7):
        sheet.print(ellipse(at + aim(sheet.random.uniform(0, 360), size * sheet.random.uniform(0.2, 0.7)), 3.5), GOLD)
    for turn in (-150, -30):
        sheet.lay(leaf(at - 0.72j * size, at - 0.72j * size + aim(turn, size * 0.8), size * 0.34), FIR, 0.4)


def pear(sheet: Sheet, at: complex, size: float) -> None:
    knots = (
        (0, -1.24),
        (0.4, -0.9),
        (0.5, -0.3),
        (0.92, 0.3),
        (0.6, 0.88),
        (0, 0.98),
        (-0.6, 0.88),
        (-0.92, 0.3),
        (-0.5, -0.3),
        (-0.4, -0.9),
    )
    sheet.lay(smooth(pins(at, *knots, turn=size)), GOLD if sheet.ground != OR else TILLEUL, 0.7)
    sheet.print(ellipse(at + complex(0.4, 0.36) * size, size * 0.3, size * 0.36), AMBER)
    sheet.lay(strip([at - 1.16j * size, at + complex(0.14, -1.6) * size], 9, 7), BARK, 0.3)


def lemon(sheet: Sheet, at: complex, size: float) -> None:
    sheet.lay(ellipse(at, size, size * 0.86), GOLD if sheet.ground != OR else OR, 0.7)
    sheet.print(ellipse(at, size * 0.84, size * 0.71), CREAM)
    for i in range(8):
        way = 45 * i + 12
        sheet.print(leaf(at + aim(way, size * 0.12), at + aim(way, size * 0.7), size * 0.3), OR)
