"""What people type on the pages that mix several apps."""

import datetime as dt
from typing import Any

from django import forms

from parvis.accounts.rules import MANDATE_LABELS, Permission
from parvis.announcements.actions import Words
from parvis.announcements.rules import Kind
from parvis.contacts.models import Interest
from parvis.core import clock
from parvis.law.rules import lowest_price_fr

SHORT_PRICE = {"max_length": "Le prix est trop long : 60 lettres au plus, par exemple « 35 € la place »."}


class AnnounceForm(forms.Form):
    """Say something: a sentence, a date, a subject."""

    kind = forms.ChoiceField(
        label="Qu’est-ce que c’est ?",
        choices=[(k.value, k.label) for k in Kind],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites ce que c’est : une nouveauté, un atelier…",
            "invalid_choice": "Dites ce que c’est : choisissez dans la liste.",
        },
    )
    title = forms.CharField(
        label="En une phrase",
        max_length=90,
        help_text="Comme au comptoir\u00a0: « Couronnes de l’avent samedi ».",
        error_messages={
            "required": "Il manque la phrase\u00a0: dites ce qui se passe, comme au comptoir.",
            "max_length": "La phrase est trop longue : 90 lettres au plus. Dites la suite dessous.",
        },
    )
    text = forms.CharField(
        label="Si vous voulez en dire plus",
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": "C’est trop long : 600 lettres au plus. Gardez le plus important."},
    )
    day = forms.DateField(
        label="Quel jour ?",
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": "Cette date ne se lit pas\u00a0: écrivez-la comme 28/11/2026."},
    )
    hour = forms.TimeField(
        label="À quelle heure ?",
        required=False,
        widget=forms.TimeInput({"type": "time"}),
        error_messages={"invalid": "Cette heure ne se lit pas\u00a0: écrivez-la comme 14:30."},
    )
    seats = forms.IntegerField(
        label="Combien de places ?",
        required=False,
        min_value=1,
        max_value=5000,
        help_text="Laissez vide s’il n’y en a pas à compter.",
        error_messages={
            "invalid": "Ce nombre ne se lit pas : écrivez-le en chiffres, par exemple 12.",
            "min_value": "Il faut au moins une place. S’il n’y en a pas à compter, laissez vide.",
            "max_value": "5 000 places au plus. S’il n’y a pas de limite, laissez vide.",
        },
    )
    price = forms.CharField(label="Le prix", required=False, max_length=60, error_messages=SHORT_PRICE)
    lowest_price = forms.CharField(
        required=False,
        max_length=60,
        error_messages=SHORT_PRICE,
    )
    interests = forms.ModelMultipleChoiceField(
        label="De quoi s’agit-il ?",
        queryset=Interest.objects.filter(retired=False),
        help_text="Un sujet ou deux\u00a0: c’est ainsi que l’on sait qui cela intéresse.",
        error_messages={
            "required": "Il manque un sujet : sans lui, on ne sait pas qui cela intéresse.",
            "invalid_choice": "Ce sujet n’est plus dans la liste. Choisissez-en un autre.",
            "invalid_pk_value": "Ce sujet n’est pas dans la liste. Choisissez-en un autre.",
        },
    )
    alcohol = forms.BooleanField(label="C’est de l’alcool", required=False)
    children = forms.BooleanField(label="C’est une activité pour enfants", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lowest_price"].label = f"Pour une offre\u00a0: votre {lowest_price_fr(clock.today())}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        dated = "kind" in cleaned and Kind(cleaned["kind"]).dated
        # A day without its hour would be shown with an hour that nobody said.
        if dated or cleaned.get("day") or cleaned.get("hour"):
            for name, missing in (("day", "Il manque le jour."), ("hour", "Il manque l’heure.")):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        return cleaned

    def words(self) -> Words:
        data = self.cleaned_data
        return Words(
            kind=Kind(data["kind"]),
            title=data["title"],
            text=data["text"],
            starts_at=dt.datetime.combine(data["day"], data["hour"], clock.PARIS) if data["day"] else None,
            seats=data["seats"],
            price=data["price"],
            lowest_price=data["lowest_price"],
            alcohol=data["alcohol"],
            children=data["children"],
        )


class MandateForm(forms.Form):
    """A mandate signed on paper, noted here."""

    email = forms.EmailField(
        label="Courriel de la personne qui agira pour vous",
        error_messages={
            "required": "Il manque le courriel de la personne qui agira pour vous.",
            "invalid": "Ce courriel ne se lit pas\u00a0: écrivez-le comme prenom.nom@exemple.fr.",
        },
    )
    signed_by = forms.CharField(
        label="Qui a signé ?",
        max_length=120,
        error_messages={
            "required": "Il manque qui a signé.",
            "max_length": "Ce nom est trop long : 120 lettres au plus.",
        },
    )
    signed_on = forms.DateField(
        label="Signé le",
        widget=forms.DateInput({"type": "date"}),
        error_messages={
            "required": "Il manque le jour de la signature.",
            "invalid": "Cette date ne se lit pas\u00a0: écrivez-la comme 28/11/2026.",
        },
    )
    ends_on = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text="Son dernier jour. Laissez vide s’il court jusqu’à ce que vous le repreniez.",
        error_messages={"invalid": "Cette date ne se lit pas\u00a0: écrivez-la comme 28/11/2026."},
    )
    evidence = forms.CharField(
        label="Où est gardé le papier signé ?",
        max_length=200,
        error_messages={
            "required": "Il manque l’endroit où le papier signé est gardé.",
            "max_length": "C’est trop long : 200 lettres au plus.",
        },
    )
    permissions = forms.MultipleChoiceField(
        label="Pour quoi faire ?",
        choices=[(permission.value, label) for permission, label in MANDATE_LABELS.items()],
        help_text="Voir votre bureau est toujours compris.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins un droit.",
            "invalid_choice": "Ce droit ne se donne pas par mandat. Choisissez dans la liste.",
        },
    )

    def details(self) -> dict[str, Any]:
        """The keyword arguments of `give_mandate` that this form knows."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "email"}
        data["permissions"] = [Permission(value) for value in data["permissions"]]
        return data
