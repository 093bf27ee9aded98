"""What a shop types on a customer's card."""

from typing import Any, cast

from django import forms

from parvis.contacts.actions.records import LONGEST_NOTE
from parvis.contacts.models import Interest
from parvis.core.speech import mark, say


class NoteForm(forms.Form):
    note = forms.CharField(
        label=mark("Votre remarque"),
        help_text=mark("Lisible par la personne sur demande : écrivez-la comme devant elle."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": mark("Cette remarque est trop longue : 2 000 lettres au plus.")},
    )


class InterestField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, interest: Interest) -> str:
        return say(interest.name)


class TasteForm(forms.Form):
    interest = InterestField(
        label=mark("Une envie"),
        queryset=Interest.objects.order_by("name"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), mark("Choisissez une envie dans la liste.")),
    )
    liked = forms.ChoiceField(
        label=mark("Que vous a-t-on dit ?"),
        choices=[("oui", mark("Aime")), ("non", mark("N’aime pas"))],
        widget=forms.RadioSelect,
        initial="oui",
        required=False,
        error_messages={"invalid_choice": mark("Choisissez : aime, ou n’aime pas.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # A list of options is written by Django: no template of ours says it.
        cast(InterestField, self.fields["interest"]).empty_label = say("Choisissez")

    def answer(self) -> bool | None:
        return {"oui": True, "non": False}.get(self.cleaned_data["liked"])
