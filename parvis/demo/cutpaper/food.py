"""Bread, cake, cheese: what is weighed, cut and shared."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
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
    SHADE,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import daisy, grapes
from .setting import bunting, quad, table
from .shapes import aim, curve, ellipse, leaf, polygon, smooth, strip, turned


def bread(sheet: Sheet) -> None:
    cloth = CIEL if sheet.ground in (OR, SAUMON) else sheet.unlike(WHITE, CREAM)
    table(sheet, 560, sheet.about(520, 8), cloth)
    wheat(sheet, 1010 + 800j, 1120 + 120j)
    wheat(sheet, 1080 + 810j, 1030 + 210j)
    baguette(sheet, 90 + 420j, 1010 + 150j, AMBER)
    baguette(sheet, 170 + 560j, 1090 + 330j, CRUST)
    loaf(sheet, complex(sheet.about(420, 10), 566), 196)
    for i in range(3):
        roll(sheet, complex(716 + 122 * i, 640 - 14 * (i % 2)), 74)


def baguette(sheet: Sheet, start: complex, end: complex, colour: str) -> None:
    along = end - start
    side = along / abs(along) * 1j
    knots = ((0, 0), (0.06, 38), (0.25, 60), (0.5, 66), (0.75, 60), (0.94, 38), (1, 0))
    upper = [start + along * t - side * (w + 26 * (1 - (2 * t - 1) ** 2)) for t, w in knots]
    lower = [start + along * t + side * (w - 26 * (1 - (2 * t - 1) ** 2)) for t, w in reversed(knots[1:-1])]
    sheet.lay(smooth(upper + lower), colour, 1.2)
    for i in range(7):
        t = 0.14 + 0.12 * i
        middle = start + along * t - side * 26 * (1 - (2 * t - 1) ** 2)
        lean = along / abs(along) * aim(-38)
        reach = sheet.about(62, 4) * (1 - 0.5 * (2 * t - 1) ** 2)
        sheet.lay(leaf(middle - lean * reach, middle + lean * reach, 27), CREAM, 0.3)


def loaf(sheet: Sheet, at: complex, radius: float) -> None:
    sheet.lay(ellipse(at, radius, radius * 0.94), BARK, 1.3)
    sheet.lay(ellipse(at - 6j, radius * 0.92, radius * 0.85), CRUST, 0.3)
    sheet.print(ellipse(at - 10 - 14j, radius * 0.74, radius * 0.66), AMBER)
    for i in range(-2, 3):
        half = radius * (0.68 - abs(i) * 0.13)
        for turn, colour in ((24, CREAM), (114, CREAM)):
            middle = at - 8j + aim(turn + 90, radius * 0.27 * i)
            sheet.print(leaf(middle - aim(turn, half), middle + aim(turn, half), 15), colour)


def roll(sheet: Sheet, at: complex, size: float) -> None:
    sheet.lay(ellipse(at, size, size * 0.66), CRUST, 0.8)
    sheet.print(ellipse(at - 6j, size * 0.86, size * 0.5), AMBER)
    sheet.lay(leaf(at - size * 0.66 - 4j, at + size * 0.66 - 10j, 26), CREAM, 0.3)


def wheat(sheet: Sheet, foot: complex, tip: complex) -> None:
    gold = sheet.unlike(GOLD) if sheet.ground != OR else CRUST
    line = curve(foot, (foot + tip) / 2 + 60, tip, 22)
    sheet.lay(strip(line, 8, 4), gold, 0.4)
    for i in range(11, 22):
        along = (line[i] - line[i - 1]) / abs(line[i] - line[i - 1])
        for side in (-30, 30):
            sheet.lay(
                leaf(line[i], line[i] + along * aim(side, 62), 24),
                gold if side > 0 else printed(gold, RED, 0.2),
                0.4,
            )
    sheet.lay(leaf(tip, tip + (line[-1] - line[-2]) * 2.2, 24), gold, 0.4)


def cake(sheet: Sheet) -> None:
    bunting(sheet, 80)
    table(sheet, 664, sheet.about(680, 6), sheet.unlike(WHITE, CREAM))
    sheet.lay(ellipse(600 + 690j, 360, 44), sheet.unlike(SEA))
    _tier(sheet, (330, 446, 870, 690), sheet.unlike(PINK, MAUVE))
    for i in range(6):
        daisy(sheet, complex(388 + 85 * i, 610), 38, ((OR, BARK), (WHITE, OR), (RED, OR))[i % 3])
    _tier(sheet, (440, 290, 760, 462), sheet.unlike(ROSE, CREAM))
    for i in range(5):
        _candle(sheet, 488 + 56 * i, (SEA, OR, RED, LEAF, MAUVE)[i])
    _confetti(sheet)


def _tier(sheet: Sheet, box: tuple[float, float, float, float], colour: str) -> None:
    """One storey with cream that runs over its edge. `box`: left, top, right, bottom."""
    left, top, right, bottom = box
    quad(sheet, complex(left, top), right - left, bottom - top, colour, 1.0)
    count = round((right - left) / 68)
    step = (right - left + 24) / count
    drips = [complex(left - 12, top - 22), complex(right + 12, top - 22)]
    for i in range(count):
        x, low = right + 12 - step * i, sheet.about(top + 58, 16)
        drips += [
            complex(x, top + 14),
            complex(x - step * 0.2, low),
            complex(x - step * 0.5, low + 10),
            complex(x - step * 0.8, low),
            complex(x - step, top + 14),
        ]
    sheet.lay(smooth(drips), WHITE if colour != WHITE else CREAM, 0.7)


def _candle(sheet: Sheet, x: float, colour: str) -> None:
    high = sheet.about(196, 12)
    colour = colour if colour != sheet.ground else INK
    quad(sheet, complex(x - 9, high + 20), 18, 276 - high, colour, 0.5)
    sheet.lay(
        leaf(complex(x, high + 22), complex(x + sheet.about(0, 5), high - 44), 34),
        OR if sheet.ground != OR else RED,
        0.5,
    )
    sheet.print(leaf(complex(x, high + 18), complex(x, high - 14), 15), CORAL)


def _confetti(sheet: Sheet) -> None:
    for _ in range(46):
        at = complex(sheet.random.uniform(40, 1160), sheet.random.uniform(180, 620))
        if 300 < at.real < 900 and at.imag > 110:
            continue
        turn = sheet.random.uniform(0, 90)
        piece = polygon([at + aim(turn + 90 * k, sheet.random.uniform(9, 15)) for k in range(4)])
        sheet.lay(piece, sheet.random.choice([c for c in (OR, SEA, PINK, WHITE, RED) if c != sheet.ground]), 0.4)


def cheese(sheet: Sheet) -> None:
    sheet.lay(ellipse(complex(sheet.about(560, 20), 330), 280), sheet.unlike(TILLEUL, CORAL))
    table(sheet, 500, sheet.about(484, 8), SEA)
    sheet.lay(ellipse(600 + 560j, 520, 150), BARK, 1.2)
    sheet.lay(ellipse(600 + 540j, 520, 146), AMBER, 0.3)
    for y in (490, 536, 582):
        sheet.print(strip(curve(complex(160, y), complex(600, y + 26), complex(1040, y - 6)), 4), CRUST)
    _brie(sheet, 486 + 390j)
    _wedge(sheet, 830 + 526j)
    for at, turn in ((250 + 630j, -160), (300 + 652j, -20)):
        sheet.lay(leaf(at, at + aim(turn, 150), 60), LEAF if turn < -100 else FIR)
    grapes(sheet, 1010 + 460j, 27, (MAUVE, printed(MAUVE, SEA, 0.5)))


def _brie(sheet: Sheet, at: complex) -> None:
    cut = [at, at + complex(118, 112), at + complex(270, 62)]
    sheet.lay(
        turned(
            at.real,
            lambda y: 300 * (1 - max(0.0, (y - at.imag - 90) / 124) ** 2) ** 0.5,
            at.imag,
            at.imag + 213,
        ),
        CREAM,
        1.2,
    )
    sheet.lay(ellipse(at, 300, 120), WHITE, 0.3)
    for _ in range(16):
        mark = at + complex(sheet.random.uniform(-220, 60), sheet.random.uniform(-74, 54))
        sheet.print(strip([mark, mark + sheet.random.uniform(24, 60)], 5, 3), SHADE)
    sheet.print(polygon([cut[0], cut[1], cut[1] + 96j, cut[0] + 90j]), printed(OR, CREAM, 0.5))
    sheet.print(polygon([cut[0], cut[2], cut[2] + 92j, cut[0] + 90j]), GOLD)
    sheet.print(polygon([cut[0] + 90j, cut[2] + 92j, cut[1] + 100j]), AMBER)


def _wedge(sheet: Sheet, at: complex) -> None:
    tip, back, near = at + complex(-190, 40), at + complex(150, -86), at + complex(176, 26)
    sheet.lay(polygon([tip, back, near]), OR, 1.1)
    sheet.lay(polygon([tip, near, near + 92j, tip + 78j]), GOLD, 0.4)
    sheet.lay(polygon([back, back + complex(26, 10), near + complex(22, 96), near + 92j, near]), CRUST, 0.4)
    for x, y, size in ((-60, 78, 19), (40, 84, 26), (114, 66, 14), (-4, 52, 11)):
        sheet.print(ellipse(at + complex(x, y), size, size * 0.8), AMBER)
