"""Reads of announcements."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Count, Max, QuerySet

from parvis.accounts.models import User
from parvis.accounts.queries import organisations_where
from parvis.accounts.rules import Permission
from parvis.photos.models import Photo
from parvis.photos.showing import Use
from parvis.territory.models import Territory

from .models import Announcement, Draft

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def standing_anywhere() -> QuerySet[Announcement]:
    """Nobody took it back, held it or suspended who said it: its page is open, even once it is over."""
    return Announcement.objects.filter(withdrawn_at=None, held_at=None, organisation__suspended_at=None)


def standing(territory: Territory) -> QuerySet[Announcement]:
    return standing_anywhere().filter(organisation__territory=territory)


def current(territory: Territory, at: dt.datetime) -> QuerySet[Announcement]:
    """What is worth hearing now: said, standing, still of use. Oldest first, so that ids give a stable order."""
    return standing(territory).filter(said_at__lte=at, useful_until__gt=at).order_by("pk")


def watched(territory: Territory) -> QuerySet[Announcement]:
    """Those of which the association may decide: said there, and not taken back by who said them."""
    return Announcement.objects.filter(organisation__territory=territory, withdrawn_at=None)


def reported(territory: Territory) -> QuerySet[Announcement]:
    """Those of which somebody told something that nobody has settled: `told` times, `last` at; the oldest first."""
    waiting = watched(territory).filter(reports__made_at__isnull=False, reports__settled_at=None)
    told = waiting.annotate(told=Count("reports"), last=Max("reports__made_at"))
    return told.select_related("organisation__commune").defer("organisation__commune__contour").order_by("last", "pk")


def held(territory: Territory) -> QuerySet[Announcement]:
    """Those that the association holds, the last first."""
    kept = watched(territory).exclude(held_at=None).select_related("organisation__commune")
    return kept.defer("organisation__commune__contour").order_by("-held_at", "-pk")


def visible_to(user: "User | AnonymousUser") -> QuerySet[Announcement]:
    """Those that this user may change."""
    return Announcement.objects.filter(organisation__in=organisations_where(user, Permission.ANNOUNCE))


def use_of(photo: Photo) -> Use:
    """Rule 10: what was taken back, held, or not said yet is shown to nobody, its picture no more than its words."""
    if standing_anywhere().filter(photo=photo).exists():
        return Use.SHOWN
    mine = Announcement.objects.filter(photo=photo).exists() or Draft.objects.filter(photo=photo, said=None).exists()
    return Use.KEPT if mine else Use.NONE
