"""Who may hear what, and how much it interests them: one verdict for each resident and announcement."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

# A resident who named nothing that they like hears the senders to whom they said yes, with this interest, except of
# what they refuse: refusing one subject must not silence all the others.
UNSTATED = 0.3
# What expires within days is worth up to half more than what lasts: 1 + 0.5 / (1 + days / 7).
URGENCY = 0.5
WEEK = 7.0

OWN = -1  # `taste_sender` of what the resident said themselves; else the index of the shop that noted it


class Code(IntEnum):
    """Why a pair is withheld; the first that applies, in this order. ELIGIBLE is not withheld."""

    ELIGIBLE = 0
    NO_CONSENT = 1
    PAUSE = 2
    UNREACHABLE = 3
    MINOR = 4
    REFUSED_TASTE = 5
    NOT_INTERESTED = 6
    CALLS = 7
    TOLD = 8


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A territory frozen at one instant. R residents, A announcements, S senders, T tastes.

    All tastes are on nodes of the interest tree; `weights[a]` maps each node that announcement `a` is about, or that
    stands above one, to the interest that liking it gives (0 < w <= 1).
    """

    rhythm: NDArray[np.int16]  # R
    left: NDArray[np.int16]  # R, announcements that the week still takes
    adult: NDArray[np.bool_]  # R x S: said so to everyone, or this sender was told (decision 0015)
    profiling: NDArray[np.bool_]  # R
    consent: NDArray[np.bool_]  # R x S, in the resident's own channel
    reachable: NDArray[np.bool_]  # R x S, likewise
    calls_exhausted: NDArray[np.bool_]  # R x S
    taste_resident: NDArray[np.int64]  # T
    taste_node: NDArray[np.int64]  # T
    taste_liked: NDArray[np.bool_]  # T
    taste_sender: NDArray[np.int64]  # T, OWN or a sender's index
    sender: NDArray[np.int64]  # A
    alcohol: NDArray[np.bool_]  # A
    days_left: NDArray[np.float32]  # A
    reach: NDArray[np.int64]  # A
    weights: tuple[dict[int, float], ...]  # A
    told: NDArray[np.bool_]  # R x A


@dataclass(frozen=True, slots=True)
class Eligibility:
    code: NDArray[np.int8]  # R x A, values of Code
    interest: csr_array  # R x A, float32; absent = not eligible
    node: NDArray[np.int64]  # R x A, the liked node that decided, -1 for none
    noted: NDArray[np.bool_]  # R x A, whether that taste was noted by the sender rather than said by the resident


def judge_all(snapshot: Snapshot) -> Eligibility:
    """Every pair's verdict. Deterministic; O(R x A) memory."""
    liked, refused, node, noted = _tastes(snapshot)
    stated = np.zeros(len(snapshot.rhythm), dtype=bool)
    stated[snapshot.taste_resident[(snapshot.taste_sender == OWN) & snapshot.taste_liked]] = True
    score = _score(snapshot, liked, stated)
    code = _codes(snapshot, refused, score)
    urgency = 1 + URGENCY / (1 + np.maximum(snapshot.days_left, 0) / WEEK)
    interest = np.where(code == Code.ELIGIBLE, score * urgency[None, :], 0).astype(np.float32)
    unsorted = ~snapshot.profiling
    node[unsorted] = -1
    return Eligibility(code=code, interest=csr_array(interest), node=node, noted=noted & (node >= 0))


def _codes(snapshot: Snapshot, refused: NDArray[np.bool_], score: NDArray[np.float32]) -> NDArray[np.int8]:
    by_sender = (slice(None), snapshot.sender)
    withheld = [
        (Code.NO_CONSENT, ~snapshot.consent[by_sender]),
        (Code.PAUSE, np.broadcast_to((snapshot.rhythm == 0)[:, None], score.shape)),
        (Code.UNREACHABLE, ~snapshot.reachable[by_sender]),
        (Code.MINOR, snapshot.alcohol[None, :] & ~snapshot.adult[by_sender]),
        (Code.REFUSED_TASTE, refused),
        (Code.NOT_INTERESTED, score <= 0),
        (Code.CALLS, snapshot.calls_exhausted[by_sender]),
        (Code.TOLD, snapshot.told),
    ]
    code = np.zeros(score.shape, dtype=np.int8)
    for reason, applies in reversed(withheld):
        code[applies] = reason
    return code


def _score(snapshot: Snapshot, liked: NDArray[np.float32], stated: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Taste where something is liked; for whoever named no like, or refuses profiling, all that is not alcohol: for
    alcohol one must have asked (rule 9)."""
    open_to_all = (~stated | ~snapshot.profiling)[:, None] & ~snapshot.alcohol[None, :]
    score = np.where(liked > 0, liked, np.where(open_to_all, UNSTATED, 0)).astype(np.float32)
    # Refused profiling: no taste weighs, the date alone orders.
    by_date = ~snapshot.profiling
    score[by_date] = np.where(snapshot.alcohol[None, :], 0, UNSTATED)
    return score


def _tastes(
    snapshot: Snapshot,
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.int64], NDArray[np.bool_]]:
    """Best liked weight, any refusal, the deciding node, and whether the sender noted it, per pair."""
    shape = snapshot.told.shape
    best = np.zeros(shape, dtype=np.float32)
    refused = np.zeros(shape, dtype=bool)
    node = np.full(shape, -1, dtype=np.int64)
    noted = np.zeros(shape, dtype=bool)
    for a, weights in enumerate(snapshot.weights):
        heard = (snapshot.taste_sender == OWN) | (snapshot.taste_sender == snapshot.sender[a])
        for target, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])):
            at = heard & (snapshot.taste_node == target)
            refused[snapshot.taste_resident[at & ~snapshot.taste_liked], a] = True
            likers = at & snapshot.taste_liked
            for own in (True, False):
                rows = snapshot.taste_resident[likers & ((snapshot.taste_sender == OWN) == own)]
                fresh = rows[best[rows, a] == 0]
                best[fresh, a] = weight
                node[fresh, a] = target
                noted[fresh, a] = not own
    return best, refused, node, noted


def keep_apart(interest: csr_array, alcohol: NDArray[np.bool_], children: NDArray[np.bool_]) -> csr_array:
    """Alcohol is never beside children's activities (CSP L3323-2), so not in the same message either: a resident who
    could hear of both hears this time of whichever interests them most; the rest waits for the next round."""
    dense = interest.toarray()
    best_alcohol = dense[:, alcohol].max(axis=1, initial=0)
    best_children = dense[:, children].max(axis=1, initial=0)
    both = (best_alcohol > 0) & (best_children > 0)
    dense[np.ix_(both & (best_children >= best_alcohol), alcohol)] = 0
    dense[np.ix_(both & (best_children < best_alcohol), children)] = 0
    return csr_array(dense)
