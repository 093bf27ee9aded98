"""What a shop types of its own window, one question at a time."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from parvis.accounts.models import Organisation
from parvis.contacts.forms_counter import read_email, read_phone
from parvis.core import typography
from parvis.core.errors import Refused
from parvis.core.speech import mark, say
from parvis.directory.hours import MIDNIGHT, Opening, split_nights, whole_nights
from parvis.directory.windows import MOST_ABOUT, MOST_OPENINGS, check_day

from .forms_compose import NOT_A_DAY

NOT_AN_HOUR = mark("Cette heure ne se lit pas\u00a0: écrivez-la comme 14:30, ou 14 h 30.")


class Hour(forms.TimeField):
    """Also as one says it: « 9 h », « 14h30 »."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
            error_messages={"invalid": NOT_AN_HOUR},
        )

    def to_python(self, value: Any) -> dt.time | None:
        if isinstance(value, str):
            hour, h, minutes = re.sub(r"\s", "", value).lower().replace("h", ":").partition(":")
            value = f"{hour}:{minutes or '00'}" if h or hour.isdigit() else hour
        return super().to_python(value)


Spans = Sequence[tuple[str, str]]
SPANS: Spans = (("opens", "closes"), ("reopens", "ends"))
MORE: Spans = tuple((f"opens{n}", f"closes{n}") for n in range(len(SPANS) + 1, MOST_OPENINGS + 1))


def _spans(named: Iterable[str]) -> Spans:
    """Two, and as many more as some day of the week has: what is kept is shown, or saving would lose it."""
    more = {name.lstrip("0123456789") for name in named}
    return (*SPANS, *MORE[: max((n for n, pair in enumerate(MORE, 1) if more & {*pair}), default=0)])


def _hours(prefix: str, spans: Spans = SPANS) -> dict[str, Hour]:
    """The openings of one day."""
    fields: dict[str, Hour] = {}
    for since, until in spans:
        fields[prefix + since] = Hour(mark("Rouvre à") if fields else mark("Ouvre à"))
        fields[prefix + until] = Hour(mark("Ferme à"))
    return fields


def _openings(form: forms.Form, prefix: str, spans: Spans = SPANS) -> list[Opening]:
    """Those of one day that can be read; what misses is told at its field."""
    found: list[Opening] = []
    for since, until in spans:
        opens, closes = (form.cleaned_data.get(prefix + name) for name in (since, until))
        if opens is not None and closes is not None:
            # One writes midnight as it is read on a clock.
            found.append(Opening(opens, MIDNIGHT if closes == dt.time() else closes))
        elif opens is not None and prefix + until not in form.errors:
            form.add_error(prefix + until, say("Il manque l’heure de fermeture."))
        elif closes is not None and prefix + since not in form.errors:
            form.add_error(prefix + since, say("Il manque l’heure d’ouverture."))
    return found


def _check(form: forms.Form, prefix: str, day: str, openings: Sequence[Opening]) -> None:
    try:
        check_day(day, openings)
    except Refused as refusal:
        form.add_error(f"{prefix}opens", refusal.sentence)


def _as_typed(openings: Sequence[Opening]) -> dict[str, str]:
    """What the fields of one day show of it."""
    spans = zip((*SPANS, *MORE), openings, strict=False)
    pairs = [((since, o.opens), (until, o.closes)) for (since, until), o in spans]
    return {name: "00:00" if at == MIDNIGHT else f"{at:%H:%M}" for pair in pairs for name, at in pair}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week on the page."""

    number: int
    name: str
    closed: forms.BoundField
    hours: Sequence[forms.BoundField]


class HoursForm(forms.Form):
    """The week. Seven empty days say nothing; else each day has its hours, or is closed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.spans = _spans([*self.data, *self.initial])
        for day in range(7):
            self.fields[f"{day}closed"] = forms.BooleanField(label=mark("Fermé"), required=False)
            self.fields |= _hours(str(day), self.spans)
        self.week: dict[int, list[Opening]] = {}

    @staticmethod
    def of(week: Mapping[int, Sequence[Opening]]) -> dict[str, Any]:
        """Its initial values."""
        known, week = any(week.values()), whole_nights(week)
        return {
            f"{day}{name}": value
            for day in range(7)
            for name, value in [("closed", known and not week.get(day)), *_as_typed(week.get(day, ())).items()]
        }

    @staticmethod
    def copied(typed: Mapping[str, Any], day: int) -> dict[str, Any]:
        """As typed, with the hours of that day on every other that is not closed. Nothing is judged yet."""
        copy = {key: value for key, value in typed.items() if key[:1].isdigit()}
        for other in range(7):
            if not copy.get(f"{other}closed"):
                copy |= {f"{other}{name}": typed.get(f"{day}{name}", "") for span in _spans(typed) for name in span}
        return copy

    def days(self) -> list[Day]:
        names = [name for span in self.spans for name in span]
        return [
            Day(
                number=day,
                name=typography.day_name(day).capitalize(),
                closed=self[f"{day}closed"],
                hours=[self[f"{day}{name}"] for name in names],
            )
            for day in range(7)
        ]

    def clean(self) -> None:
        silent = []
        for day in range(7):
            # Closed wins: the hours under it are hidden, and no one sees what they say.
            if self.cleaned_data.get(f"{day}closed"):
                self._forget(day)
                continue
            openings = _openings(self, str(day), self.spans)
            if openings:
                self.week[day] = openings
            elif not any(f"{day}{name}" in self.errors for span in self.spans for name in span):
                silent.append(day)
        for day, openings in split_nights(self.week).items():
            _check(self, str(day), typography.day_name(day), openings)
        if len(silent) < 7:
            for day in silent:
                self.add_error(f"{day}opens", say("Écrivez vos heures de ce jour, ou cochez « Fermé »."))

    def _forget(self, day: int) -> None:
        for name in [f"{day}{name}" for span in self.spans for name in span]:
            self.errors.pop(name, None)


CLOSED, OPEN = "ferme", "ouvert"


class SpecialDayForm(forms.Form):
    """A day, or several in a row, that are not as their week."""

    day = forms.DateField(
        label=mark("Quel jour ? Ou le premier jour"),
        widget=forms.DateInput({"type": "date"}),
        error_messages={**NOT_A_DAY, "required": mark("Il manque le jour.")},
    )
    last = forms.DateField(
        label=mark("Jusqu’au"),
        help_text=mark("Ce jour compris. Laissez vide pour un seul jour."),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages=NOT_A_DAY,
    )
    how = forms.ChoiceField(
        label=mark("Ce jour-là"),
        choices=[(CLOSED, mark("C’est fermé")), (OPEN, mark("C’est ouvert, à d’autres heures"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": mark("Dites si c’est fermé, ou ouvert à d’autres heures."),
            "invalid_choice": mark("Dites si c’est fermé, ou ouvert à d’autres heures."),
        },
    )
    note = forms.CharField(
        label=mark("La raison"),
        help_text=mark("En deux mots, comme sur la porte : congés, inventaire, mariage."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= _hours("")
        self.openings: list[Opening] = []

    def hours(self) -> list[forms.BoundField]:
        return [self[name] for span in SPANS for name in span]

    def clean(self) -> None:
        if self.cleaned_data.get("how") == CLOSED:
            for field in self.hours():
                self.errors.pop(field.name, None)
        elif self.cleaned_data.get("how") == OPEN:
            day = self.cleaned_data.get("day")
            self.openings = _openings(self, "")
            _check(self, "", typography.day(day) if day else say("Ce jour-là"), self.openings)
            if not self.openings and not any(field.errors for field in self.hours()):
                self.add_error("opens", say("Écrivez les heures de ce jour, ou choisissez « C’est fermé »."))


class AboutForm(forms.Form):
    """Its length is counted by the action, which says how much is too much: a browser would cut without a word."""

    about = forms.CharField(label=mark("Votre présentation"), required=False, widget=forms.Textarea({"rows": 8}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        told = str((self.data if self.is_bound else self.initial).get("about", "")).replace("\r\n", "\n").strip()
        self.fields["about"].help_text = say(
            "{most} lettres au plus, une page lue d’un coup d’œil. Ici, il y en a {now}.",
            most=MOST_ABOUT,
            now=len(told),
        )


class ComeForm(forms.Form):
    """Where it is, and how one reaches it."""

    address = forms.CharField(
        label=mark("Votre adresse"),
        help_text=mark("Le numéro et la rue ; la commune est déjà sur votre page."),
        required=False,
        max_length=200,
        error_messages={"max_length": mark("C’est trop long : 200 lettres au plus.")},
    )
    access = forms.CharField(
        label=mark("Comment on vient"),
        help_text=mark("Le parking, l’arrêt de bus, la marche à l’entrée."),
        required=False,
    )
    phone = forms.CharField(
        label=mark("Votre téléphone"),
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=mark("Votre courriel"),
        help_text=mark("Il est écrit dans les mentions de votre page, et l’association vous y écrit."),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"max_length": mark("Ce courriel est trop long : vérifiez-le.")},
    )

    @staticmethod
    def of(shop: Organisation, access: str) -> dict[str, Any]:
        phone = typography.phone(shop.phone).replace(typography.NBSP, " ")
        return {"address": shop.address, "access": access, "phone": phone, "email": shop.email}

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        return read_phone(typed) if typed else ""

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        return read_email(typed) if typed else ""


class NeedsForm(forms.Form):
    needs = forms.CharField(
        label=mark("Les mots de vos clients"),
        help_text=mark("Séparés par des virgules : offrir des fleurs, couronne, mariage."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class OldSitesForm(forms.Form):
    old_sites = forms.CharField(
        label=mark("Les adresses que vous ne tenez plus"),
        help_text=mark("Une par ligne. Votre page dira qu’elles circulent encore et qu’il ne faut plus s’y fier."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


def _fact(label: str, longest: int, too_long: str, help_text: str) -> forms.CharField:
    messages = {"max_length": too_long}
    return forms.CharField(
        label=label, help_text=help_text, max_length=longest, required=False, error_messages=messages
    )


class PublisherForm(forms.Form):
    """Rule 12: on its window, the shop is its own publisher. The law asks for all three; whoever lacks one today notes
    the others."""

    nothing_optional = True

    legal_name = _fact(
        mark("Le nom de l’entreprise, et sa forme"),
        160,
        mark("C’est trop long : 160 lettres au plus."),
        mark("Comme sur vos factures : « Odile Marchand, entreprise individuelle », « SARL Le Fournil »."),
    )
    registration = _fact(
        mark("Son immatriculation"),
        80,
        mark("C’est trop long : 80 lettres au plus."),
        mark("Sur votre extrait Kbis ou votre avis Sirene : « RCS Créteil 123 456 789 »."),
    )
    director = _fact(
        mark("Qui répond de ce qui est écrit sur cette page"),
        120,
        mark("C’est trop long : 120 lettres au plus."),
        mark("Un prénom et un nom. La loi appelle cette personne la directrice ou le directeur de la publication."),
    )
