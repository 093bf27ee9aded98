"""When rounds are held, why a pair is withheld, and the sentence behind each choice."""

import datetime as dt
from enum import StrEnum

from parvis.core.typography import MONTHS, PARIS

ROUND_DAYS = (1, 4)  # Tuesday and Friday (decision 3)
ROUND_HOUR = 18

# Seats over the share of readers who come: until a territory has observed its own, one in ten.
RESPONSE = 0.1
NO_LIMIT = 2**31 - 1
SHEET_HOLDS = 5  # announcements on a paper sheet


class Withheld(StrEnum):
    """In the order of `matching.eligibility.Code`."""

    NO_CONSENT = "no_consent"
    PAUSE = "pause"
    UNREACHABLE = "unreachable"
    MINOR = "minor"
    REFUSED_TASTE = "refused_taste"
    NOT_INTERESTED = "not_interested"
    CALLS = "calls"
    TOLD = "told"

    @property
    def label(self) -> str:
        return LABELS[self.value]


LABELS = {
    "no_consent": "N’ont pas donné leur accord à ce commerce",
    "pause": "Ont demandé une pause",
    "unreachable": "Leur adresse ne répond plus, ou manque",
    "minor": "Mineurs, ou âge inconnu",
    "refused_taste": "Ne veulent rien sur ce sujet",
    "not_interested": "N’ont pas ce sujet parmi leurs envies",
    "calls": "Ont été appelés assez souvent",
    "told": "L’ont déjà entendu",
    "held": "Attendent\u00a0: leur semaine est pleine, ou les places sont comptées",
}


def reach_of(seats: int | None) -> int:
    """How many people may hear of so many seats. None is no limit; 0 seats are shown to nobody."""
    return NO_LIMIT if seats is None else int(seats / RESPONSE)


def next_round(after: dt.datetime) -> dt.datetime:
    """The first round strictly after an instant: aware, on the clocks of Paris."""
    day = after.astimezone(PARIS).date()
    for ahead in range(8):
        on = day + dt.timedelta(days=ahead)
        at = dt.datetime.combine(on, dt.time(ROUND_HOUR), PARIS)
        if on.weekday() in ROUND_DAYS and at > after:
            return at
    raise AssertionError("a week holds every weekday")


def for_resident(reason: dict[str, str]) -> str:
    """The sentence that a resident reads: everything that decided (decision 9)."""
    sender = reason["sender"]
    right = _right(
        reason,
        f"vous avez dit oui à {sender}",
        f"vous avez acheté chez {sender}",
        f"{sender} tient votre accord",
    )
    if reason["why"] == "by_date":
        unsorted = "Vous avez demandé à ne pas être trié\u00a0: les annonces viennent par date."
        return f"{unsorted} {right[0].upper()}{right[1:]}."
    if reason["why"] == "unstated":
        return f"{right[0].upper()}{right[1:]}, sans dire vos envies\u00a0: vous entendez tout de ce commerce."
    if reason["why"] == "noted":
        return f"{sender} a noté que vous aimez {reason['liked']}, et {right}."
    return f"Vous aimez {reason['liked']}, et {right}."


def for_shop(reason: dict[str, str]) -> str:
    """The sentence on a shop's call list: only that shop's own facts (decision 9)."""
    right = _right(reason, "a dit oui à vos appels", "a acheté chez vous", "a donné son accord")
    noted = f" Vous avez noté\u00a0: aime {reason['liked']}." if reason["why"] == "noted" else ""
    return f"{right[0].upper()}{right[1:]}.{noted}"


def _right(reason: dict[str, str], spoken: str, bought: str, filed: str) -> str:
    day = _day(reason["given_on"])
    if reason["basis"] == "sale":
        return f"{bought} le {day}"
    if reason["source"] == "file":
        return f"{filed} («\u00a0{reason['source_text']}\u00a0») depuis le {day}"
    where = {"counter": " au comptoir", "paper": " sur papier", "web": " sur le site"}.get(reason["source"], "")
    return f"{spoken}{where}, le {day}"


def _day(iso: str) -> str:
    day = dt.date.fromisoformat(iso)
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"
