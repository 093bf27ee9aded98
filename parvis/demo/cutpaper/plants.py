"""Leaves, flowers and what a florist makes of them."""

from collections.abc import Callable

from .paper import (
    AMBER,
    BARK,
    CORAL,
    CREAM,
    DEEP_FIR,
    DEEP_RED,
    FIR,
    GOLD,
    GREENS,
    INK,
    LEAF,
    MAUVE,
    OR,
    PARME,
    PINK,
    RED,
    ROSE,
    SAGE,
    SAUMON,
    SEA,
    SHADE,
    SUN,
    WHITE,
    Sheet,
)
from .shapes import aim, curve, ellipse, leaf, petal, pins, polygon, profile, scalloped, smooth, strip, turned


def daisy(sheet: Sheet, centre: complex, radius: float, colours: tuple[str, str] = (WHITE, OR)) -> None:
    count, turn = sheet.random.randint(8, 10), sheet.random.uniform(0, 40)
    for i in range(count):
        tip = aim(turn + 360 * i / count, sheet.about(radius, radius * 0.06))
        sheet.lay(leaf(centre + tip * 0.12, centre + tip, radius * 0.5), colours[0], 0.5)
    sheet.lay(ellipse(centre, radius * 0.27), colours[1], 0.5)


def peony(sheet: Sheet, centre: complex, radius: float, colours: tuple[str, ...] = (RED, PINK, ROSE, CREAM)) -> None:
    for i, colour in enumerate(colours):
        size = radius * (1 - i * 0.235)
        drift = aim(sheet.random.uniform(0, 360), radius * 0.05 * i)
        turn = sheet.random.uniform(0, 60)
        sheet.lay(scalloped(centre + drift, size, 9 - i, 0.13, turn), colour, 0.7)
    sheet.print(ellipse(centre, radius * 0.09), colours[0])


def anemone(sheet: Sheet, centre: complex, radius: float, colours: tuple[str, str] = (PARME, SEA)) -> None:
    turn = sheet.random.uniform(0, 60)
    for i in range(7):
        tip = aim(turn + 360 * i / 7, radius)
        sheet.lay(petal(centre + tip * 0.1, centre + tip, radius * 0.72), colours[0], 0.5)
    sheet.lay(scalloped(centre, radius * 0.32, 12, 0.25), colours[1], 0.5)
    sheet.print(ellipse(centre, radius * 0.12), WHITE if colours[1] != OR else AMBER)


def spray(sheet: Sheet, line: list[complex], size: float, colour: str) -> None:
    """A twig with leaves on both sides."""
    sheet.lay(strip(line, 8, 3), colour, 0.4)
    for i in range(2, len(line), 2):
        along = (line[i] - line[i - 1]) / abs(line[i] - line[i - 1])
        for side in (-52, 52):
            sheet.lay(leaf(line[i], line[i] + along * aim(side, size), size * 0.4), colour, 0.5)
    sheet.lay(
        leaf(line[-1], line[-1] + (line[-1] - line[-2]) / abs(line[-1] - line[-2]) * size, size * 0.4),
        colour,
        0.5,
    )


_BLOOMS: tuple[tuple[float, float, float, Callable[[Sheet, complex, float], None]], ...] = (
    (395, 250, 76, lambda s, c, r: daisy(s, c, r, (GOLD if s.ground != OR else ROSE, BARK))),
    (806, 262, 78, lambda s, c, r: anemone(s, c, r, (MAUVE, INK))),
    (600, 104, 78, lambda s, c, r: daisy(s, c, r)),
    (352, 372, 66, lambda s, c, r: peony(s, c, r, (SUN, CORAL, SAUMON, CREAM))),
    (848, 386, 70, lambda s, c, r: daisy(s, c, r)),
    (490, 172, 84, lambda s, c, r: peony(s, c, r, (SUN, CORAL, SAUMON, CREAM))),
    (716, 166, 82, lambda s, c, r: peony(s, c, r, (PINK, ROSE, CREAM, PINK))),
    (458, 358, 92, lambda s, c, r: anemone(s, c, r, (WHITE, INK))),
    (740, 360, 96, lambda s, c, r: peony(s, c, r)),
    (594, 268, 112, lambda s, c, r: peony(s, c, r)),
    (600, 420, 70, lambda s, c, r: daisy(s, c, r, (PARME if s.ground != PARME else ROSE, OR))),
)


def bouquet(sheet: Sheet) -> None:
    sheet.lay(
        polygon([complex(-20, 668), complex(1220, 640), complex(1220, 820), complex(-20, 820)]),
        sheet.unlike(WHITE, CREAM),
    )
    neck = 600 + 500j
    for i, degrees in enumerate(range(-166, -10, 12)):
        tip = neck + aim(degrees, sheet.about(400 if i % 2 else 440, 25))
        spray(sheet, curve(neck, neck + aim(-90, 190), tip), sheet.about(74, 8), GREENS[i % 3])
    for x, y, radius, bloom in _BLOOMS:
        head = complex(sheet.about(x, 12), sheet.about(y, 10))
        sheet.print(strip(curve(neck + 40j, neck - 90j, head), 8, 6), FIR)
        bloom(sheet, head, sheet.about(radius, 4))
    for lean in (-1, 1):
        tip = neck + complex(lean * sheet.about(200, 20), sheet.about(-8, 14))
        sheet.lay(leaf(neck + 20j, tip, 74, lean * 20), LEAF)
    _vase(sheet)


def _vase(sheet: Sheet) -> None:
    half = profile((478, 78), (510, 66), (610, 138), (700, 120), (742, 78))
    sheet.lay(turned(600, half, 478, 742), RED)
    sheet.print(turned(600, half, 592, 640), sheet.unlike(ROSE, CREAM))
    sheet.print(turned(600, half, 652, 664), CREAM)
    sheet.print(turned(600, half, 478, 490), DEEP_RED)


def wreath(sheet: Sheet) -> None:
    centre, radius = 600 + 368j, 260.0
    sheet.lay(strip([centre + aim(a, radius) for a in range(0, 361, 10)], 26), BARK, 0.6)
    for turn in range(3):
        for i in range(52):
            around = sheet.about(360 * i / 52 + turn * 3, 3)
            away = radius + (turn - 1) * 34 + sheet.random.uniform(-16, 16)
            base = centre + aim(around, away)
            lean = sheet.random.choice((-1, 1)) * sheet.random.uniform(8, 52)
            tip = base + aim(around + 90 + lean, sheet.random.uniform(82, 112))
            sheet.lay(leaf(base, tip, sheet.random.uniform(26, 36), lean / 8), sheet.random.choice(GREENS), 0.55)
    _jewels(sheet, centre, radius)
    bow(sheet, centre + complex(0, radius + 6))


def _jewels(sheet: Sheet, centre: complex, radius: float) -> None:
    stops: tuple[tuple[float, Callable[[Sheet, complex], None]], ...] = (
        (-92, lambda s, at: daisy(s, at, 66)),
        (-35, orange),
        (22, lambda s, at: daisy(s, at, 60)),
        (158, lambda s, at: daisy(s, at, 62)),
        (-148, orange),
    )
    for around, jewel in stops:
        at = centre + aim(sheet.about(around, 5), radius)
        jewel(sheet, at)
        berries(sheet, at + aim(around + 90, 74))
    for around in (-64, -8, 52, 130, 186, -120):
        berries(sheet, centre + aim(around, radius + sheet.random.uniform(-26, 30)))


def berries(sheet: Sheet, at: complex) -> None:
    for i in range(3):
        where = at + aim(sheet.about(120 * i, 25), 18)
        sheet.lay(ellipse(where, sheet.about(16, 2)), RED, 0.5)
        sheet.print(ellipse(where - 5 - 5j, 3.5), ROSE)


def orange(sheet: Sheet, at: complex) -> None:
    sheet.lay(ellipse(at, 54), AMBER, 0.7)
    sheet.print(ellipse(at, 46), CREAM)
    for i in range(8):
        way = 360 * i / 8 + 10
        sheet.print(
            smooth([at + aim(way, 7), at + aim(way - 16, 38), at + aim(way, 42), at + aim(way + 16, 38)]),
            AMBER,
        )


def bow(sheet: Sheet, at: complex) -> None:
    for side in (-1, 1):
        tail = [
            at + complex(side * 12, 0),
            at + complex(side * 40, 140),
            at + complex(side * 72, 110),
            at + complex(side * 98, 130),
        ]
        sheet.lay(polygon([*tail, at + complex(side * 34, 10)]), DEEP_RED)
    for side in (-1, 1):
        loop = [(10, -6), (80, -62), (136, -50), (140, 34), (84, 50)]
        sheet.lay(smooth(pins(at, *loop, side=side)), RED)
        sheet.print(leaf(at + side * 30, at + complex(side * 112, -6), 30), DEEP_RED)
    sheet.lay(smooth(pins(at, (-30, -26), (28, -30), (32, 24), (-27, 30))), RED, 1.2)


def pine(sheet: Sheet, line: list[complex], size: float) -> None:
    """A branch of needles."""
    sheet.lay(strip(line, 9, 4), BARK, 0.5)
    for i in range(1, len(line)):
        along = (line[i] - line[i - 1]) / abs(line[i] - line[i - 1])
        for side in (-48, 48):
            sheet.lay(
                leaf(line[i], line[i] + along * aim(side, sheet.about(size, 8)), 15),
                FIR if side > 0 else DEEP_FIR,
                0.4,
            )


def grapes(sheet: Sheet, at: complex, size: float, colours: tuple[str, str]) -> None:
    sheet.lay(strip(curve(at - 1.4j * size, at - 2.6j * size, at + complex(size, -3.2 * size)), 9), BARK, 0.5)
    for row, count in enumerate((4, 5, 4, 3, 2, 1)):
        for i in range(count):
            where = at + complex((i - (count - 1) / 2) * size * 1.7, row * size * 1.42)
            sheet.lay(ellipse(where, sheet.about(size, 1.5)), colours[(row + i) % 2], 0.5)
            sheet.print(ellipse(where - size * (0.3 + 0.35j), size * 0.2), SHADE)


def vine_leaf(sheet: Sheet, at: complex, size: float, turn: float) -> None:
    sheet.lay(scalloped(at, size, 5, 0.42, turn), LEAF, 0.7)
    for i in range(5):
        sheet.print(strip([at, at + aim(turn + 72 * i, size * 0.72)], 4, 1.5), SAGE)
