"""A resident's visit to their own page: no account, no password, thirty minutes after a fresh code (decision 4)."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from parvis.contacts.actions import own_voice
from parvis.contacts.models import Person, Resident
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.territory.models import Territory

VISIT = dt.timedelta(minutes=30)  # since the code, or since the last thing changed
KEY = "resident"

P = ParamSpec("P")


class ResidentRequest(HttpRequest):
    """A request for a page of one's own; `person` is the one whose code was read back."""

    person: Person


def enter(request: HttpRequest, person: Person) -> None:
    """A new session key: whoever knew the old one does not come in behind."""
    request.session.cycle_key()
    _stay(request, person.pk)


def leave(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
    request.session.cycle_key()


def visitor(request: HttpRequest) -> Person | None:
    """Whoever entered, while the visit lasts and they are still here."""
    visit = request.session.get(KEY)
    if not visit or clock.now() >= dt.datetime.fromisoformat(visit["until"]):
        return None
    return Person.objects.filter(pk=visit["person"], erased_at=None).first()


def _stay(request: HttpRequest, person_id: int) -> None:
    request.session[KEY] = {"person": person_id, "until": (clock.now() + VISIT).isoformat()}


def resident_required(
    view: Callable[Concatenate[ResidentRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Asks for a code first. What these pages show stays neither in a shared computer's memory nor behind its back
    button."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = visitor(request)
        if person is None:
            return _ask_first(request)
        mine = cast(ResidentRequest, request)
        mine.person = person
        if request.method == "POST":
            _stay(request, person.pk)
        response = view(mine, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def _ask_first(request: HttpRequest) -> HttpResponse:
    here = reverse("pages:me-enter")
    return HttpResponseClientRedirect(here) if getattr(request, "htmx", False) else redirect(here)


def myself(request: ResidentRequest) -> Actor:
    return own_voice(request.person)


def resident_here(request: ResidentRequest) -> Resident | None:
    return resident_of(request.person, getattr(request, "territory", None))


def resident_of(person: Person, territory: Territory | None) -> Resident | None:
    """In the role of reader on a territory; where the address names none, on the first of theirs."""
    mine = person.residents.select_related("territory").order_by("pk")
    return (mine.filter(territory=territory) if territory else mine).first()
