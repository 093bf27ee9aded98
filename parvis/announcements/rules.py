"""What an announcement is made of."""

import datetime as dt
from enum import StrEnum

from parvis.core.speech import mark


class Kind(StrEnum):
    ARRIVAL = "arrival"
    EVENT = "event"
    WORKSHOP = "workshop"
    OFFER = "offer"
    NEWS = "news"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def dated(self) -> bool:
        """Whether it makes no sense without a day and an hour."""
        return self in {Kind.EVENT, Kind.WORKSHOP}


_LABELS = {
    Kind.ARRIVAL: mark("Une nouveauté"),
    Kind.EVENT: mark("Un rendez-vous"),
    Kind.WORKSHOP: mark("Un atelier"),
    Kind.OFFER: mark("Une offre"),
    Kind.NEWS: mark("Une nouvelle"),
}

# An end before this hour, of what began later in the day, is the night's.
MORNING = dt.time(6)

# How long an undated announcement stays worth hearing.
SHELF_LIFE = dt.timedelta(days=14)

# Farther away than this, a date is a slip of the keyboard.
FARTHEST = dt.timedelta(days=400)

# Of one announcement, that nobody has settled: beyond, another says nothing new.
MOST_WAITING = 20

# What one visitor may tell in an hour, from one address.
REPORTS_AN_HOUR = 6

# Rule 13: what identifies whoever told is kept a year at most; it is forgotten before, once settled.
CONTACT_KEPT = dt.timedelta(days=365)

# Subjects that are children's: nothing of alcohol stands beside them (rule 9).
CHILDRENS = frozenset(
    {"enfants-et-famille", "ateliers-enfants", "fetes-d-enfants", "jouets", "livres-pour-enfants", "mode-enfant"}
)


def last_day(day: dt.date, opens: dt.time, closes: dt.time) -> dt.date:
    """The day of the end of what begins on `day`: a New Year's Eve from 20:00 to 02:00 ends on the next one."""
    return day + dt.timedelta(days=1) if closes < opens and closes < MORNING else day
