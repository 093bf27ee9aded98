"""Shops as whoever passes by meets them: their trade, their hours, whether one may push the door."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from parvis.accounts.models import Organisation
from parvis.accounts.queries import open_around
from parvis.law.rules import region_of
from parvis.territory.models import Territory

from .hours import Hours, Opening, State, Stretch, state, stretches
from .models import Business, OpeningHours, ShopWindow, SpecialDay
from .queries import shown
from .search.needs import category_of


@dataclass(frozen=True, slots=True)
class Shopfront:
    """`category`: a slug of sirene.activities, or ""; `state`: None where no hours are known."""

    organisation: Organisation
    category: str
    state: State | None

    @property
    def open(self) -> bool:
        return bool(self.state and self.state.open)

    @property
    def opens(self) -> tuple[bool, str]:
        """Sorts those that will open by when, on their own clock, before those of whom one does not know."""
        changes = self.state.changes if self.state and not self.state.open else None
        return (changes is None, changes.isoformat() if changes else "")


def shopfronts(territory: Territory, at: dt.datetime) -> list[Shopfront]:
    """Every open shop of the territory and of its communes that keeps its window, by name. Three queries."""
    shops = list(windows_of(territory).order_by("name", "pk"))
    hours = hours_of(shops, at.date())
    return [Shopfront(shop, category_of_shop(shop), state(hours[shop.pk], at)) for shop in shops]


def windows_of(territory: Territory) -> QuerySet[Organisation]:
    shops = open_around(territory).filter(kind=Organisation.Kind.SHOP)
    return shops.select_related("commune", "business").defer("commune__contour")


def unclaimed(territory: Territory) -> QuerySet[Business]:
    """Listed businesses for which nobody speaks yet."""
    return shown(territory).filter(organisation=None).defer("commune__contour")


def counts_by_commune(territory: Territory, shops: Iterable[Shopfront]) -> Counter[str]:
    """INSEE code -> the shops that keep a window there, and the listed businesses that keep none. One query."""
    rows = unclaimed(territory).order_by().values_list("commune").annotate(n=Count("pk"))
    return Counter(shop.organisation.commune_id for shop in shops) + Counter(dict(rows))


def counts_by_category(territory: Territory, shops: Iterable[Shopfront]) -> Counter[str]:
    """Category slug -> the same. One query."""
    rows = unclaimed(territory).order_by().values_list("category").annotate(n=Count("pk"))
    return Counter(shop.category for shop in shops) + Counter(dict(rows))


def category_of_shop(shop: Organisation) -> str:
    """The register's, where the shop recognised itself in it; else what its own words of its trade say."""
    business: Business | None = getattr(shop, "business", None)
    return (business.category if business else "") or category_of(shop.trade)


def hours_of(organisations: Collection[Organisation], today: dt.date) -> dict[int, Hours]:
    """By organisation, from the day before `today` on: a night may not be over. Two queries."""
    keys = [organisation.pk for organisation in organisations]
    weeks: dict[int, dict[int, list[Opening]]] = defaultdict(lambda: defaultdict(list))
    usual = OpeningHours.objects.filter(window__organisation__in=keys)
    for key, weekday, opens, closes in usual.values_list("window__organisation", "weekday", "opens", "closes"):
        weeks[key][weekday].append(Opening(opens, closes))
    special: dict[int, dict[dt.date, list[Opening]]] = defaultdict(lambda: defaultdict(list))
    coming = SpecialDay.objects.filter(window__organisation__in=keys, day__gte=today - dt.timedelta(days=1))
    for key, day, since, until in coming.values_list("window__organisation", "day", "opens", "closes"):
        special[key][day] += [] if since is None or until is None else [Opening(since, until)]
    return {
        one.pk: Hours(weeks.get(one.pk, {}), special.get(one.pk, {}), region_of(one.commune_id))
        for one in organisations
    }


def stretches_of(window: ShopWindow, today: dt.date) -> list[Stretch]:
    """The days to come that are not as their week, with their reasons, those that follow each other in one."""
    days: dict[dt.date, tuple[list[Opening], str]] = {}
    for one in window.special_days.filter(day__gte=today):
        openings, _ = days.setdefault(one.day, ([], one.note))
        if one.opens and one.closes:
            openings.append(Opening(one.opens, one.closes))
    return stretches(days)
