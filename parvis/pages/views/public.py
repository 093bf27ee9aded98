"""Pages that anyone may read."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from parvis.announcements.queries import current
from parvis.contacts.words import nodes
from parvis.core import clock
from parvis.core.metadata import PageMetadata
from parvis.core.speech import say
from parvis.directory.shopfronts import counts_by_commune, shopfronts
from parvis.territory.models import Territory
from parvis.territory.queries import absolute, address_of, at_home, here, territory_map

from ..agenda import WEEK, by_day, chosen_agenda, each_once, leading, of_commune, of_organisation, subjects_of
from ..joining import organisation_at
from ..queries import agenda, novelties
from ..window import disowned, metadata, publisher, shop_window

LINES = 9  # of the agenda on the home page
NEWS = 5
A_PAGE = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    territory: Territory | None = getattr(request, "territory", None)
    if territory is None:
        return which(request)
    now = clock.now()
    dated = agenda(territory, now)
    coming, fresh = list(dated[: LINES + 1]), each_once(novelties(territory, now)[:15])
    lead = leading(coming, fresh, now)
    coming = [one for one in coming if one != lead][:LINES]
    week = [one for one in coming if one.starts_at and one.starts_at < now + WEEK]
    context = {
        "lead": lead,
        "days": by_day(week or coming),
        "this_week": bool(week),
        "total": dated.count(),
        "novelties": [one for one in fresh if one != lead][:NEWS],
        "metadata": PageMetadata(
            f"Parvis {territory.after_of}",
            say("Ce qui se passe dans les commerces {of_territory}.", of_territory=territory.after_of),
            absolute(territory, request.path),
        ),
    }
    return render(request, "pages/home.html", context | _around(territory))


def _around(territory: Territory) -> dict[str, Any]:
    """Who is open, and how many shops there are in each commune."""
    shops = shopfronts(territory, clock.now())
    # Each day begins with another, so that the alphabet favours nobody.
    first = clock.today().toordinal() % max(1, len(shops))
    shops = shops[first:] + shops[:first]
    communes = list(territory.communes.all())
    counts = counts_by_commune(territory, shops)
    return {
        "open": [shop for shop in shops if shop.open],
        "shops": sorted(shops, key=lambda shop: shop.opens),
        "map": territory_map(territory, communes, counts),
        "communes": [(commune, counts[commune.insee]) for commune in communes],
    }


def which(request: HttpRequest, status: int = 200) -> HttpResponse:
    """Several territories on this host, and the address names none; or none at all. What every territory has leads to
    each one's own; a commune is of one of them."""
    territories = Territory.objects.prefetch_related("communes")
    if not territories:
        return render(request, "pages/empty.html", status=status)
    everywhere = request.resolver_match and not request.resolver_match.kwargs
    context = {"territories": [(one, at_home(one, request) if everywhere else address_of(one)) for one in territories]}
    return render(request, "pages/territories.html", context, status=status)


@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    """The whole agenda, by commune and by subject."""
    territory, now = here(request), clock.now()
    communes = list(territory.communes.defer("contour"))
    commune = next((one for one in communes if one.slug == request.GET.get("commune")), None)
    interest = next((node for node in nodes() if node.slug == request.GET.get("envie")), None)
    dated = chosen_agenda(territory, now, commune=commune, interest=interest.slug if interest else "")
    page = Paginator(dated, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "days": by_day(page),
        "communes": communes,
        "commune": commune,
        "subjects": subjects_of(territory, now),
        "subject": interest,
        "metadata": PageMetadata(
            say("Agenda"),
            say("Les rendez-vous et les ateliers {of_territory}.", of_territory=territory.after_of),
            absolute(territory, request.path),
        ),
    }
    return render(request, "pages/agenda.html", context)


@require_safe
def commune(request: HttpRequest, slug: str) -> HttpResponse:
    """Whose door one may push there, and what is on."""
    territory, now = here(request), clock.now()
    place = get_object_or_404(territory.communes.defer("contour"), slug=slug)
    shops = [shop for shop in shopfronts(territory, now) if shop.organisation.commune_id == place.insee]
    days, fresh = of_commune(territory, place, now)
    context = {
        "commune": place,
        "crumbs": [(say("Commerces"), reverse("directory:index")), (place.name, "")],
        "days": days,
        "novelties": fresh,
        "shops": sorted(shops, key=lambda shop: not shop.open),
        "total": counts_by_commune(territory, shops)[place.insee],
        "agenda_url": reverse("pages:agenda"),
        "metadata": PageMetadata(
            place.name,
            say("Les commerces de {place}, ce qui est ouvert, ce qui s’y passe.", place=place.name),
            absolute(territory, request.path),
        ),
    }
    return render(request, "pages/commune.html", context)


@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """Who is open now, then who will be."""
    territory = here(request)
    shops = [shop for shop in shopfronts(territory, clock.now()) if shop.state]
    context = {
        "open": [shop for shop in shops if shop.open],
        "shut": sorted((shop for shop in shops if not shop.open), key=lambda shop: shop.opens),
        "metadata": PageMetadata(
            say("Ouvert maintenant"),
            say("Les commerces ouverts {of_territory}.", of_territory=territory.after_of),
            absolute(territory, request.path),
        ),
    }
    return render(request, "pages/doors.html", context)


@require_safe
def window(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = organisation_at(request, slug)
    if getattr(request, "territory", None) is None:
        return redirect(at_home(organisation.territory, request))
    shown = shop_window(organisation, clock.now())
    said = current(organisation.territory, clock.now()).filter(organisation=organisation)
    dated, fresh = of_organisation(said.select_related("organisation", "photo"))
    context = {
        "organisation": organisation,
        "window": shown,
        "dated": dated,
        "fresh": fresh,
        "quoted": f"«\u00a0{shown.about}\u00a0»",
        "old_sites": disowned(shown.old_sites),
        "publisher": publisher(organisation),
        "metadata": metadata(shown, request.path),
    }
    return render(request, "pages/window.html", context)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "core/components.html")
