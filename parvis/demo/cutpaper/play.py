"""What a toyshop sells."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    CRUST,
    FIR,
    INK,
    MAUVE,
    OR,
    PINK,
    RED,
    ROSE,
    SEA,
    WHITE,
    Sheet,
    printed,
)
from .setting import sun, table
from .shapes import aim, curve, ellipse, leaf, pins, polygon, profile, slab, smooth, strip, turned


def toys(sheet: Sheet) -> None:
    sun(sheet, 560 + 300j, 260, CREAM, OR)
    table(sheet, 660, sheet.about(650, 6), sheet.unlike(CIEL, PINK))
    horse(sheet, 500 + 420j)
    for x, y, size, colour, mark in ((860, 586, 122, SEA, 0), (992, 592, 116, RED, 1), (924, 470, 116, OR, 2)):
        _block(sheet, complex(x, y), size, colour if colour != sheet.ground else FIR, mark)
    _top(sheet, 232 + 680j)


def horse(sheet: Sheet, at: complex) -> None:
    """A wooden horse on wheels."""
    coat = AMBER if sheet.ground != OR else CRUST
    body = [
        (-170, -40),
        (-60, -64),
        (60, -50),
        (120, -170),
        (150, -260),
        (214, -232),
        (290, -160),
        (276, -118),
        (206, -130),
        (186, -40),
        (180, 60),
        (190, 176),
        (130, 176),
        (110, 70),
        (-80, 70),
        (-110, 176),
        (-172, 176),
        (-184, 60),
    ]
    sheet.lay(
        strip(curve(at + complex(-172, -10), at + complex(-260, -30), at + complex(-246, 110)), 44, 14),
        RED if sheet.ground != ROSE else SEA,
        0.8,
    )
    sheet.lay(polygon(pins(at, *body)), coat, 1.2)
    for k in range(6):
        root = at + complex(146 - k * 12, -262 + k * 34)
        sheet.lay(leaf(root, root + aim(168 + k * 4, 78), 40), RED if sheet.ground != ROSE else SEA, 0.5)
    sheet.lay(polygon(pins(at, (140, -262), (160, -310), (184, -244))), coat, 0.5)
    sheet.print(ellipse(at + complex(196, -204), 10), INK)
    sheet.print(ellipse(at + complex(268, -140), 6), BARK)
    sheet.lay(strip([at + complex(160, -152), at + complex(262, -206)], 11), SEA if sheet.ground != CIEL else FIR, 0.3)
    sheet.lay(
        smooth(pins(at, (-74, -72), (44, -64), (56, 6), (0, 44), (-66, 8))),
        SEA if sheet.ground != CIEL else FIR,
        0.7,
    )
    sheet.print(smooth(pins(at, (-56, -60), (30, -54), (38, 0), (0, 24), (-50, 0))), OR)
    sheet.lay(slab(at + complex(-236, 172), 480, 36, 12), CRUST if coat == AMBER else BARK, 0.9)
    for x in (-160, 166):
        sheet.lay(ellipse(at + complex(x, 222), 52), RED if sheet.ground != ROSE else SEA, 0.9)
        sheet.print(ellipse(at + complex(x, 222), 36), CREAM)
        sheet.lay(ellipse(at + complex(x, 222), 13), INK, 0.3)


def _block(sheet: Sheet, at: complex, size: float, colour: str, mark: int) -> None:
    half = size / 2
    sheet.lay(slab(at - half - half * 1j, size, size, 10), colour, 1.0)
    sheet.print(slab(at - half * 0.8 - half * 0.8j, size * 0.8, size * 0.8, 6), printed(colour, WHITE, 0.75))
    if mark == 0:
        sheet.print(ellipse(at, half * 0.46), colour)
    elif mark == 1:
        sheet.print(polygon([at - half * 0.56j, at + half * (0.54 + 0.44j), at + half * (-0.54 + 0.44j)]), colour)
    else:
        sheet.print(polygon([at + aim(36 * k - 90, half * (0.62 if k % 2 == 0 else 0.28)) for k in range(10)]), colour)


def _top(sheet: Sheet, foot: complex) -> None:
    sheet.lay(strip([foot - 250j, foot - 150j], 18), BARK, 0.5)
    sheet.lay(ellipse(foot - 252j, 19), RED, 0.5)
    half = profile((0, 22), (50, 104), (90, 104), (170, 6))
    stripes = [c for c in (MAUVE, OR, SEA, CORAL) if c != sheet.ground]
    sheet.lay(turned(foot.real, lambda y: half(y - foot.imag + 170), foot.imag - 170, foot.imag), stripes[0], 1.1)
    for k, (a, b) in enumerate(((0.26, 0.42), (0.5, 0.6), (0.72, 0.84))):
        sheet.print(
            turned(
                foot.real, lambda y: half(y - foot.imag + 170), foot.imag - 170 + 170 * a, foot.imag - 170 + 170 * b
            ),
            stripes[(k + 1) % len(stripes)],
        )
