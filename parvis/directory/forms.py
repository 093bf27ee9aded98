"""« C’est mon commerce »."""

from typing import Any

from django import forms

from parvis.core.errors import BadInput
from parvis.core.phones import phone
from parvis.core.speech import mark

from .models import Claim

SHORT_NAME = {
    "required": mark("Il manque votre nom."),
    "max_length": mark("Ce nom est trop long : 120 lettres au plus."),
}


class ClaimForm(forms.Form):
    """Of someone who entered with a code: the e-mail is known."""

    name = forms.CharField(
        label=mark("Votre prénom et votre nom"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages=SHORT_NAME,
    )
    tie = forms.ChoiceField(
        label=mark("Ce commerce et vous"),
        choices=Claim.Tie.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": mark("Dites ce qui vous lie à ce commerce."),
            "invalid_choice": mark("Choisissez dans la liste."),
        },
    )
    phone = forms.CharField(
        label=mark("Un téléphone où vous joindre"),
        help_text=mark("L’association appelle souvent avant de répondre. Il est effacé ensuite."),
        required=False,
        max_length=20,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        error_messages={"max_length": mark("Ce numéro est trop long : vérifiez-le.")},
    )

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        try:
            return phone(typed) if typed.strip() else ""
        except BadInput as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class VisitorClaimForm(ClaimForm):
    email = forms.EmailField(
        label=mark("Votre courriel"),
        help_text=mark("Un code y arrive, à recopier : il servira aussi pour entrer chez vous, ensuite."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": mark("Il manque votre courriel."),
            "invalid": mark("Ce courriel ne se lit pas : écrivez-le comme prenom.nom@exemple.fr."),
            "max_length": mark("Ce courriel est trop long : vérifiez-le."),
        },
    )

    field_order = ("name", "email", "tie", "phone")


class LetterForm(forms.Form):
    """Beside the other form: its questions have marks of their own."""

    def __init__(self, *arguments: Any, nameless: bool, **options: Any) -> None:
        """`nameless`: whoever answers has not said who they are yet."""
        super().__init__(*arguments, **(options | {"auto_id": "letter_%s"}))
        if not nameless:
            del self.fields["name"]

    name = forms.CharField(
        label=mark("Votre prénom et votre nom"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages=SHORT_NAME,
    )
    code = forms.CharField(
        label=mark("Le code de la lettre"),
        help_text=mark("Huit lettres et chiffres, par exemple 7K2F-4MXR."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": mark("Il manque le code. Il est au milieu de la lettre."),
            "max_length": mark("Ce code est trop long : huit lettres et chiffres."),
        },
    )
