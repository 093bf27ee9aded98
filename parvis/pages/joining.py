"""What the page where one joins a shop reads of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from parvis.accounts.models import Organisation
from parvis.accounts.queries import open_anywhere, open_around
from parvis.announcements.queries import standing_anywhere
from parvis.contacts.models import Interest, Wording
from parvis.contacts.rules import Channel
from parvis.contacts.tastes import outline
from parvis.territory.queries import keep_to

MOST_OWN = 8


@dataclass(frozen=True, slots=True)
class Subjects:
    """`own`: what this shop speaks of, the most often first; `others`: broad subjects, for those who want more."""

    own: Sequence[Interest]
    others: Sequence[Interest]
    alcohol: bool  # whether this shop ever speaks of it


def organisation_at(request: HttpRequest, slug: str) -> Organisation:
    """A printed code outlives the day when its territory was alone on this host: where the address names no
    territory, the shop is found by its short name, which no other has. In a commune that two territories share, the
    shop of the other is led to at its own."""
    territory = getattr(request, "territory", None)
    open_ones = open_around(territory) if territory else open_anywhere()
    organisation = get_object_or_404(open_ones.select_related("commune", "territory"), slug=slug)
    keep_to(organisation.territory, request)
    return organisation


def web_wording(channel: Channel) -> Wording:
    """The sentence that one ticks on the web: the last version, for the channel."""
    return Wording.objects.filter(key=f"web-{channel.value}").order_by("-version")[0]


def subjects_of(sender: Organisation) -> Subjects:
    shown = standing_anywhere().filter(organisation=sender)
    said = Count("announcements", filter=Q(announcements__in=shown))
    listed = list(Interest.objects.filter(retired=False).annotate(said=said).order_by("-said", "name"))
    spoken = [interest for interest in listed if interest.said]
    own, alcohol = spoken[:MOST_OWN], any(interest.alcohol for interest in spoken)
    roots = {interest.slug: interest for interest in listed}
    broad = [roots[branch.node.slug] for branch in outline() if branch.node.slug in roots]
    return Subjects(own, [interest for interest in broad if interest not in own], alcohol)
