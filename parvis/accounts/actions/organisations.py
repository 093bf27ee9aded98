"""Organisations are created; a shop's pages close, with a reason, and open again."""

import itertools
from typing import TypedDict, Unpack

from django.db import transaction

from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, NotAllowed, Refused
from parvis.core.speech import mark, say
from parvis.territory.models import Commune, Territory

from ..models import Organisation
from ..queries import must_be_open
from ..signals import organisation_suspended
from .notices import tell_those_of


class OrganisationExists(Refused):
    sentence = mark("Ce nom court est déjà pris par une autre organisation. Choisissez-en un autre.")

    def __init__(self, holder: Organisation, commune: Commune) -> None:
        """Names who has it and a name that is free: across territories, the two never meet elsewhere."""
        better = free_slug(f"{holder.slug}-{commune.slug}")
        super().__init__(
            say(
                "Le nom court « {slug} » est déjà celui de {holder} ({commune}, {territory}). "
                "Choisissez-en un autre, par exemple « {better} ».",
                slug=holder.slug,
                holder=holder,
                commune=holder.commune,
                territory=holder.territory,
                better=better,
            ),
            field="slug",
        )


def free_slug(wish: str) -> str:
    """The wish, or the wish with the first number that nobody has."""
    numbers = itertools.count(2)
    slug = wish
    while Organisation.objects.filter(slug=slug).exists():
        slug = f"{wish}-{next(numbers)}"
    return slug


@transaction.atomic
def create_organisation(
    *,
    territory: Territory,
    kind: Organisation.Kind,
    name: str,
    slug: str,
    commune: Commune,
    by: Actor,
    **details: str | bool,
) -> Organisation:
    """`details`: trade, address, phone (E.164), email, paper, without_screen."""
    if holder := Organisation.objects.filter(slug=slug).first():
        raise OrganisationExists(holder, commune)
    if details.get("paper") == Organisation.Paper.BLANC and kind != Organisation.Kind.TOWN_HALL:
        raise BadInput(say("Le papier blanc est celui des mairies. Choisissez une autre couleur."))
    organisation = Organisation.objects.create(
        territory=territory, kind=kind, name=name, slug=slug, commune=commune, **details
    )
    record(by=by, verb="create_organisation", on=organisation, organisation=organisation)
    return organisation


class Described(TypedDict, total=False):
    """Where one finds it and reaches it; who publishes its page (rule 12). `phone`: E.164."""

    address: str
    phone: str
    email: str
    legal_name: str
    registration: str
    director: str


@transaction.atomic
def describe_organisation(*, organisation: Organisation, by: Actor, **details: Unpack[Described]) -> None:
    """What is named alone; the rest stays. The same again changes nothing."""
    must_be_open(organisation)
    changed = {name: value for name, value in details.items() if getattr(organisation, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(changed))
    record(by=by, verb="describe_organisation", on=organisation, organisation=organisation, fields=sorted(changed))


class AlreadySuspended(Refused):
    sentence = mark(
        "Ce commerce est déjà suspendu, pour une autre raison. "
        "Rouvrez-le d’abord, ou laissez celle qu’il a sous les yeux."
    )


@transaction.atomic
def suspend(*, organisation: Organisation, why: str, keeper: Organisation, by: Actor) -> None:
    """Its public pages close and nothing of it leaves any more, until they are opened again. `why` is read by its
    people. `keeper`: the association that decides. The same words again change nothing."""
    why = why.strip()
    if not why:
        raise BadInput(say("Il manque la raison : le commerce la lira, en entrant à son bureau."), field="why")
    if not organisation.is_shop or organisation.territory_id != keeper.territory_id:
        raise NotAllowed
    standing = Organisation.objects.filter(pk=organisation.pk, suspended_at=None)
    if not standing.update(suspended_at=clock.now(), suspended_why=why):
        organisation.refresh_from_db()
        if organisation.suspended_why != why:
            raise AlreadySuspended
        return
    organisation.refresh_from_db()
    organisation_suspended.send(sender=Organisation, organisation=organisation)
    for journal in (organisation, keeper):
        record(by=by, verb="suspend", on=organisation, organisation=journal, why=why)
    tell_those_of(organisation, "accounts/suspended.txt", why=why, keeper=keeper)


@transaction.atomic
def reopen(*, organisation: Organisation, keeper: Organisation, by: Actor) -> None:
    """As it was before. Again changes nothing."""
    if organisation.territory_id != keeper.territory_id:
        raise NotAllowed
    closed = Organisation.objects.filter(pk=organisation.pk).exclude(suspended_at=None)
    if not closed.update(suspended_at=None, suspended_why=""):
        return
    organisation.refresh_from_db()
    for journal in (organisation, keeper):
        record(by=by, verb="reopen", on=organisation, organisation=journal)
    tell_those_of(organisation, "accounts/reopened.txt", keeper=keeper)
