"""The pages that search engines are told of: what someone chose to show, never a business that nobody claimed."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from parvis.accounts.models import Organisation
from parvis.accounts.queries import open_organisations
from parvis.announcements.models import Announcement
from parvis.announcements.queries import current
from parvis.core import clock
from parvis.directory.shopfronts import category_of_shop, unclaimed, windows_of
from parvis.territory.models import Territory


class _TerritorySitemap(Sitemap[Any]):
    def __init__(self, territory: Territory) -> None:
        self.territory = territory


class Places(_TerritorySitemap):
    """The pages that gather: home, agenda, directory, communes, the trades of which all keep a window."""

    def items(self) -> list[str]:
        # The page of a trade that also lists someone who claimed nothing asks not to be indexed.
        listed = set(unclaimed(self.territory).order_by().values_list("category", flat=True))
        trades = sorted({category_of_shop(shop) for shop in windows_of(self.territory)} - listed - {""})
        slugs = self.territory.communes.values_list("slug", flat=True)
        return [
            *(reverse(name) for name in ("pages:home", "pages:agenda", "pages:doors", "directory:index")),
            *(reverse("pages:commune", args=[slug]) for slug in slugs),
            *(reverse("directory:category", args=[slug]) for slug in trades),
        ]

    def location(self, item: str) -> str:
        return item


class Windows(_TerritorySitemap):
    def items(self) -> Iterable[Organisation]:
        return open_organisations(self.territory).order_by("pk")

    def location(self, item: Organisation) -> str:
        return reverse("pages:window", args=[item.slug])


class Announcements(_TerritorySitemap):
    def items(self) -> Iterable[Announcement]:
        return current(self.territory, clock.now())

    def location(self, item: Announcement) -> str:
        return reverse("announcements:page", args=[item.pk])

    def lastmod(self, item: Announcement) -> dt.datetime:
        return item.said_at


def sitemaps(territory: Territory) -> dict[str, type[Sitemap[Any]] | Sitemap[Any]]:
    return {one.__name__.lower(): one(territory) for one in (Places, Windows, Announcements)}
