"""What is typed wrong is told in the house's words, beside its question."""

from typing import Any

import pytest

from parvis.pages.forms import AnnounceForm, MandateForm
from tests import builders

pytestmark = pytest.mark.django_db


def told(form: AnnounceForm | MandateForm, name: str) -> str:
    return " ".join(str(error) for error in form.errors.get(name, ())).replace("\u00a0", " ")


def announce(**typed: Any) -> AnnounceForm:
    return AnnounceForm({"kind": "news", "title": "x", "interests": [builders.interest().pk]} | typed)


@pytest.mark.parametrize("seats", ["1", "5000", ""])
def test_seats_from_one_to_five_thousand_are_heard(seats: str) -> None:
    assert announce(seats=seats).is_valid()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("seats", "0", "Il faut au moins une place. S’il n’y en a pas à compter, laissez vide."),
        ("seats", "5001", "5 000 places au plus. S’il n’y a pas de limite, laissez vide."),
        ("seats", "douze", "Ce nombre ne se lit pas : écrivez-le en chiffres, par exemple 12."),
        ("title", "x" * 91, "La phrase est trop longue : 90 lettres au plus. Dites la suite dessous."),
        ("text", "x" * 601, "C’est trop long : 600 lettres au plus. Gardez le plus important."),
        ("price", "x" * 61, "Le prix est trop long : 60 lettres au plus, par exemple « 35 € la place »."),
        ("lowest_price", "x" * 61, "Le prix est trop long : 60 lettres au plus, par exemple « 35 € la place »."),
        ("kind", "shout", "Dites ce que c’est : choisissez dans la liste."),
        ("interests", ["0"], "Ce sujet n’est plus dans la liste. Choisissez-en un autre."),
        ("interests", ["x"], "Ce sujet n’est pas dans la liste. Choisissez-en un autre."),
    ],
)
def test_what_an_announcement_cannot_hold_says_the_way_out(name: str, value: Any, sentence: str) -> None:
    assert told(announce(**{name: value}), name) == sentence


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("signed_by", "x" * 121, "Ce nom est trop long : 120 lettres au plus."),
        ("evidence", "x" * 201, "C’est trop long : 200 lettres au plus."),
        ("permissions", ["run_rounds"], "Ce droit ne se donne pas par mandat. Choisissez dans la liste."),
    ],
)
def test_what_a_mandate_cannot_hold_says_the_way_out(name: str, value: Any, sentence: str) -> None:
    assert told(MandateForm({name: value}), name) == sentence
