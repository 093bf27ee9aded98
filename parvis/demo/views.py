"""Entering as someone of the demo, and reading everybody's mail. Every page is a 404 outside the demo."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from parvis.core.errors import Refused
from parvis.core.speech import mark

from . import mailbox
from .sign_in import read_user

# An e-mail carries its style in itself; shown in a frame of ours, it may do nothing more.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def demo_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View, guarded)


class BadEntry(Refused):
    status = 400
    sentence = mark("Ce lien d’entrée est incomplet. Reprenez-le, en entier, là où bin/run l’a écrit.")


@demo_only
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    user = read_user(token)
    if user is None:
        raise BadEntry
    if request.method == "POST":
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("pages:desk")
    return render(request, "demo/enter.html", {"someone": user})


@demo_only
@require_safe
def boxes(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mailbox.html", {"mails": mailbox.newest(200)})


@demo_only
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "demo/mail.html", {"mail": mailbox.read(name)})


@demo_only
@require_safe
@xframe_options_sameorigin
def body(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(mailbox.read(name).html(), headers={"Content-Security-Policy": MAIL_POLICY})


@demo_only
@require_safe
def piece(request: HttpRequest, name: str, cid: str) -> HttpResponse:
    data, kind = mailbox.read(name).piece(cid)
    return HttpResponse(data, content_type=kind)
