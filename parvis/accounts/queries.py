"""Who may do what, for whom. Closed by default."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from parvis.core.actors import NAME_MOST, Actor
from parvis.core.errors import Refused
from parvis.core.speech import mark
from parvis.core.typography import shortened
from parvis.territory.models import Territory

from .models import Invitation, Mandate, Office, Organisation, User
from .rules import KEEPERS, KEEPING, ROLES, Permission, Role, permissions_of

# Kept as it is, and read as it is.
NO_NAME = "une personne qui n’a pas dit son nom"

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def open_organisations(territory: Territory) -> QuerySet[Organisation]:
    """Those that the public may see: suspended by nobody; the territory itself is a sender, not a place."""
    return open_anywhere().filter(territory=territory)


def open_around(territory: Territory) -> QuerySet[Organisation]:
    """The same, and the shops of the communes that it shares with another territory: whoever lives there goes to them.
    Each keeps its window under its own territory's address."""
    shared = Q(kind=Organisation.Kind.SHOP, commune__in=territory.communes.all())
    return open_anywhere().filter(Q(territory=territory) | shared)


def open_anywhere() -> QuerySet[Organisation]:
    return Organisation.objects.filter(suspended_at=None).exclude(kind=Organisation.Kind.TERRITORY)


def organisations_where(user: "User | AnonymousUser", permission: Permission) -> QuerySet[Organisation]:
    """The organisations for which this user holds this permission, by a role or by a mandate in force."""
    if not isinstance(user, User) or not user.is_active:
        return Organisation.objects.none()
    roles = [role.value for role in Role if permission in ROLES[role]]
    offices = Office.objects.filter(user=user, role__in=roles)
    if permission in KEEPING:
        offices = offices.filter(organisation__kind__in=KEEPERS)
    by_role = offices.values("organisation")
    by_mandate = [m.organisation_id for m in Mandate.objects.in_force().filter(holder=user) if m.allows(permission)]
    return Organisation.objects.filter(pk__in=by_role) | Organisation.objects.filter(pk__in=by_mandate)


def may(user: "User | AnonymousUser", permission: Permission, organisation: Organisation) -> bool:
    return organisations_where(user, permission).filter(pk=organisation.pk).exists()


def own_permissions(user: User, organisation: Organisation) -> frozenset[Permission]:
    """What this user's own role here allows; a mandate may allow more."""
    role = Office.objects.filter(user=user, organisation=organisation).values_list("role", flat=True).first()
    return frozenset(permissions_of(Role(role), organisation.kind)) if role else frozenset()


def mandate_for(
    user: User, organisation: Organisation, permission: Permission, own: frozenset[Permission] | None = None
) -> Mandate | None:
    """The mandate under which this user acts here, or None where a role of their own suffices. `own`: what that role
    allows, where it is read already."""
    if permission in (own_permissions(user, organisation) if own is None else own):
        return None
    mandates = Mandate.objects.in_force().filter(holder=user, organisation=organisation).select_related("through")
    return next((m for m in mandates if m.allows(permission)), None)


def oneself(user: User, name: str = "") -> Actor:
    """`name`: what they say of themselves just now, where the account has none. Never their address: the audit trail
    and the papers outlive the account."""
    return Actor(f"user:{user.pk}", (name or NO_NAME) if user.nameless else user.name)


def actor_for(user: User, organisation: Organisation, permission: Permission) -> Actor:
    """The actor for `by=`; under a mandate its name says for whom, visibly."""
    mandate = mandate_for(user, organisation, permission)
    if mandate is None:
        return oneself(user)
    # Each of the three is told, however long: cut at the end alone, the name would not say for whom.
    who, through, whom = (shortened(str(one), NAME_MOST // 3 - 4) for one in (user, mandate.through, organisation))
    return Actor(f"user:{user.pk} mandate:{mandate.pk}", f"{who} ({through}), pour {whom}")


def keepers(territory: Territory) -> QuerySet[Organisation]:
    """Whom to call about a page that was closed: the association of the territory, else what speaks for it."""
    return territory.organisations.filter(kind__in=KEEPERS, suspended_at=None).order_by("kind", "pk")


def delegates(organisation: Organisation) -> QuerySet[Organisation]:
    """Through which someone may act for it, where there is a bureau to take its mandate."""
    others = keepers(organisation.territory).exclude(pk=organisation.pk)
    return others.filter(offices__role=Role.OFFICER.value, offices__user__is_active=True).distinct()


class PageClosed(Refused):
    sentence = mark("Votre page est fermée pour l’instant\u00a0: elle ne se change pas. Appelez l’association.")


def must_be_open(organisation: Organisation) -> None:
    """Read again: it may have been closed since its page was shown."""
    if not Organisation.objects.filter(pk=organisation.pk, suspended_at=None).exists():
        raise PageClosed


def answerable(organisation: Organisation) -> QuerySet[Office]:
    """Those who answer for it: they invite, and are written to."""
    roles = [role.value for role in Role if Permission.TEAM in ROLES[role]]
    return organisation.offices.filter(role__in=roles, user__is_active=True).select_related("user").order_by("pk")


def own_office(user: User, organisation: Organisation) -> Office | None:
    return organisation.offices.filter(user=user).select_related("organisation", "user").first()


def pending_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """That wait for an answer, or ran out without one: not taken back."""
    return organisation.invitations.filter(accepted_at=None, withdrawn_at=None).order_by("-made_at", "-pk")


class NobodyHere(Refused):
    sentence = mark("Personne n’a ce courriel dans l’association d’ici. Demandez-lui d’abord d’y être inscrit.")


def office_holder(email: str, territory: Territory) -> Office:
    """Someone of the association that keeps this territory: only such a person may hold a mandate. For the host alone,
    whom the refusal may tell who is known here."""
    offices = Office.objects.filter(user__email=email.strip().lower(), organisation__in=keepers(territory))
    office = offices.select_related("user", "organisation").order_by("pk").first()
    if office is None:
        raise NobodyHere
    return office
