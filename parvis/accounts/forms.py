"""The questions of the sign-in, in our words."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.forms import CharField

from parvis.core.speech import mark, say

from .models import User

MY_TELEPHONE = mark("Mon téléphone")


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = mark("Votre courriel")
        self.fields["email"].widget.attrs["placeholder"] = say("prenom.nom@exemple.fr")
        self.fields["email"].error_messages |= {
            "required": mark("Écrivez votre courriel."),
            "invalid": mark("Ce courriel ne se lit pas\u00a0: vérifiez l’arobase et la fin."),
        }


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = mark("Le code reçu")
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].error_messages |= {"required": mark("Recopiez le code reçu par courriel.")}


class DeviceForm(AddWebAuthnForm):  # type: ignore[misc]
    """A device to be noted, and what it answered: allauth checks that it is what it was asked."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, initial={"name": say(MY_TELEPHONE)}, **kwargs)
        self.fields["name"] = CharField(label=mark("Comment l’appeler ?"), max_length=60, required=False)
        self.fields.pop("passwordless", None)

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or MY_TELEPHONE
