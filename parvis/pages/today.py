"""What is due today for one organisation: what leaves next, who comes, who to call, what was said."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from parvis.accounts.models import Organisation
from parvis.accounts.rules import Permission
from parvis.announcements.models import Announcement
from parvis.core import clock
from parvis.delivery.queries import last_call_list
from parvis.rounds.rules import next_round

SHOWN = 5
LOOKED_AT = 60  # the last said: beyond, an announcement is over


@dataclass(frozen=True, slots=True)
class Today:
    """`leaving`: of mine, what the next round will say; `held`: what the association took down. `customers` is None for
    whoever may not see the file; `calls`, for whoever may not see its paper, or where nobody was to be called for a
    week."""

    round_at: dt.datetime
    leaving: Sequence[Announcement]
    coming: Sequence[Announcement]
    last: Sequence[Announcement]
    customers: int | None
    calls: dict[str, Any] | None
    held: Sequence[Announcement] = ()

    @property
    def is_new(self) -> bool:
        """Nothing was said yet, and nobody is in the file."""
        return not self.last and not self.customers


def today(organisation: Organisation, permissions: Collection[str]) -> Today:
    """Three reads at most."""
    now = clock.now()
    round_at = next_round(now)
    every = list(organisation.announcements.filter(withdrawn_at=None)[:LOOKED_AT])
    said = [one for one in every if one.held_at is None]
    leaves = organisation.suspended_at is None
    coming = [one for one in said if one.starts_at and one.starts_at > now]
    calls = last_call_list(organisation) if Permission.SEE_PAPER in permissions and organisation.is_shop else None
    return Today(
        round_at=round_at,
        leaving=[one for one in said if leaves and one.useful_until > round_at and _waits(one, now)][:SHOWN],
        coming=sorted(coming, key=lambda one: (one.starts_at, one.pk))[:SHOWN],
        last=said[:SHOWN],
        customers=organisation.customer_records.count() if Permission.SEE_CUSTOMERS in permissions else None,
        calls=calls if leaves and calls and calls["printed"] > now - dt.timedelta(days=7) else None,
        held=[one for one in every if one.held_at],
    )


def _waits(said: Announcement, now: dt.datetime) -> bool:
    """No round was due since it was said: those who like it have not heard it."""
    return next_round(said.said_at) > now
