"""What the resident changes: rhythm, tastes, sorting, age."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from parvis.core import clock
from parvis.core.actions import Line, record, record_all
from parvis.core.actors import Actor
from parvis.core.errors import BadInput
from parvis.core.speech import mark

from ..models import ContactPoint, Interest, Person, Resident, Taste
from ..rules import RHYTHMS, step_down
from .consent import NotYet


@transaction.atomic
def set_rhythm(*, resident: Resident, rhythm: int, by: Actor) -> None:
    if rhythm not in RHYTHMS:
        raise BadInput(mark("Choisissez 0, 1, 2, 4 ou 7 annonces par semaine."))
    resident.rhythm = rhythm
    resident.save(update_fields=["rhythm"])
    record(by=by, verb="set_rhythm", on=resident.person, rhythm=rhythm)


@transaction.atomic
def fewer(*, resident: Resident, by: Actor) -> int:
    """One step down from the rhythm that was shown; 0 stays 0. Returns the rhythm that stands: from a link one can only
    reduce (decision 4), so a tap that arrives late changes nothing."""
    lower = step_down(resident.rhythm)
    if Resident.objects.filter(pk=resident.pk, rhythm=resident.rhythm).update(rhythm=lower):
        record(by=by, verb="set_rhythm", on=resident.person, rhythm=lower)
    resident.refresh_from_db(fields=["rhythm"])
    return resident.rhythm


@transaction.atomic
def set_taste(*, person: Person, interest: Interest, liked: bool | None, by: Actor) -> None:
    """A like, a refusal, or None for neutral again."""
    if liked is None:
        Taste.objects.filter(person=person, interest=interest).delete()
    else:
        values = {"liked": liked, "said_at": clock.now()}
        Taste.objects.update_or_create(person=person, interest=interest, defaults=values)
    record(by=by, verb="set_taste", on=person, interest=interest.slug, liked=liked)


@transaction.atomic
def set_tastes(*, tastes: Iterable[tuple[Person, Interest, bool]], by: Actor) -> None:
    """As `set_taste` for each like or refusal, in two writes. The last one of a person about a subject stands."""
    said = {(person.pk, interest.pk): (person, interest, liked) for person, interest, liked in tastes}
    Taste.objects.bulk_create(
        [Taste(person=p, interest=i, liked=liked, said_at=clock.now()) for p, i, liked in said.values()],
        update_conflicts=True,
        unique_fields=["person", "interest"],
        update_fields=["liked", "said_at"],
    )
    told = [Line("set_taste", p, {"interest": i.slug, "liked": liked}) for p, i, liked in said.values()]
    record_all(told, by=by)


@transaction.atomic
def note_failing(*, person: Person, kind: str, by: Actor) -> None:
    """An address of this kind answers for good that it takes nothing: it is not written to until it is corrected."""
    if person.contact_points.filter(kind=kind, failing_since=None).update(failing_since=clock.now()):
        record(by=by, verb="note_failing", on=person, kind=kind)


@transaction.atomic
def note_working(*, point: ContactPoint, by: Actor) -> bool:
    """The reverse, when somebody knows that it works again. False where nothing was wrong with it."""
    failing = ContactPoint.objects.filter(pk=point.pk, failing_since__isnull=False)
    if not failing.update(failing_since=None):
        return False
    point.failing_since = None
    record(by=by, verb="note_working", on=point.person, kind=point.kind)
    return True


@transaction.atomic
def set_profiling(*, person: Person, profiling: bool, by: Actor) -> None:
    person.profiling = profiling
    person.save(update_fields=["profiling"])
    record(by=by, verb="set_profiling", on=person, profiling=profiling)


@transaction.atomic
def declare_adult(*, person: Person, said_on: dt.date, by: Actor) -> None:
    """The person's own word, which serves every sender (decision 0015). The first day stands."""
    if said_on > clock.today():
        raise NotYet
    if person.adult_declared_on is None:
        person.adult_declared_on = said_on
        person.save(update_fields=["adult_declared_on"])
        record(by=by, verb="declare_adult", on=person)
