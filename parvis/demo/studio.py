"""The demo's pictures, drawn while the people arrive."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from .cutpaper import draw, draw_facade, raster
from .places import Place, Says

SEED = 94075
# Pixels across: a window's front stands alone at the top of its page.
FRONT, SCENE = 1200, 800


class Studio:
    """Draws ahead of whoever asks. One thread is enough: the typesetter leaves Python to the others as it works."""

    def __init__(self, places: Iterable[Place], said: Iterable[Says]) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._drawn: dict[Place | Says, Future[bytes]] = {}
        for place in places:
            self._drawn[place] = self._pool.submit(_front, place)
        for says in said:
            if says.picture:
                self._drawn[says] = self._pool.submit(_scene, says)

    def __enter__(self) -> "Studio":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def __getitem__(self, wanted: Place | Says) -> bytes:
        """The PNG of a shop's front, or of what an announcement shows."""
        return self._drawn[wanted].result()


def _front(place: Place) -> bytes:
    return raster(draw_facade(place.name, goods=place.goods, seed=SEED, ground=place.paper), FRONT)


def _scene(says: Says) -> bytes:
    return raster(draw(says.picture, seed=SEED + says.rank, ground=says.place.paper), SCENE)
