"""What search engines ask for first."""

from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.territory.models import Territory
from parvis.territory.queries import address_of, here

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
    territories = [named] if named else Territory.objects.filter(host="")
    lines = ["User-agent: *", *(f"Disallow: /{path}" for path in _NOT_FOR_ROBOTS)]
    lines += [f"Disallow: /t/*/{path}" for path in _NOT_FOR_ROBOTS]
    lines += [f"Sitemap: {address_of(one)}{SITEMAP}" for one in territories]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
