"""What anyone types of an announcement that should not stand."""

from django import forms

from parvis.core.speech import mark

from .models import Report


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=mark("Qu’est-ce qui ne va pas ?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": mark("Choisissez ce qui ne va pas."),
            "invalid_choice": mark("Choisissez dans la liste."),
        },
    )
    text = forms.CharField(
        label=mark("Dites-le en quelques mots"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=mark("Ce que vous avez vu, et comment vous le savez."),
        error_messages={"max_length": mark("C’est trop long : 2 000 lettres au plus.")},
    )
    contact = forms.CharField(
        label=mark("Votre courriel ou votre téléphone"),
        required=False,
        max_length=254,
        help_text=mark("Seulement si vous voulez une réponse. Il est effacé ensuite ; le commerce ne le voit jamais."),
        error_messages={"max_length": mark("C’est trop long pour un courriel ou un numéro.")},
    )
