"""The key to one's own page is a fresh code on one's own e-mail (decision 4); and every code leaves from here."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from parvis.accounts.actions.notices import laid_out
from parvis.accounts.models import Organisation
from parvis.core import clock, limits
from parvis.core.actions import record
from parvis.core.errors import Refused
from parvis.core.signals import NotCarried, notice_requested
from parvis.core.speech import mark
from parvis.territory.queries import absolute

from .. import codes
from ..codes import Asker
from ..models import AccessCode, ContactPoint, Person, SignUp
from ..queries import known_otherwise
from .myself import own_voice
from .sign_up import PURPOSE as SIGN_UP
from .sign_up import sign_up_token

ENTER, ERASE, OLD_ADDRESS, NEW_ADDRESS = "enter", "erase", "old_address", "new_address"
PER_SHOP = 100  # sign-ups that one shop's form may write to in an hour

_Rows = QuerySet[SignUp] | QuerySet[AccessCode]


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
    """An e-mail of someone who is still here. One typed on the web opens nothing before it has answered; nor does one
    that a shop added to somebody whom another shop knows otherwise: it may be anyone's (decision 0022)."""
    unconfirmed = Q(source="web", verified_at=None)
    otherwise = Q(Exists(known_otherwise(OuterRef("person"))))
    return Q(kind="email", person__erased_at=None) & ~unconfirmed & ~otherwise


@transaction.atomic
def ask_to_enter(*, email: str, asker: Asker) -> None:
    """A code will leave if somebody here has this address. The same read and write in any case (decision 1)."""
    _ask(ContactPoint.objects.filter(_doors(), value=email).first(), ENTER, codes.WAITING, asker)


def _ask(point: ContactPoint | None, purpose: str, code: str, asker: Asker) -> AccessCode:
    return AccessCode.objects.create(point=point, purpose=purpose, code=code, made_at=clock.now(), **asker._asdict())


def enter(*, email: str, code: str, asker: Asker) -> Person:
    """Whose page it is. The same sentence whatever is wrong, so that it tells of nobody who is known here."""
    door = _answer(ContactPoint.objects.filter(_doors(), value=email), ENTER, email, code, asker)
    with transaction.atomic():
        ContactPoint.objects.filter(pk=door.pk).update(verified_at=clock.now(), failing_since=None)
        record(by=own_voice(door.person), verb="enter", on=door.person)
    return door.person


def send_fresh_code(*, person: Person, purpose: str, to: str, asker: Asker) -> None:
    """For what asks it again from inside one's page: to erase all, to take another address. Leaves at once. Counted for
    this purpose alone: whoever asks at the door, and never comes in, takes nothing from it."""
    point = _own_door(person)
    asked = AccessCode.objects.filter(point=point, purpose=purpose, used_at=None)
    if _lately(asked).count() >= limits.CODES_OF_ONE:
        raise EnoughCodes
    code = codes.draw()
    drawn = _ask(point, purpose, codes.sealed(purpose, to, code), asker)
    try:
        _write(purpose, to, code)
    except NotCarried as failure:
        drawn.delete()
        raise MailAway from failure


def check_fresh_code(*, person: Person, purpose: str, to: str, code: str, asker: Asker) -> None:
    _answer(person.contact_points.filter(_doors()), purpose, to, code, asker)


def own_email(person: Person) -> str:
    """The address that opens this person's page."""
    return _own_door(person).value


def _own_door(person: Person) -> ContactPoint:
    return person.contact_points.filter(_doors()).order_by("pk")[0]


def _answer(points: QuerySet[ContactPoint], purpose: str, to: str, code: str, asker: Asker) -> ContactPoint:
    """Takes a try from every living code that this browser asked for, then looks whether one opens: of many answers
    given at once, the sixth finds none, and a stranger's take nothing from the owner's code. As many questions to the
    database when there is no such point."""
    mine = AccessCode.objects.filter(point__in=points.values("pk"), purpose=purpose, browser=asker.browser)
    living = mine.filter(used_at=None, made_at__gt=clock.now() - codes.LIFE, tries__lte=codes.TRIES)
    living.update(tries=F("tries") + 1)
    for one in living.select_related("point__person"):
        unused = AccessCode.objects.filter(pk=one.pk, used_at=None)
        if one.point and codes.opens(one.code, purpose, to, code) and unused.update(used_at=clock.now()):
            return one.point
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
        row = type(mail.row)._default_manager.filter(pk=mail.row.pk)
        if not (row.filter(code=codes.WAITING).update(code=seal) and mail.allowed):
            continue
        try:
            _write(mail.purpose, mail.to, code, **_told(mail.row))
        except NotCarried as failure:
            # One of which nobody knows, or that is refused for good, is as if it had left.
            if failure.again:
                row.filter(code=seal).update(code=codes.WAITING)
                break  # the server is away for the others too: the bell rings again in a moment
        else:
            sent += 1
    return sent


def _waiting() -> Iterator[_Mail]:
    """Each is counted when its turn comes, so that what left just before counts."""
    asked = {"code": codes.WAITING, "made_at__gt": clock.now() - codes.LIFE}
    sign_ups = SignUp.objects.filter(**asked, sender__suspended_at=None)
    for one in sign_ups.select_related("sender__commune", "sender__territory").order_by("pk"):
        unconfirmed = SignUp.objects.filter(address=one.address, confirmed_at=None)
        allowed = _within(unconfirmed, one.visitor) and _of_shop(one.sender) < PER_SHOP
        yield _Mail(one, SIGN_UP, one.address, one.email, allowed)
    AccessCode.objects.filter(point=None).delete()
    for key in AccessCode.objects.filter(**asked).select_related("point").order_by("pk"):
        if not key.point:  # asked for since the line above
            continue
        unanswered = AccessCode.objects.filter(point=key.point, purpose=ENTER, used_at=None)
        allowed = _within(unanswered, key.visitor)
        yield _Mail(key, ENTER, key.point.value, key.point.value, allowed)


def _within(unanswered: _Rows, visitor: str) -> bool:
    """What one visitor asked for and did not answer closes their own door; only many together close everyone's."""
    before = _lately(unanswered).values_list("visitor", flat=True)
    return limits.within(visitor, before, of_one=limits.CODES_OF_ONE, of_all=limits.CODES_OF_ALL)


def _lately(rows: _Rows, since: dt.timedelta = codes.DAY) -> _Rows:
    """Those that left."""
    return rows.filter(made_at__gt=clock.now() - since).exclude(code__in=[codes.WAITING, codes.NOT_SENT])


def _of_shop(sender: Organisation) -> int:
    return _lately(SignUp.objects.filter(sender=sender), codes.DAY / 24).count()


def _told(row: SignUp | AccessCode) -> dict[str, object]:
    """Never what a stranger typed: a form must not carry their words to someone's mailbox."""
    if not isinstance(row, SignUp):
        return {}
    path = reverse("pages:join-code", args=[row.sender.slug, sign_up_token(row)])
    return {"sender": row.sender, "link": absolute(row.sender.territory, path)}


def _write(purpose: str, to: str, code: str, **more: object) -> None:
    context = {"code": codes.spaced(code), "bare": code, "publisher": settings.PUBLISHER}
    subject, text = laid_out(f"contacts/{purpose}.txt", context | more)
    notice_requested.send(sender=AccessCode, channel="email", to=to, subject=subject, text=text)


def forget_old_codes() -> None:
    """What nobody confirmed is nobody's: two days, then nothing is left of it."""
    before = clock.now() - codes.KEPT
    SignUp.objects.filter(made_at__lt=before).delete()
    AccessCode.objects.filter(made_at__lt=before).delete()
