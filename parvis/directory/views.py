"""The public directory: plain pages, without script."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from parvis.core.typography import folded
from parvis.sirene.activities import categories
from parvis.territory.models import Commune, Territory
from parvis.territory.queries import opens_here, territory_map

from .actions import VISITOR
from .actions import delist as delist_page
from .queries import counts_by_category, open_pages, shown


def _territory() -> Territory:
    territory = opens_here()
    if territory is None:
        raise Http404
    return territory


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    territory = _territory()
    known = categories()
    counts = counts_by_category(territory)
    rows = [(known[slug].plural, slug, n) for slug, n in counts.items() if slug in known]
    rows.sort(key=lambda row: folded(row[0]))
    communes = sorted(territory.communes.all(), key=lambda one: folded(one.name))
    context = {"rows": rows, "communes": communes, "map": territory_map(territory)}
    return render(request, "directory/index.html", context | {"territory": territory})


@require_GET
def commune(request: HttpRequest, slug: str) -> HttpResponse:
    place = get_object_or_404(Commune, slug=slug)
    page = Paginator(open_pages().filter(commune=place), 50).get_page(request.GET.get("page"))
    return render(request, "directory/list.html", {"heading": place.name, "page": page, "territory": place.territory})


@require_GET
def category(request: HttpRequest, slug: str) -> HttpResponse:
    known = categories().get(slug)
    if known is None:
        raise Http404
    territory = _territory()
    page = Paginator(shown(territory).filter(category=slug), 50).get_page(request.GET.get("page"))
    return render(request, "directory/list.html", {"heading": known.plural, "page": page, "territory": territory})


@require_GET
def business(request: HttpRequest, siret: str) -> HttpResponse:
    found = get_object_or_404(open_pages(), siret=siret)
    if found.organisation:
        return redirect("pages:window", found.organisation.slug)
    context = {"business": found, "category": categories().get(found.category), "territory": found.commune.territory}
    return render(request, "directory/business.html", context)


@require_POST
def delist(request: HttpRequest, siret: str) -> HttpResponse:
    """One click, by anyone: decision 7."""
    delist_page(business=get_object_or_404(open_pages(), siret=siret), by=VISITOR)
    back = f"Si c’est une erreur, écrivez à {settings.PUBLISHER}."
    messages.success(request, f"La page est retirée de l’annuaire. {back}")
    return redirect("directory:index")
