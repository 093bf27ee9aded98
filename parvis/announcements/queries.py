"""Reads of announcements."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from parvis.accounts.models import User
from parvis.accounts.queries import organisations_where
from parvis.accounts.rules import Permission
from parvis.territory.models import Territory

from .models import Announcement

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


def visible_to(user: "User | AnonymousUser") -> QuerySet[Announcement]:
    """Those that this user may change."""
    return Announcement.objects.filter(organisation__in=organisations_where(user, Permission.ANNOUNCE))
