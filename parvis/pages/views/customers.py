"""The customer file of one shop, for those who may see it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.models import Organisation
from parvis.accounts.queries import actor_for
from parvis.accounts.rules import Permission
from parvis.contacts.actions import open_file, withdraw
from parvis.contacts.actions.records import note_taste, write_note
from parvis.contacts.finding import find_customers
from parvis.contacts.models import CustomerRecord
from parvis.contacts.queries import opened_today
from parvis.contacts.rules import Channel, Source
from parvis.core.speech import say

from ..card import rights_of
from ..forms_card import NoteForm, TasteForm
from ..queries import DeskRequest, desk_of, signed_in

A_PAGE = 50


@login_required
@require_safe
def customers(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.SEE_CUSTOMERS)
    if _to_be_opened(request, organisation):
        return redirect("pages:open-file", slug)
    wanted = request.GET.get("q", "").strip()
    records = CustomerRecord.objects.visible_to(signed_in(request)).filter(organisation=organisation)
    page = Paginator(find_customers(records, wanted), A_PAGE).get_page(request.GET.get("page"))
    shown = records.in_bulk(page.object_list)
    context = {
        "organisation": organisation,
        "page": page,
        "records": [shown[pk] for pk in page.object_list if pk in shown],
        "wanted": wanted,
        "permissions": _own(request),
    }
    return render(request, "pages/customers.html", context)


@login_required
@require_safe
def customer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What this shop noted, and what was said to this shop; nothing of what others know (decision 1)."""
    organisation, record = _card(request, slug, pk, Permission.SEE_CUSTOMERS)
    if _to_be_opened(request, organisation):
        return redirect("pages:open-file", slug)
    return _page(request, organisation, record)


@login_required
@require_POST
def note(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation, record = _card(request, slug, pk, Permission.EDIT_CUSTOMERS)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, record, note_form=form)
    by = actor_for(signed_in(request), organisation, Permission.EDIT_CUSTOMERS)
    write_note(record=record, note=form.cleaned_data["note"].strip(), by=by)
    messages.success(request, say("C’est noté sur sa fiche."))
    return redirect("pages:customer", slug, pk)


@login_required
@require_POST
def taste(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation, record = _card(request, slug, pk, Permission.EDIT_CUSTOMERS)
    form = TasteForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, record, taste_form=form)
    by = actor_for(signed_in(request), organisation, Permission.EDIT_CUSTOMERS)
    note_taste(record=record, interest=form.cleaned_data["interest"], liked=form.answer(), by=by)
    messages.success(request, say("C’est noté sur sa fiche."))
    return redirect("pages:customer", slug, pk)


@login_required
@require_POST
def refuse(request: HttpRequest, slug: str, pk: int, channel: str) -> HttpResponse:
    """The customer asked for it: whoever may read the card may note it, since it can only reduce."""
    organisation, record = _card(request, slug, pk, Permission.SEE_CUSTOMERS)
    if channel not in set(Channel):
        raise Http404
    if any(one.granted and one.channel == channel for one in rights_of(record)):
        by = actor_for(signed_in(request), organisation, Permission.SEE_CUSTOMERS)
        withdraw(person=record.person, sender=organisation, source=Source.COUNTER, channel=Channel(channel), by=by)
    means = say(Channel(channel).label)
    messages.success(request, say("C’est noté : plus rien de vous ne lui viendra {means}.", means=means))
    return redirect("pages:customer", slug, pk)


def _card(request: HttpRequest, slug: str, pk: int, permission: Permission) -> tuple[Organisation, CustomerRecord]:
    organisation = desk_of(request, slug, permission)
    records = CustomerRecord.objects.visible_to(signed_in(request)).filter(organisation=organisation)
    found = get_object_or_404(records.select_related("person"), pk=pk)
    found.organisation = organisation
    return organisation, found


def _page(
    request: HttpRequest,
    organisation: Organisation,
    record: CustomerRecord,
    *,
    note_form: NoteForm | None = None,
    taste_form: TasteForm | None = None,
) -> HttpResponse:
    context = {
        "organisation": organisation,
        "record": record,
        "tastes": record.tastes.select_related("interest").order_by("-liked", "interest__name"),
        "rights": rights_of(record),
        "permissions": _own(request),
        "note_form": note_form or NoteForm(initial={"note": record.note}),
        "taste_form": taste_form or TasteForm(),
    }
    return render(request, "pages/customer.html", context, status=400 if note_form or taste_form else 200)


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
    if not cast(DeskRequest, request).acting:
        return False
    return not opened_today(organisation, actor_for(signed_in(request), organisation, Permission.SEE_CUSTOMERS))


def _own(request: HttpRequest) -> set[str]:
    """No mandate opens the right to change a file."""
    return {permission.value for permission in cast(DeskRequest, request).own}
