"""Who asks for the page of a business, answered by the bureau of the association; and letters, which need no answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from parvis.accounts.models import Organisation
from parvis.accounts.queries import actor_for
from parvis.accounts.rules import Permission
from parvis.core.actors import Actor
from parvis.core.speech import FRENCH, say
from parvis.core.typography import full_date, of
from parvis.directory.claims import (
    AlreadySettled,
    approve,
    asked_here,
    letter_of,
    likely,
    prepare_letter,
    refuse,
    waiting,
)
from parvis.directory.models import Claim
from parvis.directory.queries import free_pages
from parvis.slips.models import Slip
from parvis.territory.queries import address_of

from ..counter import code_to_photograph
from ..forms_bureau import AnswerForm
from ..queries import desk_of, signed_in


@login_required
@require_safe
def claims(request: HttpRequest, slug: str) -> HttpResponse:
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    return render(request, "pages/claims.html", {"organisation": keeper, "asked": waiting(keeper.territory)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the register says, who asks, and the two answers."""
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    asked = get_object_or_404(asked_here(keeper.territory), pk=pk)
    if asked.settled_at or asked.business.organisation_id:
        return _answered(request, keeper, asked)
    alike = likely(asked.business, keeper.territory)
    if request.method == "POST" and request.POST.get("decision") == "ouvrir":
        return _opened(request, keeper, asked, alike)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _refused(request, keeper, asked, form)
    others = waiting(keeper.territory).filter(business=asked.business).exclude(pk=asked.pk).count()
    context = {"organisation": keeper, "asked": asked, "form": form, "others": others, "alike": alike}
    return render(request, "pages/claim.html", context)


def _opened(request: HttpRequest, keeper: Organisation, asked: Claim, alike: list[Organisation]) -> HttpResponse:
    """Anew, or one that is here already: when that one found its people meanwhile, the question is put again."""
    chosen = next((one for one in alike if str(one.pk) == request.POST.get("commerce")), None)
    if "commerce" in request.POST and chosen is None:
        return redirect("pages:claim", keeper.slug, asked.pk)
    shop = approve(asked=asked, keeper=keeper, shop=chosen, by=_actor(request, keeper))
    messages.success(request, say("La vitrine {of_shop} est ouverte. Un courriel le dit.", of_shop=of(shop.name)))
    return redirect("pages:shop", keeper.slug, shop.pk)


def _answered(request: HttpRequest, keeper: Organisation, asked: Claim) -> HttpResponse:
    """The button pressed twice, or another officer's answer: what came of it."""
    shop = asked.business.organisation
    if asked.approved and shop and shop.territory_id == keeper.territory_id:
        return redirect("pages:shop", keeper.slug, shop.pk)
    messages.info(request, say(AlreadySettled.sentence))
    return redirect("pages:claims", keeper.slug)


def _refused(request: HttpRequest, keeper: Organisation, asked: Claim, form: AnswerForm) -> HttpResponse:
    refuse(asked=asked, why=form.cleaned_data["why"], keeper=keeper, by=_actor(request, keeper))
    messages.success(request, say("C’est répondu : {name} lit votre raison.", name=asked.name))
    return redirect("pages:claims", keeper.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, slug: str, siret: str) -> HttpResponse:
    """What the letter does, then preparing it."""
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    business = get_object_or_404(free_pages(keeper.territory), siret=siret)
    if request.method == "POST":
        slip = prepare_letter(business=business, keeper=keeper, by=_actor(request, keeper))
        return redirect("pages:claim-paper", slug, slip.pk)
    return render(request, "pages/claim_letter.html", {"organisation": keeper, "business": business})


@login_required
@require_safe
def paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The letter itself, to print."""
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    slip = get_object_or_404(Slip, pk=pk, answered_at=None)
    business = letter_of(slip, keeper.territory)
    if business is None:
        raise Http404
    path = reverse("directory:claim", args=[business.siret])
    address = f"{address_of(keeper.territory)}{path.lstrip('/')}"
    with translation.override(FRENCH):  # a letter, whoever prints it
        until = full_date(slip.expires_at)
    context = {
        "organisation": keeper,
        "business": business,
        "slip": slip,
        "address": address,
        "drawn": code_to_photograph(address),
        "until": until,
    }
    return render(request, "pages/claim_paper.html", context)


def _actor(request: HttpRequest, keeper: Organisation) -> Actor:
    return actor_for(signed_in(request), keeper, Permission.SEE_SHOPS)
