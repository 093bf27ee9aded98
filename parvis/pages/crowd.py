"""The crowd of dots: who will hear, who will not and why; nothing exact under ten (decision 6)."""

from dataclasses import dataclass, field
from typing import Any

from parvis.contacts.rules import Channel
from parvis.core.typography import FEW_UNDER
from parvis.rounds.rules import LABELS

PAPERS = ["saumon", "ciel", "or", "rose", "parme", "tilleul"]
OTHER_REASONS = "Autres raisons"
OTHER_CHANNELS = "par d’autres moyens"

Counted = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Told:
    """What may be said of a crowd whose size is known. Nothing is counted where one side is small, nor zero: the
    other side would tell it by subtraction. `others` then is empty, and `reasons` are words alone, of ten people or
    more each: to name a reason is to say that somebody has it."""

    hear: int
    few: bool = False  # fewer than ten hear
    most: bool = False  # fewer than ten do not
    others: Counted = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def tell(hear: int, others: Counted) -> Told:
    few, most = hear < FEW_UNDER, sum(n for _, n in others) < FEW_UNDER
    said = sayable(others, OTHER_REASONS)
    if few or most:
        return Told(hear, few=few, most=most and not few, reasons=[label for label, _ in said])
    return Told(hear, others=said)


def sayable(counted: Counted, other: str) -> Counted:
    """Those of these numbers that may be said: none where all of them together are under ten."""
    some = [(label, n) for label, n in counted if n]
    return [(label, n) for label, n in pool(some, other) if n >= FEW_UNDER]


def pool(counted: Counted, other: str) -> Counted:
    """Largest first; the small ones in one pool, which takes the next smallest until it is not small."""
    ordered = sorted(counted, key=lambda pair: (-pair[1], pair[0]))
    pooled: list[int] = []
    while ordered and (ordered[-1][1] < FEW_UNDER or (pooled and sum(pooled) < FEW_UNDER)):
        pooled.append(ordered.pop()[1])
    return ordered + ([(other, sum(pooled))] if pooled else [])


def crowd_parts(counts: dict[str, int]) -> dict[str, Any]:
    """For the template, from `rounds.queries.audience`: `crowd`, the `parts` of its tag, `by_channel`."""
    channels = [(channel.label, counts.get(f"eligible:{channel.value}", 0)) for channel in Channel]
    silent = [(LABELS[key], n) for key, n in counts.items() if not key.startswith("eligible:")]
    crowd = tell(sum(n for _, n in channels), silent)
    by_channel = pool(channels, OTHER_CHANNELS)
    exact = not (crowd.few or crowd.most) and len(by_channel) > 1
    return {"crowd": crowd, "parts": _drawn(crowd), "by_channel": by_channel if exact else []}


def rough_parts(counts: dict[str, int]) -> dict[str, Any]:
    """As `crowd_parts`, each number down to its ten: what is asked again and again, one subject more or less, must not
    tell one person by a difference (decision 6)."""
    exact = crowd_parts(counts)
    crowd: Told = exact["crowd"]
    parts = [part | {"count": tens(part["count"])} for part in exact["parts"]]
    return {"crowd": crowd, "hear": tens(crowd.hear), "parts": parts}


def tens(number: int) -> int:
    """Down to its ten."""
    return number // FEW_UNDER * FEW_UNDER


def _drawn(crowd: Told) -> list[dict[str, Any]]:
    if crowd.few or crowd.most:
        return []
    others = [
        {"paper": PAPERS[place % len(PAPERS)], "count": n, "label": label}
        for place, (label, n) in enumerate(crowd.others)
    ]
    return [{"paper": "encre", "count": crowd.hear, "label": "L’entendront"}, *others]
