"""What nobody should see, said plainly."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.territory.queries import NoTerritory

from .public import which


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/403.html", status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return (
        which(request, status=404)
        if isinstance(exception, NoTerritory)
        else render(request, "core/404.html", status=404)
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Without context processors: whatever broke may break them too."""
    return render(None, "core/500.html", status=500)
