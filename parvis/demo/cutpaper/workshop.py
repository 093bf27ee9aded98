"""What hands make: gardens, clay, strings, pictures."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    FIR,
    GLASS,
    INK,
    LEAF,
    MAUVE,
    OR,
    PALE_SEA,
    PARME,
    PINK,
    RED,
    ROSE,
    SAGE,
    SAUMON,
    SEA,
    STEEL,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import daisy, peony, spray
from .setting import sun, table
from .shapes import aim, arc, curve, ellipse, leaf, pins, polygon, profile, ring, slab, smooth, strip, turned


def tools(sheet: Sheet) -> None:
    """A watering can, a fork, a trowel, seedlings."""
    sun(sheet, 640 + 300j, 256, OR, CREAM)
    table(sheet, 640, sheet.about(650, 8), sheet.unlike(SAGE, SAUMON))
    can = SEA if sheet.ground != CIEL else RED
    dark = printed(can, INK, 0.3)
    sheet.lay(strip([690 + 590j, 892 + 330j], 60, 34), can, 0.9)
    sheet.lay(polygon([856 + 300j, 946 + 366j, 926 + 392j, 838 + 326j]), dark, 0.7)
    for k in range(5):
        for d in range(3):
            drop = complex(930 + k * 26 + d * 14, 330 + k * 26 + d * 52)
            sheet.lay(leaf(drop, drop + complex(8, 34), 16), sheet.unlike(CIEL, WHITE), 0.3)
    sheet.lay(strip(arc(410 + 480j, 128, 68, 300, 20), 30), dark, 0.9)
    sheet.lay(strip(arc(560 + 372j, 108, 184, 356, 20), 26), dark, 0.8)
    sheet.lay(turned(560, profile((360, 140), (690, 168)), 360, 690), can, 1.2)
    sheet.lay(ellipse(560 + 362j, 140, 32), dark, 0.4)
    for y in (452, 620):
        sheet.print(turned(560, profile((360, 140), (690, 168)), y, y + 13), printed(can, WHITE, 0.4))
    daisy(sheet, 560 + 542j, 62)
    _spade(sheet, 264 + 690j)
    for k in range(3):
        _seedling(sheet, complex(806 + k * 98, 716), k)


def _spade(sheet: Sheet, foot: complex) -> None:
    sheet.lay(strip([foot - 470j, foot - 190j], 22), AMBER if sheet.ground != OR else BARK, 0.8)
    sheet.lay(strip([foot + complex(-54, -476), foot + complex(54, -476)], 28), CRUST, 0.7)
    sheet.lay(strip([foot - 250j, foot - 140j], 32), STEEL, 0.5)
    sheet.lay(
        smooth(pins(foot, (-76, -170), (0, -186), (76, -170), (70, -60), (0, 40), (-70, -60))),
        STEEL,
        0.9,
    )
    sheet.print(strip([foot - 150j, foot - 30j], 10, 4), printed(STEEL, INK, 0.3))


def _seedling(sheet: Sheet, foot: complex, kind: int) -> None:
    top = foot - 86j
    high = 70 + 34 * kind
    sheet.lay(strip([top, top - 1j * high], 9, 6), LEAF, 0.3)
    for k in range(1 + kind):
        at = top - 1j * (high - k * 38)
        for turn in (-152, -28):
            sheet.lay(leaf(at, at + aim(turn, 56), 30), (LEAF, FIR)[k % 2], 0.4)
    sheet.lay(
        polygon([foot + p for p in (-44 - 88j, 44 - 88j, 34, -34)]), CORAL if sheet.ground != SAUMON else SUN, 0.8
    )
    sheet.print(
        polygon([foot + p for p in (-44 - 88j, 44 - 88j, 42 - 68j, -42 - 68j)]), SUN if sheet.ground != SAUMON else RED
    )


def pottery(sheet: Sheet) -> None:
    sun(sheet, 600 + 320j, 262, ROSE, OR)
    table(sheet, 640, sheet.about(634, 6), sheet.unlike(TILLEUL, CIEL))
    clay = CORAL if sheet.ground != SAUMON else SUN
    _pot(sheet, 330, ((250, 48), (290, 42), (400, 118), (590, 128), (714, 70)), sheet.unlike(SEA, FIR), 0)
    _pot(sheet, 586, ((360, 70), (400, 60), (500, 148), (620, 144), (714, 88)), clay, 1)
    _pot(sheet, 836, ((548, 138), (636, 116), (690, 64), (714, 60)), sheet.unlike(FIR, SEA), 2)
    for k, turn in enumerate((-104, -84, -64)):
        root = 330 + 260j
        spray(
            sheet,
            curve(root, root + aim(turn, 90), root + aim(turn + 10 * (k - 1), sheet.about(190, 10))),
            44,
            (FIR, LEAF, FIR)[k],
        )
    sheet.lay(ring(1012 + 626j, 46, 28), sheet.unlike(MAUVE, RED), 0.6)
    _pot(sheet, 968, ((560, 62), (640, 66), (706, 56)), sheet.unlike(MAUVE, RED), 3)


def _pot(sheet: Sheet, middle: float, knots: tuple[tuple[float, float], ...], colour: str, style: int) -> None:
    half = profile(*knots)
    top, foot = knots[0][0], knots[-1][0]
    sheet.lay(turned(middle, half, top, foot, 40), colour, 1.1)
    light = printed(colour, WHITE, 0.75)
    high = foot - top
    if style == 0:
        for share in (0.42, 0.62):
            sheet.print(turned(middle, half, top + high * share, top + high * share + 13), light)
        for k in range(-2, 3):
            at = complex(middle + k * 46, top + high * 0.545)
            sheet.print(leaf(at - 22j, at + 22j, 18), light)
    elif style == 1:
        sheet.print(turned(middle, half, top, top + high * 0.32), CREAM)
        for k in range(-2, 3):
            at = complex(middle + k * 52, top + high * 0.32)
            sheet.print(
                smooth(
                    [
                        at + p
                        for p in (
                            -24 - 4j,
                            24 - 4j,
                            13 + (30 + 12 * (k % 2)) * 1j,
                            40j + 12j * (k % 2),
                            -13 + (30 + 12 * (k % 2)) * 1j,
                        )
                    ]
                ),
                CREAM,
            )
        sheet.print(ellipse(complex(middle, top + high * 0.66), 16), CREAM)
    elif style == 2:
        for k in range(-2, 3):
            sheet.print(ellipse(complex(middle + k * 46, top + 40), 11), light)
    else:
        for y in (0.3, 0.5, 0.7):
            sheet.print(turned(middle, half, top + high * y, top + high * y + 10), light)
    sheet.lay(ellipse(complex(middle, top), half(top), half(top) * 0.17), printed(colour, INK, 0.3), 0.2)


def guitar(sheet: Sheet) -> None:
    sun(sheet, 600 + 380j, 320, ROSE, CREAM)
    way = aim(-58)
    at = 520 + 530j

    def turned_by(points: tuple[tuple[float, float], ...]) -> list[complex]:
        return pins(at, *points, turn=way)

    half = ((-210, 0), (-190, 112), (-90, 168), (10, 140), (70, 96), (140, 92), (220, 116), (262, 60))
    outline = (*half, (268, 0), *((x, -y) for x, y in reversed(half[1:])))
    sheet.lay(smooth(turned_by(outline)), BARK, 1.3)
    sheet.lay(smooth([at + (p - at) * 0.94 for p in turned_by(outline)]), AMBER, 0.3)
    for k in range(4):
        sheet.print(strip(turned_by(((-160 + k * 10, -100 + k * 66), (30, -96 + k * 64))), 4, 2), CRUST)
    sheet.lay(ellipse(at + 92 * way, 74), CREAM, 0.3)
    sheet.print(ellipse(at + 92 * way, 64), RED)
    sheet.print(ellipse(at + 92 * way, 56), INK)
    sheet.lay(polygon(turned_by(((100, -27), (640, -22), (640, 22), (100, 27)))), BARK, 0.6)
    for k in range(9):
        x = 190 + k * 50
        sheet.print(strip(turned_by(((x, -24), (x, 24))), 5), OR)
    sheet.lay(polygon(turned_by(((636, -28), (780, -40), (800, 0), (780, 40), (636, 28)))), CRUST, 0.7)
    for x in (676, 720, 762):
        for side in (-1, 1):
            sheet.lay(ellipse(at + complex(x, side * 50) * way, 15, 10, -58), CREAM, 0.4)
    sheet.lay(polygon(turned_by(((-110, -66), (-84, -66), (-84, 66), (-110, 66)))), BARK, 0.5)
    for k in range(6):
        y = -17 + k * 6.8
        sheet.print(strip(turned_by(((-98, y * 1.4), (770, y))), 2.4), CREAM)
    for x, y, size, colour in ((300, 190, 1.0, SEA), (880, 480, 1.2, RED), (960, 240, 0.8, FIR), (250, 420, 0.7, RED)):
        note(sheet, complex(x, y), 60 * size, colour if colour != sheet.ground else INK)


def note(sheet: Sheet, at: complex, size: float, colour: str) -> None:
    sheet.lay(strip([at + size * 0.36, at + complex(size * 0.36, -size * 1.7)], size * 0.17), colour, 0.5)
    sheet.lay(ellipse(at, size * 0.46, size * 0.33, -24), colour, 0.5)
    flag = at + complex(size * 0.3, -size * 1.7)
    sheet.lay(
        smooth(
            [
                flag,
                flag + complex(0.7, 0.5) * size,
                flag + complex(0.66, 1.06) * size,
                flag + complex(0.46, 0.7) * size,
                flag + 0.5j * size,
            ]
        ),
        colour,
        0.5,
    )


def camera(sheet: Sheet) -> None:
    sheet.print(strip(curve(-20 + 70j, 600 + 190j, 1220 + 50j), 5), INK)
    for k, (x, y, turn) in enumerate(((250, 110, -5), (480, 128, 3), (720, 124, -3), (950, 96, 6))):
        _print(sheet, complex(x, y), turn, k)
    table(sheet, 660, sheet.about(668, 6), sheet.unlike(PINK, SEA))
    body = sheet.unlike(INK)
    sheet.lay(slab(470 + 326j, 250, 70, 18), body, 0.8)
    sheet.lay(slab(330 + 362j, 540, 344, 34), body, 1.3)
    sheet.print(slab(330 + 430j, 540, 190, 4), CRUST if sheet.ground != SAUMON else SEA)
    for k in range(13):
        sheet.print(
            strip([complex(344 + k * 40, 436), complex(344 + k * 40, 614)], 3),
            printed(CRUST if sheet.ground != SAUMON else SEA, INK, 0.25),
        )
    sheet.lay(slab(366 + 338j, 76, 30, 9), RED if sheet.ground != ROSE else OR, 0.5)
    sheet.lay(slab(760 + 382j, 78, 36, 8), GLASS, 0.3)
    at = 600 + 526j
    for radius, colour, lift in (
        (154, STEEL, 1.0),
        (136, INK, 0.4),
        (104, SEA, 0.3),
        (74, printed(SEA, INK, 0.5), 0.2),
    ):
        sheet.lay(ellipse(at, radius), colour, lift)
    sheet.print(ellipse(at - 36 - 40j, 30, 20, -40), CIEL)
    sheet.print(ellipse(at + 34 + 30j, 10), PALE_SEA)
    for k in range(24):
        sheet.print(strip([at + aim(15 * k, 140), at + aim(15 * k, 151)], 5), INK)


def _print(sheet: Sheet, at: complex, turn: float, kind: int) -> None:
    """A small photograph on the string, with its peg."""
    tilt = aim(turn)

    def box(x: float, y: float, wide: float, high: float) -> str:
        return polygon(
            [at + complex(a, b) * tilt for a, b in ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))]
        )

    sheet.lay(box(-82, 0, 164, 190), WHITE if sheet.ground != WHITE else CREAM, 0.9)
    sheet.print(box(-66, 16, 132, 126), (CIEL, SAUMON, TILLEUL, PARME)[kind])
    middle = at + 80j * tilt
    if kind == 0:
        sheet.print(
            polygon(
                [
                    at + complex(a, b) * tilt
                    for a, b in ((-66, 142), (-66, 100), (-10, 60), (30, 96), (66, 76), (66, 142))
                ]
            ),
            FIR,
        )
        sheet.print(ellipse(middle + 36 - 34j, 17), OR)
    elif kind == 1:
        peony(sheet, middle, 46)
    elif kind == 2:
        sheet.print(ellipse(middle - 8j, 30), CRUST)
        sheet.print(smooth([middle + p for p in (-50 + 62j, -34 + 28j, 34 + 28j, 50 + 62j)]), RED)
    else:
        daisy(sheet, middle, 48)
    sheet.lay(box(-9, -24, 18, 50), AMBER, 0.4)
