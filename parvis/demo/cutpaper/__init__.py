"""Papiers découpés: demonstration pictures that a seed decides, in the house's papers and inks, wordless.

Nothing is photographed, bought or copied: a newcomer's clone draws its own pictures.
"""

from collections.abc import Callable

import typst

from .drinks import coffee, tea, whisky, wine
from .food import bread, cake, cheese
from .paper import PAPERS, Sheet
from .plants import bouquet, wreath
from .street import market, shop

SUBJECTS: dict[str, Callable[[Sheet], None]] = {
    "bouquet": bouquet,
    "wreath": wreath,
    "whisky": whisky,
    "wine": wine,
    "bread": bread,
    "cake": cake,
    "cheese": cheese,
    "coffee": coffee,
    "tea": tea,
    "market": market,
    "shop": shop,
}

_PAGE = b"""#set page(width: eval(sys.inputs.width), height: auto, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg", width: 100%)"""


def draw(subject: str, *, seed: int, ground: str) -> str:
    """The picture as SVG, 1200 x 800 units, always the same for the same three arguments.

    `subject` is a key of SUBJECTS, `ground` a key of PAPERS (an organisation's paper); others: KeyError.
    """
    paint = SUBJECTS[subject]
    sheet = Sheet(seed=f"{subject} {seed}", ground=ground)
    paint(sheet)
    return sheet.svg()


def raster(svg: str, width: int) -> bytes:
    """The picture as PNG, `width` pixels across."""
    # At 72 points an inch, a point is a pixel.
    return typst.compile(_PAGE, format="png", ppi=72, sys_inputs={"picture": svg, "width": f"{width}pt"})


__all__ = ["PAPERS", "SUBJECTS", "draw", "raster"]
