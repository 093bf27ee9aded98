"""The customer file of one shop, for those who may see it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from parvis.accounts.rules import Permission
from parvis.contacts.models import CustomerRecord
from parvis.contacts.queries import last_events

from ..queries import desk_of, signed_in


@login_required
@require_safe
def customers(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.SEE_CUSTOMERS)
    records = CustomerRecord.objects.visible_to(signed_in(request)).filter(organisation=organisation)
    wanted = request.GET.get("q", "").strip()
    if wanted:
        records = records.filter(
            Q(family_name__icontains=wanted) | Q(given_name__icontains=wanted) | Q(email__icontains=wanted)
        )
    # As a paper file is sorted, whether a name was typed in capitals or not.
    records = records.order_by(Lower("family_name"), Lower("given_name"), "pk")
    page = Paginator(records, 50).get_page(request.GET.get("page"))
    return render(request, "pages/customers.html", {"organisation": organisation, "page": page, "wanted": wanted})


@login_required
@require_safe
def customer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What this shop noted, and what was said to this shop; nothing of what others know (decision 1)."""
    organisation = desk_of(request, slug, Permission.SEE_CUSTOMERS)
    records = CustomerRecord.objects.visible_to(signed_in(request)).filter(organisation=organisation)
    record = get_object_or_404(records.prefetch_related("tastes__interest"), pk=pk)
    rights = last_events(persons=[record.person_id], sender=organisation.pk).order_by("channel")
    return render(request, "pages/customer.html", {"organisation": organisation, "record": record, "rights": rights})
