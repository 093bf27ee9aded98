"""What a cook serves."""

from .basket import lemon
from .drinks import steam
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
    OR,
    RED,
    ROSE,
    SAGE,
    SAUMON,
    SEA,
    SHADE,
    STEEL,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import daisy, orange
from .setting import plate, quad, sun, table
from .shapes import aim, arc, curve, ellipse, leaf, pins, polygon, ring, scalloped, slab, smooth, strip


def pizza(sheet: Sheet) -> None:
    table(sheet, 640, sheet.about(650, 8), sheet.unlike(RED, SEA))
    at = 570 + 400j
    sheet.lay(ellipse(at + 8j, 346), BARK, 1.4)
    sheet.lay(ellipse(at, 344), sheet.unlike(CREAM, WHITE), 0.2)
    sheet.print(ring(at, 332, 326), AMBER)
    away = aim(-32, 96)
    _slice(sheet, at, -4, 300)
    _slice(sheet, at + away, -60, -4)
    toppings = [(k * 43 + 8, 78 + 64 * (k % 3), k) for k in range(16)]
    for way, reach, kind in toppings:
        if not -66 < (way + 180) % 360 - 180 < 2:
            _topping(sheet, at + aim(way, reach), kind % 4)
    _topping(sheet, at + away + aim(-40, 170), 0)
    _topping(sheet, at + away + aim(-20, 210), 1)
    _topping(sheet, at + away + aim(-30, 96), 3)
    for x, y, turn in ((950, 690, -40), (1010, 716, 20), (962, 736, 100)):
        sheet.lay(leaf(complex(x, y), complex(x, y) + aim(turn, 84), 42), (LEAF, FIR)[turn > 0], 0.6)


def _slice(sheet: Sheet, at: complex, start: float, end: float) -> None:
    """A part of the pizza, between two directions."""
    steps = max(8, int((end - start) / 6))
    for radius, colour, lift in ((306, CRUST, 1.0), (262, RED, 0.3), (244, OR, 0.2)):
        rim = [at + aim(start + (end - start) * i / steps, sheet.about(radius, 4)) for i in range(steps + 1)]
        sheet.lay(polygon([at, *rim]), colour, lift)
    for _ in range(max(2, steps // 5)):
        spot = at + aim(start + 12 + (end - start - 24) * sheet.random.random(), sheet.random.uniform(60, 215))
        sheet.print(scalloped(spot, sheet.about(26, 6), 6, 0.2), CREAM)
    sheet.print(strip(arc(at, 285, start + 4, end - 4), 10), AMBER)


def _topping(sheet: Sheet, at: complex, kind: int) -> None:
    if kind in (0, 2):
        sheet.lay(ellipse(at, 40), SUN, 0.5)
        sheet.print(ellipse(at, 31), CORAL)
        for k in range(5):
            sheet.print(ellipse(at + aim(72 * k + 10, 17), 6, 4, 72 * k), CREAM)
    elif kind == 1:
        for turn in (-150, -30):
            sheet.lay(leaf(at, at + aim(turn + sheet.about(0, 20), 66), 36), LEAF if turn < -90 else FIR, 0.5)
    else:
        for shift in (-26, 24 + 18j):
            sheet.lay(ring(at + shift, 19, 8), INK, 0.4)


def dinner(sheet: Sheet) -> None:
    """A plate seen from above, on a striped cloth."""
    colour = sheet.unlike(SEA, RED)
    for i in range(-1, 9):
        x = 40 + i * 150
        sheet.print(
            polygon([complex(x, -20), complex(x + 74, -20), complex(x + 60, 820), complex(x - 14, 820)]),
            WHITE if sheet.ground != WHITE else CREAM,
        )
    at = 600 + 420j
    quad(sheet, 196 + 190j, 150, 470, colour, 0.8)
    for y in (600, 622):
        sheet.print(strip([complex(200, y), complex(342, y)], 7), OR)
    sheet.lay(ellipse(at, 270), WHITE if sheet.ground != WHITE else CREAM, 1.4)
    sheet.print(ring(at, 256, 246), colour)
    sheet.lay(ellipse(at, 196), SHADE, 0.2)
    sheet.print(ellipse(at + 2j, 192), WHITE)
    _fork(sheet, 272 + 250j)
    _knife(sheet, 928 + 250j)
    _on_the_plate(sheet, at)
    sheet.lay(ellipse(922 + 128j, 84), CIEL if sheet.ground != CIEL else SAUMON, 1.1)
    sheet.print(ellipse(922 + 128j, 70), printed(CIEL, WHITE, 0.6))
    sheet.lay(ellipse(922 + 128j, 30), OR, 0.4)
    sheet.print(ellipse(922 + 128j, 23), CREAM)
    _bread(sheet, 280 + 112j)


def _bread(sheet: Sheet, at: complex) -> None:
    sheet.lay(ellipse(at, 92, 62, -18), CRUST, 0.9)
    sheet.print(ellipse(at - 4j, 80, 48, -18), AMBER)
    for shift in (-34, 0, 34):
        middle = at + aim(-18, shift)
        sheet.lay(leaf(middle + aim(60, 34), middle - aim(60, 34), 16), CREAM, 0.3)


def _on_the_plate(sheet: Sheet, at: complex) -> None:
    """A roasted breast, fried potatoes, peas."""
    whole = [(-158, 6), (-90, -96), (40, -104), (108, -34), (40, 60), (-84, 96)]
    sheet.lay(smooth(pins(at, *whole)), CRUST, 1.0)
    sheet.print(smooth([at + complex(x, y) * 0.84 - 6 for x, y in whole]), AMBER)
    for k in range(4):
        start = at + complex(-118 + 52 * k, 44 - 12 * k)
        sheet.print(strip([start, start + complex(40, -84)], 10), BARK)
    for k in range(7):
        root = at + complex(10 + k * 18, 128 - k * 22)
        corners = (aim(20 + 9 * k, 120), aim(26 + 9 * k, 124), aim(60 + 9 * k, 26), 0)
        sheet.lay(polygon([root + aim(-64, 60) * 0.3 + c for c in corners]), (OR, GOLD)[k % 2], 0.5)
    for _ in range(16):
        pea = at + complex(sheet.about(78, 52), sheet.about(-118, 34))
        sheet.lay(ellipse(pea, 16), sheet.random.choice((LEAF, SAGE, FIR)), 0.4)
    for turn in (-160, -120):
        sheet.lay(leaf(at - 10 - 60j, at - 10 - 60j + aim(turn, 92), 44), (FIR, LEAF)[turn < -140], 0.5)


def _fork(sheet: Sheet, at: complex) -> None:
    metal = sheet.unlike(STEEL)
    sheet.lay(slab(at + complex(-9, 120), 18, 250, 9), metal, 0.6)
    sheet.lay(smooth(pins(at, (-32, 62), (32, 62), (24, 122), (0, 146), (-24, 122))), metal, 0.5)
    for x in (-27, 0, 27):
        sheet.lay(slab(at + complex(x - 6, 0), 12, 84, 6), metal, 0.3)


def _knife(sheet: Sheet, at: complex) -> None:
    sheet.lay(
        polygon(pins(at, (-14, 0), (8, -6), (24, 60), (24, 212), (-14, 212))),
        sheet.unlike(STEEL),
        0.6,
    )
    sheet.lay(slab(at + complex(-16, 206), 42, 172, 16), INK, 0.6)


def stew(sheet: Sheet) -> None:
    """A pot with its lid ajar, and what went into it."""
    sun(sheet, 600 + 330j, 270, OR, SAUMON)
    table(sheet, 610, sheet.about(630, 8), sheet.unlike(CREAM, TILLEUL))
    pot = RED if sheet.ground != ROSE else SEA
    dark = printed(pot, INK, 0.3)
    steam(sheet, 610 + 222j, sheet.unlike(WHITE, CREAM))
    for side in (-1, 1):
        sheet.lay(ring(complex(600 + side * 262, 420), 56, 30), dark, 0.8)
    sheet.lay(
        smooth(pins(600, (-262, 330), (262, 330), (256, 560), (200, 660), (-200, 660), (-256, 560))),
        pot,
        1.3,
    )
    sheet.print(strip([350 + 610j, 850 + 610j], 12), dark)
    sheet.print(strip(curve(372 + 400j, 364 + 500j, 398 + 590j), 16, 6), printed(pot, WHITE, 0.4))
    sheet.lay(ellipse(600 + 336j, 262, 58), dark, 0.4)
    sheet.print(ellipse(600 + 342j, 236, 44), CRUST)
    for x, y, colour in (
        (-150, -4, AMBER),
        (-66, 14, LEAF),
        (10, -10, SUN),
        (88, 12, AMBER),
        (160, -4, SAGE),
        (-20, 22, CREAM),
    ):
        sheet.lay(ellipse(complex(600 + x, 342 + y), 32, 17, x), colour, 0.3)
    sheet.lay(polygon(pins(600, (60, 330), (86, 334), (310, 96), (288, 80))), AMBER, 0.7)
    sheet.lay(ellipse(900 + 82j, 20), AMBER, 0.4)
    for i, (x, y) in enumerate(((300, 716), (366, 740))):
        _carrot(sheet, complex(x, y), 12 + 10 * i)
    onion(sheet, 850 + 690j, 62)
    onion(sheet, 944 + 712j, 46)


def _carrot(sheet: Sheet, top: complex, turn: float) -> None:
    for spread in (-26, 0, 26):
        sheet.lay(leaf(top, top + aim(180 + turn + spread, 92), 22), (LEAF, FIR)[spread == 0], 0.4)
    sheet.lay(
        smooth([top + aim(turn + a, r) for a, r in ((-90, 26), (-14, 110), (0, 190), (14, 110), (90, 26))]), SUN, 0.8
    )
    for reach in (46, 84, 120):
        sheet.print(strip([top + aim(turn - 12, reach), top + aim(turn + 4, reach + 6)], 5, 2), AMBER)


def onion(sheet: Sheet, at: complex, size: float) -> None:
    sheet.lay(leaf(at - 0.5j * size, at - 1.7j * size + size * 0.2, size * 0.5), TILLEUL, 0.4)
    sheet.lay(
        smooth(pins(at, (-1, 0.1), (-0.5, -0.8), (0, -1.05), (0.5, -0.8), (1, 0.1), (0, 0.86), turn=size)),
        CRUST,
        0.8,
    )
    for x in (-0.5, 0, 0.5):
        sheet.print(strip(curve(at - 0.9j * size, at + size * x * 1.7, at + 0.74j * size), 4), AMBER)


def crepes(sheet: Sheet) -> None:
    sun(sheet, 600 + 300j, 236, OR, CORAL)
    table(sheet, 590, sheet.about(604, 8), sheet.unlike(SEA, RED))
    plate(sheet, 600 + 640j, 400, 118)
    for i in range(7):
        half = sheet.about(286 - i * 5, 8)
        y = 634 - i * 27
        sheet.lay(ellipse(complex(sheet.about(600, 8), y), half, 62), (CRUST, AMBER, GOLD)[i % 3], 0.5)
        sheet.lay(ellipse(complex(600, y - 8), half - 5, 56), CREAM if i % 2 else printed(CREAM, AMBER, 0.3), 0.1)
    top = 600 + 462j
    sheet.print(ellipse(top, 230, 44), AMBER)
    sheet.print(ellipse(top, 206, 37), GOLD)
    for _ in range(16):
        spot = top + complex(sheet.random.uniform(-180, 180), sheet.random.uniform(-24, 24))
        sheet.print(ellipse(spot, sheet.about(16, 6), 6), AMBER)
    drip = [
        (-150, -10),
        (0, -30),
        (150, -10),
        (172, 60),
        (150, 96),
        (128, 44),
        (60, 34),
        (40, 140),
        (14, 150),
        (-2, 40),
        (-90, 36),
        (-112, 82),
        (-134, 86),
        (-146, 30),
    ]
    sheet.lay(smooth(pins(top, *drip)), CRUST, 0.5)
    sheet.lay(polygon(pins(top, (-62, -20), (30, -40), (66, -10), (-28, 14))), OR, 0.5)
    sheet.lay(polygon(pins(top, (-28, 14), (66, -10), (66, 16), (-28, 42))), GOLD, 0.1)
    sheet.lay(polygon(pins(top, (-62, -20), (-28, 14), (-28, 42), (-62, 6))), AMBER, 0.1)
    orange(sheet, 300 + 676j)
    lemon(sheet, 910 + 676j, 52)
    daisy(sheet, 980 + 700j, 40, (WHITE if sheet.ground != WHITE else ROSE, OR))
    steam(sheet, 600 + 380j, sheet.unlike(WHITE, CREAM))
