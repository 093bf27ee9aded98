"""Bottles, glasses and cups."""

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
    LEAF,
    MAUVE,
    MINT,
    OR,
    PARME,
    PINK,
    RED,
    ROSE,
    SAUMON,
    SEA,
    SHADE,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import daisy, grapes, pine, spray, vine_leaf
from .setting import quad, table
from .shapes import aim, bowl, curve, ellipse, leaf, pins, polygon, profile, smooth, strip, turned


def whisky(sheet: Sheet) -> None:
    sheet.lay(ellipse(complex(sheet.about(596, 12), 330), 272), sheet.unlike(SUN))
    hills = [
        -40 + 840j,
        -40 + 600j,
        130 + 540j,
        330 + 590j,
        560 + 520j,
        800 + 600j,
        1010 + 530j,
        1260 + 580j,
        1260 + 840j,
    ]
    sheet.lay(polygon(hills), SEA)
    table(sheet, 664, sheet.about(646, 6), INK)
    for at, reach in ((1230 + 40j, 300), (1240 + 150j, 200)):
        pine(sheet, curve(at, at + complex(-reach * 0.5, 20), at + complex(-reach, 120)), 66)
    half = profile((76, 36), (252, 38), (352, 106), (730, 110))
    sheet.lay(turned(470, half, 110, 738), CRUST, 1.2)
    sheet.print(turned(470, profile((252, 30), (352, 96), (730, 98)), 330, 724), AMBER)
    sheet.print(strip(curve(398 + 372j, 388 + 520j, 396 + 690j), 12), OR)
    sheet.lay(turned(470, profile((0, 42), (1, 42)), 62, 150), INK, 0.6)
    sheet.print(turned(470, profile((0, 42), (1, 42)), 132, 139), OR)
    quad(sheet, 388 + 432j, 164, 220, WHITE)
    sheet.lay(ellipse(470 + 512j, 46), SUN, 0.4)
    for y, wide in ((588, 116), (610, 84), (628, 100)):
        sheet.print(strip([complex(470 - wide / 2, y), complex(470 + wide / 2, y)], 7), INK)
    tumbler(sheet, 742 + 730j)


def tumbler(sheet: Sheet, foot: complex) -> None:
    """A whisky glass with ice; `foot` is the middle of its base."""

    def half(y: float) -> float:
        return 84 + (foot.imag - y) * 0.1

    top, level = foot.imag - 190, foot.imag - 108
    sheet.lay(turned(foot.real, half, top, foot.imag), CIEL if sheet.ground != CIEL else printed(CIEL, WHITE, 0.5), 1.1)
    sheet.print(turned(foot.real, lambda y: half(y) - 12, level, foot.imag - 22), AMBER)
    for x, y, turn in ((-34, -128, 14), (36, -104, -24), (-18, -76, 40)):
        corners = [foot + complex(x, y) + aim(turn + 90 * k, sheet.about(38, 3)) for k in range(4)]
        sheet.lay(polygon(corners), CREAM if y == -104 else WHITE, 0.5)
    sheet.print(strip([foot + complex(-74, -176), foot + complex(-66, -30)], 9, 6), WHITE)


def bottle(sheet: Sheet, middle: float, top: float, colours: tuple[str, str, str], wide: float = 78) -> None:
    """A wine bottle: glass, capsule and label colours, in that order."""
    glass, capsule, label = colours
    half = profile((top, 27), (top + 190, 29), (top + 290, wide), (720, wide + 1))
    sheet.lay(turned(middle, half, top, 716), glass, 1.2)
    sheet.print(
        strip(
            curve(
                complex(middle - wide + 16, top + 300),
                complex(middle - wide + 12, 500),
                complex(middle - wide + 16, 690),
            ),
            10,
        ),
        printed(glass, WHITE, 0.35),
    )
    sheet.lay(turned(middle, profile((0, 31), (1, 31)), top - 8, top + 104), capsule, 0.5)
    quad(sheet, complex(middle - wide + 8, top + 350), wide * 2 - 16, 156, label)


def stemmed(sheet: Sheet, middle: float, rim: float, wine: str) -> None:
    """A stemmed glass that stands on the table at 716."""
    half = bowl(rim - 60, rim + 216, 104, 2.2)
    glass = WHITE if sheet.ground != WHITE else CIEL
    sheet.lay(turned(middle, half, rim, rim + 216), glass, 0.8)
    sheet.print(turned(middle, bowl(rim - 60, rim + 204, 93, 2.2), rim + 66, rim + 204), wine)
    sheet.print(ellipse(complex(middle, rim + 68), 86, 12), printed(wine, WHITE, 0.25))
    sheet.lay(
        turned(middle, profile((rim + 205, 13), (rim + 260, 8), (680, 8), (708, 76)), rim + 205, 712),
        glass,
        0.5,
    )


def wine(sheet: Sheet) -> None:
    sheet.lay(ellipse(complex(sheet.about(640, 20), 320), 255), sheet.unlike(OR, SAUMON))
    table(sheet, 640, sheet.about(664, 6), RED if sheet.ground != ROSE else SEA)
    bottle(sheet, 402, 96, (DEEP_FIR, SUN, CREAM), 82)
    for y, wide in ((496, 96), (524, 60), (560, 80)):
        sheet.print(strip([complex(402 - wide / 2, y), complex(402 + wide / 2, y)], 8), RED)
    bottle(sheet, 566, 150, (printed(TILLEUL, FIR, 0.5), RED, WHITE), 76)
    sheet.lay(leaf(536 + 622j, 598 + 528j, 46), LEAF, 0.4)
    stemmed(sheet, 744, 380, DEEP_RED)
    stemmed(sheet, 922, 420, printed(OR, AMBER, 0.3))
    for x, turn in ((190, 20), (300, -15)):
        vine_leaf(sheet, complex(x, 606 + turn), 84, turn)
    grapes(sheet, complex(sheet.about(250, 6), 560), 26, (MAUVE, printed(MAUVE, SEA, 0.5)))


def steam(sheet: Sheet, at: complex, colour: str) -> None:
    """Three ribbons that rise from a cup."""
    for x, high in ((-62, 120), (0, 160), (62, 118)):
        foot = at + x
        bends = [
            foot,
            foot + complex(30, -high * 0.3),
            foot + complex(-26, -high * 0.66),
            foot + complex(14, -high),
        ]
        line = (
            curve(bends[0], bends[1], (bends[1] + bends[2]) / 2, 8)
            + curve((bends[1] + bends[2]) / 2, bends[2], bends[3], 8)[1:]
        )
        sheet.lay(strip(line, 17, 5), colour, 0.5)


def cup(sheet: Sheet, middle: float, rim: float, colour: str, drink: str, half: float = 130) -> None:
    """A cup with its handle on the right and its saucer. `rim` is the height of its rim."""
    foot = rim + half * 1.28
    ear = complex(middle + half * 0.96, rim + half * 0.5)
    sheet.lay(ellipse(complex(middle, foot + 8), half * 1.55, half * 0.24), sheet.unlike(WHITE, CREAM), 1.1)
    sheet.print(ellipse(complex(middle, foot + 2), half * 1.1, half * 0.14), SHADE)
    sheet.lay(strip([ear + aim(a, half * 0.42) for a in range(-110, 121, 15)], half * 0.17), colour, 0.8)
    sheet.lay(turned(middle, bowl(rim, foot + half * 0.16, half, 3), rim, foot), colour, 1.0)
    sheet.lay(ellipse(complex(middle, rim), half, half * 0.2), WHITE, 0.4)
    sheet.print(ellipse(complex(middle, rim + 3), half * 0.9, half * 0.145), drink)


def coffee(sheet: Sheet) -> None:
    """A cup of coffee beside a galette des rois with its crown."""
    table(sheet, 470, sheet.about(446, 8), sheet.unlike(ROSE, PARME))
    spray(sheet, curve(1230 + 30j, 1060 + 40j, 930 + 190j), 80, FIR)
    steam(sheet, 330 + 350j, WHITE)
    cup(sheet, 330, 426, SEA, BARK, 150)
    for y in (492, 528):
        sheet.print(turned(330, bowl(426, 642, 150, 3), y, y + 14), CIEL)
    galette(sheet, 806 + 566j)
    crown(sheet, 806 + 388j)


def galette(sheet: Sheet, at: complex) -> None:
    sheet.lay(ellipse(at + 30j, 338, 150), WHITE, 1.2)
    sheet.print(ellipse(at + 30j, 306, 130), SHADE)
    sheet.lay(ellipse(at + 26j, 284, 122), CRUST)
    sheet.lay(ellipse(at, 284, 118), AMBER, 0.4)
    sheet.print(ellipse(at, 258, 104), GOLD)
    for i in range(18):
        way = 20 * i + 6
        start, pull, end = (
            at + complex(p.real, p.imag * 0.41) for p in (aim(way, 34), aim(way + 34, 150), aim(way + 30, 244))
        )
        sheet.print(strip(curve(start, pull, end), 5, 11), CRUST)


def crown(sheet: Sheet, at: complex) -> None:
    points = [at + complex(-150, 92)]
    for i in range(5):
        points += [at + complex(-166 + 83 * i, -74 + abs(i - 2) * 12), at + complex(-124 + 83 * i, 20)]
    points[-1] = at + complex(150, 92)
    sheet.lay(polygon(points), OR if sheet.ground != OR else CREAM)
    sheet.print(strip([at + complex(-149, 72), at + complex(150, 72)], 18), RED)
    for i in range(5):
        tip = at + complex(-166 + 83 * i, -74 + abs(i - 2) * 12)
        sheet.lay(ellipse(tip, 15), (RED, SEA)[i % 2], 0.5)


def tea(sheet: Sheet) -> None:
    table(sheet, 570, sheet.about(590, 8), sheet.unlike(CREAM, WHITE))
    sheet.lay(ellipse(1000 + 210j, 116), sheet.unlike(CORAL, SUN))
    spray(sheet, curve(-20 + 40j, 160 + 60j, 300 + 200j), 86, FIR)
    _teapot(sheet, 470, sheet.unlike(MAUVE, SEA))
    steam(sheet, 880 + 480j, sheet.unlike(WHITE, CREAM))
    cup(sheet, 880, 548, sheet.unlike(PINK, RED), printed(AMBER, TILLEUL, 0.3), 118)
    for x, y, turn in ((640, 728, 12), (724, 744, -30), (566, 748, 50)):
        sheet.lay(leaf(complex(x, y), complex(x, y) + aim(turn, 66), 26), (FIR, LEAF)[turn > 0], 0.5)


def _teapot(sheet: Sheet, middle: float, colour: str) -> None:
    spout = pins(middle, (150, 590), (236, 520), (262, 408), (318, 386), (300, 440), (290, 560), (160, 650))
    sheet.lay(polygon(spout), colour, 0.8)
    ear = complex(middle - 214, 520)
    sheet.lay(strip([ear + aim(a, 104) for a in range(50, 311, 12)], 34), printed(colour, INK, 0.2), 0.8)
    sheet.lay(
        smooth(
            pins(middle, (-212, 530), (-150, 404), (0, 372), (150, 404), (212, 530), (140, 676), (0, 700), (-140, 676))
        ),
        colour,
        1.1,
    )
    sheet.lay(
        smooth(pins(middle, (-112, 392), (-60, 344), (60, 344), (112, 392), (0, 410))),
        printed(colour, INK, 0.2),
        0.6,
    )
    sheet.lay(ellipse(complex(middle, 322), 28), OR, 0.6)
    daisy(sheet, complex(middle - 24, 540), 84)
    for turn in (-24, 24):
        at = complex(middle + 40, 590)
        sheet.lay(leaf(at, at + aim(turn + 20, 96), 34), MINT, 0.5)
