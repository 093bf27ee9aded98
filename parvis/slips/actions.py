"""Every write on slips."""

import datetime as dt
from random import SystemRandom
from typing import Any

from django.db import IntegrityError, transaction

from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput
from parvis.core.speech import say

from .models import Slip
from .queries import canonical, why_closed
from .rules import make_code
from .signals import slip_answered

MOST = 500  # at once: a ream of paper
_RANDOM = SystemRandom()


class BadCount(BadInput):
    def __init__(self) -> None:
        super().__init__(
            say(
                "On prépare de 1 à {most} bons à la fois. "
                "Écrivez un nombre entre les deux, puis recommencez au besoin.",
                most=MOST,
            )
        )


@transaction.atomic
def issue(*, kind: str, scope: str, payload: dict[str, Any], count: int, by: Actor, days: int) -> list[Slip]:
    """So many open slips, for so many days, all with the same payload. Refuses with BadCount."""
    if not 1 <= count <= MOST:
        raise BadCount
    now = clock.now()
    stated = {"kind": kind, "scope": scope, "payload": payload, "made_at": now}
    slips = None
    while slips is None:
        slips = _insert([Slip(code=code, expires_at=now + dt.timedelta(days=days), **stated) for code in _free(count)])
    record(by=by, verb="issue_slips", on=slips[0], organisation=scope, kind=kind, count=count)
    return slips


def _free(count: int) -> list[str]:
    """As many codes that nobody has. Never reused, answered or expired: old papers stay in drawers."""
    codes: dict[str, None] = {}
    while len(codes) < count:
        drawn = {make_code(_RANDOM) for _ in range(count - len(codes))}
        taken = set(Slip.objects.filter(code__in=drawn).values_list("code", flat=True))
        codes |= dict.fromkeys(sorted(drawn - taken))
    return list(codes)


def _insert(slips: list[Slip]) -> list[Slip] | None:
    """None when someone else took one of the codes since we looked."""
    try:
        with transaction.atomic():
            return Slip.objects.bulk_create(slips)
    except IntegrityError:
        if not Slip.objects.filter(code__in=[slip.code for slip in slips]).exists():
            raise
        return None


@transaction.atomic
def void(*, kind: str, scope: str, by: Actor) -> None:
    """Those that wait open nothing from now on. Kept, so that their codes are never drawn again."""
    now = clock.now()
    waiting = Slip.objects.filter(kind=kind, scope=scope, answered_at=None, made_at__lt=now, expires_at__gt=now)
    voided = list(waiting)
    waiting.update(expires_at=now)
    for slip in voided:
        record(by=by, verb="void_slip", on=slip, organisation=scope, kind=kind)


@transaction.atomic
def answer(*, code: str, scope: str, by: Actor) -> Slip:
    """Mark a slip answered, once; `code` as typed. Refuses as `open_slip` does, the second time with who and when."""
    now = clock.now()
    mine = Slip.objects.filter(code=canonical(code), scope=scope)
    marked = mine.filter(answered_at=None, expires_at__gt=now).update(answered_at=now, answered_by=by.name)
    slip = mine.first()
    if slip is None or not marked:
        raise why_closed(slip)
    record(by=by, verb="answer_slip", on=slip, organisation=scope, kind=slip.kind)
    slip_answered.send(sender=Slip, slip=slip, by=by)
    return slip
