"""What may be said of counts about residents: nothing exact under ten, and nothing under ten left by subtraction
(decision 6). Pure: labels and counts in, what may be said out."""

from dataclasses import dataclass, field

from parvis.core.speech import mark, say
from parvis.core.typography import FEW_UNDER, number, small_number

OTHER_REASONS = mark("Autres raisons")
OTHER_CHANNELS = mark("par d’autres moyens")
STEPS = (FEW_UNDER, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)

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

    @property
    def exact(self) -> bool:
        return not (self.few or self.most)


def tell(hear: int, others: Counted) -> Told:
    few, most = hear < FEW_UNDER, sum(n for _, n in others) < FEW_UNDER
    said = sayable(others, say(OTHER_REASONS))
    if few or most:
        return Told(hear, few=few, most=most and not few, reasons=[label for label, _ in said])
    return Told(hear, others=said)


def by_channel(told: Told, channels: Counted) -> Counted:
    """By which means those who hear it do; nothing where they are not counted, or all are told together."""
    pooled = pool(channels, say(OTHER_CHANNELS))
    return pooled if told.exact and len(pooled) > 1 else []


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


def apart(counted: Counted) -> tuple[Counted, list[str]]:
    """The numbers that may be said one by one, and the labels of the others: for counts whose total nobody knows."""
    return [(label, n) for label, n in counted if n >= FEW_UNDER], [label for label, n in counted if n < FEW_UNDER]


def tens(count: int) -> int:
    """Down to its ten."""
    return count // FEW_UNDER * FEW_UNDER


def roughly(n: int) -> str:
    """« moins de dix personnes », « au moins 50 personnes »: for a count of the moment. A round looks at the present:
    its exact number, said again after each round, would tell by the difference what the frozen crowd keeps."""
    steps = [step for step in STEPS if step <= n]
    if steps:
        return say("au moins {number} personnes", number=number(steps[-1]))
    return say("{few} personnes", few=small_number(n))
