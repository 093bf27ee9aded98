"""Who may do what, for whom. Closed by default."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from parvis.core.actors import NAME_MOST, Actor
from parvis.core.errors import Refused
from parvis.core.typography import shortened
from parvis.territory.models import Territory

from .models import Mandate, Office, Organisation, User
from .rules import ROLES, Permission, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def organisations_where(user: "User | AnonymousUser", permission: Permission) -> QuerySet[Organisation]:
    """The organisations for which this user holds this permission, by a role or by a mandate in force."""
    if not isinstance(user, User) or not user.is_active:
        return Organisation.objects.none()
    roles = [role.value for role in Role if permission in ROLES[role]]
    by_role = Office.objects.filter(user=user, role__in=roles).values("organisation")
    by_mandate = [m.organisation_id for m in Mandate.objects.in_force().filter(holder=user) if m.allows(permission)]
    return Organisation.objects.filter(pk__in=by_role) | Organisation.objects.filter(pk__in=by_mandate)


def may(user: "User | AnonymousUser", permission: Permission, organisation: Organisation) -> bool:
    return organisations_where(user, permission).filter(pk=organisation.pk).exists()


def mandate_for(user: User, organisation: Organisation, permission: Permission) -> Mandate | None:
    """The mandate under which this user acts here, or None where a role of their own suffices."""
    own = Office.objects.filter(user=user, organisation=organisation).first()
    if own and permission in ROLES[Role(own.role)]:
        return None
    mandates = Mandate.objects.in_force().filter(holder=user, organisation=organisation).select_related("through")
    return next((m for m in mandates if m.allows(permission)), None)


def actor_for(user: User, organisation: Organisation, permission: Permission) -> Actor:
    """The actor for `by=`; under a mandate its name says for whom, visibly."""
    mandate = mandate_for(user, organisation, permission)
    if mandate is None:
        return Actor(f"user:{user.pk}", user.name)
    # Each of the three is told, however long: cut at the end alone, the name would not say for whom.
    who, through, whom = (shortened(str(one), NAME_MOST // 3 - 4) for one in (user, mandate.through, organisation))
    return Actor(f"user:{user.pk} mandate:{mandate.pk}", f"{who} ({through}), pour {whom}")


class NobodyHere(Refused):
    sentence = "Personne n’a ce courriel dans une organisation d’ici. Demandez-lui d’abord d’y être inscrit."


def office_holder(email: str, territory: Territory) -> Office:
    """Someone who holds an office on this territory: only such a person may receive a mandate."""
    offices = Office.objects.filter(user__email=email.strip().lower(), organisation__territory=territory)
    office = offices.select_related("user", "organisation").order_by("pk").first()
    if office is None:
        raise NobodyHere
    return office
