"""What the public may read of the directory."""

from django.db.models import Count, QuerySet

from parvis.territory.models import Territory

from .models import Business


def shown(territory: Territory) -> QuerySet[Business]:
    """Open to the public, not masked, not taken down (decision 7)."""
    listed = Business.objects.filter(listed=True, active=True, delisted_at=None, commune__territories=territory)
    return listed.select_related("commune", "organisation").order_by("name", "pk")


def counts_by_category(territory: Territory) -> dict[str, int]:
    """Category slug -> businesses shown."""
    rows = shown(territory).order_by().values_list("category").annotate(n=Count("pk"))
    return dict(rows)
