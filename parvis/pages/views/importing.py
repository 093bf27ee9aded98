"""A shop's spreadsheet, read on screen: first what would be noted, then the very same file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.queries import actor_for
from parvis.accounts.rules import Permission
from parvis.contacts.spreadsheet import UnreadableSheet
from parvis.core import waiting
from parvis.core.speech import mark, say

from .. import importing
from ..forms_import import SheetForm
from ..queries import desk_of, signed_in

EXPIRED = mark(
    "Cet aperçu a plus d’une heure, ou le fichier est déjà noté : rien de plus n’a été fait. Choisissez-le à nouveau."
)
AT_IT = mark("Ce fichier est en train d’être noté : quelques secondes suffisent. Rechargez ensuite cette page.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.EDIT_CUSTOMERS)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        by = actor_for(signed_in(request), organisation, Permission.EDIT_CUSTOMERS)
        try:
            importing.rehearse(
                organisation=organisation, data=file.read(), called=file.name, session=request.session, by=by
            )
        except UnreadableSheet as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("pages:import-preview", slug)
    context = {"organisation": organisation, "form": form, "form_enctype": "multipart/form-data"}
    return render(request, "pages/import.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """What was told when the file came, or when it was noted: reading again costs nothing and changes nothing."""
    organisation = desk_of(request, slug, Permission.EDIT_CUSTOMERS)
    kept = importing.waiting_for(request.session, organisation)
    told = importing.recall(kept) if kept else None
    if kept is None or told is None:
        if kept:
            messages.warning(request, say(EXPIRED))
        return redirect("pages:import", slug)
    context = {
        "organisation": organisation,
        "told": told,
        "called": kept.called,
        "at_it": waiting.is_taken(kept.file),
        "AT_IT": AT_IT,
    }
    return render(request, "pages/import_preview.html", context)


@login_required
@require_POST
def note(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.EDIT_CUSTOMERS)
    by = actor_for(signed_in(request), organisation, Permission.EDIT_CUSTOMERS)
    importing.note(organisation=organisation, session=request.session, by=by)
    # Pressed twice, both presses lead to what was done; too late, the page itself says so.
    return redirect("pages:import-preview", slug)
