"""The public directory: plain pages, without script."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.queries import keepers
from parvis.core import clock
from parvis.core.actors import VISITOR
from parvis.core.metadata import PageMetadata
from parvis.core.speech import say
from parvis.core.words import plain
from parvis.sirene.activities import Category, categories
from parvis.territory.queries import absolute, here, territory_map

from ..actions import delist as delist_page
from ..actions import relist
from ..models import Business
from ..queries import shown
from ..queries import taken_down as taken_down_of
from ..shopfronts import counts_by_category, counts_by_commune, shopfronts, unclaimed

A_PAGE = 50
TAKEN_DOWN = "taken_down"  # in the session: SIRET -> when this browser took the page down
UNDONE_WITHIN = dt.timedelta(days=1)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    territory = here(request)
    shops = shopfronts(territory, clock.now())
    communes = sorted(territory.communes.all(), key=lambda one: plain(one.name))
    counts = counts_by_commune(territory, shops)
    context = {
        "groups": _groups(counts_by_category(territory, shops)),
        "communes": [(commune, counts[commune.insee]) for commune in communes],
        "map": territory_map(territory, communes, counts),
        "metadata": PageMetadata(
            say("Les commerces {of_territory}", of_territory=territory.after_of),
            say(
                "Les boutiques, les tables et les artisans {of_territory}, par métier et par commune.",
                of_territory=territory.after_of,
            ),
            absolute(territory, request.path),
        ),
    }
    return render(request, "directory/index.html", context)


def _groups(counts: dict[str, int]) -> list[tuple[str, list[tuple[Category, int]]]]:
    """The trades that someone exercises here, by group, in the directory's order."""
    groups: dict[str, list[tuple[Category, int]]] = {}
    for slug, category in categories().items():
        if counts.get(slug):
            groups.setdefault(say(category.group_label), []).append((category, counts[slug]))
    return list(groups.items())


@require_safe
def commune(request: HttpRequest, slug: str) -> HttpResponse:
    territory = here(request)
    place = get_object_or_404(territory.communes, slug=slug)
    shops = [one for one in shopfronts(territory, clock.now()) if one.organisation.commune_id == place.insee]
    page = Paginator(unclaimed(territory).filter(commune=place), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": place.name,
        "shops": shops if page.number == 1 else [],
        "page": page,
        "commune": place,
        "metadata": PageMetadata(
            say("Les commerces de {place}", place=place.name),
            say("Les commerces de {place}, leurs horaires, ce qu’ils annoncent.", place=place.name),
            absolute(territory, request.path),
        ),
    }
    return render(request, "directory/list.html", context)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    known = categories().get(slug)
    if known is None:
        raise Http404
    territory, trades = here(request), say(known.plural)
    shops = [one for one in shopfronts(territory, clock.now()) if one.category == slug]
    page = Paginator(unclaimed(territory).filter(category=slug), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": trades,
        "shops": shops if page.number == 1 else [],
        "page": page,
        "metadata": PageMetadata(
            say("{trades} {of_territory}", trades=trades, of_territory=territory.after_of),
            say(
                "{trades} {of_territory}\u00a0: adresses, horaires, nouveautés.",
                trades=trades,
                of_territory=territory.after_of,
            ),
            absolute(territory, request.path),
        ),
    }
    return render(request, "directory/list.html", context)


@require_safe
def business(request: HttpRequest, siret: str) -> HttpResponse:
    found = get_object_or_404(shown(here(request)), siret=siret)
    if found.organisation and not found.organisation.suspended_at:
        return redirect("pages:window", found.organisation.slug)
    if found.organisation:
        raise Http404
    context = {"business": found, "category": categories().get(found.category)}
    return render(request, "directory/business.html", context)


@require_POST
def delist(request: HttpRequest, siret: str) -> HttpResponse:
    """One click, by anyone: decision 7."""
    if _mine(request, siret) is None:  # pressed twice: what happened is said again
        found = get_object_or_404(shown(here(request)), siret=siret)
        delist_page(business=found, by=VISITOR)
        mine = request.session.get(TAKEN_DOWN, {})
        request.session[TAKEN_DOWN] = mine | {siret: found.delisted_at.isoformat() if found.delisted_at else ""}
    return redirect("directory:taken-down", siret)


@require_http_methods(["GET", "HEAD", "POST"])
def taken_down(request: HttpRequest, siret: str) -> HttpResponse:
    """What the tap did, and the way back, for the browser that did it."""
    found = _mine(request, siret)
    if found is None:
        raise Http404
    if request.method == "POST":
        relist(business=found, by=VISITOR)
        messages.success(request, say("La page est de nouveau dans l’annuaire."))
        return redirect("directory:business", siret)
    territory = here(request)
    context = {"business": found, "keepers": keepers(territory).exclude(email="", phone="")}
    return render(request, "directory/taken_down.html", context)


def _mine(request: HttpRequest, siret: str) -> Business | None:
    """A page that this very browser took down within the day, and nobody has put back since."""
    since = request.session.get(TAKEN_DOWN, {}).get(siret)
    if not since:
        return None
    lately = taken_down_of(here(request)).filter(delisted_at__gt=clock.now() - UNDONE_WITHIN)
    return lately.filter(siret=siret, delisted_at=dt.datetime.fromisoformat(since)).first()
