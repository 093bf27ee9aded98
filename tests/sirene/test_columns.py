from pathlib import Path

import pytest

from parvis.sirene.columns import ESTABLISHMENTS, UNITS, check
from parvis.sirene.errors import UnreadableStock

from .conftest import COLUMNS_2021, COLUMNS_OF_UNITS, COLUMNS_TODAY

STOCK = Path("stock.csv")


@pytest.mark.parametrize("columns", [COLUMNS_2021, COLUMNS_TODAY])
def test_the_files_of_2021_and_of_today_have_every_column_that_is_expected(columns: tuple[str, ...]) -> None:
    assert check(ESTABLISHMENTS, columns, STOCK) == []


def test_the_invented_files_have_48_and_54_columns_as_the_real_ones() -> None:
    assert (len(COLUMNS_2021), len(COLUMNS_TODAY)) == (48, 54)
    assert len(set(COLUMNS_TODAY)) == 54


def test_columns_that_nobody_announced_are_ignored() -> None:
    assert check(ESTABLISHMENTS, (*COLUMNS_TODAY, "nouveauteEtablissement"), STOCK) == []


def test_an_expected_column_that_is_missing_is_only_told() -> None:
    columns = [name for name in COLUMNS_2021 if name != "enseigne1Etablissement"]
    assert check(ESTABLISHMENTS, columns, STOCK) == ["enseigne1Etablissement"]


@pytest.mark.parametrize("missing", ESTABLISHMENTS.required)
def test_a_required_column_that_is_missing_is_named_with_the_file(missing: str) -> None:
    columns = [name for name in COLUMNS_2021 if name != missing]
    with pytest.raises(UnreadableStock) as refusal:
        check(ESTABLISHMENTS, columns, STOCK)
    assert "« stock.csv »" in refusal.value.sentence
    assert f"il manque la colonne « {missing} »" in refusal.value.sentence


def test_several_missing_columns_are_named_together() -> None:
    columns = [name for name in COLUMNS_2021 if name not in ("siret", "codeCommuneEtablissement")]
    with pytest.raises(UnreadableStock, match="les colonnes « siret », « codeCommuneEtablissement »"):
        check(ESTABLISHMENTS, columns, STOCK)


def test_units_given_for_establishments_are_recognised() -> None:
    with pytest.raises(UnreadableStock, match=r"StockUniteLegale.*--units"):
        check(ESTABLISHMENTS, COLUMNS_OF_UNITS, STOCK)


def test_a_file_of_something_else_is_told_which_file_to_choose() -> None:
    with pytest.raises(UnreadableStock, match=r"Choisissez le fichier StockUniteLegale .* data\.gouv\.fr"):
        check(UNITS, ["nom", "prix"], STOCK)
