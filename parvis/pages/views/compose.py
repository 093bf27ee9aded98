"""Say it once, one question a screen; see who will hear it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.models import Organisation
from parvis.accounts.queries import actor_for, mandate_for
from parvis.accounts.rules import Permission
from parvis.announcements import actions as announcements
from parvis.announcements.models import Draft
from parvis.announcements.queries import visible_to
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.speech import FRENCH, mark, say
from parvis.law.rules import lowest_price_fr
from parvis.photos.actions import add_photo
from parvis.photos.forms import PhotoForm
from parvis.rounds.actions import take_crowd
from parvis.rounds.queries import audience, left, went_out
from parvis.rounds.rules import next_round
from parvis.rounds.small_numbers import roughly

from .. import drafting, uploads
from ..crowd import crowd_parts
from ..drafting import AGAIN, PHOTO, STEPS, WHOM
from ..forms import focus
from ..forms_compose import SubjectForm
from ..queries import desk_of, signed_in, whom_to_call

SCREENS = {
    PHOTO: "pages/compose_photo.html",
    drafting.PHRASE: "pages/compose_phrase.html",
    drafting.WHEN: "pages/compose_when.html",
    WHOM: "pages/compose_whom.html",
    AGAIN: "pages/compose_again.html",
}

MEND = (
    (PHOTO, mark("Changer la photo")),
    (drafting.PHRASE, mark("Changer la phrase")),
    (drafting.WHEN, mark("Changer le jour ou le prix")),
    (WHOM, mark("Changer pour qui")),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, slug: str) -> HttpResponse:
    """What was begun and not said, and the way to begin."""
    organisation = desk_of(request, slug, Permission.ANNOUNCE)
    if request.method == "POST":
        draft = announcements.begin_draft(
            organisation=organisation, author=signed_in(request), by=_actor(request, organisation)
        )
        return redirect("pages:compose-step", slug, draft.pk, PHOTO)
    begun = organisation.drafts.filter(said=None).exclude(words={}, photo=None)
    rows = [(one, drafting.begun(one)) for one in begun.select_related("author")[:20]]
    return render(request, "pages/compose.html", {"organisation": organisation, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str, pk: int, step: str) -> HttpResponse:
    organisation, draft = _draft(request, slug, pk)
    if step not in STEPS:
        raise Http404
    # The back button, after it was said: what was said is shown, and not said again.
    if draft.said_id:
        return redirect("pages:said", slug, draft.said_id)
    answer = {PHOTO: _photo, AGAIN: _again}.get(step, _question)
    return answer(request, organisation, draft, step)


@login_required
@require_POST
def drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation, draft = _draft(request, slug, pk)
    announcements.drop_draft(draft=draft, by=_actor(request, organisation))
    messages.success(request, say("C’est effacé : rien n’a été dit."))
    return redirect("pages:compose", slug)


@login_required
@require_safe
def crowd(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The crowd of the subjects that are ticked just now, asked by htmx."""
    organisation, _ = _draft(request, slug, pk)
    form = SubjectForm(request.GET)
    ticked = form.cleaned_data["interests"] if form.is_valid() else []
    return render(request, "pages/compose_crowd.html", drafting.crowd_of(organisation, list(ticked)))


def _draft(request: HttpRequest, slug: str, pk: int) -> tuple[Organisation, Draft]:
    organisation = desk_of(request, slug, Permission.ANNOUNCE)
    return organisation, get_object_or_404(organisation.drafts.select_related("photo", "organisation"), pk=pk)


def _actor(request: HttpRequest, organisation: Organisation) -> Actor:
    return actor_for(signed_in(request), organisation, Permission.ANNOUNCE)


def _question(request: HttpRequest, organisation: Organisation, draft: Draft, step: str) -> HttpResponse:
    if request.method != "POST":
        return _screen(request, organisation, draft, step, drafting.form_of(step, draft))
    form = drafting.form_of(step, draft, typed=request.POST)
    # Kept before it is judged: whoever leaves here finds it again.
    announcements.answer_draft(draft=draft, answers=drafting.answers(form))
    if form.is_valid():
        try:
            drafting.check(step, draft, form)
        except Refused as refusal:
            drafting.tell(form, drafting.question_of(refusal)[1], refusal)
    if form.errors:
        return _screen(request, organisation, draft, step, form)
    return redirect("pages:compose-step", organisation.slug, draft.pk, drafting.after(step))


def _photo(request: HttpRequest, organisation: Organisation, draft: Draft, step: str) -> HttpResponse:
    by, place = _actor(request, organisation), _held(draft)
    if request.method != "POST":
        form = PhotoForm(initial={"author": signed_in(request).name}, use_required_attribute=False)
        return _screen(request, organisation, draft, step, form)
    if "without" in request.POST:
        announcements.illustrate_draft(draft=draft, photo=None, by=by)
        return redirect("pages:compose-step", organisation.slug, draft.pk, PHOTO)
    files = uploads.sent(request, place)
    if uploads.began(request, files):
        form = PhotoForm(request.POST, files, use_required_attribute=False)
        if not form.is_valid():
            uploads.hold(request, place, form)
            return _screen(request, organisation, draft, step, form)
        photo = add_photo(organisation=organisation, by=by, **form.details())
        announcements.illustrate_draft(draft=draft, photo=photo, by=by)
    uploads.let_go(request, place)
    return redirect("pages:compose-step", organisation.slug, draft.pk, drafting.after(step))


def _held(draft: Draft) -> str:
    return f"photo:{draft.pk}"


def _again(request: HttpRequest, organisation: Organisation, draft: Draft, step: str) -> HttpResponse:
    answered = drafting.read(draft)
    if answered.words is None:
        return _wanting(request, organisation, draft, answered)
    if request.method != "POST":
        return _screen(request, organisation, draft, step, None, answered)
    by = _actor(request, organisation)
    take_crowd(organisation=organisation, by=by)
    said, now = announcements.say_draft(
        draft=draft,
        words=answered.words,
        interests=answered.interests,
        by=by,
        mandate=mandate_for(signed_in(request), organisation, Permission.ANNOUNCE),
    )
    if now:
        messages.success(request, say("C’est dit."))
    return redirect("pages:said", organisation.slug, said.pk)


def _wanting(
    request: HttpRequest, organisation: Organisation, draft: Draft, answered: drafting.Answered
) -> HttpResponse:
    """The question that is not answered yet, or whose answer no longer holds, and what is wrong with it."""
    if request.method == "POST" or any(name in draft.words for name in (answered.form.fields if answered.form else ())):
        return _screen(request, organisation, draft, answered.wanting, answered.form)
    return redirect("pages:compose-step", organisation.slug, draft.pk, answered.wanting)


def _screen(
    request: HttpRequest,
    organisation: Organisation,
    draft: Draft,
    step: str,
    form: forms.Form | None,
    answered: drafting.Answered | None = None,
) -> HttpResponse:
    back = drafting.before(step)
    context: dict[str, Any] = {
        "organisation": organisation,
        "draft": draft,
        "form": form,
        "form_enctype": "multipart/form-data" if step == PHOTO else "",
        "number": STEPS.index(step) + 1,
        "total": len(STEPS),
        "form_action": reverse("pages:compose-step", args=[organisation.slug, draft.pk, step]),
        "back_url": reverse("pages:compose-step", args=[organisation.slug, draft.pk, back])
        if back
        else reverse("pages:compose", args=[organisation.slug]),
        "held": step == PHOTO and uploads.waits(request, _held(draft)),
        "photo": draft.photo if draft.photo and not draft.photo.withdrawn_at else None,
    }
    if form is not None:
        focus(form)
    if step == WHOM and form is not None:
        typed = drafting.answers(form)["interests"] if form.is_bound else None
        context |= drafting.subjects(draft, organisation, typed)
    if answered and answered.words:
        context |= _preview(organisation, answered)
    return render(request, SCREENS[step], context)


def _preview(organisation: Organisation, answered: drafting.Answered) -> dict[str, Any]:
    # What residents receive is in French, whoever composes it.
    with translation.override(FRENCH):
        received = {
            "lowest_price_words": lowest_price_fr(clock.today()),
            **drafting.samples(organisation, answered.interests),
        }
    return {
        "words": answered.words,
        "mend": MEND,
        "interests": answered.interests,
        "alcohol": answered.alcohol,
        "next_round": next_round(clock.now()),
        **received,
        **drafting.crowd_of(organisation, answered.interests),
    }


@login_required
@require_safe
def said(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.ANNOUNCE)
    mine = visible_to(request.user).select_related("organisation__territory")
    announcement = get_object_or_404(mine, organisation=organisation, pk=pk)
    out = went_out(announcement)
    context = {
        "organisation": organisation,
        "announcement": announcement,
        "went_out": out,
        "left": roughly(left(announcement)) if out else "",
    }
    if announcement.held_at:
        context["keepers"] = whom_to_call(organisation)
    if announcement.withdrawn_at is None and (counted := audience(announcement)):
        context |= {"counted_on": counted.on} | crowd_parts(counted.counts)
    return render(request, "pages/said.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.ANNOUNCE)
    announcement = get_object_or_404(visible_to(request.user), organisation=organisation, pk=pk)
    announcements.withdraw(announcement=announcement, by=_actor(request, organisation))
    messages.success(request, say("L’annonce est retirée."))
    return redirect("pages:organisation", slug)
