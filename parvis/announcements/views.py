"""The public page of an announcement."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from parvis.accounts.visitors import visitor_of
from parvis.core import clock, limits
from parvis.core.errors import Refused
from parvis.core.metadata import PageMetadata
from parvis.core.speech import mark, say
from parvis.photos.queries import photo_url
from parvis.territory.queries import absolute, at_home

from . import actions
from .forms import ReportForm
from .metadata import event
from .models import Announcement, Report
from .queries import current, standing_anywhere
from .rules import REPORTS_AN_HOUR


class TooManyReports(Refused):
    status = 429
    sentence = mark(
        "Plusieurs signalements viennent déjà d’ici, dans l’heure. Attendez un peu\u00a0; "
        "si c’est pressé, téléphonez à l’association."
    )


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    said = _shown(pk)
    territory = getattr(request, "territory", None)
    if territory is None:
        return redirect(at_home(said.organisation.territory, request))
    if territory != said.organisation.territory:
        raise Http404
    # Alcohol is put forward by nothing else, least of all by something for children (rule 9).
    also = current(territory, clock.now()).filter(organisation=said.organisation, alcohol=False).exclude(pk=pk)
    context = {
        "announcement": said,
        "over": said.useful_until <= clock.now(),
        "also": also[:4],
        "metadata": _metadata(said, request.path),
    }
    return render(request, "announcements/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Without an account. It hides nothing: the association looks."""
    said = _shown(pk)
    if getattr(request, "territory", None) != said.organisation.territory:
        raise Http404
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _report(request, said, form)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(
                request, say("C’est transmis à l’association. L’annonce reste visible le temps qu’elle la regarde.")
            )
            return redirect("announcements:page", pk)
    return render(request, "announcements/report.html", {"announcement": said, "form": form})


def _report(request: HttpRequest, said: Announcement, form: ReportForm) -> None:
    if not limits.one_more("report", visitor_of(request), most=REPORTS_AN_HOUR):
        raise TooManyReports
    data = form.cleaned_data
    actions.report(announcement=said, reason=Report.Reason(data["reason"]), text=data["text"], contact=data["contact"])


def _shown(pk: int) -> Announcement:
    shown = standing_anywhere().select_related("organisation__commune", "organisation__territory", "photo")
    return get_object_or_404(shown, pk=pk)


def _metadata(said: Announcement, path: str) -> PageMetadata:
    shop = said.organisation
    url = absolute(shop.territory, path)
    photo = said.photo if said.photo and not said.photo.withdrawn_at else None
    image = absolute(shop.territory, photo_url(photo.key, 1600)) if photo else ""
    return PageMetadata(
        title=said.title,
        description=f"{shop.name}, {shop.commune.name}. {said.text}".strip()[:200],
        url=url,
        kind="article",
        image=image,
        image_alt=photo.alt if photo else "",
        data=event(
            said,
            url=url,
            image=image,
            organiser_url=absolute(shop.territory, reverse("pages:window", args=[shop.slug])),
        ),
    )
