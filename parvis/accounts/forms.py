"""The questions of the sign-in, in our words."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.forms import CharField

from .models import User


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Votre courriel"
        self.fields["email"].widget.attrs["placeholder"] = "prenom.nom@exemple.fr"
        self.fields["email"].error_messages |= {
            "required": "Écrivez votre courriel.",
            "invalid": "Ce courriel ne se lit pas\u00a0: vérifiez l’arobase et la fin.",
        }


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Le code reçu"
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].error_messages |= {"required": "Recopiez le code reçu par courriel."}


class DeviceForm(AddWebAuthnForm):  # type: ignore[misc]
    """A device to be noted, and what it answered: allauth checks that it is what it was asked."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, initial={"name": "Mon téléphone"}, **kwargs)
        self.fields["name"] = CharField(label="Comment l’appeler ?", max_length=60, required=False)
        self.fields.pop("passwordless", None)

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or "Mon téléphone"
