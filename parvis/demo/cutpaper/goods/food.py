"""What a food shop puts in its window. A thing stands on 0: about 110 units wide, 150 high."""

from ..basket import apple, cabbage, clementine, pear, pumpkin, tomato
from ..drinks import cup
from ..food import loaf, roll
from ..kitchen import onion
from ..larder import bean, hop
from ..paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    DEEP_RED,
    FIR,
    FLESH,
    GOLD,
    INK,
    LEAF,
    OR,
    PALE_SEA,
    RED,
    ROSE,
    SAUMON,
    SEA,
    STEEL,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from ..setting import quad
from ..shapes import aim, ellipse, leaf, pins, polygon, profile, slab, smooth, strip, turned
from ..sweets import bee, croissant


def bottle(sheet: Sheet, i: int) -> None:
    glass = (FIR, CRUST, DEEP_RED, LEAF)[i % 4]
    half = profile((-152, 11), (-112, 12), (-84, 31), (0, 32))
    sheet.lay(turned(0, half, -152, 0), glass, 0.8)
    sheet.lay(slab(-14 - 160j, 28, 40, 5), (OR, RED, CREAM)[i % 3], 0.3)
    quad(sheet, -29 - 66j, 58, 44, (CREAM, WHITE, ROSE)[i % 3], 0.3)
    sheet.print(ellipse(-44j, 11), (RED, SEA, FIR)[i % 3])


def loaves(sheet: Sheet, i: int) -> None:
    if i % 3 == 0:
        loaf(sheet, -58j, 58)
    elif i % 3 == 1:
        for k in range(3):
            roll(sheet, complex((-34, 34, 0)[k], (-26, -26, -66)[k]), 40)
    else:
        croissant(sheet, -34j, 46, 0)


def baguettes(sheet: Sheet, i: int) -> None:
    for k in range(3):
        with_lean = complex(-26 + 26 * k, 0)
        _baguette(sheet, with_lean, -96 + 8 * k + i % 2)
    sheet.lay(polygon([-56 - 70j, 56 - 70j, 44 + 0j, -44 + 0j]), AMBER, 0.7)
    for y in (-50, -26):
        sheet.print(strip([complex(-48, y), complex(48, y)], 7), CRUST)


def _baguette(sheet: Sheet, foot: complex, turn: float) -> None:
    start, end = foot - 10j, foot + aim(turn, 190)
    sheet.lay(_long(start, end, 34), CRUST, 0.6)
    for k in range(4):
        middle = start + (end - start) * (0.5 + 0.13 * k)
        sheet.print(leaf(middle + aim(turn + 130, 20), middle - aim(turn + 130, 20), 10), CREAM)


def _long(start: complex, end: complex, wide: float) -> str:
    along = (end - start) / abs(end - start)
    side = along * 1j * wide / 2
    return smooth(
        [
            start,
            start + along * wide * 0.4 + side,
            end - along * wide * 0.4 + side,
            end,
            end - along * wide * 0.4 - side,
            start + along * wide * 0.4 - side,
        ]
    )


def cheese(sheet: Sheet, i: int) -> None:
    rind = (CREAM, GOLD, AMBER)[i % 3]
    for k in range(1 + i % 2):
        y = -k * 50
        sheet.lay(slab(complex(-62, y - 48), 124, 48, 10), printed(rind, INK, 0.1), 0.7)
        sheet.lay(ellipse(complex(0, y - 48), 62, 18), rind, 0.2)
    if i % 2 == 0:
        sheet.print(polygon([-48j, 50 - 40j, 30 - 34j]), CREAM)


def joint(sheet: Sheet, i: int) -> None:
    if i % 2:
        sheet.lay(
            smooth(pins(0j, (-60, -34), (-30, -74), (36, -74), (62, -34), (34, 0), (-34, 0))),
            CRUST,
            0.8,
        )
        for k in range(3):
            sheet.print(strip([complex(-26 + 26 * k, -72), complex(-32 + 26 * k, -2)], 6), CREAM)
    else:
        sheet.lay(
            smooth(pins(0j, (-54, -30), (-20, -66), (40, -56), (56, -20), (20, 0), (-40, 0))),
            FLESH,
            0.8,
        )
        sheet.print(
            smooth(pins(0j, (-38, -28), (-14, -50), (28, -44), (38, -22), (10, -10), (-28, -10))),
            RED,
        )
        sheet.lay(ellipse(-6 - 30j, 11), WHITE, 0.2)


def sausage(sheet: Sheet, i: int) -> None:
    """Hung: its hook is 190 above."""
    sheet.print(strip([-196j, -150j], 3), CREAM)
    sheet.lay(slab(-19 - 150j, 38, 128, 18), (DEEP_RED, FLESH, CRUST)[i % 3], 0.7)
    for y in (-126, -96, -66, -40):
        sheet.print(strip([complex(-18, y), complex(18, y - 10)], 4), CREAM)


def jar(sheet: Sheet, i: int) -> None:
    sheet.lay(slab(-36 - 108j, 72, 108, 14), printed(CIEL, WHITE, 0.5), 0.7)
    sheet.print(slab(-29 - 82j, 58, 74, 8), (SUN, AMBER, LEAF, CREAM, DEEP_RED)[i % 5])
    sheet.lay(slab(-32 - 124j, 64, 24, 6), (RED, SEA, OR)[i % 3], 0.4)
    quad(sheet, -20 - 56j, 40, 28, WHITE, 0.2)


def honey_pot(sheet: Sheet, i: int) -> None:
    sheet.lay(slab(-38 - 92j, 76, 92, 16), GOLD, 0.7)
    sheet.print(slab(-30 - 72j, 60, 64, 10), AMBER)
    sheet.lay(slab(-34 - 110j, 68, 26, 6), (RED, CREAM, SEA)[i % 3], 0.4)
    if i % 3 == 1:
        bee(sheet, 30 - 150j, 24, -20)


def laid_table(sheet: Sheet, i: int) -> None:
    """A small table seen through the glass."""
    sheet.lay(strip([-70j, 0j], 9), INK, 0.4)
    sheet.lay(strip([-26 + 0j, 26 + 0j], 9), INK, 0.3)
    sheet.lay(ellipse(-74j, 62, 13), (WHITE, CREAM)[i % 2], 0.8)
    sheet.lay(
        polygon([-60 - 72j, 60 - 72j, 50 - 40j, 24 - 52j, -8 - 38j, -34 - 54j, -52 - 40j]), RED if i % 2 else WHITE, 0.4
    )
    sheet.lay(slab(-30 - 112j, 16, 34, 4), CIEL, 0.3)
    sheet.lay(slab(16 - 108j, 18, 30, 5), OR, 0.3)
    for turn in (-120, -70):
        sheet.lay(leaf(25 - 108j, 25 - 108j + aim(turn, 38), 14), LEAF, 0.2)


def cup_of(sheet: Sheet, i: int) -> None:
    cup(sheet, 0, -66, (RED, SEA, OR, CREAM)[i % 4], BARK, 36)


def greens(sheet: Sheet, i: int) -> None:
    if i % 4 == 0:
        cabbage(sheet, -44j, 46)
    elif i % 4 == 1:
        for x, y in ((-28, -24), (28, -24), (0, -62)):
            tomato(sheet, complex(x, y), 28)
    elif i % 4 == 2:
        pumpkin(sheet, -42j, 46)
    else:
        for x, y in ((-28, -24), (28, -24), (0, -62)):
            clementine(sheet, complex(x, y), 28)


def fruits(sheet: Sheet, i: int) -> None:
    fruit = (apple, pear, clementine)[i % 3]
    for x, y in ((-28, -26), (28, -26), (0, -66)):
        fruit(sheet, complex(x, y), 27)


def sweets(sheet: Sheet, i: int) -> None:
    if i % 2:
        sheet.lay(ellipse(-8j, 58, 12), WHITE, 0.5)
        for row, count in enumerate((4, 3, 2, 1)):
            for k in range(count):
                at = complex((k - (count - 1) / 2) * 28, -22 - row * 25)
                sheet.lay(ellipse(at, 15), (BARK, printed(BARK, INK, 0.35), CREAM)[(k + row + i) % 3], 0.4)
    else:
        sheet.lay(slab(-50 - 74j, 100, 74, 8), (RED, SEA, FIR)[i % 3], 0.7)
        sheet.print(slab(-9 - 74j, 18, 74, 2), GOLD)
        for side in (-1, 1):
            sheet.lay(leaf(-76j, complex(side * 44, -106), 28), GOLD, 0.4)


def pie(sheet: Sheet, i: int) -> None:
    sheet.lay(ellipse(-10j, 64, 14), WHITE, 0.6)
    sheet.lay(
        smooth(pins(0j, (-54, -14), (-44, -52), (0, -66), (44, -52), (54, -14))),
        (AMBER, CRUST)[i % 2],
        0.6,
    )
    for k in range(3):
        sheet.print(leaf(complex(-24 + 24 * k, -20), complex(-18 + 24 * k, -54), 10), BARK)


def slice_of(sheet: Sheet, i: int) -> None:
    sheet.lay(ellipse(-10j, 64, 14), WHITE, 0.6)
    sheet.lay(polygon([-52 - 16j, 52 - 30j, 40 - 100j]), GOLD, 0.6)
    sheet.lay(strip([38 - 104j, 54 - 26j], 17), CRUST, 0.4)
    for x, y in ((8, -40), (26, -62), (-14, -28)):
        sheet.print(ellipse(complex(x, y), 9), RED)


def two_fish(sheet: Sheet, i: int) -> None:
    sheet.lay(polygon([-66 + 0j, -58 - 24j, 58 - 24j, 66 + 0j]), WHITE, 0.5)
    silver = (PALE_SEA, CORAL, STEEL)[i % 3]
    for k in range(2):
        at = complex(-4, -36 - k * 34)
        sheet.lay(leaf(at - 56, at + 44, 40), silver, 0.6)
        sheet.lay(polygon([at + 36, at + 64 - 20j, at + 64 + 20j]), silver, 0.3)
        sheet.print(ellipse(at - 38 - 3j, 4), INK)


def sack(sheet: Sheet, i: int) -> None:
    sheet.lay(
        smooth(pins(0j, (-52, -96), (52, -96), (60, -20), (44, 0), (-44, 0), (-60, -20))),
        (CREAM, AMBER, SAUMON)[i % 3],
        0.7,
    )
    sheet.lay(ellipse(-96j, 52, 18), BARK, 0.3)
    for k in range(7):
        bean(sheet, complex(-34 + 11.5 * k, -96 + 8 * (k % 2)), 9, k * 40)
    quad(sheet, -22 - 62j, 44, 30, WHITE, 0.2)


def keg(sheet: Sheet, i: int) -> None:
    if i % 2:
        sheet.lay(turned(0, profile((-110, 40), (-55, 54), (0, 40)), -110, 0), CRUST, 0.7)
        for y in (-92, -58, -22):
            sheet.print(turned(0, profile((-110, 40), (-55, 54), (0, 40)), y, y + 8), INK)
        hop(sheet, -54j, 20)
    else:
        for x in (-34, 0, 34):
            half = profile((-130, 7), (-96, 8), (-70, 15), (0, 15))
            sheet.lay(turned(x, half, -130, 0), BARK, 0.5)
            quad(sheet, complex(x - 14, -52), 28, 30, (CREAM, OR, TILLEUL)[(x // 34 + i) % 3], 0.2)


def onions(sheet: Sheet, i: int) -> None:
    sheet.print(strip([-196j, -60j], 4), CREAM)
    for k in range(4):
        onion(sheet, complex((-1) ** k * 9, -140 + k * 34), 20)
