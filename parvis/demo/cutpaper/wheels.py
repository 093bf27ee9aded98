"""What is driven, ridden and mended."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CREAM,
    CRUST,
    FIR,
    GLASS,
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
from .plants import daisy, peony
from .setting import sun, table
from .shapes import aim, arc, curve, ellipse, leaf, pins, polygon, ring, slab, smooth, strip


def bicycle(sheet: Sheet) -> None:
    sun(sheet, 640 + 300j, 250, OR, ROSE)
    table(sheet, 690, sheet.about(680, 6), sheet.unlike(SAGE, SEA))
    bike(sheet)


def bike(sheet: Sheet) -> None:
    frame = RED if sheet.ground != ROSE else SEA
    rear, front, low, seat, head = 390 + 560j, 838 + 560j, 566 + 566j, 506 + 336j, 756 + 330j
    for hub in (rear, front):
        for k in range(12):
            sheet.print(strip([hub + aim(30 * k, 12), hub + aim(30 * k, 142)], 3.5), printed(STEEL, WHITE, 0.2))
        sheet.lay(ring(hub, 164, 141), INK, 0.9)
        sheet.print(ring(hub, 141, 135), STEEL)
        sheet.lay(ellipse(hub, 16), STEEL, 0.4)
        sheet.lay(strip(arc(hub, 180, 205, 318), 15), OR if sheet.ground != OR else CREAM, 0.5)
    for a, b, wide in (
        (rear, low, 13),
        (rear, seat + 26j, 11),
        (low, seat - 30j, 20),
        (low, head + 40j, 20),
        (seat + 12j, head + 6j, 18),
        (head - 60j, front - 120j, 20),
    ):
        sheet.lay(strip([a, b], wide), frame, 0.6)
    sheet.lay(strip([head + complex(20, 90), front], 17, 12), frame, 0.6)
    sheet.lay(smooth(pins(seat, (-74, -66), (-10, -72), (56, -50), (6, -38), (-54, -34))), BARK, 0.7)
    sheet.lay(strip(curve(head - 64j, head + complex(-20, -96), head + complex(-84, -88)), 13), STEEL, 0.5)
    sheet.lay(strip([head + complex(-84, -88), head + complex(-126, -72)], 20), BARK, 0.5)
    sheet.lay(ring(low, 50, 34), INK, 0.5)
    sheet.lay(strip([low, low + aim(66, 82)], 11), STEEL, 0.5)
    sheet.lay(slab(low + aim(66, 82) - complex(34, 8), 68, 17, 6), INK, 0.4)
    _basket(sheet, head + complex(96, -80))


def _basket(sheet: Sheet, at: complex) -> None:
    for k, turn in enumerate((-142, -118, -90, -64, -40)):
        sheet.lay(leaf(at, at + aim(turn, 118), 34), (FIR, LEAF)[k % 2], 0.5)
    for k, (x, y) in enumerate(((-46, -54), (8, -84), (56, -48))):
        (peony, daisy, peony)[k](sheet, at + complex(x, y), 40)
    sheet.lay(polygon(pins(at, (-84, -24), (96, -24), (74, 92), (-62, 92))), AMBER, 0.9)
    for row in range(3):
        for k in range(5):
            sheet.print(slab(at + complex(-66 + k * 31 + (row % 2) * 8, -4 + row * 32), 22, 14, 6), CRUST)


def car(sheet: Sheet) -> None:
    """A small round car, a jack, a spanner."""
    table(sheet, 610, sheet.about(620, 6), sheet.unlike(SHADE, WHITE))
    sun(sheet, 960 + 190j, 104, SUN, OR)
    body = SEA if sheet.ground != CIEL else RED
    dark = printed(body, INK, 0.3)
    sheet.lay(
        smooth(
            pins(0j, (268, 430), (330, 268), (420, 238), (700, 244), (748, 284), (838, 420), (780, 470), (300, 470))
        ),
        body,
        1.0,
    )
    for pane in (((320, 408), (364, 280), (550, 276), (554, 408)), ((586, 408), (584, 276), (686, 280), (772, 408))):
        sheet.lay(polygon(pins(0j, *pane)), GLASS, 0.3)
    sheet.print(polygon([400 + 402j, 452 + 282j, 486 + 282j, 438 + 402j]), WHITE)
    sheet.lay(
        smooth(
            pins(
                0j,
                (196, 540),
                (210, 450),
                (330, 404),
                (600, 398),
                (800, 396),
                (940, 436),
                (990, 520),
                (980, 606),
                (210, 612),
            )
        ),
        body,
        1.1,
    )
    sheet.print(strip([570 + 404j, 570 + 590j], 5), dark)
    sheet.print(strip(curve(216 + 500j, 560 + 478j, 970 + 500j), 7), printed(body, WHITE, 0.4))
    sheet.lay(slab(600 + 452j, 62, 15, 7), CREAM, 0.3)
    sheet.lay(ellipse(958 + 492j, 34, 42), OR if sheet.ground != OR else CREAM, 0.5)
    sheet.print(ellipse(958 + 492j, 22, 29), CREAM)
    sheet.lay(slab(176 + 476j, 40, 58, 12), RED if body == SEA else OR, 0.4)
    sheet.lay(slab(166 + 574j, 852, 42, 20), printed(STEEL, WHITE, 0.3), 0.7)
    for at in (360 + 606j, 806 + 606j):
        sheet.print(polygon([at + p for p in (-116 + 8j, -82 - 84j, 82 - 84j, 116 + 8j)]), dark)
        sheet.lay(ellipse(at, 98), INK, 1.0)
        sheet.print(ellipse(at, 60), STEEL)
        for k in range(5):
            sheet.print(ellipse(at + aim(72 * k - 90, 36), 10), INK)
        sheet.lay(ellipse(at, 20), OR, 0.3)
    _spanner(sheet, 230 + 752j, 300, -4)
    _spanner(sheet, 700 + 756j, 220, 3)


def _spanner(sheet: Sheet, at: complex, reach: float, turn: float) -> None:
    metal = printed(STEEL, INK, 0.2)
    sheet.lay(strip([at, at + aim(turn, reach)], 26), metal, 0.7)
    for end, mouth in ((at, 180), (at + aim(turn, reach), 0)):
        jaw = [end + aim(turn + mouth + a, 40) for a in (38, 90, 140, 180, 220, 270, 322)]
        sheet.lay(polygon([*jaw, end + aim(turn + mouth, 2)]), metal, 0.5)


def laptop(sheet: Sheet) -> None:
    """A computer under repair: its screen wears a plaster."""
    sun(sheet, 600 + 320j, 300, CREAM, TILLEUL)
    table(sheet, 640, sheet.about(632, 8), sheet.unlike(SEA, FIR))
    sheet.lay(slab(310 + 176j, 580, 410, 26), INK, 1.2)
    sheet.print(slab(332 + 198j, 536, 366, 12), CIEL)
    sheet.print(polygon([332 + 564j, 332 + 440j, 470 + 340j, 590 + 450j, 700 + 380j, 868 + 500j, 868 + 564j]), FIR)
    sheet.print(polygon([332 + 564j, 332 + 520j, 520 + 460j, 868 + 540j, 868 + 564j]), LEAF)
    sheet.print(ellipse(760 + 290j, 46), OR)
    sheet.lay(polygon([240 + 640j, 310 + 584j, 890 + 584j, 960 + 640j]), STEEL, 0.8)
    for row in range(3):
        for k in range(13):
            sheet.print(slab(complex(318 - row * 14 + k * (43 + row * 2.2), 590 + row * 12), 34, 8, 3), INK)
    sheet.lay(slab(230 + 634j, 740, 36, 16), printed(STEEL, INK, 0.25), 1.0)
    for turn in (38, -52):
        at = 480 + 330j
        way = aim(turn)
        sheet.lay(
            polygon(
                pins(
                    at, (-96, -22), (-88, -28), (88, -28), (96, -22), (96, 22), (88, 28), (-88, 28), (-96, 22), turn=way
                )
            ),
            SAUMON if turn > 0 else printed(SAUMON, CREAM, 0.4),
            0.6,
        )
    for k in range(9):
        sheet.print(ellipse(480 + 330j + complex((k % 3 - 1) * 15, (k // 3 - 1) * 15), 3.6), CRUST)
    for at, turn, colour in ((300 + 742j, -6, RED), (660 + 738j, 5, OR)):
        colour = colour if colour != sheet.ground else CREAM
        way = aim(turn)
        sheet.lay(strip([at + 110 * way, at + 260 * way], 11), STEEL, 0.5)
        sheet.lay(
            polygon(pins(at, (0, -16), (14, -22), (118, -18), (126, 0), (118, 18), (14, 22), (0, 16), turn=way)),
            colour,
            0.7,
        )
