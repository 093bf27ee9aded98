"""The code of a sign-in leaves behind one's back, as a resident's does: nobody can time whether an address is known."""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from parvis.core import clock, limits
from parvis.core.signals import NotCarried, notice_requested

from ..models import SignInCode
from .notices import laid_out

LIFE = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
DAY = dt.timedelta(days=1)


def ask_for_code(*, email: str, code: str, visitor: str) -> None:
    """`code`: "" where nobody has this address. The same write in any case."""
    SignInCode.objects.create(email=email.lower(), code=code, visitor=visitor, made_at=clock.now())


def answer_codes(*, email: str, visitor: str) -> None:
    """Whoever came in from there reads this mailbox: what they asked for counts no more."""
    SignInCode.objects.filter(email=email, visitor=visitor).delete()


def send_sign_in_codes() -> int:
    """Send each that waits, within the limits of a day. Returns how many left. Safe to ring twice."""
    sent = 0
    for one in SignInCode.objects.filter(sent_at=None).order_by("pk"):
        waiting = SignInCode.objects.filter(pk=one.pk, sent_at=None)
        if not _leaves(one):
            waiting.delete()
        elif waiting.update(code="", sent_at=clock.now()):
            try:
                _write(one)
            except NotCarried as failure:
                if failure.again:
                    SignInCode.objects.filter(pk=one.pk).update(code=one.code, sent_at=None)
                    break  # the server is away for the others too: the bell rings again in a moment
            else:
                sent += 1
    return sent


def _leaves(one: SignInCode) -> bool:
    if not one.code or clock.now() - one.made_at >= LIFE:
        return False
    before = _lately().filter(email=one.email).values_list("visitor", flat=True)
    return limits.within(one.visitor, before, of_one=limits.SIGN_INS_OF_ONE, of_all=limits.SIGN_INS_OF_ALL)


def _lately() -> QuerySet[SignInCode]:
    return SignInCode.objects.filter(sent_at__gt=clock.now() - DAY)


def _write(one: SignInCode) -> None:
    subject, text = laid_out("account/sign_in_code.txt", {"code": one.code})
    notice_requested.send(sender=SignInCode, channel="email", to=one.email, subject=subject, text=text)


def forget_old_codes() -> None:
    SignInCode.objects.filter(sent_at__lte=clock.now() - DAY).delete()


def forget_old_sessions() -> None:
    """Of whoever did not come back: the address that they typed to enter is in it."""
    Session.objects.filter(expire_date__lte=clock.now()).delete()
