"""What people tell of announcements, and what the association decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.models import Organisation
from parvis.accounts.queries import actor_for
from parvis.accounts.rules import Permission
from parvis.announcements import actions
from parvis.announcements.models import Announcement
from parvis.announcements.queries import held, reported, watched
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.speech import mark, say

from ..forms_bureau import DecisionForm
from ..queries import desk_of, signed_in

SHOWN = 50
DECISIONS = {
    "retenir": (actions.hold, mark("L’annonce est retenue. Qui l’a dite lit la raison.")),
    "garder": (actions.keep, mark("L’annonce reste en place.")),
}


@login_required
@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    keeper = desk_of(request, slug, Permission.MODERATE)
    context = {
        "organisation": keeper,
        "reported": reported(keeper.territory)[:SHOWN],
        "held": held(keeper.territory)[:SHOWN],
    }
    return render(request, "pages/reports.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One announcement as everyone sees it, what was told of it, and the two answers."""
    keeper = desk_of(request, slug, Permission.MODERATE)
    said = _watched(keeper, pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide, done = DECISIONS.get(request.POST.get("decision", ""), DECISIONS["garder"])
        try:
            decide(announcement=said, keeper=keeper, by=_actor(request, keeper), why=form.cleaned_data["why"])
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(request, say(done))
            return redirect("pages:reports", slug)
    told = list(said.reports.all())
    context = {
        "organisation": keeper,
        "announcement": said,
        "waiting": [one for one in told if one.settled_at is None],
        "settled": [one for one in told if one.settled_at],
        "form": form,
    }
    return render(request, "pages/report.html", context)


@login_required
@require_POST
def release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    keeper = desk_of(request, slug, Permission.MODERATE)
    actions.release(announcement=_watched(keeper, pk), keeper=keeper, by=_actor(request, keeper))
    messages.success(request, say("L’annonce est rendue."))
    return redirect("pages:reports", slug)


def _watched(keeper: Organisation, pk: int) -> Announcement:
    seen = watched(keeper.territory).select_related("organisation__commune", "organisation__territory", "photo")
    return get_object_or_404(seen.defer("organisation__commune__contour"), pk=pk)


def _actor(request: HttpRequest, keeper: Organisation) -> Actor:
    return actor_for(signed_in(request), keeper, Permission.MODERATE)
