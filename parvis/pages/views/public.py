"""Pages that anyone may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from parvis.accounts.models import Organisation
from parvis.announcements.queries import current
from parvis.core import clock
from parvis.territory.queries import opens_here

from ..queries import agenda, novelties, shops


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    territory = opens_here()
    if territory is None:
        return render(request, "pages/empty.html")
    now = clock.now()
    dated = list(agenda(territory, now)[:12])
    lead = next((a for a in dated if a.photo and not a.photo.withdrawn_at and not a.alcohol), None)
    context = {
        "lead": lead,
        "agenda": dated,
        "novelties": novelties(territory, now)[:6],
        "shops": shops(territory),
    }
    return render(request, "pages/home.html", context)


@require_safe
def window(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.select_related("commune", "territory"), slug=slug)
    said = current(organisation.territory, clock.now()).filter(organisation=organisation)
    said = said.select_related("photo").order_by("-said_at", "-pk")
    context = {"organisation": organisation, "said": said, "territory": organisation.territory}
    return render(request, "pages/window.html", context)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "core/components.html")
