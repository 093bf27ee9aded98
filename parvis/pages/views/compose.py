"""Say it once; see who will hear it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.queries import actor_for, mandate_for
from parvis.accounts.rules import Permission
from parvis.announcements import actions as announcements
from parvis.announcements.queries import visible_to
from parvis.contacts.models import Interest
from parvis.photos.actions import add_photo
from parvis.photos.forms import PhotoForm
from parvis.rounds.queries import audience

from ..crowd import crowd_parts
from ..forms import AnnounceForm
from ..queries import acting, desk_of, interest_groups, signed_in, suggested


@login_required
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.ANNOUNCE)
    user = signed_in(request)
    mandate = mandate_for(user, organisation, Permission.ANNOUNCE)
    form = AnnounceForm(request.POST or None)
    photo_form = (
        PhotoForm(request.POST, request.FILES, use_required_attribute=False)
        if request.FILES
        else PhotoForm(use_required_attribute=False)
    )
    if request.method == "POST" and form.is_valid() and (not request.FILES or photo_form.is_valid()):
        by = actor_for(user, organisation, Permission.ANNOUNCE)
        photo = add_photo(organisation=organisation, by=by, **photo_form.details()) if request.FILES else None
        said = announcements.announce(
            organisation=organisation,
            words=form.words(),
            interests=form.cleaned_data["interests"],
            by=by,
            photo=photo,
            mandate=mandate,
        )
        messages.success(request, "C’est dit.")
        return redirect("pages:said", slug, said.pk)
    context = {"organisation": organisation, "acting": acting(mandate), "form": form, "photo_form": photo_form}
    context |= {"groups": _groups(form), "form_enctype": "multipart/form-data"}
    return render(request, "pages/compose.html", context)


def _groups(form: AnnounceForm) -> list[tuple[str, list[tuple[Interest, bool]], bool]]:
    """What was ticked; when nothing was, what the sentence itself names, for the person to confirm."""
    chosen = form.data.getlist("interests") if isinstance(form.data, QueryDict) else []
    words = f"{form.data.get('title', '')} {form.data.get('text', '')}"
    return interest_groups(chosen or suggested(words))


@login_required
@require_GET
def said(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.ANNOUNCE)
    announcement = get_object_or_404(visible_to(request.user), organisation=organisation, pk=pk)
    counts = audience(announcement)
    context = {"organisation": organisation, "announcement": announcement} | crowd_parts(counts)
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
