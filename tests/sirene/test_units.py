from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.sirene.errors import UnreadableStock
from parvis.sirene.establishments import Establishment
from parvis.sirene.naming import display_name
from parvis.sirene.reader import Reading

from .conftest import COLUMNS_OF_UNITS, csv_bytes, invented_row, invented_siret, zip_bytes

Read = Callable[..., Reading]
Write = Callable[..., Path]
SIREN = invented_siret(1)[:9]


def unit(**changes: str) -> dict[str, str]:
    row = {"siren": SIREN, "statutDiffusionUniteLegale": "O", "categorieJuridiqueUniteLegale": "5499"}
    return row | {f"{name}UniteLegale": value for name, value in changes.items()}


@pytest.fixture
def joined(write: Write, read: Read) -> Callable[..., Establishment]:
    """The one establishment of a stock, read with the one unit of another file."""

    def _joined(row: dict[str, str], unit_row: dict[str, str]) -> Establishment:
        units = write(zip_bytes(csv_bytes([unit_row], columns=COLUMNS_OF_UNITS)), "units.zip")
        (establishment,) = read([row], units=units)
        return establishment

    return _joined


def test_a_company_gives_its_name_and_acronym(joined: Callable[..., Establishment]) -> None:
    shop = joined(invented_row(1), unit(denomination="LE FOURNIL DES SOURCES", sigle="LFS"))
    assert (shop.unit_name, shop.unit_acronym, shop.legal_category) == (
        "LE FOURNIL DES SOURCES",
        "LFS",
        "5499",
    )
    assert display_name(shop).text == "Le Fournil des Sources"


def test_a_natural_persons_name_is_kept_nowhere(joined: Callable[..., Establishment]) -> None:
    shop = joined(invented_row(1), unit(categorieJuridique="1000", nom="VASSEUR", prenom1="CLAIRE"))
    assert shop.legal_category == "1000"
    assert "VASSEUR" not in repr(shop)
    assert "CLAIRE" not in repr(shop)


@pytest.mark.parametrize("sign", ["CLAIRE VASSEUR", "Mme Vasseur", "VASSEUR-CLAIRE", "M ET MME VASSEUR"])
def test_a_sign_that_is_only_the_persons_name_is_not_a_sign(sign: str, joined: Callable[..., Establishment]) -> None:
    person = unit(categorieJuridique="1000", nom="VASSEUR", prenom1="CLAIRE")
    shop = joined(invented_row(1, enseigne1=sign, denominationUsuelle=sign), person)
    assert (shop.signs, shop.trade_name) == ((), "")
    assert display_name(shop).text == "Boulangerie, rue de l’Étang"


def test_a_sign_that_says_more_than_the_persons_name_stays(joined: Callable[..., Establishment]) -> None:
    person = unit(categorieJuridique="1000", nom="VASSEUR", prenom1="CLAIRE")
    assert joined(invented_row(1, enseigne1="CHEZ CLAIRE"), person).signs == ("CHEZ CLAIRE",)


def test_a_partial_unit_masks_its_establishment_and_leaves_no_trace(
    joined: Callable[..., Establishment],
) -> None:
    hidden = unit(statutDiffusion="P", denomination="LE FOURNIL", nom="VASSEUR", sigle="LF")
    shop = joined(invented_row(1, enseigne1="LE FOURNIL"), hidden)
    assert shop == Establishment(
        siret=invented_siret(1),
        diffusion="P",
        commune="94075",
        active=True,
        activity="10.71C",
        nomenclature="NAFRev2",
        created=shop.created,
        since=shop.since,
        head_office=True,
        commune_label="VILLECRESNES",
    )


def test_a_partial_establishment_takes_nothing_from_the_other_file(
    joined: Callable[..., Establishment],
) -> None:
    row = invented_row(1, statutDiffusion="P")
    with_unit = joined(row, unit(denomination="LE FOURNIL", sigle="LF"))
    assert (with_unit.unit_name, with_unit.unit_acronym, with_unit.legal_category) == ("", "", "")


def test_the_masked_are_counted_once_for_both_files(write: Write, read: Read) -> None:
    units = write(csv_bytes([unit(statutDiffusion="P")], columns=COLUMNS_OF_UNITS), "units.csv")
    reading = read([invented_row(1), invented_row(2, statutDiffusion="P"), invented_row(3)], units=units)
    assert len(list(reading)) == 3
    assert reading.masked == 2


def test_units_without_their_columns_are_refused_before_any_row_is_read(write: Write, read: Read) -> None:
    with pytest.raises(UnreadableStock, match=r"units\.csv"):
        read([invented_row(1)], units=write(b"siren,nom\n1,2\n", "units.csv"))


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_lines_of_a_unit_the_partial_one_wins(order: int, write: Write, read: Read) -> None:
    lines = [unit(denomination="LE FOURNIL"), unit(statutDiffusion="P")][::order]
    (shop,) = read([invented_row(1)], units=write(csv_bytes(lines, columns=COLUMNS_OF_UNITS), "units.csv"))
    assert (shop.diffusion, shop.unit_name) == ("P", "")


def test_a_unit_that_objects_in_a_line_that_cannot_be_read_is_heard(write: Write, read: Read) -> None:
    content = csv_bytes([unit(statutDiffusion="P", nom="FERRAND")], columns=COLUMNS_OF_UNITS)
    (shop,) = read([invented_row(1)], units=write(content.replace(b"FERRAND", b"FERR,AND"), "units.csv"))
    assert shop.diffusion == "P"
    content = csv_bytes([unit(nom="FERRAND")], columns=COLUMNS_OF_UNITS)
    (shop,) = read([invented_row(1)], units=write(content.replace(b"FERRAND", b"FERR,AND"), "units.csv"))
    assert shop.diffusion == "O"
