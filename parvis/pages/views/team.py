"""Who may act for an organisation: invited, seen, taken back; and the page of the link that invites."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts import actions
from parvis.accounts.models import Invitation, Office, Organisation, User
from parvis.accounts.queries import actor_for, oneself, own_office, pending_invitations
from parvis.accounts.rules import Permission, Role, may_give
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.speech import say

from ..forms_bureau import InvitationForm
from ..queries import desk_of, signed_in


@login_required
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.TEAM)
    form = InvitationForm(request.POST or None, roles=_gives(signed_in(request), organisation))
    if request.method == "POST" and form.is_valid():
        try:
            _invite(request, organisation, form)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(request, say("L’invitation est partie. Elle vaut sept jours."))
            return redirect("pages:team", slug)
    context = {
        "organisation": organisation,
        "form": form,
        "offices": [(one, Role(one.role)) for one in organisation.offices.select_related("user").order_by("pk")],
        "invitations": [(one, Role(one.role)) for one in pending_invitations(organisation)],
        "now": clock.now(),
    }
    return render(request, "pages/team.html", context)


def _gives(user: User, organisation: Organisation) -> list[Role]:
    own = own_office(user, organisation)
    return may_give(Role(own.role), organisation.kind) if own else []


def _invite(request: HttpRequest, organisation: Organisation, form: InvitationForm) -> None:
    data = form.cleaned_data
    actions.invite(
        organisation=organisation,
        email=data["email"],
        name=data["name"],
        role=Role(data["role"]),
        inviter=signed_in(request),
        by=_actor(request, organisation),
    )


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = desk_of(request, slug, Permission.TEAM)
    invitation = get_object_or_404(organisation.invitations, pk=pk)
    actions.withdraw_invitation(invitation=invitation, by=_actor(request, organisation))
    messages.success(request, say("L’invitation est reprise."))
    return redirect("pages:team", slug)


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asked once more, since it is at once."""
    organisation = desk_of(request, slug, Permission.TEAM)
    office = get_object_or_404(organisation.offices.select_related("user", "organisation"), pk=pk)
    if request.method == "POST":
        try:
            actions.remove_colleague(office=office, by=_actor(request, organisation))
        except Refused as refusal:
            return _refused(request, "pages/team_remove.html", organisation, office, refusal)
        messages.success(
            request, say("{name} n’agit plus pour {organisation}.", name=office.user.name, organisation=organisation)
        )
        return redirect("pages:desk") if office.user == signed_in(request) else redirect("pages:team", slug)
    return render(request, "pages/team_remove.html", {"organisation": organisation, "office": office})


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own access; a mandate is taken back by whoever gave it, or ended by leaving one's own organisation."""
    organisation = desk_of(request, slug, Permission.SEE_DESK)
    user = signed_in(request)
    office = own_office(user, organisation)
    if request.method == "POST" and office:
        try:
            actions.leave(office=office, by=oneself(user))
        except Refused as refusal:
            return _refused(request, "pages/team_leave.html", organisation, office, refusal)
        messages.success(request, say("Vous n’agissez plus pour {organisation}.", organisation=organisation))
        return redirect("pages:desk")
    return render(request, "pages/team_leave.html", {"organisation": organisation, "office": office})


def _refused(
    request: HttpRequest, page: str, organisation: Organisation, office: Office, refusal: Refused
) -> HttpResponse:
    return render(request, page, {"organisation": organisation, "office": office, "refusal": say(refusal.sentence)})


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link alone opens nothing: whoever holds it enters with the code that their mailbox receives, then accepts."""
    invited = actions.invitation_by(token)
    if not isinstance(request.user, User):
        return _sign_in(request, invited, token)
    if request.user.email != invited.email:
        return render(
            request, "pages/invitation.html", _told(invited) | {"other": say(actions.AnotherAddress.sentence)}
        )
    if request.method == "POST":
        user = request.user
        actions.accept_invitation(token=token, user=user, by=oneself(user))
        messages.success(
            request, say("Vous pouvez maintenant agir pour {organisation}.", organisation=invited.organisation)
        )
        return redirect("pages:organisation", invited.organisation.slug)
    return render(request, "pages/invitation.html", _told(invited))


def _sign_in(request: HttpRequest, invited: Invitation, token: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "pages/invitation.html", _told(invited))
    actions.open_account(email=invited.email, name=invited.name)
    back = urlencode({"next": reverse("pages:invitation", args=[token])})
    return redirect(f"{reverse('account_login')}?{back}")


def _told(invited: Invitation) -> dict[str, object]:
    return {"invitation": invited, "organisation": invited.organisation, "role": Role(invited.role)}


def _actor(request: HttpRequest, organisation: Organisation) -> Actor:
    return actor_for(signed_in(request), organisation, Permission.TEAM)
