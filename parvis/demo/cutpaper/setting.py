"""What many pictures share: a table, a board, a string of flags."""

from .paper import CORAL, INK, OR, PINK, SEA, TILLEUL, WHITE, Sheet
from .shapes import curve, polygon, strip


def table(sheet: Sheet, left: float, right: float, colour: str) -> None:
    """A strip of paper along the bottom, cut a little out of true."""
    corners = [complex(-30, left), complex(1230, right), 1230 + 840j, -30 + 840j]
    sheet.lay(polygon(corners), colour)


def quad(sheet: Sheet, at: complex, wide: float, high: float, colour: str, lift: float = 0.6) -> None:
    """A label, a plank: a rectangle cut by hand. `at` is its top left corner."""
    corners = [at, at + wide, at + complex(wide, high), at + complex(0, high)]
    slack = min(min(wide, high) * 0.035, 7)
    sheet.lay(polygon([c + complex(sheet.about(0, slack), sheet.about(0, slack)) for c in corners]), colour, lift)


def bunting(sheet: Sheet, sag: float) -> None:
    """Flags on a string, across the top; `sag` is how low it hangs."""
    line = curve(-20 + 30j, complex(600, sag), 1220 + 20j, 26)
    sheet.print(strip(line, 5), INK)
    colours = [c for c in (OR, WHITE, PINK, SEA, TILLEUL, CORAL) if c != sheet.ground]
    for i in range(0, 24, 2):
        a, b = line[i] + (line[i + 2] - line[i]) * 0.08, line[i + 2] - (line[i + 2] - line[i]) * 0.08
        sheet.lay(polygon([a, b, (a + b) / 2 + 84j]), colours[i // 2 % len(colours)], 0.7)
