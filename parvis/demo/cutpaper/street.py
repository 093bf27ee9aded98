"""The square and its fronts, for whoever has no picture of their own yet."""

from .paper import (
    AMBER,
    BARK,
    CIEL,
    CORAL,
    CREAM,
    DEEP_FIR,
    FIR,
    INK,
    LEAF,
    MAUVE,
    OR,
    PINK,
    RED,
    ROSE,
    SAGE,
    SEA,
    SUN,
    TILLEUL,
    WHITE,
    Sheet,
    printed,
)
from .plants import daisy, peony
from .setting import bunting, quad, table
from .shapes import aim, ellipse, leaf, pins, polygon, scalloped, smooth, strip


def awning(sheet: Sheet, left: float, right: float, top: float, colours: tuple[str, str], deep: float = 130) -> None:
    """Striped cloth with a scalloped edge, wider at the bottom."""
    count = max(6, round((right - left) / 74))
    flare = 26
    for i in range(count):
        a, b = i / count, (i + 1) / count
        x0, x1 = left + (right - left) * a, left + (right - left) * b
        y0, y1 = left - flare + (right - left + 2 * flare) * a, left - flare + (right - left + 2 * flare) * b
        low = top + deep
        hem = [
            complex(y0 + (y1 - y0) * (0.5 + 0.5 * c), low + 34 * s)
            for c, s in ((1, 0), (0.7, 0.72), (0, 1), (-0.7, 0.72), (-1, 0))
        ]
        sheet.lay(polygon([complex(x0, top), complex(x1, top), *hem]), colours[i % 2], 0.8)


def market(sheet: Sheet) -> None:
    bunting(sheet, 150)
    table(sheet, 690, sheet.about(700, 6), sheet.unlike(SAGE, SEA))
    _stall(sheet, 110, 560, (sheet.unlike(RED), WHITE), 0)
    _stall(sheet, 650, 1090, (sheet.unlike(SEA), CREAM), 1)


def _stall(sheet: Sheet, left: float, right: float, colours: tuple[str, str], goods: int) -> None:
    for x in (left + 10, right - 28):
        quad(sheet, complex(x, 250), 18, 470, BARK, 0.6)
    quad(sheet, complex(left - 6, 566), right - left + 12, 150, AMBER, 1.0)
    for y in (612, 662):
        sheet.print(strip([complex(left - 4, y), complex(right + 4, y)], 5), BARK)
    width = (right - left) / 3
    for i in range(3):
        heap(sheet, complex(left + width * (i + 0.5), 560), width * 0.46, goods * 3 + i)
        quad(sheet, complex(left + width * i + 6, 540), width - 12, 62, printed(AMBER, CREAM, 0.4), 0.5)
    awning(sheet, left, right, 216, colours)


def heap(sheet: Sheet, at: complex, half: float, kind: int) -> None:
    """Goods piled up in a crate: tomatoes, leeks, oranges, cabbages, flowers, aubergines."""
    for row, count in ((0, 3), (1, 2), (2, 1)):
        for i in range(count):
            where = at + complex((i - (count - 1) / 2) * half * 0.66, -20 - row * half * 0.5)
            _good(sheet, where, half * 0.38, kind)


def _good(sheet: Sheet, at: complex, size: float, kind: int) -> None:
    if kind in (0, 2):
        sheet.lay(ellipse(at, size), (SUN, RED, AMBER)[kind], 0.6)
        sheet.print(scalloped(at - size * 0.55j, size * 0.4, 5, 0.6), FIR)
    elif kind == 1:
        sheet.lay(
            leaf(at + complex(-size * 0.4, size * 1.4), at + complex(-size * 0.7, -size * 1.6), size),
            LEAF,
            0.6,
        )
        sheet.lay(leaf(at + complex(size * 0.4, size * 1.4), at + complex(size * 0.7, -size * 1.5), size), FIR, 0.6)
    elif kind == 3:
        for i, colour in enumerate((FIR, LEAF, TILLEUL)):
            sheet.lay(scalloped(at, size * (1.15 - 0.33 * i), 7, 0.16, i * 25), colour, 0.5)
    elif kind == 4:
        (peony if sheet.random.random() < 0.5 else daisy)(sheet, at, size * 1.15)
    else:
        sheet.lay(
            smooth(pins(at, (-1.1, 0.1), (-0.3, -0.6), (0.8, -0.5), (1.1, 0.2), (0.2, 0.7), turn=size)),
            printed(MAUVE, INK, 0.4),
            0.6,
        )
        sheet.print(leaf(at - size * 1.2, at - size * 0.5 - size * 0.3j, size * 0.5), LEAF)


def shop(sheet: Sheet) -> None:
    front = sheet.unlike(printed(TILLEUL, FIR, 0.85))
    table(sheet, 704, sheet.about(712, 4), printed(WHITE, INK, 0.18))
    quad(sheet, 190 + 40j, 820, 676, sheet.unlike(CREAM, WHITE), 1.2)
    for x in (290, 530, 770):
        _shutters(sheet, complex(x, 70))
    quad(sheet, 226 + 240j, 748, 478, front, 1.0)
    quad(sheet, 266 + 380j, 400, 262, CIEL if sheet.ground != CIEL else WHITE, 0.4)
    for start in (300, 420):
        sheet.print(
            polygon(
                [
                    complex(start, 640),
                    complex(start + 110, 382),
                    complex(start + 150, 382),
                    complex(start + 40, 640),
                ]
            ),
            printed(CIEL, WHITE, 0.6),
        )
    for i in range(3):
        _pot(sheet, complex(340 + 126 * i, 640), i)
    quad(sheet, 716 + 370j, 210, 348, OR if sheet.ground != OR else CORAL, 0.6)
    quad(sheet, 748 + 404j, 146, 170, printed(CIEL, WHITE, 0.3), 0.3)
    sheet.lay(ellipse(900 + 624j, 11), INK, 0.4)
    awning(sheet, 236, 964, 252, (RED if sheet.ground != ROSE else SEA, WHITE), 104)
    for at in (150 + 716j, 1050 + 716j):
        potted_tree(sheet, at)


def _shutters(sheet: Sheet, at: complex) -> None:
    quad(sheet, at, 140, 142, PINK if sheet.ground != ROSE else MAUVE, 0.5)
    quad(sheet, at + 36, 68, 140, SEA, 0.3)
    sheet.print(strip([at + 70, at + 70 + 140j], 6), WHITE)


def _pot(sheet: Sheet, foot: complex, kind: int) -> None:
    for turn in (-130, -110, -70, -50):
        sheet.lay(leaf(foot - 50j, foot - 50j + aim(turn, 84), 26), (FIR, LEAF)[turn % 20 == 10], 0.4)
    (peony, daisy, peony)[kind](sheet, foot - 134j, 46)
    sheet.lay(polygon([foot + x for x in (-36 - 58j, 36 - 58j, 26, -26)]), (CORAL, MAUVE, AMBER)[kind], 0.6)


def potted_tree(sheet: Sheet, foot: complex) -> None:
    quad(sheet, foot + complex(-9, -200), 18, 150, BARK, 0.5)
    for i, colour in enumerate((DEEP_FIR, LEAF)):
        sheet.lay(scalloped(foot - complex(i * 8, 240 + i * 10), 94 - 26 * i, 11, 0.16), colour, 0.8)
    sheet.lay(polygon([foot + x for x in (-52 - 70j, 52 - 70j, 40, -40)]), RED if sheet.ground != ROSE else SEA, 0.9)
