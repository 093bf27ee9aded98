"""The one place that reads the time, so that tests and the demo can hold it still."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")

_frozen: ContextVar[dt.datetime | None] = ContextVar("frozen", default=None)


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or timezone.now()


def paris_now() -> dt.datetime:
    return now().astimezone(PARIS)


def today() -> dt.date:
    """The present day on the clocks of the territory (Europe/Paris)."""
    return paris_now().date()


def iso_week(at: dt.datetime) -> str:
    """The ISO week of an instant in Paris, as "2026-W48": the unit in which rhythm is counted (decision 3)."""
    year, week, _ = at.astimezone(PARIS).isocalendar()
    return f"{year}-W{week:02d}"


@contextmanager
def frozen(at: dt.datetime) -> Iterator[None]:
    """Hold the clock at an aware instant."""
    token = _frozen.set(at)
    try:
        yield
    finally:
        _frozen.reset(token)
