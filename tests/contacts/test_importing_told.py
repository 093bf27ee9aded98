"""Nothing that a spreadsheet says is dropped in silence: what is not taken is told, with its line and column."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from parvis.contacts.actions.importing import (
    NO_SUCH_ADDRESS,
    NO_TEXTS,
    OTHER_CHANNEL,
    SAME_PHONE,
    SAME_RECORD,
    UNKNOWN_TASTE,
    import_customers,
)
from parvis.contacts.models import CustomerRecord, RecordTaste, Resident
from parvis.contacts.spreadsheet import Rejection, read_customers
from parvis.contacts.spreadsheet.remarks import IGNORED, TITLES_ONLY
from parvis.core import clock
from tests.builders import BY, TUESDAY, shop

from .test_importing import CONSENT, bring, every_count, row, run

pytestmark = pytest.mark.django_db
SALE = {"last_sale_on": dt.date(2026, 5, 2)}


@pytest.fixture(autouse=True)
def on_tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


def written(folder: Path, text: str) -> Path:
    file = folder / "clients.csv"
    file.write_text(text, "utf-8")
    return file


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# --- Tastes and columns


@pytest.mark.parametrize("options", [(), ("--apply",)])
def test_the_command_tells_unknown_tastes_and_columns_that_are_not_read(tmp_path: Path, options: tuple[str]) -> None:
    shop()
    text = "Nom;Mail;Goûts;Pointure;Dernier achat\nPetit;luc@petit.example;macramé, fleurs;42;02/05/2026\n"
    told = plain(run(written(tmp_path, text), *options))
    assert f"clients.csv, ligne 1, Pointure : {plain(IGNORED)}" in told
    assert f"clients.csv, ligne 2, Goûts « macramé » : {plain(UNKNOWN_TASTE)}" in told


def test_what_is_said_of_the_whole_file_names_no_line(tmp_path: Path) -> None:
    shop()
    file = tmp_path / "clients.csv"
    file.write_bytes("Nom;Prénom;Mail\nLefèvre;Zoé;z@petit.example\n".encode("cp850"))
    assert "clients.csv, fichier entier : Ce fichier a été lu en DOS (cp850)" in plain(run(file))


@pytest.mark.parametrize(
    "typed", ["pas de whisky", "sans whisky", "n’aime pas le whisky", "aucun whisky", "plus de whisky"]
)
def test_a_refusal_under_the_heading_of_tastes_is_a_refusal(tmp_path: Path, typed: str) -> None:
    text = f"Nom;Mail;Goûts;Dernier achat\nPetit;luc@petit.example;fleurs, {typed};02/05/2026\n"
    sheet = read_customers(written(tmp_path, text), today=TUESDAY.date())
    report = import_customers(organisation=shop(), sheet=sheet, apply=True, by=BY)
    assert set(RecordTaste.objects.values_list("interest__slug", "liked")) == {("fleurs", True), ("whiskys", False)}
    assert (report.warnings, report.unknown_tastes) == ([], {})


def test_under_the_heading_of_refusals_without_is_a_refusal_too() -> None:
    bring(row(refusals=("sans whisky", "pas de rosé", "bière")))
    refused = RecordTaste.objects.filter(liked=False).values_list("interest__slug", flat=True)
    assert sorted(refused) == ["bieres", "vins-roses", "whiskys"]


# --- Channels


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({**SALE, "preferred_channel": "phone"}, ("par téléphone", "par courriel et par courrier")),
        ({**CONSENT, "consent_channels": frozenset({"post"})}, ("par courriel", "par courrier")),
        (
            {**SALE, "preferred_channel": "post", "refused_channels": frozenset({"post"})},
            ("par courrier", "par courriel"),
        ),
    ],
)
def test_a_channel_without_a_right_beside_others_that_have_one_is_told(
    said: dict[str, Any], sentence: tuple[str, str]
) -> None:
    report = bring(row(**said))
    expected = OTHER_CHANNEL.format(wanted=sentence[0], usable=sentence[1])
    assert report.warnings == [Rejection(2, "canal", "", expected)]
    assert report.without_right == []


@pytest.mark.parametrize(
    "said",
    [
        {**SALE, "preferred_channel": "post"},
        {**SALE, "preferred_channel": "email"},
        SALE,
        {**CONSENT, "preferred_channel": "phone"},
        {**CONSENT, "consent_channels": frozenset({"post"}), "email": None},
    ],
)
def test_a_channel_that_has_its_right_is_not_remarked_upon(said: dict[str, Any]) -> None:
    assert bring(row(**said)).warnings == []


def test_nothing_is_said_of_the_channel_of_whoever_has_no_right_at_all() -> None:
    report = bring(row(preferred_channel="phone"))
    assert (report.warnings, len(report.without_right)) == ([], 1)


def test_a_preferred_channel_that_cannot_serve_is_told() -> None:
    report = bring(
        row(2, **SALE, preferred_channel="phone", phone=None),
        row(3, **SALE, preferred_channel="sms"),
    )
    assert [(told.line, told.reason) for told in report.warnings] == [
        (2, NO_SUCH_ADDRESS.format(instead="par courriel")),
        (3, NO_TEXTS.format(instead="par courriel")),
    ]
    assert set(Resident.objects.values_list("channel", flat=True)) == {"email"}


# --- One person on two lines


def test_two_lines_of_one_telephone_and_close_first_names_are_not_merged_in_silence() -> None:
    rows = (
        row(2, phone="+33639980900", given_name="Marie-Christine", email=None),
        row(3, phone="+33639980900", given_name="Christine", email="c@courriel.example"),
        row(4, phone="+33639980900", given_name="Paul", email=None),
    )
    report = bring(*rows)
    assert report.rejected == [Rejection(3, "", "+33639980900", SAME_PHONE.format(line=2))]
    assert set(CustomerRecord.objects.values_list("given_name", flat=True)) == {"Marie-Christine", "Paul"}
    before = every_count()
    again = bring(*rows)
    assert (again.unchanged, again.updated, again.rejected) == (2, 0, report.rejected)
    assert every_count() == before


def test_two_lines_of_one_name_at_one_address_are_not_merged_in_silence() -> None:
    home: dict[str, Any] = {"address": "3 rue du Lavoir", "phone": None}
    report = bring(row(2, **home, email=None), row(3, **home))
    assert report.rejected == [Rejection(3, "", "Odile Ferrand", SAME_RECORD.format(line=2))]
    assert report.read == report.created + len(report.rejected) == 2


# --- The way it ends


def test_titles_alone_are_told_and_are_no_error(tmp_path: Path) -> None:
    shop()
    told = plain(run(written(tmp_path, "Nom;Mail\n")))
    assert f"clients.csv, ligne 1 : {plain(TITLES_ONLY)}" in told
    assert "0 ligne lue" in told


def test_a_file_of_which_no_line_can_be_taken_ends_in_error_once_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop()
    with pytest.raises(CommandError, match="aucune ligne n’a pu être prise"):
        run(written(tmp_path, "Nom;Mail\n;faux\n"), "--json")
