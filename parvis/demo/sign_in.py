"""The links that bin/run prints: one tap to be someone of the demo. They exist in the demo alone."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from parvis.accounts.models import User

SALT = "parvis.demo.sign-in"


def sign_in_url(user: User) -> str:
    return settings.BASE_URL + reverse("demo:enter", args=[signing.dumps(user.pk, salt=SALT)])


def read_user(token: str) -> User | None:
    try:
        return User.objects.filter(pk=signing.loads(token, salt=SALT), is_active=True).first()
    except signing.BadSignature:
        return None
