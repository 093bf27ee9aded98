"""The crowd of dots: who will hear, who will not and why; nothing exact under ten (decision 6)."""

from typing import Any

from parvis.contacts.rules import Channel
from parvis.rounds.rules import LABELS

SMALL = 10
PAPERS = ["saumon", "ciel", "or", "rose", "parme", "tilleul"]
OTHERS = "Autres raisons"


def crowd_parts(counts: dict[str, int]) -> dict[str, Any]:
    """For the template: `parts` of the crowd tag, `by_channel`, `hear`. The shop knows the size of its own file, so a
    small number must not be what is left when the others are taken away: small reasons are pooled until the pool is not
    small, and nothing is counted when those who will hear are few."""
    hear = sum(n for key, n in counts.items() if key.startswith("eligible:"))
    reasons = [(LABELS[key], n) for key, n in counts.items() if not key.startswith("eligible:") and n]
    if 0 < hear < SMALL:
        return {"parts": [], "by_channel": [], "hear": hear, "reasons": [label for label, _ in reasons]}
    shown = pool(reasons)
    by_channel = [(channel.label, counts.get(f"eligible:{channel.value}", 0)) for channel in Channel]
    few = any(0 < n < SMALL for _, n in by_channel)
    parts = [{"paper": "encre", "count": hear, "label": "L’entendront"}] if hear else []
    parts += [{"paper": PAPERS[i % len(PAPERS)], "count": n, "label": label} for i, (label, n) in enumerate(shown)]
    return {"parts": parts, "by_channel": [] if few else by_channel, "hear": hear, "reasons": []}


def pool(reasons: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The reasons, largest first; the small ones in one pool, which takes the next smallest until it is not small."""
    ordered = sorted(reasons, key=lambda pair: (-pair[1], pair[0]))
    pooled = 0
    while ordered and (ordered[-1][1] < SMALL or 0 < pooled < SMALL):
        pooled += ordered.pop()[1]
    return ordered + ([(OTHERS, pooled)] if pooled else [])
