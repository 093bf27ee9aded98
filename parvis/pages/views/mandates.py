"""The right to act for an organisation: given, seen, taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from parvis.accounts import actions
from parvis.accounts.models import Mandate, Organisation, User
from parvis.accounts.queries import actor_for, office_holder
from parvis.accounts.rules import Permission
from parvis.core.errors import Refused
from parvis.core.speech import say

from ..forms import MandateForm
from ..queries import desk_of, signed_in


@login_required
@require_http_methods(["GET", "POST"])
def mandates(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.GIVE_MANDATE)
    form = MandateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _give(signed_in(request), organisation, form)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, say("Le mandat est noté."))
            return redirect("pages:mandates", slug)
    given = organisation.mandates.select_related("holder", "through").order_by("-signed_on", "-pk")
    return render(request, "pages/mandates.html", {"organisation": organisation, "form": form, "given": given})


def _give(user: User, organisation: Organisation, form: MandateForm) -> None:
    office = office_holder(form.cleaned_data["email"], organisation.territory)
    actions.give_mandate(
        organisation=organisation,
        holder=office.user,
        through=office.organisation,
        by=actor_for(user, organisation, Permission.GIVE_MANDATE),
        **form.details(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asked first: coming back takes a new signature."""
    organisation = desk_of(request, slug, Permission.GIVE_MANDATE)
    mandate = get_object_or_404(organisation.mandates.select_related("holder", "through"), pk=pk)
    if request.method != "POST":
        return render(request, "pages/revoke.html", {"organisation": organisation, "mandate": mandate})
    actions.revoke_mandate(mandate=mandate, by=actor_for(signed_in(request), organisation, Permission.GIVE_MANDATE))
    messages.success(request, say("Le mandat est repris."))
    return redirect("pages:mandates", slug)


@login_required
@require_http_methods(["GET", "POST"])
def give_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One that is held through this organisation, asked first."""
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    held = Mandate.objects.in_force().filter(through=keeper).select_related("holder", "organisation__territory")
    mandate = get_object_or_404(held, pk=pk)
    if request.method != "POST":
        return render(request, "pages/mandate_give_up.html", {"organisation": keeper, "mandate": mandate})
    by = actor_for(signed_in(request), keeper, Permission.SEE_SHOPS)
    actions.give_up_mandate(mandate=mandate, keeper=keeper, by=by)
    messages.success(request, say("Le mandat est rendu. Le commerce en est averti."))
    return redirect("pages:shop", slug, mandate.organisation_id)
