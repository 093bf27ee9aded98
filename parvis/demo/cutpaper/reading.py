"""Books, papers and games."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    FIR,
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
    SHADE,
    SUN,
    WHITE,
    Sheet,
    printed,
)
from .setting import quad, sun, table
from .shapes import aim, ellipse, leaf, pins, polygon, profile, slab, smooth, strip, turned


def books(sheet: Sheet) -> None:
    """A pile, a row that leans, and a book left open."""
    sun(sheet, 700 + 280j, 240, CREAM, ROSE)
    table(sheet, 640, sheet.about(632, 6), sheet.unlike(SAGE, MAUVE))
    colours = [c for c in (RED, SEA, FIR, CORAL, MAUVE, OR) if c != sheet.ground]
    y = 668.0
    for k, (wide, high) in enumerate(((400, 84), (352, 66), (386, 76), (318, 60))):
        y -= high
        _lying(sheet, complex(230 + sheet.about(400 - wide, 18) / 2, y), wide, high, colours[k % len(colours)])
    _cup_of_pencils(sheet, 420 + complex(0, y))
    _standing(sheet, 700, colours)
    _open_book(sheet, 690 + 716j)


def _lying(sheet: Sheet, at: complex, wide: float, high: float, colour: str) -> None:
    sheet.lay(slab(at, wide, high, 12), colour, 1.0)
    quad(sheet, at + complex(wide - 58, 10), 64, high - 20, CREAM, 0.2)
    for k in range(3):
        dy = 22 + k * (high - 44) / 2
        sheet.print(strip([at + complex(wide - 52, dy), at + complex(wide, dy)], 3), SHADE)
    for x in (34, 52, wide - 96):
        sheet.print(strip([at + complex(x, 2), at + complex(x, high - 2)], 7), printed(colour, CREAM, 0.75))
    sheet.print(slab(at + complex(82, high / 2 - 7), wide * 0.36, 14, 6), printed(colour, CREAM, 0.75))


def _standing(sheet: Sheet, left: float, colours: list[str]) -> None:
    x = left
    for k, (wide, high) in enumerate(((62, 330), (48, 380), (70, 300), (44, 352))):
        colour = colours[(k + 2) % len(colours)]
        quad(sheet, complex(x, 668 - high), wide, high, colour, 0.9)
        for y in (30, high - 50):
            sheet.print(
                strip([complex(x + 3, 668 - high + y), complex(x + wide - 4, 668 - high + y)], 9),
                printed(colour, CREAM, 0.7),
            )
        sheet.print(slab(complex(x + wide / 2 - 7, 668 - high + 62), 14, high * 0.3, 6), printed(colour, CREAM, 0.7))
        x += wide + 3
    foot, colour, way = complex(x + 80, 668), colours[1], aim(-104)
    sheet.lay(polygon([foot, foot + 60 * aim(-14), foot + 60 * aim(-14) + 320 * way, foot + 320 * way]), colour, 0.9)
    for reach in (34, 276):
        at = foot + reach * way
        sheet.print(strip([at + 3 * aim(-14), at + 57 * aim(-14)], 9), printed(colour, CREAM, 0.7))


def _cup_of_pencils(sheet: Sheet, foot: complex) -> None:
    for k, turn in enumerate((-108, -92, -74)):
        root = foot + complex((k - 1) * 22, -80)
        tip = root + aim(turn, 150)
        colour = (SUN, OR, LEAF)[k] if sheet.ground != OR else (SUN, MAUVE, LEAF)[k]
        sheet.lay(strip([root, tip], 20), colour, 0.5)
        sheet.lay(polygon([tip + aim(turn + 90, 10), tip + aim(turn, 32), tip - aim(turn + 90, 10)]), CREAM, 0.2)
    sheet.lay(
        turned(foot.real, profile((foot.imag - 116, 52), (foot.imag, 44)), foot.imag - 116, foot.imag),
        sheet.unlike(CIEL, WHITE),
        0.9,
    )
    sheet.print(turned(foot.real, profile((foot.imag - 116, 52), (foot.imag, 44)), foot.imag - 80, foot.imag - 64), SEA)


def _open_book(sheet: Sheet, at: complex) -> None:
    for side in (-1, 1):
        page = [
            at + complex(0, -40),
            at + complex(side * 60, -66),
            at + complex(side * 210, -50),
            at + complex(side * 236, 46),
            at + complex(side * 70, 34),
            at + complex(0, 62),
        ]
        sheet.lay(polygon([p + complex(side * 8, 12) for p in page]), RED if sheet.ground != ROSE else SEA, 1.0)
        sheet.lay(polygon(page), WHITE if side < 0 else CREAM, 0.3)
        for k in range(4):
            y = -34 + k * 18
            sheet.print(
                strip([at + complex(side * 42, y + 4), at + complex(side * (196 - 26 * (k == 3)), y + 8)], 5),
                printed(WHITE, INK, 0.45),
            )
    sheet.lay(strip([at - 40j, at + 62j], 7), SHADE, 0.2)
    sheet.lay(polygon([at + p for p in (64 - 62j, 92 - 60j, 100 + 74j, 84 + 60j, 70 + 76j)]), SUN, 0.4)


def stationery(sheet: Sheet) -> None:
    """A notebook, an envelope, stamps, pens, a newspaper, seen from above."""
    quad(sheet, 190 + 90j, 330, 430, sheet.unlike(WHITE, CREAM), 1.0)
    _news(sheet, 190 + 90j)
    note = sheet.unlike(RED, SEA)
    tilt = aim(7)
    at = 640 + 150j

    def box(x: float, y: float, wide: float, high: float) -> str:
        return polygon(
            [at + complex(a, b) * tilt for a, b in ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))]
        )

    sheet.lay(box(0, 0, 300, 400), note, 1.2)
    sheet.print(box(256, 0, 16, 400), OR if sheet.ground != OR else CREAM)
    sheet.lay(box(46, 64, 160, 100), CREAM, 0.3)
    for y in (90, 116, 140):
        sheet.print(box(66, y, 120 - (y == 140) * 50, 7), INK)
    for k in range(9):
        sheet.lay(ellipse(at + complex(4, 26 + k * 43) * tilt, 15, 8, 7), SHADE, 0.4)
    _envelope(sheet, 400 + 520j)
    for k, (colour, x) in enumerate(((OR, 820), (FIR, 884), (PINK, 950))):
        colour = colour if colour != sheet.ground else INK
        foot = complex(x, 740)
        sheet.lay(strip([foot, foot + aim(-74 + 6 * k, 250)], 24), colour, 0.8)
        tip = foot + aim(-74 + 6 * k, 250)
        way = -74 + 6 * k
        sheet.lay(polygon([tip + aim(way + 90, 12), tip + aim(way, 42), tip - aim(way + 90, 12)]), CREAM, 0.3)
        sheet.print(
            polygon([tip + aim(way, 26) + aim(way + 90, 5), tip + aim(way, 42), tip + aim(way, 26) - aim(way + 90, 5)]),
            colour,
        )
    sheet.lay(slab(238 + 600j, 120, 80, 16), PINK if sheet.ground != ROSE else CIEL, 0.8)
    sheet.print(slab(238 + 600j, 52, 80, 16), SEA)


def _news(sheet: Sheet, at: complex) -> None:
    sheet.print(slab(at + complex(28, 30), 270, 42, 4), INK)
    sheet.print(strip([at + complex(28, 88), at + complex(300, 88)], 4), INK)
    sheet.print(slab(at + complex(28, 108), 150, 120, 2), CIEL)
    sheet.print(
        polygon(pins(at, (28, 228), (28, 196), (84, 150), (124, 190), (178, 160), (178, 228))),
        FIR,
    )
    sheet.print(ellipse(at + complex(148, 136), 14), OR)
    for row in range(9):
        if row < 4:
            sheet.print(
                strip([at + complex(196, 116 + row * 27), at + complex(298, 116 + row * 27)], 8),
                printed(WHITE, INK, 0.4),
            )
        else:
            for x in (28, 172):
                sheet.print(
                    strip(
                        [
                            at + complex(x, 256 + (row - 4) * 27),
                            at + complex(x + 124 - (row == 8) * 40, 256 + (row - 4) * 27),
                        ],
                        8,
                    ),
                    printed(WHITE, INK, 0.4),
                )


def _envelope(sheet: Sheet, at: complex) -> None:
    tilt = aim(-6)
    paper = sheet.unlike(CREAM, SAUMON)

    def cut(*points: tuple[float, float]) -> str:
        return polygon(pins(at, *points, turn=tilt))

    sheet.lay(cut((0, 0), (380, 0), (380, 230), (0, 230)), paper, 1.2)
    sheet.lay(cut((0, 230), (170, 110), (210, 110), (380, 230)), printed(paper, WHITE, 0.4), 0.3)
    sheet.lay(cut((0, 0), (380, 0), (202, 142), (178, 142)), printed(paper, INK, 0.08), 0.6)
    sheet.lay(ellipse(at + complex(190, 132) * tilt, 34), RED, 0.5)
    heart = ((0, 15), (-16, -2), (-10, -14), (0, -8), (10, -14), (16, -2))
    sheet.print(smooth(pins(at + complex(190, 132) * tilt, *heart)), ROSE)


def games(sheet: Sheet) -> None:
    """A board, dice, pawns and cards, seen from above."""
    board = sheet.unlike(CREAM, SAUMON)
    tilt = aim(sheet.about(0, 8))
    at = 596 + 400j
    sheet.lay(polygon([at + p * tilt for p in (-300 - 300j, 300 - 300j, 300 + 300j, -300 + 300j)]), BARK, 1.4)
    sheet.lay(polygon([at + p * tilt for p in (-284 - 284j, 284 - 284j, 284 + 284j, -284 + 284j)]), board, 0.2)
    colours = [SEA, RED, FIR, AMBER]
    places = (
        [complex(-220 + 110 * k, -220) for k in range(4)]
        + [complex(220, -220 + 110 * k) for k in range(4)]
        + [complex(220 - 110 * k, 220) for k in range(4)]
        + [complex(-220, 220 - 110 * k) for k in range(4)]
    )
    sheet.print(strip([at + p * tilt for p in [*places, places[0]]], 12), printed(board, INK, 0.25))
    for k, place in enumerate(places):
        sheet.lay(ellipse(at + place * tilt, 43), colours[k % 4], 0.5)
        sheet.print(ellipse(at + place * tilt, 31), printed(colours[k % 4], WHITE, 0.35))
    for k in range(3):
        _card(sheet, at + complex(-60 + k * 52, 60), -18 + k * 18, (RED, SEA, FIR)[k])
    for k, index in enumerate(sheet.random.sample(range(16), 3)):
        _pawn(sheet, at + places[index] * tilt, colours[(k * 2 + 1) % 4] if k else OR)
    for way, shift in ((24, 66 - 96j), (-14, -58 - 110j)):
        _die(sheet, at + shift, sheet.about(way, 20), sheet.random.randrange(1, 7))


def _card(sheet: Sheet, at: complex, turn: float, colour: str) -> None:
    tilt = aim(turn)
    sheet.lay(polygon([at + p * tilt for p in (-48 - 72j, 48 - 72j, 48 + 72j, -48 + 72j)]), WHITE, 0.8)
    sheet.print(
        polygon([at + p * tilt for p in (-36 - 60j, 36 - 60j, 36 + 60j, -36 + 60j)]), printed(colour, WHITE, 0.8)
    )
    sheet.print(leaf(at - 46j * tilt, at + 46j * tilt, 52), colour)


def _pawn(sheet: Sheet, at: complex, colour: str) -> None:
    sheet.lay(smooth(pins(at, (-36, 22), (-16, -34), (16, -34), (36, 22), (0, 34))), colour, 0.9)
    sheet.lay(ellipse(at - 52j, 27), colour, 0.6)
    sheet.print(ellipse(at - 8 - 60j, 7), printed(colour, WHITE, 0.6))


def _die(sheet: Sheet, at: complex, turn: float, dots: int) -> None:
    way = aim(turn)
    sheet.lay(polygon([at + way * (corner + side) for corner, side in _DIE_CORNERS]), WHITE, 0.9)
    pairs = ((-22, -22), (22, 22)), ((22, -22), (-22, 22)), ((-22, 0), (22, 0))
    spots = [spot for pair in pairs[: dots // 2] for spot in pair] + [(0, 0)] * (dots % 2)
    for spot in pins(at, *spots, turn=way):
        sheet.print(ellipse(spot, 8), INK)


# Each corner of a die is cut by a little.
_DIE_CORNERS = [
    (44 * complex(x, y), cut)
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    for cut in ((-6j * y, -6 * x) if x * y < 0 else (-6 * x, -6j * y))
]
