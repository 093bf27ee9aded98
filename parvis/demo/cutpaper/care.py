"""What takes care of people."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    FIR,
    GLASS,
    INK,
    LEAF,
    MAUVE,
    MINT,
    OR,
    PINK,
    RED,
    ROSE,
    SEA,
    SHADE,
    STEEL,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import daisy, peony, spray
from .setting import quad, sun, table
from .shapes import aim, arc, curve, ellipse, leaf, polygon, profile, ring, slab, strip, turned


def scissors(sheet: Sheet) -> None:
    """A hairdresser's: scissors, comb, mirror, a lock of hair."""
    sun(sheet, 600 + 400j, 330, ROSE, CREAM)
    _mirror(sheet, 318 + 300j)
    _comb(sheet, 884 + 120j)
    pivot = 600 + 400j
    for side, colour in ((-1, STEEL), (1, printed(STEEL, WHITE, 0.35))):
        way = -90 + side * 17
        tip = pivot + aim(way, 330)
        across = aim(way + 90, 1)
        blade = [
            pivot - across * 26 - aim(way, 40),
            pivot + across * 26 - aim(way, 40),
            pivot + across * (18 if side > 0 else 26) + aim(way, 170),
            tip,
            pivot - across * (26 if side > 0 else 18) + aim(way, 170),
        ]
        sheet.lay(polygon(blade), colour, 1.0)
        hold = pivot + aim(way + 180, 214)
        sheet.lay(
            strip(curve(pivot - aim(way, 20), pivot - aim(way, 90), hold + aim(way, 70)), 44, 34),
            sheet.unlike(RED, SEA),
            0.8,
        )
        sheet.lay(ring(hold - across * side * 6, 92, 56, 1.06), sheet.unlike(RED, SEA), 0.9)
    sheet.lay(ellipse(pivot, 21), OR if sheet.ground != OR else CREAM, 0.6)
    sheet.print(strip([pivot - 12, pivot + 12], 5), INK)
    for k, colour in enumerate((BARK, CRUST, AMBER)):
        foot = complex(900 + 32 * k, 470)
        lock = (
            curve(foot, foot + complex(120, 120), foot + complex(10, 180), 10)
            + curve(foot + complex(10, 180), foot + complex(-110, 240), foot + complex(30, 300), 10)[1:]
        )
        sheet.lay(strip(lock, 34, 8), colour, 0.7)


def _mirror(sheet: Sheet, at: complex) -> None:
    frame = sheet.unlike(MAUVE, CORAL)
    sheet.lay(slab(at + complex(-24, 130), 48, 250, 24), frame, 1.0)
    sheet.lay(ellipse(at, 142, 160), frame, 1.0)
    sheet.lay(ellipse(at, 116, 134), GLASS if sheet.ground != CIEL else WHITE, 0.3)
    for shift in (-30, 16):
        sheet.print(
            polygon(
                [
                    at + complex(shift - 44, 84),
                    at + complex(shift + 30, -96),
                    at + complex(shift + 52, -90),
                    at + complex(shift - 22, 90),
                ]
            ),
            WHITE if sheet.ground != CIEL else CIEL,
        )


def _comb(sheet: Sheet, at: complex) -> None:
    colour = sheet.unlike(AMBER)
    tilt = aim(14)
    for k in range(15):
        root = at + complex(10, 16 + k * 19) * tilt
        sheet.lay(strip([root, root + 106 * tilt], 9, 6), colour, 0.5)
    sheet.lay(polygon([at + p * tilt for p in (-34 - 8j, 18 - 14j, 18 + 312j, -34 + 306j)]), colour, 0.8)
    for k in range(3):
        sheet.print(ellipse(at + complex(-8, 60 + k * 90) * tilt, 6), CRUST)


def spectacles(sheet: Sheet) -> None:
    sun(sheet, 600 + 380j, 320, CREAM, CIEL)
    table(sheet, 640, sheet.about(624, 8), sheet.unlike(PINK, MAUVE))
    _closed_book(sheet, 250 + 596j, 700, 92, sheet.unlike(SEA, RED))
    frame = RED if sheet.ground != ROSE else SEA
    for side in (-1, 1):
        at = 600 + complex(side * 172, 0) + 400j
        hinge = at + complex(side * 150, -60)
        sheet.lay(
            strip(curve(hinge - side * 20, hinge + complex(side * 74, -6), hinge + complex(side * 70, 150)), 30, 18),
            printed(frame, INK, 0.3),
            0.8,
        )
        sheet.lay(ellipse(at, 138, 132), GLASS, 1.2)
        sheet.print(
            polygon([at + complex(-86, 62), at + complex(16, -104), at + complex(58, -92), at + complex(-44, 88)]),
            WHITE,
        )
        sheet.lay(ring(at, 160, 128, 0.95), frame, 0.8)
        sheet.print(ellipse(at + complex(side * 143, -50), 8), OR)
    sheet.lay(strip(arc(600 + 424j, 62, 205, 335), 30), frame, 0.7)
    for x, turn in ((206, -120), (180, -70), (1010, -60), (1040, -110)):
        root = complex(x, 640)
        spray(sheet, curve(root, root + aim(turn, 80), root + aim(turn + 12, 170)), 52, (FIR, LEAF)[x % 4 == 0])


def _closed_book(sheet: Sheet, at: complex, wide: float, high: float, colour: str) -> None:
    sheet.lay(slab(at, wide, high, 14), colour, 1.2)
    sheet.lay(
        polygon(
            [
                at + complex(34, 16),
                at + complex(wide + 6, 16),
                at + complex(wide + 6, high - 16),
                at + complex(34, high - 16),
            ]
        ),
        CREAM,
        0.2,
    )
    for k in range(3):
        y = 30 + k * (high - 56) / 2
        sheet.print(strip([at + complex(50, y), at + complex(wide - 10, y)], 4), SHADE)


def remedies(sheet: Sheet) -> None:
    """Mortar, brown bottles and the plants that go into them."""
    sun(sheet, 600 + 300j, 256, TILLEUL, CREAM)
    table(sheet, 620, sheet.about(634, 8), sheet.unlike(SEA, FIR))
    _phial(sheet, 372, 260, FIR)
    _phial(sheet, 502, 330, MAUVE)
    for turn in (-128, -104, -78, -54):
        root = 770 + 470j
        spray(
            sheet,
            curve(root, root + aim(turn + 8, 150), root + aim(turn, sheet.about(280, 12))),
            52,
            (FIR, LEAF)[turn % 4 == 0],
        )
    for x, y, size in ((700, 250, 50), (812, 206, 58), (900, 286, 46)):
        sheet.print(strip([complex(770, 470), complex(x, y)], 7), LEAF)
        daisy(sheet, complex(x, y), size, (WHITE, OR) if sheet.ground != WHITE else (ROSE, OR))
    sheet.lay(strip([900 + 330j, 822 + 520j], 34, 46), BARK, 0.9)
    sheet.lay(ellipse(904 + 322j, 30), BARK, 0.5)
    half = profile((470, 178), (520, 168), (640, 84), (664, 76), (712, 132))
    stone = sheet.unlike(SHADE, WHITE)
    sheet.lay(turned(770, half, 470, 712), stone, 1.2)
    sheet.lay(slab(580 + 452j, 380, 42, 20), stone, 0.6)
    sheet.print(strip([600 + 486j, 940 + 486j], 6), printed(SHADE, INK, 0.2))
    for x, y, turn in ((236, 700, 20), (300, 726, -20), (980, 724, 200)):
        sheet.lay(leaf(complex(x, y), complex(x, y) + aim(turn, 88), 40), (LEAF, MINT)[turn < 0], 0.6)


def _phial(sheet: Sheet, middle: float, top: float, colour: str) -> None:
    half = profile((top, 30), (top + 56, 32), (top + 110, 62), (712, 62))
    sheet.lay(turned(middle, half, top, 712), CRUST, 1.1)
    sheet.print(strip([complex(middle - 46, top + 130), complex(middle - 46, 690)], 9), AMBER)
    sheet.lay(slab(complex(middle - 38, top - 46), 76, 62, 10), INK, 0.6)
    for k in range(4):
        sheet.print(
            strip([complex(middle - 24 + k * 16, top - 38), complex(middle - 24 + k * 16, top + 8)], 4),
            printed(INK, WHITE, 0.3),
        )
    quad(sheet, complex(middle - 50, top + 160), 100, 150, CREAM, 0.5)
    at = complex(middle, top + 292)
    for turn in (-130, -90, -50):
        sheet.lay(leaf(at, at + aim(turn, 78), 30), colour if colour != sheet.ground else INK, 0.3)
    sheet.print(strip([complex(middle - 32, top + 184), complex(middle + 32, top + 184)], 7), INK)


def soaps(sheet: Sheet) -> None:
    """An institute's shelf: cream, soaps, a towel, a flower."""
    sun(sheet, 600 + 320j, 268, CREAM, ROSE)
    table(sheet, 640, sheet.about(628, 8), sheet.unlike(CIEL, MINT))
    body = sheet.unlike(MAUVE, CORAL)
    sheet.lay(slab(300 + 340j, 170, 372, 36), body, 1.1)
    sheet.print(slab(316 + 358j, 18, 320, 9), printed(body, WHITE, 0.5))
    sheet.lay(slab(352 + 262j, 66, 86, 10), INK, 0.7)
    sheet.lay(
        polygon([362 + 200j, 480 + 200j, 500 + 236j, 484 + 246j, 462 + 228j, 404 + 228j, 404 + 270j, 366 + 270j]),
        INK,
        0.7,
    )
    sheet.lay(ellipse(385 + 508j, 58, 74), CREAM, 0.4)
    for turn in (-130, -90, -50):
        sheet.lay(leaf(385 + 556j, 385 + 556j + aim(turn, 86), 34), FIR, 0.3)
    for k, (colour, wide) in enumerate(((PINK, 290), (WHITE if sheet.ground != WHITE else CREAM, 262), (CORAL, 226))):
        top = 640 - k * 78
        sheet.lay(slab(complex(680 - wide / 2, top), wide, 72, 26), colour if colour != sheet.ground else SEA, 0.9)
        sheet.print(
            slab(complex(680 - wide / 2 + 26, top + 14), wide - 52, 12, 6),
            printed(colour, WHITE, 0.45) if k != 1 else SHADE,
        )
    for turn in (-164, -16):
        sheet.lay(leaf(680 + 470j, 680 + 470j + aim(turn, 132), 50), LEAF, 0.5)
    peony(sheet, 680 + 424j, 72)
    sheet.lay(slab(848 + 560j, 190, 152, 40), sheet.unlike(CORAL, SEA), 0.9)
    sheet.lay(ellipse(943 + 560j, 95, 28), sheet.unlike(WHITE, CREAM), 0.4)
    sheet.print(ellipse(943 + 560j, 74, 19), ROSE)
    for _ in range(9):
        at = complex(sheet.about(860, 150), sheet.about(290, 130))
        sheet.lay(ellipse(at, sheet.about(24, 12)), printed(CIEL, WHITE, 0.5) if sheet.ground != CIEL else WHITE, 0.4)
        sheet.print(ellipse(at - 5 - 6j, 5), WHITE if sheet.ground != CIEL else CIEL)
