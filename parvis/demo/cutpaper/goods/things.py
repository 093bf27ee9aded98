"""What the other shops put in their windows. A thing stands on 0: about 110 units wide, 150 high."""

from ..paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    FIR,
    GOLD,
    INK,
    LEAF,
    MAUVE,
    MINT,
    OR,
    PALE_SEA,
    PINK,
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
from ..plants import anemone, daisy, peony
from ..setting import quad
from ..shapes import aim, arc, curve, ellipse, leaf, pins, polygon, profile, ring, slab, smooth, strip, turned
from ..wardrobe import ball, gem
from ..workshop import note

BRIGHT = (RED, OR, CIEL, PINK, TILLEUL, SAUMON, MAUVE, CREAM)


def _bright(i: int) -> str:
    return BRIGHT[i % len(BRIGHT)]


def bunch(sheet: Sheet, i: int) -> None:
    for k in range(7):
        sheet.lay(leaf(-50j, -50j + aim(-150 + k * 20, 104), 30), (FIR, LEAF, SAGE)[k % 3], 0.5)
    bloom = (peony, daisy, anemone)[i % 3]
    for x, y in ((-34, -100), (32, -106), (0, -136)):
        bloom(sheet, complex(x, y), 37)
    sheet.lay(polygon([-44 - 66j, 44 - 66j, 32 + 0j, -32 + 0j]), (CIEL, WHITE, OR)[i % 3], 0.8)


def spines(sheet: Sheet, i: int) -> None:
    x = -58.0
    for k in range(5):
        wide, high = (20, 26, 18, 24, 22)[(k + i) % 5], (118, 136, 104, 146, 124)[(k * 2 + i) % 5]
        paper = _bright(k * 3 + i)
        quad(sheet, complex(x, -high), wide, high, paper, 0.5)
        sheet.print(strip([complex(x + 2, -high + 20), complex(x + wide - 2, -high + 20)], 6), printed(paper, INK, 0.4))
        x += wide + 2


def cover(sheet: Sheet, i: int) -> None:
    """A book shown from the front."""
    paper = _bright(i)
    quad(sheet, -44 - 126j, 88, 126, paper, 0.8)
    (daisy, anemone, peony)[i % 3](sheet, -50j, 28)
    for y in (-108, -94):
        sheet.print(strip([complex(-28, y), complex(28, y)], 7), INK)


def head(sheet: Sheet, i: int) -> None:
    """A hairdresser's wig stand."""
    hair = (CRUST, BARK, GOLD, RED)[i % 4]
    sheet.lay(
        smooth(pins(0j, (-54, -110), (0, -158), (54, -110), (58, -40), (30, -24), (-30, -24), (-58, -40))),
        hair,
        0.8,
    )
    sheet.lay(polygon([-16 - 50j, 16 - 50j, 26 + 0j, -26 + 0j]), SAUMON, 0.3)
    sheet.lay(ellipse(-86j, 32, 42), SAUMON, 0.3)
    sheet.lay(
        smooth(pins(0j, (-36, -100), (-10, -136), (36, -106), (38, -94), (4, -112), (-30, -86))),
        hair,
        0.3,
    )


def flask(sheet: Sheet, i: int) -> None:
    paper = (MAUVE, MINT, PINK, OR)[i % 4]
    if i % 2:
        sheet.lay(slab(-24 - 104j, 48, 104, 12), paper, 0.7)
        sheet.lay(slab(-13 - 134j, 26, 34, 5), INK, 0.4)
        sheet.print(ellipse(-48j, 14), CREAM)
    else:
        sheet.lay(slab(-40 - 56j, 80, 56, 14), paper, 0.7)
        sheet.lay(slab(-44 - 80j, 88, 30, 8), CREAM, 0.4)


def glasses(sheet: Sheet, i: int) -> None:
    frame = (RED, OR, CIEL, TILLEUL, PINK)[i % 5]
    quad(sheet, -64 - 26j, 128, 26, CREAM, 0.6)
    for side in (-1, 1):
        sheet.lay(ellipse(complex(side * 31, -56), 25), printed(CIEL, WHITE, 0.5), 0.3)
        sheet.lay(ring(complex(side * 31, -56), 31, 23), frame, 0.6)
    sheet.lay(strip(arc(-52j, 11, 200, 340, 6), 7), frame, 0.3)


def frock(sheet: Sheet, i: int) -> None:
    """A dress on a stand."""
    cloth = (RED, OR, CIEL, PINK)[i % 4]
    sheet.lay(strip([-60j, 0j], 8), BARK, 0.3)
    sheet.lay(strip([-34 + 0j, 34 + 0j], 9), BARK, 0.3)
    sheet.lay(ellipse(-196j, 9), BARK, 0.3)
    sheet.lay(
        polygon(
            pins(
                0j,
                (-30, -184),
                (-12, -178),
                (0, -166),
                (12, -178),
                (30, -184),
                (24, -112),
                (56, -30),
                (-56, -30),
                (-24, -112),
            )
        ),
        cloth,
        0.8,
    )
    sheet.print(strip([-24 - 112j, 24 - 112j], 9), printed(cloth, INK, 0.4))
    for x, y in ((-16, -82), (12, -70), (-28, -50), (30, -48), (0, -44)):
        sheet.print(ellipse(complex(x, y), 5), CREAM)


def shoe(sheet: Sheet, i: int) -> None:
    skin = (CRUST, RED, SEA, BARK)[i % 4]
    quad(sheet, -60 - 40j, 120, 40, (CREAM, WHITE)[i % 2], 0.5)
    sheet.lay(
        polygon(pins(0j, (-40, -104), (-4, -104), (4, -80), (50, -62), (54, -46), (-42, -46))),
        skin,
        0.6,
    )
    sheet.print(strip([-42 - 46j, 55 - 46j], 8), INK)
    for k in range(3):
        sheet.print(strip([complex(-8 + 10 * k, -92 + 9 * k), complex(8 + 10 * k, -98 + 11 * k)], 4), OR)


def toy(sheet: Sheet, i: int) -> None:
    if i % 3 == 0:
        for k, (x, y) in enumerate(((-28, -24), (28, -24), (0, -72))):
            sheet.lay(slab(complex(x - 24, y - 24), 48, 48, 6), (SEA, OR, RED)[(k + i) % 3], 0.6)
            sheet.print(ellipse(complex(x, y), 12), CREAM)
    elif i % 3 == 1:
        sheet.lay(ellipse(-50j, 50), (OR, CIEL)[i % 2], 0.7)
        for k in range(3):
            sheet.print(polygon([-50j, -50j + aim(120 * k, 50), -50j + aim(120 * k + 60, 50)]), RED)
        sheet.print(ellipse(-50j, 12), WHITE)
    else:
        _bear(sheet)


def _bear(sheet: Sheet) -> None:
    for side in (-1, 1):
        sheet.lay(ellipse(complex(side * 28, -124), 15), CRUST, 0.4)
        sheet.lay(ellipse(complex(side * 44, -56), 16, 28, side * 30), CRUST, 0.4)
    sheet.lay(ellipse(-44j, 42, 46), CRUST, 0.6)
    sheet.lay(ellipse(-100j, 36), CRUST, 0.6)
    for side in (-1, 1):
        sheet.lay(ellipse(complex(side * 28, -8), 19, 14), AMBER, 0.4)
        sheet.print(ellipse(complex(side * 12, -106), 5), INK)
    sheet.lay(ellipse(-90j, 16, 12), CREAM, 0.2)
    sheet.print(ellipse(-95j, 5, 4), INK)


def wheel(sheet: Sheet, i: int) -> None:
    hub = -78j
    for k in range(8):
        sheet.print(strip([hub, hub + aim(45 * k + i * 9, 62)], 3), SHADE)
    sheet.lay(ring(hub, 74, 62), (RED, OR, CIEL)[i % 3], 0.6)
    sheet.print(ellipse(hub, 9), CREAM)


def tyres(sheet: Sheet, i: int) -> None:
    for k in range(3):
        sheet.lay(slab(complex(-58, -44 - k * 46), 116, 44, 20), INK if k % 2 else printed(INK, WHITE, 0.2), 0.6)
        sheet.print(strip([complex(-40, -22 - k * 46), complex(40, -22 - k * 46)], 7), STEEL)


def can(sheet: Sheet, i: int) -> None:
    paper = (RED, SEA, OR)[i % 3]
    sheet.lay(strip([30 - 30j, 84 - 92j], 14), paper, 0.4)
    sheet.lay(strip(arc(-6 - 72j, 36, 180, 350, 10), 9), paper, 0.4)
    sheet.lay(turned(0, profile((-74, 36), (0, 44)), -74, 0), paper, 0.7)


def potted(sheet: Sheet, i: int) -> None:
    if i % 3 == 0:
        sheet.lay(slab(-24 - 150j, 48, 110, 24), LEAF, 0.6)
        daisy(sheet, -152j, 20, (PINK, OR))
    else:
        for k in range(7):
            sheet.lay(leaf(-50j, -50j + aim(-164 + k * 25, 96), 36), (FIR, LEAF, SAGE)[(k + i) % 3], 0.5)
    sheet.lay(polygon([-44 - 58j, 44 - 58j, 32 + 0j, -32 + 0j]), (CORAL, OR, CIEL)[i % 3], 0.7)


def bowl_and_biscuits(sheet: Sheet, i: int) -> None:
    if i % 2:
        sheet.lay(polygon([-56 - 40j, 56 - 40j, 44 + 0j, -44 + 0j]), (RED, SEA)[i % 4 == 1], 0.7)
        sheet.lay(ellipse(-40j, 56, 13), CRUST, 0.3)
    else:
        sheet.lay(slab(-44 - 130j, 88, 130, 10), (OR, CIEL)[i % 4 == 0], 0.7)
        sheet.lay(ellipse(-52j, 24, 20), BARK, 0.3)
        for k in range(4):
            sheet.lay(ellipse(-52j + aim(-150 + 40 * k, 34), 9), BARK, 0.2)


def skein(sheet: Sheet, i: int) -> None:
    papers = (PINK, OR, CIEL, TILLEUL, MAUVE, RED)
    for k, (x, y) in enumerate(((-30, -30), (30, -30), (0, -78))):
        ball(sheet, complex(x, y), 32, papers[(i * 2 + k) % 6])


def jewel(sheet: Sheet, i: int) -> None:
    if i % 2:
        sheet.lay(
            smooth(
                pins(0j, (-16, -150), (16, -150), (20, -120), (56, -94), (50, 0), (-50, 0), (-56, -94), (-20, -120))
            ),
            INK,
            0.6,
        )
        for k in range(7):
            sheet.lay(
                ellipse(-116j + complex(34 * aim(20 + k * 23.5).real, 52 * aim(20 + k * 23.5).imag), 6), CREAM, 0.3
            )
        gem(sheet, -54j, 12, (RED, PINK, ROSE))
    else:
        sheet.lay(slab(-36 - 36j, 72, 36, 6), (RED, SEA)[i % 4 == 0], 0.6)
        sheet.lay(ring(-58j, 24, 17), GOLD, 0.5)
        gem(sheet, -90j, 15, (SEA, PALE_SEA, CIEL))


def rolled(sheet: Sheet, i: int) -> None:
    for k in range(2):
        sheet.lay(slab(complex(-60, -44 - k * 46), 120, 44, 22), (MAUVE, PINK, CIEL, OR)[(i + k) % 4], 0.6)
        sheet.print(ellipse(complex(-38, -22 - k * 46), 12), WHITE)


def screen(sheet: Sheet, i: int) -> None:
    sheet.lay(slab(-60 - 110j, 120, 84, 8), printed(INK, WHITE, 0.2), 0.7)
    sheet.print(slab(-51 - 102j, 102, 66, 4), (CIEL, OR, TILLEUL)[i % 3])
    sheet.print(ellipse(20 - 78j, 12), (OR, RED, SEA)[i % 3])
    sheet.lay(polygon([-72 + 0j, -58 - 24j, 58 - 24j, 72 + 0j]), STEEL, 0.5)


def vase(sheet: Sheet, i: int) -> None:
    shapes = (
        ((-140, 18), (-110, 16), (-50, 46), (0, 26)),
        ((-84, 46), (-30, 52), (0, 28)),
        ((-110, 34), (-70, 24), (-30, 50), (0, 34)),
    )
    half = profile(*shapes[i % 3])
    top = shapes[i % 3][0][0]
    paper = (CORAL, CIEL, CREAM, OR)[i % 4]
    sheet.lay(turned(0, half, top, 0), paper, 0.7)
    sheet.print(turned(0, half, top * 0.55, top * 0.43), printed(paper, INK, 0.4))


def violin(sheet: Sheet, i: int) -> None:
    wood = (AMBER, CRUST, SUN)[i % 3]
    sheet.lay(strip([-190j, -96j], 10), BARK, 0.5)
    sheet.lay(ellipse(-194j, 11), BARK, 0.4)
    sheet.lay(
        smooth(pins(0j, (0, -118), (32, -108), (24, -70), (42, -32), (0, 0), (-42, -32), (-24, -70), (-32, -108))),
        wood,
        0.8,
    )
    sheet.print(ellipse(-62j, 9), INK)
    sheet.print(strip([-150j, -24j], 3), CREAM)
    if i % 3 == 2:
        note(sheet, 48 - 150j, 24, OR)


def clock(sheet: Sheet, i: int) -> None:
    if i % 3 == 0:
        sheet.lay(polygon([-40 - 150j, 40 - 150j, 62 - 84j, -62 - 84j]), (CORAL, OR)[i % 2], 0.7)
        sheet.lay(strip([-84j, 0j], 9), GOLD, 0.4)
        sheet.lay(ellipse(0j, 34, 8), GOLD, 0.4)
    elif i % 3 == 1:
        sheet.lay(ellipse(-56j, 54), (RED, MAUVE)[i % 2], 0.7)
        sheet.lay(ellipse(-56j, 40), CREAM, 0.3)
        sheet.print(strip([-56j, -86j], 6), INK)
        sheet.print(strip([-56j, 20 - 46j], 6), INK)
    else:
        quad(sheet, -56 - 116j, 112, 116, GOLD, 0.7)
        quad(sheet, -40 - 100j, 80, 84, CIEL, 0.2)
        sheet.print(polygon([-40 - 16j, -10 - 62j, 12 - 34j, 26 - 50j, 40 - 16j]), FIR)


def camera(sheet: Sheet, i: int) -> None:
    sheet.lay(slab(-56 - 84j, 112, 76, 12), printed(INK, WHITE, 0.15), 0.7)
    sheet.print(slab(-56 - 62j, 112, 34, 2), (CRUST, CORAL)[i % 2])
    sheet.lay(ellipse(-46j, 30), STEEL, 0.5)
    sheet.print(ellipse(-46j, 20), SEA)
    sheet.print(ellipse(-7 - 53j, 6), CIEL)


def frame(sheet: Sheet, i: int) -> None:
    quad(sheet, -50 - 128j, 100, 128, (WHITE, GOLD)[i % 2], 0.7)
    quad(sheet, -36 - 114j, 72, 88, (CIEL, SAUMON, TILLEUL)[i % 3], 0.2)
    (peony, daisy, anemone)[i % 3](sheet, -70j, 28)


def magazine(sheet: Sheet, i: int) -> None:
    for k in range(2):
        paper = _bright(i * 2 + k * 3)
        quad(sheet, complex(-58 + k * 34, -120 + k * 30), 76, 100 - k * 6, paper, 0.7)
        sheet.print(slab(complex(-50 + k * 34, -110 + k * 30), 60, 16, 2), INK)
        sheet.print(ellipse(complex(-20 + k * 34, -62 + k * 30), 18), printed(paper, INK, 0.4))


def helmet(sheet: Sheet, i: int) -> None:
    shell = (RED, OR, CIEL)[i % 3]
    sheet.lay(
        smooth(pins(0j, (-58, -14), (-50, -60), (0, -86), (50, -60), (62, -14), (0, -6))),
        shell,
        0.7,
    )
    for k in range(3):
        sheet.print(leaf(complex(-34 + 24 * k, -22), complex(-16 + 20 * k, -68), 12), INK)
    sheet.print(strip(curve(-30 - 10j, 0j + 10j, 34 - 10j), 6), INK)


def hanging_lamp(sheet: Sheet, i: int) -> None:
    sheet.print(strip([-196j, -120j], 4), CREAM)
    sheet.lay(polygon([-12 - 132j, 12 - 132j, 42 - 92j, -42 - 92j]), (RED, OR, CIEL)[i % 3], 0.6)
    sheet.lay(ellipse(-90j, 15), CREAM, 0.3)


def hung_wreath(sheet: Sheet, i: int) -> None:
    sheet.print(strip([-196j, -150j], 4), (RED, CREAM)[i % 2])
    for k in range(22):
        root = -104j + aim(360 * k / 22, 40)
        sheet.lay(leaf(root, root + aim(360 * k / 22 + 78, 40), 17), (FIR, LEAF, SAGE)[k % 3], 0.4)
    sheet.lay(ellipse(-60j, 11), RED, 0.4)


def hung_basket(sheet: Sheet, i: int) -> None:
    for x in (-30, 30):
        sheet.print(strip([-196j, complex(x, -112)], 3), CREAM)
    for k in range(7):
        sheet.lay(leaf(-104j, -104j + aim(-170 + k * 27, 64), 22), (FIR, LEAF, SAGE)[k % 3], 0.4)
    for x, y in ((-30, -122), (0, -136), (30, -122)):
        daisy(sheet, complex(x, y), 20, ((WHITE, OR), (PINK, OR), (OR, RED))[i % 3])
    sheet.lay(polygon([-40 - 112j, 40 - 112j, 22 - 74j, -22 - 74j]), (CORAL, CIEL)[i % 2], 0.6)
