"""An announcement between its first question and its last: which form asks what, and what is known so far."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format

from parvis.accounts.models import Organisation
from parvis.announcements.actions import Words, check_when, marked
from parvis.announcements.dates import read_day, read_hour
from parvis.announcements.models import Draft
from parvis.announcements.rules import Kind
from parvis.contacts.models import Interest
from parvis.contacts.tastes import Branch, outline
from parvis.contacts.words import recognise
from parvis.core import clock
from parvis.core.errors import Refused
from parvis.core.speech import say
from parvis.rounds.queries import rehearsal
from parvis.rounds.rules import for_resident, for_shop

from .counter import AT_THE_COUNTER, subjects_of
from .crowd import rough_parts
from .forms_compose import PhraseForm, SubjectForm, WhenForm

PHOTO, PHRASE, WHEN, WHOM, AGAIN = STEPS = ("photo", "phrase", "quand", "pour-qui", "relire")
QUESTIONS: dict[str, type[forms.Form]] = {PHRASE: PhraseForm, WHEN: WhenForm, WHOM: SubjectForm}

# Which question asks what an action refuses, and under what name.
_ASKS = {
    "title": (PHRASE, "title"),
    "starts_at": (WHEN, "day"),
    "ends_at": (WHEN, "ends"),
    "useful_until": (WHEN, "until"),
    "seats": (WHEN, "seats"),
    "lowest_price": (WHEN, "lowest_price"),
    "interests": (WHOM, "interests"),
    "children": (WHOM, "children"),
}


def question_of(refusal: Refused) -> tuple[str, str | None]:
    """The step and the field that a refusal is about; the last page for the whole."""
    return _ASKS.get(refusal.field, (AGAIN, None))


def before(step: str) -> str:
    """ "" for the first question."""
    return (("", *STEPS))[STEPS.index(step)]


def after(step: str) -> str:
    return STEPS[STEPS.index(step) + 1]


def kind_of(draft: Draft) -> Kind:
    """A news until it is said what it is."""
    said = draft.words.get("kind")
    return Kind(said) if said in set(Kind) else Kind.NEWS


def form_of(step: str, draft: Draft, *, typed: QueryDict | None = None, judge: bool = False) -> forms.Form:
    """The form of a question: with what was just `typed`, else with what was answered, which `judge` reads again."""
    more: dict[str, Any] = {"kind": kind_of(draft)} if step == WHEN else {}
    kept = draft.words
    if typed is not None or judge:
        return QUESTIONS[step](kept if typed is None else typed, **more)
    return QUESTIONS[step](initial={**_understood(draft), **kept}, **more)


def answers(form: forms.Form) -> dict[str, Any]:
    """What was typed, as it was: a whole list where several may be chosen."""
    data = form.data
    several = [name for name, one in form.fields.items() if isinstance(one, forms.ModelMultipleChoiceField)]
    return {
        name: data.getlist(name) if name in several and isinstance(data, QueryDict) else data.get(name, "")
        for name in form.fields
    }


def _understood(draft: Draft) -> dict[str, str]:
    """The day and the hour that the sentence itself names, for the person to confirm."""
    said = f"{draft.words.get('title', '')} {draft.words.get('text', '')}"
    day, hour = read_day(said, clock.today()), read_hour(said)
    return {"day": day.isoformat() if day else "", "hour": hour.strftime("%H:%M") if hour else ""}


@dataclass(slots=True)
class Answered:
    """All that was answered, read. `wanting`: the first question whose answer misses or no longer holds."""

    wanting: str = ""
    form: forms.Form | None = None  # of that question, with what is wrong
    words: Words | None = None
    interests: list[Interest] = field(default_factory=list)
    alcohol: bool = False


def read(draft: Draft) -> Answered:
    """Each answer again, as of now: a date may have passed while the draft waited."""
    bound = {}
    for step in (PHRASE, WHEN, WHOM):
        bound[step] = form_of(step, draft, judge=True)
        if not bound[step].is_valid():
            return Answered(step, bound[step])
    words, interests = words_of(draft, bound), list(bound[WHOM].cleaned_data["interests"])
    try:
        check_when(words=words)
        alcohol, _ = marked(words=words, interests=interests)
    except Refused as refusal:
        step, name = question_of(refusal)
        form = bound.get(step)
        if form is not None:
            tell(form, name, refusal)
        return Answered(step, form)
    return Answered(words=words, interests=interests, alcohol=alcohol)


def tell(form: forms.Form, name: str | None, refusal: Refused) -> None:
    """Beside the question, where the form asks it."""
    form.add_error(name if name in form.fields else None, refusal.sentence)


def words_of(draft: Draft, bound: dict[str, forms.Form]) -> Words:
    phrase, when, whom = (bound[step] for step in (PHRASE, WHEN, WHOM))
    said = when.said() if isinstance(when, WhenForm) else {}
    return Words(
        kind=kind_of(draft),
        title=phrase.cleaned_data["title"],
        text=phrase.cleaned_data["text"],
        alcohol=whom.cleaned_data["alcohol"],
        children=whom.cleaned_data["children"],
        **said,
    )


def check(step: str, draft: Draft, form: forms.Form) -> None:
    """What an answer alone can be refused for, so that it is told at its own question."""
    if isinstance(form, WhenForm):
        check_when(words=Words(kind=form.kind, title="", **form.said()))
    if step == WHOM:
        said = Words(
            kind=kind_of(draft),
            title=str(draft.words.get("title", "")),
            text=str(draft.words.get("text", "")),
            price=str(draft.words.get("price", "")),
            alcohol=form.cleaned_data["alcohol"],
            children=form.cleaned_data["children"],
        )
        marked(words=said, interests=form.cleaned_data["interests"])


def subjects(draft: Draft, organisation: Organisation, typed: Sequence[str] | None) -> dict[str, Any]:
    """For the question « for whom »: what the words name, ticked until someone chose; the shop's own; the tree. Each
    subject once, or the one that is ticked off would stay ticked elsewhere."""
    by_slug = {one.slug: one for one in Interest.objects.filter(retired=False)}
    words = f"{draft.words.get('title', '')} {draft.words.get('text', '')}"
    named = [by_slug[slug] for slug in recognise(words).slugs if slug in by_slug]
    chosen = set(typed if typed is not None else draft.words.get("interests") or [str(one.pk) for one in named])
    first = list(dict.fromkeys([*named, *(one for one in by_slug.values() if str(one.pk) in chosen)]))
    near = [one for one in subjects_of(organisation, AT_THE_COUNTER).shown if one not in first]
    apart = {one.slug for one in (*first, *near)}

    def ticks(some: Iterable[Interest]) -> list[tuple[Interest, bool]]:
        return [(one, str(one.pk) in chosen) for one in some]

    tree = [
        (branch.node.name, ticks(by_slug[slug] for slug in _slugs(branch) if slug in by_slug and slug not in apart))
        for branch in outline()
    ]
    return {"recognised": ticks(first), "own": ticks(near), "tree": [(name, some) for name, some in tree if some]}


def _slugs(branch: Branch) -> list[str]:
    return [branch.node.slug, *(slug for one in branch.under for slug in _slugs(one))]


def crowd_of(organisation: Organisation, interests: Collection[Interest]) -> dict[str, Any]:
    """Who would hear, by tens: before anything is said one may ask as often as one likes (decision 0006)."""
    alcohol = any(one.alcohol for one in interests)
    counted = rehearsal(organisation, [one.pk for one in interests], alcohol=alcohol)
    return {"counted_on": counted.on, **rough_parts(counted.counts)} if counted else {"counted_on": None}


def samples(organisation: Organisation, interests: Sequence[Interest]) -> dict[str, str]:
    """A reason as a reader of the e-mail sees it, and as the call list tells it, of nobody in particular."""
    reason = {
        "why": "liked",
        "liked": interests[0].liked if interests else "",
        "sender": organisation.name,
        "basis": "consent",
        "source": "counter",
        "source_text": "",
        "given_on": (clock.today() - dt.timedelta(days=30)).isoformat(),
    }
    return {"reason": for_resident(reason), "call_reason": for_shop(reason | {"why": "noted"})}


def begun(draft: Draft) -> str:
    """« Couronnes de l’avent », or the day that it was begun."""
    day = date_format(draft.begun_at.astimezone(clock.PARIS), "j F")
    return str(draft) or say("Sans phrase encore, le {day}", day=day)
