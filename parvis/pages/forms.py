"""What people type on the pages that mix several apps."""

from typing import Any

from django import forms

from parvis.accounts.rules import MANDATE_LABELS, Permission
from parvis.core.speech import mark


def focus(form: forms.Form) -> None:
    """On the first error, script or not; a list of choices has it on its first."""
    for name in form.fields:
        if name in form.errors:
            form.fields[name].widget.attrs["autofocus"] = True
            return


class MandateForm(forms.Form):
    """A mandate signed on paper, noted here."""

    email = forms.EmailField(
        label=mark("Courriel de la personne qui agira pour vous"),
        error_messages={
            "required": mark("Il manque le courriel de la personne qui agira pour vous."),
            "invalid": mark("Ce courriel ne se lit pas\u00a0: écrivez-le comme prenom.nom@exemple.fr."),
        },
    )
    signed_by = forms.CharField(
        label=mark("Qui a signé ?"),
        max_length=120,
        error_messages={
            "required": mark("Il manque qui a signé."),
            "max_length": mark("Ce nom est trop long : 120 lettres au plus."),
        },
    )
    signed_on = forms.DateField(
        label=mark("Signé le"),
        widget=forms.DateInput({"type": "date"}),
        error_messages={
            "required": mark("Il manque le jour de la signature."),
            "invalid": mark("Cette date ne se lit pas\u00a0: écrivez-la comme 28/11/2026."),
        },
    )
    ends_on = forms.DateField(
        label=mark("Jusqu’au"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=mark("Son dernier jour. Laissez vide s’il court jusqu’à ce que vous le repreniez."),
        error_messages={"invalid": mark("Cette date ne se lit pas\u00a0: écrivez-la comme 28/11/2026.")},
    )
    evidence = forms.CharField(
        label=mark("Où est gardé le papier signé ?"),
        max_length=200,
        error_messages={
            "required": mark("Il manque l’endroit où le papier signé est gardé."),
            "max_length": mark("C’est trop long : 200 lettres au plus."),
        },
    )
    permissions = forms.MultipleChoiceField(
        label=mark("Pour quoi faire ?"),
        choices=[(permission.value, label) for permission, label in MANDATE_LABELS.items()],
        help_text=mark("Voir votre bureau est toujours compris."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": mark("Cochez au moins un droit."),
            "invalid_choice": mark("Ce droit ne se donne pas par mandat. Choisissez dans la liste."),
        },
    )

    def details(self) -> dict[str, Any]:
        """The keyword arguments of `give_mandate` that this form knows."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "email"}
        data["permissions"] = [Permission(value) for value in data["permissions"]]
        return data
