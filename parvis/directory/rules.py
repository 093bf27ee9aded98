"""What the import counts."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

# Anybody may take a page down (decision 7), but not a robot the whole directory. No address is kept to count by:
# the ceiling is that of all visitors together.
MOST_DELISTINGS = 20
DELISTINGS_WINDOW = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Remark:
    """One line that was rejected, or kept with a mended field. `line` is the file's, 0 for the whole file."""

    line: int
    siret: str
    field: str
    reason: str


@dataclass(slots=True)
class ImportReport:
    """`read` counts the file's rows for these communes: `active` + `inactive` + `rejected`.

    `created`, `updated`, `unchanged` count rows of the directory: active establishments, and closed or missing ones
    that were known before. `closed_unknown` were closed before anyone here knew them: nothing is kept of them.
    `missing` are known ones that the file no longer gives in these communes: they leave the directory. `spared` are
    not in the file either, but the file looks partial: they stay. `incomplete` means that the file stops in mid-line:
    what it held until there is kept. `titles_only`: that it was read, and holds no establishment of anywhere."""

    read: int = 0
    active: int = 0
    inactive: int = 0
    incomplete: bool = False
    titles_only: bool = False
    listed: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    closed_unknown: int = 0
    missing: int = 0
    spared: int = 0
    masked: int = 0
    rejected: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    not_listed: Counter[str] = field(default_factory=Counter)  # reason key -> active establishments
    named_by: Counter[str] = field(default_factory=Counter)  # naming rule -> active establishments


def looks_whole(expected: Collection[str], named: Collection[str]) -> bool:
    """Whether a file that names so many of the SIRETs expected of it may be believed about those it lacks: at least
    half. A stock holds closed establishments too, so that one month takes away very few."""
    return 2 * len(set(expected) & set(named)) >= len(expected)
