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


def _reason(missing: str, help_text: str, *, label: str = mark("Pourquoi ?"), most: int = 400) -> forms.CharField:
    """What is decided is decided for a reason, which somebody reads."""
    too_long = {
        300: mark("C’est trop long : 300 lettres au plus."),
        400: mark("C’est trop long : 400 lettres au plus."),
    }
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea({"rows": 4}),
        help_text=help_text,
        error_messages={"required": missing, "max_length": too_long[most]},
    )


class SuspensionForm(forms.Form):
    why = _reason(
        mark("Il manque la raison : le commerce la lira, en entrant à son bureau."),
        mark("Ce que vous écrivez, le commerce le lit tel quel, à son bureau et par courriel."),
        most=300,
    )


class ReleaseForm(forms.Form):
    why = _reason(
        mark("Il manque la raison : les personnes qui tenaient cette page la liront."),
        mark("Les personnes qui tenaient cette page le lisent tel quel, par courriel."),
        most=300,
    )


class DecisionForm(forms.Form):
    """Of an announcement that was reported: what is done of it, and why."""

    why = _reason(
        mark("Il manque la raison : c’est elle qui sera lue."),
        mark("Retenue : qui l’a dite lit cette raison. Gardée : elle va à qui a signalé et demandé une réponse."),
    )


class AnswerForm(forms.Form):
    """Why a page is not given to whoever asked for it."""

    why = _reason(
        mark("Il manque la raison : la personne la lira."),
        mark("La personne lit cette raison telle quelle, par courriel."),
        label=mark("Pourquoi non ?"),
    )
