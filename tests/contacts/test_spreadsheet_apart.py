"""Whatever a file does to its reader, this process goes on and the person is told what to do."""

import datetime as dt
import io
import resource
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.contacts.spreadsheet import UnreadableSheet, apart, markup, read_customers, shapes, texts
from parvis.contacts.spreadsheet.shapes import Grid

from .test_spreadsheet_files import EXPECTED, GRID, TODAY, people, read, xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def handmade(rows: str, path: str = "xl/worksheets/sheet1.xml", letters: int = 0) -> bytes:
    """A workbook of one sheet, kept wherever one likes and written as no spreadsheet would; so many letters follow."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr("_rels/.rels", linked("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", linked("worksheet", path.removeprefix("xl/")))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
            '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        with archive.open(path, "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>{rows}'.encode())
            for _ in range(letters // 1_000_000):
                sheet.write(b"a" * 1_000_000)
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def linked(kind: str, target: str) -> str:
    link = f'<Relationship Id="rId1" Type="{LINKS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{link}</Relationships>'


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


STRAY = f'<row r="1">{cell("A1", "Nom")}{cell("B1", "Mail")}</row><row r="1048576">{cell("XFD1048576", "x")}</row>'


def refused(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(UnreadableSheet) as refusal:
        read(tmp_path, data)
    return refusal.value.sentence


@pytest.mark.parametrize(
    "data",
    [
        handmade(STRAY),
        handmade(STRAY.replace('"', "'")),
        handmade(STRAY, "xl/feuilles/sheet1.xml"),
        handmade(STRAY.replace('"', "'"), "xl/feuilles/sheet1.xml"),
    ],
    ids=["as Excel writes", "single quotes", "another folder", "both"],
)
def test_a_stray_cell_ends_its_reader_and_not_the_site(tmp_path: Path, data: bytes) -> None:
    assert len(data) < 3000
    assert refused(tmp_path, data) == shapes.TOO_LARGE
    assert "CSV (.csv)" in shapes.TOO_LARGE


def test_a_workbook_written_by_hand_is_read_wherever_its_sheet_lies(tmp_path: Path) -> None:
    headings, petit = cell("A1", "Nom") + cell("B1", "Mail"), cell("A2", "Petit") + cell("B2", "p@petit.example")
    rows = f"<row>{headings}</row><row>{petit}</row>"
    for data in (handmade(rows), handmade(rows.replace('"', "'"), "xl/feuilles/sheet1.xml")):
        assert people(read(tmp_path, data)) == [(2, "Petit", "")]


def test_an_error_and_a_formula_are_told_however_their_xml_is_written(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{cell("A1", "Nom")}{cell("B1", "Mail")}{cell("C1", "Ville")}</row>'
        f'<row r="2">{cell("A2", "Petit")}<c r="B2" t="e"><v>#REF!</v></c><c r="C2"><f>A1&amp;"x"</f></c></row>'
        f'<row r="3">{cell("A3", "Grand")}{cell("B3", "eva@grand.example")}</row>'
    ).replace('"', "'")
    sheet = read(tmp_path, handmade(rows))
    told = {(w.line, w.field, w.value) for row in sheet.rows for w in row.warnings}
    assert told == {(2, "Mail", "#REF!"), (2, "Ville", "'=A1&'x'")}


def test_a_reader_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    data = handmade(f"<row>{cell('A1', 'Nom')}{cell('B1', 'Mail')}</row>", letters=1_200_000_000)
    assert len(data) < 10_000_000
    assert refused(tmp_path, data) == shapes.TOO_LARGE


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WAIT", 0.01)
    assert refused(tmp_path, xlsx(("Clients", GRID))) == shapes.TOO_LARGE


def test_a_reader_that_cannot_even_start_is_told_to_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert refused(tmp_path, xlsx(("Clients", GRID))) == shapes.TOO_LARGE
    assert "ended with 1" in caplog.text


def test_the_limits_are_the_readers_own(tmp_path: Path) -> None:
    before = [resource.getrlimit(limit) for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]
    with ThreadPoolExecutor(3) as shops:
        folders = [tmp_path / name for name in "abc"]
        for folder in folders:
            folder.mkdir()
        sheets = list(shops.map(read, folders, [xlsx(("Clients", GRID))] * 3))
    assert [people(sheet) for sheet in sheets] == [EXPECTED] * 3
    after = [resource.getrlimit(limit) for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]
    assert before == after


CELLS = (
    st.text()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False)
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas(min_value=dt.timedelta(days=-10_000), max_value=dt.timedelta(days=10_000))
)
LINES = st.lists(st.tuples(st.integers(1, 200_000), st.lists(CELLS, max_size=5)), max_size=5)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.builds(Grid, st.text(), LINES), max_size=3))
def test_every_cell_comes_back_from_the_reader_as_it_was(grids: list[Grid]) -> None:
    back = list(apart._grids(line.encode() for line in apart.written(grids)))
    assert back == grids
    kinds = [[type(cell) for _, cells in grid.lines for cell in cells] for grid in grids]
    assert [[type(cell) for _, cells in grid.lines for cell in cells] for grid in back] == kinds


def test_cells_of_a_web_page_are_counted_while_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = shapes.MAX_CELLS // 200
    page = "<table><tr><td>Nom<td>Mail<tr>" + "<td colspan=200>" * cells
    assert refused(tmp_path, page.encode()) == shapes.TOO_LARGE
    monkeypatch.setattr(shapes, "MAX_CELLS", 400)
    markup.read_markup("<table>" + "<tr><td colspan=200>x" * 2)
    with pytest.raises(UnreadableSheet):
        markup.read_markup("<table>" + "<tr><td colspan=200>" * 3)


def test_cells_of_a_text_are_counted_before_they_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "MAX_CELLS", 8)
    texts.read_text("Nom;Mail\na;b\nc;d\n")
    for text in ("Nom;Mail\n" + ";" * 8, "Nom;Mail" + "\n" * 9, "Nom;Mail\n" + "a;b\n" * 3 + "c;d"):
        (tmp_path / "clients.csv").write_text(text)
        with pytest.raises(UnreadableSheet, match="trop étendu"):
            read_customers(tmp_path / "clients.csv", today=TODAY)
