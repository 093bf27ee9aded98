"""The public page of an announcement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from parvis.core import clock
from parvis.core.metadata import PageMetadata
from parvis.law.rules import lowest_price_fr
from parvis.photos.queries import photo_url
from parvis.territory.queries import absolute, address_of

from .metadata import event
from .models import Announcement
from .queries import current, standing_anywhere


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    shown = standing_anywhere().select_related("organisation__commune", "organisation__territory", "photo")
    said = get_object_or_404(shown, pk=pk)
    territory = getattr(request, "territory", None)
    if territory is None:
        return redirect(f"{address_of(said.organisation.territory)}{request.path.lstrip('/')}")
    if territory != said.organisation.territory:
        raise Http404
    # Alcohol is put forward by nothing else, least of all by something for children (rule 9).
    also = current(territory, clock.now()).filter(organisation=said.organisation, alcohol=False).exclude(pk=pk)
    context = {
        "announcement": said,
        "photo": said.photo if said.photo and not said.photo.withdrawn_at else None,
        "over": said.useful_until <= clock.now(),
        "also": also[:4],
        "lowest_price_words": lowest_price_fr(said.said_at.astimezone(clock.PARIS).date()),
        "metadata": _metadata(said, request.path),
    }
    return render(request, "announcements/page.html", context)


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
