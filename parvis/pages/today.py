"""What is due today for one organisation: what leaves next, who comes, who to call, what was said."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from parvis.accounts.models import Organisation
from parvis.accounts.rules import Permission
from parvis.announcements.models import Announcement
from parvis.announcements.queries import reported
from parvis.core import clock
from parvis.delivery.queries import last_call_list
from parvis.directory.claims import waiting
from parvis.directory.queries import taken_down
from parvis.rounds.rules import next_round
from parvis.territory.models import Territory

SHOWN = 5
A_WEEK = dt.timedelta(days=7)
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
    claims: int = 0  # what waits for this bureau
    reports: int = 0
    taken_down: int = 0  # pages that visitors took out of the directory, within a week

    @property
    def is_new(self) -> bool:
        """Nothing was said yet, and nobody is in the file."""
        return not self.last and not self.customers


def today(organisation: Organisation, permissions: Collection[str]) -> Today:
    """Three reads at most; three more for a bureau that keeps a territory."""
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
        calls=calls if leaves and calls and calls["printed"] > now - A_WEEK else None,
        held=[one for one in every if one.held_at],
        **_kept(organisation.territory, permissions, now),
    )


def _kept(territory: Territory, permissions: Collection[str], now: dt.datetime) -> dict[str, int]:
    counts = {}
    if Permission.SEE_SHOPS in permissions:
        counts["claims"] = waiting(territory).count()
        counts["taken_down"] = taken_down(territory).filter(delisted_at__gt=now - A_WEEK).count()
    if Permission.MODERATE in permissions:
        counts["reports"] = reported(territory).count()
    return counts


def _waits(said: Announcement, now: dt.datetime) -> bool:
    """No round was due since it was said: those who like it have not heard it."""
    return next_round(said.said_at) > now
