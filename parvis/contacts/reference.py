"""The closed list of interests and the wordings of consent: from the files in data/ to the tables.

No audit line is written: these files are versioned with the code, and their history tells who changed what.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from .models import Interest, Wording
from .rules import Basis, Channel, closure
from .words import DATA, Node, nodes

_FIELDS = ["name", "liked", "alcohol", "retired"]
Links = frozenset[tuple[int, int]]  # (child, parent)


class ReferenceDataError(ValueError):
    """A reference file says what may not be said. It stops the migration that loads the file."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The interests by id. `above`: each node -> itself and its ancestors -> the fewest steps up."""

    above: Mapping[int, Mapping[int, int]]
    alcohol: frozenset[int]
    names: Mapping[int, str]
    liked: Mapping[int, str]  # with its article, after « vous aimez »


def load_reference(**_: Any) -> None:
    """Receiver of post_migrate, after which both tables say what the files say."""
    if Interest._meta.db_table not in connection.introspection.table_names():
        return  # contacts is being unmigrated
    load_interests()
    load_wordings()


@transaction.atomic
def load_interests() -> None:
    """Make the table say what data/interests.toml says; a node that left the file is retired, never deleted.

    Raises ReferenceDataError for an unknown parent or a loop; then nothing is written.
    """
    listed = nodes()
    _check_parents(listed)
    before = {interest.slug: interest for interest in Interest.objects.all()}
    wanted = {node.slug: _interest(node) for node in listed}
    wanted |= {slug: _retired(old) for slug, old in before.items() if slug not in wanted}
    changed = [new for slug, new in wanted.items() if _differs(before.get(slug), new)]
    Interest.objects.bulk_create(changed, update_conflicts=True, unique_fields=["slug"], update_fields=_FIELDS)
    _load_links(listed)


def _check_parents(listed: tuple[Node, ...]) -> None:
    slugs = {node.slug for node in listed}
    for node in listed:
        if strangers := set(node.parents) - slugs:
            raise ReferenceDataError(f"interest {node.slug}: no such parent: {', '.join(sorted(strangers))}")


def _interest(node: Node) -> Interest:
    return Interest(slug=node.slug, name=node.name, liked=node.liked, alcohol=node.alcohol)


def _retired(old: Interest) -> Interest:
    return Interest(slug=old.slug, name=old.name, liked=old.liked, alcohol=old.alcohol, retired=True)


def _differs(old: Interest | None, new: Interest) -> bool:
    return old is None or any(getattr(old, name) != getattr(new, name) for name in _FIELDS)


def _load_links(listed: tuple[Node, ...]) -> None:
    ids = dict(Interest.objects.values_list("slug", "pk"))
    in_use = {ids[node.slug] for node in listed}
    wanted = {(ids[node.slug], ids[parent]) for node in listed for parent in node.parents}
    through = Interest.parents.through
    rows = through.objects.values_list("from_interest", "to_interest", "pk")
    stored = {(child, parent): pk for child, parent, pk in rows}
    before = frozenset(stored)
    # Links to or from a retired node stay: whoever refused it still refuses what was under it.
    gone = {(child, parent) for child, parent in before - wanted if {child, parent} <= in_use}
    _refuse_loops(frozenset(ids.values()), (before | wanted) - gone)
    through.objects.filter(pk__in=[stored[link] for link in gone]).delete()
    new = [through(from_interest_id=child, to_interest_id=parent) for child, parent in wanted - before]
    through.objects.bulk_create(new)


def _refuse_loops(ids: frozenset[int], links: Links) -> None:
    try:
        _closure(ids, links)
    except ValueError as error:
        raise ReferenceDataError(f"data/interests.toml: {error}") from error


@lru_cache(maxsize=2)
def _closure(ids: frozenset[int], links: Links) -> dict[int, dict[int, int]]:
    parents: dict[int, list[int]] = {pk: [] for pk in ids}
    for child, parent in links:
        parents[child].append(parent)
    return closure(parents)


def interest_tree() -> Tree:
    """The tree as the tables have it now, in one query: read it once for a round, not once for each reader.

    Retired nodes are in it, so that a refusal given before still holds.
    """
    # A row for each parent, or one without any.
    rows = list(Interest.objects.values_list("pk", "name", "liked", "alcohol", "parents"))
    links = frozenset((pk, parent) for pk, *_, parent in rows if parent is not None)
    return Tree(
        above=_closure(frozenset(pk for pk, *_ in rows), links),
        alcohol=frozenset(pk for pk, _, _, alcohol, _ in rows if alcohol),
        names={pk: name for pk, name, *_ in rows},
        liked={pk: liked for pk, _, liked, *_ in rows},
    )


def wordings() -> list[Wording]:
    """The wordings of data/wordings.toml, unsaved. Raises ReferenceDataError where one is malformed."""
    table = tomllib.loads((DATA / "wordings.toml").read_text(encoding="utf-8"))
    try:
        return [
            Wording(
                key=one["key"],
                version=one["version"],
                channel=Channel(one["channel"]).value,
                basis=Basis(one["basis"]).value,
                text=one["text"],
            )
            for one in table["wording"]
        ]
    except (KeyError, ValueError) as error:
        raise ReferenceDataError(f"data/wordings.toml: {error}") from error


@transaction.atomic
def load_wordings() -> None:
    """Add the wordings of data/wordings.toml that the table lacks.

    Raises ReferenceDataError where the file changes one that exists: people agreed to that one (rule 2).
    """
    before = {(old.key, old.version): old for old in Wording.objects.all()}
    listed = wordings()
    for new in listed:
        old = before.get((new.key, new.version))
        if old and (old.text, old.channel, old.basis) != (new.text, new.channel, new.basis):
            raise ReferenceDataError(f"wording {new} never changes: write version {new.version + 1} beside it")
    Wording.objects.bulk_create([new for new in listed if (new.key, new.version) not in before])
