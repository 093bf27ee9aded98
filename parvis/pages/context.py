"""What every page shows: the territory, the way around, and for whom one acts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from parvis.core.speech import mark, say

PLACES = (
    (mark("Agenda"), "pages:agenda", "calendar"),
    (mark("Commerces"), "directory:index", "storefront"),
    (mark("Mes envies"), "pages:me", "heart"),
)
DESK = (mark("Mon bureau"), "pages:desk", "house")
MAILBOX = (mark("Courrier"), "demo:mailbox", "tray")


def everywhere(request: HttpRequest) -> dict[str, Any]:
    territory = getattr(request, "territory", None)
    # An address of several territories has no directory of its own.
    places = [one for one in PLACES if territory or one[1] != "directory:index"]
    if getattr(request, "user", None) and request.user.is_authenticated:
        places.append(DESK)
    if settings.DEMO:
        places.append(MAILBOX)
    nav = [(say(label), reverse(name), icon, request.path == reverse(name)) for label, name, icon in places]
    acting = getattr(request, "acting", "")
    return {"territory": territory, "demo": settings.DEMO, "nav": nav, "acting": acting}
