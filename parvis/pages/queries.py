"""Reads that pages share."""

import datetime as dt
from collections.abc import Iterable
from typing import cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from parvis.accounts.models import Mandate, Office, Organisation, User
from parvis.accounts.queries import keepers, mandate_for, organisations_where, own_permissions
from parvis.accounts.rules import Permission
from parvis.announcements.models import Announcement
from parvis.announcements.queries import current
from parvis.announcements.rules import Kind
from parvis.core.speech import say
from parvis.core.typography import full_date
from parvis.core.words import plain
from parvis.territory.models import Territory
from parvis.territory.queries import keep_to


class DeskRequest(HttpRequest):
    """A request for a page of someone's desk; `acting` is the strip that says for whom one acts there, `own` what
    one's role there allows."""

    acting: str
    own: frozenset[Permission]
    territory: Territory


def desk_of(request: HttpRequest, slug: str, permission: Permission) -> Organisation:
    """The organisation, if this user holds the permission there; else the same 404 as for one that does not exist.
    Under another territory's address, its own is led to.

    The strip goes with the request, so that no page of a desk can forget it."""
    organisation = get_object_or_404(
        organisations_where(request.user, permission).select_related("territory", "commune"), slug=slug
    )
    keep_to(organisation.territory, request)
    user, desk = signed_in(request), cast(DeskRequest, request)
    desk.own = own_permissions(user, organisation)
    mandate = mandate_for(user, organisation, permission, desk.own)
    desk.acting = acting(mandate, organisation) if mandate else ""
    desk.territory = organisation.territory
    return organisation


def desks(user: User) -> list[tuple[Organisation, Mandate | None]]:
    """The organisations that this user acts for, each with the mandate where no role of theirs suffices."""
    offices = set(Office.objects.filter(user=user).values_list("organisation", flat=True))
    given = Mandate.objects.in_force().filter(holder=user).order_by("-pk")
    mandates = {m.organisation_id: m for m in given if m.allows(Permission.SEE_DESK)}
    mine = organisations_where(user, Permission.SEE_DESK).select_related("commune").distinct()
    ordered = sorted(mine, key=lambda one: plain(one.name))
    return [(one, None if one.pk in offices else mandates.get(one.pk)) for one in ordered]


def signed_in(request: HttpRequest) -> User:
    """The user of a page behind login_required."""
    if not isinstance(request.user, User):
        raise TypeError("this page is for signed-in users")
    return request.user


def acting(mandate: Mandate, organisation: Organisation) -> str:
    return say(
        "Vous agissez pour {organisation}, par un mandat signé par {name} le {day}.",
        organisation=organisation,
        name=mandate.signed_by,
        day=full_date(mandate.signed_on),
    )


def held(request: HttpRequest, organisation: Organisation, given: Iterable[Mandate] | None = None) -> set[str]:
    """Names of the permissions held at this desk, by role or by mandate, for templates. `given`: the mandates in force
    that this organisation gave, where they are read already."""
    user = signed_in(request)
    if given is None:
        given = Mandate.objects.in_force().filter(holder=user, organisation=organisation)
    own = {permission.value for permission in cast(DeskRequest, request).own}
    return own | {one.value for mandate in given if mandate.holder_id == user.pk for one in mandate.opens}


def whom_to_call(organisation: Organisation) -> list[Organisation]:
    """Of the association, about what it decided here."""
    return list(keepers(organisation.territory).select_related("commune").defer("commune__contour"))


def agenda(territory: Territory, at: dt.datetime) -> QuerySet[Announcement]:
    """What has a day, soonest first."""
    dated = current(territory, at).filter(starts_at__isnull=False)
    return with_place(dated).order_by("starts_at", "pk")


def novelties(territory: Territory, at: dt.datetime) -> QuerySet[Announcement]:
    """What has no day: arrivals, offers, news; the newest first."""
    undated = current(territory, at).filter(starts_at=None).exclude(kind__in=[Kind.EVENT, Kind.WORKSHOP])
    return with_place(undated).order_by("-said_at", "-pk")


def with_place(said: QuerySet[Announcement]) -> QuerySet[Announcement]:
    """With what a list shows; a commune's contour weighs more than all the rest, and only a map draws it."""
    return said.select_related("organisation__commune", "photo").defer("organisation__commune__contour")
