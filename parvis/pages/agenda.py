"""What happens when, for the home page, the agenda and a commune's page."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from parvis.announcements.models import Announcement
from parvis.contacts.words import Node, above, nodes
from parvis.core import clock
from parvis.core.typography import in_paris, month
from parvis.territory.models import Commune, Territory

from .queries import agenda, novelties

WEEK = dt.timedelta(days=7)
# What leads the home page is near enough to be prepared.
SOON = dt.timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Day:
    """`month`: its name, where this day is the first of the list in a month that is not the present one; with its year,
    where that is not the present one either."""

    day: dt.date
    announcements: Sequence[Announcement]
    month: str = ""


def by_day(dated: Iterable[Announcement]) -> list[Day]:
    """Soonest first, as given; days are those of Paris."""
    days, before = [], clock.today()
    for day, some in groupby(dated, _day):
        days.append(Day(day, list(some), "" if _month(day) == _month(before) else _named(day)))
        before = day
    return days


def _month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month


def _named(day: dt.date) -> str:
    return month(day).capitalize() + (f"\u00a0{day.year}" if day.year != clock.today().year else "")


def _day(announcement: Announcement) -> dt.date:
    if announcement.starts_at is None:
        raise ValueError("an undated announcement has no day")
    return dt.date(*in_paris(announcement.starts_at).timetuple()[:3])


def leading(dated: Iterable[Announcement], fresh: Iterable[Announcement], at: dt.datetime) -> Announcement | None:
    """What opens the home page: the first thing to come that has a picture, else the newest arrival that has one. Never
    alcohol, which is not put forward."""
    near = [one for one in dated if one.starts_at and one.starts_at < at + SOON]
    return next((one for one in [*near, *fresh] if pictured(one) and not one.alcohol), None)


def each_once(said: Iterable[Announcement]) -> list[Announcement]:
    """The first of each organisation: who says a lot leaves room for the others."""
    return list({one.organisation_id: one for one in reversed(list(said))}.values())[::-1]


def pictured(announcement: Announcement) -> bool:
    return announcement.photo is not None and announcement.photo.withdrawn_at is None


def chosen_agenda(
    territory: Territory, at: dt.datetime, *, commune: Commune | None = None, interest: str = ""
) -> QuerySet[Announcement]:
    """What has a day; in one commune; on one interest (its slug) and all under it."""
    dated = agenda(territory, at)
    if commune:
        dated = dated.filter(organisation__commune=commune)
    if interest:
        below = [slug for slug, over in above().items() if interest in over]
        dated = dated.filter(pk__in=Announcement.objects.filter(interests__slug__in=below).values("pk"))
    return dated


def subjects_of(territory: Territory, at: dt.datetime) -> list[Node]:
    """The broad interests, which have none above, of all that is to come."""
    said = agenda(territory, at).order_by().values_list("interests__slug", flat=True).distinct()
    over = {slug for one in said for slug in above().get(one or "", ())}
    return [node for node in nodes() if node.slug in over and not node.parents]


def of_commune(territory: Territory, commune: Commune, at: dt.datetime) -> tuple[list[Day], list[Announcement]]:
    """What is to come there, by day, and what is new."""
    dated = chosen_agenda(territory, at, commune=commune)[:12]
    return by_day(dated), list(novelties(territory, at).filter(organisation__commune=commune)[:6])


def of_organisation(said: Iterable[Announcement]) -> tuple[list[Announcement], list[Announcement]]:
    """What has a day, soonest first, then what has none, newest first."""
    every = list(said)
    dated = sorted((one for one in every if one.starts_at), key=lambda one: (one.starts_at, one.pk))
    fresh = sorted((one for one in every if not one.starts_at), key=lambda one: (one.said_at, one.pk), reverse=True)
    return dated, fresh
