"""How long a search takes, and how much memory its index, for twenty thousand listed businesses on one territory.

Invented names over every trade; ten needs, names and slips asked turn by turn. The rows are given: what the database
takes to read them is told in docs/decisions/0019. `bin/bench search --json`.
"""

import argparse
import json
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from parvis.directory.search.index import Entry, Index, Question
from parvis.sirene.activities import categories

T = TypeVar("T")
BUSINESSES = 20_000
MOST_MS = 100.0  # for the slowest of the questions, at its median
MOST_MB = 64.0
ASKED = (
    "offrir des fleurs", "réparer un vélo", "pain sans gluten", "acheter des lunettes", "boulangerie santeny",
    "manger une pizza ce soir", "le fournil bavado", "optique", "la maison", "xqzvw",
)  # fmt: skip
SIGNS = ("Le Fournil", "La Maison", "L’Atelier", "Au Comptoir", "Chez", "Les Jardins", "Garage", "Optique", "Coiffure")
SYLLABLES = (
    "ba be bi bo ca ce co da de di do fa fe fi la le li lo lu ma me mi mo na ne ni pa pe ra re ri sa se ta te va"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=7, help="turns")
    parser.add_argument("--json", action="store_true", help="last line: one JSON object")
    options = parser.parse_args()
    figures = measure(options.repeats)
    print(
        f"{BUSINESSES} businesses: index {figures['index_s']:.2f} s, {figures['index_mb']:.0f} MB (at most {MOST_MB:g})"
        f"; a question {figures['median_ms']:.1f} ms, the slowest {figures['slowest_ms']:.1f} ms (at most {MOST_MS:g})"
    )
    if options.json:
        print(json.dumps(figures))
    return 0 if figures["slowest_ms"] <= MOST_MS and figures["index_mb"] <= MOST_MB else 1


def measure(repeats: int) -> dict[str, float]:
    """Seconds to make the index, megabytes that it keeps, medians of each question's milliseconds."""
    entries = invented()
    index, index_s = timed(lambda: Index(entries))
    turns = [[timed(partial(index.ask, Question(text)))[1] for text in ASKED] for _ in range(repeats)]
    each = [statistics.median(turn[place] for turn in turns) * 1000 for place in range(len(ASKED))]
    tracemalloc.start()
    kept = Index(invented())
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    assert len(kept.entries) == BUSINESSES
    return {
        "businesses": BUSINESSES,
        "index_s": round(index_s, 2),
        "index_mb": round(megabytes, 1),
        "median_ms": round(statistics.median(each), 2),
        "slowest_ms": round(max(each), 2),
    }


def invented() -> list[Entry]:
    chance = random.Random(20_000)
    trades, syllables = sorted(categories()), SYLLABLES.split()

    def word() -> str:
        return "".join(chance.choice(syllables) for _ in range(chance.randint(2, 4))).capitalize()

    return [
        Entry(
            key=str(number),
            name=f"{chance.choice(SIGNS)} {word()}" + (f" {word()}" if number % 2 else ""),
            commune=chance.choice(["Santeny", "Villecresnes", "Périgny"]),
            trades=(chance.choice(trades),),
        )
        for number in range(BUSINESSES)
    ]


def timed(action: Callable[[], T]) -> tuple[T, float]:
    """Processor time: one thread of pure Python, on a machine that others use too."""
    begun = time.process_time()
    return action(), time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
