"""What every page shows: the territory, the way around, and for whom one acts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from parvis.territory.queries import opens_here

PLACES = (("Agenda", "pages:home", "calendar"), ("Commerces", "directory:index", "storefront"))
DESK = ("Mon bureau", "pages:desk", "house")
MAILBOX = ("Courrier", "demo:mailbox", "tray")


def everywhere(request: HttpRequest) -> dict[str, Any]:
    places = [*PLACES]
    if getattr(request, "user", None) and request.user.is_authenticated:
        places.append(DESK)
    if settings.DEMO:
        places.append(MAILBOX)
    nav = [(label, reverse(name), icon, request.path == reverse(name)) for label, name, icon in places]
    acting = getattr(request, "acting", "")
    # A desk's territory comes with the request; a page about one thing names that thing's own.
    territory = getattr(request, "territory", None) or opens_here()
    return {"territory": territory, "demo": settings.DEMO, "nav": nav, "acting": acting}
