"""What stands in a shop's window, trade by trade."""

from collections.abc import Callable
from typing import NamedTuple

from ..paper import Sheet
from . import food, things

Thing = Callable[[Sheet, int], None]


class Display(NamedTuple):
    """What stands on the shelves and what hangs above. `wide`: how much wider than a book each thing is."""

    shelf: tuple[Thing, ...]
    hung: tuple[Thing, ...] = ()
    wide: float = 1.0


_ROOM = Display((food.laid_table,), (things.hanging_lamp,), 1.5)

# The keys are those of the subjects that the shop's announcements show.
GOODS: dict[str, Display] = {
    "attic": Display((things.clock, things.vase, things.frame)),
    "beer": Display((food.keg,)),
    "bicycle": Display((things.wheel, things.helmet)),
    "books": Display((things.spines, things.cover, things.spines)),
    "bouquet": Display((things.bunch,), (things.hung_wreath, things.hung_basket)),
    "bread": Display((food.loaves, food.baguettes, food.loaves)),
    "camera": Display((things.camera, things.frame)),
    "car": Display((things.tyres, things.can)),
    "cheese": Display((food.cheese,), (food.onions,)),
    "chocolates": Display((food.sweets,)),
    "coffee": Display((food.cup_of, food.sack)),
    "crepes": _ROOM,
    "dinner": _ROOM,
    "dog": Display((things.bowl_and_biscuits,)),
    "dress": Display((things.frock, things.frock, things.shoe)),
    "fish": Display((food.two_fish,)),
    "guitar": Display((things.violin,)),
    "honey": Display((food.honey_pot,)),
    "jars": Display((food.jar, food.sack, food.jar)),
    "jewels": Display((things.jewel,)),
    "laptop": Display((things.screen,), (), 1.2),
    "mat": Display((things.rolled, things.potted)),
    "pizza": _ROOM,
    "pottery": Display((things.vase,)),
    "remedies": Display((food.jar, things.potted, things.flask)),
    "roast": Display((food.joint,), (food.sausage,)),
    "scissors": Display((things.head, things.flask, things.flask)),
    "shoes": Display((things.shoe,)),
    "soaps": Display((things.flask, things.potted)),
    "spectacles": Display((things.glasses,), (), 1.5),
    "stationery": Display((things.magazine, things.cover, things.spines)),
    "stew": Display((food.pie, food.jar), (food.onions,)),
    "tools": Display((things.potted, things.can, things.bunch)),
    "toys": Display((things.toy,)),
    "vegetables": Display((food.greens, food.fruits), (food.onions,)),
    "wine": Display((food.bottle,)),
    "wool": Display((things.skein,)),
}
