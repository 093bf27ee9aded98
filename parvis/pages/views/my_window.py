"""A shop keeps its own window: how it reads today, then one question a screen."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.models import Organisation
from parvis.accounts.queries import actor_for, must_be_open
from parvis.accounts.rules import Permission
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.core.speech import say
from parvis.directory.windows import change_window, forget_special_day
from parvis.photos.actions import add_photo
from parvis.photos.forms import PhotoForm
from parvis.territory.queries import address_of

from .. import my_window, uploads
from ..forms import focus
from ..forms_window import HoursForm
from ..my_window import DAYS, FORMS, HOURS, PICTURE, QUESTIONS
from ..queries import desk_of, signed_in, whom_to_call
from ..window import shop_window, told

SCREENS = {
    HOURS: "pages/my_window_hours.html",
    DAYS: "pages/my_window_days.html",
    PICTURE: "pages/my_window_photo.html",
}


@login_required
@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    shop = desk_of(request, slug, Permission.EDIT_WINDOW)
    shown = shop_window(shop, clock.now())
    answers = my_window.answers(shop, shown, my_window.kept_of(shop))
    context = {
        "organisation": shop,
        "window": shown,
        "answers": answers,
        "wanting": [one for one in answers if one.wanting],
        "address": f"{address_of(shop.territory)}vitrine/{shop.slug}/",
        "keepers": whom_to_call(shop) if shop.suspended_at else [],
    }
    return render(request, "pages/my_window.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    shop = desk_of(request, slug, Permission.EDIT_WINDOW)
    if step not in my_window.steps_of(shop):
        raise Http404
    if shop.suspended_at and request.method != "POST":
        return redirect("pages:my-window", slug)
    if step == PICTURE:
        return _picture(request, shop)
    if request.method != "POST":
        initial = my_window.initial(step, shop, shop_window(shop, clock.now()), my_window.kept_of(shop))
        return _screen(request, shop, step, FORMS[step](initial=initial))
    if step == HOURS and request.POST.get("copy") in set("0123456"):
        copied = HoursForm.copied(request.POST.dict(), int(request.POST["copy"]))
        return _screen(request, shop, step, HoursForm(initial=copied), copied=True)
    form = FORMS[step](request.POST)
    if form.is_valid():
        my_window.save(step, shop, form, _actor(request, shop))
    if form.errors:
        return _screen(request, shop, step, form)
    return _done(request, shop)


@login_required
@require_POST
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    """A special day, or several in a row, are again as their week."""
    shop = desk_of(request, slug, Permission.EDIT_WINDOW)
    try:
        day, last = (dt.date.fromisoformat(request.POST.get(name, "")) for name in ("day", "last"))
    except ValueError as error:
        raise Http404 from error
    forget_special_day(organisation=shop, day=day, last=last, by=_actor(request, shop))
    messages.success(request, say("C’est effacé : ce jour est de nouveau comme sa semaine."))
    return redirect("pages:my-window-step", slug, DAYS)


def _actor(request: HttpRequest, shop: Organisation) -> Actor:
    return actor_for(signed_in(request), shop, Permission.EDIT_WINDOW)


def _picture(request: HttpRequest, shop: Organisation) -> HttpResponse:
    by, place = _actor(request, shop), f"cover:{shop.pk}"
    if request.method != "POST":
        form = PhotoForm(initial={"author": signed_in(request).name}, use_required_attribute=False)
        return _screen(request, shop, PICTURE, form, held=uploads.waits(request, place))
    if "without" in request.POST:
        change_window(organisation=shop, cover=None, by=by)
        return _done(request, shop)
    must_be_open(shop)  # before a file is kept
    files = uploads.sent(request, place)
    if not uploads.began(request, files):
        return redirect("pages:my-window", shop.slug)
    form = PhotoForm(request.POST, files, use_required_attribute=False)
    if not form.is_valid():
        uploads.hold(request, place, form)
        return _screen(request, shop, PICTURE, form, held=uploads.waits(request, place))
    change_window(organisation=shop, cover=add_photo(organisation=shop, by=by, **form.details()), by=by)
    uploads.let_go(request, place)
    return _done(request, shop)


def _done(request: HttpRequest, shop: Organisation) -> HttpResponse:
    messages.success(request, say("C’est noté. Voici votre vitrine telle qu’on la lit maintenant."))
    return redirect("pages:my-window", shop.slug)


def _screen(request: HttpRequest, shop: Organisation, step: str, form: forms.Form, **more: Any) -> HttpResponse:
    question, lede = QUESTIONS[step]
    kept = my_window.kept_of(shop)
    context = {
        "organisation": shop,
        "form": form,
        "question": question,
        "lede": lede,
        "form_enctype": "multipart/form-data" if step == PICTURE else "",
        "photo": kept.cover if step == PICTURE and kept.cover and not kept.cover.withdrawn_at else None,
        "coming": [(one, told(one)) for one in my_window.coming(kept)] if step == DAYS else [],
    }
    focus(form)
    return render(request, SCREENS.get(step, "pages/my_window_question.html"), context | more)
