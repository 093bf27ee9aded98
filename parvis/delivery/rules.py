"""The door's verdict on one part of one message: consent, law, budget. Pure; the only place that says no."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from parvis.law.rules import calls_limit_fr


class Stop(StrEnum):
    ERASED = "erased"
    NO_CONSENT = "no_consent"
    UNREACHABLE = "unreachable"
    MINOR = "minor"
    NOT_ASKED = "not_asked"
    REFUSED_TASTE = "refused_taste"
    ALCOHOL_CHILDREN = "alcohol_children"
    CALLS = "calls"
    TOLD = "told"
    RHYTHM = "rhythm"
    FAILED = "failed"  # passed the door, and never arrived
    OVER = "over"
    WITHDRAWN = "withdrawn"  # its sender took it back before it left
    HELD = "held"  # the association took it down before it left, with a reason
    SUSPENDED = "suspended"  # the association closed its sender's pages

    def sentence(self, day: dt.date) -> str:
        """Why, for people; the law's own numbers are those of that day."""
        return f"La personne {calls_limit_fr(day)}." if self is Stop.CALLS else _SENTENCES[self]


_SENTENCES = {
    Stop.ERASED: "La personne a demandé l’effacement.",
    Stop.NO_CONSENT: "La personne n’a pas donné son accord, ou l’a retiré.",
    Stop.UNREACHABLE: "L’adresse ne répond plus, ou manque.",
    Stop.MINOR: "La personne n’a pas dit qu’elle est adulte.",
    Stop.NOT_ASKED: "La personne n’a pas demandé à entendre parler de ce sujet.",
    Stop.REFUSED_TASTE: "La personne ne veut rien sur ce sujet.",
    Stop.ALCOHOL_CHILDREN: "De l’alcool ne s’annonce pas à côté d’une activité pour enfants.",
    Stop.TOLD: "La personne l’a déjà entendu.",
    Stop.RHYTHM: "La personne a déjà son compte cette semaine.",
    Stop.FAILED: "L’envoi a échoué.",
    Stop.OVER: "C’était déjà passé au moment de partir.",
    Stop.WITHDRAWN: "Le commerce a retiré son annonce.",
    Stop.HELD: "L’association a retenu l’annonce.",
    Stop.SUSPENDED: "L’association a fermé la page de ce commerce.",
}


def masked(address: str) -> str:
    """`o***@exemple.example`, `***42`: enough to recognise it, not to write to it."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}" if at else f"***{address[-2:]}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the door knows of one part and its reader at this instant. `left` counts the announcements that the
    reader's week still takes, over all senders."""

    erased: bool
    over: bool
    suspended: bool
    consented: bool
    reachable: bool
    told: bool
    left: int
    alcohol: bool
    alcohol_beside_children: bool
    adult: bool
    asked: bool
    refused: bool
    calls_exhausted: bool


def check(facts: Facts) -> Stop | None:
    """The first reason to keep the part, in the order in which a person would want to hear it; None lets it through."""
    verdicts = (
        (facts.erased, Stop.ERASED),
        (facts.over, Stop.OVER),
        (facts.suspended, Stop.SUSPENDED),
        (not facts.consented, Stop.NO_CONSENT),
        (not facts.reachable, Stop.UNREACHABLE),
        (facts.alcohol_beside_children, Stop.ALCOHOL_CHILDREN),  # CSP L3323-2
        (facts.alcohol and not facts.adult, Stop.MINOR),  # CSP L3342-1
        (facts.refused, Stop.REFUSED_TASTE),
        (facts.alcohol and not facts.asked, Stop.NOT_ASKED),
        (facts.calls_exhausted, Stop.CALLS),
        (facts.told, Stop.TOLD),
        (facts.left <= 0, Stop.RHYTHM),
    )
    return next((stop for failed, stop in verdicts if failed), None)
