"""The counter: one screen for someone with wet hands, which also works without network."""

import json
import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from parvis.accounts.models import Organisation
from parvis.accounts.queries import actor_for
from parvis.accounts.rules import Permission
from parvis.contacts import actions as contacts
from parvis.contacts.forms_counter import CounterForm
from parvis.contacts.models import CounterEntry, Wording
from parvis.contacts.rules import Channel, Source
from parvis.contacts.tasks import sweep
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.speech import mark, say
from parvis.core.typography import no_break

from .. import counter as reads
from ..joining import web_wording
from ..queries import desk_of, signed_in

YES, NO, KEEP, STOP = "oui", "non", "fiche", "arret"
TURNED, WAITS = "trompe", "attend"  # shown by the script alone


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.ENROL)
    if request.method == "POST":
        return _heard(request, organisation)
    return _screen(
        request, organisation, CounterForm(initial={"key": uuid.uuid4(), "town": reads.place(organisation.commune)})
    )


def _heard(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    answer = request.POST.get("answer", YES)
    form = CounterForm(request.POST, refusing=answer == NO)
    reads.check_maker(request.POST.get("maker", ""), signed_in(request), organisation)
    by = actor_for(signed_in(request), organisation, Permission.ENROL)
    read = form.is_valid()
    if answer == NO:
        if read:
            _refused(request, form, organisation, by)
        return _answer(request, organisation, NO, form)
    if not read:
        return _not_read(request, organisation, form)
    wording = _wording(request, form) if answer == YES else None
    contacts.note_said(
        organisation=organisation, key=_once(request, form), said=form.said(wording), source=Source.COUNTER, by=by
    )
    sweep.enqueue()
    return _answer(request, organisation, YES if answer == YES else KEEP, form)


def _refused(request: HttpRequest, form: CounterForm, organisation: Organisation, by: Actor) -> None:
    """In place of the yes that was sent with the same words, where there was one: a slip of the finger."""
    said, yes = form.said(None), _once(request, form, answer=YES)
    contacts.note_refusal(organisation=organisation, details=said.details, on=said.on, by=by, instead_of=yes)


def _wording(request: HttpRequest, form: CounterForm) -> Wording:
    channel: Channel = form.cleaned_data["channel"]
    return reads.heard_wording(channel, request.POST.get(f"heard_{channel}", ""))


def _once(request: HttpRequest, form: CounterForm, answer: str = "") -> uuid.UUID:
    """The same answers under the same key are one entry, however often they come. Someone who steps back to correct
    a name, or types the next customer over the last, says something else. `answer`: had that button been pressed."""
    typed = dict(request.POST.lists()) | ({"answer": [answer]} if answer else {})
    said = sorted((name, values) for name, values in typed.items() if name != "csrfmiddlewaretoken")
    return uuid.uuid5(form.cleaned_data["key"], json.dumps(said))


def _by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _not_read(request: HttpRequest, organisation: Organisation, form: CounterForm) -> HttpResponse:
    if _by_script(request):
        errors = {name: [no_break(say(str(one))) for one in told] for name, told in form.errors.items()}
        return JsonResponse({"errors": errors})
    return _screen(request, organisation, form)


def _answer(request: HttpRequest, organisation: Organisation, said: str, form: CounterForm) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"said": said, "keepable": said == NO and form.is_valid()})
    if said == NO:
        # What was typed goes with the page and nowhere else, should the shopkeeper keep the fiche after all.
        typed = [(name, one) for name, values in request.POST.lists() for one in values if name not in _OWN]
        context = {"organisation": organisation, "said": said, "typed": typed if form.is_valid() else []}
        return render(request, "pages/counter_done.html", context)
    return redirect(f"{reverse('pages:counter-done', args=[organisation.slug])}?dit={said}")


_OWN = {"csrfmiddlewaretoken", "answer"}


def _screen(request: HttpRequest, organisation: Organisation, form: CounterForm) -> HttpResponse:
    url = reads.join_url(organisation)
    subjects = reads.subjects_of(organisation, reads.AT_THE_COUNTER)
    context = {
        "organisation": organisation,
        "form": form,
        "name": [form[name] for name in ("title", "given_name", "family_name")],
        "paper": [form[name] for name in ("street", "town")],
        "kinds": [YES, NO, KEEP, TURNED, WAITS],
        "subjects": subjects,
        "chosen": request.POST.getlist("likes"),
        "sentences": reads.sentences(list(reads.current_wordings("counter").values()), organisation),
        "places": reads.places(organisation),
        "join_url": url,
        "code": reads.code_to_photograph(url),
        "words": reads.words(),
        "maker": reads.maker(signed_in(request), organisation),
    }
    return render(request, "pages/counter.html", context)


@login_required
@require_safe
def done(request: HttpRequest, slug: str) -> HttpResponse:
    """Its address says neither who, nor whether it was new."""
    organisation = desk_of(request, slug, Permission.ENROL)
    said = KEEP if request.GET.get("dit") == KEEP else YES
    return render(request, "pages/counter_done.html", {"organisation": organisation, "said": said, "typed": []})


@login_required
@require_safe
def token(request: HttpRequest, slug: str) -> JsonResponse:
    """What an entry that waited on a telephone needs, and whose entries leave by it: the page that it was typed on may
    be days old, and someone else's."""
    organisation = desk_of(request, slug, Permission.ENROL)
    maker = reads.maker(signed_in(request), organisation)
    return JsonResponse({"token": get_token(request), "maker": maker})


@login_required
@require_safe
def worker(request: HttpRequest, slug: str) -> HttpResponse:
    """Served from under the counter's own address: its scope is that page alone."""
    desk_of(request, slug, Permission.ENROL)
    context = {"page": reverse("pages:counter", args=[slug]), "slug": slug}
    return render(request, "pages/counter_worker.js", context, content_type="text/javascript; charset=utf-8")


class NothingLeft(Refused):
    status = 410
    sentence = mark(
        "Ce lien n’est pas entier, ou il ne reste rien de ce qu’il annonçait. "
        "Reprenez-le dans le courriel, ou téléphonez au commerce."
    )


@csrf_exempt  # the signed link is the authority, not a cookie: see delivery/views.py
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first message. Opening it changes nothing: mail scanners open links too."""
    entry = contacts.entry_by(token)
    if entry is None:
        raise NothingLeft
    wording = web_wording(Channel.EMAIL)
    if request.method == "POST":
        _answered(entry, wording, request.POST.get("answer", NO))
    own = contacts.own_word(entry)
    context = {
        "organisation": entry.organisation,
        "day": entry.at,
        "denied": own is False,
        "agreed": own is True,
        "sentence": wording.text.replace("{sender}", entry.organisation.name) if contacts.may_say_yes(entry) else "",
    }
    return render(request, "pages/counter_not_me.html", context)


def _answered(entry: CounterEntry, wording: Wording, answer: str) -> None:
    if answer == YES:
        contacts.say_it_is_me(entry=entry, wording=wording)
    elif answer == STOP:
        contacts.take_back_own_yes(entry=entry)
    else:
        contacts.deny(entry=entry)
