from .crowds import Audience, audience, count, crowd_rows, question, rehearsal
from .freezing import Frozen, freeze
from .telling import (
    by_announcement,
    due_hours,
    left,
    personal_data,
    stopped_by_reason,
    tally,
    went_out,
    withheld_by_reason,
)

__all__ = [
    "Audience",
    "Frozen",
    "audience",
    "by_announcement",
    "count",
    "crowd_rows",
    "due_hours",
    "freeze",
    "left",
    "personal_data",
    "question",
    "rehearsal",
    "stopped_by_reason",
    "tally",
    "went_out",
    "withheld_by_reason",
]
