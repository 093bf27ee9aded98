import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from stdnum.fr import siret

from parvis.contacts.spreadsheet import read_customers
from parvis.core import clock
from parvis.demo.customers import HEADINGS, write_demo_customers
from parvis.demo.people import PLATEAU_BRIARD, invent_people
from parvis.demo.places import PLACES
from parvis.demo.stock import SIRETS, write_demo_stock
from parvis.sirene.listing import listed
from parvis.sirene.reader import read_establishments

TODAY = dt.date(2026, 9, 1)


def stock(path: Path, seed: int = 1) -> list[dict[str, str]]:
    write_demo_stock(path, seed=seed)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def customers(path: Path, seed: int = 1) -> list[list[str]]:
    write_demo_customers(path, seed=seed, today=TODAY)
    with path.open(encoding="cp1252", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_the_stock_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    assert stock(tmp_path / "a.csv", 1) == stock(tmp_path / "b.csv", 1)
    assert stock(tmp_path / "a.csv", 1) != stock(tmp_path / "b.csv", 2)


def test_the_stock_has_the_54_columns_of_insee(tmp_path: Path) -> None:
    rows = stock(tmp_path / "stock.csv")
    assert len(rows[0]) == 54
    assert "activitePrincipaleNAF25Etablissement" in rows[0]
    assert None not in {key for row in rows for key in row}


def test_every_siret_is_valid_unique_and_in_a_range_that_was_never_given(tmp_path: Path) -> None:
    numbers = [row["siret"] for row in stock(tmp_path / "stock.csv")]
    assert all(siret.is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < "000325175"


def test_the_shops_of_the_demo_keep_their_siret_whatever_the_seed(tmp_path: Path) -> None:
    rows = {row["siret"]: row for row in stock(tmp_path / "stock.csv", 99)}
    assert list(SIRETS) == [place.slug for place in PLACES]
    bakery, cobbler = rows[SIRETS["le-fournil-des-sources"]], rows[SIRETS["le-clou-et-la-semelle"]]
    assert bakery["enseigne1Etablissement"] == "LE FOURNIL DES SOURCES"
    assert (cobbler["numeroVoieEtablissement"], cobbler["typeVoieEtablissement"]) == ("8", "PL")
    assert cobbler["libelleVoieEtablissement"] == "DU CHARME"


def test_the_stock_holds_each_kind_of_row_that_an_import_must_sort_out(tmp_path: Path) -> None:
    rows = stock(tmp_path / "stock.csv")
    assert 95 <= len(rows) <= 110
    assert Counter(row["statutDiffusionEtablissement"] for row in rows)["P"] == 4
    assert Counter(row["etatAdministratifEtablissement"] for row in rows)["F"] == 4
    assert sum(row["enseigne1Etablissement"] == "[ND]" for row in rows) == 1
    assert {"0001-01-01", "2099-04-01"} <= {row["dateCreationEtablissement"] for row in rows}
    assert {row["codeCommuneEtablissement"] for row in rows} == {c[0] for c in PLATEAU_BRIARD}


def test_the_communes_of_the_stock_are_written_as_the_register_writes_them(tmp_path: Path) -> None:
    towns = {
        (row["codePostalEtablissement"], row["libelleCommuneEtablissement"]) for row in stock(tmp_path / "stock.csv")
    }
    assert ("94520", "PERIGNY") in towns
    assert all(town.isascii() and town.isupper() for _, town in towns)


@pytest.mark.parametrize("seed", range(12))
def test_the_spreadsheet_is_written_as_french_excel_saves_it(tmp_path: Path, seed: int) -> None:
    lines = customers(tmp_path / "clients.csv", seed)
    assert lines[0][0] == "CAVE DU TILLEUL - FICHIER CLIENTS"
    assert tuple(lines[3]) == HEADINGS
    assert {len(line) for line in lines} == {len(HEADINGS)}
    assert (tmp_path / "clients.csv").read_bytes().endswith(b"\r\n")


def test_the_spreadsheet_has_people_blank_lines_and_ten_lines_to_put_right(
    tmp_path: Path,
) -> None:
    lines = customers(tmp_path / "clients.csv")[4:]
    assert sum(not any(line) for line in lines) == 4
    assert sum(any(line) for line in lines) == 82
    text = (tmp_path / "clients.csv").read_text("cp1252")
    for fault in ("6.12E8", "06 39 98 50;", "et Noirot", "31/02/2026", ";;yvette.gaudry@boite.example;"):
        assert text.count(fault) == 1


def test_no_sale_is_in_the_future_and_some_are_too_old_to_serve(tmp_path: Path) -> None:
    sales = [
        dt.datetime.strptime(f"{line[7]} +0000", "%d/%m/%Y %z").date()
        for line in customers(tmp_path / "clients.csv")[4:]
        if line[7] and line[7] != "31/02/2026"
    ]
    assert max(sales) < TODAY
    assert min(sales) < TODAY - dt.timedelta(days=3 * 365)


def test_the_spreadsheet_is_dated_from_the_clock(tmp_path: Path) -> None:
    with clock.frozen(dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC)):
        write_demo_customers(tmp_path / "clock.csv", seed=1)
    write_demo_customers(tmp_path / "given.csv", seed=1, today=TODAY)
    assert (tmp_path / "clock.csv").read_bytes() == (tmp_path / "given.csv").read_bytes()


@pytest.mark.parametrize("seed", range(4))
def test_no_customer_of_the_spreadsheet_has_the_number_of_a_resident(tmp_path: Path, seed: int) -> None:
    """An import links by address: two invented people must not become one."""
    residents = invent_people(3000, seed=seed)
    theirs = {value for person in residents for value in (person.email, person.phone) if value}
    for line in customers(tmp_path / "clients.csv", seed)[4:]:
        assert line[2] not in theirs
        assert "+33" + line[3].replace(" ", "")[1:] not in theirs


def test_the_house_lists_the_open_shops_of_its_own_stock_and_no_others(tmp_path: Path) -> None:
    rows = stock(tmp_path / "stock.csv")
    reading = read_establishments(tmp_path / "stock.csv", communes=[c[0] for c in PLATEAU_BRIARD], today=TODAY)
    read = list(reading)
    shown = {establishment.siret for establishment in read if listed(establishment)[0]}
    assert len(read) == len(rows)
    assert set(SIRETS.values()) <= shown
    assert 78 <= len(shown) <= 86
    assert {row["statutDiffusionEtablissement"] for row in rows if row["siret"] in shown} == {"O"}
    assert {row["etatAdministratifEtablissement"] for row in rows if row["siret"] in shown} == {"A"}


def test_the_house_reads_its_own_spreadsheet_and_says_what_to_put_right(tmp_path: Path) -> None:
    customers(tmp_path / "clients.csv")
    sheet = read_customers(tmp_path / "clients.csv", today=TODAY)
    assert (sheet.encoding, sheet.separator, sheet.heading_line, sheet.ignored_columns) == ("cp1252", ";", 4, ())
    assert [rejection.value for rejection in sheet.rejections] == ["Pelletan et Noirot"]
    assert Counter(warning.field for row in sheet.rows for warning in row.warnings) == {
        "Portable": 4,
        "Mail": 1,
        "Dernier achat": 1,
    }
    assert sum(row.refuses for row in sheet.rows) == 1
    assert any(row.consent_source and row.consent_on and row.preferred_channel for row in sheet.rows)
    assert sheet.remarks == ()


def test_the_spreadsheet_dates_who_said_to_be_an_adult_and_leaves_others_blank(tmp_path: Path) -> None:
    """The wine merchant's announcements are of alcohol: without both sides the demo would show neither."""
    customers(tmp_path / "clients.csv")
    rows = read_customers(tmp_path / "clients.csv", today=TODAY).rows
    told = [row for row in rows if row.adult_on and row.tastes]
    assert len(told) >= 20
    assert len([row for row in rows if row.adult_on is None and row.tastes]) >= 20
    assert not any(row.minor for row in rows)
