"""What a resident types: to join, to enter, to change address."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from parvis.core.errors import BadInput
from parvis.core.speech import mark
from parvis.territory.models import Commune, Territory

from . import points
from .actions import Answers
from .rules import DEFAULT_RHYTHM, RHYTHMS
from .words import nodes

PHONE = re.compile(r"^[\d\s.+()-]{8,}$")
NOT_A_PHONE = mark(
    "Ici, il faut un courriel. Pour être appelé, donnez votre numéro au comptoir, ou demandez la carte en papier."
)
MISSING_EMAIL = mark("Il manque votre courriel.")


class EmailBox(forms.CharField):
    """An address as people type it, made canonical; refuses with our own sentences."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
        stated: dict[str, Any] = {
            "max_length": 254,
            "widget": forms.EmailInput(attributes),
            "error_messages": {"required": MISSING_EMAIL, "max_length": mark("Cette adresse est trop longue.")},
        }
        super().__init__(**(stated | options))

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if PHONE.match(typed):
            raise forms.ValidationError(NOT_A_PHONE, code="phone")
        try:
            return points.email(typed)
        except BadInput as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class JoinForm(forms.Form):
    """Twenty seconds on a phone: only the address and the consent are asked for."""

    email = EmailBox(label=mark("Votre courriel"))
    given_name = forms.CharField(
        label=mark("Votre prénom"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        error_messages={"max_length": mark("Ce prénom est trop long : 80 lettres au plus. Un diminutif suffit.")},
    )
    likes = forms.MultipleChoiceField(
        label=mark("Qu’est-ce qui vous plaît ?"),
        required=False,
        choices=lambda: [(node.slug, node.name) for node in nodes()],
        error_messages={"invalid_choice": mark("Cette envie n’est plus dans la liste : choisissez-en une autre.")},
    )
    rhythm = forms.TypedChoiceField(
        label=mark("Combien d’annonces par semaine, au plus ?"),
        choices=[(n, str(n)) for n in RHYTHMS if n],
        coerce=int,
        initial=DEFAULT_RHYTHM,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), mark("Choisissez 1, 2, 4 ou 7 annonces par semaine.")
        ),
    )
    commune = forms.ModelChoiceField(
        label=mark("Votre commune"),
        queryset=Commune.objects.none(),
        required=False,
        empty_label=gettext_lazy(mark("Ailleurs, ou je préfère ne pas le dire")),
        error_messages={"invalid_choice": mark("Choisissez une commune de la liste, ou « Ailleurs ».")},
    )
    adult = forms.BooleanField(
        label=mark("Je suis majeur"),
        required=False,
        help_text=mark("Sans quoi ce commerce ne vous parlera pas d’alcool : c’est la loi."),
    )
    consent = forms.BooleanField(
        error_messages={
            "required": mark("Cochez la phrase si vous êtes d’accord : sans elle, personne ne peut vous écrire.")
        }
    )

    def __init__(self, *arguments: Any, territory: Territory, **options: Any) -> None:
        super().__init__(*arguments, **options)
        communes = cast(forms.ModelChoiceField[Commune], self.fields["commune"])
        communes.queryset = territory.communes.defer("contour")

    def answers(self) -> Answers:
        data = self.cleaned_data
        return Answers(
            email=data["email"],
            given_name=data["given_name"],
            likes=tuple(data["likes"]),
            rhythm=data["rhythm"],
            adult=data["adult"],
            commune=data["commune"],
        )


class CodeForm(forms.Form):
    """Six digits, with the spaces that people and telephones put between them."""

    code = forms.CharField(
        label=mark("Le code reçu"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input"}),
        error_messages={"required": mark("Recopiez le code reçu."), "max_length": mark("Un code a six chiffres.")},
    )

    def clean_code(self) -> str:
        digits = re.sub(r"[\s\u00a0.-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise forms.ValidationError(mark("Un code a six chiffres : relisez-le dans le courriel reçu."))
        return digits


class EnterForm(forms.Form):
    """The e-mail; whoever types a telephone number is told what it cannot do yet."""

    email = EmailBox(
        label=mark("Votre courriel"),
        error_messages={"required": MISSING_EMAIL, "max_length": mark("Cette adresse est trop longue.")},
    )


class NewEmailForm(forms.Form):
    email = EmailBox(label=mark("Votre nouveau courriel"))
