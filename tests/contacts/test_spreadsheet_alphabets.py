"""Files in several alphabets at once, or in a damaged one: read line by line, and told."""

import datetime as dt
from pathlib import Path

import pytest

from parvis.contacts.spreadsheet import Sheet, read_customers
from parvis.contacts.spreadsheet.alphabets import OLD_ALPHABETS, TWICE
from parvis.contacts.spreadsheet.rows import DAMAGED

from .test_spreadsheet_files import xlsx

TODAY = dt.date(2026, 11, 23)
NAMES = ["Lefèvre;Zoé", "Hébrard;Agnès", "Bézard;Noël", "Hélin;Léa", "Petit;Luc"]


def read(tmp_path: Path, data: bytes) -> Sheet:
    file = tmp_path / "clients.csv"
    file.write_bytes(data)
    return read_customers(file, today=TODAY)


def lines(*encodings: str) -> bytes:
    """A title and one line in each of these encodings."""
    rows = [f"{NAMES[n]};n{n}@plateau.example\r\n".encode(encoding) for n, encoding in enumerate(encodings)]
    return b"Nom;Pr\xc3\xa9nom;Mail\r\n" + b"".join(rows) if encodings[0] == "utf-8" else title() + b"".join(rows)


def title() -> bytes:
    return b"Nom;Pr\xe9nom;Mail\r\n"


def people(sheet: Sheet) -> list[str]:
    return [f"{row.family_name};{row.given_name}" for row in sheet.rows]


@pytest.mark.parametrize(
    ("encodings", "most", "odd", "alphabet"),
    [
        (("utf-8", "cp1252", "utf-8", "cp1252"), "utf-8", [3, 5], "Windows-1252"),
        (("cp1252", "utf-8", "cp1252", "cp1252"), "cp1252", [3], "UTF-8"),
        (("utf-8", "utf-8", "cp850", "utf-8"), "utf-8", [4], "DOS (cp850)"),
    ],
)
def test_a_file_of_two_alphabets_is_read_line_by_line_and_says_which_lines(
    tmp_path: Path, encodings: tuple[str, ...], most: str, odd: list[int], alphabet: str
) -> None:
    sheet = read(tmp_path, lines(*encodings))
    assert people(sheet) == NAMES[: len(encodings)]
    assert sheet.encoding == most
    assert [remark.line for remark in sheet.remarks] == odd
    assert all(alphabet in remark.reason for remark in sheet.remarks)
    assert all(row.warnings == () for row in sheet.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_file_of_one_alphabet_has_nothing_to_tell(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, lines(*[encoding] * 4)).remarks == ()


def test_the_line_told_is_the_spreadsheet_s_where_a_cell_holds_several(tmp_path: Path) -> None:
    start = 'Nom;Prénom;Mail;Adresse\nPetit;Éva;eva@plateau.example;"3 rue Haute\nSanteny"\n'.encode()
    sheet = read(tmp_path, start + "Hélin;Léa;lea@plateau.example;\n".encode("cp1252"))
    assert [row.line for row in sheet.rows] == [2, 3] == [2, sheet.remarks[0].line]


def test_the_line_told_counts_as_excel_does_under_a_separator_line(tmp_path: Path) -> None:
    start = b"sep=;\r\nNom;Pr\xc3\xa9nom;Mail\r\n" + "Bézard;Noël;n@plateau.example\r\n".encode()
    sheet = read(tmp_path, start + "Hélin;Léa;lea@plateau.example\r\n".encode("cp1252"))
    assert [remark.line for remark in sheet.remarks] == [3] == [sheet.rows[1].line]


def test_letters_encoded_twice_are_put_right_and_told(tmp_path: Path) -> None:
    whole = f"Nom;Prénom;Mail\n{NAMES[0]};a@plateau.example\n{NAMES[4]};b@plateau.example\n"
    twice = whole.encode().decode("cp1252").encode()
    sheet = read(tmp_path, twice)
    assert people(sheet) == [NAMES[0], NAMES[4]]
    assert [(remark.line, remark.reason) for remark in sheet.remarks] == [(1, TWICE), (2, TWICE)]


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman"])
def test_a_file_in_an_old_alphabet_is_read_and_told(tmp_path: Path, encoding: str) -> None:
    whole = "\n".join(["Nom;Prénom;Mail", *(f"{name};n{n}@plateau.example" for n, name in enumerate(NAMES))])
    sheet = read(tmp_path, whole.encode(encoding))
    assert (people(sheet), sheet.encoding) == (NAMES, encoding)
    assert [(remark.line, remark.reason) for remark in sheet.remarks] == [(0, OLD_ALPHABETS[encoding])]


@pytest.mark.parametrize("name", ["Lef\ufffdvre", "Lef\x8avre", "LefÃ¨vre", "Lef?vre", "Zo‚"])
def test_a_name_that_is_still_damaged_is_told_with_its_line_and_column(tmp_path: Path, name: str) -> None:
    sheet = read(tmp_path, xlsx(("Clients", [["Nom", "Mail"], [name, "z@plateau.example"]])))
    (warning,) = sheet.rows[0].warnings
    assert (warning.line, warning.field, warning.reason) == (2, "Nom", DAMAGED)


def test_a_text_file_with_letters_already_lost_is_told_too(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Nom;Mail\nLef\ufffdvre;z@plateau.example\n".encode())
    assert [(w.line, w.field, w.reason) for w in sheet.rows[0].warnings] == [(2, "Nom", DAMAGED)]
