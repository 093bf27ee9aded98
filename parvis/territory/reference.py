"""The communes of France as shipped in `data/` (see its NOTICE.md). Read once, kept in memory."""

import csv
import gzip
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .rules import Point

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class CommuneFacts:
    """What the shipped files say of a commune; `postcodes` are separated by spaces, `population` may be 0."""

    insee: str
    name: str
    postcodes: str
    population: int
    centre: Point | None
    contour: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class FormerCode:
    """A code that no longer stands for a commune; `name` is "" where only the code changed."""

    name: str
    now: str


@dataclass(frozen=True, slots=True)
class TerritoryFacts:
    """A territory known by its short name; `communes` are INSEE codes."""

    name: str
    of_name: str
    communes: tuple[str, ...]


@cache
def territories() -> Mapping[str, TerritoryFacts]:
    """By short name."""
    tables = tomllib.loads((DATA / "territories.toml").read_text("utf-8"))
    return {slug: TerritoryFacts(t["name"], t["of_name"], tuple(t["communes"])) for slug, t in tables.items()}


@cache
def communes() -> Mapping[str, CommuneFacts]:
    """By INSEE code: communes and municipal districts of 1 January 2026; contours of those that have one."""
    shapes = _shapes()
    return {row["code"]: _facts(row, shapes.get(row["code"], {})) for row in _rows("communes.csv.gz")}


@cache
def former_codes() -> Mapping[str, FormerCode]:
    """By old INSEE code."""
    return {row["code"]: FormerCode(_typeset(row["name"]), row["now"]) for row in _rows("former.csv.gz")}


def with_postcode(postcode: str) -> list[CommuneFacts]:
    """The communes that share this postcode; walks the whole table: meant for error messages."""
    return [facts for facts in communes().values() if postcode in facts.postcodes.split()]


def _facts(row: dict[str, str], shape: dict[str, Any]) -> CommuneFacts:
    centre = shape.get("properties", {}).get("centroid")
    return CommuneFacts(
        insee=row["code"],
        name=_typeset(row["name"]),
        postcodes=row["postcodes"],
        population=int(row["population"] or 0),
        centre=Point(*centre) if centre else None,
        contour=shape.get("geometry"),
    )


def _shapes() -> dict[str, dict[str, Any]]:
    files = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("contours-*.geojson")))
    return {feature["properties"]["code"]: feature for file in files for feature in file["features"]}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _typeset(name: str) -> str:
    """INSEE types a straight apostrophe; French prints a curved one."""
    return name.replace("'", "’")
