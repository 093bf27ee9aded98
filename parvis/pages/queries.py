"""Reads that pages share."""

import datetime as dt
from collections.abc import Collection
from typing import cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from parvis.accounts.models import Mandate, Office, Organisation, User
from parvis.accounts.queries import mandate_for, organisations_where
from parvis.accounts.rules import ROLES, Permission, Role
from parvis.announcements.models import Announcement
from parvis.announcements.queries import current
from parvis.announcements.rules import Kind
from parvis.contacts.models import Interest
from parvis.contacts.reference import interest_tree
from parvis.contacts.words import recognise
from parvis.core.typography import folded, full_date
from parvis.territory.models import Territory


class DeskRequest(HttpRequest):
    """A request for a page of someone's desk; `acting` is the strip that says for whom one acts there."""

    acting: str
    territory: Territory


def desk_of(request: HttpRequest, slug: str, permission: Permission) -> Organisation:
    """The organisation, if this user holds the permission there; else the same 404 as for one that does not exist.

    The strip goes with the request, so that no page of a desk can forget it."""
    organisation = get_object_or_404(
        organisations_where(request.user, permission).select_related("territory", "commune"), slug=slug
    )
    mandate = mandate_for(signed_in(request), organisation, permission)
    desk = cast(DeskRequest, request)
    desk.acting = acting(mandate, organisation) if mandate else ""
    desk.territory = organisation.territory
    return organisation


def desks(user: User) -> list[tuple[Organisation, Mandate | None]]:
    """The organisations that this user acts for, each with the mandate where no role of theirs suffices."""
    offices = set(Office.objects.filter(user=user).values_list("organisation", flat=True))
    given = Mandate.objects.in_force().filter(holder=user).order_by("-pk")
    mandates = {m.organisation_id: m for m in given if m.allows(Permission.SEE_DESK)}
    mine = organisations_where(user, Permission.SEE_DESK).select_related("commune").distinct()
    ordered = sorted(mine, key=lambda one: folded(one.name))
    return [(one, None if one.pk in offices else mandates.get(one.pk)) for one in ordered]


def signed_in(request: HttpRequest) -> User:
    """The user of a page behind login_required."""
    if not isinstance(request.user, User):
        raise TypeError("this page is for signed-in users")
    return request.user


def acting(mandate: Mandate, organisation: Organisation) -> str:
    signed = full_date(mandate.signed_on)
    return f"Vous agissez pour {organisation}, par un mandat signé par {mandate.signed_by} le {signed}."


def held(user: User, organisation: Organisation) -> set[str]:
    """Names of the permissions held here, by role or by mandate, for templates."""
    roles = Office.objects.filter(user=user, organisation=organisation).values_list("role", flat=True)
    by_role = {permission.value for role in roles for permission in ROLES[Role(role)]}
    mandates = Mandate.objects.in_force().filter(holder=user, organisation=organisation)
    return by_role | {permission.value for mandate in mandates for permission in mandate.opens}


def agenda(territory: Territory, at: dt.datetime) -> QuerySet[Announcement]:
    """What has a day, soonest first."""
    dated = current(territory, at).filter(starts_at__isnull=False)
    return dated.select_related("organisation__commune", "photo").order_by("starts_at", "pk")


def novelties(territory: Territory, at: dt.datetime) -> QuerySet[Announcement]:
    """What has no day: arrivals, offers, news; the newest first."""
    undated = current(territory, at).filter(starts_at=None).exclude(kind__in=[Kind.EVENT, Kind.WORKSHOP])
    return undated.select_related("organisation__commune", "photo").order_by("-said_at", "-pk")


def shops(territory: Territory) -> list[Organisation]:
    found = territory.organisations.filter(kind=Organisation.Kind.SHOP).select_related("commune")
    return sorted(found, key=lambda shop: folded(shop.name))


def interest_groups(chosen: Collection[str]) -> list[tuple[str, list[tuple[Interest, bool]], bool]]:
    """The closed list by root, each interest once, for a screen that one opens branch by branch: root's name, its
    interests and whether each is chosen, whether any is."""
    by_name = sorted(Interest.objects.filter(retired=False), key=lambda i: folded(i.name))
    interests = {i.pk: i for i in by_name}
    above = interest_tree().above
    parents = set(Interest.parents.through.objects.values_list("from_interest", flat=True))
    roots = [i for i in by_name if i.pk not in parents]
    groups: dict[int, list[tuple[Interest, bool]]] = {root.pk: [] for root in roots}
    for interest in interests.values():
        nearest = min((above[interest.pk][r.pk], n, r.pk) for n, r in enumerate(roots) if r.pk in above[interest.pk])
        groups[nearest[2]].append((interest, str(interest.pk) in chosen))
    return [(root.name, groups[root.pk], any(on for _, on in groups[root.pk])) for root in roots]


def suggested(words: str) -> list[str]:
    """Ids of the interests that these words name."""
    slugs = recognise(words).slugs
    return [str(pk) for pk in Interest.objects.filter(slug__in=slugs, retired=False).values_list("pk", flat=True)]
