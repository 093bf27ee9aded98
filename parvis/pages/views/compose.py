"""Say it once; see who will hear it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.models import Organisation, User
from parvis.accounts.queries import actor_for, mandate_for
from parvis.accounts.rules import Permission
from parvis.announcements import actions as announcements
from parvis.announcements.models import Announcement
from parvis.announcements.queries import visible_to
from parvis.contacts.models import Interest
from parvis.core.errors import Refused
from parvis.photos.actions import add_photo, withdraw_photo
from parvis.photos.forms import PhotoForm
from parvis.rounds.actions import take_crowd
from parvis.rounds.queries import audience, left, went_out
from parvis.rounds.small_numbers import roughly

from ..crowd import crowd_parts
from ..forms import AnnounceForm
from ..queries import desk_of, interest_groups, signed_in, suggested


@login_required
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.ANNOUNCE)
    form = AnnounceForm(request.POST or None)
    # Somebody who says nothing of a photo has none; whoever began to, is told what misses.
    photo_form = PhotoForm(
        request.POST or None, request.FILES or None, empty_permitted=True, use_required_attribute=False
    )
    if request.method == "POST" and all([form.is_valid(), photo_form.is_valid()]):
        try:
            announcement = _say(signed_in(request), organisation, form, photo_form)
        except Refused as refusal:
            form.add_error(_field(form, refusal), refusal.sentence)
        else:
            messages.success(request, "C’est dit.")
            return redirect("pages:said", slug, announcement.pk)
    context = {"organisation": organisation, "form": form, "photo_form": photo_form, "groups": _groups(form)}
    return render(request, "pages/compose.html", context | {"form_enctype": "multipart/form-data"})


def _field(form: AnnounceForm, refusal: Refused) -> str | None:
    """Where the form asks for what was refused, if it does."""
    asked = {"starts_at": "day"}.get(refusal.field, refusal.field)
    return asked if asked in form.fields else None


def _say(user: User, organisation: Organisation, form: AnnounceForm, photo_form: PhotoForm) -> Announcement:
    by = actor_for(user, organisation, Permission.ANNOUNCE)
    asked = photo_form.has_changed()
    photo = add_photo(organisation=organisation, by=by, **photo_form.details()) if asked else None
    try:
        with transaction.atomic():
            take_crowd(organisation=organisation, by=by)
            return announcements.announce(
                organisation=organisation,
                words=form.words(),
                interests=form.cleaned_data["interests"],
                by=by,
                photo=photo,
                mandate=mandate_for(user, organisation, Permission.ANNOUNCE),
            )
    except Refused:
        if photo:
            withdraw_photo(photo=photo, by=by)
        raise


def _groups(form: AnnounceForm) -> list[tuple[str, list[tuple[Interest, bool]], bool]]:
    """What was ticked; when nothing was, what the sentence itself names, for the person to confirm."""
    chosen = form.data.getlist("interests") if isinstance(form.data, QueryDict) else []
    words = f"{form.data.get('title', '')} {form.data.get('text', '')}"
    return interest_groups(chosen or suggested(words))


@login_required
@require_safe
def said(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.ANNOUNCE)
    mine = visible_to(request.user).select_related("organisation__territory")
    announcement = get_object_or_404(mine, organisation=organisation, pk=pk)
    out = went_out(announcement)
    context = {
        "organisation": organisation,
        "announcement": announcement,
        "went_out": out,
        "left": roughly(left(announcement)) if out else "",
    }
    if announcement.withdrawn_at is None and (counted := audience(announcement)):
        context |= {"counted_on": counted.on} | crowd_parts(counted.counts)
    return render(request, "pages/said.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.ANNOUNCE)
    announcement = get_object_or_404(visible_to(request.user), organisation=organisation, pk=pk)
    announcements.withdraw(
        announcement=announcement, by=actor_for(signed_in(request), organisation, Permission.ANNOUNCE)
    )
    messages.success(request, "L’annonce est retirée.")
    return redirect("pages:organisation", slug)
