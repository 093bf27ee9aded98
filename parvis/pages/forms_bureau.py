"""What the bureau of an association types, and whoever invites a colleague."""

from collections.abc import Iterable
from typing import Any

from django import forms

from parvis.accounts.rules import Role
from parvis.core.speech import mark, say


class FirstForm(forms.Form):
    """Whom to write to; a shop's first person answers for it."""

    name = forms.CharField(
        label=mark("Son nom"),
        max_length=120,
        error_messages={
            "required": mark("Il manque le nom de la personne."),
            "max_length": mark("Ce nom est trop long : 120 lettres au plus."),
        },
    )
    email = forms.EmailField(
        label=mark("Son courriel"),
        max_length=254,
        error_messages={
            "required": mark("Il manque le courriel de la personne."),
            "invalid": mark("Ce courriel ne se lit pas : écrivez-le comme prenom.nom@exemple.fr."),
            "max_length": mark("Ce courriel est trop long : vérifiez-le."),
        },
    )


class InvitationForm(FirstForm):
    """A colleague, with a role."""

    def __init__(self, *arguments: Any, roles: Iterable[Role], **options: Any) -> None:
        """`roles`: those that this inviter gives."""
        super().__init__(*arguments, **options)
        said = [
            (role.value, say("{role} : {meaning}", role=say(role.label).capitalize(), meaning=say(role.meaning)))
            for role in roles
        ]
        self.fields["role"] = forms.ChoiceField(
            label=mark("Pour quoi faire ?"),
            choices=said,
            widget=forms.RadioSelect,
            error_messages={
                "required": mark("Choisissez un rôle."),
                "invalid_choice": mark("Ce rôle ne se donne pas ici. Choisissez dans la liste."),
            },
        )


class SuspensionForm(forms.Form):
    why = forms.CharField(
        label=mark("Pourquoi ?"),
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text=mark("Ce que vous écrivez, le commerce le lit tel quel, à son bureau et par courriel."),
        error_messages={
            "required": mark("Il manque la raison : le commerce la lira, en entrant à son bureau."),
            "max_length": mark("C’est trop long : 300 lettres au plus."),
        },
    )


class ReleaseForm(forms.Form):
    why = forms.CharField(
        label=mark("Pourquoi ?"),
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text=mark("Les personnes qui tenaient cette page le lisent tel quel, par courriel."),
        error_messages={
            "required": mark("Il manque la raison : les personnes qui tenaient cette page la liront."),
            "max_length": mark("C’est trop long : 300 lettres au plus."),
        },
    )


class DecisionForm(forms.Form):
    """Of an announcement that was reported: what is done of it, and why."""

    why = forms.CharField(
        label=mark("Pourquoi ?"),
        max_length=400,
        widget=forms.Textarea({"rows": 4}),
        help_text=mark(
            "Retenue : qui l’a dite lit cette raison. Gardée : elle va à qui a signalé et demandé une réponse."
        ),
        error_messages={
            "required": mark("Il manque la raison : c’est elle qui sera lue."),
            "max_length": mark("C’est trop long : 400 lettres au plus."),
        },
    )


class AnswerForm(forms.Form):
    """Why a page is not given to whoever asked for it."""

    why = forms.CharField(
        label=mark("Pourquoi non ?"),
        max_length=400,
        widget=forms.Textarea({"rows": 4}),
        help_text=mark("La personne lit cette raison telle quelle, par courriel."),
        error_messages={
            "required": mark("Il manque la raison : la personne la lira."),
            "max_length": mark("C’est trop long : 400 lettres au plus."),
        },
    )
