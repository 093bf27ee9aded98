"""What an activity code means: its official label, our French category, and whether the public may walk in.

The table is data/activities.csv (every code of NAF rev. 2 and NAF 2025). Codes of older nomenclatures (NAP,
NAF1993, NAFRev1) look the same and mean something else: they are never looked up.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"

REV2 = "NAFRev2"
NAF_2025 = "NAF2025"


class Premises(StrEnum):
    """Where a trade is exercised: in a shop, in one that something must prove, or nowhere one can go."""

    SHOP = "shop"
    EVIDENCE = "evidence"
    NONE = "none"


class Unknown(StrEnum):
    """Why an activity has no meaning here."""

    MISSING = "missing"
    OLD_NOMENCLATURE = "old_nomenclature"
    UNKNOWN_CODE = "unknown_code"


@dataclass(frozen=True, slots=True)
class Category:
    """A trade in French, for instance "Boulangerie", "Boulangeries" in the group "Alimentation"."""

    slug: str
    singular: str
    plural: str
    group: str
    group_label: str


@dataclass(frozen=True, slots=True)
class Activity:
    """`code` has no dot ("4711B"). `category` is None for what is not a trade of the directory."""

    nomenclature: str
    code: str
    label: str
    category: Category | None
    premises: Premises

    @property
    def open_to_public(self) -> bool:
        return self.premises is not Premises.NONE


def activity_of(code: str, nomenclature: str, code_2025: str = "") -> Activity | Unknown:
    """The activity of a row, from the row's own codes: the mapping from one nomenclature to the other is
    many-to-many and never applied.

    `nomenclature` decides how `code` is read; `code_2025` serves when `code` cannot be read.
    """
    if nomenclature in (REV2, NAF_2025) and (found := _activities().get((nomenclature, _bare(code)))):
        return found
    if found := _activities().get((NAF_2025, _bare(code_2025))):
        return found
    if not code:
        return Unknown.MISSING
    return Unknown.UNKNOWN_CODE if nomenclature in (REV2, NAF_2025) else Unknown.OLD_NOMENCLATURE


@cache
def categories() -> dict[str, Category]:
    """Every category by slug, in the order of the directory."""
    groups = {row["slug"]: row["label"] for row in _rows("groups.csv")}
    return {row["slug"]: Category(**row, group_label=groups[row["group"]]) for row in _rows("categories.csv")}


@cache
def _activities() -> dict[tuple[str, str], Activity]:
    return {(row["nomenclature"], row["code"]): _activity(row) for row in _rows("activities.csv")}


def _activity(row: dict[str, str]) -> Activity:
    category = categories()[row["category"]] if row["category"] else None
    premises = Premises(row["premises"] or Premises.NONE)
    return Activity(row["nomenclature"], row["code"], row["label"], category, premises)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter=";")


def _bare(code: str) -> str:
    return code.replace(".", "").strip().upper()
