"""The audit trail, written inside the transaction of the action it tells of."""

from typing import Any

from django.db import models, transaction

from . import clock
from .actors import Actor
from .models import AuditEntry


def key(thing: models.Model) -> str:
    """A stable string for a row: "announcement:12"."""
    return f"{thing._meta.model_name}:{thing.pk}"


def record(
    *, by: Actor, verb: str, on: models.Model, organisation: models.Model | str | None = None, **detail: Any
) -> None:
    """Write one audit line. Refuses to run outside a transaction: a line must live or die with what it tells.

    `organisation`: or its key, for an app below organisations.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of its action")
    AuditEntry.objects.create(
        at=clock.now(),
        actor=by.key,
        actor_name=by.name,
        verb=verb,
        target=key(on),
        organisation=key(organisation) if isinstance(organisation, models.Model) else organisation or "",
        detail=detail,
    )
