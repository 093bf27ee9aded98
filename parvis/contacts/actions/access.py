"""The key to one's own page is a fresh code on one's own e-mail (decision 4); and every code leaves from here."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from parvis.accounts.actions.notices import laid_out
from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.errors import Refused
from parvis.core.signals import NotCarried, notice_requested
from parvis.core.speech import mark

from .. import codes
from ..models import AccessCode, ContactPoint, Person, SignUp
from .myself import own_voice
from .sign_up import PURPOSE as SIGN_UP
from .sign_up import sign_up_token

ENTER, ERASE, NEW_ADDRESS = "enter", "erase", "new_address"
PER_SHOP = 100  # sign-ups that one shop's form may write to in an hour


class WrongAccessCode(Refused):
    status = 400
    sentence = mark("Ce code n’ouvre pas. Relisez le dernier courriel reçu, ou demandez un autre code.")


class EnoughCodes(Refused):
    status = 429
    sentence = mark(
        "Trois codes sont déjà partis aujourd’hui sans revenir. "
        "Prenez le dernier reçu, ou réessayez demain ; au comptoir, un commerce peut aussi vous aider."
    )


class MailAway(Refused):
    status = 503
    sentence = mark(
        "Le courriel n’est pas parti : notre service de courriel ne répond pas. Réessayez dans quelques minutes."
    )


def _doors() -> Q:
    """An e-mail of someone who is still here. One typed on the web opens nothing before it has answered."""
    unconfirmed = Q(source="web", verified_at=None)
    return Q(kind="email", person__erased_at=None) & ~unconfirmed


@transaction.atomic
def ask_to_enter(*, email: str) -> None:
    """A code will leave if somebody here has this address. One read and one write in any case (decision 1)."""
    point = ContactPoint.objects.filter(_doors(), value=email).first()
    if point:
        AccessCode.objects.create(point=point, code=codes.WAITING, made_at=clock.now())
    else:
        AccessCode.objects.filter(pk=0).update(tries=F("tries"))


def enter(*, email: str, code: str) -> Person:
    """Whose page it is. The same sentence whatever is wrong, so that it tells of nobody who is known here."""
    opened = _answer(ContactPoint.objects.filter(_doors(), value=email), ENTER, email, code)
    with transaction.atomic():
        ContactPoint.objects.filter(pk=opened.point_id).update(verified_at=clock.now(), failing_since=None)
        record(by=own_voice(opened.point.person), verb="enter", on=opened.point.person)
    return opened.point.person


def send_fresh_code(*, person: Person, purpose: str, to: str) -> None:
    """For what asks it again from inside one's page: to erase all, to take another address. Leaves at once."""
    point = _own_door(person)
    if _unanswered(point) >= codes.PER_DAY:
        raise EnoughCodes
    code = codes.draw()
    drawn = AccessCode.objects.create(point=point, code=codes.sealed(purpose, to, code), made_at=clock.now())
    try:
        _write(purpose, to, code)
    except NotCarried as failure:
        drawn.delete()
        raise MailAway from failure


def check_fresh_code(*, person: Person, purpose: str, to: str, code: str) -> None:
    _answer(person.contact_points.filter(_doors()), purpose, to, code)


def own_email(person: Person) -> str:
    """The address that opens this person's page."""
    return _own_door(person).value


def _own_door(person: Person) -> ContactPoint:
    return person.contact_points.filter(_doors()).order_by("pk")[0]


def _answer(points: QuerySet[ContactPoint], purpose: str, to: str, code: str) -> AccessCode:
    """Takes a try from every living code of these points, then looks whether one opens: of many answers given at
    once, the sixth finds none. As many questions to the database when there is no such point."""
    living = AccessCode.objects.filter(
        point__in=points.values("pk"), used_at=None, made_at__gt=clock.now() - codes.LIFE, tries__lte=codes.TRIES
    )
    living.update(tries=F("tries") + 1)
    for one in living.select_related("point__person"):
        mine = AccessCode.objects.filter(pk=one.pk, used_at=None)
        if codes.opens(one.code, purpose, to, code) and mine.update(used_at=clock.now()):
            return one
    raise WrongAccessCode


# --- What leaves, rung by the bell: nobody can time whether a page wrote to someone ---------------------------------


class _Mail(NamedTuple):
    """`row`: where the code's digest goes once it is drawn."""

    row: SignUp | AccessCode
    purpose: str
    seals: str  # what the digest binds the code to
    to: str
    allowed: bool


def send_waiting_codes() -> int:
    """Draw and send each code that was asked for, within the limits. Returns how many left. Safe to ring twice."""
    sent = 0
    for mail in _waiting():
        code = codes.draw()
        seal = codes.sealed(mail.purpose, mail.seals, code) if mail.allowed else codes.NOT_SENT
        rows = type(mail.row)._default_manager.filter(pk=mail.row.pk, code=codes.WAITING)
        if not (rows.update(code=seal) and mail.allowed):
            continue
        try:
            _write(mail.purpose, mail.to, code, **_told(mail.row))
        except NotCarried as failure:
            _take_back(mail.row, seal, again=failure.again)
            if failure.again:
                break  # the server is away for the others too: the bell rings again in a moment
        else:
            sent += 1
    return sent


def _take_back(row: SignUp | AccessCode, seal: str, *, again: bool) -> None:
    """A code that did not leave waits for the next bell; one of which nobody knows, or that is refused for good, is
    as if it had left."""
    if again:
        type(row)._default_manager.filter(pk=row.pk, code=seal).update(code=codes.WAITING)


def _waiting() -> Iterator[_Mail]:
    """Each is counted when its turn comes, so that what left just before counts."""
    asked = {"code": codes.WAITING, "made_at__gt": clock.now() - codes.LIFE}
    for one in (
        SignUp.objects.filter(**asked, sender__suspended_at=None).select_related("sender__commune").order_by("pk")
    ):
        allowed = _unconfirmed(one.address) < codes.PER_DAY and _of_shop(one.sender) < PER_SHOP
        yield _Mail(one, SIGN_UP, one.address, one.email, allowed)
    for key in AccessCode.objects.filter(**asked).select_related("point").order_by("pk"):
        allowed = _unanswered(key.point) < codes.PER_DAY
        yield _Mail(key, ENTER, key.point.value, key.point.value, allowed)


def _left(rows: QuerySet[SignUp] | QuerySet[AccessCode]) -> QuerySet[SignUp] | QuerySet[AccessCode]:
    return rows.exclude(code__in=[codes.WAITING, codes.NOT_SENT])


def _unconfirmed(address: str) -> int:
    since = clock.now() - codes.DAY
    return _left(SignUp.objects.filter(address=address, confirmed_at=None, made_at__gt=since)).count()


def _of_shop(sender: Organisation) -> int:
    since = clock.now() - codes.DAY / 24
    return _left(SignUp.objects.filter(sender=sender, made_at__gt=since)).count()


def _unanswered(point: ContactPoint) -> int:
    since = clock.now() - codes.DAY
    return _left(AccessCode.objects.filter(point=point, used_at=None, made_at__gt=since)).count()


def _told(row: SignUp | AccessCode) -> dict[str, object]:
    """Never what a stranger typed: a form must not carry their words to someone's mailbox."""
    return {"sender": row.sender, "token": sign_up_token(row)} if isinstance(row, SignUp) else {}


def _write(purpose: str, to: str, code: str, **more: object) -> None:
    context = {"code": codes.spaced(code), "bare": code, "base": settings.BASE_URL, "publisher": settings.PUBLISHER}
    subject, text = laid_out(f"contacts/{purpose}.txt", context | more)
    notice_requested.send(sender=AccessCode, channel="email", to=to, subject=subject, text=text)


def forget_old_codes() -> None:
    """What nobody confirmed is nobody's: two days, then nothing is left of it."""
    before = clock.now() - codes.KEPT
    SignUp.objects.filter(made_at__lt=before).delete()
    AccessCode.objects.filter(made_at__lt=before).delete()
