"""When rounds are held, why a pair is withheld, the sentence behind each choice, and when a file is counted anew."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import TypedDict

from parvis.core import typography
from parvis.core.speech import mark, say
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
    "no_consent": mark("N’ont pas donné leur accord à ce commerce"),
    "pause": mark("Ont demandé une pause"),
    "unreachable": mark("Leur adresse ne répond plus, ou manque"),
    "minor": mark("Mineurs, ou âge inconnu"),
    "refused_taste": mark("Ne veulent rien sur ce sujet"),
    "not_interested": mark("N’ont pas ce sujet parmi leurs envies"),
    "calls": mark("Ont été appelés assez souvent"),
    "told": mark("L’ont déjà entendu"),
    "held": mark("Attendent une semaine moins pleine, ou une place"),
}

OVER = "over"  # ended between the sorting and the handing over: never drafted, so the door itself cannot tell it

# Why a pair that was chosen did not leave: each `delivery.rules.Stop`, and OVER.
AT_THE_DOOR = {
    "erased": mark("Ont demandé l’effacement"),
    "no_consent": mark("Ont retiré leur accord"),
    "unreachable": LABELS["unreachable"],
    "minor": LABELS["minor"],
    "not_asked": mark("N’ont pas demandé ce sujet"),
    "refused_taste": LABELS["refused_taste"],
    "alcohol_children": mark("Alcool à côté d’une activité pour enfants"),
    "calls": LABELS["calls"],
    "told": LABELS["told"],
    "rhythm": mark("Ont leur compte cette semaine"),
    "failed": mark("L’envoi a échoué"),
    "withdrawn": mark("Retirée par son commerce"),
    "held": mark("Retenue par l’association"),
    "suspended": mark("La page de son commerce est fermée"),
    OVER: mark("Terminée avant l’envoi"),
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


# Why one may write, or phone, as a part of a sentence: by where a yes was said, else by what stands for one.
TO_RESIDENTS = {
    "counter": mark("vous avez dit oui {to} au comptoir, le {day}"),
    "paper": mark("vous avez dit oui {to} sur papier, le {day}"),
    "web": mark("vous avez dit oui {to} sur le site, le {day}"),
    "elsewhere": mark("vous avez dit oui {to}, le {day}"),
    "sale": mark("vous avez acheté chez {sender} le {day}"),
    "file": mark("{sender} tient votre accord («\u00a0{words}\u00a0») depuis le {day}"),
}
TO_SHOPS = {
    "counter": mark("a dit oui à vos appels au comptoir, le {day}"),
    "paper": mark("a dit oui à vos appels sur papier, le {day}"),
    "web": mark("a dit oui à vos appels sur le site, le {day}"),
    "elsewhere": mark("a dit oui à vos appels, le {day}"),
    "sale": mark("a acheté chez vous le {day}"),
    "file": mark("a donné son accord («\u00a0{words}\u00a0») depuis le {day}"),
}


def for_resident(reason: dict[str, str]) -> str:
    """The sentence that a resident reads: everything that decided (decision 9)."""
    sender, liked = reason["sender"], say(reason["liked"])
    right = _right(reason, TO_RESIDENTS)
    if reason["why"] == "by_date":
        unsorted = say("Vous avez demandé à ne pas être trié\u00a0: les annonces viennent par date.")
        return f"{unsorted} {typography.capital(right)}."
    if reason["why"] == "unstated":
        said = say("{right}, sans dire vos envies\u00a0: vous entendez tout de ce commerce.", right=right)
        return typography.capital(said)
    if reason["why"] == "noted":
        return say("{sender} a noté que vous aimez {liked}, et {right}.", sender=sender, liked=liked, right=right)
    return say("Vous aimez {liked}, et {right}.", liked=liked, right=right)


def for_shop(reason: dict[str, str]) -> str:
    """The sentence on a shop's call list: only that shop's own facts (decision 9)."""
    right = f"{typography.capital(_right(reason, TO_SHOPS))}."
    if reason["why"] != "noted":
        return right
    noted = say("Vous avez noté\u00a0: aime {liked}.", liked=say(reason["liked"]))
    return f"{right} {noted}"


def _right(reason: dict[str, str], sentences: dict[str, str]) -> str:
    where = "sale" if reason["basis"] == "sale" else reason["source"]
    return say(
        sentences.get(where, sentences["elsewhere"]),
        to=typography.to(reason["sender"]),
        sender=reason["sender"],
        words=reason["source_text"],
        day=typography.full_date(dt.date.fromisoformat(reason["given_on"])),
    )
