"""The territory's rounds, in counts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.accounts.models import Organisation
from parvis.accounts.queries import actor_for
from parvis.accounts.rules import Permission
from parvis.announcements.queries import current
from parvis.contacts.queries import residents_of
from parvis.core import clock
from parvis.core.speech import say
from parvis.delivery.queries import counts_by_state
from parvis.rounds import actions
from parvis.rounds.models import Round
from parvis.rounds.queries import by_announcement, stopped_by_reason, withheld_by_reason
from parvis.rounds.rules import AT_THE_DOOR, LABELS
from parvis.rounds.small_numbers import OTHER_REASONS, apart, sayable, tell
from parvis.rounds.tasks import sweep

from ..queries import desk_of, held, signed_in


@login_required
@require_safe
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.SEE_ROUNDS)
    shown = Round.objects.filter(territory=organisation.territory)[:30]
    may_run = Permission.RUN_ROUNDS in held(request, organisation)
    context = {"organisation": organisation, "rounds": shown, "may_run": may_run}
    return render(request, "pages/rounds.html", context)


@login_required
@require_safe
def round_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.SEE_ROUNDS)
    shown = get_object_or_404(Round, territory=organisation.territory, pk=pk)
    announcements = [(one, tell(hear, others)) for one, hear, others in by_announcement(shown)]
    silent = [*withheld_by_reason(shown).items(), ("held", shown.held)]
    stopped = [(say(AT_THE_DOOR[reason]), n) for reason, n in stopped_by_reason(shown).items()]
    messages_by_state = [(f"{say(label)}, {say(state)}", n) for label, state, n in counts_by_state(shown.batch)]
    counted, few = apart(messages_by_state)
    context = {
        "organisation": organisation,
        "round": shown,
        "running": shown.state != Round.State.DONE and shown.due_at <= clock.now(),
        "total": tell(shown.selected, [(say(LABELS[reason]), n) for reason, n in silent]),
        "announcements": sorted(announcements, key=lambda row: -row[1].hear),
        "stopped": sayable(stopped, say(OTHER_REASONS)),
        "message_counts": counted,
        "few_messages": few,
    }
    return render(request, "pages/round.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def run_now(request: HttpRequest, slug: str) -> HttpResponse:
    """What it would do, then doing it."""
    organisation = desk_of(request, slug, Permission.RUN_ROUNDS)
    if request.method == "POST":
        return _run_now(request, organisation)
    now, territory = clock.now(), organisation.territory
    context = {
        "organisation": organisation,
        "announcements": current(territory, now).count(),
        "residents": residents_of(territory).count(),
        "next": Round.objects.filter(territory=territory, state=Round.State.DUE, due_at__gt=now)
        .order_by("due_at")
        .first(),
    }
    return render(request, "pages/run_now.html", context)


def _run_now(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    by = actor_for(signed_in(request), organisation, Permission.RUN_ROUNDS)
    planned = actions.plan_round(territory=organisation.territory, due_at=clock.now(), by=by, organisation=organisation)
    sweep.enqueue()
    messages.success(request, say("La tournée part."))
    return redirect("pages:round", organisation.slug, planned.pk)
