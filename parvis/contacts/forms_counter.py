"""What a shopkeeper types at the counter, for someone who stands there, and what a card says that someone filled in."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from parvis.core import clock
from parvis.core.errors import BadInput
from parvis.core.phones import phone
from parvis.core.speech import mark
from parvis.core.typography import in_words

from . import points
from .actions import MOST_CARDS, CustomerDetails, Said
from .models import Interest, Wording
from .rules import DEFAULT_RHYTHM, RHYTHMS, Channel

OLDEST = dt.timedelta(days=30)  # of an entry that waited on a telephone

TOO_OLD = mark("Cette réponse a plus de trente jours : elle ne compte plus. Posez de nouveau la question au client.")
NO_CONTACT = mark("Il manque son courriel ou son numéro. Sans l’un ni l’autre, choisissez « Papier ».")
UNREAD = mark("Ce n’est ni un courriel, avec son arobase, ni un numéro de téléphone.")
NO_EMAIL = mark("Pour lui écrire par courriel, il faut un courriel. Demandez-le, ou choisissez un autre moyen.")
NO_PHONE = mark("Pour l’appeler, il faut un numéro. Demandez-le, ou choisissez un autre moyen.")
NO_NAME = mark("Il manque son nom : c’est lui qu’on écrira sur la feuille.")
NO_STREET = mark("Il manque sa rue : deux personnes peuvent porter le même nom.")


def read_email(typed: str) -> str:
    return _read(points.email, typed)


def read_phone(typed: str) -> str:
    return _read(phone, typed)


def _read(canonical: Callable[[str], str], typed: str) -> str:
    try:
        return canonical(typed)
    except BadInput as refusal:
        raise forms.ValidationError(
            re.sub(r"\b[1-9](?= (?:chiffre|digit))", _in_letters, refusal.sentence)
        ) from refusal


def _in_letters(digit: re.Match[str]) -> str:
    return in_words(int(digit[0]))


def _words(label: str, longest: int, **options: Any) -> forms.CharField:
    too_long = format_lazy(gettext_lazy(mark("C’est trop long : {longest} lettres au plus.")), longest=longest)
    messages: dict[str, Any] = {
        "max_length": too_long,
        "null_characters_not_allowed": mark("Il y a un signe qui ne se lit pas."),
    }
    return forms.CharField(label=label, required=False, max_length=longest, error_messages=messages, **options)


def _typed(**attributes: str) -> forms.TextInput:
    """Someone else's words: the shopkeeper's own are not proposed, nor kept by the browser."""
    plain = {"autocomplete": "off", "spellcheck": "false"}
    return forms.TextInput(plain | attributes)


class SpokenForm(forms.Form):
    """What the counter and the card both ask."""

    given_name = _words(mark("Prénom"), 80, widget=_typed(autocapitalize="words"))
    family_name = _words(mark("Nom"), 80, widget=_typed(autocapitalize="words"))
    street = _words(mark("Rue et numéro"), 200, widget=_typed(autocapitalize="words"))
    town = _words(mark("Commune"), 90, widget=_typed(list="communes"))
    rhythm = forms.TypedChoiceField(
        label=mark("Par semaine, au plus"),
        choices=[(n, str(n)) for n in RHYTHMS if n],
        coerce=int,
        required=False,
        empty_value=None,
        initial=DEFAULT_RHYTHM,
        error_messages={"invalid_choice": mark("Choisissez 1, 2, 4 ou 7 annonces par semaine.")},
    )
    adult = forms.BooleanField(label=mark("Je suis majeur ou majeure"), required=False)

    def details(self, *, on: dt.date, **more: Any) -> CustomerDetails:
        """`on`: the day on which they said it. An age told to a shop is that shop's own note (decision 0015)."""
        data = self.cleaned_data
        postcode, town = _place(data["town"]) if data["street"] else ("", "")
        return CustomerDetails(
            given_name=data["given_name"],
            family_name=data["family_name"],
            address=data["street"],
            postcode=postcode,
            town=town,
            adult_told_on=on if data["adult"] else None,
            rhythm=data["rhythm"] or DEFAULT_RHYTHM,
            likes=self.likes(),
            **more,
        )

    def likes(self) -> frozenset[Interest]:
        """A subject that was retired while an entry waited on a telephone is left out, without a word."""
        slugs = self.data.getlist("likes") if hasattr(self.data, "getlist") else ()
        return frozenset(Interest.objects.filter(slug__in=slugs, retired=False))


def _place(typed: str) -> tuple[str, str]:
    """« 94440 Villecresnes », in whichever order, as postcode and town."""
    postcode = re.search(r"\b\d{5}\b", typed)
    town = re.sub(r"\b\d{5}\b", " ", typed)
    return postcode[0] if postcode else "", " ".join(town.split())[:80]


class CounterForm(SpokenForm):
    """One screen: the contact is the only thing that must be typed, and tells the channel by itself."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    contact = _words(
        mark("Son courriel ou son téléphone"),
        254,
        # A pattern, so that the style sheet knows the channel before any script.
        widget=_typed(inputmode="email", autocapitalize="none", pattern=".*@.*", placeholder=" "),
    )
    channel = forms.TypedChoiceField(
        label=mark("Par quel moyen ?"),
        choices=[("", ""), *((c.value, c.label) for c in Channel)],
        coerce=Channel,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": mark("Choisissez le courriel, le téléphone ou le papier.")},
    )
    title = forms.ChoiceField(
        label=mark("Civilité"),
        choices=[("", "–"), ("Mme", "Mme"), ("M.", "M.")],
        required=False,
        error_messages={"invalid_choice": mark("Choisissez « Mme », « M. », ou rien.")},
    )
    said_on = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, refusing: bool = False, **options: Any) -> None:
        """`refusing`: a no, which counts however long it waited."""
        super().__init__(*arguments, **options)
        self.refusing = refusing

    def clean_contact(self) -> str:
        typed: str = self.cleaned_data["contact"]
        if not typed:
            return ""
        if "@" in typed:
            return read_email(typed)
        if not re.search(r"\d", typed):
            raise forms.ValidationError(UNREAD)
        return read_phone(typed)

    def clean_said_on(self) -> dt.date:
        """The day on which it was said, as the telephone that kept it tells; today where that makes no sense. What is
        too old to be dated again is refused: a yes would else be younger than a no said since."""
        today = clock.today()
        try:
            day = dt.date.fromisoformat(self.cleaned_data["said_on"])
        except ValueError:
            return today
        if day < today - OLDEST and not self.refusing:
            raise forms.ValidationError(TOO_OLD)
        return min(day, today)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "contact" not in self.errors and "channel" not in self.errors:
            contact = data["contact"]
            data["email"], data["phone"] = (contact, "") if "@" in contact else ("", contact)
            self._check_channel(data)
        return data

    def _check_channel(self, data: dict[str, Any]) -> None:
        guess = Channel.EMAIL if data["email"] else Channel.PHONE if data["phone"] else None
        data["channel"] = channel = data.get("channel") or guess
        if channel is None:
            self.add_error("contact", NO_CONTACT)
        elif channel is Channel.EMAIL and not data["email"]:
            self.add_error("contact", NO_EMAIL)
        elif channel is Channel.PHONE and not data["phone"]:
            self.add_error("contact", NO_PHONE)
        elif channel is Channel.PAPER:
            self._check_paper(data)

    def _check_paper(self, data: dict[str, Any]) -> None:
        named = data.get("family_name") or data.get("given_name")
        if not named and "family_name" not in self.errors and "given_name" not in self.errors:
            self.add_error("family_name", NO_NAME)
        if not (data["contact"] or data.get("street") or "street" in self.errors):
            self.add_error("street", NO_STREET)

    def customer(self) -> CustomerDetails:
        data = self.cleaned_data
        return self.details(
            on=data["said_on"],
            title=data["title"],
            email=data["email"],
            phone=data["phone"],
            channel=data["channel"],
        )

    def said(self, wording: Wording | None) -> Said:
        """`wording`: the sentence that was read aloud and answered by yes; None: a fiche without any right."""
        data = self.cleaned_data
        yeses = {data["channel"]: wording} if wording else {}
        details = self.customer()
        return Said(details=details, on=data["said_on"], yeses=yeses, commune=details.town)


UNSIGNED = mark(
    "Une case d’accord est cochée, mais la carte n’est pas signée : sans signature, décochez les cases d’accord."
)
NO_ANSWER = mark("Recopiez au moins un nom, ou ce qui permet de joindre la personne.")
CARD_WITHOUT = {
    Channel.EMAIL: mark("L’accord par courriel est coché : recopiez le courriel, ou décochez-le s’il ne se lit pas."),
    Channel.PAPER: mark("L’accord sur papier est coché : recopiez le nom, ou décochez-le s’il ne se lit pas."),
    Channel.PHONE: mark("L’accord par téléphone est coché : recopiez le numéro, ou décochez-le s’il ne se lit pas."),
}
_TYPED_FOR = {Channel.EMAIL: ("email",), Channel.PAPER: ("family_name", "given_name"), Channel.PHONE: ("phone",)}


class CardForm(SpokenForm):
    """A card as it was filled in, box after box in its own order. Nothing is demanded that is not on the paper."""

    email = _words(mark("Son courriel"), 254, widget=_typed(inputmode="email", autocapitalize="none"))
    phone = _words(mark("Son téléphone"), 30, widget=_typed(inputmode="tel"))
    preferred = forms.MultipleChoiceField(
        label=mark("Plutôt"), required=False, choices=[(c.value, c.label) for c in Channel]
    )
    agreed = forms.MultipleChoiceField(
        label=mark("Son accord"), required=False, choices=[(c.value, c.label) for c in Channel]
    )
    signed = forms.BooleanField(label=mark("La carte est signée"), required=False)
    signed_on = forms.DateField(
        label=mark("Date écrite sur la carte"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": mark("Cette date ne se lit pas : écrivez-la comme 28/11/2026.")},
    )

    def __init__(self, *arguments: Any, printed: Mapping[Channel, Wording], earliest: dt.date, **options: Any) -> None:
        """`printed`: the sentences on this card; `earliest`: the day it was printed, before which nobody signed it."""
        super().__init__(*arguments, **options)
        self.fields["given_name"].widget.attrs["autofocus"] = not self.is_bound
        self.printed = printed
        self.earliest = earliest

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        return read_email(typed) if typed else ""

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        return read_phone(typed) if typed else ""

    def clean_signed_on(self) -> dt.date:
        day: dt.date | None = self.cleaned_data["signed_on"]
        if day and day > clock.today():
            raise forms.ValidationError(mark("Cette date est à venir : relisez la carte."))
        if day and day < self.earliest:
            raise forms.ValidationError(mark("Cette date est d’avant l’impression de la carte : relisez-la."))
        return day or clock.today()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["agreed"] = agreed = [c for c in self.printed if c in data.get("agreed", ())]
        if agreed and not data.get("signed"):
            self.add_error("signed", UNSIGNED)
        for channel in agreed:
            self._require(CARD_WITHOUT[channel], *_TYPED_FOR[channel])
        self._require(NO_ANSWER, "family_name", "given_name", "email", "phone")
        return data

    def _require(self, missing: str, *names: str) -> None:
        """At least one of these boxes, said beside the first."""
        if not any(self.cleaned_data.get(name) or name in self.errors for name in names):
            self.add_error(names[0], missing)

    def said(self) -> Said:
        data = self.cleaned_data
        details = self.details(on=data["signed_on"], email=data["email"], phone=data["phone"], channel=self._channel())
        yeses = {channel: self.printed[channel] for channel in data["agreed"]}
        return Said(details=details, on=data["signed_on"], yeses=yeses, commune=_place(data["town"])[1])

    def _channel(self) -> Channel | None:
        """Where several boxes « plutôt » are ticked, the first to which they agreed."""
        agreed: Sequence[Channel] = self.cleaned_data["agreed"]
        preferred = [Channel(value) for value in self.cleaned_data["preferred"]]
        return next((c for c in preferred if c in agreed), None) or next(iter(agreed or preferred), None)


class CardCountForm(forms.Form):
    count = forms.IntegerField(
        label=mark("Combien de cartes ?"),
        min_value=1,
        max_value=MOST_CARDS,
        initial=10,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            format_lazy(gettext_lazy(mark("Écrivez un nombre de 1 à {most}.")), most=MOST_CARDS),
        ),
    )


class CardCodeForm(forms.Form):
    code = forms.CharField(
        label=mark("Le code de la carte"),
        max_length=40,
        widget=forms.TextInput(
            {
                "class": "code-input",
                "autofocus": True,
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={
            "required": mark("Recopiez le code : il est en haut de la carte."),
            "max_length": mark("C’est trop long."),
        },
    )
