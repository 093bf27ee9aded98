"""When rounds are held, why a pair is withheld, the sentence behind each choice, and when a file is counted anew."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import TypedDict

from parvis.core import typography
from parvis.core.typography import FEW_UNDER, PARIS

ROUND_DAYS = (1, 4)  # Tuesday and Friday (decision 3)
ROUND_HOUR = 18

# Seats over the share of readers who come: until a territory has observed its own, one in ten.
RESPONSE = 0.1
NO_LIMIT = 2**31 - 1
SHEET_HOLDS = 5  # announcements on a paper sheet
CROWD_STAYS = dt.timedelta(days=1)


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
    "held": "Attendent une semaine moins pleine, ou une place",
}

OVER = "over"  # ended between the sorting and the handing over: never drafted, so the door itself cannot tell it

# Why a pair that was chosen did not leave: each `delivery.rules.Stop`, and OVER.
AT_THE_DOOR = {
    "erased": "Ont demandé l’effacement",
    "no_consent": "Ont retiré leur accord",
    "unreachable": LABELS["unreachable"],
    "minor": LABELS["minor"],
    "not_asked": "N’ont pas demandé ce sujet",
    "refused_taste": LABELS["refused_taste"],
    "alcohol_children": "Alcool à côté d’une activité pour enfants",
    "calls": LABELS["calls"],
    "told": LABELS["told"],
    "rhythm": "Ont leur compte cette semaine",
    "failed": "L’envoi a échoué",
    "withdrawn": "Retirée par son commerce",
    "held": "Retenue par l’association",
    "suspended": "La page de son commerce est fermée",
    OVER: "Terminée avant l’envoi",
}


class Row(TypedDict):
    """One person of a frozen crowd: all that decides whether they hear what this sender says, and no name."""

    person: int
    channel: str
    active: bool  # the rhythm is not 0
    adult: bool
    profiling: bool
    consent: bool
    reachable: bool
    calls_exhausted: bool
    tastes: list[list[int]]  # node, liked (0 or 1), noted by the shop (0 or 1)


def changed(old: Sequence[Row], new: Sequence[Row]) -> int:
    """How many persons joined, left, or are not the same."""
    before, after = ({row["person"]: row for row in rows} for rows in (old, new))
    return sum(before.get(person) != after.get(person) for person in before.keys() | after.keys())


def replaces(old: Sequence[Row], new: Sequence[Row], *, age: dt.timedelta) -> bool:
    """Whether a shop's file may be counted anew (decision 0006): between two counts, ten persons at least are not the
    same, so that no difference tells of one. Nothing was counted of a crowd under ten, so nothing is to wait for."""
    return changed(old, new) >= FEW_UNDER and (age >= CROWD_STAYS or len(old) < FEW_UNDER)


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
        f"vous avez dit oui {typography.to(sender)}",
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
    day = typography.full_date(dt.date.fromisoformat(reason["given_on"]))
    if reason["basis"] == "sale":
        return f"{bought} le {day}"
    if reason["source"] == "file":
        return f"{filed} («\u00a0{reason['source_text']}\u00a0») depuis le {day}"
    where = {"counter": " au comptoir", "paper": " sur papier", "web": " sur le site"}.get(reason["source"], "")
    return f"{spoken}{where}, le {day}"
