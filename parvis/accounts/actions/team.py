"""Who may act for an organisation: invited by e-mail, taken back, gone by themselves."""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, NotAllowed, Refused
from parvis.core.speech import mark, say
from parvis.territory.queries import absolute

from ..models import Invitation, Mandate, Office, Organisation, User
from ..queries import answerable, may, own_office, pending_invitations
from ..rules import Permission, Role, may_give
from .mandates import revoke_mandate
from .notices import laid_out, write

INVITATION_LIFE = dt.timedelta(days=7)
INVITATION_KEPT = dt.timedelta(days=30)  # since it left, whatever became of it
UNANSWERED = dt.timedelta(days=2)  # a code lives ten minutes
INVITATION_SALT = "parvis.accounts.invitation"
# In a day, of one organisation: nobody makes a stranger's mailbox ring, nor sends to a whole village. Those of others
# do not count here: a refusal would tell that they wrote to this address.
MOST_TO_ONE, MOST_OF_ONE = 3, 20


class OwnAddress(BadInput):
    sentence = mark("C’est votre propre adresse. Écrivez celle de la personne que vous invitez.")


class AlreadyHere(Refused):
    sentence = mark("Cette personne peut déjà agir ici : elle est dans la liste.")


class AlreadyInvited(Refused):
    sentence = mark(
        "Une invitation attend déjà une réponse à cette adresse. Reprenez-la d’abord pour en envoyer une autre."
    )


class EnoughInvitations(Refused):
    status = 429
    sentence = mark("Assez d’invitations sont parties aujourd’hui. Les autres attendront demain.")


class HasItsPeople(Refused):
    sentence = mark("Ce commerce a déjà quelqu’un qui en répond : à cette personne d’inviter les autres.")


class UnreadableInvitation(Refused):
    status = 400
    sentence = mark("Ce lien n’est pas entier. Reprenez-le dans le courriel reçu, de « http » jusqu’au bout.")


class OldInvitation(Refused):
    status = 410
    sentence = mark(
        "Cette invitation a plus de sept jours : elle ne sert plus. Demandez-en une autre à qui vous l’a envoyée."
    )


class UsedInvitation(Refused):
    status = 410
    sentence = mark("Cette invitation a déjà servi. Pour revenir, touchez « Entrer » et écrivez votre courriel.")


class WithdrawnInvitation(Refused):
    status = 410
    sentence = mark("Cette invitation a été reprise. Demandez-en une autre si vous devez agir ici.")


class AnotherAddress(NotAllowed):
    sentence = mark(
        "Cette invitation est pour une autre adresse que celle avec laquelle vous êtes entré. "
        "Sortez, rouvrez le lien, et entrez avec l’adresse qui a reçu le courriel."
    )


class LastOne(Refused):
    sentence = mark("Il ne resterait personne pour répondre d’ici. Invitez d’abord quelqu’un à votre place.")


@transaction.atomic
def invite(*, organisation: Organisation, email: str, name: str, role: Role, inviter: User, by: Actor) -> Invitation:
    """A colleague, by someone who answers for the organisation: with a role that the inviter could hold. Says the same
    whether anybody has this address elsewhere."""
    if not _gives(inviter, organisation, role):
        raise NotAllowed(say("Vous ne pouvez pas donner ce rôle ici."))
    return _invite(organisation, email, name, role, inviter, organisation, by)


def _gives(user: User, organisation: Organisation, role: Role) -> bool:
    own = own_office(user, organisation)
    return own is not None and own.user.is_active and role in may_give(Role(own.role), organisation.kind)


@transaction.atomic
def invite_first(
    *, organisation: Organisation, email: str, name: str, keeper: Organisation, inviter: User, by: Actor
) -> Invitation:
    """The first person to answer for a shop, by its association: only while it has nobody."""
    if not organisation.is_shop or organisation.territory_id != keeper.territory_id:
        raise NotAllowed
    if answerable(organisation).exists():
        raise HasItsPeople
    invitation = _invite(organisation, email, name, Role.OWNER, inviter, keeper, by)
    record(by=by, verb="invite", on=invitation, organisation=keeper)
    return invitation


def _invite(
    organisation: Organisation, email: str, name: str, role: Role, inviter: User, keeper: Organisation, by: Actor
) -> Invitation:
    """`keeper`: where the inviter holds the power to invite here."""
    _hold(organisation)
    email, now = email.strip().lower(), clock.now()
    _check_invitation(organisation, email, inviter, keeper, now)
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        name=name.strip(),
        role=role,
        token=sealed(secret),
        made_at=now,
        made_by=by.name,
        inviter=inviter,
        keeper=keeper,
        expires_at=now + INVITATION_LIFE,
    )
    record(by=by, verb="invite", on=invitation, organisation=organisation, role=role)
    _write_invitation(invitation, signing.Signer(salt=INVITATION_SALT).sign(secret))
    return invitation


def _check_invitation(
    organisation: Organisation, email: str, inviter: User, keeper: Organisation, now: dt.datetime
) -> None:
    if email == inviter.email:
        raise OwnAddress(field="email")
    if organisation.offices.filter(user__email=email).exists():
        raise AlreadyHere(field="email")
    waiting = pending_invitations(organisation).filter(email=email)
    if waiting.filter(expires_at__gt=now).exists():
        raise AlreadyInvited(field="email")
    lately = Invitation.objects.filter(made_at__gt=now - dt.timedelta(days=1))
    to_one, of_one = lately.filter(email=email, keeper=keeper).count(), lately.filter(organisation=organisation).count()
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
    write(invitation.email, *laid_out("accounts/invitation.txt", context))


def sealed(secret: str) -> str:
    """What is kept of a link's secret."""
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
    found = Invitation.objects.select_related("organisation__commune", "organisation__territory", "inviter", "keeper")
    invitation = found.filter(token=sealed(secret)).first()
    if invitation is None:  # the link is ours, and we forgot it: it is much older than its week
        raise OldInvitation
    if invitation.accepted_at:
        raise UsedInvitation
    if invitation.withdrawn_at:
        raise WithdrawnInvitation
    if invitation.expires_at <= clock.now():
        raise OldInvitation
    _check_inviter(invitation)
    return invitation


def _check_inviter(invitation: Invitation) -> None:
    """Whoever was taken back, or may do less by now, lets nobody in by a link left behind."""
    inviter, keeper, organisation = invitation.inviter, invitation.keeper, invitation.organisation
    if inviter is None or keeper is None:
        raise WithdrawnInvitation
    if keeper == organisation:
        if not _gives(inviter, organisation, Role(invitation.role)):
            raise WithdrawnInvitation
    elif not may(inviter, Permission.SEE_SHOPS, keeper):
        raise WithdrawnInvitation
    elif answerable(organisation).exists():
        raise HasItsPeople


@transaction.atomic
def open_account(*, email: str, name: str) -> None:
    """So that the code of the sign-in finds whom to write to; an account opens nothing by itself. Asked by whoever
    holds a link, or claims a page, and the same for all: nobody learns whether there was one."""
    new = {"name": name.strip(), "password": make_password(None), "opened_at": clock.now()}
    User.objects.get_or_create(email=email.strip().lower(), defaults=new)


@transaction.atomic
def forget_unanswered_accounts() -> None:
    """Opened for an address alone, that never answered: whoever typed it may not have been its holder."""
    silent = User.objects.filter(name=F("email"), last_login=None, offices=None, mandates=None)
    silent.filter(Q(opened_at=None) | Q(opened_at__lte=clock.now() - UNANSWERED)).delete()


def forget_old_invitations() -> None:
    """The name and the address that somebody typed: whoever accepted has an account, and the others owe us nothing."""
    Invitation.objects.filter(made_at__lte=clock.now() - INVITATION_KEPT).delete()


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
    """At once, with the mandates held through this organisation, and the invitations that wait; never the last who
    answers for it."""
    _go(office, "remove_colleague", by)


@transaction.atomic
def leave(*, office: Office, by: Actor) -> None:
    """One's own access."""
    _go(office, "leave", by)


@transaction.atomic
def remove_everyone(*, organisation: Organisation, by: Actor) -> None:
    """Whoever acts for it, by a role, by a mandate, or soon by an invitation: it was given to the wrong people."""
    _hold(organisation)
    for invitation in pending_invitations(organisation):
        withdraw_invitation(invitation=invitation, by=by)
    for mandate in Mandate.objects.filter(organisation=organisation, revoked_at=None).select_related("organisation"):
        revoke_mandate(mandate=mandate, by=by)
    for office in organisation.offices.select_related("user", "organisation"):
        _end(office, "remove_colleague", by)


def _go(office: Office, verb: str, by: Actor) -> None:
    _hold(office.organisation)
    _may_go(office)
    _end(office, verb, by)


def _end(office: Office, verb: str, by: Actor) -> None:
    lent = Invitation.objects.filter(inviter=office.user, keeper=office.organisation)
    for waiting in lent.filter(accepted_at=None, withdrawn_at=None):
        withdraw_invitation(invitation=waiting, by=by)
    record(by=by, verb=verb, on=office, organisation=office.organisation)
    office.delete()


def _may_go(office: Office) -> None:
    answering = list(answerable(office.organisation).values_list("pk", flat=True))
    if answering == [office.pk]:
        raise LastOne
