"""What the public may read of the directory."""

from django.db.models import Count, Q, QuerySet

from parvis.photos.models import Photo
from parvis.photos.showing import Use
from parvis.territory.models import Territory

from .models import Business, ShopWindow


def claimable() -> QuerySet[Business]:
    """Open to the public, not masked, on any territory; taken down or not: whoever took it down may not be its
    holder."""
    listed = Business.objects.filter(listed=True, active=True)
    return listed.select_related("commune", "organisation").order_by("name", "pk")


def claimable_here(territory: Territory) -> QuerySet[Business]:
    return claimable().filter(commune__territories=territory)


def open_pages() -> QuerySet[Business]:
    """Those that were not taken down (decision 7)."""
    return claimable().filter(delisted_at=None)


def shown(territory: Territory) -> QuerySet[Business]:
    return open_pages().filter(commune__territories=territory)


def free_pages(territory: Territory) -> QuerySet[Business]:
    """Those that nobody holds, taken down or not."""
    return claimable_here(territory).filter(organisation=None).defer("commune__contour")


def taken_down(territory: Territory) -> QuerySet[Business]:
    """The last first."""
    return free_pages(territory).exclude(delisted_at=None).order_by("-delisted_at", "pk")


def named(word: str) -> Business | None:
    """By its SIRET, however it is spaced, or by the short name of the organisation that claimed it."""
    return Business.objects.filter(Q(siret="".join(word.split())) | Q(organisation__slug=word)).first()


def counts_by_category(territory: Territory) -> dict[str, int]:
    """Category slug -> businesses shown."""
    rows = shown(territory).order_by().values_list("category").annotate(n=Count("pk"))
    return dict(rows)


def use_of(photo: Photo) -> Use:
    """A window's picture is for everyone; that of a suspended shop is for nobody, which `photos.showing` sees to."""
    return Use.SHOWN if ShopWindow.objects.filter(cover=photo).exists() else Use.NONE
