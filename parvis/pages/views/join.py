"""Joining alone, from a code on a counter or a poster: one screen, then the code that comes by e-mail."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.visitors import visitor_of
from parvis.contacts import actions as contacts
from parvis.contacts.forms import CodeForm, JoinForm
from parvis.contacts.models import Resident, SignUp
from parvis.contacts.rules import Channel
from parvis.contacts.tasks import sweep
from parvis.core.errors import Refused
from parvis.core.speech import mark, say
from parvis.territory.queries import keep_to

from ..joining import organisation_at, subjects_of, web_wording
from ..my_page import RHYTHMS_SAID
from ..residents import enter, resident_of, visitor

MINE = "sign_up"  # in the session: which sign-up this very browser typed


@require_safe
def short(request: HttpRequest, slug: str) -> HttpResponse:
    """What a printed code says: as few letters as can be."""
    return redirect("pages:join", organisation_at(request, slug).slug)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    sender = organisation_at(request, slug)
    wording = web_wording(Channel.EMAIL)
    form = JoinForm(request.POST or None, territory=sender.territory)
    if request.method == "POST" and form.is_valid():
        one = contacts.sign_up(sender=sender, answers=form.answers(), wording=wording, visitor=visitor_of(request))
        return _wait(request, one, typed_here=True)
    context = {
        "organisation": sender,
        "form": form,
        "sentence": wording.text.replace("{sender}", sender.name),
        "subjects": subjects_of(sender),
        "chosen": request.POST.getlist("likes"),
    }
    return render(request, "pages/join.html", context)


def _wait(request: HttpRequest, one: SignUp, *, typed_here: bool) -> HttpResponse:
    """The same for every address: the code leaves, or not, behind the visitor's back."""
    if typed_here:
        request.session[MINE] = one.pk
    sweep.enqueue()
    return redirect("pages:join-code", one.sender.slug, contacts.sign_up_token(one))


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The code may come written in the mail's link: a reader that follows links still confirms nothing."""
    one = _waiting(request, slug, token)
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:7]})
    if request.method == "POST" and form.is_valid():
        try:
            person = contacts.confirm(of=one, code=form.cleaned_data["code"])
        except contacts.AlreadyConfirmed:
            return redirect("pages:join-done", slug, token)
        except Refused as refusal:
            form.add_error("code", refusal.sentence)
        else:
            # Only where it was typed: a link passed on to a neighbour would open their page to someone else.
            if _typed_here(request, one):
                enter(request, person)
            return redirect("pages:join-done", slug, token)
    if one.confirmed_at:
        return redirect("pages:join-done", slug, token)
    context = {"form": form, "typed_here": _typed_here(request, one)}
    return render(request, "pages/join_code.html", _about(one, token) | context)


def _typed_here(request: HttpRequest, one: SignUp) -> bool:
    """In this browser. Elsewhere, with a link that was passed on, one sees neither the address nor its page."""
    return bool(request.session.get(MINE) == one.pk)


@require_POST
def again(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    one = _waiting(request, slug, token)
    if one.confirmed_at:
        return redirect("pages:join-done", slug, token)
    another = contacts.sign_up_again(of=one, visitor=visitor_of(request))
    return _wait(request, another, typed_here=_typed_here(request, one))


@require_safe
def done(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    one = _waiting(request, slug, token)
    if one.confirmed_at is None:
        return redirect("pages:join-code", slug, token)
    person = visitor(request)
    resident = resident_of(person, one.sender.territory) if person else None
    context = {
        "entered": person is not None,
        "rhythm": say(RHYTHMS_SAID[resident.rhythm]) if resident else "",
        "elsewhere": _reads_elsewhere(resident) if resident else "",
    }
    return render(request, "pages/join_done.html", _about(one, token) | context)


def _reads_elsewhere(resident: Resident) -> str:
    """Whoever reads on paper and says yes by e-mail would hear nothing, and wonder."""
    label = say(Channel(resident.channel).label)
    if resident.channel == Channel.EMAIL:
        return ""
    return say("Vous recevez aujourd’hui vos annonces {channel}.", channel=label)


def _about(one: SignUp, token: str) -> dict[str, Any]:
    return {"organisation": one.sender, "sign_up": one, "token": token}


class Forgotten(Refused):
    status = 410
    sentence = mark(
        "Cette inscription est oubliée : elle a plus de deux jours, ou le lien n’est pas entier. "
        "Recommencez depuis la vitrine du commerce, ou dites-le au comptoir."
    )


def _waiting(request: HttpRequest, slug: str, token: str) -> SignUp:
    one = contacts.sign_up_by(token)
    if one is None:
        raise Forgotten
    if one.sender.slug != slug:
        raise Http404
    keep_to(one.sender.territory, request)
    return one
