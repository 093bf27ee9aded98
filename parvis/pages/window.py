"""A shop's window: what it says of itself, its hours, who keeps it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html

from parvis.accounts.models import Mandate, Organisation
from parvis.accounts.rules import Permission
from parvis.core import clock
from parvis.core.metadata import PageMetadata
from parvis.core.speech import mark, say
from parvis.core.typography import capital, no_break
from parvis.directory.hours import Hours, State, Stretch, state, stretch_in_words, week_in_words
from parvis.directory.metadata import local_business
from parvis.directory.models import ShopWindow
from parvis.directory.shopfronts import category_of_shop, hours_of, stretches_of
from parvis.photos.models import Photo
from parvis.photos.queries import photo_url
from parvis.territory.queries import absolute

# Farther away, a special day is not yet of use to whoever passes.
AHEAD = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Window:
    organisation: Organisation
    category: str
    hours: Hours
    state: State | None
    week: str
    special: Sequence[str]
    about: str
    access: str
    cover: Photo | None
    old_sites: Sequence[str]
    mandate: Mandate | None


def shop_window(organisation: Organisation, at: dt.datetime) -> Window:
    """Six reads at most; an organisation that never arranged its window has an empty one."""
    kept = ShopWindow.objects.filter(organisation=organisation).select_related("cover").first() or ShopWindow()
    hours = hours_of([organisation], at.date())[organisation.pk]
    return Window(
        organisation=organisation,
        category=category_of_shop(organisation),
        hours=hours,
        state=state(hours, at) if organisation.is_shop else None,
        week=week_in_words(hours.week),
        special=_special(kept, hours),
        about=kept.about,
        access=kept.access,
        cover=kept.cover if kept.cover and not kept.cover.withdrawn_at else None,
        old_sites=kept.old_sites.split("\n") if kept.old_sites else [],
        mandate=_spoken_for(organisation),
    )


def _special(kept: ShopWindow, hours: Hours) -> list[str]:
    """« Mardi 8 décembre, fermé (au marché) », days that follow each other in one line."""
    today = clock.today()
    if not kept.pk or not any(today <= day <= today + AHEAD for day in hours.special):
        return []
    return [told(stretch) for stretch in stretches_of(kept, today) if stretch.first <= today + AHEAD]


def told(stretch: Stretch) -> str:
    said, note = stretch_in_words(stretch), stretch.note
    # In English the note is told apart: the shop wrote it.
    return format_html(say("{day} ({note})"), day=said, note=f"{note[:1].lower()}{note[1:]}") if note else said


def _spoken_for(organisation: Organisation) -> Mandate | None:
    """Under which mandate someone else may speak here: whoever reads must know."""
    given = Mandate.objects.in_force().filter(organisation=organisation).select_related("through").order_by("pk")
    return next((mandate for mandate in given if mandate.allows(Permission.ANNOUNCE)), None)


_OLD_SITES = {
    1: mark("Un ancien site circule encore ({sites}) : la boutique ne le tient plus. Cette page fait foi."),
    2: mark("Deux anciens sites circulent encore ({sites}) : la boutique ne les tient plus. Cette page fait foi."),
}
_MANY_OLD_SITES = mark(
    "Plusieurs anciens sites circulent encore ({sites}) : la boutique ne les tient plus. Cette page fait foi."
)


def disowned(old_sites: Sequence[str]) -> str:
    """« Deux anciens sites circulent encore (…) : la boutique ne les tient plus. Cette page fait foi. »"""
    if not old_sites:
        return ""
    return say(_OLD_SITES.get(len(old_sites), _MANY_OLD_SITES), sites=", ".join(old_sites))


def publisher(shop: Organisation) -> str:
    """Rule 12: on its window, the shop is its own publisher."""
    who = ", ".join(part for part in (shop.legal_name or shop.name, shop.registration) if part)
    kept = say("Cette vitrine est tenue par {who}.", who=who)
    return f"{kept} {say('Direction de la publication : {name}.', name=shop.director)}" if shop.director else kept


def metadata(window: Window, path: str) -> PageMetadata:
    shop = window.organisation
    url = absolute(shop.territory, path)
    image = absolute(shop.territory, photo_url(window.cover.key, 1600)) if window.cover else ""
    trade = capital(shop.trade) if shop.trade else say(shop.get_kind_display()).capitalize()
    told = no_break(f"{say('{trade} à {commune}.', trade=trade, commune=shop.commune.name)} {window.about}").strip()
    return PageMetadata(
        title=f"{shop.name}, {shop.commune.name}",
        description=told[:200],
        url=url,
        kind="business.business",
        image=image,
        image_alt=window.cover.alt if window.cover else "",
        data=local_business(shop, window.category, window.hours, url=url, image=image, about=window.about),
    )
