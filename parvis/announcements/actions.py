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
from parvis.law.rules import lowest_price_fr
from parvis.photos.models import Photo

from .marks import Marks, marks
from .models import Announcement
from .rules import CHILDRENS, FARTHEST, SHELF_LIFE, Kind


class AlcoholNearChildren(Refused):
    sentence = (
        "La loi ne permet pas d’annoncer de l’alcool à côté d’une activité pour enfants. "
        "Faites deux annonces, ou retirez l’un des deux."
    )

    def __init__(self, found: Marks) -> None:
        """Names the words that were read; what the author ticked, the author sees."""
        read = " et ".join(f"« {words} »" for words in (found.alcohol, found.children) if words)
        super().__init__(f"{self.sentence} Ce qui le dit : {read}." if read else None, field="children")


@dataclass(frozen=True, slots=True)
class Words:
    """What is said. Dates are aware instants. `alcohol` and `children` may add a mark, never take one away."""

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
    """Say it once. Both marks of rule 9 follow from the interests and from the words: nobody can forget them."""
    found = marks(f"{words.title}\n{words.text}\n{words.price}")
    alcohol = words.alcohol or any(interest.alcohol for interest in interests) or bool(found.alcohol)
    children = words.children or any(i.slug in CHILDRENS for i in interests) or bool(found.children)
    _check(words, interests)
    if alcohol and children:
        raise AlcoholNearChildren(found)
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
        children=children,
        said_at=clock.now(),
        said_by=by.name,
        mandate=mandate,
    )
    announcement.interests.set(interests)
    record(by=by, verb="announce", on=announcement, organisation=organisation)
    return announcement


def _check(words: Words, interests: Collection[Interest]) -> None:
    """Each refusal names the field of Words that it is about."""
    now = clock.now()
    if not words.title.strip():
        raise BadInput("Il manque la phrase : dites ce qui se passe, comme au comptoir.", field="title")
    if not interests:
        raise BadInput("Il manque un sujet : sans lui, on ne sait pas qui cela intéresse.", field="interests")
    if words.kind.dated and not words.starts_at:
        raise BadInput("Il manque le jour et l’heure du rendez-vous.", field="starts_at")
    if (words.starts_at or words.useful_until or now) > now + FARTHEST:
        raise BadInput("Cette date est dans plus d’un an : vérifiez l’année.", field="starts_at")
    if _useful_until(words) <= now:
        raise BadInput("Cette date est déjà passée. Choisissez un jour à venir.", field="starts_at")
    if words.starts_at and words.ends_at and words.ends_at < words.starts_at:
        raise BadInput("La fin vient avant le début : vérifiez les deux heures.", field="ends_at")
    if words.kind is Kind.OFFER and not words.lowest_price.strip():
        lowest = f"Il manque le {lowest_price_fr(clock.today())} : la loi le demande pour une offre."
        raise BadInput(lowest, field="lowest_price")


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
    stop_subject(subject=f"announcement:{announcement.pk}", by=by)
    record(by=by, verb="withdraw", on=announcement, organisation=announcement.organisation)
