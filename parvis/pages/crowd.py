"""The crowd of dots: who will hear, who will not and why. What may be counted is `rounds.small_numbers`; this draws."""

from typing import Any

from parvis.contacts.rules import Channel
from parvis.core.speech import say
from parvis.rounds.rules import LABELS
from parvis.rounds.small_numbers import Told, by_channel, tell, tens

PAPERS = ["saumon", "ciel", "or", "rose", "parme", "tilleul"]


def crowd_parts(counts: dict[str, int]) -> dict[str, Any]:
    """For the template, from `rounds.queries.audience`: `crowd`, the `parts` of its tag, `by_channel`."""
    channels = [(channel.label, counts.get(f"eligible:{channel.value}", 0)) for channel in Channel]
    silent = [(LABELS[key], n) for key, n in counts.items() if not key.startswith("eligible:")]
    crowd = tell(sum(n for _, n in channels), silent)
    return {"crowd": crowd, "parts": _drawn(crowd), "by_channel": by_channel(crowd, channels)}


def rough_parts(counts: dict[str, int]) -> dict[str, Any]:
    """As `crowd_parts`, each number down to its ten: what is asked again and again, one subject more or less, must not
    tell one person by a difference (decision 6)."""
    exact = crowd_parts(counts)
    crowd: Told = exact["crowd"]
    parts = [part | {"count": tens(part["count"])} for part in exact["parts"]]
    return {"crowd": crowd, "hear": tens(crowd.hear), "parts": parts}


def _drawn(crowd: Told) -> list[dict[str, Any]]:
    if not crowd.exact:
        return []
    others = [
        {"paper": PAPERS[place % len(PAPERS)], "count": n, "label": say(label)}
        for place, (label, n) in enumerate(crowd.others)
    ]
    return [{"paper": "encre", "count": crowd.hear, "label": say("L’entendront")}, *others]
