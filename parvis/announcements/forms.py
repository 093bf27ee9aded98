"""What anyone types of an announcement that should not stand."""

from django import forms

from .models import Report


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label="Qu’est-ce qui ne va pas ?",
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez ce qui ne va pas.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    text = forms.CharField(
        label="Dites-le en quelques mots",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Ce que vous avez vu, et comment vous le savez.",
        error_messages={"max_length": "C’est trop long : 2 000 lettres au plus."},
    )
    contact = forms.CharField(
        label="Votre courriel ou votre téléphone",
        required=False,
        max_length=254,
        help_text="Seulement si vous voulez une réponse. Il est effacé ensuite ; le commerce ne le voit jamais.",
        error_messages={"max_length": "C’est trop long pour un courriel ou un numéro."},
    )
