"""Counter cards: printed here, filled in at the counter, entered here by their code."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from parvis.accounts.models import Organisation
from parvis.accounts.queries import actor_for
from parvis.accounts.rules import Permission
from parvis.contacts import actions as contacts
from parvis.contacts.forms_counter import CardCodeForm, CardCountForm, CardForm
from parvis.contacts.models import Interest
from parvis.contacts.tasks import sweep
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.speech import FRENCH, say
from parvis.delivery.channels.paper.card import CardFace, CardShop, CardTaste, print_cards
from parvis.slips.models import Slip
from parvis.slips.queries import SlipAnswered, SlipExpired

from .. import counter as reads
from ..queries import desk_of, signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.ENROL)
    form = CardCountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _printed(organisation, form.cleaned_data["count"], _by(request, organisation))
    subjects = reads.subjects_of(organisation, reads.ON_A_CARD).shown
    context = {"organisation": organisation, "form": form, "subjects": subjects}
    return render(request, "pages/cards.html", context)


def _printed(organisation: Organisation, count: int, by: Actor) -> HttpResponse:
    tastes = reads.subjects_of(organisation, reads.ON_A_CARD).shown
    wordings = reads.current_wordings("paper")
    slips = contacts.issue_cards(
        organisation=organisation, tastes=[one.slug for one in tastes], wordings=wordings, count=count, by=by
    )
    shop = CardShop(
        name=organisation.name,
        paper=organisation.paper,
        hand_back=_hand_back(organisation),
        phone=organisation.phone,
        join_url=reads.join_url(organisation),
        tastes=[CardTaste(one.name, one.alcohol) for one in tastes],
        wordings={channel: one.text for channel, one in wordings.items()},
        publisher=settings.PUBLISHER,
        day=clock.today(),
    )
    faces = [CardFace(slip.code, slip.expires_at.astimezone(clock.PARIS).date()) for slip in slips]
    with translation.override(FRENCH):  # a paper for residents, whoever prints it
        pdf = print_cards(shop, faces)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="cartes-{organisation.slug}-{clock.today()}.pdf"'
    return response


def _hand_back(organisation: Organisation) -> str:
    return ", ".join(filter(None, ["Au comptoir", organisation.address, organisation.commune.name]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Its code, in any case, with or without its dash."""
    organisation = desk_of(request, slug, Permission.ENROL)
    form = CardCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            slip = contacts.open_card(
                code=form.cleaned_data["code"], organisation=organisation, by=_by(request, organisation)
            )
        except Refused as refusal:
            form.add_error("code", refusal.sentence)
        else:
            return redirect("pages:card-entry", slug, contacts.card_token(slip))
    context = {"organisation": organisation, "form": form}
    return render(request, "pages/card.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card_entry(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The boxes in the card's own order. Entered already, it says who did and when."""
    organisation = desk_of(request, slug, Permission.ENROL)
    try:
        slip = contacts.card_named(token=token, organisation=organisation)
        form = _card_form(request, slip)
        if request.method == "POST" and form.is_valid():
            contacts.note_card(slip=slip, organisation=organisation, said=form.said(), by=_by(request, organisation))
            sweep.enqueue()
            messages.success(request, say("C’est noté : carte {code}. À la suivante.", code=slip.code))
            return redirect("pages:card", slug)
    except (SlipAnswered, SlipExpired) as refusal:
        messages.warning(request, say(refusal.sentence))
        return redirect("pages:card", slug)
    return render(request, "pages/card_entry.html", _boxes(request, organisation, slip, form))


def _card_form(request: HttpRequest, slip: Slip) -> CardForm:
    made_on = slip.made_at.astimezone(clock.PARIS).date()
    return CardForm(request.POST or None, printed=reads.printed_wordings(slip), earliest=made_on)


def _boxes(request: HttpRequest, organisation: Organisation, slip: Slip, form: CardForm) -> dict[str, Any]:
    slugs = slip.payload["tastes"]
    named = {one.slug: one for one in Interest.objects.filter(slug__in=slugs)}
    return {
        "organisation": organisation,
        "slip": slip,
        "form": form,
        "subjects": [named[slug] for slug in slugs if slug in named],
        "places": reads.places(organisation),
        "sentences": reads.sentences(list(form.printed.values()), organisation),
        "chosen": {name: request.POST.getlist(name) for name in ("likes", "preferred", "agreed")},
    }


def _by(request: HttpRequest, organisation: Organisation) -> Actor:
    return actor_for(signed_in(request), organisation, Permission.ENROL)
