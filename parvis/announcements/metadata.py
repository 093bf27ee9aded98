"""An announcement as schema.org describes it: an event where it has a day, nothing otherwise."""

from typing import Any

from parvis.core.clock import PARIS
from parvis.directory.metadata import address

from .models import Announcement


def event(announcement: Announcement, *, url: str, image: str, organiser_url: str) -> dict[str, Any] | None:
    """`url`, `image`, `organiser_url`: absolute, "" where there is none."""
    if announcement.starts_at is None:
        return None
    shop = announcement.organisation
    place = {"@type": "Place", "name": shop.name, "address": address(shop)}
    ends = announcement.ends_at
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": announcement.title,
        "description": announcement.text,
        "startDate": announcement.starts_at.astimezone(PARIS).isoformat(timespec="minutes"),
        "endDate": ends.astimezone(PARIS).isoformat(timespec="minutes") if ends else "",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": place,
        "organizer": {"@type": "Organization", "name": shop.name, "url": organiser_url},
        "image": image,
        "maximumAttendeeCapacity": announcement.seats,
        "url": url,
    }
    return {key: value for key, value in data.items() if value}
