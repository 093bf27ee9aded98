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


def current(territory: Territory, at: dt.datetime) -> QuerySet[Announcement]:
    """What is worth hearing now: said, not withdrawn, still of use. Oldest first, so that ids give a stable order."""
    return Announcement.objects.filter(
        organisation__territory=territory, said_at__lte=at, useful_until__gt=at, withdrawn_at=None
    ).order_by("pk")


def visible_to(user: "User | AnonymousUser") -> QuerySet[Announcement]:
    """Those that this user may change."""
    return Announcement.objects.filter(organisation__in=organisations_where(user, Permission.ANNOUNCE))
