"""What stands in a house: lights, plants, things with a past."""

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
    SAGE,
    SAUMON,
    SEA,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import berries, daisy, pine
from .setting import quad, shelf, sun, table
from .shapes import aim, curve, ellipse, leaf, pins, polygon, profile, ring, scalloped, slab, smooth, strip, turned


def candles(sheet: Sheet) -> None:
    sun(sheet, 600 + 300j, 272, SUN, OR)
    table(sheet, 640, sheet.about(652, 8), sheet.unlike(CIEL, WHITE))
    for k, (x, high, colour) in enumerate(((430, 300, CREAM), (600, 400, PINK), (762, 230, OR))):
        colour = colour if colour != sheet.ground else WHITE
        _taper(sheet, complex(x, 690), high, (58, 50, 66)[k], colour)
    for start, end in ((180 + 740j, 520 + 700j), (1040 + 746j, 700 + 716j)):
        pine(sheet, curve(start, (start + end) / 2 - 26j, end, 11), 62)
    for at in (500 + 728j, 700 + 738j, 340 + 722j, 880 + 738j):
        berries(sheet, at)
    sheet.lay(scalloped(600 + 742j, 40, 9, 0.2), BARK, 0.7)
    sheet.print(scalloped(600 + 742j, 24, 7, 0.25), CRUST)


def _taper(sheet: Sheet, foot: complex, high: float, half: float, colour: str) -> None:
    sheet.lay(slab(foot - half - 1j * high, half * 2, high, 14), colour, 1.1)
    sheet.print(slab(foot - half * 0.74 - 1j * (high - 20), half * 0.24, high - 50, 7), printed(colour, WHITE, 0.55))
    run = [
        foot + complex(x * half, y - high)
        for x, y in (
            (-1, 4),
            (0.98, 0),
            (1, 40),
            (0.7, 74),
            (0.46, 30),
            (0.1, 22),
            (-0.2, 62),
            (-0.5, 28),
            (-0.8, 44),
            (-1, 28),
        )
    ]
    sheet.lay(smooth(run), printed(colour, WHITE, 0.35), 0.4)
    top = foot - 1j * high
    sheet.print(strip([top + 4j, top - 22j], 6), INK)
    sheet.lay(leaf(top - 8j, top + complex(sheet.about(0, 6), -118), 58), OR if sheet.ground != OR else CREAM, 0.6)
    sheet.print(leaf(top - 12j, top - 76j, 28), SUN)
    sheet.print(leaf(top - 14j, top - 48j, 15), CREAM)


def houseplants(sheet: Sheet) -> None:
    sun(sheet, 600 + 300j, 270, ROSE, CREAM)
    shelf(sheet, 690)
    _cactus(sheet, 360 + 690j)
    _monstera(sheet, 626 + 690j)
    _trailing(sheet, 872 + 690j)


def planter(sheet: Sheet, foot: complex, half: float, high: float, colour: str) -> None:
    shape = profile((foot.imag - high, half), (foot.imag, half * 0.74))
    sheet.lay(turned(foot.real, shape, foot.imag - high, foot.imag), colour, 1.1)
    sheet.lay(slab(foot - half * 1.1 - 1j * (high + 12), half * 2.2, 42, 10), colour, 0.5)
    for k in range(-2, 3):
        at = foot + complex(k * half * 0.36, -high * 0.4)
        sheet.print(polygon([at - 16j, at + 14, at + 16j, at - 14]), printed(colour, WHITE, 0.6))


def _monstera(sheet: Sheet, foot: complex) -> None:
    top = foot - 150j
    for k, (turn, reach) in enumerate(
        ((-150, 250), (-118, 330), (-90, 410), (-60, 330), (-28, 250), (-104, 200), (-74, 220))
    ):
        head = top + aim(turn, reach)
        sheet.lay(strip(curve(top, top + aim(turn * 0.5 - 45, reach * 0.5), head), 11, 7), LEAF, 0.4)
        _split_leaf(sheet, head, 88 - 6 * (k > 4), turn, (FIR, LEAF, FIR, LEAF, FIR, DEEP_FIR, LEAF)[k])
    planter(sheet, foot, 110, 160, CORAL if sheet.ground != SAUMON else SEA)


def _split_leaf(sheet: Sheet, at: complex, size: float, turn: float, colour: str) -> None:
    way = aim(turn)
    rim = []
    for x, y in (
        (-0.5, 0),
        (-0.64, 0.5),
        (-0.2, 0.86),
        (-0.02, 0.4),
        (0.2, 0.88),
        (0.4, 0.36),
        (0.66, 0.64),
        (0.74, 0.26),
        (1.2, 0),
    ):
        rim.append(complex(x, y))
    outline = [*rim, *(p.conjugate() for p in reversed(rim[1:-1]))]
    sheet.lay(polygon([at + p * size * way for p in outline]), colour, 0.7)
    sheet.print(strip([at - 0.4 * size * way, at + 1.0 * size * way], 5, 2), SAGE)


def _cactus(sheet: Sheet, foot: complex) -> None:
    green = sheet.unlike(LEAF)
    body = foot - 120j
    sheet.lay(slab(body + complex(-52, -250), 104, 270, 50), green, 1.1)
    for side, low, high in ((-1, -110, 100), (1, -150, 84)):
        root = body + complex(side * 44, low)
        sheet.lay(strip([root, root + side * 52], 44), green, 0.7)
        sheet.lay(slab(root + complex(side * 62 - 24, -high), 48, high + 24, 24), green, 0.7)
    for row in range(6):
        for x in (-26, 0, 26):
            at = body + complex(x, -214 + row * 40 + (12 if x else 0))
            sheet.print(strip([at - 8, at + 8], 3.5), CREAM)
            sheet.print(strip([at - 7j, at + 7j], 3.5), CREAM)
    daisy(sheet, body - 254j, 44, (PINK if sheet.ground != ROSE else RED, OR))
    planter(sheet, foot, 86, 128, sheet.unlike(OR, MAUVE))


def _trailing(sheet: Sheet, foot: complex) -> None:
    top = foot - 250j
    for k in range(9):
        turn = -170 + k * 20
        line = curve(
            top,
            top + aim(turn, 110),
            top + aim(turn, 70) + complex((k - 4) * 34, sheet.about(170 - 26 * abs(k - 4), 24)),
            9,
        )
        sheet.lay(strip(line, 6, 3), SAGE, 0.3)
        for i in range(1, 10):
            sheet.lay(
                ellipse(line[i], 21, 15, 40 * (i % 3)),
                (LEAF, FIR, SAGE)[(i + k) % 3] if sheet.ground != TILLEUL else (LEAF, FIR)[(i + k) % 2],
                0.4,
            )
    half = profile((foot.imag - 252, 80), (foot.imag - 160, 96), (foot.imag, 60))
    sheet.lay(turned(foot.real, half, foot.imag - 246, foot.imag), sheet.unlike(SEA, FIR), 1.1)
    for y in (-190, -164):
        sheet.print(turned(foot.real, half, foot.imag + y, foot.imag + y + 11), CREAM)


def attic(sheet: Sheet) -> None:
    """A clock, a lamp, a frame, a chest: what waits for a second life."""
    table(sheet, 664, sheet.about(672, 6), sheet.unlike(SAGE, BARK))
    frame = 880 + 220j
    sheet.lay(slab(frame - 150 - 120j, 300, 240, 10), GOLD if sheet.ground != OR else CRUST, 1.0)
    sheet.lay(slab(frame - 116 - 88j, 232, 176, 4), CIEL if sheet.ground != CIEL else CREAM, 0.3)
    sheet.print(
        polygon(pins(frame, (-116, 88), (-116, 40), (-40, -30), (30, 30), (70, 0), (116, 40), (116, 88))),
        FIR,
    )
    sheet.print(ellipse(frame + 66 - 44j, 22), SUN)
    sheet.lay(slab(560 + 470j, 440, 230, 16), CRUST, 1.2)
    for y in (494, 602):
        sheet.lay(slab(complex(584, y), 392, 88, 8), AMBER if sheet.ground != OR else BARK, 0.5)
        sheet.lay(ring(complex(780, y + 40), 28, 19), INK, 0.5)
    for x in (590, 940):
        sheet.lay(
            polygon([complex(x - 20, 700), complex(x + 30, 700), complex(x + 18, 746), complex(x - 8, 746)]), BARK, 0.6
        )
    _clock(sheet, 690 + 372j)
    _lamp(sheet, 340 + 740j)
    sheet.lay(turned(900, profile((360, 18), (392, 20), (430, 50), (470, 34)), 360, 470), sheet.unlike(SEA, RED), 0.8)
    daisy(sheet, 900 + 340j, 44, (WHITE if sheet.ground != WHITE else ROSE, OR))


def _clock(sheet: Sheet, at: complex) -> None:
    sheet.lay(
        smooth(pins(at, (-116, 96), (-92, -40), (0, -120), (92, -40), (116, 96))),
        RED if sheet.ground != ROSE else MAUVE,
        1.0,
    )
    sheet.lay(ellipse(at - 6j, 74), CREAM, 0.4)
    for k in range(12):
        sheet.print(strip([at - 6j + aim(30 * k, 54), at - 6j + aim(30 * k, 64)], 5), INK)
    sheet.print(strip([at - 6j, at - 52j], 7, 4), INK)
    sheet.print(strip([at - 6j, at + 30 + 10j], 8, 5), INK)
    sheet.print(ellipse(at - 6j, 8), RED)


def _lamp(sheet: Sheet, foot: complex) -> None:
    sheet.lay(ellipse(foot, 110, 22), INK, 0.8)
    sheet.lay(strip([foot, foot - 420j], 18), INK, 0.7)
    for y in (120, 240):
        sheet.lay(ellipse(foot - 1j * y, 22, 30), GOLD if sheet.ground != OR else CRUST, 0.5)
    shade = sheet.unlike(CORAL, SEA)
    sheet.lay(polygon([foot + p for p in (-86 - 600j, 86 - 600j, 158 - 380j, -158 - 380j)]), shade, 1.1)
    for k in range(5):
        x = -2 + k
        sheet.print(strip([foot + complex(x * 36, -598), foot + complex(x * 66, -382)], 7), printed(shade, CREAM, 0.5))
    for k in range(11):
        at = foot + complex(-146 + k * 29, -374)
        sheet.lay(strip([at, at + 30j], 7), OR if sheet.ground != OR else CREAM, 0.3)


def mat(sheet: Sheet) -> None:
    """A rolled mat, a cushion, a plant: an hour to breathe."""
    sun(sheet, 620 + 320j, 280, OR, CORAL)
    table(sheet, 620, sheet.about(610, 8), sheet.unlike(CREAM, TILLEUL))
    mat_colour = sheet.unlike(MAUVE, SEA)
    sheet.lay(polygon([300 + 640j, 1010 + 640j, 1080 + 752j, 250 + 752j]), mat_colour, 0.9)
    sheet.print(polygon([330 + 658j, 990 + 658j, 1040 + 734j, 292 + 734j]), printed(mat_colour, WHITE, 0.3))
    roll = sheet.unlike(PINK, RED)
    sheet.lay(slab(560 + 520j, 400, 150, 74), roll, 1.1)
    sheet.lay(ellipse(634 + 595j, 75), printed(roll, INK, 0.2), 0.3)
    spiral = [634 + 595j + aim(k * 24, 8 + k * 2.1) for k in range(30)]
    sheet.print(strip(spiral, 8), roll)
    for x in (740, 860):
        quad(sheet, complex(x, 514), 26, 162, CREAM, 0.4)
    for k, turn in enumerate((-164, -140, -115, -90, -65, -40, -16)):
        root = 380 + 500j
        green = (FIR, LEAF, SAGE)[k % 3] if sheet.ground != TILLEUL else (FIR, LEAF)[k % 2]
        sheet.lay(leaf(root, root + aim(turn, sheet.about(310 - 34 * abs(k - 3), 10)), 86), green, 0.7)
    planter(sheet, 380 + 700j, 100, 196, SEA if sheet.ground != CIEL else FIR)
