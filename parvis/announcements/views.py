"""The public page of an announcement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from .models import Announcement


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    whose = ("organisation__commune", "organisation__territory", "photo")
    said = get_object_or_404(Announcement.objects.filter(withdrawn_at=None).select_related(*whose), pk=pk)
    return render(request, "announcements/page.html", {"announcement": said, "territory": said.organisation.territory})
