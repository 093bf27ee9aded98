"""Organisations, offices and mandates come and go here."""

import datetime as dt
import itertools
import secrets
from collections.abc import Collection

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, NotAllowed, Refused
from parvis.core.signals import notice_requested
from parvis.territory.models import Commune, Territory
from parvis.territory.queries import absolute, address_of

from .models import Invitation, Mandate, Office, Organisation, User
from .queries import answerable, own_office, pending_invitations
from .rules import MANDATABLE, Permission, Role, may_give
from .signals import organisation_suspended


INVITATION_LIFE = dt.timedelta(days=7)
INVITATION_SALT = "parvis.accounts.invitation"
# In a day: nobody makes a stranger's mailbox ring, nor sends to a whole village.
MOST_TO_ONE, MOST_OF_ONE = 3, 20


class OrganisationExists(Refused):
    sentence = "Ce nom court est déjà pris par une autre organisation. Choisissez-en un autre."

    def __init__(self, holder: Organisation, commune: Commune) -> None:
        """Names who has it and a name that is free: across territories, the two never meet elsewhere."""
        better = _free_slug(f"{holder.slug}-{commune.slug}")
        super().__init__(
            f"Le nom court « {holder.slug} » est déjà celui de {holder} ({holder.commune}, {holder.territory}). "
            f"Choisissez-en un autre, par exemple « {better} ».",
            field="slug",
        )


def _free_slug(wish: str) -> str:
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
        raise BadInput("Le papier blanc est celui des mairies. Choisissez une autre couleur.")
    organisation = Organisation.objects.create(
        territory=territory, kind=kind, name=name, slug=slug, commune=commune, **details
    )
    record(by=by, verb="create_organisation", on=organisation, organisation=organisation)
    return organisation


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


# --- A shop's pages close, with a reason, and open again ----------------------------------------------------------


class AlreadySuspended(Refused):
    sentence = "Ce commerce est déjà suspendu, pour une autre raison. Rouvrez-le d’abord, ou laissez celle qu’il a sous les yeux."


@transaction.atomic
def suspend(*, organisation: Organisation, why: str, keeper: Organisation, by: Actor) -> None:
    """Its public pages close and nothing of it leaves any more, until they are opened again. `why` is read by its people.
    `keeper`: the association that decides. The same words again change nothing."""
    why = why.strip()
    if not why:
        raise BadInput("Il manque la raison : le commerce la lira, en entrant à son bureau.", field="why")
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


def tell_those_of(organisation: Organisation, template: str, *also: str, **told: object) -> None:
    """A service notice, once committed, to those who answer for it, and to the addresses of `also`; to its own address
    where nobody answers for it."""
    people = [office.user.email for office in answerable(organisation)]
    addresses = dict.fromkeys([*(people or [organisation.email]), *also])
    desk = f"{address_of(organisation.territory)}bureau/{organisation.slug}/"
    context = {"organisation": organisation, "desk": desk, "publisher": settings.PUBLISHER} | told
    subject, _, text = render_to_string(template, context).strip().partition("\n\n")
    for to in filter(None, addresses):
        write(to, subject, text)


def write(to: str, subject: str, text: str) -> None:
    def leave() -> None:
        notice_requested.send(sender=Organisation, channel="email", to=to, subject=subject, text=text)

    transaction.on_commit(leave)


# --- Who may act: invited by e-mail, taken back ------------------------------------------------------------------


class OwnAddress(BadInput):
    sentence = "C’est votre propre adresse. Écrivez celle de la personne que vous invitez."


class AlreadyHere(Refused):
    sentence = "Cette personne peut déjà agir ici : elle est dans la liste."


class AlreadyInvited(Refused):
    sentence = "Une invitation attend déjà une réponse à cette adresse. Reprenez-la d’abord pour en envoyer une autre."


class EnoughInvitations(Refused):
    status = 429
    sentence = "Assez d’invitations sont parties aujourd’hui. Les autres attendront demain."


class HasItsPeople(Refused):
    sentence = "Ce commerce a déjà quelqu’un qui en répond : à cette personne d’inviter les autres."


class UnreadableInvitation(Refused):
    status = 400
    sentence = "Ce lien n’est pas entier. Reprenez-le dans le courriel reçu, de « http » jusqu’au bout."


class OldInvitation(Refused):
    status = 410
    sentence = "Cette invitation a plus de sept jours : elle ne sert plus. Demandez-en une autre à qui vous l’a envoyée."


class UsedInvitation(Refused):
    status = 410
    sentence = "Cette invitation a déjà servi. Pour revenir, touchez « Entrer » et écrivez votre courriel."


class WithdrawnInvitation(Refused):
    status = 410
    sentence = "Cette invitation a été reprise. Demandez-en une autre si vous devez agir ici."


class AnotherAddress(NotAllowed):
    sentence = (
        "Cette invitation est pour une autre adresse que celle avec laquelle vous êtes entré. "
        "Sortez, rouvrez le lien, et entrez avec l’adresse qui a reçu le courriel."
    )


class LastOne(Refused):
    sentence = "Il ne resterait personne pour répondre d’ici. Invitez d’abord quelqu’un à votre place."


@transaction.atomic
def invite(
    *, organisation: Organisation, email: str, name: str, role: Role, inviter: User, by: Actor
) -> Invitation:
    """A colleague, by someone who answers for the organisation: with a role that the inviter could hold. Says the same
    whether anybody has this address elsewhere."""
    own = own_office(inviter, organisation)
    if own is None or role not in may_give(Role(own.role), organisation.kind):
        raise NotAllowed("Vous ne pouvez pas donner ce rôle ici.")
    return _invite(organisation, email, name, role, inviter, by)


@transaction.atomic
def invite_first(
    *, organisation: Organisation, email: str, name: str, keeper: Organisation, inviter: User, by: Actor
) -> Invitation:
    """The first person to answer for a shop, by its association: only while it has nobody."""
    if not organisation.is_shop or organisation.territory_id != keeper.territory_id:
        raise NotAllowed
    if answerable(organisation).exists():
        raise HasItsPeople
    invitation = _invite(organisation, email, name, Role.OWNER, inviter, by)
    record(by=by, verb="invite", on=invitation, organisation=keeper)
    return invitation


def _invite(
    organisation: Organisation, email: str, name: str, role: Role, inviter: User, by: Actor
) -> Invitation:
    _hold(organisation)
    email, now = email.strip().lower(), clock.now()
    _check_invitation(organisation, email, inviter, now)
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        name=name.strip(),
        role=role,
        token=_digest(secret),
        made_at=now,
        made_by=by.name,
        expires_at=now + INVITATION_LIFE,
    )
    record(by=by, verb="invite", on=invitation, organisation=organisation, role=role)
    _write_invitation(invitation, signing.Signer(salt=INVITATION_SALT).sign(secret))
    return invitation


def _check_invitation(organisation: Organisation, email: str, inviter: User, now: dt.datetime) -> None:
    if email == inviter.email:
        raise OwnAddress(field="email")
    if organisation.offices.filter(user__email=email).exists():
        raise AlreadyHere(field="email")
    waiting = pending_invitations(organisation).filter(email=email)
    if waiting.filter(expires_at__gt=now).exists():
        raise AlreadyInvited(field="email")
    lately = Invitation.objects.filter(made_at__gt=now - dt.timedelta(days=1))
    to_one, of_one = lately.filter(email=email).count(), lately.filter(organisation=organisation).count()
    if to_one >= MOST_TO_ONE or of_one >= MOST_OF_ONE:
        raise EnoughInvitations(field="email")
    waiting.update(withdrawn_at=now)


def _write_invitation(invitation: Invitation, token: str) -> None:
    """Never the name that was typed: a form must not carry words to a stranger's mailbox."""
    path = reverse("pages:invitation", args=[token])
    context = {
        "organisation": invitation.organisation,
        "inviter": invitation.made_by,
        "role": Role(invitation.role),
        "expires_at": invitation.expires_at,
        "link": absolute(invitation.organisation.territory, path),
        "publisher": settings.PUBLISHER,
    }
    subject, _, text = render_to_string("accounts/invitation.txt", context).strip().partition("\n\n")
    write(invitation.email, subject, text)


def _digest(secret: str) -> str:
    return salted_hmac(INVITATION_SALT, secret, algorithm="sha256").hexdigest()


def _hold(organisation: Organisation) -> None:
    """Until the transaction ends: two who change its people follow each other. An update, since it holds the row on
    PostgreSQL and the whole of SQLite alike."""
    Organisation.objects.filter(pk=organisation.pk).update(name=F("name"))


def invitation_by(token: str) -> Invitation:
    """The invitation of a link, while it may be accepted; else refuses with what to do."""
    try:
        secret = signing.Signer(salt=INVITATION_SALT).unsign(token)
    except signing.BadSignature as error:
        raise UnreadableInvitation from error
    found = Invitation.objects.select_related("organisation__commune", "organisation__territory")
    invitation = found.filter(token=_digest(secret)).first()
    if invitation is None:
        raise WithdrawnInvitation
    if invitation.accepted_at:
        raise UsedInvitation
    if invitation.withdrawn_at:
        raise WithdrawnInvitation
    if invitation.expires_at <= clock.now():
        raise OldInvitation
    return invitation


@transaction.atomic
def open_account(*, invitation: Invitation) -> None:
    """So that the code of the sign-in finds whom to write to; an account opens nothing by itself. Asked by whoever holds
    the link, and the same for all: nobody learns whether there was one."""
    if not User.objects.filter(email=invitation.email).exists():
        User.objects.create_user(invitation.email, invitation.name)


@transaction.atomic
def accept_invitation(*, token: str, user: User, by: Actor) -> Office:
    """Once, by whoever came in with the address that was invited. A role that they hold already stays as it is."""
    invitation = invitation_by(token)
    if user.email != invitation.email:
        raise AnotherAddress
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not waiting.update(accepted_at=clock.now()):
        raise UsedInvitation
    office, _ = Office.objects.get_or_create(
        user=user, organisation=invitation.organisation, defaults={"role": invitation.role}
    )
    record(by=by, verb="accept_invitation", on=office, organisation=invitation.organisation, role=office.role)
    return office


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor) -> None:
    """Again changes nothing; one that was accepted meanwhile is an access, and is taken back as one."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if waiting.update(withdrawn_at=clock.now()):
        record(by=by, verb="withdraw_invitation", on=invitation, organisation=invitation.organisation)


@transaction.atomic
def remove_colleague(*, office: Office, by: Actor) -> None:
    """At once, with the mandates held through this organisation; never the last who answers for it."""
    _hold(office.organisation)
    _may_go(office)
    record(by=by, verb="remove_colleague", on=office, organisation=office.organisation)
    office.delete()


@transaction.atomic
def leave(*, office: Office, by: Actor) -> None:
    """One's own access."""
    _hold(office.organisation)
    _may_go(office)
    record(by=by, verb="leave", on=office, organisation=office.organisation)
    office.delete()


def _may_go(office: Office) -> None:
    answering = list(answerable(office.organisation).values_list("pk", flat=True))
    if answering == [office.pk]:
        raise LastOne
