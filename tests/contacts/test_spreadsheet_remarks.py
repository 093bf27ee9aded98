"""What is said of the file itself, and of whom no line may be made."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.contacts.spreadsheet import Sheet, read_customers
from parvis.contacts.spreadsheet.remarks import IGNORED, OTHER_SHEET, TITLES_ONLY, UNTITLED
from parvis.contacts.spreadsheet.rows import MASKED

from .test_spreadsheet_files import xlsx

Read = Callable[[str | bytes], Sheet]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(content: str | bytes) -> Sheet:
        file = tmp_path / "clients"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_customers(file, today=dt.date(2026, 11, 23))

    return read


def told(sheet: Sheet) -> list[tuple[int, str, str, str]]:
    return [(remark.line, remark.field, remark.value, remark.reason) for remark in sheet.remarks]


def test_a_column_that_is_not_read_is_told_at_the_line_of_titles(read: Read) -> None:
    sheet = read("Fichier clients\nNom;Mail;Pointure\nPetit;luc@petit.example;42\n")
    assert told(sheet) == [(2, "Pointure", "", IGNORED)]


def test_a_column_without_title_is_told_once_by_its_letter_if_it_holds_something(read: Read) -> None:
    sheet = read("Nom;;Mail;\nPetit;;luc@petit.example;;\nGrand;a;eva@grand.example;;b\nMoyen;c;zoe@moyen.example\n")
    assert told(sheet) == [(3, "colonne B", "a", UNTITLED), (3, "colonne E", "b", UNTITLED)]


def test_a_sheet_of_the_workbook_that_is_not_read_is_told(read: Read) -> None:
    sheet = read(xlsx(("2024", [["Nom", "Mail"], ["Petit", "luc@petit.example"]]), ("2019", [["Nom", "Mail"]])))
    assert told(sheet) == [(0, "", "feuille 2019", OTHER_SHEET)]


def test_titles_without_anybody_below_are_told(read: Read) -> None:
    assert told(read("\nNom;Mail\n;;\n")) == [(2, "", "", TITLES_ONLY)]


@pytest.mark.parametrize(
    "line", ["[ND];[ND];", "[nd];Luc;luc@petit.example", "Petit;Luc;[ND]", "[ND];;luc@petit.example"]
)
def test_what_the_register_masks_makes_no_customer(read: Read, line: str) -> None:
    sheet = read(f"Nom;Prénom;Mail\n{line}\nGrand;Eva;eva@grand.example\n")
    assert [row.line for row in sheet.rows] == [3]
    assert [(rejection.line, rejection.value.upper(), rejection.reason) for rejection in sheet.rejections] == [
        (2, "[ND]", MASKED)
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("n’aime pas le vin, la bière ; fleurs, pain", ("n’aime pas le vin, la bière", "fleurs", "pain")),
        ("fleurs, pas de vin, pain", ("fleurs", "pas de vin", "pain")),
    ],
)
def test_what_a_refusal_governs_stays_together(read: Read, typed: str, words: tuple[str, ...]) -> None:
    (row,) = read(f'Nom;Mail;Goûts\nPetit;luc@petit.example;"{typed}"\n').rows
    assert row.tastes == words
