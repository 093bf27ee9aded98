"""Counter cards: printed with a code, filled in by hand, entered once by their code."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.core import signing
from django.db import transaction
from django.db.models import Q

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import key, record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, Refused
from parvis.core.models import AuditEntry
from parvis.core.speech import mark, say
from parvis.slips.actions import answer, issue
from parvis.slips.models import Slip
from parvis.slips.queries import NoSuchSlip, open_slip

from ..models import CounterEntry, Wording
from ..rules import Channel, Source
from .counter import Said, check_open, note_said

KIND = "card"
DAYS = 365  # a card stays in a drawer; after a year the sentence on it is out of date
MOST_CARDS = 50  # at once: what a desk printer swallows
MOST_OPEN = 500  # of one shop: what docs/developers/slips.md reckons guessing with
TRIES = 10  # codes that open nothing, by one user in an hour: the same page says why
HOUR = dt.timedelta(hours=1)
SALT = "parvis.contacts.card"
WRONG = "wrong_card_code"
_CARDS = uuid.UUID("5b1d9f0e-6c1c-4c7e-9a55-0d3b6f0f6a7e")


class BadCardCount(BadInput):
    sentence = mark("On imprime de 1 à {most} cartes à la fois. Écrivez un nombre entre les deux.")


class TooManyCards(Refused):
    sentence = mark(
        "{most} cartes de votre commerce attendent déjà d’être remplies. "
        "Servez-vous d’abord de celles-là, ou attendez qu’elles arrivent à leur date."
    )


class TooManyWrongCodes(Refused):
    status = 429
    sentence = mark(
        "Dix codes essayés en une heure n’étaient pas de votre commerce. "
        "Reprenez les cartes une à une, et recommencez dans une heure."
    )


class NotACard(Refused):
    status = 404
    sentence = mark("Cette page n’ouvre plus de carte. Tapez de nouveau le code de la carte.")


@transaction.atomic
def issue_cards(
    *, organisation: Organisation, tastes: Sequence[str], wordings: Mapping[Channel, Wording], count: int, by: Actor
) -> list[Slip]:
    """`tastes`: slugs, in the order of the boxes; `wordings`: the sentences as they are printed."""
    check_open(organisation)
    if not 1 <= count <= MOST_CARDS:
        raise BadCardCount(say(BadCardCount.sentence, most=MOST_CARDS))
    scope = key(organisation)
    waiting = Slip.objects.filter(scope=scope, kind=KIND, answered_at=None, expires_at__gt=clock.now()).count()
    if waiting + count > MOST_OPEN:
        raise TooManyCards(say(TooManyCards.sentence, most=MOST_OPEN))
    printed = {channel.value: [one.key, one.version] for channel, one in wordings.items()}
    payload = {"tastes": list(tastes), "wordings": printed}
    return issue(kind=KIND, scope=scope, payload=payload, count=count, by=by, days=DAYS)


def open_card(*, code: str, organisation: Organisation, by: Actor) -> Slip:
    """The card of a code as typed. Refuses as `open_slip` does, and after ten codes in an hour that were not this
    shop's, which it counts in the journal."""
    check_open(organisation)
    if _wrong_codes(by) >= TRIES:
        raise TooManyWrongCodes
    try:
        slip = open_slip(code, key(organisation))
        if slip.kind != KIND:
            raise NoSuchSlip
    except NoSuchSlip:
        with transaction.atomic():
            record(by=by, verb=WRONG, on=organisation, organisation=organisation)
        raise
    return slip


def _wrong_codes(by: Actor) -> int:
    """Of this user, with or without a mandate."""
    user = by.key.partition(" ")[0]
    theirs = Q(actor=user) | Q(actor__startswith=f"{user} ")
    return AuditEntry.objects.filter(theirs, verb=WRONG, at__gt=clock.now() - HOUR).count()


def card_token(slip: Slip) -> str:
    """For the address of its form, so that a code is typed once and never tried by an address."""
    return signing.dumps(slip.code, salt=SALT)


def card_named(*, token: str, organisation: Organisation) -> Slip:
    """The open card behind a token. Refuses as `open_slip` does."""
    try:
        code = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise NotACard from error
    return open_slip(code, key(organisation))


@transaction.atomic
def note_card(*, slip: Slip, organisation: Organisation, said: Said, by: Actor) -> CounterEntry:
    """The card's answers, once: the second time it refuses with who entered it and when."""
    answer(code=slip.code, scope=key(organisation), by=by)
    once = uuid.uuid5(_CARDS, slip.code)
    return note_said(organisation=organisation, key=once, said=said, source=Source.PAPER, by=by)
