"""What a shop wrote about consent is reported, never guessed."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.contacts.spreadsheet import CustomerRow, read_customers
from parvis.contacts.spreadsheet.consent import DOUBT, NOTE_REFUSES

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
    assert row.warnings[0].reason == DOUBT
    assert row.doubtful


@pytest.mark.parametrize("typed", ["=NON", "-non", "aucun", "sans", "☐", "laissez-le", "mhm", "selon son humeur"])
def test_what_nobody_can_read_gives_no_right_even_with_a_sale(say: Say, typed: str) -> None:
    row = say(Consentement=typed)
    assert row.doubtful or row.refuses
    assert row.consent_source == ""


@pytest.mark.parametrize(
    "typed",
    [
        *("Niet", "Nein", "nn", "n0n", "résilié", "laissez-moi tranquille", "no thanks", "rayé de la liste"),
        *("À SUPPRIMER", "liste rouge", "décédé", "unsubscribed", "désabonnée"),
    ],
)
def test_a_refusal_in_any_words_is_a_refusal(say: Say, typed: str) -> None:
    assert say(Consentement=typed).refuses


@pytest.mark.parametrize("note", ["Ne veut plus de mails", "stop mail", "décédée en mars", "Désabonnée le 3"])
def test_a_refusal_among_the_remarks_gives_no_right_and_is_told(say: Say, note: str) -> None:
    row = say(Notes=note)
    assert row.doubtful
    assert [told.reason for told in row.warnings] == [NOTE_REFUSES]


def test_an_ordinary_remark_is_no_refusal(say: Say) -> None:
    for note in ("aime le pain sans gluten", "ne mange pas de porc", "passe le samedi"):
        assert not say(Notes=note).doubtful


def test_a_second_line_of_one_address_refuses_for_the_first(tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    lines = ["Nom;Prénom;Mail;Dernier achat;Consentement", "Petit;Luc;luc@petit.example;01/09/2026;"]
    file.write_text("\n".join([*lines, "Petit;Luc;luc@petit.example;;NON"]) + "\n", encoding="utf-8")
    sheet = read_customers(file, today=TODAY)
    assert [one.line for one in sheet.rejections] == [3]
    assert sheet.rows[0].refuses


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
