"""Roles and mandates are given, and taken back."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput

from ..models import Mandate, Office, Organisation, User
from ..rules import MANDATABLE, Permission, Role


@transaction.atomic
def appoint(*, email: str, name: str, organisation: Organisation, role: Role, by: Actor) -> Office:
    """Give someone a role; their account is made if they have none. The bureau is an association's, never a shop's: it
    sees the territory's rounds and sheets."""
    if role is Role.OFFICER and organisation.is_shop:
        raise BadInput("Un commerce n’a pas de bureau : choisissez responsable, collègue ou lecture seule.")
    user = User.objects.filter(email=email.strip().lower()).first() or User.objects.create_user(email, name)
    office, _ = Office.objects.update_or_create(user=user, organisation=organisation, defaults={"role": role})
    record(by=by, verb="appoint", on=office, organisation=organisation, role=role)
    return office


@transaction.atomic
def give_mandate(
    *,
    organisation: Organisation,
    holder: User,
    through: Organisation,
    permissions: Collection[Permission],
    signed_by: str,
    signed_on: dt.date,
    evidence: str,
    by: Actor,
    ends_on: dt.date | None = None,
) -> Mandate:
    """Record a signed mandate. It opens what it names and nothing else; it never runs ahead of its signature."""
    if not signed_by.strip() or not evidence.strip():
        raise BadInput("Il manque qui a signé, ou l’endroit où le papier signé est gardé.")
    if not set(permissions) <= MANDATABLE or not permissions:
        raise BadInput("Ce droit ne se donne pas par mandat.")
    if signed_on > clock.today():
        raise BadInput("La date de signature est à venir : notez le mandat une fois signé.")
    if ends_on and ends_on < signed_on:
        raise BadInput("La fin du mandat vient avant sa signature.")
    mandate = Mandate.objects.create(
        organisation=organisation,
        holder=holder,
        through=through,
        permissions=sorted(permissions),
        signed_by=signed_by.strip(),
        signed_on=signed_on,
        evidence=evidence.strip(),
        ends_on=ends_on,
    )
    record(by=by, verb="give_mandate", on=mandate, organisation=organisation, holder=holder.email)
    return mandate


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, by: Actor) -> None:
    """At once, and for ever: coming back takes a new signature."""
    if mandate.revoked_at is None:
        mandate.revoked_at = clock.now()
        mandate.save(update_fields=["revoked_at"])
        record(by=by, verb="revoke_mandate", on=mandate, organisation=mandate.organisation)
