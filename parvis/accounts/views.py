"""The first question of the sign-in, and one's own devices: a telephone that opens without a code. Without script, the
code by e-mail remains."""

import datetime as dt

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal.ratelimit import consume
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from parvis.core import clock
from parvis.core.errors import NotAllowed
from parvis.core.speech import mark, say
from parvis.territory.queries import absolute

from .actions.devices import add_device, remove_device
from .forms import DeviceForm
from .models import User
from .queries import oneself

LATELY = dt.timedelta(minutes=30)
ENTER_AGAIN = mark("Pour ajouter un appareil, sortez, puis entrez à nouveau avec un code.")
UNKNOWN_DEVICE = mark("Cet appareil n’est pas reconnu. Entrez avec le code envoyé par courriel.")


class TooManyTries(NotAllowed):
    status = 429
    sentence = mark("Trop d’essais de suite. Attendez une minute, ou entrez avec le code envoyé par courriel.")


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """First what to ask the device, then what it answered."""
    if not consume(request, app="allauth.mfa", action="webauthn_login"):
        raise TooManyTries
    if not request.POST.get("credential"):
        return JsonResponse(auth.begin_authentication(user=None))
    form = LoginWebAuthnForm(data=request.POST)
    if not _is_sound(form):
        messages.error(request, say(UNKNOWN_DEVICE))
        return redirect("account_login")
    device = form.cleaned_data["credential"]
    login = Login(user=device.user, redirect_url=get_next_redirect_url(request))
    answer: HttpResponse = flows.perform_passwordless_login(request, device, login)
    return answer


@login_required
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    mine = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).order_by("created_at")
    context = {
        "rows": [(one, one.wrap().name) for one in mine],
        "lately": _came_in_lately(request),
        "form": DeviceForm(user=_user(request)),
    }
    return render(request, "account/devices.html", context)


@login_required
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    if not _came_in_lately(request):
        messages.error(request, say(ENTER_AGAIN))
        return redirect("account_devices")
    user = _user(request)
    if not request.POST.get("credential"):
        return JsonResponse(auth.begin_registration(user, passwordless=True))
    form = DeviceForm(user=user, data=request.POST)
    if not _is_sound(form):
        messages.error(request, say("Cet appareil n’a pas pu être noté. Recommencez, en gardant cette page ouverte."))
        return redirect("account_devices")
    name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
    add_device(user=user, name=name, credential=credential, devices_url=_here(request), by=oneself(user))
    messages.success(request, say("C’est noté : la prochaine fois, entrez sans code avec cet appareil."))
    return redirect("account_devices")


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    user = _user(request)
    device = get_object_or_404(Authenticator, pk=pk, user=user, type=Authenticator.Type.WEBAUTHN)
    remove_device(device=device, user=user, by=oneself(user))
    messages.success(request, say("C’est fait : cet appareil n’ouvre plus rien ici."))
    return redirect("account_devices")


def _came_in_lately(request: HttpRequest) -> bool:
    """Whoever finds a computer left open does not make their own telephone a key to it."""
    at = [one["at"] for one in get_authentication_records(request, _user(request))]
    return bool(at) and clock.now().timestamp() - max(at) < LATELY.total_seconds()


def _is_sound(form: Form) -> bool:
    """Allauth stumbles over what no browser sends."""
    try:
        return form.is_valid()
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _here(request: HttpRequest) -> str:
    return absolute(getattr(request, "territory", None), reverse("account_devices"))


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("this page is for signed-in users")
    return request.user
