"""Someone joins alone, by the web: what they type waits until their address has answered (decision 5)."""

import datetime as dt
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models import F

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.errors import Refused
from parvis.core.speech import mark
from parvis.territory.models import Commune

from .. import codes
from ..models import ContactPoint, Interest, Objection, Person, Resident, SignUp, Wording
from ..points import digest
from ..queries import known_otherwise
from ..rules import DEFAULT_RHYTHM, Channel, Source
from .consent import grant
from .myself import give_address, own_voice, say_adult, say_commune
from .preferences import set_rhythm, set_taste

PURPOSE = "sign_up"
TWICE = dt.timedelta(minutes=1)  # the same answers again so soon are a second press on the button
SALT = "parvis.contacts.sign_up"


class WrongCode(Refused):
    status = 400
    sentence = mark("Ce code n’est pas le bon. Relisez-le dans le courriel reçu.")


class OldCode(Refused):
    status = 410
    sentence = mark("Ce code a plus de trente minutes : il ne sert plus. Demandez-en un autre, il part aussitôt.")


class TooManyTries(Refused):
    status = 429
    sentence = mark("Cinq codes ont été essayés : celui-ci ne sert plus. Demandez-en un autre, il part aussitôt.")


class SenderClosed(Refused):
    sentence = mark(
        "La page de ce commerce est fermée pour l’instant : il n’inscrit personne, et rien ne vous sera envoyé. "
        "Revenez quand elle sera rouverte."
    )


class AlreadyConfirmed(Refused):
    sentence = mark("C’est déjà fait : ce code a servi, vous êtes inscrit.")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form asks. `email` is canonical (points.email); `likes` are slugs of interests."""

    email: str
    given_name: str = ""
    likes: tuple[str, ...] = ()
    rhythm: int = DEFAULT_RHYTHM
    adult: bool = False
    commune: Commune | None = None


@transaction.atomic
def sign_up(*, sender: Organisation, answers: Answers, wording: Wording, visitor: str) -> SignUp:
    """Nobody is looked up: whoever types an address learns nothing of it, not even by the time that it takes. The
    code leaves with the next sweep, within the limits that it keeps. `visitor`: a digest of their network."""
    now, address = clock.now(), digest("email", answers.email)
    mine = SignUp.objects.filter(sender=sender, address=address, visitor=visitor)
    recent = mine.filter(confirmed_at=None, made_at__gt=now - TWICE)
    again = next((one for one in recent if _answers(one) == answers), None)
    return again or SignUp.objects.create(
        territory_id=sender.territory_id,
        sender=sender,
        email=answers.email,
        given_name=answers.given_name,
        rhythm=answers.rhythm,
        likes=list(answers.likes),
        adult=answers.adult,
        commune=answers.commune,
        wording=wording,
        address=address,
        code=codes.WAITING,
        visitor=visitor,
        made_at=now,
    )


def sign_up_again(*, of: SignUp, visitor: str) -> SignUp:
    """Another code for the same answers: one mail more, counted like any other."""
    check_open(of.sender)
    return sign_up(sender=of.sender, answers=_answers(of), wording=of.wording, visitor=visitor)


def _answers(one: SignUp) -> Answers:
    return Answers(one.email, one.given_name, tuple(one.likes), one.rhythm, one.adult, one.commune)


def sign_up_token(one: SignUp) -> str:
    """Without a date: what it names is forgotten after two days anyway."""
    return signing.Signer(salt=SALT).sign_object(one.pk)


def sign_up_by(token: str) -> SignUp | None:
    """None for a link that was altered, or whose answers are forgotten."""
    try:
        pk = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return SignUp.objects.select_related("sender__territory", "wording").filter(pk=pk).first()


def confirm(*, of: SignUp, code: str) -> Person:
    """The address has answered: the person is known here from now on, with what they said."""
    check_open(of.sender)
    _try(of, code)
    return _welcome(of)


def check_open(sender: Organisation) -> None:
    if sender.suspended_at:
        raise SenderClosed


def _try(of: SignUp, code: str) -> None:
    """The try is taken before the code is looked at: fifty at once are still five."""
    if of.confirmed_at:
        raise AlreadyConfirmed
    if clock.now() - of.made_at >= codes.LIFE:
        raise OldCode
    mine = SignUp.objects.filter(pk=of.pk)
    if not mine.filter(tries__lt=codes.TRIES).update(tries=F("tries") + 1):
        raise TooManyTries
    if not codes.opens(mine.values_list("code", flat=True)[0], PURPOSE, of.address, code):
        raise WrongCode


@transaction.atomic
def _welcome(of: SignUp) -> Person:
    if not SignUp.objects.filter(pk=of.pk, confirmed_at=None).update(confirmed_at=clock.now()):
        raise AlreadyConfirmed
    person = owner_of(email=of.email, given_name=of.given_name)
    before = Resident.objects.filter(person=person, territory=of.territory_id).first()
    resident = before or Resident.objects.create(
        person=person, territory_id=of.territory_id, channel=Channel.EMAIL, rhythm=of.rhythm
    )
    give_address(person=person, to=of.sender, kind="email", value=of.email)
    _note(resident, of, _rhythm(before.rhythm if before else None, of.rhythm))
    return person


def owner_of(*, email: str, given_name: str) -> Person:
    """Whoever reads the mailbox is its owner, whatever first name they give a second shop. Not by `enrol`, which goes
    by a shop's own words: here the person speaks, and has proved who they are. They have not proved to be somebody whom
    a shop alone put under this e-mail, and others know otherwise: it leaves that one (decision 0022)."""
    now = clock.now()
    point = ContactPoint.objects.select_related("person").filter(kind="email", value=email).first()
    if point is None or known_otherwise(point.person_id).exists():
        point = point or ContactPoint(kind="email", value=email, source=Source.WEB)
        point.person = Person.objects.create(given_name=given_name, created_at=now)
    point.verified_at, point.failing_since = now, None
    point.silenced_at = now if Objection.objects.filter(digest=digest("email", email)).exists() else point.silenced_at
    point.save()
    return point.person


def _rhythm(before: int | None, said: int) -> int:
    """The form shows two beforehand: left as it was, it never raises what the person had chosen elsewhere."""
    return min(before, said) if before is not None and said == DEFAULT_RHYTHM else said


def _note(resident: Resident, of: SignUp, rhythm: int) -> None:
    person = resident.person
    by = own_voice(person)
    set_rhythm(resident=resident, rhythm=rhythm, by=by)
    if of.adult:
        say_adult(person=person, adult=True, by=by)
    if of.commune:
        say_commune(person=person, commune=of.commune, by=by)
    for interest in Interest.objects.filter(slug__in=of.likes, retired=False):
        set_taste(person=person, interest=interest, liked=True, by=by)
    grant(
        person=person,
        sender=of.sender,
        channel=Channel.EMAIL,
        wording=of.wording,
        source=Source.WEB,
        given_on=clock.today(),
        by=by,
    )
    record(by=by, verb="sign_up", on=person, organisation=of.sender)
