"""A refusal becomes an answer that a person, or a program, can read."""

import json

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory

from parvis.core.errors import BadInput, NotAllowed, Refused
from parvis.core.middleware import RefusedMiddleware, no_token


class Full(Refused):
    sentence = "L’atelier est complet. Demandez à être sur la liste d’attente."


def answer(error: Exception, **headers: str) -> HttpResponse | None:
    middleware = RefusedMiddleware(lambda request: HttpResponse("fine"))
    return middleware.process_exception(RequestFactory().get("/", headers=headers), error)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (Full(), 409, "L’atelier est complet."),
        (NotAllowed(), 403, "Vous n’avez pas ce droit ici."),
        (BadInput("Il manque le jour."), 400, "Il manque le jour."),
    ],
)
def test_a_person_reads_the_sentence(error: Refused, status: int, sentence: str) -> None:
    shown = answer(error)
    assert shown is not None
    assert (shown.status_code, sentence in shown.content.decode()) == (status, True)


def test_a_program_reads_a_problem() -> None:
    shown = answer(Full(), accept="application/json")
    assert shown is not None
    assert shown.headers["Content-Type"] == "application/problem+json"
    assert json.loads(shown.content) == {"type": "about:blank", "status": 409, "detail": Full.sentence}


def test_what_is_not_a_refusal_stays_an_error() -> None:
    assert answer(ValueError("a fault of ours")) is None


def test_everything_else_passes_untouched() -> None:
    middleware = RefusedMiddleware(lambda request: HttpResponse("fine"))
    assert middleware(RequestFactory().get("/")).content == b"fine"


@pytest.mark.django_db
def test_a_sentence_is_shown_as_text() -> None:
    shown = answer(BadInput("<script>alert(1)</script>"))
    assert shown is not None
    assert "<script>alert" not in shown.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_a_button_opens_is_a_page_not_a_blank() -> None:
    middleware = RefusedMiddleware(lambda request: HttpResponseNotAllowed(["POST"]))
    shown = middleware(RequestFactory().get("/", headers={"accept": "text/html,*/*"}))
    assert (shown.status_code, shown["Allow"]) == (405, "POST")
    assert "appuyez sur son bouton" in shown.content.decode()


@pytest.mark.django_db
def test_a_page_that_waited_too_long_says_so_in_our_words() -> None:
    assert "Rechargez-la" in no_token(RequestFactory().post("/")).content.decode()
