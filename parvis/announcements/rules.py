"""What an announcement is made of."""

import datetime as dt
from enum import StrEnum


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
    Kind.ARRIVAL: "Une nouveauté",
    Kind.EVENT: "Un rendez-vous",
    Kind.WORKSHOP: "Un atelier",
    Kind.OFFER: "Une offre",
    Kind.NEWS: "Une nouvelle",
}

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
