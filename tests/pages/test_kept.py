"""What a browser keeps: nothing of what is shown to someone who is known here, everything else as before."""

import pytest
from django.test import Client

from parvis.directory.windows import show_window
from tests.builders import BY

from .conftest import Village
from .showing import photo

KEPT_NOWHERE = "private, no-store"
DESK = ("", "clients/", "comptoir/", "mandats/", "equipe/", "journal/", "dire/", "vitrine/", "appels/", "cartes/")
PUBLIC = ("/", "/agenda/", "/commerces/", "/vitrine/la-brassee/", "/rejoindre/la-brassee/")


@pytest.mark.parametrize("page", DESK)
def test_after_going_out_the_back_button_shows_no_page_of_the_desk(owner: Client, village: Village, page: str) -> None:
    assert owner.get(f"/bureau/la-brassee/{page}").headers["Cache-Control"] == KEPT_NOWHERE


def test_nor_a_refusal_nor_the_answer_that_says_one_is_out(owner: Client, village: Village) -> None:
    assert owner.get("/bureau/cave-du-tilleul/").headers["Cache-Control"] == KEPT_NOWHERE
    out = owner.post("/deconnexion/")
    assert "no-store" in out.headers["Cache-Control"]
    assert owner.get("/bureau/la-brassee/clients/").status_code == 302


@pytest.mark.parametrize("page", PUBLIC)
def test_a_public_page_is_kept_by_a_passer_by_and_not_by_whoever_is_inside(
    client: Client, owner: Client, village: Village, page: str
) -> None:
    assert "Cache-Control" not in client.get(page).headers
    assert owner.get(page).headers["Cache-Control"] == KEPT_NOWHERE


def test_whoever_is_in_the_middle_of_something_is_known_too(client: Client, village: Village) -> None:
    typed = {"email": "marie@courriel.example", "given_name": "Marie", "rhythm": "2", "consent": "on"}
    asked = client.post("/rejoindre/la-brassee/", typed)
    assert asked.headers["Cache-Control"] == KEPT_NOWHERE
    assert client.get(asked.headers["Location"]).headers["Cache-Control"] == KEPT_NOWHERE


def test_a_photograph_that_is_shown_is_kept_a_little_by_everyone(
    client: Client, owner: Client, village: Village
) -> None:
    shown = photo(village.florist)
    show_window(organisation=village.florist, cover=shown, by=BY)
    for one in (client, owner):
        answer = one.get(f"/photos/{shown.key}/400.jpg")
        b"".join(answer)
        assert answer.headers["Cache-Control"] == "private, max-age=300, must-revalidate"
