"""A dog, a cat, and what they love."""

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
    SAGE,
    SAUMON,
    SEA,
    SHADE,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import spray
from .setting import quad, sun, table
from .shapes import arc, curve, ellipse, leaf, pins, polygon, profile, slab, smooth, strip, turned


def dog(sheet: Sheet) -> None:
    """A long-eared dog that waits to be brushed."""
    sun(sheet, 600 + 330j, 286, CREAM, CIEL)
    table(sheet, 670, sheet.about(662, 6), sheet.unlike(MAUVE, SAGE))
    coat = (CRUST, BARK, AMBER)[sheet.random.randrange(3)] if sheet.ground != OR else BARK
    dark, at = printed(coat, INK, 0.4), 590 + 400j
    sheet.lay(strip(curve(at + complex(150, 300), at + complex(330, 300), at + complex(290, 130)), 46, 18), coat, 0.8)
    sheet.lay(
        smooth(pins(at, (-120, 60), (0, 10), (124, 60), (190, 250), (170, 344), (-164, 344), (-176, 240))), coat, 1.1
    )
    sheet.lay(smooth(pins(at, (-62, 90), (0, 66), (62, 90), (74, 220), (0, 290), (-74, 220))), CREAM, 0.3)
    for side in (-1, 1):
        sheet.lay(smooth(pins(at, (side * 24, 170), (side * 92, 190), (side * 84, 330), (side * 20, 332))), coat, 0.6)
        sheet.lay(slab(at + complex(side * 56 - 52, 312), 104, 50, 24), CREAM, 0.6)
        for k in (-16, 10):
            sheet.print(strip([at + complex(side * 56 + k, 334), at + complex(side * 56 + k, 356)], 4), BARK)
    sheet.lay(
        smooth(
            pins(at, (-116, -230), (0, -262), (116, -230), (140, -120), (106, -10), (0, 36), (-106, -10), (-140, -120))
        ),
        coat,
        1.0,
    )
    sheet.lay(
        smooth(
            pins(
                at,
                (-26, -252),
                (26, -252),
                (34, -130),
                (84, -50),
                (60, 20),
                (0, 34),
                (-60, 20),
                (-84, -50),
                (-34, -130),
            )
        ),
        CREAM,
        0.3,
    )
    for side in (-1, 1):
        sheet.lay(
            smooth(
                pins(
                    at,
                    (side * 96, -240),
                    (side * 168, -226),
                    (side * 222, -90),
                    (side * 206, 40),
                    (side * 158, 52),
                    (side * 124, -90),
                )
            ),
            dark,
            1.0,
        )
        sheet.print(ellipse(at + complex(side * 62, -130), 19, 22), INK)
        sheet.print(ellipse(at + complex(side * 62 - 6, -138), 6), WHITE)
        sheet.print(
            strip(
                curve(at + complex(side * 38, -176), at + complex(side * 62, -192), at + complex(side * 86, -172)), 8, 5
            ),
            dark,
        )
    sheet.lay(smooth(pins(at, (-38, -74), (0, -86), (38, -74), (22, -40), (0, -28), (-22, -40))), INK, 0.4)
    sheet.print(ellipse(at + complex(-12, -70), 8, 5), printed(INK, WHITE, 0.4))
    for side in (-1, 1):
        sheet.print(strip(curve(at - 30j, at + complex(side * 12, 10), at + complex(side * 48, -6)), 6), BARK)
    sheet.lay(smooth(pins(at, (-20, 0), (20, 0), (22, 40), (0, 58), (-22, 40))), PINK, 0.4)
    sheet.lay(strip(arc(at - 36j, 128, 48, 132), 26), RED if sheet.ground != ROSE else SEA, 0.5)
    sheet.lay(ellipse(at + 100j, 24), OR if sheet.ground != OR else CREAM, 0.6)
    _bone(sheet, 300 + 726j)
    _brush(sheet, 880 + 700j)


def _bone(sheet: Sheet, at: complex) -> None:
    paper = sheet.unlike(CREAM, WHITE)
    sheet.lay(
        smooth(
            pins(
                at,
                (-60, -13),
                (60, -15),
                (74, -40),
                (104, -34),
                (106, -4),
                (106, 26),
                (78, 40),
                (60, 14),
                (-60, 14),
                (-76, 40),
                (-104, 30),
                (-104, 0),
                (-106, -30),
                (-78, -40),
            )
        ),
        paper,
        0.8,
    )


def _brush(sheet: Sheet, at: complex) -> None:
    for k in range(12):
        sheet.lay(strip([at + complex(8 + k * 12, 30), at + complex(6 + k * 12, 62)], 6), SHADE, 0.2)
    sheet.lay(slab(at + complex(-8, -10), 160, 46, 20), CORAL if sheet.ground != SAUMON else SEA, 0.8)
    sheet.lay(slab(at + complex(140, 0), 110, 26, 13), CORAL if sheet.ground != SAUMON else SEA, 0.5)


def cat(sheet: Sheet) -> None:
    """A cat on a cushion at the window."""
    glass = sheet.unlike(CIEL, SEA)
    quad(sheet, 250 + 60j, 700, 560, sheet.unlike(WHITE, CREAM), 1.0)
    quad(sheet, 282 + 92j, 636, 500, glass, 0.3)
    sheet.lay(ellipse(780 + 210j, 72), OR if glass == CIEL else CREAM, 0.4)
    hills = curve(282 + 500j, 420 + 400j, 600 + 476j) + curve(600 + 476j, 770 + 400j, 918 + 480j)
    sheet.print(polygon([282 + 592j, *hills, 918 + 592j]), SAGE)
    quad(sheet, 588 + 92j, 26, 500, sheet.unlike(WHITE, CREAM), 0.3)
    quad(sheet, 200 + 612j, 800, 44, AMBER, 1.0)
    table(sheet, 760, 764, sheet.unlike(PINK, MAUVE))
    cushion = RED if sheet.ground != ROSE else SEA
    sheet.lay(
        smooth(pins(0j, (310, 600), (440, 562), (760, 562), (880, 600), (860, 650), (600, 668), (330, 650))),
        cushion,
        0.9,
    )
    coat = (INK, AMBER, BARK)[sheet.random.randrange(3)]
    light = printed(coat, CREAM, 0.3)
    at = 600 + 400j
    sheet.lay(
        strip(
            [
                *curve(at + complex(120, 180), at + complex(280, 210), at + complex(270, 80), 9),
                *curve(at + complex(270, 80), at + complex(262, 0), at + complex(210, 16), 9)[1:],
            ],
            44,
            26,
        ),
        coat,
        0.9,
    )
    sheet.lay(
        smooth(pins(at, (-70, -40), (70, -40), (132, 90), (160, 186), (70, 206), (-70, 206), (-160, 186), (-132, 90))),
        coat,
        1.1,
    )
    sheet.lay(smooth(pins(at, (-44, 10), (44, 10), (56, 110), (0, 160), (-56, 110))), CREAM, 0.2)
    for side in (-1, 1):
        sheet.lay(polygon(pins(at, (44, -176), (124, -250), (130, -104), side=side)), coat, 0.7)
        sheet.print(polygon(pins(at, (70, -176), (112, -218), (116, -134), side=side)), PINK)
    sheet.lay(
        smooth(pins(at, (-90, -190), (0, -206), (90, -190), (138, -104), (96, -24), (0, 8), (-96, -24), (-138, -104))),
        coat,
        0.9,
    )
    sheet.print(smooth(pins(at, (0, -70), (44, -66), (52, -22), (0, 2), (-52, -22), (-44, -66))), CREAM)
    for side in (-1, 1):
        eye = at + complex(side * 56, -106)
        sheet.lay(leaf(eye - 32, eye + 32, 46), TILLEUL if sheet.ground != TILLEUL else OR, 0.2)
        sheet.print(leaf(eye - 20j, eye + 20j, 17), INK)
        for k in (-1, 0, 1):
            whisker = at + complex(side * 40, -40)
            sheet.print(
                strip([whisker, whisker + complex(side * 118, k * 26 - 8)], 3.5, 2), light if coat == INK else INK
            )
        sheet.print(strip(curve(at - 44j, at + complex(side * 12, -18), at + complex(side * 34, -26)), 5), BARK)
        sheet.lay(slab(at + complex(side * 46 - 44, 166), 88, 48, 24), CREAM, 0.5)
    sheet.print(polygon([at + p for p in (-13 - 62j, 13 - 62j, -46j)]), RED)
    for k in range(3):
        sheet.print(strip([at + complex((k - 1) * 26, -196), at + complex((k - 1) * 20, -158)], 9, 4), light)
    spray(sheet, curve(236 + 612j, 216 + 520j, 190 + 430j), 60, FIR)
    sheet.lay(turned(236, profile((560, 50), (614, 38)), 546, 614), SUN if sheet.ground != SAUMON else SEA, 0.7)
