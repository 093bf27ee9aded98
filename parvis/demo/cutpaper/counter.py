"""What a butcher and a fishmonger lay before you."""

from .basket import lemon
from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    DEEP_RED,
    FIR,
    FLESH,
    INK,
    LEAF,
    MINT,
    OR,
    PALE_SEA,
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
from .plants import spray
from .setting import plate, quad, sun, table
from .shapes import aim, arc, curve, ellipse, leaf, pins, polygon, ring, slab, smooth, strip


def roast(sheet: Sheet) -> None:
    """A tied roast on its board, rosemary and garlic."""
    table(sheet, 566, sheet.about(546, 8), sheet.unlike(TILLEUL, SAGE))
    sheet.lay(ellipse(1010 + 170j, 104), sheet.unlike(OR, SAUMON))
    spray(sheet, curve(-20 + 60j, 150 + 90j, 330 + 60j), 70, FIR)
    sheet.lay(slab(150 + 500j, 830, 214, 34), BARK, 1.3)
    sheet.lay(slab(150 + 488j, 830, 206, 34), AMBER, 0.3)
    sheet.print(ring(918 + 590j, 24, 12), BARK)
    for y in (548, 600, 652):
        sheet.print(strip(curve(complex(180, y), complex(500, y + 14), complex(860, y - 6)), 4), CRUST)
    sheet.lay(
        smooth(
            pins(0j, (250, 470), (330, 330), (560, 300), (770, 340), (812, 470), (760, 600), (560, 640), (330, 606))
        ),
        CRUST,
        1.3,
    )
    sheet.print(
        smooth(
            pins(0j, (276, 460), (346, 350), (560, 324), (742, 360), (776, 460), (700, 520), (540, 520), (350, 520))
        ),
        AMBER,
    )
    for i in range(5):
        x = 360 + i * 84
        sheet.lay(
            strip(
                curve(complex(x, 318 + abs(i - 2) * 12), complex(x - 46, 470), complex(x + 6, 628 - abs(i - 2) * 8)), 11
            ),
            CREAM,
            0.5,
        )
    sheet.lay(ellipse(778 + 474j, 78, 132, 4), printed(CREAM, ROSE, 0.5), 0.7)
    sheet.lay(ellipse(780 + 476j, 62, 112, 4), FLESH, 0.2)
    sheet.print(ellipse(784 + 482j, 36, 74, 4), RED)
    spray(sheet, curve(300 + 330j, 470 + 240j, 660 + 296j), 44, FIR)
    _garlic(sheet, 246 + 664j, 66)
    _garlic(sheet, 350 + 700j, 48)
    _cleaver(sheet)


def _garlic(sheet: Sheet, at: complex, size: float) -> None:
    sheet.lay(
        smooth(pins(at, (-1, 0.2), (-0.5, -0.5), (0.05, -1.4), (0.5, -0.5), (1, 0.2), (0, 0.8), turn=size)),
        WHITE if sheet.ground != WHITE else CREAM,
        0.8,
    )
    for x in (-0.6, 0, 0.6):
        sheet.print(strip(curve(at - 0.7j * size, at + size * x * 1.3, at + 0.7j * size), 4), ROSE)


def _cleaver(sheet: Sheet) -> None:
    blade = pins(0j, (590, 716), (900, 676), (930, 724), (900, 770), (600, 784))
    sheet.lay(polygon(blade), STEEL, 0.9)
    sheet.print(polygon([594 + 760j, 906 + 748j, 900 + 770j, 600 + 784j]), printed(STEEL, WHITE, 0.5))
    sheet.lay(slab(420 + 716j, 186, 44, 20), INK, 0.8)
    for x in (468, 540):
        sheet.print(ellipse(complex(x, 738), 7), OR)


def charcuterie(sheet: Sheet) -> None:
    """Sausages on hooks, a ham, a terrine."""
    quad(sheet, -30 + 64j, 1260, 30, INK, 0.9)
    table(sheet, 640, sheet.about(630, 6), sheet.unlike(CIEL, OR))
    for x, size, colour in ((292, 1.0, DEEP_RED), (402, 1.16, FLESH), (890, 1.05, DEEP_RED), (990, 0.9, CRUST)):
        _sausage(sheet, complex(x, 92), size, colour)
    _ham(sheet, 650 + 92j)
    _terrine(sheet, 380 + 610j)
    for x in (700, 760, 820, 880):
        sheet.lay(ellipse(complex(x, 690 + (x % 3) * 6), 56, 40, -12), FLESH, 0.7)
        for k in range(6):
            sheet.print(ellipse(complex(x, 690) + aim(60 * k + x, 24), 6), CREAM)
    _gherkins(sheet)


def _gherkins(sheet: Sheet) -> None:
    for x, turn in ((930, -30), (968, 16), (1004, -50)):
        sheet.lay(ellipse(complex(x, 724), 40, 15, turn), LEAF, 0.6)
        sheet.print(strip([complex(x, 724) - aim(turn, 24), complex(x, 724) + aim(turn, 20)], 4), SAGE)


def _sausage(sheet: Sheet, hook: complex, size: float, colour: str) -> None:
    sheet.print(strip([hook - 20j, hook + 60j], 5), sheet.unlike(CREAM, WHITE))
    middle = hook + complex(0, 60 + 150 * size)
    sheet.lay(slab(middle - complex(36 * size, 150 * size), 72 * size, 300 * size, 35 * size), colour, 1.0)
    for k in range(5):
        y = middle + complex(0, (k - 2) * 58 * size)
        lean = 12 if k % 2 else -12
        sheet.print(strip([y - complex(35 * size, lean), y + complex(35 * size, lean)], 5), CREAM)
    sheet.print(strip([middle - 1j * 140 * size, middle + 1j * 140 * size], 5), CREAM)
    sheet.lay(ellipse(middle - 1j * 156 * size, 13), CREAM, 0.4)
    sheet.lay(ellipse(middle + 1j * 156 * size, 13), CREAM, 0.4)


def _ham(sheet: Sheet, hook: complex) -> None:
    sheet.print(strip([hook - 20j, hook + 40j], 7), sheet.unlike(CREAM, WHITE))
    outline = [
        (-26, 30),
        (26, 30),
        (40, 120),
        (132, 230),
        (164, 350),
        (120, 460),
        (0, 494),
        (-120, 460),
        (-164, 350),
        (-132, 230),
        (-40, 120),
    ]
    sheet.lay(smooth(pins(hook, *outline)), CRUST, 1.3)
    sheet.lay(ellipse(hook + 372j, 138, 112), CREAM, 0.5)
    sheet.print(ellipse(hook + 374j, 116, 92), FLESH)
    sheet.print(ellipse(hook + complex(16, 366), 62, 46), RED)
    sheet.lay(ellipse(hook + complex(-30, 386), 26, 22), WHITE, 0.3)
    sheet.print(ellipse(hook + complex(-30, 386), 12, 10), SAUMON)
    sheet.print(
        strip(curve(hook + complex(-34, 130), hook + complex(-110, 210), hook + complex(-128, 290)), 12, 5), AMBER
    )


def _terrine(sheet: Sheet, at: complex) -> None:
    sheet.lay(slab(at + complex(-170, -30), 340, 150, 26), FIR if sheet.ground != TILLEUL else SEA, 1.1)
    sheet.lay(
        slab(at + complex(-184, -46), 368, 34, 15),
        printed(FIR, WHITE, 0.2) if sheet.ground != TILLEUL else PALE_SEA,
        0.5,
    )
    sheet.print(slab(at + complex(-160, -64), 320, 26, 10), CRUST)
    sheet.lay(leaf(at + complex(-60, -58), at + complex(40, -76), 34), LEAF, 0.4)
    for x in (0, 26, 48):
        sheet.lay(ellipse(at + complex(70 + x, -60 + x % 5), 11), DEEP_RED, 0.3)
    quad(sheet, at + complex(-60, 20), 120, 60, CREAM, 0.4)
    sheet.print(strip([at + complex(-40, 42), at + complex(38, 40)], 6), INK)
    sheet.print(strip([at + complex(-40, 60), at + complex(14, 59)], 6), INK)


def fish(sheet: Sheet) -> None:
    """A sea bream on its platter, lemon and parsley."""
    sun(sheet, 600 + 260j, 220, CORAL, SUN)
    table(sheet, 520, sheet.about(536, 8), sheet.unlike(SEA, FIR))
    plate(sheet, 600 + 566j, 440, 168)
    for x, y, turn in ((260, 556, 200), (300, 606, 160), (910, 560, -30), (884, 624, 20), (330, 520, 230)):
        spray(
            sheet,
            curve(complex(x, y), complex(x, y) + aim(turn, 40), complex(x, y) + aim(turn - 10, 80)),
            46,
            (FIR, LEAF)[turn % 20 == 0],
        )
    silver = printed(CIEL, SEA, 0.12)
    sheet.lay(
        smooth(pins(0j, (800, 470), (900, 380), (948, 372), (918, 470), (952, 574), (900, 566))),
        PALE_SEA,
        1.0,
    )
    sheet.lay(smooth(pins(0j, (420, 400), (520, 318), (680, 330), (760, 410))), PALE_SEA, 0.7)
    sheet.lay(
        smooth(
            pins(0j, (252, 490), (330, 410), (500, 350), (690, 380), (836, 474), (690, 572), (500, 604), (330, 562))
        ),
        silver,
        1.2,
    )
    sheet.print(
        smooth(pins(0j, (280, 520), (420, 540), (600, 540), (800, 488), (690, 566), (500, 596), (340, 556))),
        WHITE,
    )
    for row in range(3):
        for k in range(7 - row % 2):
            at = complex(466 + k * 52 + (row % 2) * 26, 424 + row * 44)
            sheet.print(strip(arc(at, 26, -80, 80, 8), 6, 6), PALE_SEA)
    sheet.lay(
        smooth(pins(0j, (252, 490), (320, 416), (404, 392), (432, 480), (404, 578), (322, 556))),
        PALE_SEA,
        0.6,
    )
    sheet.print(strip(arc(392 + 484j, 72, -62, 62), 8), SEA)
    sheet.lay(ellipse(334 + 462j, 24), WHITE, 0.3)
    sheet.print(ellipse(332 + 463j, 13), INK)
    sheet.print(strip(curve(258 + 500j, 290 + 516j, 318 + 508j), 6), SEA)
    sheet.lay(leaf(470 + 500j, 586 + 548j, 54), PALE_SEA, 0.6)
    for x, y in ((540, 656), (640, 668), (744, 646)):
        lemon(sheet, complex(x, y), 50)


def oysters(sheet: Sheet) -> None:
    table(sheet, 330, sheet.about(310, 8), sheet.unlike(SEA, FIR))
    at = 600 + 430j
    sheet.lay(ellipse(at + 14j, 366, 300), STEEL, 1.3)
    sheet.lay(ellipse(at, 366, 298), sheet.unlike(CIEL, WHITE), 0.2)
    for _ in range(42):
        where = at + aim(sheet.random.uniform(0, 360), 290 * sheet.random.random() ** 0.5)
        corners = [where + aim(90 * k + sheet.random.uniform(0, 30), sheet.about(30, 8)) for k in range(4)]
        sheet.lay(polygon(corners), sheet.random.choice((WHITE, printed(CIEL, WHITE, 0.6))), 0.3)
    for k in range(8):
        way = 45 * k + 20
        _oyster(sheet, at + aim(way, 222), way)
    for k in range(3):
        root = at + aim(120 * k + 30, 40)
        spray(sheet, curve(root, root + aim(120 * k, 40), root + aim(120 * k + 20, 80)), 40, FIR)
    orange_slice = at - 20 + 8j
    lemon(sheet, orange_slice, 74)
    lemon(sheet, at + 54 - 36j, 58)


def _oyster(sheet: Sheet, at: complex, way: float) -> None:
    def piece(scale: float) -> str:
        knots = (
            (-1.1, 0),
            (-0.6, -0.62),
            (0.1, -0.8),
            (0.8, -0.56),
            (1.04, 0.1),
            (0.7, 0.66),
            (-0.1, 0.76),
            (-0.7, 0.5),
        )
        return smooth([at + complex(x, y) * scale * sheet.about(86, 3) * aim(way + 180) for x, y in knots])

    sheet.lay(piece(1), printed(INK, CIEL, 0.45), 0.9)
    sheet.lay(piece(0.84), SHADE, 0.2)
    sheet.print(piece(0.68), WHITE)
    sheet.lay(piece(0.44), printed(MINT, INK, 0.25), 0.3)
    sheet.print(ellipse(at + aim(way, 20), 14, 9), WHITE)
