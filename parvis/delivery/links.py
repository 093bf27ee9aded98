"""Signed links in messages. They can only reduce (decision 4): unsubscribe, fewer, why."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from parvis.core.errors import Refused
from parvis.core.speech import mark

from .models import Message

SALT = "parvis.delivery.reduce"
LIFE = timedelta(days=400)


class BadLink(Refused):
    status = 400
    sentence = mark(
        "Ce lien est incomplet ou a été modifié. Reprenez-le dans le message d’origine, en entier\u00a0; "
        "ou téléphonez au commerce qui vous écrit, il peut tout arrêter pour vous."
    )


class OldLink(Refused):
    status = 410
    sentence = mark(
        "Ce lien a plus d’un an et ne sert plus. Prenez celui d’un message plus récent\u00a0; "
        "si vous n’en avez pas, c’est qu’on ne vous écrit plus."
    )


@dataclass(frozen=True, slots=True)
class Reduce:
    message: Message
    sender_id: int | None  # None: every sender


def reduce_token(message: Message, *, sender: int | None = None) -> str:
    return signing.dumps([message.pk, sender], salt=SALT)


def read_token(token: str) -> Reduce:
    """The message and the sender of a link; refuses one that is old or altered, with a sentence."""
    try:
        pk, sender = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.SignatureExpired as error:
        raise OldLink from error
    except signing.BadSignature as error:
        raise BadLink from error
    message = Message.objects.select_related("person", "territory").filter(pk=pk, person__erased_at=None).first()
    if message is None:
        raise BadLink
    return Reduce(message, sender)
