"""Rule 16 from one month's file to the next: an objection is never forgotten, wherever and by whomever it is made."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from parvis.directory.models import Business
from parvis.directory.queries import shown
from parvis.directory.rules import ImportReport, looks_whole
from tests.builders import territory
from tests.sirene.conftest import StockRow, csv_bytes, invented_row, invented_siret, write_parquet

from .files import command, imported, only, stock, units

pytestmark = pytest.mark.django_db
NAMED = {"enseigne1": "CHEZ ODILE FERRAND"}


def odile(**changes: str) -> StockRow:
    return invented_row(1, **(NAMED | changes))


def unit(folder: Path, diffusion: str) -> Path:
    row = {"siren": odile()["siren"], "statutDiffusionUniteLegale": diffusion, "categorieJuridiqueUniteLegale": "1000"}
    return units(folder, row)


def kept(serial: int = 1) -> Business:
    return Business.objects.get(siret=invented_siret(serial))


def nothing_is_left_of_odile() -> None:
    row = kept()
    assert (row.masked, row.listed, row.address, row.postcode) == (True, False, "", "")
    assert "FERRAND" not in str(list(Business.objects.values())).upper()
    assert not shown(territory()).filter(pk=row.pk).exists()
    assert Client().get(f"/commerces/{row.siret}/").status_code == 404


def test_what_a_unit_asked_holds_when_its_file_is_not_read(tmp_path: Path) -> None:
    imported(stock(tmp_path, odile()), units=unit(tmp_path, "P"))
    assert kept().masked_by_unit
    for _ in range(2):
        report = imported(stock(tmp_path, odile()))
        assert (report.masked, report.updated, report.unchanged) == (1, 0, 1)
        nothing_is_left_of_odile()


def test_nor_when_its_file_says_nothing_of_it(tmp_path: Path) -> None:
    imported(stock(tmp_path, odile()), units=unit(tmp_path, "P"))
    other = units(tmp_path, {"siren": invented_siret(2)[:9], "statutDiffusionUniteLegale": "O"})
    imported(stock(tmp_path, odile()), units=other)
    nothing_is_left_of_odile()


def test_it_holds_for_a_shop_that_the_unit_opens_later(tmp_path: Path) -> None:
    imported(stock(tmp_path, odile()), units=unit(tmp_path, "P"))
    second = odile() | {"siret": "90000001900027", "nic": "00027"}
    assert second["siren"] == second["siret"][:9]
    imported(stock(tmp_path, odile(), second))
    assert list(Business.objects.values_list("masked", flat=True)) == [True, True]


def test_the_unit_alone_lifts_it(tmp_path: Path) -> None:
    imported(stock(tmp_path, odile()), units=unit(tmp_path, "P"))
    imported(stock(tmp_path, odile()), units=unit(tmp_path, "O"))
    assert (kept().masked, kept().masked_by_unit, kept().listed) == (False, False, True)
    imported(stock(tmp_path, odile()))
    assert kept().listed


def test_what_the_establishment_itself_asked_it_lifts_itself(tmp_path: Path) -> None:
    imported(stock(tmp_path, odile(statutDiffusion="P")))
    assert (kept().masked, kept().masked_by_unit) == (True, False)
    imported(stock(tmp_path, odile()))
    assert kept().listed


@pytest.mark.parametrize("shape", ["csv", "parquet"])
@pytest.mark.parametrize("commune", ["75101", "", "[ND]"])
def test_whoever_objects_under_another_commune_is_heard(commune: str, shape: str, tmp_path: Path) -> None:
    imported(stock(tmp_path, odile(), invented_row(2)))
    later = stock(tmp_path, odile(statutDiffusion="P", codeCommune=commune), invented_row(2))
    report = imported(later if shape == "csv" else write_parquet(later))
    assert (report.read, report.updated, report.missing) == (1, 1, 0)
    nothing_is_left_of_odile()
    assert kept().commune_id == "94075"


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_rows_the_objection_wins_wherever_it_is(order: int, tmp_path: Path) -> None:
    imported(stock(tmp_path, odile()))
    rows = [odile(), odile(statutDiffusion="P", codeCommune="")][::order]
    imported(stock(tmp_path, *rows))
    nothing_is_left_of_odile()


def test_a_stranger_of_another_commune_is_never_kept(tmp_path: Path) -> None:
    imported(stock(tmp_path, odile(), invented_row(3, codeCommune="75101", statutDiffusion="P")))
    assert only().siret == invented_siret(1)


@pytest.mark.parametrize(
    ("state", "told"), [("F", (False, "closed", 0)), ("A", (True, "absent", 1))], ids=["closed", "open"]
)
def test_whoever_is_closed_or_open_elsewhere_leaves_the_directory(
    state: str, told: tuple[bool, str, int], tmp_path: Path
) -> None:
    imported(stock(tmp_path, odile(), invented_row(2)))
    report = imported(stock(tmp_path, odile(codeCommune="75101", etatAdministratif=state), invented_row(2)))
    assert (kept().active, kept().unlisted_reason, report.missing) == told
    assert (kept().listed, kept().commune_id, report.read) == (False, "94075", 1)


def test_a_row_elsewhere_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    imported(stock(tmp_path, odile(), invented_row(2)))
    report = imported(stock(tmp_path, odile(codeCommune="75101", etatAdministratif="X"), invented_row(2)))
    assert (report.missing, report.spared, report.rejected, kept().listed) == (0, 0, [], True)


def boutiques(*serials: int) -> list[StockRow]:
    return [invented_row(n, enseigne1=f"BOUTIQUE {n}") for n in serials]


def gone(report: ImportReport) -> tuple[int, int, int]:
    """How many are missing, how many spared, how many still shown."""
    return report.missing, report.spared, Business.objects.filter(listed=True).count()


def test_whoever_is_no_longer_in_the_stock_leaves_the_directory_and_comes_back_with_it(tmp_path: Path) -> None:
    imported(stock(tmp_path, *boutiques(1, 2, 3)))
    for updated in (1, 0):
        report = imported(stock(tmp_path, *boutiques(2, 3)))
        assert gone(report) == (1, 0, 2)
        assert (report.updated, report.unchanged) == (updated, 3 - updated)
    assert (kept().active, kept().unlisted_reason, kept().name) == (True, "absent", "Boutique 1")
    assert gone(imported(stock(tmp_path, *boutiques(1, 2, 3)))) == (0, 0, 3)
    assert kept().unlisted_reason == ""


@pytest.mark.parametrize(
    ("present", "expected"), [((3, 4), (2, 0, 2)), ((4,), (0, 3, 4)), ((9,), (0, 4, 5))], ids=["half", "less", "none"]
)
def test_a_file_that_lacks_more_than_half_takes_nobody_away(
    present: tuple[int, ...], expected: tuple[int, int, int], tmp_path: Path
) -> None:
    imported(stock(tmp_path, *boutiques(1, 2, 3, 4)))
    assert gone(imported(stock(tmp_path, *boutiques(*present)))) == expected


def test_a_commune_of_which_the_file_has_no_row_keeps_its_shops(tmp_path: Path) -> None:
    elsewhere = invented_row(4, enseigne1="BOUTIQUE 4", codeCommune="94047")
    imported(stock(tmp_path, *boutiques(1, 2, 3), elsewhere))
    assert gone(imported(stock(tmp_path, *boutiques(1, 2)))) == (1, 1, 3)
    assert kept(4).listed


def test_a_file_cut_in_mid_line_takes_nobody_away(tmp_path: Path) -> None:
    imported(stock(tmp_path, *boutiques(1, 2, 3, 4)))
    cut = tmp_path / "cut.csv"
    cut.write_bytes(csv_bytes(boutiques(1, 2, 3))[:-60])
    assert gone(imported(cut)) == (0, 1, 4)


def test_a_row_that_cannot_be_used_is_there_all_the_same(tmp_path: Path) -> None:
    imported(stock(tmp_path, *boutiques(1, 2)))
    bad = invented_row(1, etatAdministratif="X")
    assert gone(imported(stock(tmp_path, bad, *boutiques(2)))) == (0, 0, 2)


def test_whoever_is_masked_or_closed_is_not_missing(tmp_path: Path) -> None:
    closed, hidden = invented_row(3, etatAdministratif="F"), invented_row(4, statutDiffusion="P")
    imported(stock(tmp_path, *boutiques(1, 2, 3), hidden))
    imported(stock(tmp_path, *boutiques(1, 2), closed, hidden))
    assert gone(imported(stock(tmp_path, *boutiques(1, 2)))) == (0, 0, 2)
    assert (kept(3).unlisted_reason, kept(4).unlisted_reason) == ("closed", "partial_diffusion")


def figures_and_words(*asked: Any) -> tuple[int, int, str]:
    said, figures = command(*asked)
    return figures["missing"], figures["spared"], said.replace("\u00a0", " ")


def test_the_missing_are_told_and_counted(tmp_path: Path) -> None:
    command(stock(tmp_path, *boutiques(1, 2, 3, 4)))
    missing, spared, said = figures_and_words(stock(tmp_path, *boutiques(1)))
    assert (missing, spared) == (0, 3)
    assert "3 commerces connus manquent à ce fichier, qui paraît partiel : ils restent dans l’annuaire." in said
    missing, spared, said = figures_and_words(stock(tmp_path, *boutiques(1, 2, 3)))
    assert (missing, spared) == (1, 0)
    assert "1 commerce connu n’y est plus : l’annuaire ne le montre pas." in said
    missing, spared, said = figures_and_words(stock(tmp_path, *boutiques(1, 2)))
    assert "2 commerces connus n’y sont plus : l’annuaire ne les montre pas." in said
    assert "paraît partiel" not in said


def test_half_is_enough_and_nobody_expected_is_whole() -> None:
    assert looks_whole([], [])
    assert looks_whole(["1", "2"], ["2", "3"])
    assert not looks_whole(["1", "2", "3"], ["3", "4", "5"])
