"""The public directory: plain pages, without script."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from parvis.core.actors import Actor
from parvis.sirene.activities import categories
from parvis.territory.queries import here, territory_map

from .actions import delist as delist_page
from .queries import counts_by_category, shown


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    territory = here(request)
    known = categories()
    counts = counts_by_category(territory)
    rows = sorted((known[slug].plural, slug, n) for slug, n in counts.items() if slug in known)
    context = {"rows": rows, "communes": territory.communes.all(), "map": territory_map(territory)}
    return render(request, "directory/index.html", context)


@require_GET
def commune(request: HttpRequest, slug: str) -> HttpResponse:
    territory = here(request)
    place = get_object_or_404(territory.communes, slug=slug)
    page = Paginator(shown(territory).filter(commune=place), 50).get_page(request.GET.get("page"))
    return render(request, "directory/list.html", {"heading": place.name, "page": page, "categories": categories()})


@require_GET
def category(request: HttpRequest, slug: str) -> HttpResponse:
    known = categories().get(slug)
    if known is None:
        raise Http404
    page = Paginator(shown(here(request)).filter(category=slug), 50).get_page(request.GET.get("page"))
    return render(request, "directory/list.html", {"heading": known.plural, "page": page, "categories": categories()})


@require_GET
def business(request: HttpRequest, siret: str) -> HttpResponse:
    found = get_object_or_404(shown(here(request)), siret=siret)
    if found.organisation:
        return redirect("pages:window", found.organisation.slug)
    context = {"business": found, "category": categories().get(found.category)}
    return render(request, "directory/business.html", context)


@require_POST
def delist(request: HttpRequest, siret: str) -> HttpResponse:
    """One click, by anyone: decision 7."""
    delist_page(
        business=get_object_or_404(shown(here(request)), siret=siret),
        by=Actor("visitor", "un visiteur"),
    )
    messages.success(request, "La page est retirée de l’annuaire.")
    return redirect("directory:index")
