"""Papiers découpés: demonstration pictures that a seed decides, in the house's papers and inks.

Nothing is photographed, bought or copied: a newcomer's clone draws its own pictures. Each is composed so that its
middle square stands alone. Wordless, but for the name over a shop's door.
"""

from collections.abc import Callable

import typst

from .basket import fruit, vegetables
from .care import remedies, scissors, soaps, spectacles
from .counter import charcuterie, fish, oysters, roast
from .drinks import coffee, tea, whisky, wine
from .facade import facade
from .food import bread, cake, cheese
from .goods import GOODS
from .home import attic, candles, houseplants, mat
from .kitchen import crepes, dinner, pizza, stew
from .larder import beer, coffeepot, jars
from .paper import PAPERS, Sheet
from .pets import cat, dog
from .plants import bouquet, wreath
from .play import toys
from .reading import books, games, stationery
from .street import market, shop
from .sweets import chocolates, croissants, honey
from .wardrobe import dress, jewels, shoes, wool
from .wheels import bicycle, car, laptop
from .winter import gift, stall, tree
from .workshop import camera, guitar, pottery, tools

_PAINTED: tuple[Callable[[Sheet], None], ...] = (
    attic, beer, bicycle, books, bouquet, bread, cake, camera, candles, car, cat, charcuterie, cheese, chocolates,
    coffee, coffeepot, crepes, croissants, dinner, dog, dress, fish, fruit, games, gift, guitar, honey, houseplants,
    jars, jewels, laptop, market, mat, oysters, pizza, pottery, remedies, roast, scissors, shoes, shop, soaps,
    spectacles, stall, stationery, stew, tea, tools, toys, tree, vegetables, whisky, wine, wool, wreath,
)  # fmt: skip
SUBJECTS = {paint.__name__: paint for paint in _PAINTED}

_PAGE = b"""#set page(width: eval(sys.inputs.width), height: auto, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg", width: 100%)"""


def draw(subject: str, *, seed: int, ground: str, square: bool = False) -> str:
    """The picture as SVG, 1200 x 800 units (its middle 800 x 800 if `square`), the same for the same arguments.

    `subject` is a key of SUBJECTS, `ground` a key of PAPERS (an organisation's paper); others: KeyError.
    """
    paint = SUBJECTS[subject]
    sheet = Sheet(seed=f"{subject} {seed}", ground=ground)
    paint(sheet)
    return sheet.svg(square=square)


def draw_facade(name: str, *, goods: str, seed: int, ground: str, square: bool = False) -> str:
    """A shop's front with its name on the sign, as `draw` does. `goods` is a key of GOODS; others: KeyError."""
    sheet = Sheet(seed=f"{name} {seed}", ground=ground)
    facade(sheet, name, goods)
    return sheet.svg(square=square)


def raster(svg: str, width: int) -> bytes:
    """The picture as PNG, `width` pixels across."""
    # At 72 points an inch, a point is a pixel.
    return typst.compile(_PAGE, format="png", ppi=72, sys_inputs={"picture": svg, "width": f"{width}pt"})


__all__ = ["GOODS", "PAPERS", "SUBJECTS", "draw", "draw_facade", "raster"]
