"""A telephone or a computer that opens without a code: a passkey, which allauth keeps and checks."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction

from parvis.core.actions import record
from parvis.core.actors import Actor

from ..models import User
from .notices import laid_out, write


@transaction.atomic
def add_device(*, user: User, name: str, credential: dict[str, Any], devices_url: str, by: Actor) -> None:
    """`credential`: checked already against what the device was asked. Its owner is told by e-mail, with where to take
    it back."""
    WebAuthn.add(user, name, credential)
    record(by=by, verb="add_device", on=user)
    context = {"name": name, "link": devices_url, "publisher": settings.PUBLISHER}
    write(user.email, *laid_out("account/device_added.txt", context))


@transaction.atomic
def remove_device(*, device: Authenticator, user: User, by: Actor) -> None:
    device.delete()
    record(by=by, verb="remove_device", on=user)
