"""The page of whoever acts for an organisation: what is due, who comes, who to call."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from parvis.accounts.rules import Permission
from parvis.core.actions import key
from parvis.core.models import AuditEntry
from parvis.core.speech import FRENCH
from parvis.delivery.actions import calls_pdf
from parvis.delivery.queries import NoLongerWanted, call_lists, calls_visible_to, is_still_wanted, sheets_visible_to
from parvis.directory.claims import waiting_of
from parvis.rounds.queries import due_hours

from ..files import outbox_file, private_pdf
from ..queries import desk_of, desks, held, signed_in, whom_to_call
from ..today import today


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Where one acts: one's own organisations, and those under mandate, told apart."""
    user = signed_in(request)
    return render(request, "pages/desk.html", {"rows": desks(user), "claims": waiting_of(user)})


@login_required
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    shown = desk_of(request, slug, Permission.SEE_DESK)
    given = list(shown.mandates.in_force().select_related("holder", "through"))
    permissions = held(request, shown, given)
    now = today(shown, permissions)
    context = {
        "organisation": shown,
        "permissions": permissions,
        "today": now,
        "given": given,
        "keepers": whom_to_call(shown) if shown.suspended_at or now.held else [],
    }
    return render(request, "pages/organisation.html", context)


@login_required
@require_safe
def calls(request: HttpRequest, slug: str) -> HttpResponse:
    shown = desk_of(request, slug, Permission.SEE_PAPER)
    lists = call_lists(signed_in(request), shown)
    # Two rounds of one day are told apart by their hour.
    due = due_hours([one["batch"] for one in lists])
    context = {
        "organisation": shown,
        "lists": [one | {"due_at": due.get(one["batch"], one["printed"])} for one in lists],
    }
    return render(request, "pages/calls.html", context)


@login_required
@require_safe
def call_list(request: HttpRequest, slug: str, batch: int) -> HttpResponse:
    """Laid out anew each time: whoever refused since is on it no more."""
    shown = desk_of(request, slug, Permission.SEE_PAPER)
    lists = calls_visible_to(signed_in(request)).filter(caller=shown, batch=f"round:{batch}").exclude(file="")
    first = get_object_or_404(lists.select_related("territory")[:1])
    with translation.override(FRENCH):  # a paper, whoever prints it
        printed = calls_pdf(first, shown)
    return private_pdf(printed, f"{shown.slug}.pdf")


@login_required
@require_safe
def sheets(request: HttpRequest, slug: str) -> HttpResponse:
    shown = desk_of(request, slug, Permission.PRINT_SHEETS)
    printed = sheets_visible_to(signed_in(request)).filter(territory=shown.territory).exclude(file="")
    page = Paginator(printed.select_related("person").order_by("-pk"), 50).get_page(request.GET.get("page"))
    return render(request, "pages/sheets.html", {"organisation": shown, "page": page})


@login_required
@require_safe
def sheet(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    shown = desk_of(request, slug, Permission.PRINT_SHEETS)
    message = get_object_or_404(sheets_visible_to(signed_in(request)), pk=pk, territory=shown.territory)
    if not is_still_wanted(message):
        raise NoLongerWanted
    return outbox_file(message.file)


@login_required
@require_safe
def journal(request: HttpRequest, slug: str) -> HttpResponse:
    shown = desk_of(request, slug, Permission.SEE_AUDIT)
    lines = AuditEntry.objects.filter(organisation=key(shown)).order_by("-pk")
    page = Paginator(lines, 50).get_page(request.GET.get("page"))
    return render(request, "pages/journal.html", {"organisation": shown, "page": page})
