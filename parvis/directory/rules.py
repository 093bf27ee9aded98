"""What the import counts."""

import datetime as dt
from collections import Counter
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

    `created`, `updated`, `unchanged` count rows of the directory: active establishments, and closed ones that were
    known before. `closed_unknown` were closed before anyone here knew them: nothing is kept of them. `incomplete`
    means that the file stops in mid-line: what it held until there is kept."""

    read: int = 0
    active: int = 0
    inactive: int = 0
    incomplete: bool = False
    listed: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    closed_unknown: int = 0
    masked: int = 0
    rejected: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    not_listed: Counter[str] = field(default_factory=Counter)  # reason key -> active establishments
    named_by: Counter[str] = field(default_factory=Counter)  # naming rule -> active establishments
