"""Roles and mandates are given, and taken back."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, NotAllowed, Refused
from parvis.core.speech import mark, say

from ..models import Mandate, Office, Organisation, User
from ..queries import keepers, may, oneself
from ..rules import MANDATABLE, Permission, Role, opened_by
from .notices import tell_those_of


class AlreadyInside(Refused):
    sentence = mark(
        "Qui a déjà un rôle dans ce commerce n’y prend pas de mandat\u00a0: laissez-le à une autre personne du bureau."
    )


class AlreadyGiven(Refused):
    sentence = mark(
        "Cette association a déjà un mandat qui ouvre tout cela, aussi longtemps. "
        "Pour le remplacer, reprenez d’abord l’ancien."
    )


class AlreadyWaiting(Refused):
    sentence = mark(
        "Un mandat attend déjà que quelqu’un de cette association le prenne. "
        "Pour le remplacer, reprenez d’abord celui-là."
    )


class WaitsNoMore(Refused):
    sentence = mark("Ce mandat n’attend plus personne\u00a0: quelqu’un l’a pris, ou le commerce l’a repris.")


@transaction.atomic
def appoint(*, email: str, name: str, organisation: Organisation, role: Role, by: Actor) -> Office:
    """Give someone a role; their account is made if they have none. The bureau is an association's, never a shop's: it
    sees the territory's rounds and sheets."""
    if role is Role.OFFICER and organisation.is_shop:
        raise BadInput(say("Un commerce n’a pas de bureau\u00a0: choisissez responsable, collègue ou lecture seule."))
    user = User.objects.filter(email=email.strip().lower()).first() or User.objects.create_user(email, name)
    office, _ = Office.objects.update_or_create(user=user, organisation=organisation, defaults={"role": role})
    record(by=by, verb="appoint", on=office, organisation=organisation, role=role)
    return office


@transaction.atomic
def give_mandate(
    *,
    organisation: Organisation,
    through: Organisation,
    permissions: Collection[Permission],
    signed_by: str,
    signed_on: dt.date,
    evidence: str,
    by: Actor,
    holder: User | None = None,
    ends_on: dt.date | None = None,
) -> Mandate:
    """Record a signed mandate: it opens the desk, what it names and nothing else, never ahead of its signature. Given
    to `through` alone, it opens nothing before someone there takes it: who they are is theirs to say. `holder`: known
    by whoever keeps the paper that both signed."""
    if not signed_by.strip() or not evidence.strip():
        raise BadInput(say("Il manque qui a signé, ou l’endroit où le papier signé est gardé."))
    if not set(permissions) <= MANDATABLE or not permissions:
        raise BadInput(say("Ce droit ne se donne pas par mandat."))
    if signed_on > clock.today():
        raise BadInput(
            say("La date de signature est à venir\u00a0: notez le mandat une fois signé."), field="signed_on"
        )
    if ends_on and ends_on < signed_on:
        raise BadInput(say("La fin du mandat vient avant sa signature."), field="ends_on")
    if ends_on and ends_on < clock.today():
        raise BadInput(say("Ce mandat est déjà fini\u00a0: notez un jour à venir, ou laissez vide."), field="ends_on")
    _check_giving(organisation, through, holder)
    _check_again(organisation, through, holder, frozenset(permissions), ends_on)
    mandate = Mandate.objects.create(
        organisation=organisation,
        holder=holder,
        through=through,
        permissions=sorted(opened_by(permissions)),
        signed_by=signed_by.strip(),
        signed_on=signed_on,
        evidence=evidence.strip(),
        ends_on=ends_on,
    )
    acts = oneself(holder).name if holder else through.name
    record(by=by, verb="give_mandate", on=mandate, organisation=organisation, holder=acts)
    if holder is None:
        tell_those_of(through, "accounts/mandate_given.txt", shop=organisation)
    return mandate


def _check_giving(organisation: Organisation, through: Organisation, holder: User | None) -> None:
    if through == organisation or through not in keepers(organisation.territory):
        raise BadInput(say("Un mandat se donne à l’association d’ici\u00a0: choisissez-la."), field="through")
    if holder:
        _check_holder(organisation, through, holder)


def _check_holder(organisation: Organisation, through: Organisation, holder: User) -> None:
    if not Office.objects.filter(user=holder, organisation=through).exists():
        raise NotAllowed
    if Office.objects.filter(user=holder, organisation=organisation).exists():
        raise AlreadyInside


def _check_again(
    organisation: Organisation,
    through: Organisation,
    holder: User | None,
    permissions: frozenset[Permission],
    ends_on: dt.date | None,
) -> None:
    # Pressed twice at the same instant: the second waits for the first, on PostgreSQL and on SQLite alike.
    Organisation.objects.filter(pk=organisation.pk).update(name=F("name"))
    before = Mandate.objects.filter(organisation=organisation, through=through)
    if holder is None and before.waiting().exists():
        raise AlreadyWaiting
    for given in before.in_force().filter(**({"holder": holder} if holder else {})):
        lasts = given.ends_on is None or (ends_on is not None and ends_on <= given.ends_on)
        if permissions <= given.opens and lasts:
            raise AlreadyGiven


@transaction.atomic
def take_mandate(*, mandate: Mandate, keeper: Organisation, holder: User, by: Actor) -> None:
    """In one's own name, by someone of the bureau that it was given to: the shop is told who will act for it."""
    if mandate.through_id != keeper.pk or not may(holder, Permission.SEE_SHOPS, keeper):
        raise NotAllowed
    _check_holder(mandate.organisation, keeper, holder)
    if not Mandate.objects.waiting().filter(pk=mandate.pk).update(holder=holder):
        raise WaitsNoMore
    for journal in (mandate.organisation, keeper):
        record(by=by, verb="take_mandate", on=mandate, organisation=journal)
    holder_name = oneself(holder).name
    tell_those_of(mandate.organisation, "accounts/mandate_taken.txt", holder=holder_name, keeper=keeper)


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, by: Actor) -> None:
    """At once, and for ever: coming back takes a new signature."""
    if mandate.revoked_at is None:
        mandate.revoked_at = clock.now()
        mandate.save(update_fields=["revoked_at"])
        record(by=by, verb="revoke_mandate", on=mandate, organisation=mandate.organisation)


@transaction.atomic
def give_up_mandate(*, mandate: Mandate, keeper: Organisation, by: Actor) -> None:
    """By the organisation through which it is held, or that it waits for: the shop is told, and finds it ended among
    its own. Again changes nothing."""
    if mandate.through_id != keeper.pk:
        raise NotAllowed
    if not Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=clock.now()):
        return
    for journal in (mandate.organisation, keeper):
        record(by=by, verb="give_up_mandate", on=mandate, organisation=journal)
    holder = oneself(mandate.holder).name if mandate.holder else ""
    tell_those_of(mandate.organisation, "accounts/mandate_given_up.txt", holder=holder, keeper=keeper)
