"""What is dipped, wrapped and licked off the fingers."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CREAM,
    CRUST,
    DARK_RED,
    FIR,
    GOLD,
    INK,
    MAUVE,
    OR,
    PALE_SEA,
    PINK,
    RED,
    ROSE,
    SAGE,
    SAUMON,
    SEA,
    SHADE,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import bow, daisy
from .setting import checks, quad, sun, table
from .shapes import aim, curve, ellipse, leaf, pins, polygon, profile, scalloped, slab, smooth, strip, turned


def croissants(sheet: Sheet) -> None:
    sun(sheet, 600 + 300j, 240, SAUMON, CREAM)
    cloth = sheet.unlike(WHITE, CREAM)
    table(sheet, 560, sheet.about(574, 8), cloth)
    checks(sheet, 584, sheet.unlike(PINK, RED))
    sheet.lay(ellipse(572 + 640j, 376, 104), sheet.unlike(SEA, CIEL), 1.2)
    sheet.print(ellipse(572 + 638j, 322, 80), PALE_SEA)
    croissant(sheet, 404 + 650j, 146, -8)
    croissant(sheet, 740 + 654j, 146, 8)
    croissant(sheet, 572 + 528j, 164, 0)
    _pot_of_jam(sheet, 960 + 690j)


def croissant(sheet: Sheet, at: complex, size: float, turn: float) -> None:
    """A crescent of rolled dough, its points down. `at`: the middle of the bow."""
    for k in (0, 6, 1, 5, 2, 4, 3):
        way = turn - 90 + (k - 3) * 26
        near = 1 - abs(k - 3) / 3.2
        middle = at + aim(way, size * 0.86)
        thick = size * (0.13 + 0.42 * near)
        sheet.lay(ellipse(middle, size * (0.26 + 0.16 * near), thick, way + 90), CRUST if k % 2 else AMBER, 0.8)
        outer = [middle + aim(way + spread, thick * 0.62) for spread in (-50, -20, 20, 50)]
        sheet.print(strip(outer, 5, 9), GOLD if k % 2 else CREAM)


def _pot_of_jam(sheet: Sheet, foot: complex) -> None:
    sheet.lay(slab(foot + complex(-74, -142), 148, 142, 28), RED, 1.0)
    sheet.print(slab(foot + complex(-60, -128), 20, 110, 10), PINK)
    lid = pins(foot, (-86, -124), (-78, -168), (78, -168), (86, -124))
    hem = [foot + complex(86 - 172 * (i + 0.5) / 6, -112) for i in range(6)]
    sheet.lay(smooth([lid[0], lid[1], lid[2], lid[3], *hem]), sheet.unlike(CREAM, TILLEUL), 0.6)
    sheet.print(strip([foot + complex(-80, -136), foot + complex(80, -136)], 7), SEA)
    quad(sheet, foot + complex(-42, -92), 88, 56, WHITE, 0.3)
    for x, y in ((-14, -66), (14, -62), (0, -50)):
        sheet.print(ellipse(foot + complex(x, y), 10), RED)


def chocolates(sheet: Sheet) -> None:
    """An open box seen from above, and a bar half out of its paper."""
    table(sheet, 720, sheet.about(730, 8), sheet.unlike(PINK, MAUVE))
    box = sheet.unlike(RED, SEA)
    sheet.lay(slab(222 + 96j, 520, 520, 20), box, 1.3)
    sheet.print(slab(240 + 114j, 484, 484, 12), printed(box, INK, 0.3))
    for row in range(4):
        for k in range(4):
            at = complex(306 + k * 117, 180 + row * 117)
            sheet.lay(scalloped(at, 53, 16, 0.1), (CREAM, OR, WHITE)[(row + 2 * k) % 3], 0.3)
            _sweet(sheet, at, (row * 3 + k * 5 + sheet.random.randrange(2)) % 5)
    _bar(sheet, 900 + 420j)
    bow(sheet, 700 + 612j)


def _sweet(sheet: Sheet, at: complex, kind: int) -> None:
    dark, milk = printed(BARK, INK, 0.25), BARK
    if kind == 0:
        sheet.lay(ellipse(at, 40), dark, 0.6)
        for k in (-1, 0, 1):
            sheet.print(
                strip(
                    curve(at + complex(-26, k * 13 + 8), at + complex(0, k * 13 - 12), at + complex(26, k * 13 + 4)), 5
                ),
                milk,
            )
    elif kind == 1:
        sheet.lay(slab(at - 36 - 34j, 72, 68, 9), milk, 0.6)
        sheet.lay(leaf(at - 22 + 14j, at + 24 - 16j, 22), GOLD, 0.3)
    elif kind == 2:
        sheet.lay(scalloped(at, 41, 8, 0.12), CREAM, 0.6)
        sheet.print(scalloped(at, 27, 8, 0.12), WHITE)
        sheet.print(ellipse(at, 9), RED)
    elif kind == 3:
        heart = ((0, 36), (-38, -4), (-26, -34), (0, -20), (26, -34), (38, -4))
        sheet.lay(smooth(pins(at, *heart)), DARK_RED, 0.6)
        sheet.print(ellipse(at + complex(-14, -14), 8, 5, -40), PINK)
    else:
        sheet.lay(polygon([at + aim(60 * k, 42) for k in range(6)]), dark, 0.6)
        for k in range(3):
            sheet.lay(leaf(at, at + aim(120 * k - 90, 26), 16), AMBER, 0.2)


def _bar(sheet: Sheet, at: complex) -> None:
    tilt = aim(8)
    dark = printed(BARK, INK, 0.25)

    def square(x: float, y: float, wide: float, high: float) -> str:
        return polygon(
            [at + complex(a, b) * tilt for a, b in ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))]
        )

    sheet.lay(square(-104, -310, 208, 420), dark, 1.1)
    for row in range(5):
        for k in range(3):
            sheet.print(square(-96 + k * 66, -302 + row * 68, 58, 58), BARK)
            sheet.print(square(-90 + k * 66, -296 + row * 68, 46, 10), printed(BARK, AMBER, 0.5))
    torn = [
        complex(-112, -30),
        *(complex(-112 + 224 * i / 8, -30 + (24 if i % 2 else -12)) for i in range(1, 8)),
        complex(112, -34),
    ]
    sheet.lay(polygon([at + p * tilt for p in [*torn, complex(112, 60), complex(-112, 60)]]), SHADE, 0.4)
    wrap = sheet.unlike(FIR, SEA)
    sheet.lay(square(-114, 14, 228, 290), wrap, 0.8)
    sheet.lay(square(-80, 70, 160, 120), CREAM, 0.3)
    for k in range(3):
        root = at + complex(0, 150) * tilt
        sheet.print(leaf(root, root + aim(-90 + (k - 1) * 52, 66), 30), (AMBER, BARK, AMBER)[k])
    sheet.print(square(-114, 226, 228, 14), GOLD)


def honey(sheet: Sheet) -> None:
    sun(sheet, 600 + 330j, 266, CREAM, OR)
    table(sheet, 620, sheet.about(610, 8), sheet.unlike(TILLEUL, SAGE))
    for row in range(3):
        for k in range(3):
            at = complex(916 + k * 104 - (row % 2) * 52, 96 + row * 92)
            if at.real < 1220:
                sheet.lay(
                    polygon([at + aim(60 * i + 30, 54) for i in range(6)]), (GOLD, AMBER, CREAM)[(row + k) % 3], 0.5
                )
    _honey_jar(sheet, 540 + 700j)
    _dipper(sheet)
    for k, at in enumerate((250 + 250j, 318 + 440j, 800 + 190j)):
        bee(sheet, at, (58, 46, 52)[k], (20, -14, 160)[k])
    for x, y, size in ((270, 690, 62), (344, 728, 44), (900, 712, 50)):
        daisy(sheet, complex(x, y), size, (WHITE, OR) if sheet.ground != WHITE else (ROSE, OR))


def _honey_jar(sheet: Sheet, foot: complex) -> None:
    half = profile((0, 150), (40, 176), (240, 176), (300, 150))
    sheet.lay(
        turned(foot.real, lambda y: half(y - foot.imag + 300), foot.imag - 300, foot.imag),
        GOLD if sheet.ground != OR else AMBER,
        1.2,
    )
    sheet.print(
        turned(foot.real, lambda y: half(y - foot.imag + 300) - 16, foot.imag - 254, foot.imag - 16),
        AMBER if sheet.ground != OR else CRUST,
    )
    sheet.print(
        strip(curve(foot + complex(-146, -250), foot + complex(-156, -140), foot + complex(-146, -40)), 14), CREAM
    )
    sheet.lay(slab(foot + complex(-160, -352), 320, 62, 16), sheet.unlike(RED, SEA), 0.7)
    sheet.lay(polygon([foot + complex(0, -140) + aim(60 * k, 108) for k in range(6)]), CREAM, 0.5)
    bee(sheet, foot + complex(0, -136), 50, -20)


def bee(sheet: Sheet, at: complex, size: float, turn: float) -> None:
    for spread in (-62, -112):
        tip = at + aim(turn + spread, size * 1.05)
        sheet.lay(ellipse((at + tip) / 2, size * 0.5, size * 0.27, turn + spread), printed(CIEL, WHITE, 0.5), 0.4)
    sheet.lay(ellipse(at, size * 0.62, size * 0.4, turn), OR, 0.5)
    for k, share in ((-0.2, 0.36), (0.12, 0.38), (0.4, 0.26)):
        middle = at - aim(turn, size * k)
        sheet.print(
            strip([middle + aim(turn + 90, size * share), middle - aim(turn + 90, size * share)], size * 0.14), INK
        )
    sheet.lay(ellipse(at + aim(turn, size * 0.58), size * 0.24), INK, 0.3)


def _dipper(sheet: Sheet) -> None:
    at, way = 812 + 590j, -50
    sheet.lay(strip([at, at + aim(way, 300)], 20, 16), BARK, 0.8)
    for k in range(5):
        middle = at + aim(way + 180, k * 24 - 20)
        wide = (62, 80, 86, 80, 58)[k]
        sheet.lay(strip([middle + aim(way + 90, wide), middle - aim(way + 90, wide)], 19), (AMBER, CRUST)[k % 2], 0.4)
    drop = at + aim(way + 180, 90)
    sheet.lay(
        smooth(pins(drop, (-40, -24), (40, -20), (18, 28), (8, 108), (-8, 112), (-18, 30))),
        GOLD if sheet.ground != OR else AMBER,
        0.5,
    )
