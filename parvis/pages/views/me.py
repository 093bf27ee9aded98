"""A resident's own page: a code opens it, each answer changes one thing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.models import Organisation
from parvis.contacts import actions as contacts
from parvis.contacts.forms import CodeForm, EnterForm
from parvis.contacts.models import Interest
from parvis.contacts.queries import standing
from parvis.contacts.rules import RHYTHMS, Channel, Source
from parvis.contacts.tasks import sweep
from parvis.contacts.tastes import Answer, answer
from parvis.core.errors import BadInput
from parvis.core.speech import mark, say

from .. import my_page
from ..asking import Asked, ask, asked, asker
from ..joining import web_wording
from ..residents import ResidentRequest, enter, leave, myself, resident_here, resident_required, visitor


@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest) -> HttpResponse:
    """The same answer whether the address is known or not."""
    if request.method != "POST" and visitor(request):
        return redirect("pages:me")
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contacts.ask_to_enter(email=form.cleaned_data["email"], asker=asker(request))
        sweep.enqueue()
        ask(request, contacts.ENTER, form.cleaned_data["email"])
        return redirect("pages:me-code")
    return render(request, "pages/me_enter.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    waiting = asked(request, contacts.ENTER)
    if waiting is None:
        return redirect("pages:me-enter")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _enter(request, waiting, form.cleaned_data["code"])
        except contacts.WrongAccessCode as refusal:
            form.add_error("code", refusal.sentence)
        else:
            return redirect("pages:me")
    return render(request, "pages/me_code.html", {"form": form, "email": waiting.to})


def _enter(request: HttpRequest, waiting: Asked, typed: str) -> None:
    waiting.take_a_try(request)
    person = contacts.enter(email=waiting.to, code=typed, asker=asker(request))
    waiting.forget(request)
    enter(request, person)


@require_POST
@resident_required
def go_out(request: ResidentRequest) -> HttpResponse:
    leave(request)
    messages.success(request, say("Vous êtes sorti. Personne ne peut lire votre page sans un nouveau code."))
    return redirect("pages:me-enter")


@require_safe
@resident_required
def page(request: ResidentRequest) -> HttpResponse:
    person, resident = request.person, resident_here(request)
    territory = resident.territory if resident else None
    tastes = my_page.tastes_of(person)
    words = request.GET.get("q", "").strip()[:60]
    senders = my_page.senders_of(person, resident)
    tree = my_page.rows(tastes, my_page.month_counts(territory, tastes.tree))
    points = list(person.contact_points.order_by("kind", "pk"))
    context = _heard(request, tastes, resident) | {
        "rows": my_page.found_rows(tree, words, tastes) if words else tree,
        "words": words,
        "week": my_page.week_of(person, territory),
        "channels": my_page.channel_rows(points),
        "points": points,
        "senders": senders,
        "silent": my_page.silent_senders(senders, resident),
    }
    return render(request, "pages/me.html", context)


def _heard(request: ResidentRequest, tastes: my_page.Tastes, resident: Any) -> dict[str, Any]:
    """What the sentence at the top needs, and what the form compares with."""
    said = {slug: answer(tastes.said[pk]) for slug, pk in tastes.ids.items() if pk in tastes.said}
    return {
        "person": request.person,
        "resident": resident,
        "understood": my_page.understood(tastes, resident),
        "before": " ".join(f"{slug}={one.value}" for slug, one in said.items()),
    }


@require_POST
@resident_required
def tastes(request: ResidentRequest) -> HttpResponse:
    """Only what this page showed otherwise: a page left open elsewhere undoes nothing."""
    before = my_page.tastes_of(request.person)
    changed = _changed(request.POST, before)
    interests = Interest.objects.in_bulk([before.ids[slug] for slug in changed])
    said = {interests[before.ids[slug]]: one.liked for slug, one in changed.items()}
    contacts.say_tastes(person=request.person, said=said, by=myself(request))
    if not getattr(request, "htmx", False):
        messages.success(request, say("C’est noté."))
        return _back(request)
    after = my_page.tastes_of(request.person)
    resident = resident_here(request)
    counts = my_page.month_counts(resident.territory if resident else None, after.tree)
    shown = {
        "rows": my_page.differing(before, after, changed, counts),
        "touched": changed,
        "noted": [(say(after.tree.names[after.ids[slug]]), say(one.value)) for slug, one in changed.items()],
    }
    return render(request, "pages/me_saved.html", _heard(request, after, resident) | shown)


def _changed(posted: QueryDict, before: my_page.Tastes) -> dict[str, Answer]:
    shown = dict(pair.split("=", 1) for pair in posted.get("avant", "").split() if "=" in pair)
    answers = {slug: posted.get(f"envie-{slug}", "") for slug in before.ids}
    return {
        slug: Answer(one)
        for slug, one in answers.items()
        if one in {*Answer} and one != shown.get(slug, Answer.NEUTRAL.value)
    }


def _back(request: ResidentRequest, part: str = "envies") -> HttpResponse:
    query = QueryDict(mutable=True)
    if words := request.POST.get("q", "")[:60]:
        query["q"] = words
    return redirect(f"{reverse('pages:me')}{'?' + query.urlencode() if query else ''}#{part}")


@require_POST
@resident_required
def rhythm(request: ResidentRequest) -> HttpResponse:
    resident = resident_here(request)
    if resident:
        typed = request.POST.get("rythme", "")
        chosen = next((one for one in RHYTHMS if str(one) == typed), -1)
        contacts.set_rhythm(resident=resident, rhythm=chosen, by=myself(request))
    return _back(request, "rythme")


@require_POST
@resident_required
def channel(request: ResidentRequest) -> HttpResponse:
    resident = resident_here(request)
    if resident:
        contacts.set_channel(resident=resident, channel=_channel(request), by=myself(request))
    return _back(request, "canal")


def _channel(request: ResidentRequest) -> Channel:
    try:
        return Channel(request.POST.get("canal", ""))
    except ValueError as error:
        raise BadInput(mark("Choisissez le courriel, le papier ou le téléphone.")) from error


@require_POST
@resident_required
def withdraw(request: ResidentRequest, pk: int) -> HttpResponse:
    """One line of « Qui peut m’écrire »: this sender, on this channel."""
    one = get_object_or_404(standing(persons=[request.person.pk]).select_related("sender"), pk=pk)
    contacts.withdraw(
        person=request.person, sender=one.sender, channel=Channel(one.channel), source=Source.WEB, by=myself(request)
    )
    how = say(Channel(one.channel).label)
    said = say("C’est noté : plus rien de {sender} {channel}.", sender=one.sender.name, channel=how)
    messages.success(request, said)
    return _back(request, "expediteurs")


@require_http_methods(["GET", "HEAD", "POST"])
@resident_required
def say_yes(request: ResidentRequest, slug: str) -> HttpResponseBase:
    """To a sender that one already hears elsewhere, on the channel that one reads."""
    resident = resident_here(request)
    senders = Organisation.objects.filter(pk__in=standing(persons=[request.person.pk]).values("sender"))
    sender = get_object_or_404(senders, slug=slug, territory=resident.territory if resident else None)
    reads = Channel(resident.channel) if resident else Channel.EMAIL
    wording = web_wording(reads)
    missing = ""
    if request.method == "POST":
        if request.POST.get("consent"):
            contacts.say_yes(person=request.person, sender=sender, channel=reads, wording=wording, by=myself(request))
            how = say(reads.label)
            messages.success(
                request, say("C’est noté : {sender} peut vous écrire {channel}.", sender=sender.name, channel=how)
            )
            return _back(request, "expediteurs")
        missing = say("Cochez la phrase si vous êtes d’accord.")
    sentence = wording.text.replace("{sender}", sender.name)
    context = {"organisation": sender, "sentence": sentence, "label": say(reads.label), "missing": missing}
    return render(request, "pages/me_say_yes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@resident_required
def stop(request: ResidentRequest) -> HttpResponse:
    if request.method == "POST":
        contacts.withdraw_everything(person=request.person, source=Source.WEB, by=myself(request))
        messages.success(request, say("Plus aucun commerce ne vous écrira ni ne vous appellera par Parvis."))
        return _back(request, "expediteurs")
    return render(request, "pages/me_stop.html")


@require_POST
@resident_required
def sorting(request: ResidentRequest) -> HttpResponse:
    contacts.set_profiling(person=request.person, profiling=request.POST.get("tri") == "oui", by=myself(request))
    return _back(request, "moi")


@require_POST
@resident_required
def adult(request: ResidentRequest) -> HttpResponse:
    contacts.say_adult(person=request.person, adult=request.POST.get("majeur") == "oui", by=myself(request))
    return _back(request, "moi")
