"""A resident's visit to their own page: no account, no password, thirty minutes after a fresh code, and two hours
whatever is done there (decision 4)."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from parvis.contacts.actions import own_voice
from parvis.contacts.models import Person, Resident
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.territory.models import Territory

VISIT = dt.timedelta(minutes=30)  # since the code, or since the last thing changed
LONGEST = dt.timedelta(hours=2)  # since the code: a page left open on a shared computer ends by itself
LATELY = dt.timedelta(minutes=10)  # a code read back so lately says who is there, for what asks it again
KEY = "resident"

P = ParamSpec("P")


class ResidentRequest(HttpRequest):
    """A request for a page of one's own; `person` is the one whose code was read back."""

    person: Person


def enter(request: HttpRequest, person: Person) -> None:
    """A new session key: whoever knew the old one does not come in behind."""
    request.session.cycle_key()
    now = clock.now().isoformat()
    request.session[KEY] = {"person": person.pk, "opened": now, "proved": now}
    _stay(request)


def leave(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
    request.session.cycle_key()


def visitor(request: HttpRequest) -> Person | None:
    """Whoever entered, while the visit lasts and they are still here."""
    visit = request.session.get(KEY)
    if not visit or "opened" not in visit or clock.now() >= dt.datetime.fromisoformat(visit["until"]):
        return None
    return Person.objects.filter(pk=visit["person"], erased_at=None).first()


def _stay(request: HttpRequest) -> None:
    visit = request.session[KEY]
    until = min(clock.now() + VISIT, dt.datetime.fromisoformat(visit["opened"]) + LONGEST)
    request.session[KEY] = visit | {"until": until.isoformat()}


def prove(request: HttpRequest) -> None:
    """A fresh code was read back in the middle of a visit."""
    request.session[KEY] = request.session[KEY] | {"proved": clock.now().isoformat()}


def proved_lately(request: HttpRequest) -> bool:
    """By the code that opened the visit, or by one since."""
    return clock.now() - dt.datetime.fromisoformat(request.session[KEY]["proved"]) < LATELY


def resident_required(
    view: Callable[Concatenate[ResidentRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Asks for a code first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = visitor(request)
        if person is None:
            return _ask_first(request)
        mine = cast(ResidentRequest, request)
        mine.person = person
        if request.method == "POST":
            _stay(request)
        return view(mine, *args, **kwargs)

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
