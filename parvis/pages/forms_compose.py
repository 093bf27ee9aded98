"""Say something, one question at a time: the sentence, when, for whom. Answers are kept as typed."""

import datetime as dt
from typing import Any

from django import forms

from parvis.announcements.rules import Kind, last_day
from parvis.contacts.models import Interest
from parvis.core import clock
from parvis.core.speech import mark, say
from parvis.law.rules import lowest_price_fr

SHORT_PRICE = {"max_length": mark("Le prix est trop long : 60 lettres au plus, par exemple « 35 € la place ».")}
NOT_A_DAY = {"invalid": mark("Cette date ne se lit pas : écrivez-la comme 28/11/2026.")}
NOT_AN_HOUR = {"invalid": mark("Cette heure ne se lit pas : écrivez-la comme 14:30.")}


class PhraseForm(forms.Form):
    kind = forms.ChoiceField(
        label=mark("Qu’est-ce que c’est ?"),
        choices=[(k.value, k.label) for k in Kind],
        widget=forms.RadioSelect,
        error_messages={
            "required": mark("Dites ce que c’est : une nouveauté, un atelier…"),
            "invalid_choice": mark("Dites ce que c’est : choisissez dans la liste."),
        },
    )
    title = forms.CharField(
        label=mark("En une phrase"),
        max_length=90,
        help_text=mark("Comme au comptoir : « Couronnes de l’avent samedi »."),
        error_messages={
            "required": mark("Il manque la phrase : dites ce qui se passe, comme au comptoir."),
            "max_length": mark("La phrase est trop longue : 90 lettres au plus. Dites la suite dessous."),
        },
    )
    text = forms.CharField(
        label=mark("Si vous voulez en dire plus"),
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": mark("C’est trop long : 600 lettres au plus. Gardez le plus important.")},
    )


class WhenForm(forms.Form):
    """Only what this kind of announcement needs is asked."""

    day = forms.DateField(
        label=mark("Quel jour ?"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages=NOT_A_DAY,
    )
    hour = forms.TimeField(
        label=mark("À quelle heure ?"),
        required=False,
        widget=forms.TimeInput({"type": "time"}),
        error_messages=NOT_AN_HOUR,
    )
    ends = forms.TimeField(
        label=mark("Jusqu’à quelle heure ?"),
        required=False,
        help_text=mark("Après minuit, c’est la nuit du même soir : écrivez par exemple 02:00."),
        widget=forms.TimeInput({"type": "time"}),
        error_messages=NOT_AN_HOUR,
    )
    until = forms.DateField(
        label=mark("Jusqu’à quel jour est-ce utile ?"),
        required=False,
        help_text=mark("Laissez vide si vous ne savez pas : ce sera dit pendant deux semaines."),
        widget=forms.DateInput({"type": "date"}),
        error_messages=NOT_A_DAY,
    )
    seats = forms.IntegerField(
        label=mark("Combien de places ?"),
        required=False,
        min_value=1,
        max_value=5000,
        help_text=mark("Laissez vide s’il n’y en a pas à compter."),
        error_messages={
            "invalid": mark("Ce nombre ne se lit pas : écrivez-le en chiffres, par exemple 12."),
            "min_value": mark("Il faut au moins une place. S’il n’y en a pas à compter, laissez vide."),
            "max_value": mark("5 000 places au plus. S’il n’y a pas de limite, laissez vide."),
        },
    )
    price = forms.CharField(label=mark("Le prix"), required=False, max_length=60, error_messages=SHORT_PRICE)
    lowest_price = forms.CharField(
        help_text=mark("La loi le demande pour une offre, et Parvis l’écrit à côté du prix."),
        required=False,
        max_length=60,
        error_messages=SHORT_PRICE,
    )

    def __init__(self, *args: Any, kind: Kind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        for name in set(self.fields) - ASKED[kind]:
            del self.fields[name]
        # A day without its hour would be shown with an hour that nobody said.
        for name, missing in (("day", mark("Il manque le jour.")), ("hour", mark("Il manque l’heure."))):
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = missing
        if "lowest_price" in self.fields:
            self.fields["lowest_price"].required = True
            lowest = lowest_price_fr(clock.today())
            self.fields["lowest_price"].label = say("Votre {lowest}", lowest=lowest)
            missing_price = say("Il manque le {lowest}\u00a0: la loi le demande pour une offre.", lowest=lowest)
            self.fields["lowest_price"].error_messages["required"] = missing_price

    def said(self) -> dict[str, Any]:
        """The fields of `Words` that are about it."""
        data = self.cleaned_data
        day, hour, ends, until = (data.get(name) for name in ("day", "hour", "ends", "until"))
        return {
            "starts_at": _at(day, hour) if day and hour else None,
            "ends_at": _at(last_day(day, hour, ends), ends) if day and hour and ends else None,
            # To the end of that day.
            "useful_until": _at(until + dt.timedelta(days=1), dt.time()) if until else None,
            "seats": data.get("seats"),
            "price": data.get("price", ""),
            "lowest_price": data.get("lowest_price", ""),
        }


_MEETING = frozenset({"day", "hour", "ends", "seats", "price"})
ASKED = {
    Kind.EVENT: _MEETING,
    Kind.WORKSHOP: _MEETING,
    Kind.OFFER: frozenset({"price", "lowest_price", "until"}),
    Kind.ARRIVAL: frozenset({"price", "until"}),
    Kind.NEWS: frozenset({"until"}),
}


def _at(day: dt.date, hour: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, hour, clock.PARIS)


class SubjectsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def clean(self, value: Any) -> Any:
        """Compared as typed with the closed list: no database is asked for a number that it cannot hold."""
        if {str(one) for one in value or ()} - {str(one.pk) for one in self.queryset or ()}:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class SubjectForm(forms.Form):
    interests = SubjectsField(
        label=mark("De quoi s’agit-il ?"),
        queryset=Interest.objects.filter(retired=False),
        error_messages={
            "required": mark("Il manque un sujet : sans lui, on ne sait pas qui cela intéresse."),
            "invalid_choice": mark("Ce sujet n’est plus dans la liste. Choisissez-en un autre."),
        },
    )
    alcohol = forms.BooleanField(label=mark("C’est de l’alcool"), required=False)
    children = forms.BooleanField(label=mark("C’est une activité pour enfants"), required=False)
