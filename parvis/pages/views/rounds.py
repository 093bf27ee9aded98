"""The territory's rounds, in counts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from parvis.accounts.queries import actor_for
from parvis.accounts.rules import Permission
from parvis.core import clock
from parvis.delivery.queries import counts_by_state
from parvis.rounds import actions
from parvis.rounds.models import Round
from parvis.rounds.queries import by_announcement, withheld_by_reason
from parvis.rounds.rules import LABELS
from parvis.rounds.tasks import sweep

from ..crowd import tell
from ..queries import desk_of, signed_in


@login_required
@require_safe
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.SEE_ROUNDS)
    shown = Round.objects.filter(territory=organisation.territory)[:30]
    return render(request, "pages/rounds.html", {"organisation": organisation, "rounds": shown})


@login_required
@require_safe
def round_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.SEE_ROUNDS)
    shown = get_object_or_404(Round, territory=organisation.territory, pk=pk)
    announcements = [(one, tell(hear, others)) for one, hear, others in by_announcement(shown)]
    silent = [*withheld_by_reason(shown).items(), ("held", shown.held)]
    context = {
        "organisation": organisation,
        "round": shown,
        "running": shown.state != Round.State.DONE and shown.due_at <= clock.now(),
        "total": tell(shown.selected, [(LABELS[reason], n) for reason, n in silent]),
        "announcements": sorted(announcements, key=lambda row: -row[1].hear),
        "message_counts": counts_by_state(f"round:{shown.pk}"),
    }
    return render(request, "pages/round.html", context)


@login_required
@require_POST
def run_now(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.RUN_ROUNDS)
    by = actor_for(signed_in(request), organisation, Permission.RUN_ROUNDS)
    planned = actions.plan_round(territory=organisation.territory, due_at=clock.now(), by=by, organisation=organisation)
    sweep.enqueue()
    messages.success(request, "La tournée part.")
    return redirect("pages:round", slug, planned.pk)
