"""What many pictures share: a table, a sun, a shelf, a string of flags or of lamps."""

from .paper import AMBER, BARK, CORAL, CREAM, INK, OR, PINK, RED, SEA, SHADE, TILLEUL, WHITE, Sheet
from .shapes import curve, ellipse, leaf, polygon, strip


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


def sun(sheet: Sheet, at: complex, radius: float, *colours: str) -> None:
    """A round of paper behind everything, in the first of these colours that the ground does not have."""
    sheet.lay(ellipse(complex(sheet.about(at.real, 14), sheet.about(at.imag, 8)), radius), sheet.unlike(*colours))


def shelf(sheet: Sheet, top: float, left: float = -30, right: float = 1230) -> None:
    """A plank on the wall."""
    quad(sheet, complex(left, top), right - left, 30, AMBER, 1.0)
    sheet.print(strip([complex(left, top + 25), complex(right, top + 25)], 8), BARK)


def lamps(sheet: Sheet, start: complex, pull: complex, end: complex, count: int = 12) -> None:
    """A string of coloured lamps."""
    line = curve(start, pull, end, count)
    sheet.print(strip(line, 5), INK)
    colours = [c for c in (OR, RED, CREAM, SEA, PINK) if c != sheet.ground]
    for i, at in enumerate(line[1:-1]):
        sheet.lay(leaf(at, at + 46j, 30), colours[i % len(colours)], 0.5)
        sheet.print(strip([at - 3j, at + 9j], 13), INK)


def checks(sheet: Sheet, top: float, colour: str, step: float = 92) -> None:
    """A cloth's stripes, printed on whatever lies below `top`."""
    for i in range(int(1260 / step) + 1):
        x = -30 + i * step
        sheet.print(
            polygon([complex(x, top), complex(x + step / 2, top), complex(x + step / 2, 800), complex(x, 800)]), colour
        )


def plate(sheet: Sheet, at: complex, across: float, down: float) -> None:
    sheet.lay(ellipse(at, across, down), sheet.unlike(WHITE, CREAM), 1.2)
    sheet.print(ellipse(at, across * 0.8, down * 0.78), SHADE)
    sheet.print(ellipse(at + 3j, across * 0.78, down * 0.75), WHITE if sheet.ground != WHITE else CREAM)
