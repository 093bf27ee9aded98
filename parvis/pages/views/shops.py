"""The territory's shops, for the bureau of its association: seen, given a first person, closed, opened again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts import actions
from parvis.accounts.models import Mandate, Organisation
from parvis.accounts.queries import actor_for
from parvis.accounts.rules import Permission
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.speech import say
from parvis.directory.actions import relist
from parvis.directory.claims import release_claim
from parvis.directory.queries import taken_down

from ..forms_bureau import FirstForm, ReleaseForm, SuspensionForm
from ..queries import desk_of, signed_in
from ..shops import GONE, Shop, last_said_by, register, waits_for_an_answer
from ..shops import shops as rows_of

A_PAGE = 50


@login_required
@require_safe
def shops(request: HttpRequest, slug: str) -> HttpResponse:
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    shown = register(
        keeper.territory,
        state=request.GET.get("etat", ""),
        commune=request.GET.get("commune", ""),
        wanted=request.GET.get("q", "").strip()[:80],
    )
    page = Paginator(shown.rows, A_PAGE).get_page(request.GET.get("page"))
    waiting = Mandate.objects.waiting().filter(through=keeper).select_related("organisation").order_by("pk")
    context = {"organisation": keeper, "register": shown, "page": page, "waiting": waiting}
    return render(request, "pages/shops.html", context)


@login_required
@require_POST
def put_back(request: HttpRequest, slug: str, siret: str) -> HttpResponse:
    """In the directory, a page that somebody took down."""
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    found = get_object_or_404(taken_down(keeper.territory), siret=siret)
    relist(business=found, keeper=keeper, by=actor_for(signed_in(request), keeper, Permission.SEE_SHOPS))
    messages.success(request, say("La page « {name} » est de nouveau dans l’annuaire.", name=found.name))
    return redirect(f"{reverse('pages:shops', args=[slug])}?etat={GONE}")


@login_required
@require_http_methods(["GET", "POST"])
def shop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One shop; a POST invites its first person."""
    keeper = desk_of(request, slug, Permission.SEE_SHOPS)
    shown = _shop(keeper, pk)
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _invite(request, keeper, shown, form)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(request, say("L’invitation est partie. Elle vaut sept jours."))
            return redirect("pages:shop", slug, pk)
    context = {
        "organisation": keeper,
        "shop": shown,
        "form": form,
        "invited": waits_for_an_answer(shown),
        "said": last_said_by(shown),
        "waiting": shown.organisation.mandates.waiting().filter(through=keeper).order_by("pk"),
    }
    return render(request, "pages/shop.html", context)


def _invite(request: HttpRequest, keeper: Organisation, shown: Shop, form: FirstForm) -> None:
    user = signed_in(request)
    actions.invite_first(
        organisation=shown.organisation,
        keeper=keeper,
        inviter=user,
        by=actor_for(user, keeper, Permission.SEE_SHOPS),
        **form.cleaned_data,
    )


@login_required
@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What it will do, then doing it."""
    keeper = desk_of(request, slug, Permission.SUSPEND)
    shown = _shop(keeper, pk)
    form = SuspensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        try:
            actions.suspend(organisation=shown.organisation, why=why, keeper=keeper, by=_actor(request, keeper))
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(request, say("La page de {shop} est fermée.", shop=shown.organisation))
            return redirect("pages:shop", slug, pk)
    return render(request, "pages/shop_suspend.html", {"organisation": keeper, "shop": shown, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Of a shop that is suspended: its page in the directory is nobody's again."""
    keeper = desk_of(request, slug, Permission.SUSPEND)
    shown = _shop(keeper, pk)
    if not shown.claimed:
        return redirect("pages:shop", slug, pk)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        business, why = shown.organisation.business, form.cleaned_data["why"]
        try:
            release_claim(business=business, why=why, keeper=keeper, by=_actor(request, keeper))
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(request, say("La page est libre : « C’est mon commerce » y marche de nouveau."))
            return redirect("pages:shop", slug, pk)
    return render(request, "pages/shop_release.html", {"organisation": keeper, "shop": shown, "form": form})


@login_required
@require_POST
def reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    keeper = desk_of(request, slug, Permission.SUSPEND)
    shown = _shop(keeper, pk)
    actions.reopen(organisation=shown.organisation, keeper=keeper, by=_actor(request, keeper))
    messages.success(request, say("La page de {shop} est rouverte.", shop=shown.organisation))
    return redirect("pages:shop", slug, pk)


def _shop(keeper: Organisation, pk: int) -> Shop:
    found = keeper.territory.organisations.filter(kind=Organisation.Kind.SHOP, pk=pk)
    for one in rows_of(found):
        return one
    raise Http404


def _actor(request: HttpRequest, keeper: Organisation) -> Actor:
    return actor_for(signed_in(request), keeper, Permission.SUSPEND)
