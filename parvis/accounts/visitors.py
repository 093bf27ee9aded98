"""Where a visitor comes from, as far as the limits need to know."""

from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.http import HttpRequest

from parvis.core import limits

TYPED_ADDRESS = "address"  # in the session, until they came in


def visitor_of(request: HttpRequest) -> str:
    """A keyed digest of their network, behind as many proxies as the host says there are (PARVIS_PROXIES); of an IPv6
    network, since one computer changes its address in it at will."""
    return limits.digest(get_ip(request))


def remember_address(request: HttpRequest, email: str) -> None:
    """Typed on the page that leads to the sign-in, which asks for it once more with the answer written."""
    request.session[TYPED_ADDRESS] = email


def address_of_visitor(request: HttpRequest) -> str:
    """What they typed before, or ""."""
    typed: str = request.session.get(TYPED_ADDRESS, "")
    return typed


def uncounted_proxies(**_asked: Any) -> list[CheckMessage]:
    """Django's system check: Parvis never ends HTTPS by itself, so a server stands before it."""
    if not settings.HTTPS or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return [
        Warning(
            "PARVIS_BASE_URL est en https:// et PARVIS_PROXIES vaut 0 : derrière un serveur, tous les visiteurs "
            "n’en font qu’un, et leurs codes et leurs signalements se partagent les mêmes limites.",
            hint="Voir docs/host/index.md, « HTTPS » : d’ordinaire, PARVIS_PROXIES=1.",
            id="parvis.W002",
        )
    ]
