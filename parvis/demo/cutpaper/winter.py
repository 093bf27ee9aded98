"""A stall under the lamps, a tree, parcels: the end of the year."""

from .food import roll
from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    DEEP_FIR,
    FIR,
    GOLD,
    INK,
    LEAF,
    MAUVE,
    OR,
    PINK,
    RED,
    ROSE,
    SAUMON,
    SEA,
    WHITE,
    Sheet,
    printed,
)
from .plants import bow, pine
from .setting import lamps, quad, sun, table
from .shapes import aim, curve, ellipse, leaf, pins, polygon, profile, slab, smooth, strip, turned


def snow(sheet: Sheet, count: int, low: float = 640) -> None:
    flake = sheet.unlike(WHITE, CIEL)
    for _ in range(count):
        at = complex(sheet.random.uniform(20, 1180), sheet.random.uniform(20, low))
        sheet.lay(ellipse(at, sheet.about(8, 3)), flake, 0.3)


def stall(sheet: Sheet) -> None:
    """A wooden stall of a winter market."""
    snow(sheet, 40)
    lamps(sheet, -20 + 60j, 330 + 190j, 610 + 96j)
    lamps(sheet, 610 + 96j, 900 + 190j, 1220 + 50j)
    for x, size in ((120, 190), (1090, 220), (1000, 150)):
        _small_tree(sheet, complex(x, 700), size)
    sheet.lay(
        smooth([-60 + 690j, 200 + 664j, 600 + 682j, 1000 + 660j, 1260 + 690j, 1260 + 860j, -60 + 860j]),
        sheet.unlike(WHITE, CIEL),
        0.8,
    )
    for x in (290, 880):
        quad(sheet, complex(x, 300), 30, 420, BARK, 0.8)
    quad(sheet, 312 + 320j, 576, 210, printed(BARK, INK, 0.4), 0.4)
    _goods(sheet)
    quad(sheet, 270 + 524j, 660, 34, CRUST, 0.9)
    for k in range(9):
        quad(sheet, complex(288 + k * 70, 556), 66, 164, (AMBER, CRUST)[k % 2], 0.5)
    heart = ((0, 40), (-44, -4), (-30, -38), (0, -22), (30, -38), (44, -4))
    for x in (420, 600, 780):
        sheet.lay(smooth([complex(x, 634) + complex(a, b) for a, b in heart]), RED, 0.5)
    sheet.lay(polygon([226 + 336j, 974 + 336j, 846 + 190j, 354 + 190j]), RED if sheet.ground != ROSE else SEA, 1.2)
    edge = [
        (216, 322),
        (346, 170),
        (854, 170),
        (984, 322),
        (930, 316),
        (900, 350),
        (850, 306),
        (790, 330),
        (730, 296),
        (660, 326),
        (600, 298),
        (520, 330),
        (460, 300),
        (400, 336),
        (340, 304),
        (290, 344),
        (262, 314),
    ]
    sheet.lay(smooth(pins(0j, *edge)), WHITE if sheet.ground != WHITE else CIEL, 0.7)
    lamps(sheet, 236 + 350j, 600 + 420j, 964 + 350j, 13)


def _goods(sheet: Sheet) -> None:
    for k, x in enumerate((356, 440)):
        roll(sheet, complex(x, 500 - 16 * (k % 2)), 48)
    roll(sheet, 398 + 450j, 48)
    for k, colour in enumerate((SEA, CORAL, FIR)):
        x = 520 + k * 62
        sheet.lay(slab(complex(x, 432), 52, 92, 12), colour, 0.6)
        sheet.lay(slab(complex(x + 4, 414), 44, 26, 6), OR, 0.4)
        quad(sheet, complex(x + 8, 464), 36, 26, CREAM, 0.2)
    for k, colour in enumerate((RED, OR, MAUVE)):
        at = complex(748 + k * 46, 478 - 26 * (k % 2))
        sheet.lay(ellipse(at, 36), colour, 0.6)
        sheet.print(ellipse(at - 11 - 12j, 8), printed(colour, WHITE, 0.6))
        sheet.print(slab(at - 8 - 46j, 16, 14, 3), GOLD)


def _small_tree(sheet: Sheet, foot: complex, high: float) -> None:
    quad(sheet, foot + complex(-9, -high * 0.2), 18, high * 0.24, BARK, 0.4)
    for k, colour in enumerate((DEEP_FIR, FIR, DEEP_FIR)):
        low, top, half = 0.14 + 0.26 * k, 0.56 + 0.24 * k, 0.42 - 0.1 * k
        sheet.lay(
            polygon(
                [
                    foot + complex(-half * high, -low * high),
                    foot + complex(half * high, -low * high),
                    foot - 1j * top * high,
                ]
            ),
            colour,
            0.6,
        )


def tree(sheet: Sheet) -> None:
    """A decorated fir in its pot, parcels at its foot."""
    table(sheet, 690, sheet.about(700, 6), sheet.unlike(CREAM, SAUMON))
    snow(sheet, 22, 520)
    half_pot = profile((640, 74), (744, 54))
    sheet.lay(strip([600 + 560j, 600 + 680j], 46), BARK, 0.7)
    for row in range(5):
        y, half = 590 - row * 104, 280 - row * 52
        top = y - 190 + row * 8
        count = 7 - row
        hem = [complex(600 - half + 2 * half * (k + 0.5) / count, y + sheet.about(26, 6)) for k in range(count)]
        outline = [
            complex(600, top),
            complex(600 - half * 0.45, y - 70),
            complex(600 - half - 10, y - 6),
            *hem,
            complex(600 + half + 10, y - 6),
            complex(600 + half * 0.45, y - 70),
        ]
        sheet.lay(polygon(outline), (DEEP_FIR, FIR)[row % 2], 1.0)
        if row < 4:
            _baubles(sheet, y - 34, half * 0.72, 5 - row)
    sheet.lay(turned(600, half_pot, 640, 744), RED if sheet.ground != ROSE else SEA, 1.0)
    sheet.print(turned(600, half_pot, 664, 680), CREAM)
    star = [600 + 58j + aim(36 * k - 90, 56 if k % 2 == 0 else 24) for k in range(10)]
    sheet.lay(polygon(star), OR if sheet.ground != OR else RED, 0.9)
    parcel(sheet, 300 + 740j, 150, 110, SEA if sheet.ground != CIEL else RED, OR)
    parcel(sheet, 860 + 744j, 190, 90, PINK if sheet.ground != ROSE else FIR, WHITE)


def _baubles(sheet: Sheet, y: float, half: float, count: int) -> None:
    colours = (RED, OR, CIEL, PINK, CREAM)
    line = curve(complex(600 - half, y - 14), complex(600, y + 50), complex(600 + half, y - 14), count * 2)
    sheet.print(strip(line, 5), GOLD)
    for at in line[1:-1:2]:
        colour = sheet.random.choice(colours)
        sheet.lay(ellipse(at + 22j, sheet.about(21, 2)), colour, 0.5)
        sheet.print(ellipse(at + 22j - 6 - 6j, 5), printed(colour, WHITE, 0.7))


def parcel(sheet: Sheet, foot: complex, wide: float, high: float, paper: str, ribbon: str) -> None:
    """A wrapped box. `foot` is the middle of its base."""
    left = foot - wide / 2 - 1j * high
    quad(sheet, left, wide, high, paper, 1.0)
    sheet.print(slab(left + complex(wide * 0.43, 2), wide * 0.14, high - 4, 2), ribbon)
    sheet.lay(
        slab(left - wide * 0.04 - 1j * high * 0.06, wide * 1.08, high * 0.26, 6), printed(paper, WHITE, 0.22), 0.5
    )
    sheet.print(slab(left + complex(wide * 0.43, -high * 0.06), wide * 0.14, high * 0.26, 2), ribbon)
    top = foot - 1j * high * 1.06
    for side in (-1, 1):
        loop = ((0, 0), (side * 0.24, -0.26), (side * 0.4, -0.14), (side * 0.26, 0.02))
        sheet.lay(smooth([top + complex(x * wide, y * wide) for x, y in loop]), ribbon, 0.5)
    sheet.lay(ellipse(top - 0.02j * wide, wide * 0.06), printed(ribbon, INK, 0.12), 0.4)


def gift(sheet: Sheet) -> None:
    """Parcels in a pile, a tag, a sprig."""
    sun(sheet, 600 + 320j, 276, CREAM, OR)
    table(sheet, 650, sheet.about(640, 8), sheet.unlike(PINK, CIEL))
    papers = [c for c in (SEA, FIR, MAUVE, CORAL) if c != sheet.ground]
    _big_parcel(sheet, 230 + 430j, 420, 280, papers[0], OR if sheet.ground != OR else CREAM, 0)
    _big_parcel(sheet, 620 + 500j, 340, 216, papers[1], WHITE if sheet.ground != WHITE else CREAM, 1)
    _big_parcel(sheet, 318 + 254j, 300, 178, papers[2], ROSE if sheet.ground != ROSE else OR, 2)
    for turn in (-158, -128, -50, -20):
        sheet.lay(leaf(468 + 250j, 468 + 250j + aim(turn, 128), 44), (FIR, LEAF)[turn % 4 == 0], 0.5)
    at = 468 + 232j
    for side in (-1, 1):
        sheet.lay(
            smooth(pins(at, (0, 0), (70, -96), (136, -92), (128, -14), (60, 16), side=side)),
            ROSE if sheet.ground != ROSE else OR,
            0.8,
        )
        sheet.print(leaf(at + complex(side * 26, -12), at + complex(side * 104, -56), 28), printed(ROSE, RED, 0.3))
    sheet.lay(ellipse(at - 4j, 28, 24), printed(ROSE, RED, 0.3), 0.7)
    bow(sheet, 790 + 498j)
    sheet.lay(strip(curve(566 + 560j, 600 + 600j, 590 + 640j), 5), INK, 0.2)
    sheet.lay(
        polygon(pins(0j, (590, 620), (640, 650), (612, 752), (528, 728), (556, 628))),
        CREAM if sheet.ground != WHITE else OR,
        0.7,
    )
    sheet.print(ellipse(588 + 648j, 9), RED)
    for end in (190 + 640j, 250 + 560j):
        pine(sheet, curve(120 + 760j, (120 + 760j + end) / 2 + 20, end, 8), 50)


def _big_parcel(sheet: Sheet, at: complex, wide: float, high: float, paper: str, ribbon: str, motif: int) -> None:
    quad(sheet, at, wide, high, paper, 1.2)
    light = printed(paper, WHITE, 0.4)
    for row in range(int(high / 54)):
        for k in range(int(wide / 58)):
            spot = at + complex(34 + k * 58 + (row % 2) * 24, 32 + row * 54)
            if spot.real > at.real + wide - 20:
                continue
            if motif == 0:
                sheet.print(ellipse(spot, 9), light)
            elif motif == 1:
                sheet.print(leaf(spot - 15j, spot + 15j, 15), light)
            else:
                sheet.print(strip([spot - 13 - 13j, spot + 13 + 13j], 7), light)
    quad(sheet, at + complex(wide * 0.44, -2), wide * 0.13, high + 4, ribbon, 0.4)
    quad(sheet, at + complex(-2, high * 0.42), wide + 4, high * 0.15, ribbon, 0.4)
