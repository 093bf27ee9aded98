"""The public page of an announcement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from parvis.core import clock
from parvis.law.rules import lowest_price_fr

from .models import Announcement


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    whose = ("organisation__commune", "organisation__territory", "photo")
    said = get_object_or_404(Announcement.objects.filter(withdrawn_at=None).select_related(*whose), pk=pk)
    words = {"lowest_price_words": lowest_price_fr(said.said_at.astimezone(clock.PARIS).date())}
    context = {"announcement": said, "territory": said.organisation.territory} | words
    return render(request, "announcements/page.html", context)
