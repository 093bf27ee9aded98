"""What search engines ask for first."""

from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.territory.models import Territory
from parvis.territory.queries import absolute, address_of, here

from ..sitemaps import sitemaps

# Nothing to find there, or nothing to be found: desks, what one person reads, what is asked.
SITEMAP = "sitemap.xml"
_NOT_FOR_ROBOTS = ("bureau/", "moi/", "m/", "recherche/", "demo/")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return django_sitemap(request, sitemaps=sitemaps(here(request)))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """One file for the host: the sitemap of each territory that it serves."""
    named: Territory | None = getattr(request, "territory", None)
    territories = [named] if named else list(Territory.objects.filter(host=""))
    alone = named is not None and Territory.objects.count() == 1
    maps = [absolute(one, f"/{SITEMAP}") if alone else f"{address_of(one)}{SITEMAP}" for one in territories]
    lines = ["User-agent: *"]
    lines += [f"Disallow: {prefix}{path}" for prefix in ("/", "/t/*/") for path in _NOT_FOR_ROBOTS]
    lines += [f"Sitemap: {address}" for address in maps]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
