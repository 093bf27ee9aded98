import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.sirene.reader import Reading, read_establishments

from .conftest import (
    COLUMNS_TODAY,
    csv_bytes,
    invented_row,
    invented_siret,
    write_parquet,
    zip_bytes,
)

Read = Callable[..., Reading]
Write = Callable[..., Path]


@pytest.fixture(params=["csv", "zip", "parquet", "typed parquet", "semicolons", "quoted", "54 columns", "BOM"])
def any_file(request: pytest.FixtureRequest, write: Write) -> Path:
    """Two bakeries, one of them closed, and one of another commune, in every accepted kind of file."""
    rows = [
        invented_row(1, enseigne1="AUX DEUX ÉPIS, ET FILS"),
        invented_row(2, etatAdministratif="F"),
        invented_row(3, codeCommune="75056"),
    ]
    match request.param:
        case "zip":
            return write(zip_bytes(csv_bytes(rows)), "stock.zip")
        case "parquet":
            return write_parquet(write(csv_bytes(rows)))
        case "typed parquet":
            return write_parquet(write(csv_bytes(rows)), typed=True)
        case "semicolons":
            return write(csv_bytes(rows, delimiter=";"))
        case "quoted":
            return write(csv_bytes(rows, quoting=csv.QUOTE_ALL))
        case "54 columns":
            return write(csv_bytes(rows, columns=[*reversed(COLUMNS_TODAY), "inconnue"]))
        case "BOM":
            return write(csv_bytes(rows, encoding="utf-8-sig").replace(b"\n", b"\r\n"))
    return write(csv_bytes(rows))


def test_every_kind_of_file_gives_the_same_establishments(any_file: Path, read: Read) -> None:
    reading = read(any_file)
    bakery, closed = list(reading)
    assert (reading.read, reading.active, reading.masked, reading.rejected) == (2, 1, 0, 0)
    assert not closed.active
    assert bakery.siret == invented_siret(1)
    assert bakery.signs == ("AUX DEUX ÉPIS, ET FILS",)
    assert (bakery.created, bakery.since) == (dt.date(2015, 3, 2), dt.date(2016, 1, 1))
    assert bakery.head_office
    assert not bakery.employer
    assert reading.warnings == []


def test_establishments_come_in_batches(write: Write) -> None:
    path = write(csv_bytes([invented_row(serial) for serial in range(1, 8)]))
    reading = read_establishments(path, communes=["94075"], today=dt.date(2026, 9, 1), batch=3)
    assert [len(batch) for batch in reading.batches()] == [3, 3, 1]


def test_todays_columns_are_read_when_they_are_there(write: Write, read: Read) -> None:
    row = invented_row(
        1,
        coordonneeLambertAbscisse="662000.5",
        coordonneeLambertOrdonnee="6849000",
        activitePrincipaleNAF25="10.71H",
    )
    (bakery,) = read(write(csv_bytes([row], columns=COLUMNS_TODAY)))
    assert (bakery.easting, bakery.northing, bakery.activity_2025) == (662000.5, 6849000.0, "10.71H")


def test_nd_and_a_name_to_be_deleted_are_empty(read: Read) -> None:
    row = invented_row(1, enseigne1="[ND]", denominationUsuelle="SUPPRESSION DU NOM COMMERCIAL")
    (bakery,) = read([row])
    assert (bakery.signs, bakery.trade_name) == ((), "")


def test_absurd_dates_are_dropped_and_the_row_is_kept_with_a_warning(read: Read) -> None:
    rows = [
        invented_row(1, dateCreation="0001-01-01"),
        invented_row(2, dateCreation="7490-06-01"),
        invented_row(3, dateDebut="le 3 mai"),
    ]
    reading = read(rows)
    assert [each.created for each in reading] == [None, None, dt.date(2015, 3, 2)]
    assert [(each.line, each.siret, each.field) for each in reading.warnings] == [
        (2, invented_siret(1), "dateCreationEtablissement"),
        (3, invented_siret(2), "dateCreationEtablissement"),
        (4, invented_siret(3), "dateDebut"),
    ]
    assert "« 7490-06-01 » est impossible" in reading.warnings[1].reason


def test_a_creation_declared_ahead_is_kept_up_to_two_years(read: Read) -> None:
    rows = [invented_row(1, dateCreation="2028-08-31"), invented_row(2, dateCreation="2028-12-31")]
    assert [each.created for each in read(rows)] == [dt.date(2028, 8, 31), None]


def test_the_first_of_january_1900_is_the_registers_unknown_and_needs_no_warning(read: Read) -> None:
    reading = read([invented_row(1, dateCreation="1900-01-01")])
    assert [each.created for each in reading] == [None]
    assert reading.warnings == []


@pytest.mark.parametrize(
    ("siret", "reason"),
    [
        ("3.9126E+13", "14 chiffres"),
        ("1234567890123", "zéros de tête"),
        ("²2345678901234", "14 chiffres"),
        (invented_siret(1)[:-1] + str((int(invented_siret(1)[-1]) + 1) % 10), "clé de contrôle"),
    ],
)
def test_a_wrong_siret_is_rejected_with_its_line_field_and_reason(siret: str, reason: str, read: Read) -> None:
    reading = read([invented_row(5), invented_row(1, siret=siret)])
    assert [each.siret for each in reading] == [invented_siret(5)]
    (rejection,) = reading.rejections
    assert (rejection.line, rejection.siret, rejection.field) == (3, siret, "siret")
    assert reason in rejection.reason


def test_a_post_office_has_a_siret_that_follows_la_postes_own_rule(read: Read) -> None:
    reading = read([invented_row(1, siret="35600000000011"), invented_row(2, siret="35600000000012")])
    assert [each.siret for each in reading] == []
    assert reading.rejected == 2
    assert [each.siret for each in read([invented_row(1, siret="35600000000001")])] == ["35600000000001"]


def test_the_same_siret_twice_keeps_the_first(read: Read) -> None:
    reading = read([invented_row(1, enseigne1="LE PREMIER"), invented_row(1, enseigne1="LE SECOND")])
    assert [each.signs for each in reading] == [("LE PREMIER",)]
    assert "déjà" in reading.rejections[0].reason


@pytest.mark.parametrize("order", [1, -1])
def test_of_the_same_siret_twice_the_partial_one_masks_both(order: int, read: Read) -> None:
    rows = [invented_row(1, enseigne1="CHEZ PAULE"), invented_row(1, statutDiffusion="P", enseigne1="CHEZ PAULE")]
    reading = read(rows[::order])
    (bakery,) = reading
    assert (bakery.diffusion, bakery.signs, bakery.street) == ("P", (), "")
    assert (reading.masked, reading.rejected, reading.read, reading.objections) == (1, 1, 2, set())


def test_an_objection_is_heard_even_from_a_row_that_cannot_be_used(read: Read) -> None:
    rows = [
        invented_row(1, statutDiffusion="P", etatAdministratif="X"),
        invented_row(2, etatAdministratif="X"),
        invented_row(3, prefix="0", statutDiffusion="P", siret=invented_siret(3, prefix="0").lstrip("0")),
    ]
    reading = read(rows)
    assert list(reading) == []
    assert reading.objections == {invented_siret(1), invented_siret(3, prefix="0")}


def test_an_unknown_state_is_rejected(read: Read) -> None:
    reading = read([invented_row(1, etatAdministratif="X")])
    assert list(reading) == []
    assert reading.rejections[0].field == "etatAdministratifEtablissement"
    assert "« X »" in reading.rejections[0].reason


def test_a_malformed_line_is_rejected_with_its_number_and_the_rest_is_read(read: Read) -> None:
    lines = csv_bytes([invented_row(serial) for serial in range(1, 5)]).splitlines(keepends=True)
    lines[1] = b"93,trop,court\n"
    lines[3] = lines[3].replace(b"DE L ETANG", b'"DE L ETANG')
    reading = read(b"".join([lines[0], lines[1], b"\n", lines[2], lines[3], lines[4]]))
    assert [each.siret for each in reading] == [invented_siret(2), invented_siret(4)]
    assert [each.line for each in reading.rejections] == [2, 5]
    assert "3 colonnes au lieu de 48" in reading.rejections[0].reason
    assert "guillemet" in reading.rejections[1].reason


def test_a_cut_csv_keeps_what_it_holds_and_says_it_is_incomplete(read: Read) -> None:
    reading = read(csv_bytes([invented_row(1), invented_row(2)])[:-60])
    assert [each.siret for each in reading] == [invented_siret(1)]
    assert reading.incomplete
    assert "la dernière ligne s’arrête en chemin" in reading.rejections[0].reason
    assert reading.rejections[0].line == 3


def test_a_file_saved_in_windows_1252_is_read_and_told(read: Read) -> None:
    rows = [
        invented_row(1),
        invented_row(2, enseigne1="L’ÉPI DORÉ"),
        invented_row(3, enseigne1="CŒUR À CŒUR"),
    ]
    reading = read(csv_bytes(rows, encoding="cp1252"))
    assert [each.signs for each in reading] == [(), ("L’ÉPI DORÉ",), ("CŒUR À CŒUR",)]
    (warning,) = reading.warnings
    assert warning.line == 3
    assert "Windows-1252" in warning.reason


def test_a_parquet_rejection_tells_the_row(write: Write, read: Read) -> None:
    rows = [invented_row(1, codeCommune="75056"), invented_row(2), invented_row(3, siret="12")]
    reading = read(write_parquet(write(csv_bytes(rows))))
    assert len(list(reading)) == 1
    assert reading.rejections[0].line == 3


def test_a_file_of_another_territory_says_so(read: Read) -> None:
    reading = read([invented_row(1, codeCommune="97611")])
    assert list(reading) == []
    assert "aucun établissement des communes demandées" in reading.warnings[0].reason


def test_a_partial_row_arrives_masked_even_when_its_name_is_in_clear(read: Read) -> None:
    reading = read([invented_row(1, statutDiffusion="P", enseigne1="CHEZ PAULE", coordonneeLambertAbscisse="1")])
    (bakery,) = reading
    assert reading.masked == 1
    assert (bakery.signs, bakery.street, bakery.number, bakery.postcode, bakery.easting) == (
        (),
        "",
        "",
        "",
        None,
    )
    assert (bakery.commune, bakery.activity) == ("94075", "10.71C")


def test_a_diffusion_that_nobody_knows_is_masked(read: Read) -> None:
    (bakery,) = read([invented_row(1, statutDiffusion="Z", enseigne1="CHEZ PAULE")])
    assert (bakery.diffusion, bakery.signs) == ("P", ())
