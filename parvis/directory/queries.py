"""What the public may read of the directory."""

from django.db.models import Count, Q, QuerySet

from parvis.territory.models import Territory

from .models import Business


def open_pages() -> QuerySet[Business]:
    """Open to the public, not masked, not taken down (decision 7), on any territory."""
    listed = Business.objects.filter(listed=True, active=True, delisted_at=None)
    return listed.select_related("commune", "organisation").order_by("name", "pk")


def shown(territory: Territory) -> QuerySet[Business]:
    return open_pages().filter(commune__territories=territory)


def named(word: str) -> Business | None:
    """By its SIRET, however it is spaced, or by the short name of the organisation that claimed it."""
    return Business.objects.filter(Q(siret="".join(word.split())) | Q(organisation__slug=word)).first()


def counts_by_category(territory: Territory) -> dict[str, int]:
    """Category slug -> businesses shown."""
    rows = shown(territory).order_by().values_list("category").annotate(n=Count("pk"))
    return dict(rows)
