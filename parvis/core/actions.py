"""The audit trail, written inside the transaction of the action it tells of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from . import clock
from .actors import Actor
from .models import AuditEntry


def key(thing: models.Model) -> str:
    """A stable string for a row: "announcement:12"."""
    return f"{thing._meta.model_name}:{thing.pk}"


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of one row."""

    verb: str
    on: models.Model
    detail: dict[str, Any] = field(default_factory=dict)


def record(
    *, by: Actor, verb: str, on: models.Model, organisation: models.Model | str | None = None, **detail: Any
) -> None:
    """Write one audit line. Refuses to run outside a transaction: a line must live or die with what it tells.

    `organisation`: or its key, for an app below organisations.
    """
    record_all([Line(verb, on, detail)], by=by, organisation=organisation)


def record_all(lines: Iterable[Line], *, by: Actor, organisation: models.Model | str | None = None) -> None:
    """As `record` for each, in one write."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of its action")
    where = key(organisation) if isinstance(organisation, models.Model) else organisation or ""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=clock.now(),
            actor=by.key,
            actor_name=by.name,
            verb=line.verb,
            target=key(line.on),
            organisation=where,
            detail=line.detail,
        )
        for line in lines
    )
