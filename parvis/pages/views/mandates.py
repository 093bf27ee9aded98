"""The right to act for an organisation: given, seen, taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from parvis.accounts import actions
from parvis.accounts.models import Mandate, Organisation, User
from parvis.accounts.queries import actor_for, delegates
from parvis.accounts.rules import Permission
from parvis.core import limits
from parvis.core.actions import key
from parvis.core.errors import Refused
from parvis.core.speech import mark, say

from ..forms import MandateForm
from ..queries import desk_of, signed_in

MANDATES_A_DAY = 10


class EnoughMandates(Refused):
    status = 429
    sentence = mark("Assez de mandats sont notés pour aujourd’hui. Les autres attendront demain.")


@login_required
@require_http_methods(["GET", "POST"])
def mandates(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.GIVE_MANDATE)
    form = MandateForm(request.POST or None, delegates=delegates(organisation))
    if request.method == "POST" and form.is_valid():
        try:
            _give(signed_in(request), organisation, form)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            said = say("Le mandat est noté. Il attend que quelqu’un le prenne : vous le lirez ici, et par courriel.")
            messages.success(request, said)
            return redirect("pages:mandates", slug)
    given = organisation.mandates.select_related("holder", "through").order_by("-signed_on", "-pk")
    return render(request, "pages/mandates.html", {"organisation": organisation, "form": form, "given": given})


def _give(user: User, organisation: Organisation, form: MandateForm) -> None:
    # Each one that is noted writes to the association.
    if not limits.one_more("mandate", key(organisation), most=MANDATES_A_DAY, seconds=24 * limits.HOUR):
        raise EnoughMandates
    by = actor_for(user, organisation, Permission.GIVE_MANDATE)
    actions.give_mandate(organisation=organisation, by=by, **form.details())


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
def take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One that was given to this organisation, read first: whoever takes it acts in their own name."""
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    waiting = Mandate.objects.waiting().filter(through=keeper).select_related("organisation__territory")
    mandate, user = get_object_or_404(waiting, pk=pk), signed_in(request)
    if request.method != "POST":
        return render(request, "pages/mandate_take.html", {"organisation": keeper, "mandate": mandate})
    by = actor_for(user, keeper, Permission.SEE_SHOPS)
    actions.take_mandate(mandate=mandate, keeper=keeper, holder=user, by=by)
    messages.success(request, say("Le mandat est à vous. Le commerce en est averti."))
    return redirect("pages:shop", slug, mandate.organisation_id)


@login_required
@require_http_methods(["GET", "POST"])
def give_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One that is held through this organisation, or that waits there, asked first."""
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    given = Mandate.objects.filter(through=keeper).select_related("holder", "organisation__territory")
    mandate = given.in_force().filter(pk=pk).first() or get_object_or_404(given.waiting(), pk=pk)
    if request.method != "POST":
        return render(request, "pages/mandate_give_up.html", {"organisation": keeper, "mandate": mandate})
    by = actor_for(signed_in(request), keeper, Permission.SEE_SHOPS)
    actions.give_up_mandate(mandate=mandate, keeper=keeper, by=by)
    messages.success(request, say("Le mandat est rendu. Le commerce en est averti."))
    return redirect("pages:shop", slug, mandate.organisation_id)
