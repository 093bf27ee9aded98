"""What the bureau of an association types, and whoever invites a colleague."""

from collections.abc import Iterable
from typing import Any

from django import forms

from parvis.accounts.rules import Role


class FirstForm(forms.Form):
    """Whom to write to; a shop's first person answers for it."""

    name = forms.CharField(
        label="Son nom",
        max_length=120,
        error_messages={
            "required": "Il manque le nom de la personne.",
            "max_length": "Ce nom est trop long : 120 lettres au plus.",
        },
    )
    email = forms.EmailField(
        label="Son courriel",
        max_length=254,
        error_messages={
            "required": "Il manque le courriel de la personne.",
            "invalid": "Ce courriel ne se lit pas : écrivez-le comme prenom.nom@exemple.fr.",
            "max_length": "Ce courriel est trop long : vérifiez-le.",
        },
    )


class InvitationForm(FirstForm):
    """A colleague, with a role."""

    def __init__(self, *arguments: Any, roles: Iterable[Role], **options: Any) -> None:
        """`roles`: those that this inviter gives."""
        super().__init__(*arguments, **options)
        said = [(role.value, f"{role.label.capitalize()} : {role.meaning}") for role in roles]
        self.fields["role"] = forms.ChoiceField(
            label="Pour quoi faire ?",
            choices=said,
            widget=forms.RadioSelect,
            error_messages={
                "required": "Choisissez un rôle.",
                "invalid_choice": "Ce rôle ne se donne pas ici. Choisissez dans la liste.",
            },
        )


class SuspensionForm(forms.Form):
    why = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text="Ce que vous écrivez, le commerce le lit tel quel, à son bureau et par courriel.",
        error_messages={
            "required": "Il manque la raison : le commerce la lira, en entrant à son bureau.",
            "max_length": "C’est trop long : 300 lettres au plus.",
        },
    )


class DecisionForm(forms.Form):
    """Of an announcement that was reported: what is done of it, and why."""

    why = forms.CharField(
        label="Pourquoi ?",
        max_length=400,
        widget=forms.Textarea({"rows": 4}),
        help_text="Retenue : qui l’a dite lit cette raison. Gardée : elle va à qui a signalé et demandé une réponse.",
        error_messages={
            "required": "Il manque la raison : c’est elle qui sera lue.",
            "max_length": "C’est trop long : 400 lettres au plus.",
        },
    )
