"""What a shop types on a customer's card."""

from django import forms

from parvis.contacts.actions.records import LONGEST_NOTE
from parvis.contacts.models import Interest


class NoteForm(forms.Form):
    note = forms.CharField(
        label="Votre remarque",
        help_text="Lisible par la personne sur demande : écrivez-la comme devant elle.",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": "Cette remarque est trop longue : 2 000 lettres au plus."},
    )


class TasteForm(forms.Form):
    interest = forms.ModelChoiceField(
        label="Une envie",
        queryset=Interest.objects.order_by("name"),
        empty_label="Choisissez",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez une envie dans la liste."),
    )
    liked = forms.ChoiceField(
        label="Que vous a-t-on dit ?",
        choices=[("oui", "Aime"), ("non", "N’aime pas")],
        widget=forms.RadioSelect,
        initial="oui",
        required=False,
        error_messages={"invalid_choice": "Choisissez : aime, ou n’aime pas."},
    )

    def answer(self) -> bool | None:
        return {"oui": True, "non": False}.get(self.cleaned_data["liked"])
