"""What people type on the pages that mix several apps."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from parvis.accounts.models import Organisation
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

    through = forms.ModelChoiceField(
        label=mark("Qui agira pour vous ?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=mark("Une personne de son bureau le prendra, en son nom\u00a0: un courriel vous dira qui."),
        error_messages={
            "required": mark("Dites qui agira pour vous\u00a0: choisissez dans la liste."),
            "invalid_choice": mark("Un mandat se donne à l’association d’ici\u00a0: choisissez-la."),
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

    def __init__(self, data: Mapping[str, Any] | None, *, delegates: QuerySet[Organisation]) -> None:
        super().__init__(data, initial={"through": delegates[0]} if delegates.count() == 1 else {})
        through = self.fields["through"]
        assert isinstance(through, forms.ModelChoiceField)
        through.queryset = delegates

    def details(self) -> dict[str, Any]:
        """The keyword arguments of `give_mandate` that this form knows."""
        return self.cleaned_data | {"permissions": [Permission(one) for one in self.cleaned_data["permissions"]]}
