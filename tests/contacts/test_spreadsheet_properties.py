"""Whatever the file: no crash, nothing lost, and the same people in every encoding."""

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parvis.contacts.spreadsheet import Sheet, UnreadableSheet, read_customers
from parvis.contacts.spreadsheet.cells import text_of

from .test_spreadsheet_files import xlsx

TODAY = dt.date(2026, 11, 23)
HEADINGS = ["Nom", "Prénom", "Mail", "Portable", "Adresse", "CP", "Ville", "Anniversaire", "Goûts", "Dernier achat"]
HEADINGS += ["RGPD", "Origine", "Date d'accord", "OK SMS", "Stop mail", "Canal", "Remarques", "Majeur", "Sans intérêt"]
CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12),
    st.sampled_from(["", "", "", "\u200b", " ", "-", "Petit", "luc@petit.example", "0639981122", "06 39 98", "94440"])
    | st.sampled_from(
        ["oui", "non", "x", "12/03/2024", "2024", "=A1", "#REF!", "Total", "Nom", "M. et Mme Petit", "et"]
    )
    | st.sampled_from(
        ["6.39981234E8", "a@b.example c@d.example", "+33 6 39 98 11 22", "sms", "31/02/2024", "00/00/0000"]
    ),
)
GRIDS = st.lists(st.lists(CELLS, max_size=len(HEADINGS) + 2), max_size=12)
FILES = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])

WORKBOOKS = settings(FILES, max_examples=20)  # each is read in a process of its own


def read(data: bytes) -> Sheet:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clients"
        file.write_bytes(data)
        return read_customers(file, today=TODAY)


def written(grid: list[list[str]], separator: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(grid)
    return out.getvalue()


@FILES
@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"\xff\xfe\x00\xd8")
@example(b"Nom\n\x00")
@example(b"<table")
def test_arbitrary_bytes_never_crash(data: bytes) -> None:
    try:
        sheet = read(data)
    except UnreadableSheet as error:
        assert error.sentence.endswith(".")
    else:
        assert sheet.heading_line >= 1


@WORKBOOKS
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_never_crashes(place: int, damage: bytes) -> None:
    data = xlsx(("A", [["Nom", "Mail"], ["Petit", "luc@petit.example"]]))
    place %= len(data)
    try:
        sheet = read(data[:place] + damage + data[place + len(damage) :])
    except UnreadableSheet as error:
        assert error.sentence.endswith(".")
    else:
        assert sheet.heading_line == 1


@FILES
@given(GRIDS)
def test_each_line_that_is_not_blank_ends_as_one_row_or_one_rejection(grid: list[list[str]]) -> None:
    grid = [[cell.replace("\r", " ").replace("\n", " ").replace('"', "'") for cell in row] for row in grid]
    sheet = read(written([HEADINGS, *grid]).encode("utf-8", "surrogatepass"))
    below = [number for number, row in enumerate(grid, 2) if any(map(text_of, row))]
    told = [row.line for row in sheet.rows] + [rejection.line for rejection in sheet.rejections]
    assert sheet.heading_line == 1
    assert sorted(told) == below


@FILES
@given(GRIDS)
@example([["", "", "", "", "="]])
def test_no_right_and_no_address_comes_from_nowhere(grid: list[list[str]]) -> None:
    sheet = read(written([HEADINGS, *grid]).encode("utf-8", "surrogatepass"))
    for row in sheet.rows:
        assert not (row.refuses and row.consent_channels)
        assert not row.consent_channels & row.refused_channels
        assert row.last_sale_on is None or row.last_sale_on <= TODAY
        assert row.consent_on is None or row.consent_on <= TODAY
        assert row.adult_on is None or row.adult_on <= TODAY
        assert row.phone is None or (row.phone.startswith("+") and row.phone[1:].isdecimal())
        assert all(warning.line == row.line and warning.reason.endswith(".") for warning in row.warnings)
        for text in (row.given_name, row.family_name, row.address, row.commune, row.consent_source, *row.tastes):
            assert not text.startswith(("=", "@"))


NAMES = (
    st.text("abcdefghijklmnopqrstuvwxyzéèêëàâçîïôöûùüÿœ", min_size=3, max_size=12)
    .map(str.capitalize)
    .filter(lambda name: name not in {"None", "Null", "Nom", "Mail"})
)
PEOPLE = st.lists(NAMES, min_size=8, max_size=20, unique_by=str.casefold)


@FILES
@given(PEOPLE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman"]), st.sampled_from(";,\t|"))
def test_the_same_people_come_back_from_every_encoding_and_separator(
    names: list[str], encoding: str, separator: str
) -> None:
    grid = [[name, f"no{number}@plateau.example"] for number, name in enumerate(names)]
    letters = [["Prénom, garçon, œuvré", "lettres@plateau.example"]]
    sheet = read(written([["Nom", "Mail"], *grid, *letters], separator).encode(encoding))
    assert (sheet.encoding, sheet.separator) == ("utf-8" if encoding == "utf-8" else encoding, separator)
    assert [row.email for row in sheet.rows[: len(grid)]] == [email for _, email in grid]
    assert [row.family_name for row in sheet.rows][:-1] == names


@WORKBOOKS
@given(PEOPLE)
def test_the_same_people_come_back_from_a_workbook(names: list[str]) -> None:
    grid = [[name, f"no{number}@plateau.example"] for number, name in enumerate(names)]
    from_book = read(xlsx(("Clients", [["Nom", "Mail"], *grid])))
    from_text = read(written([["Nom", "Mail"], *grid]).encode())
    assert (from_book.rows, from_book.rejections) == (from_text.rows, from_text.rejections)
