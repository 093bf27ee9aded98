"""What is held of a resident: what they received and why, everything in one page, another address, and oblivion."""

import json
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.contacts import actions as contacts
from parvis.contacts.forms import CodeForm, NewEmailForm
from parvis.contacts.models import ContactPoint
from parvis.core.errors import Refused
from parvis.core.speech import FRENCH, say

from .. import my_history, my_sheet
from ..asking import Asked, ask, asked, asker
from ..residents import ResidentRequest, leave, myself, prove, proved_lately, resident_required

PER_PAGE = 20


@require_safe
@resident_required
def history(request: ResidentRequest) -> HttpResponse:
    page = Paginator(my_history.messages_of(request.person), PER_PAGE).get_page(request.GET.get("page"))
    told = my_history.told(request.person, list(page))
    return render(request, "pages/me_history.html", {"page": page, "told": told})


@require_safe
@resident_required
def data(request: ResidentRequest) -> HttpResponse:
    return render(request, "pages/me_data.html", {"sections": my_sheet.sections(request.person)})


@require_safe
@resident_required
def data_json(request: ResidentRequest) -> HttpResponse:
    with translation.override(FRENCH):  # a file for machines: its names do not follow whoever reads
        text = json.dumps(my_sheet.everything(request.person), ensure_ascii=False, indent=2)
    return _download(text.encode(), "application/json", "mes-donnees.json")


@require_safe
@resident_required
def data_pdf(request: ResidentRequest) -> HttpResponse:
    return _download(my_sheet.printed(request.person), "application/pdf", "mes-donnees.pdf")


def _download(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(body, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "HEAD", "POST"])
@resident_required
def email_proof(request: ResidentRequest) -> HttpResponse:
    """Whoever finds a page left open does not take it along: the address that opened it is asked first."""
    mine = contacts.own_email(request.person)
    if request.method == "POST":
        _send(request, contacts.OLD_ADDRESS, mine)
        return redirect("pages:me-email-proof-code")
    return render(request, "pages/me_email_proof.html", {"email": mine})


@require_http_methods(["GET", "HEAD", "POST"])
@resident_required
def email_proof_code(request: ResidentRequest) -> HttpResponse:
    def proved(_waiting: Asked) -> HttpResponse:
        prove(request)
        return redirect("pages:me-email")

    return _code(request, contacts.OLD_ADDRESS, "pages:me-email-proof", "pages/me_email_proof_code.html", proved)


@require_http_methods(["GET", "HEAD", "POST"])
@resident_required
def email(request: ResidentRequest) -> HttpResponse:
    if not proved_lately(request):
        return redirect("pages:me-email-proof")
    form = NewEmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, contacts.NEW_ADDRESS, form.cleaned_data["email"])
        except contacts.EnoughCodes as refusal:
            form.add_error("email", refusal.sentence)
        else:
            return redirect("pages:me-email-code")
    return render(request, "pages/me_email.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@resident_required
def email_code(request: ResidentRequest) -> HttpResponse:
    def changed(waiting: Asked) -> HttpResponse:
        contacts.change_email(person=request.person, email=waiting.to, by=myself(request))
        messages.success(request, say("C’est noté : vos annonces iront à {address}.", address=waiting.to))
        return redirect("pages:me")

    return _code(request, contacts.NEW_ADDRESS, "pages:me-email", "pages/me_email_code.html", changed)


def _send(request: ResidentRequest, purpose: str, to: str) -> None:
    contacts.send_fresh_code(person=request.person, purpose=purpose, to=to, asker=asker(request))
    ask(request, purpose, to)


def _code(
    request: ResidentRequest, purpose: str, before: str, page: str, then: Callable[[Asked], HttpResponse]
) -> HttpResponse:
    """The question of a code, to whoever asked for one on the page `before`; what comes of the right one."""
    waiting = asked(request, purpose)
    if waiting is None:
        return redirect(before)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            waiting.take_a_try(request)
            typed = form.cleaned_data["code"]
            contacts.check_fresh_code(
                person=request.person, purpose=purpose, to=waiting.to, code=typed, asker=asker(request)
            )
            answer = then(waiting)
        except Refused as refusal:
            form.add_error("code", refusal.sentence)
        else:
            waiting.forget(request)
            return answer
    return render(request, page, {"form": form, "email": waiting.to})


@require_POST
@resident_required
def forget_address(request: ResidentRequest, pk: int) -> HttpResponse:
    point = get_object_or_404(ContactPoint, person=request.person, pk=pk)
    contacts.forget_address(person=request.person, point=point, by=myself(request))
    messages.success(request, say("C’est retiré."))
    return redirect("pages:me")


@require_http_methods(["GET", "HEAD", "POST"])
@resident_required
def erase(request: ResidentRequest) -> HttpResponse:
    """Says what will be forgotten; the button only sends a code."""
    mine = contacts.own_email(request.person)
    if request.method == "POST":
        _send(request, contacts.ERASE, mine)
        return redirect("pages:me-erase-code")
    return render(request, "pages/me_erase.html", {"email": mine})


@require_http_methods(["GET", "HEAD", "POST"])
@resident_required
def erase_code(request: ResidentRequest) -> HttpResponse:
    def forgotten(_waiting: Asked) -> HttpResponse:
        contacts.forget_me(person=request.person, by=myself(request))
        leave(request)
        return redirect("pages:me-goodbye")

    return _code(request, contacts.ERASE, "pages:me-erase", "pages/me_erase_code.html", forgotten)


@require_safe
def goodbye(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/me_goodbye.html")
