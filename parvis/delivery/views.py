"""The pages behind the links in messages: each shows one question, and only a POST writes.

The signed link is the authority, not a cookie: stopping must work in a mailbox that refuses cookies, so these forms
carry no CSRF token. Whoever forges such a POST must hold the link, and then needs no forgery.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.models import Organisation
from parvis.contacts import actions as contacts
from parvis.contacts.queries import standing
from parvis.contacts.rules import Source, step_down
from parvis.core.actors import Actor
from parvis.core.speech import mark, say

from .links import Reduce, read_token, reduce_token
from .queries import resident_of


def _reader(reduce: Reduce) -> Actor:
    """Whoever holds the link acts as the person, for less only."""
    return Actor(f"person:{reduce.message.person_id} link", mark("la personne elle-même"))


@require_GET
def why(request: HttpRequest, token: str) -> HttpResponse:
    reduce = read_token(token)
    parts = reduce.message.parts.filter(stopped="").select_related("sender")
    writing = _writing(reduce)
    rows = [
        (part, reduce_token(reduce.message, sender=part.sender_id) if part.sender_id in writing else "")
        for part in parts
    ]
    context = {"rows": rows, "token": token, "rhythm": _rhythm(reduce), "stopped": not writing}
    return render(request, "delivery/why.html", context)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def fewer(request: HttpRequest, token: str) -> HttpResponse:
    reduce = read_token(token)
    resident = resident_of(reduce.message)
    if request.method == "POST" and resident:
        # Pressed twice, or the page loaded again: still one step, from what the page showed.
        if request.POST.get("de") == str(resident.rhythm):
            contacts.fewer(resident=resident, by=_reader(reduce))
        return render(request, "delivery/done.html", {"rhythm": resident.rhythm, "token": token})
    rhythm = _rhythm(reduce)
    context = {"rhythm": rhythm, "lower": step_down(rhythm), "stopped": not _writing(reduce), "token": token}
    return render(request, "delivery/fewer.html", context)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    reduce = read_token(token)
    sender = _sender(reduce)
    if request.method == "POST":
        _stop(reduce, sender)
        return render(request, "delivery/done.html", {"stopped": True, "sender": sender})
    writing = _writing(reduce)
    already = sender.pk not in writing if sender else not writing
    context = {"sender": sender, "token": token, "already": already, "others": writing - {reduce.sender_id}}
    return render(request, "delivery/stop.html", context)


def _writing(reduce: Reduce) -> set[int]:
    """The senders whose right still runs: a yes or a sale, not taken back, not too old."""
    return set(standing(persons=[reduce.message.person_id]).values_list("sender", flat=True))


def _rhythm(reduce: Reduce) -> int:
    resident = resident_of(reduce.message)
    return resident.rhythm if resident else 0


@csrf_exempt
@require_POST
def one_click(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: the mailbox itself posts here, without cookies."""
    reduce = read_token(token)
    _stop(reduce, _sender(reduce))
    return HttpResponse(say("C’est arrêté."), content_type="text/plain; charset=utf-8")


def _sender(reduce: Reduce) -> Organisation | None:
    return Organisation.objects.get(pk=reduce.sender_id) if reduce.sender_id else None


def _stop(reduce: Reduce, sender: Organisation | None) -> None:
    by, person = _reader(reduce), reduce.message.person
    if sender:
        contacts.withdraw(person=person, sender=sender, source=Source.LINK, by=by)
    else:
        contacts.withdraw_everything(person=person, source=Source.LINK, by=by)
