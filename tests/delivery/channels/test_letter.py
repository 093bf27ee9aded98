import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.delivery.channels.letter import HEALTH, clean, count, sentence, tidy, week_line
from tests.delivery.channels.channel_samples import item, letter


def test_the_greeting_counts_in_words() -> None:
    assert letter(item()).greeting == "Bonjour Mme Ferrand, une chose près de chez\u00a0vous"
    assert letter(item(), item()).greeting == "Bonjour Mme Ferrand, deux choses près de chez\u00a0vous"


def test_a_reader_without_a_name_is_still_greeted() -> None:
    assert letter(item(), name="").greeting == "Bonjour, une chose près de chez\u00a0vous"


def test_the_sender_is_always_named() -> None:
    assert item(where="").facts.startswith("La Brassée. ")
    assert item(where="Salle des fêtes, Périgny").facts.startswith("La Brassée. Salle des fêtes")
    assert item().facts == "La Brassée, Villecresnes. 35\u00a0€. 4\u00a0places sur\u00a010."


def test_a_missing_key_is_an_empty_line() -> None:
    assert item().get("nothing") == ""


def test_only_a_web_address_becomes_a_link() -> None:
    assert item(url="javascript:alert(1)").url == ""
    assert item(url="http://localhost:8000/a/").url == "http://localhost:8000/a/"


def test_the_health_sentence_is_for_alcohol_only() -> None:
    assert item(alcohol=True).health == HEALTH
    assert item().health == ""


def test_the_closing_ends_each_sentence_once() -> None:
    assert letter().closing == (
        "Vous en êtes à 3 annonces cette semaine, sur 4 au plus. Quatre autres annonces vous attendent dans l’agenda."
    )
    assert letter(count_line="", foot="").closing == ""


@pytest.mark.parametrize(
    ("taken", "rhythm", "line"),
    [
        (1, 1, "Vous en êtes à 1 annonce cette semaine, sur 1 au plus"),
        (3, 4, "Vous en êtes à 3 annonces cette semaine, sur 4 au plus"),
        (3, 2, "Vous en êtes à 3 annonces cette semaine"),
        (1, 0, "Vous en êtes à 1 annonce cette semaine"),
    ],
)
def test_the_week_is_told_in_announcements_and_never_against_itself(taken: int, rhythm: int, line: str) -> None:
    assert week_line(taken, rhythm).replace("\u00a0", " ") == line


def test_numbers_are_words_up_to_seven() -> None:
    assert count(7, "personne") == "sept personnes"
    assert count(8, "personne") == "8 personnes"
    assert count(1234, "personne") == "1\u00a0234 personnes"


def test_typed_spaces_become_french_ones() -> None:
    assert tidy("Prêts ? « Oui » : 14 h 30, 35 €") == (
        "Prêts\u00a0? «\u00a0Oui\u00a0»\u00a0: 14\u00a0h\u00a030, 35\u00a0€"
    )


def test_direction_marks_cannot_turn_a_line_round() -> None:
    assert clean("La\u202e eéssarB\n\r\nX\x00") == "La eéssarB X"


@given(st.text())
def test_clean_text_is_one_line_and_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert len(once.splitlines()) <= 1
    assert clean(once) == once


@given(st.text())
def test_a_sentence_has_one_end(text: str) -> None:
    assert sentence(sentence(text)) == sentence(text)
