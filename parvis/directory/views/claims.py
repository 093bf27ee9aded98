"""« C’est mon commerce » : how it goes, who asks, and the code of a letter."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from parvis.accounts.actions import open_account
from parvis.accounts.models import User
from parvis.accounts.queries import oneself
from parvis.accounts.sign_in import TOO_MANY, send_code
from parvis.accounts.visitors import remember_address, visitor_of
from parvis.core import limits, typography
from parvis.core.errors import Refused
from parvis.core.speech import mark, say
from parvis.territory.queries import here

from ..claims import ask, latest, open_by_letter
from ..forms import ClaimForm, LetterForm, VisitorClaimForm
from ..models import Business, Claim
from ..queries import claimable_here

CLAIMS_AN_HOUR = 10  # of one visitor: a group of shops behind one door fits
TYPED = "claim"  # in the session, until the code has come back


class TooManyClaims(Refused):
    status = 429
    sentence = mark("Beaucoup de demandes sont parties d’ici. Attendez une heure, ou appelez l’association.")


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, siret: str) -> HttpResponse:
    found = get_object_or_404(claimable_here(here(request)), siret=siret)
    if found.organisation_id:
        return redirect("directory:business", siret)
    if not isinstance(request.user, User):
        return _visitor(request, found)
    if request.method == "POST" and "code" in request.POST:
        return _letter(request, found, request.user)
    return _signed_in(request, found, request.user)


def _count(request: HttpRequest) -> None:
    """What may leave, not what was mistyped."""
    if not limits.one_more("claim", visitor_of(request), most=CLAIMS_AN_HOUR):
        raise TooManyClaims


def _visitor(request: HttpRequest, found: Business) -> HttpResponse:
    """The same answer whoever has this address, here or nowhere: a code leaves, and is asked for next."""
    form = VisitorClaimForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form=form)
    _count(request)
    data = dict(form.cleaned_data)
    email = data.pop("email").strip().lower()
    # Not the name that was typed: anyone may type anyone's address, and only a code proves it.
    open_account(email=email, name=email)
    remember_address(request, email)
    request.session[TYPED] = {"siret": found.siret} | data
    if not send_code(request, email):
        form.add_error("email", say(TOO_MANY))
        return _page(request, found, form=form)
    back = urlencode({"next": reverse("directory:claim", args=[found.siret])})
    return redirect(f"{reverse('account_confirm_login_code')}?{back}")


def _signed_in(request: HttpRequest, found: Business, user: User) -> HttpResponse:
    asked, typed, letter = latest(found, user), _typed(request, found), LetterForm(**_who(request, user))
    if asked and not asked.settled_at:
        return _page(request, found, asked=asked, letter=letter)
    if request.method == "POST":
        return _ask(request, found, user, asked)
    kept = typed | {"phone": typography.phone(typed["phone"])} if typed else {"name": _own_name(user)}
    form = ClaimForm(initial=kept)
    tie = Claim.Tie(typed["tie"]).label if typed and "changer" not in request.GET else ""
    return _page(request, found, form=form, asked=asked, letter=letter, tie=tie, typed=typed)


def _ask(request: HttpRequest, found: Business, user: User, asked: Claim | None) -> HttpResponse:
    form = ClaimForm(request.POST)
    if form.is_valid():
        _count(request)
        try:
            ask(business=found, user=user, by=oneself(user, form.cleaned_data["name"]), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            request.session.pop(TYPED, None)
            messages.success(request, say("Votre demande est partie."))
            return redirect("directory:claim", found.siret)
    return _page(request, found, form=form, asked=asked, letter=LetterForm(**_who(request, user)))


def _letter(request: HttpRequest, found: Business, user: User) -> HttpResponse:
    form = LetterForm(request.POST, **_who(request, user))
    if form.is_valid():
        name = form.cleaned_data.get("name") or _typed_name(request) or user.name
        try:
            shop = open_by_letter(
                business=found,
                user=user,
                name=name,
                code=form.cleaned_data["code"],
                territory=here(request),
                by=oneself(user, name),
            )
        except Refused as refusal:
            form.add_error("code" if refusal.field else None, refusal.sentence)
        else:
            request.session.pop(TYPED, None)
            messages.success(request, say("La vitrine est à vous. Dites d’abord vos horaires."))
            return redirect("pages:my-window", shop.slug)
    asked = latest(found, user)
    kept = None if asked and not asked.settled_at else ClaimForm(initial={"name": _own_name(user)})
    return _page(request, found, form=kept, asked=asked, letter=form)


def _typed(request: HttpRequest, found: Business) -> dict[str, str]:
    """Before the code came back, for this business; or nothing."""
    typed: dict[str, str] = request.session.get(TYPED, {})
    return typed if typed.get("siret") == found.siret else {}


def _who(request: HttpRequest, user: User) -> dict[str, Any]:
    """A letter is also opened on another device than the one where a name was typed."""
    return {"nameless": user.nameless and not _typed_name(request)}


def _typed_name(request: HttpRequest) -> str:
    name: str = request.session.get(TYPED, {}).get("name", "")
    return name


def _own_name(user: User) -> str:
    return "" if user.nameless else user.name


def _page(request: HttpRequest, found: Business, **told: Any) -> HttpResponse:
    return render(request, "directory/claim.html", {"business": found} | told)
