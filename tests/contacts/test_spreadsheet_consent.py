"""What a shop wrote about consent is reported, never guessed."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.contacts.spreadsheet import CustomerRow, read_customers

Say = Callable[..., CustomerRow]
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def say(tmp_path: Path) -> Say:
    def say(**columns: str) -> CustomerRow:
        headings = ";".join(heading.replace("_", " ") for heading in columns)
        file = tmp_path / "clients.csv"
        text = f"Nom;Mail;{headings}\nPetit;luc@petit.example;{';'.join(columns.values())}\n"
        file.write_text(text, encoding="utf-8")
        (row,) = read_customers(file, today=TODAY).rows
        return row

    return say


@pytest.mark.parametrize("yes", ["oui", "OUI", "x", "X", "ok", "1", "vrai", "true", "✓", "☒", "d'accord", "inscrite"])
def test_a_bare_yes_is_neither_a_source_nor_a_date(say: Say, yes: str) -> None:
    row = say(Newsletter=yes)
    assert row.consent_channels == {"email"}
    assert (row.consent_source, row.consent_on, row.refuses) == ("", None, False)


@pytest.mark.parametrize("yes", ["oui", "x"])
def test_a_general_yes_names_no_channel(say: Say, yes: str) -> None:
    row = say(Consentement=yes)
    assert (set(row.consent_channels), row.consent_source, row.refuses) == (set(), "", False)


@pytest.mark.parametrize(
    "no", ["non", "NON", "n", "0", "faux", "refuse", "Refusé", "ne veut pas", "STOP", "désinscrit", "✗", "plus de mail"]
)
def test_a_no_is_exposed_and_leaves_no_channel(say: Say, no: str) -> None:
    row = say(RGPD=no, OK_SMS="oui")
    assert row.refuses
    assert row.consent_channels == set()


def test_a_yes_and_a_no_together_are_told(say: Say) -> None:
    row = say(RGPD="non", OK_SMS="oui")
    assert [warning.reason for warning in row.warnings] == [
        "Cette personne accepte dans une colonne et refuse dans une autre : le refus l’emporte. Corrigez la ligne."
    ]


def test_a_refused_channel_stands_beside_an_accepted_one(say: Say) -> None:
    row = say(OK_mail="oui", OK_SMS="non", OK_courrier="oui")
    assert (set(row.consent_channels), set(row.refused_channels), row.refuses) == ({"email", "post"}, {"sms"}, False)


def test_a_no_to_one_channel_refuses_that_channel_alone(say: Say) -> None:
    row = say(OK_mail="non", OK_SMS="")
    assert (row.refuses, set(row.refused_channels)) == (False, {"email"})


@pytest.mark.parametrize("source", ["carte de fidélité 2024", "oui au comptoir", "formulaire n° 12", "salon de mars"])
def test_a_free_text_is_a_source(say: Say, source: str) -> None:
    row = say(Accord=source)
    assert (row.consent_source, row.refuses, row.warnings) == (source, False, ())


def test_a_source_column_is_told_as_typed_even_when_it_names_a_channel(say: Say) -> None:
    row = say(Origine="téléphone", Accord_le="12/03/2024")
    assert (row.consent_source, row.consent_on, set(row.consent_channels)) == (
        "téléphone",
        dt.date(2024, 3, 12),
        set(),
    )


@pytest.mark.parametrize("answer", ["12/03/2024", "oui le 12/03/2024", "oui 12 mars 2024", "OK, le 12/03/24"])
def test_a_date_in_the_consent_column_is_its_date_and_no_source(say: Say, answer: str) -> None:
    row = say(RGPD=answer)
    assert (row.consent_on, row.consent_source, row.warnings) == (dt.date(2024, 3, 12), "", ())


def test_a_date_inside_a_phrase_is_not_taken_for_that_of_the_consent(say: Say) -> None:
    row = say(RGPD="carte créée le 12/03/2020")
    assert (row.consent_on, row.consent_source) == (None, "carte créée le 12/03/2020")


def test_a_phrase_that_holds_a_refusal_refuses_all_and_is_told(say: Say) -> None:
    row = say(RGPD="oui mais pas de SMS")
    assert (row.refuses, row.consent_source) == (True, "")
    assert row.warnings[0].reason == (
        "Cette phrase contient un refus : la personne est notée comme refusant tout. Si elle accepte un canal, "
        "écrivez oui ou non dans une colonne par canal (OK mail, OK SMS, OK courrier)."
    )


@pytest.mark.parametrize("answer", ["peut-être", "à voir", "non renseigné", "-", "?", "NC", "☐"])
def test_an_open_question_is_neither_yes_nor_no(say: Say, answer: str) -> None:
    row = say(Consentement=answer, OK_SMS=answer)
    assert (set(row.consent_channels), row.consent_source, row.consent_on, row.refuses) == (set(), "", None, False)


def test_an_answer_that_is_not_understood_is_told(say: Say) -> None:
    row = say(OK_SMS="le mardi")
    assert row.consent_channels == set()
    assert row.warnings[0].reason == ("Cette réponse n’est ni oui ni non : rien n’a été accordé. Écrivez oui ou non.")


@pytest.mark.parametrize("heading", ["Ne_pas_contacter", "Stop", "Désinscrit", "Opposition", "Ne veut plus recevoir"])
def test_a_tick_under_a_refusing_heading_is_a_refusal(say: Say, heading: str) -> None:
    assert say(**{heading: "x"}).refuses
    assert say(**{heading: "12/03/2024"}).refuses
    assert say(**{heading: "*"}).refuses
    assert not say(**{heading: "non"}).refuses
    assert not say(**{heading: ""}).refuses


def test_a_stop_for_one_channel_refuses_that_channel(say: Say) -> None:
    row = say(Stop_SMS="oui", OK_mail="oui")
    assert (set(row.consent_channels), set(row.refused_channels), row.refuses) == ({"email"}, {"sms"}, False)


@pytest.mark.parametrize(
    ("typed", "channel"),
    [
        ("SMS", "sms"),
        ("e-mail", "email"),
        ("Courriel", "email"),
        ("tél.", "phone"),
        ("par la poste", "post"),
        ("", None),
    ],
)
def test_a_preferred_channel_is_read(say: Say, typed: str, channel: str | None) -> None:
    row = say(Canal_préféré=typed)
    assert (row.preferred_channel, row.warnings) == (channel, ())


@pytest.mark.parametrize("typed", ["pigeon", "mail ou SMS"])
def test_a_preferred_channel_that_is_not_one_is_told(say: Say, typed: str) -> None:
    row = say(Canal=typed)
    assert row.preferred_channel is None
    assert row.warnings[0].reason == (
        "Ce canal n’est pas connu : écrivez courriel, SMS, téléphone ou courrier, un seul par personne."
    )
