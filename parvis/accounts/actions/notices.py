"""What an organisation's people are told by e-mail: a service notice, that leaves once all is written."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from parvis.core.signals import NotCarried, notice_requested
from parvis.core.speech import FRENCH
from parvis.territory.queries import address_of

from ..models import Organisation
from ..queries import answerable


def tell_those_of(organisation: Organisation, template: str, *also: str, **told: object) -> None:
    """A service notice, once committed, to those who answer for it, and to the addresses of `also`; to its own address
    where nobody answers for it."""
    people = [office.user.email for office in answerable(organisation)]
    addresses = dict.fromkeys([*(people or [organisation.email]), *also])
    desk = f"{address_of(organisation.territory)}bureau/{organisation.slug}/"
    context = {"organisation": organisation, "desk": desk, "publisher": settings.PUBLISHER} | told
    subject, text = laid_out(template, context)
    for to in filter(None, addresses):
        write(to, subject, text)


def laid_out(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Its subject and its text, in French whatever the language of whoever pressed: letters have no English yet."""
    with translation.override(FRENCH):
        subject, _, text = render_to_string(template, context).strip().partition("\n\n")
    return subject, text


def write(to: str, subject: str, text: str) -> None:
    def leave() -> None:
        # What it tells is written, and read on the desk too: a mail that did not leave undoes nothing of it.
        with suppress(NotCarried):
            notice_requested.send(sender=Organisation, channel="email", to=to, subject=subject, text=text)

    transaction.on_commit(leave)
