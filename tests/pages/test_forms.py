"""What is typed wrong is told in the house's words, beside its question."""

from typing import Any

import pytest
from django import forms

from parvis.accounts.models import Organisation
from parvis.announcements.rules import Kind
from parvis.pages.forms import MandateForm
from parvis.pages.forms_compose import PhraseForm, SubjectForm, WhenForm

TOO_LONG_A_PRICE = "Le prix est trop long : 60 lettres au plus, par exemple « 35 € la place »."

pytestmark = pytest.mark.django_db


def told(form: forms.Form, name: str) -> str:
    return " ".join(str(error) for error in form.errors.get(name, ())).replace("\u00a0", " ")


def when(kind: Kind = Kind.EVENT, **typed: str) -> WhenForm:
    return WhenForm({"day": "2026-11-28", "hour": "14:30"} | typed, kind=kind)


@pytest.mark.parametrize("seats", ["1", "5000", ""])
def test_seats_from_one_to_five_thousand_are_heard(seats: str) -> None:
    assert when(seats=seats).is_valid()


@pytest.mark.parametrize(
    ("form", "name", "sentence"),
    [
        (when(seats="0"), "seats", "Il faut au moins une place. S’il n’y en a pas à compter, laissez vide."),
        (when(seats="5001"), "seats", "5 000 places au plus. S’il n’y a pas de limite, laissez vide."),
        (when(seats="douze"), "seats", "Ce nombre ne se lit pas : écrivez-le en chiffres, par exemple 12."),
        (when(price="x" * 61), "price", TOO_LONG_A_PRICE),
        (when(Kind.OFFER, lowest_price="x" * 61), "lowest_price", TOO_LONG_A_PRICE),
        (
            PhraseForm({"title": "x" * 91}),
            "title",
            "La phrase est trop longue : 90 lettres au plus. Dites la suite dessous.",
        ),
        (PhraseForm({"text": "x" * 601}), "text", "C’est trop long : 600 lettres au plus. Gardez le plus important."),
        (PhraseForm({"kind": "shout"}), "kind", "Dites ce que c’est : choisissez dans la liste."),
        (SubjectForm({"interests": ["0"]}), "interests", "Ce sujet n’est plus dans la liste. Choisissez-en un autre."),
        (SubjectForm({"interests": ["x"]}), "interests", "Ce sujet n’est plus dans la liste. Choisissez-en un autre."),
    ],
)
def test_what_an_announcement_cannot_hold_says_the_way_out(form: forms.Form, name: str, sentence: str) -> None:
    assert told(form, name) == sentence


def test_only_what_the_kind_needs_is_asked() -> None:
    assert set(when(Kind.NEWS).fields) == {"until"}
    assert set(when(Kind.OFFER).fields) == {"until", "price", "lowest_price"}
    assert set(when(Kind.EVENT).fields) == {"day", "hour", "ends", "seats", "price"}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("signed_by", "x" * 121, "Ce nom est trop long : 120 lettres au plus."),
        ("evidence", "x" * 201, "C’est trop long : 200 lettres au plus."),
        ("permissions", ["run_rounds"], "Ce droit ne se donne pas par mandat. Choisissez dans la liste."),
    ],
)
def test_what_a_mandate_cannot_hold_says_the_way_out(name: str, value: Any, sentence: str) -> None:
    assert told(MandateForm({name: value}, delegates=Organisation.objects.none()), name) == sentence
