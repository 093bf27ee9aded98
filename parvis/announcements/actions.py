"""Say something in the name of an organisation; take it back."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from parvis.accounts.models import Mandate, Organisation
from parvis.contacts.models import Interest
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, Refused
from parvis.delivery.actions import stop_subject
from parvis.photos.models import Photo

from .models import Announcement
from .rules import FARTHEST, SHELF_LIFE, Kind


class AlcoholNearChildren(Refused):
    sentence = (
        "La loi ne permet pas d’annoncer de l’alcool à côté d’une activité pour enfants. "
        "Faites deux annonces, ou retirez l’un des deux."
    )


@dataclass(frozen=True, slots=True)
class Words:
    """What is said. Dates are aware instants."""

    kind: Kind
    title: str
    text: str = ""
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    useful_until: dt.datetime | None = None
    seats: int | None = None
    price: str = ""
    lowest_price: str = ""
    alcohol: bool = False
    children: bool = False


@transaction.atomic
def announce(
    *,
    organisation: Organisation,
    words: Words,
    interests: Collection[Interest],
    by: Actor,
    photo: Photo | None = None,
    mandate: Mandate | None = None,
) -> Announcement:
    """Say it once. The alcohol mark follows from the interests: nobody can forget it."""
    alcohol = words.alcohol or any(interest.alcohol for interest in interests)
    _check(words, alcohol, interests)
    announcement = Announcement.objects.create(
        organisation=organisation,
        kind=words.kind,
        title=words.title.strip(),
        text=words.text.strip(),
        photo=photo,
        starts_at=words.starts_at,
        ends_at=words.ends_at,
        useful_until=_useful_until(words),
        seats=words.seats,
        price=words.price.strip(),
        lowest_price=words.lowest_price.strip(),
        alcohol=alcohol,
        children=words.children,
        said_at=clock.now(),
        said_by=by.name,
        mandate=mandate,
    )
    announcement.interests.set(interests)
    record(by=by, verb="announce", on=announcement, organisation=organisation)
    return announcement


def _check(words: Words, alcohol: bool, interests: Collection[Interest]) -> None:
    now = clock.now()
    if not words.title.strip():
        raise BadInput("Il manque la phrase : dites ce qui se passe, comme au comptoir.")
    if not interests:
        raise BadInput("Il manque un sujet : sans lui, on ne sait pas qui cela intéresse.")
    if alcohol and words.children:
        raise AlcoholNearChildren
    if words.kind.dated and not words.starts_at:
        raise BadInput("Il manque le jour et l’heure du rendez-vous.")
    if (words.starts_at or words.useful_until or now) > now + FARTHEST:
        raise BadInput("Cette date est dans plus d’un an : vérifiez l’année.")
    if _useful_until(words) <= now:
        raise BadInput("Cette date est déjà passée. Choisissez un jour à venir.")
    if words.starts_at and words.ends_at and words.ends_at < words.starts_at:
        raise BadInput("La fin vient avant le début : vérifiez les deux heures.")
    if words.kind is Kind.OFFER and not words.lowest_price.strip():
        raise BadInput("Il manque le prix le plus bas des 30 derniers jours : la loi le demande pour une offre.")


def _useful_until(words: Words) -> dt.datetime:
    """An appointment is of use until it starts, and to its end if it has begun; something undated, until its end, else
    for two weeks, unless said otherwise."""
    now = clock.now()
    begun = words.starts_at is not None and words.starts_at <= now
    start, end = words.starts_at, words.ends_at
    dated = (end or start) if begun or not words.kind.dated else start
    return words.useful_until or dated or now + SHELF_LIFE


@transaction.atomic
def withdraw(*, announcement: Announcement, by: Actor) -> None:
    """Once and for all; the second time changes nothing."""
    if announcement.withdrawn_at is not None:
        return
    announcement.withdrawn_at = clock.now()
    announcement.save(update_fields=["withdrawn_at"])
    stop_subject(f"announcement:{announcement.pk}")
    record(by=by, verb="withdraw", on=announcement, organisation=announcement.organisation)
