"""Say something in the name of an organisation; take it back; what the association does of what others tell of it."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from parvis.accounts.actions import tell_those_of, write
from parvis.accounts.actions.notices import laid_out
from parvis.accounts.models import Mandate, Organisation, User
from parvis.accounts.queries import keepers, must_be_open
from parvis.contacts import points
from parvis.contacts.models import Interest
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import VISITOR, Actor
from parvis.core.errors import BadInput, NotAllowed, Refused
from parvis.core.speech import mark, say
from parvis.delivery.actions import free_subject, stop_subject
from parvis.delivery.rules import Stop
from parvis.law.rules import lowest_price_fr
from parvis.photos.actions import withdraw_photo
from parvis.photos.models import Photo

from .marks import Marks, marks
from .models import Announcement, Draft, Report
from .rules import CHILDRENS, CONTACT_KEPT, FARTHEST, MOST_WAITING, SHELF_LIFE, Kind


class AlcoholNearChildren(Refused):
    sentence = mark(
        "La loi ne permet pas d’annoncer de l’alcool à côté d’une activité pour enfants. "
        "Faites deux annonces, ou retirez l’un des deux."
    )

    def __init__(self, found: Marks) -> None:
        """Names the words that were read; what the author ticked, the author sees."""
        words = [f"« {one} »" for one in (found.alcohol, found.children) if one]
        read = say("{one} et {other}", one=words[0], other=words[1]) if len(words) > 1 else "".join(words)
        why = f"{say(self.sentence)} {say('Ce qui le dit : {words}.', words=read)}" if read else None
        super().__init__(why, field="children")


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
    """Say it once; not from behind a closed page, where it would be found said on the day it opens again."""
    must_be_open(organisation)
    _check(words, interests)
    alcohol, children = marked(words=words, interests=interests)
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


def marked(*, words: Words, interests: Collection[Interest]) -> tuple[bool, bool]:
    """Whether it is alcohol's, and whether it is children's; refuses both (rule 9). They follow from the interests and
    from the words: nobody can forget them."""
    found = marks(f"{words.title}\n{words.text}\n{words.price}")
    alcohol = words.alcohol or any(interest.alcohol for interest in interests) or bool(found.alcohol)
    children = words.children or any(i.slug in CHILDRENS for i in interests) or bool(found.children)
    if alcohol and children:
        raise AlcoholNearChildren(found)
    return alcohol, children


def _check(words: Words, interests: Collection[Interest]) -> None:
    """Each refusal names the field of Words that it is about."""
    if not words.title.strip():
        raise BadInput(mark("Il manque la phrase : dites ce qui se passe, comme au comptoir."), field="title")
    if not interests:
        raise BadInput(mark("Il manque un sujet : sans lui, on ne sait pas qui cela intéresse."), field="interests")
    check_when(words=words)


def check_when(*, words: Words) -> None:
    """Its dates and its prices alone, so that they are refused as soon as they are typed."""
    now = clock.now()
    if words.kind.dated and not words.starts_at:
        raise BadInput(mark("Il manque le jour et l’heure du rendez-vous."), field="starts_at")
    last = "starts_at" if words.starts_at or not words.useful_until else "useful_until"
    if (words.starts_at or words.useful_until or now) > now + FARTHEST:
        raise BadInput(mark("Cette date est dans plus d’un an : vérifiez l’année."), field=last)
    if _useful_until(words) <= now:
        raise BadInput(mark("Cette date est déjà passée. Choisissez un jour à venir."), field=last)
    if words.starts_at and words.ends_at and words.ends_at < words.starts_at:
        raise BadInput(mark("La fin vient avant le début : vérifiez les deux heures."), field="ends_at")
    if words.kind is Kind.OFFER and not words.lowest_price.strip():
        lowest = lowest_price_fr(clock.today())
        missing = say("Il manque le {lowest_price} : la loi le demande pour une offre.", lowest_price=lowest)
        raise BadInput(missing, field="lowest_price")


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
    stop_subject(subject=_subject(announcement), by=by)
    _settle(announcement, "withdrawn.txt", upheld=None)
    record(by=by, verb="withdraw", on=announcement, organisation=announcement.organisation)


# --- Before it is said, one question at a time --------------------------------------------------------------------


@transaction.atomic
def begin_draft(*, organisation: Organisation, author: User, by: Actor) -> Draft:
    """A second press finds the one that it began, as long as nothing is answered in it."""
    empty = Draft.objects.filter(organisation=organisation, author=author, said=None, words={}, photo=None).first()
    if empty:
        return empty
    now = clock.now()
    draft = Draft.objects.create(organisation=organisation, author=author, begun_at=now, touched_at=now)
    record(by=by, verb="begin_draft", on=draft, organisation=organisation)
    return draft


@transaction.atomic
def answer_draft(*, draft: Draft, answers: dict[str, Any]) -> None:
    """Keep what was typed, as typed. No line in the journal: nothing is said yet, and there is one at each end."""
    # Read again: two windows on one draft each keep what the other answered.
    # The second of two writes waits here for the first, on PostgreSQL and on SQLite alike.
    unsaid = Draft.objects.filter(pk=draft.pk, said=None).update(touched_at=clock.now())
    draft.refresh_from_db(fields=["words"])
    if unsaid:
        draft.words |= answers
        draft.save(update_fields=["words"])


@transaction.atomic
def illustrate_draft(*, draft: Draft, photo: Photo | None, by: Actor) -> None:
    """Its picture, in place of the one before, which nobody will have seen."""
    before = draft.photo
    if not Draft.objects.filter(pk=draft.pk, said=None).update(photo=photo, touched_at=clock.now()):
        before = photo
    else:
        draft.photo = photo
    if before:
        withdraw_photo(photo=before, by=by)


class _AlreadySaid(Exception):
    pass


def say_draft(
    *, draft: Draft, words: Words, interests: Collection[Interest], by: Actor, mandate: Mandate | None = None
) -> tuple[Announcement, bool]:
    """Say what was drafted, and whether this very press said it: pressed twice, it is said once."""
    try:
        with transaction.atomic():
            said = announce(
                organisation=draft.organisation,
                words=words,
                interests=interests,
                by=by,
                photo=draft.photo,
                mandate=mandate,
            )
            # The second of two presses waits here for the first, finds it said, and leaves nothing behind.
            if not Draft.objects.filter(pk=draft.pk, said=None).update(said=said, touched_at=clock.now()):
                raise _AlreadySaid
    except _AlreadySaid:
        return Announcement.objects.get(draft=draft.pk), False
    return said, True


@transaction.atomic
def drop_draft(*, draft: Draft, by: Actor) -> None:
    """What was said stays said: only its draft could be dropped, and it is not offered any more."""
    if Draft.objects.filter(pk=draft.pk, said=None).delete()[0]:
        if draft.photo:
            withdraw_photo(photo=draft.photo, by=by)
        record(by=by, verb="drop_draft", on=draft, organisation=draft.organisation)


# --- What others tell of it, and what the association decides (rule 13) -------------------------------------------


class AlreadyHeld(Refused):
    sentence = mark("Cette annonce est déjà retenue, pour une autre raison. Rendez-la d’abord si la raison a changé.")


class WellKnown(Refused):
    status = 429
    sentence = mark(
        "Cette annonce a déjà été signalée plusieurs fois. L’association la regarde\u00a0: il n’y a rien à ajouter."
    )


@transaction.atomic
def report(*, announcement: Announcement, reason: Report.Reason, text: str = "", contact: str = "") -> Report:
    """Anyone tells that it should not stand. Nothing is hidden by that. The same words again are the same report."""
    if reason is Report.Reason.OTHER and not text.strip():
        raise BadInput(mark("Il manque ce qui ne va pas\u00a0: dites-le en quelques mots."), field="text")
    now = clock.now()
    told = {"reason": reason, "text": text.strip(), "contact": contact.strip()}
    waiting = announcement.reports.filter(settled_at=None)
    if again := waiting.filter(**told).first():
        return again
    if waiting.count() >= MOST_WAITING:
        raise WellKnown
    made = Report.objects.create(announcement=announcement, made_at=now, **told)
    # In no journal of its author's: who reads there could guess who told.
    keeper = keepers(announcement.organisation.territory).first()
    record(by=VISITOR, verb="report", on=announcement, organisation=keeper, reason=reason)
    if keeper and waiting.count() == 1:  # what others tell of it since is on the same page
        tell_those_of(keeper, "announcements/reported.txt", announcement=announcement)
    return made


def forget_old_contacts() -> None:
    """Of what nobody settled in time."""
    Report.objects.filter(made_at__lte=clock.now() - CONTACT_KEPT).exclude(contact="").update(contact="")


@transaction.atomic
def hold(*, announcement: Announcement, why: str, keeper: Organisation, by: Actor) -> None:
    """Taken down until it is given back: off every page, out of every round, and of what waits to leave. Its author
    reads `why`. The same words again change nothing."""
    why = _said_by(keeper, announcement, why)
    standing = Announcement.objects.filter(pk=announcement.pk, held_at=None, withdrawn_at=None)
    if not standing.update(held_at=clock.now(), held_why=why):
        announcement.refresh_from_db()
        if announcement.held_why != why:
            raise AlreadyHeld
        return
    announcement.refresh_from_db()
    stop_subject(subject=_subject(announcement), by=by, why=Stop.HELD)
    _settle(announcement, "upheld.txt", upheld=True, answer=why)
    _journal("hold", announcement, keeper, by, why=why)
    _tell_author(announcement, "announcements/held.txt", why=why, keeper=keeper)


@transaction.atomic
def keep(*, announcement: Announcement, why: str, keeper: Organisation, by: Actor) -> None:
    """It stands: what was told of it is settled, and whoever asked for an answer gets `why`."""
    why = _said_by(keeper, announcement, why)
    if _settle(announcement, "kept.txt", upheld=False, answer=why):
        _journal("keep", announcement, keeper, by, why=why)


@transaction.atomic
def release(*, announcement: Announcement, keeper: Organisation, by: Actor) -> None:
    """Given back: on its pages at once, in the next round if it is still of use. Again changes nothing."""
    if announcement.organisation.territory_id != keeper.territory_id:
        raise NotAllowed
    taken = Announcement.objects.filter(pk=announcement.pk).exclude(held_at=None)
    if not taken.update(held_at=None, held_why=""):
        return
    announcement.refresh_from_db()
    if announcement.withdrawn_at is None:
        free_subject(_subject(announcement))
    _journal("release", announcement, keeper, by)
    _tell_author(announcement, "announcements/released.txt", keeper=keeper)


def _said_by(keeper: Organisation, announcement: Announcement, why: str) -> str:
    if announcement.organisation.territory_id != keeper.territory_id:
        raise NotAllowed
    if not why.strip():
        raise BadInput(mark("Il manque la raison\u00a0: c’est elle qui sera lue."), field="why")
    return why.strip()


def _subject(announcement: Announcement) -> str:
    return f"announcement:{announcement.pk}"


def _journal(verb: str, announcement: Announcement, keeper: Organisation, by: Actor, **detail: str) -> None:
    for organisation in dict.fromkeys((announcement.organisation, keeper)):
        record(by=by, verb=verb, on=announcement, organisation=organisation, **detail)


def _tell_author(announcement: Announcement, template: str, **told: object) -> None:
    """Those who answer for the organisation, and whoever said it for them under a mandate."""
    mandate = announcement.mandate
    spoke = [mandate.holder.email] if mandate and mandate.holder else []
    tell_those_of(announcement.organisation, template, *spoke, announcement=announcement, **told)


def _settle(announcement: Announcement, template: str, *, upheld: bool | None, answer: str = "") -> int:
    """Ends what was told of it: who left an address gets one answer, then it is forgotten. Returns how many."""
    waiting = list(announcement.reports.filter(settled_at=None))
    if not waiting:
        return 0
    context = {"announcement": announcement, "why": answer, "publisher": settings.PUBLISHER}
    subject, text = laid_out(f"announcements/{template}", context)
    for to in dict.fromkeys(_mailboxes(waiting)):
        write(to, subject, text)
    ended = {"settled_at": clock.now(), "upheld": upheld, "answer": answer, "contact": ""}
    return Report.objects.filter(pk__in=[one.pk for one in waiting], settled_at=None).update(**ended)


def _mailboxes(reports: Collection[Report]) -> Iterator[str]:
    """A telephone number is for the officer, who calls before settling."""
    for one in reports:
        try:
            yield points.email(one.contact)
        except BadInput:
            continue
