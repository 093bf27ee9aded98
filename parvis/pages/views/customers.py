"""The customer file of one shop, for those who may see it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.accounts.models import Organisation
from parvis.accounts.queries import actor_for, mandate_for
from parvis.accounts.rules import Permission
from parvis.contacts.actions import open_file
from parvis.contacts.models import CustomerRecord
from parvis.contacts.queries import opened_today, records_found, rights_told

from ..queries import desk_of, signed_in


@login_required
@require_safe
def customers(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.SEE_CUSTOMERS)
    if _to_be_opened(request, organisation):
        return redirect("pages:open-file", slug)
    wanted = request.GET.get("q", "").strip()
    mine = CustomerRecord.objects.visible_to(signed_in(request)).filter(organisation=organisation)
    page = Paginator(records_found(mine, wanted), 50).get_page(request.GET.get("page"))
    records = mine.in_bulk(list(page))
    shown = [records[pk] for pk in page if pk in records]
    context = {"organisation": organisation, "page": page, "records": shown, "wanted": wanted}
    return render(request, "pages/customers.html", context)


@login_required
@require_safe
def customer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What this shop noted, and what was said to this shop; nothing of what others know (decision 1)."""
    organisation = desk_of(request, slug, Permission.SEE_CUSTOMERS)
    records = CustomerRecord.objects.visible_to(signed_in(request)).filter(organisation=organisation)
    record = get_object_or_404(records.prefetch_related("tastes__interest"), pk=pk)
    if _to_be_opened(request, organisation):
        return redirect("pages:open-file", slug)
    context = {"organisation": organisation, "record": record, "rights": rights_told(record)}
    return render(request, "pages/customer.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def open_it(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever reads it for somebody else says so first: a page that is only read writes nothing in a journal."""
    organisation = desk_of(request, slug, Permission.SEE_CUSTOMERS)
    if _to_be_opened(request, organisation):
        if request.method != "POST":
            return render(request, "pages/open_file.html", {"organisation": organisation})
        open_file(organisation=organisation, by=actor_for(signed_in(request), organisation, Permission.SEE_CUSTOMERS))
    return redirect("pages:customers", slug)


def _to_be_opened(request: HttpRequest, organisation: Organisation) -> bool:
    """A delegate's first reading of the day."""
    user = signed_in(request)
    if mandate_for(user, organisation, Permission.SEE_CUSTOMERS) is None:
        return False
    return not opened_today(organisation, actor_for(user, organisation, Permission.SEE_CUSTOMERS))
