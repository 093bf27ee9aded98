"""Sign-in by a code or a passkey: allauth's flow, with our words."""

from typing import NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from parvis.core.errors import NotAllowed
from parvis.core.speech import mark, say

from .models import User

# Said by account/messages/logged_out.txt: the catalogue reads no .txt.
mark("Vous êtes sorti.")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": mark("Ce code n’est pas le bon : recopiez celui du dernier courriel reçu."),
        # Said after three wrong codes, and to whoever asks for codes without a pause.
        "too_many_login_attempts": mark("Trop d’essais de suite. Attendez une minute, puis demandez un nouveau code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by invitation: nobody signs up alone."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """As it is written: a machine's name in brackets before it says nothing to anybody."""
        return subject

    def respond_user_inactive(self, request: HttpRequest, user: User) -> NoReturn:
        raise NotAllowed(say("Votre accès est fermé. Demandez-le à l’organisation pour laquelle vous agissiez."))


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
