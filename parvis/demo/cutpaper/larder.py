"""What is kept in jars, tins and bottles."""

import cmath
import math

from .drinks import cup, steam
from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    FIR,
    GLASS,
    GOLD,
    INK,
    LEAF,
    MAUVE,
    OR,
    RED,
    SAGE,
    SAUMON,
    SEA,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import spray
from .setting import quad, shelf, sun, table
from .shapes import aim, curve, ellipse, leaf, pins, polygon, profile, slab, smooth, strip, turned


def jars(sheet: Sheet) -> None:
    """A grocer's shelves: pulses, pasta, biscuits, a scoop."""
    for top, row in ((392, 0), (734, 3)):
        shelf(sheet, top)
        for k in range(3):
            _jar(sheet, complex(sheet.about(372 + k * 228, 6), top), row + k)
    _jar(sheet, 1068 + 392j, 5)
    _jar(sheet, 132 + 734j, 1)
    _jar(sheet, 1060 + 734j, 2)
    spray(sheet, curve(-20 + 120j, 90 + 150j, 190 + 260j), 66, FIR)


def _jar(sheet: Sheet, foot: complex, kind: int) -> None:
    glass = sheet.unlike(GLASS)
    sheet.lay(slab(foot + complex(-88, -232), 176, 232, 30), glass, 1.0)
    fill = (SUN, CREAM, FIR, AMBER, TILLEUL, BARK)[kind]
    level = sheet.about(-160, 18)
    sheet.print(slab(foot + complex(-74, level), 148, -level - 14, 18), printed(fill, INK, 0.12))
    grain = sheet.random
    for row in range(5):
        for k in range(6):
            at = foot + complex(-60 + k * 24 + (row % 2) * 8, level + 16 + row * (-level - 40) / 4)
            _grain(sheet, at, kind, fill, grain.uniform(-40, 40))
    sheet.print(slab(foot + complex(-72, -214), 14, 150, 7), WHITE)
    lid = (RED, SEA, OR, CORAL, MAUVE, FIR)[kind]
    lid = lid if lid != sheet.ground else INK
    sheet.lay(slab(foot + complex(-80, -268), 160, 46, 12), lid, 0.6)
    sheet.print(strip([foot + complex(-80, -234), foot + complex(80, -234)], 8), printed(lid, INK, 0.3))
    quad(sheet, foot + complex(-44, -112), 90, 58, WHITE, 0.4)
    sheet.print(strip([foot + complex(-28, -92), foot + complex(28, -93)], 7), INK)
    sheet.print(strip([foot + complex(-28, -74), foot + complex(10, -74)], 7), INK)


def _grain(sheet: Sheet, at: complex, kind: int, fill: str, turn: float) -> None:
    if kind in (1, 3):
        sheet.print(strip(curve(at - aim(turn, 13), at + aim(turn + 90, 12), at + aim(turn, 13), 4), 8), fill)
    elif kind == 4:
        sheet.print(leaf(at - aim(turn, 14), at + aim(turn, 14), 12), fill)
    else:
        sheet.print(ellipse(at, 10, 7, turn), fill if kind != 2 else LEAF)


def coffeepot(sheet: Sheet) -> None:
    """A stove-top pot, a small cup, beans."""
    sun(sheet, 560 + 300j, 250, OR, CORAL)
    table(sheet, 606, sheet.about(590, 8), sheet.unlike(SAUMON, CIEL))
    steel = printed(CIEL, INK, 0.18)
    dark = printed(steel, INK, 0.3)
    at = 470
    sheet.lay(strip([complex(at + 120, 268), complex(at + 236, 262), complex(at + 216, 420)], 30, 24), INK, 0.9)
    for x0, x1, x2, x3, colour in ((-142, -46, -168, -56, dark), (-46, 60, -56, 70, steel), (60, 142, 70, 168, dark)):
        sheet.lay(
            polygon([complex(at + a, y) for a, y in ((x0 * 0.8, 470), (x1 * 0.8, 470), (x3, 690), (x2, 690))]),
            colour,
            1.0,
        )
    for x0, x1, x2, x3, colour in ((-150, -50, -110, -36, dark), (-50, 60, -36, 46, steel), (60, 150, 46, 110, dark)):
        sheet.lay(polygon([complex(at + a, y) for a, y in ((x0, 240), (x1, 240), (x3, 450), (x2, 450))]), colour, 0.8)
    sheet.lay(polygon(pins(at, (-150, 240), (-198, 214), (-128, 320))), steel, 0.6)
    sheet.lay(slab(complex(at - 124, 444), 248, 40, 8), INK, 0.6)
    sheet.lay(polygon(pins(at, (-152, 240), (152, 240), (60, 180), (-60, 180))), steel, 0.7)
    sheet.print(
        polygon(pins(at, (-48, 240), (58, 240), (24, 180), (-20, 180))),
        printed(CIEL, WHITE, 0.3),
    )
    sheet.lay(ellipse(complex(at, 160), 26), INK, 0.5)
    sheet.print(
        polygon(pins(at, (-30, 262), (0, 262), (-2, 430), (-20, 430))),
        printed(CIEL, WHITE, 0.5),
    )
    cup(sheet, 810, 530, sheet.unlike(RED, SEA), BARK, 92)
    steam(sheet, 810 + 470j, sheet.unlike(WHITE, CREAM))
    for x, y in ((600, 726), (668, 744), (694, 712), (250, 730), (310, 748), (960, 744)):
        bean(sheet, complex(x, y), 26, sheet.random.uniform(0, 180))


def bean(sheet: Sheet, at: complex, size: float, turn: float) -> None:
    sheet.lay(ellipse(at, size, size * 0.68, turn), BARK, 0.6)
    line = curve(at - aim(turn, size * 0.8), at + aim(turn + 90, size * 0.3), at + aim(turn, size * 0.8))
    sheet.print(strip(line, 5), printed(BARK, INK, 0.6))


def beer(sheet: Sheet) -> None:
    sun(sheet, 640 + 320j, 262, TILLEUL, SAUMON)
    table(sheet, 650, sheet.about(664, 8), sheet.unlike(FIR, SEA))
    _beer_bottle(sheet, 386, 120, RED)
    _beer_bottle(sheet, 548, 168, SEA)
    half = profile((0, 128), (330, 96))
    top = 390.0
    sheet.lay(turned(796, lambda y: half(y - top), top, 720), GLASS if sheet.ground != CIEL else WHITE, 1.1)
    sheet.print(turned(796, lambda y: half(y - top) - 13, top + 20, 702), AMBER)
    sheet.print(strip([696 + 440j, 724 + 690j], 14, 9), GOLD)
    for _ in range(14):
        sheet.print(
            ellipse(complex(sheet.random.uniform(730, 868), sheet.random.uniform(480, 680)), sheet.about(7, 2)), GOLD
        )
    foam = pins(
        796,
        (-132, 440),
        (-150, 390),
        (-104, 344),
        (-46, 360),
        (4, 322),
        (60, 356),
        (112, 338),
        (150, 392),
        (130, 442),
        (60, 426),
        (0, 452),
        (-70, 428),
    )
    sheet.lay(smooth(foam), WHITE if sheet.ground != WHITE else CREAM, 0.6)
    for k in range(3):
        hop(sheet, complex(216 + k * 58, 676 + (k % 2) * 36), 40)
    for k in range(4):
        _ear(sheet, complex(990 + k * 20, 770), -110 + k * 14)


def _beer_bottle(sheet: Sheet, middle: float, top: float, label: str) -> None:
    half = profile((top, 22), (top + 110, 25), (top + 230, 68), (712, 69))
    sheet.lay(turned(middle, half, top, 712), BARK, 1.2)
    sheet.print(
        strip(curve(complex(middle - 50, top + 250), complex(middle - 54, 500), complex(middle - 50, 680)), 10), AMBER
    )
    sheet.lay(turned(middle, profile((0, 27), (1, 27)), top - 14, top + 22), GOLD if sheet.ground != OR else RED, 0.5)
    colour = label if label != sheet.ground else INK
    sheet.lay(ellipse(complex(middle, 540), 56, 78), CREAM, 0.5)
    sheet.print(ellipse(complex(middle, 540), 46, 66), colour)
    hop(sheet, complex(middle, 522), 26)


def hop(sheet: Sheet, at: complex, size: float) -> None:
    for row, count in enumerate((1, 2, 3, 2, 1)):
        for k in range(count):
            root = at + complex((k - (count - 1) / 2) * size * 0.72, (row - 2) * size * 0.46)
            sheet.lay(leaf(root - 0.5j * size, root + 0.62j * size, size * 0.66), (SAGE, LEAF)[(row + k) % 2], 0.3)


def _ear(sheet: Sheet, foot: complex, way: float) -> None:
    line = curve(foot, foot + aim(way, 150), foot + aim(way + 8, 330), 16)
    gold = GOLD if sheet.ground != OR else CRUST
    sheet.lay(strip(line, 7, 4), gold, 0.3)
    for i in range(8, 17):
        along = math.degrees(cmath.phase(line[i] - line[i - 1]))
        for side in (-28, 28):
            sheet.lay(leaf(line[i], line[i] + aim(along + side, 46), 17), gold if side > 0 else AMBER, 0.3)
