"""The box of papers, and the sheet on which cut pieces are laid: the house's papers and inks, no others."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

WIDTH, HEIGHT = 1200, 800

PAPERS = {
    "or": "#FFD23F",
    "rose": "#FFB8C6",
    "ciel": "#B4DBF4",
    "tilleul": "#CFE27F",
    "saumon": "#FFC9A3",
    "parme": "#D5C6F2",
    "blanc": "#FFFFFF",
}


def printed(paper: str, ink: str, share: float) -> str:
    """The colour of a paper under a thin coat of ink. `share`: 0 is bare paper, 1 is solid ink."""
    mixed = (round(int(paper[i : i + 2], 16) * (1 - share) + int(ink[i : i + 2], 16) * share) for i in (1, 3, 5))
    return "#" + "".join(f"{value:02X}" for value in mixed)


OR, ROSE, CIEL, TILLEUL, SAUMON, PARME, WHITE = PAPERS.values()
CREAM, GOLD, MINT = "#FFEFB0", "#F2C230", "#86DDB6"
INK, SEA, RED, FIR = "#161A36", "#2337B8", "#B4123A", "#0B5A3E"
DEEP_RED, DEEP_FIR = "#8F0D2C", "#08482F"

SUN = printed(OR, RED, 0.7)
AMBER = printed(GOLD, RED, 0.34)
CRUST = printed(AMBER, INK, 0.12)
BARK = printed(AMBER, INK, 0.5)
PINK = printed(ROSE, RED, 0.45)
CORAL = printed(SAUMON, RED, 0.42)
LEAF = printed(TILLEUL, FIR, 0.62)
SAGE = printed(TILLEUL, FIR, 0.34)
MAUVE = printed(PARME, SEA, 0.45)
PALE_SEA = printed(CIEL, SEA, 0.3)
SHADE = printed(WHITE, INK, 0.1)
STEEL = printed(CIEL, INK, 0.25)
GLASS = printed(CIEL, WHITE, 0.45)
FLESH = printed(ROSE, RED, 0.62)
DARK_RED = printed(RED, INK, 0.35)

GREENS = (FIR, LEAF, SAGE, DEEP_FIR)


class Sheet:
    """Pieces laid one over the other, each with one small shadow. `ground` is a paper's name."""

    def __init__(self, *, seed: str, ground: str) -> None:
        self.random = Random(seed)
        self.ground = PAPERS[ground]
        self.marks: list[str] = []
        self.place = ""

    @contextmanager
    def moved(self, to: complex, scale: float = 1.0, turn: float = 0.0) -> Iterator[None]:
        """Inside, what is laid is drawn around 0, then shrunk, turned (degrees) and brought to `to`. Not nested."""
        rotate = f" rotate({turn:g})" if turn else ""
        self.place = f"translate({to.real:.1f} {to.imag:.1f}) scale({scale:g}){rotate} "
        yield
        self.place = ""

    def lay(self, outline: str, colour: str, lift: float = 1.0) -> None:
        """Lay a piece of paper. `lift` is its height over what lies below: 1 drops a shadow of 7 units."""
        shift = f"{self.place}translate({3.5 * lift:g} {6 * lift:g})"
        self.marks.append(f'<path d="{outline}" fill="{INK}" fill-opacity=".2" transform="{shift}"/>')
        self.print(outline, colour)

    def print(self, outline: str, colour: str) -> None:
        """Ink on the piece below: flat, without a shadow."""
        where = f' transform="{self.place.strip()}"' if self.place else ""
        self.marks.append(f'<path d="{outline}" fill="{colour}"{where}/>')

    def about(self, value: float, spread: float) -> float:
        return value + self.random.uniform(-spread, spread)

    def unlike(self, *colours: str) -> str:
        """The first of these colours that the ground does not have, so that no piece vanishes on it."""
        return next(colour for colour in colours if colour != self.ground)

    def svg(self, *, square: bool = False) -> str:
        """The whole sheet, or the square in its middle."""
        left, wide = ((WIDTH - HEIGHT) // 2, HEIGHT) if square else (0, WIDTH)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} 0 {wide} {HEIGHT}">'
            f'<path d="M0 0H{WIDTH}V{HEIGHT}H0Z" fill="{self.ground}"/>' + "".join(self.marks) + "</svg>"
        )
