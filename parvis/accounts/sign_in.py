"""Sign-in by a code or a passkey: allauth's flow, with our words."""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core import limits
from parvis.core.errors import NotAllowed
from parvis.core.speech import mark, say

from .actions import open_account
from .actions.codes import answer_codes, ask_for_code
from .models import User
from .tasks import sweep
from .visitors import TYPED_ADDRESS, address_of_visitor, remember_address, visitor_of

A_MINUTE = 3  # codes that one visitor asks for to one address
ADDRESSES_AN_HOUR = 5  # that one visitor writes in the place of another
SENT_AGAIN = mark("Si un compte existe à cette adresse, un nouveau code vient d’y partir. Le précédent ne sert plus.")

# Said after three wrong codes, and to whoever asks for codes without a pause.
TOO_MANY = mark("Trop d’essais de suite. Attendez une minute, puis demandez un nouveau code.")

# Said by account/messages/logged_out.txt: the catalogue reads no .txt.
mark("Vous êtes sorti.")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": mark("Ce code n’est pas le bon : recopiez celui du dernier courriel reçu."),
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by invitation: nobody signs up alone."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """As it is written: a machine's name in brackets before it says nothing to anybody."""
        return subject

    def respond_user_inactive(self, request: HttpRequest, user: User) -> NoReturn:
        raise NotAllowed(say("Votre accès est fermé. Demandez-le à l’organisation pour laquelle vous agissiez."))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Not from here: `send_code` hands the code over to the worker."""
        context["request"].sign_in_code = context["code"]

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        answer_codes(email=user.email, visitor=visitor_of(request))
        request.session.pop(TYPED_ADDRESS, None)
        answer: HttpResponse = super().post_login(request, user, **more)
        return answer


def send_code(request: HttpRequest, email: str) -> bool:
    """The sign-in of this visitor waits for the code that leaves to this address; False where they asked for too many
    in a row. As many questions and as many writes whether the address is known or not."""
    visitor = visitor_of(request)
    if not limits.one_more("sign-in", f"{visitor}:{email}", most=A_MINUTE, seconds=60):
        return False
    user = User.objects.filter(email=email, is_active=True).first()
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=email)
    ask_for_code(email=email, code=getattr(request, "sign_in_code", ""), visitor=visitor)
    sweep.enqueue()
    return True


class AddressView(RequestLoginCodeView):  # type: ignore[misc]
    """A code that is waited for locks nobody out of the question: whoever mistyped the address changes it, and whoever
    got nothing asks again. Both count in the same limit as the first code, so that no stranger's mailbox is filled."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        """allauth would send back to the code, whatever the address was."""

    def get_initial(self) -> dict[str, Any]:
        return {"email": address_of_visitor(self.request)}

    def form_valid(self, form: Form) -> HttpResponse:
        """As many questions and as many writes whether the address is known or not."""
        email = form.cleaned_data["email"].lower()
        self._opened_elsewhere(email, visitor_of(self.request))
        if not send_code(self.request, email):
            form.add_error("email", say(TOO_MANY))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        # Said to everyone alike: it does not tell whether the address is known.
        if "again" in self.request.POST:
            messages.success(self.request, say(SENT_AGAIN))
        return redirect(self.get_success_url())

    def _opened_elsewhere(self, email: str, visitor: str) -> None:
        """Whoever opens an account by what they ask for, and mistyped their address there, writes the good one here.
        Days later, the one that was opened is forgotten: it is opened again."""
        before = address_of_visitor(self.request)
        if before and (email == before or limits.one_more("address", visitor, most=ADDRESSES_AN_HOUR)):
            open_account(email=email, name=email)
            remember_address(self.request, email)


class CodeView(ConfirmLoginCodeView):  # type: ignore[misc]
    def get_form_kwargs(self) -> dict[str, Any]:
        """allauth reads the account of the code that waits; where there is none, nobody's is read."""
        if self._process.user is None:
            User.objects.filter(pk=0).first()
        options: dict[str, Any] = super().get_form_kwargs()
        return options


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": mark("Cet appareil n’est pas reconnu. Entrez avec le code envoyé par courriel.")
    }

    def is_mfa_enabled(self, user: AbstractBaseUser, types: object = None) -> bool:
        """Never: the code by e-mail opens alone, for whoever has lost the device or has no script."""
        return False

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Parvis"}
