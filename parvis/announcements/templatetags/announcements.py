"""An announcement as everyone reads it, in a template of any app: `{% load announcements %}`."""

from typing import Any

from django import template

from parvis.core import clock
from parvis.law.rules import lowest_price_fr

from ..models import Announcement

register = template.Library()


@register.inclusion_tag("announcements/sheet.html")
def announcement_sheet(announcement: Announcement, level: int = 1) -> dict[str, Any]:
    """The whole sheet with its picture; `level` of its title. Reads nothing if organisation, commune and photo are."""
    photo = announcement.photo
    return {
        "announcement": announcement,
        "organisation": announcement.organisation,
        "photo": photo if photo and not photo.withdrawn_at else None,
        "over": announcement.useful_until <= clock.now(),
        "level": level,
        "lowest_price_words": lowest_price_fr(announcement.said_at.astimezone(clock.PARIS).date()),
    }
