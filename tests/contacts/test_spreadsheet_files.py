"""Every kind of file a shop may bring, recognised by what it holds and not by its name."""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from parvis.contacts.spreadsheet import Sheet, UnreadableSheet, read_customers, shapes
from parvis.contacts.spreadsheet import reading as reading_module

TODAY = dt.date(2026, 11, 23)
GRID = [
    ["FICHIER CLIENTS 2024", "", ""],
    ["", "", ""],
    ["Nom", "Prénom", "Courriel"],
    ["Lefèvre", "Zoé", "zoe@lefevre.example"],
    ["", "", ""],
    ["Cœurdeveau", "Noël", "noel@cœur.example"],
]
TEXT = "\n".join(";".join(row) for row in GRID)


def read(tmp_path: Path, data: bytes, name: str = "clients.csv") -> Sheet:
    file = tmp_path / name
    file.write_bytes(data)
    return read_customers(file, today=TODAY)


def unreadable(tmp_path: Path, data: bytes, name: str = "clients.xlsx") -> str:
    with pytest.raises(UnreadableSheet) as caught:
        read(tmp_path, data, name)
    assert str(caught.value) == caught.value.sentence
    return caught.value.sentence


def people(sheet: Sheet) -> list[tuple[int, str, str]]:
    return [(row.line, row.family_name, row.given_name) for row in sheet.rows]


EXPECTED = [(4, "Lefèvre", "Zoé"), (6, "Cœurdeveau", "Noël")]


def xlsx(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, grid in sheets:
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append([cell if cell != "" else None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(name: str, grid: list[list[str]]) -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name=name)
    document.spreadsheet.addElement(table)
    for row in grid:
        line = TableRow()
        table.addElement(line)
        for text in row:
            cell = TableCell(valuetype="string") if text else TableCell()
            if text:
                cell.addElement(P(text=text))
            line.addElement(cell)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("mac-roman", "mac-roman"),
    ],
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_text_file_is_read_in_any_usual_encoding_and_separator(
    tmp_path: Path, codec: str, told: str, separator: str
) -> None:
    sheet = read(tmp_path, TEXT.replace(";", separator).encode(codec))
    assert people(sheet) == EXPECTED
    assert (sheet.encoding, sheet.separator, sheet.heading_line) == (told, separator, 3)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end_counts_for_one(tmp_path: Path, end: str) -> None:
    assert people(read(tmp_path, TEXT.replace("\n", end).encode())) == EXPECTED


def test_a_line_end_inside_quotes_does_not_count_as_in_a_spreadsheet(tmp_path: Path) -> None:
    text = 'Nom;Adresse;Mail\nPetit;"3 rue Haute\n94440 Santeny";luc@petit.example\nGrand;;eva@grand.example\n'
    assert people(read(tmp_path, text.encode())) == [(2, "Petit", ""), (3, "Grand", "")]


def test_a_quote_that_is_never_closed_swallows_no_line(tmp_path: Path) -> None:
    text = 'Nom;Mail\n"Petit;luc@petit.example\nGrand;eva@grand.example\nMoyen;zoe@moyen.example\n'
    assert [row.line for row in read(tmp_path, text.encode()).rows] == [2, 3, 4]


def test_the_separator_line_of_excel_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    sheet = read(tmp_path, b"sep=|\r\nNom|Mail\r\nPetit; Luc|luc@petit.example\r\n")
    assert (sheet.separator, sheet.heading_line) == ("|", 1)


def test_an_xlsx_is_read_whatever_its_name(tmp_path: Path) -> None:
    sheet = read(tmp_path, xlsx(("Clients", GRID)), "clients.csv")
    assert people(sheet) == EXPECTED
    assert (sheet.sheet_name, sheet.encoding, sheet.separator) == ("Clients", "", "")


def test_an_ods_is_read(tmp_path: Path) -> None:
    sheet = read(tmp_path, ods("Feuille1", GRID), "clients.ods")
    assert people(sheet) == EXPECTED
    assert sheet.sheet_name == "Feuille1"


def test_merged_title_rows_stand_above_the_headings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Fichier clients de la boutique, mis à jour"])
    book.active.merge_cells("A1:C2")
    for row, cells in ((3, ("Nom", "Portable", "Mail")), (4, ("Petit", 639981234.0, "luc@petit.example"))):
        for column, value in enumerate(cells, 1):
            book.active.cell(row=row, column=column, value=value)
    out = io.BytesIO()
    book.save(out)
    sheet = read(tmp_path, out.getvalue())
    assert [(row.line, row.phone) for row in sheet.rows] == [(4, "+33639981234")]


def test_lines_and_columns_are_counted_from_the_first_of_the_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row, cells in ((4, ("Nom", "Mail")), (6, ("Petit", "luc@petit.example"))):
        for column, text in enumerate(cells, 3):
            book.active.cell(row=row, column=column, value=text)
    out = io.BytesIO()
    book.save(out)
    sheet = read(tmp_path, out.getvalue())
    assert (sheet.heading_line, people(sheet)) == (4, [(6, "Petit", "")])


def test_the_sheet_with_headings_and_most_lines_is_read_and_named(tmp_path: Path) -> None:
    data = xlsx(
        ("Stock", [["Produit", "Prix"], *[["vin", 12]] * 9]),
        ("2023", [["Nom", "Mail"], ["Petit", "luc@petit.example"]]),
        ("2024", [["Nom", "Mail"], ["Petit", "luc@petit.example"], ["Grand", "eva@grand.example"]]),
        ("Vide", []),
    )
    sheet = read(tmp_path, data)
    assert (sheet.sheet_name, len(sheet.rows), sheet.other_sheets) == ("2024", 2, ("Stock", "2023"))


def test_dates_of_a_workbook_are_read_as_dates(tmp_path: Path) -> None:
    grid: list[list[Any]] = [
        ["Nom", "Mail", "Dernier achat"],
        ["Petit", "luc@petit.example", dt.datetime.fromisoformat("2024-03-12")],
    ]
    assert read(tmp_path, xlsx(("A", grid))).rows[0].last_sale_on == dt.date(2024, 3, 12)


def test_errors_and_formulas_without_a_value_are_told_at_their_place(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Mail", "Ville"])
    book.active.append(["Petit", "luc@petit.example", "#REF!"])
    book.active.append(["Grand", '=A3&"@grand.example"', "Santeny"])
    book.active["C2"].data_type = "e"
    out = io.BytesIO()
    book.save(out)
    sheet = read(tmp_path, out.getvalue())
    told = [(w.line, w.field, w.value) for row in sheet.rows for w in row.warnings]
    assert told == [(2, "Ville", "#REF!"), (3, "Mail", '\'=A3&"@grand.example"')]


def test_a_line_that_holds_only_a_formula_is_not_lost(tmp_path: Path) -> None:
    data = xlsx(("A", [["Nom", "Mail"], ["Petit", "luc@petit.example"], ["", "=A2"]]))
    sheet = read(tmp_path, data)
    assert [(r.line, r.field, r.value) for r in sheet.rejections] == [(3, "Mail", "'=A2")]


def test_a_web_page_called_xls_is_read(tmp_path: Path) -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in GRID)
    page = f"<html><head><meta charset=utf-8></head><body><table>{cells}</table></body></html>"
    assert people(read(tmp_path, page.encode(), "clients.xls")) == EXPECTED


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body><form>Mot de passe</form></body></html>",
        "<html><body><table><tr><td>Erreur</td><td>403</td></tr></table></body></html>",
        "<?xml version='1.0'?><!DOCTYPE html><html><body></body></html>",
        "<table><tr><td>Produit</td><td>Prix</td></tr></table>",
    ],
)
def test_a_web_page_that_is_no_list_is_called_by_its_name(tmp_path: Path, page: str) -> None:
    (tmp_path / "clients.xlsx").write_text(page)
    with pytest.raises(UnreadableSheet) as refusal:
        read_customers(tmp_path / "clients.xlsx", today=TODAY)
    assert refusal.value.sentence.startswith("Ce fichier est une page web (HTML), quel que soit son nom")


def test_nothing_to_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    assert unreadable(tmp_path, b"") == "Ce fichier est vide : vérifiez que c’est le bon, puis recommencez."
    assert unreadable(tmp_path, xlsx(("A", []))) == "Ce fichier est vide : vérifiez que c’est le bon, puis recommencez."
    assert unreadable(tmp_path, b"Produit;Prix\nvin;12\n") == (
        "Aucun titre de colonne n’est reconnu dans les 30 premières lignes : ajoutez au-dessus de vos clients "
        "une ligne de titres, par exemple Nom, Prénom, Courriel, Téléphone, Adresse, Code postal, Commune."
    )
    with pytest.raises(UnreadableSheet, match="n’existe pas"):
        read_customers(tmp_path / "absent.csv", today=TODAY)
    with pytest.raises(UnreadableSheet, match="n’existe pas"):
        read_customers(tmp_path, today=TODAY)


def test_headings_below_the_thirtieth_line_are_not_looked_for(tmp_path: Path) -> None:
    assert read(tmp_path, b"titre\n" * 29 + b"Nom;Mail\n").heading_line == 30
    assert unreadable(tmp_path, b"titre\n" * 30 + b"Nom;Mail\n").startswith("Aucun titre de colonne")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 8,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'></Workbook>",
        b"\xff\xfeN",
    ],
    ids=["pdf", "png", "xml of excel 2003", "cut utf-16"],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, data: bytes) -> None:
    assert unreadable(tmp_path, data) == (
        "Ce fichier n’est pas un tableau que l’on sache lire : enregistrez-le au format Excel (.xlsx), "
        "LibreOffice (.ods) ou CSV, puis recommencez."
    )


def test_a_workbook_under_a_password_says_so(tmp_path: Path) -> None:
    excel = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)
    libre = io.BytesIO()
    with zipfile.ZipFile(libre, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", bytes(100))
    for data in (excel, libre.getvalue()):
        assert unreadable(tmp_path, data) == (
            "Ce fichier est protégé par un mot de passe : retirez le mot de passe dans votre tableur, puis recommencez."
        )


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    whole = xlsx(("A", GRID))
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    for data in (whole[: len(whole) // 2], word.getvalue(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)):
        assert unreadable(tmp_path, data).startswith("Ce fichier est abîmé ou n’est pas un tableau : ouvrez-le")


def test_a_stray_cell_at_the_end_of_the_sheet_does_not_fill_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Nom"
    book.active["A1048576"] = "x"
    book.active["XFD2"] = "x"
    out = io.BytesIO()
    book.save(out)
    assert unreadable(tmp_path, out.getvalue()).startswith("Ce tableau est trop étendu pour être lu :")


def test_a_stray_cell_in_the_last_row_alone_is_a_line_like_another(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Mail"])
    book.active["A1048576"] = "Petit"
    out = io.BytesIO()
    book.save(out)
    assert [rejection.line for rejection in read(tmp_path, out.getvalue()).rejections] == [1_048_576]


def test_a_repeated_filled_cell_of_an_ods_does_not_fill_the_memory(tmp_path: Path) -> None:
    data = ods("A", [["Nom", "Mail"], ["x", ""]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "content.xml":
                content = content.replace(
                    b'<table:table-row><table:table-cell office:value-type="string"><text:p>x',
                    b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                    b'table:number-columns-repeated="16384" office:value-type="string"><text:p>x',
                )
                assert b"16384" in content
            after.writestr(name, content)
    assert unreadable(tmp_path, out.getvalue()).startswith("Ce tableau est trop étendu pour être lu :")


def test_a_file_too_heavy_or_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "MAX_BYTES", 10)
    assert unreadable(tmp_path, TEXT.encode()).startswith("Ce fichier dépasse 50 Mo :")
    monkeypatch.undo()
    assert (shapes.MAX_BYTES, shapes.MAX_ROWS) == (50 * 1024 * 1024, 200_000)
    monkeypatch.setattr(reading_module, "MAX_ROWS", 1)
    assert unreadable(tmp_path, TEXT.encode()) == (
        "Ce fichier a plus de 200 000 lignes : coupez-le en plusieurs fichiers, puis importez-les l’un après l’autre."
    )


def test_more_than_two_hundred_thousand_lines_stop_the_reading(tmp_path: Path) -> None:
    assert unreadable(tmp_path, b"Nom;Mail\n" + b"x;y\n" * 200_040).startswith("Ce fichier a plus de 200")
