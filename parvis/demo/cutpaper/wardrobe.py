"""What is worn."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    DEEP_FIR,
    DEEP_RED,
    FIR,
    GOLD,
    INK,
    MAUVE,
    OR,
    PALE_SEA,
    PINK,
    RED,
    ROSE,
    SAUMON,
    SEA,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import daisy
from .setting import quad, sun, table
from .shapes import aim, arc, curve, ellipse, pins, polygon, ring, slab, smooth, strip


def dress(sheet: Sheet) -> None:
    sheet.lay(strip([60 + 90j, 1140 + 84j], 20), INK, 0.9)
    table(sheet, 740, sheet.about(746, 4), sheet.unlike(BARK))
    _coat(sheet, 386 + 96j)
    _frock(sheet, 660 + 96j)
    _scarf(sheet, 916 + 96j)


def _hanger(sheet: Sheet, at: complex) -> None:
    sheet.lay(strip([*arc(at + 4j, 20, 170, 400, 10), at + 54j], 7), INK, 0.4)
    sheet.lay(
        strip([at + complex(-112, 112), at + complex(0, 54), at + complex(112, 112)], 16),
        AMBER if sheet.ground != OR else BARK,
        0.6,
    )


def _frock(sheet: Sheet, at: complex) -> None:
    _hanger(sheet, at)
    colour = RED if sheet.ground != ROSE else SEA
    skirt = [(-74, 290), (74, 290), (196, 560), (150, 592), (74, 574), (0, 600), (-74, 574), (-150, 592), (-196, 560)]
    sheet.lay(polygon(pins(at, *skirt)), colour, 1.2)
    bodice = [
        (-92, 92),
        (-46, 80),
        (-30, 130),
        (0, 152),
        (30, 130),
        (46, 80),
        (92, 92),
        (86, 190),
        (70, 296),
        (-70, 296),
        (-86, 190),
    ]
    sheet.lay(polygon(pins(at, *bodice)), colour, 0.6)
    for row in range(5):
        for k in range(-2 - row // 2, 3 + row // 2):
            dot = at + complex(k * 50 + (row % 2) * 25, 340 + row * 52)
            if abs(dot.real - at.real) < 74 + (dot.imag - at.imag - 290) * 0.42 - 16:
                sheet.print(ellipse(dot, 11), CREAM)
    for x, y in ((-46, 184), (0, 200), (46, 184), (-24, 240), (24, 240)):
        sheet.print(ellipse(at + complex(x, y), 9), CREAM)
    sheet.lay(
        polygon(pins(at, (-76, 278), (76, 278), (78, 310), (-78, 310))),
        OR if sheet.ground != OR else CREAM,
        0.5,
    )


def _coat(sheet: Sheet, at: complex) -> None:
    _hanger(sheet, at)
    colour = sheet.unlike(FIR)
    dark = printed(colour, INK, 0.35)
    for side in (-1, 1):
        sleeve = [(80, 96), (128, 128), (186, 420), (128, 438), (96, 260)]
        sheet.lay(polygon(pins(at, *sleeve, side=side)), dark, 0.9)
    sheet.lay(polygon(pins(at, (-92, 92), (92, 92), (126, 520), (-126, 524))), colour, 1.1)
    sheet.lay(polygon(pins(at, (-40, 76), (40, 76), (8, 200), (-8, 200))), CREAM, 0.3)
    for side in (-1, 1):
        sheet.lay(
            polygon(pins(at, (40, 72), (78, 120), (52, 150), (66, 176), (4, 250), (14, 160), side=side)),
            dark,
            0.6,
        )
        quad(sheet, at + complex(side * 74 - 34, 380), 68, 26, dark, 0.4)
    sheet.print(strip([at + 250j, at + 520j], 5), dark)
    for y in (280, 340, 400):
        sheet.lay(ellipse(at + complex(-18, y), 11), OR, 0.3)


def _scarf(sheet: Sheet, at: complex) -> None:
    _hanger(sheet, at)
    for x, low, main in ((-66, 470, sheet.unlike(MAUVE, SEA)), (8, 400, sheet.unlike(MAUVE, SEA))):
        for k in range(int((low - 90) / 46)):
            colour = (main, sheet.unlike(CREAM, WHITE), PINK if sheet.ground != ROSE else RED)[k % 3]
            y = 84 + k * 46
            sheet.lay(
                polygon(
                    [at + complex(x, y), at + complex(x + 60, y), at + complex(x + 60, y + 48), at + complex(x, y + 48)]
                ),
                colour,
                0.4,
            )
        end = at + complex(x, 84 + int((low - 90) / 46) * 46)
        for k in range(6):
            sheet.lay(strip([end + 5 + k * 10, end + complex(5 + k * 10, 44)], 6, 4), main, 0.2)


def shoes(sheet: Sheet) -> None:
    sun(sheet, 560 + 320j, 258, OR, SAUMON)
    table(sheet, 600, sheet.about(586, 8), sheet.unlike(TILLEUL, CIEL))
    box = sheet.unlike(SEA, FIR)
    sheet.lay(polygon([640 + 300j, 1010 + 300j, 1010 + 610j, 640 + 610j]), box, 1.1)
    sheet.lay(polygon([622 + 268j, 1028 + 268j, 1022 + 346j, 628 + 346j]), printed(box, WHITE, 0.25), 0.8)
    quad(sheet, 770 + 400j, 120, 84, CREAM, 0.4)
    _boot(sheet, 240 + 300j, CRUST)
    _pump(sheet, 612 + 566j, RED if sheet.ground != ROSE else MAUVE)
    sheet.lay(strip(curve(300 + 742j, 560 + 690j, 640 + 752j), 10), sheet.unlike(CREAM, WHITE), 0.4)
    sheet.lay(slab(930 + 676j, 220, 44, 20), BARK, 0.8)
    for k in range(16):
        sheet.lay(
            strip([complex(942 + k * 13, 718), complex(940 + k * 13, 754)], 8), printed(CREAM, INK, 0.1 * (k % 2)), 0.2
        )


def _boot(sheet: Sheet, at: complex, colour: str) -> None:
    outline = [
        (20, 0),
        (170, -8),
        (180, 60),
        (176, 180),
        (230, 240),
        (330, 272),
        (368, 330),
        (366, 372),
        (10, 376),
        (0, 300),
        (24, 180),
    ]
    points = pins(at, *outline)
    sheet.lay(polygon(points), colour, 1.2)
    sheet.lay(
        smooth(pins(at, (262, 250), (334, 272), (370, 330), (366, 372), (272, 374), (250, 310))),
        printed(colour, INK, 0.25),
        0.4,
    )
    sheet.print(polygon(pins(at, (0, 300), (62, 296), (66, 374), (8, 376))), printed(colour, INK, 0.25))
    sheet.lay(polygon(pins(at, (16, -22), (174, -30), (178, 22), (20, 28))), CREAM, 0.6)
    for k in range(5):
        y = 60 + k * 38
        lean = max(0, k - 2) * 24
        start, end = at + complex(112 + lean, y + k * 3), at + complex(178 + lean * 0.8, y + 18)
        sheet.lay(strip([start, end], 9), OR, 0.3)
        sheet.print(ellipse(start, 8), INK)
    sheet.lay(
        polygon(pins(at, (-4, 370), (376, 366), (378, 406), (110, 410), (108, 398), (-6, 412))),
        INK,
        0.6,
    )


def _pump(sheet: Sheet, at: complex, colour: str) -> None:
    sole = [(0, 0), (40, 92), (24, 150), (50, 152), (72, 100), (190, 152), (300, 154), (316, 130)]
    sheet.lay(
        smooth(
            pins(at, (-6, -16), (60, 20), (150, 76), (230, 66), (310, 112), (316, 140), (180, 144), (70, 100), (14, 70))
        ),
        colour,
        1.0,
    )
    sheet.print(
        smooth(pins(at, (16, 14), (70, 46), (150, 96), (120, 108), (60, 74))),
        printed(colour, INK, 0.35),
    )
    sheet.lay(
        polygon(pins(at, (2, 52), (44, 84), (34, 160), (18, 160))),
        printed(colour, INK, 0.2),
        0.5,
    )
    sheet.print(strip(pins(at, *sole[5:]), 8), INK)
    daisy(sheet, at + complex(240, 92), 34)


def jewels(sheet: Sheet) -> None:
    sun(sheet, 510 + 330j, 300, CREAM, CIEL)
    table(sheet, 690, sheet.about(682, 6), sheet.unlike(MAUVE, PINK))
    bust = [
        (-70, 90),
        (70, 90),
        (76, 190),
        (140, 260),
        (236, 310),
        (262, 420),
        (214, 700),
        (-214, 700),
        (-262, 420),
        (-236, 310),
        (-140, 260),
        (-76, 190),
    ]
    velvet = sheet.unlike(INK)
    sheet.lay(smooth(pins(480, *bust)), velvet, 1.2)
    beads = [complex(480, 190) + complex(106 * aim(a).real, 226 * aim(a).imag) for a in range(166, 13, -11)]
    for i, at in enumerate(beads):
        size = 15 + 8 * (1 - abs(i - len(beads) / 2) / (len(beads) / 2))
        sheet.lay(ellipse(at, size), CREAM if i % 2 else WHITE, 0.6)
        sheet.print(ellipse(at - 4 - 4j, size * 0.28), WHITE if i % 2 else CREAM)
    gem(sheet, 480 + 492j, 52, (SEA, PALE_SEA, CIEL))
    sheet.lay(polygon([720 + 690j, 1000 + 690j, 1000 + 560j, 720 + 560j]), RED if sheet.ground != ROSE else FIR, 1.1)
    sheet.lay(
        polygon([720 + 560j, 1000 + 560j, 976 + 510j, 744 + 510j]), DEEP_RED if sheet.ground != ROSE else DEEP_FIR, 0.3
    )
    sheet.lay(polygon([744 + 512j, 976 + 512j, 1012 + 360j, 708 + 360j]), RED if sheet.ground != ROSE else FIR, 0.8)
    sheet.print(polygon([764 + 496j, 956 + 496j, 984 + 376j, 736 + 376j]), CREAM)
    sheet.lay(ring(860 + 468j, 74, 56), GOLD, 0.8)
    gem(sheet, 860 + 382j, 46, (CORAL, ROSE, CREAM))
    sheet.print(
        polygon([720 + 560j, 1000 + 560j, 990 + 536j, 730 + 536j]), DEEP_RED if sheet.ground != ROSE else DEEP_FIR
    )


def gem(sheet: Sheet, at: complex, size: float, colours: tuple[str, str, str]) -> None:
    dark, middle, light = colours
    top = [(-0.6, -0.8), (0.6, -0.8), (1, -0.3), (0, 1.1), (-1, -0.3)]
    sheet.lay(polygon(pins(at, *top, turn=size)), dark, 0.7)
    sheet.print(polygon(pins(at, (-0.6, -0.8), (0.6, -0.8), (0.4, -0.3), (-0.4, -0.3), turn=size)), light)
    sheet.print(polygon(pins(at, (-0.4, -0.3), (0.4, -0.3), (0, 1.1), turn=size)), middle)


def wool(sheet: Sheet) -> None:
    table(sheet, 560, sheet.about(576, 8), sheet.unlike(CREAM, TILLEUL))
    for x0, y0, x1, y1 in ((330, 60, 640, 560), (880, 90, 520, 580)):
        sheet.lay(strip([complex(x0, y0), complex(x1, y1)], 15, 12), BARK, 0.8)
        sheet.lay(ellipse(complex(x0, y0), 25), OR if sheet.ground != OR else RED, 0.6)
    tail = [*curve(720 + 650j, 940 + 800j, 1010 + 690j, 10), *curve(1010 + 690j, 1080 + 580j, 1220 + 660j, 10)[1:]]
    sheet.lay(strip(tail, 10), SEA if sheet.ground != CIEL else RED, 0.5)
    ball(sheet, 372 + 520j, 176, sheet.unlike(CORAL, PINK))
    ball(sheet, 820 + 500j, 168, sheet.unlike(MAUVE, SEA))
    ball(sheet, 590 + 590j, 162, RED if sheet.ground != ROSE else SEA)
    ball(sheet, 600 + 330j, 130, sheet.unlike(TILLEUL, OR))


def ball(sheet: Sheet, at: complex, size: float, colour: str) -> None:
    """A ball of wool, its thread wound three ways."""
    sheet.lay(ellipse(at, size), colour, 1.2)
    dark, light = printed(colour, INK, 0.22), printed(colour, WHITE, 0.35)
    start = sheet.random.uniform(0, 360)
    for wind, shade in ((0, dark), (60, light), (128, dark)):
        for k in range(-2, 3):
            way = start + wind
            reach = size * (0.97 - abs(k) * 0.16)
            shift = aim(way + 90, k * size * 0.16 + size * 0.28)
            ends = [at + shift + aim(way, reach * 0.78 * s) for s in (-1, 1)]
            inside = [e if abs(e - at) < size * 0.95 else at + (e - at) / abs(e - at) * size * 0.95 for e in ends]
            sheet.print(strip(curve(inside[0], at + shift * 1.5, inside[1]), 7, 5), shade)
