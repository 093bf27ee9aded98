"""Which territory a request is about: by /t/<slug>/ before the path, by its host name, or the only one there is."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from .models import Territory

PREFIX = "/t/"


class TerritoryRequest(HttpRequest):
    """`territory` is None on an installation of several, where neither host nor path names one."""

    territory: Territory | None


class TerritoryMiddleware:
    """After the session and the reader's language, before allauth and the views: whatever reverses a URL from here on
    keeps the reader on the territory where they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = get_script_prefix()
        try:
            set_territory(request)
            return self.get_response(request)
        finally:
            set_script_prefix(before)


def set_territory(request: HttpRequest) -> None:
    """Reads the handful of territories in one query."""
    territories = list(Territory.objects.all())
    found = None
    # Before the host: one territory may bear the name of the whole site, and the others stay under their paths there.
    if request.path_info.startswith(PREFIX):
        slug, _, rest = request.path_info.removeprefix(PREFIX).partition("/")
        found = next((one for one in territories if one.slug == slug), None)
        if found:
            _move_under(request, f"{request.META.get('SCRIPT_NAME', '')}{PREFIX}{slug}", f"/{rest}")
    if found is None:
        host = request.get_host().partition(":")[0].lower()
        found = next((one for one in territories if one.host and one.host == host), None)
    if found is None and len(territories) == 1:
        found = territories[0]
    cast(TerritoryRequest, request).territory = found


def _move_under(request: HttpRequest, prefix: str, path: str) -> None:
    """As if the site were mounted there (WSGI's SCRIPT_NAME): every address that a page writes carries the prefix."""
    request.META["SCRIPT_NAME"], request.META["PATH_INFO"], request.path_info = prefix, path, path
    request.path = prefix + path
    set_script_prefix(prefix + "/")
