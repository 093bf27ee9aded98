"""The two questions of the sign-in, in our words."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm


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
