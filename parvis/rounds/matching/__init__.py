"""The sorting: arrays in, arrays out. No Django, no clock, no chance beyond the seed."""

from .eligibility import Eligibility, Snapshot, judge_all, keep_apart
from .greedy import Picks, solve

__all__ = ["Eligibility", "Picks", "Snapshot", "judge_all", "keep_apart", "solve"]
