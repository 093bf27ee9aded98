"""A first solver: the most interested pair first, while budgets and reaches last. Issue C puts an optimal one here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array


@dataclass(frozen=True, slots=True)
class Picks:
    """Parallel arrays: resident index and announcement index of each chosen pair, in order of resident."""

    residents: NDArray[np.int64]
    announcements: NDArray[np.int64]


def solve(
    interest: csr_array,
    budgets: NDArray[np.integer],
    reaches: NDArray[np.integer],
    *,
    floors: NDArray[np.integer] | None = None,
    seed: int = 0,
) -> Picks:
    """Choose pairs of high total interest, at most `budgets[r]` per resident and `reaches[a]` per announcement.

    `interest`: residents x announcements, float32; absent = not eligible. `floors`: residents that each announcement
    should reach at least, served first. Equal interest is settled by a shuffle of the residents drawn from `seed`, so
    that nobody is first in every round. Raises ValueError on shapes that do not agree.
    """
    pairs = interest.tocoo()
    rows, columns = pairs.coords[0].astype(np.int64), pairs.coords[1].astype(np.int64)
    if (len(budgets), len(reaches)) != interest.shape or (floors is not None and len(floors) != len(reaches)):
        raise ValueError("budgets must have one entry per row, reaches and floors one per column")
    order = _order(pairs, seed)
    left, room = np.maximum(budgets, 0).astype(np.int64), np.maximum(reaches, 0).astype(np.int64)
    taken = np.zeros(len(order), dtype=bool)
    if floors is not None:
        _take(order, rows, columns, left, np.minimum(floors, room).astype(np.int64), taken, room)
    _take(order, rows, columns, left, room, taken, None)
    chosen = np.flatnonzero(taken)
    chosen = chosen[np.lexsort((columns[chosen], rows[chosen]))]
    return Picks(rows[chosen], columns[chosen])


def _order(pairs: coo_array, seed: int) -> NDArray[np.int64]:
    """The most interested first; then by lot among residents, then by announcement."""
    rows, columns = pairs.coords
    chance = np.random.default_rng(seed).permutation(pairs.shape[0])
    return np.lexsort((columns, chance[rows], -pairs.data))


def _take(
    order: NDArray[np.int64],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    left: NDArray[np.int64],
    quota: NDArray[np.int64],
    taken: NDArray[np.bool_],
    also: NDArray[np.int64] | None,
) -> None:
    """Walk the pairs in order and take what `left` and `quota` allow; `also` is drawn down alongside `quota`."""
    for pair in order:
        r, a = rows[pair], columns[pair]
        if not taken[pair] and left[r] > 0 and quota[a] > 0:
            taken[pair] = True
            left[r] -= 1
            quota[a] -= 1
            if also is not None:
                also[a] -= 1
