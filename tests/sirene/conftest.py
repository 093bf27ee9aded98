"""Invented rows of the register, in the shapes of 2021 (48 columns) and of today (54)."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

import duckdb
import pytest
from stdnum import luhn

from parvis.sirene.reader import Reading, read_establishments

ADDED_SINCE_2021 = (
    "dernierNumeroVoieEtablissement",
    "indiceRepetitionDernierNumeroVoieEtablissement",
    "identifiantAdresseEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    "activitePrincipaleNAF25Etablissement",
)
SECOND_ADDRESS = tuple(
    f"{name}2Etablissement"
    for name in (
        "complementAdresse", "numeroVoie", "indiceRepetition", "typeVoie", "libelleVoie", "codePostal",
        "libelleCommune", "libelleCommuneEtranger", "distributionSpeciale", "codeCommune", "codeCedex",
        "libelleCedex", "codePaysEtranger", "libellePaysEtranger",
    )
)  # fmt: skip
COLUMNS_2021 = (
    "siren", "nic", "siret", "statutDiffusionEtablissement", "dateCreationEtablissement",
    "trancheEffectifsEtablissement", "anneeEffectifsEtablissement",
    "activitePrincipaleRegistreMetiersEtablissement", "dateDernierTraitementEtablissement",
    "etablissementSiege", "nombrePeriodesEtablissement", "complementAdresseEtablissement",
    "numeroVoieEtablissement", "indiceRepetitionEtablissement", "typeVoieEtablissement",
    "libelleVoieEtablissement", "codePostalEtablissement", "libelleCommuneEtablissement",
    "libelleCommuneEtrangerEtablissement", "distributionSpecialeEtablissement", "codeCommuneEtablissement",
    "codeCedexEtablissement", "libelleCedexEtablissement", "codePaysEtrangerEtablissement",
    "libellePaysEtrangerEtablissement", *SECOND_ADDRESS, "dateDebut", "etatAdministratifEtablissement",
    "enseigne1Etablissement", "enseigne2Etablissement", "enseigne3Etablissement",
    "denominationUsuelleEtablissement", "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement", "caractereEmployeurEtablissement",
)  # fmt: skip
COLUMNS_TODAY = (*COLUMNS_2021, *ADDED_SINCE_2021)
COLUMNS_OF_UNITS = (
    "siren", "statutDiffusionUniteLegale", "sigleUniteLegale", "prenom1UniteLegale", "prenomUsuelUniteLegale",
    "nomUniteLegale", "nomUsageUniteLegale", "denominationUniteLegale", "categorieJuridiqueUniteLegale",
)  # fmt: skip

StockRow = dict[str, str]


def invented_siret(serial: int, *, prefix: str = "9") -> str:
    siren = f"{prefix}{serial:07d}"
    siren += luhn.calc_check_digit(siren)
    return f"{siren}0001" + str(luhn.calc_check_digit(f"{siren}0001"))


def invented_row(serial: int = 1, *, prefix: str = "9", **changes: str) -> StockRow:
    """A bakery of Villecresnes; `changes` name columns without their "Etablissement" ending."""
    siret = invented_siret(serial, prefix=prefix)
    row = {
        "siren": siret[:9], "nic": siret[9:], "siret": siret, "statutDiffusionEtablissement": "O",
        "dateCreationEtablissement": "2015-03-02", "dateDebut": "2016-01-01", "etablissementSiege": "true",
        "numeroVoieEtablissement": str(serial), "typeVoieEtablissement": "RUE",
        "libelleVoieEtablissement": "DE L ETANG", "codePostalEtablissement": "94440",
        "libelleCommuneEtablissement": "VILLECRESNES", "codeCommuneEtablissement": "94075",
        "etatAdministratifEtablissement": "A", "activitePrincipaleEtablissement": "10.71C",
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2", "caractereEmployeurEtablissement": "N",
    }  # fmt: skip
    for name, value in changes.items():
        row[name if name in COLUMNS_TODAY else f"{name}Etablissement"] = value
    return row


def csv_bytes(
    rows: Iterable[StockRow],
    *,
    columns: Sequence[str] = COLUMNS_2021,
    encoding: str = "utf-8",
    delimiter: str = ",",
    quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL,
) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(
        text,
        columns,
        restval="",
        extrasaction="ignore",
        delimiter=delimiter,
        lineterminator="\n",
        quoting=quoting,
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def zip_bytes(content: bytes, *, name: str = "StockEtablissement_utf8.csv") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def write_parquet(csv_path: Path, *, typed: bool = False) -> Path:
    """A Parquet of the same rows; `typed` gives dates and booleans their types, as INSEE's file of today."""
    target = csv_path.with_suffix(".parquet")
    columns = "* REPLACE (CAST(dateDebut AS DATE) AS dateDebut)" if typed else "*"
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT {columns} FROM "
            f"read_csv('{csv_path}', all_varchar = true, header = true, delim = ',')) "
            f"TO '{target}' (FORMAT parquet)"
        )
    return target


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes under a name of the test's folder."""

    def _write(content: bytes, name: str = "stock.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return _write


@pytest.fixture
def read(write: Callable[..., Path]) -> Callable[..., Reading]:
    """Open rows, bytes or a path as a stock on the communes of the Plateau Briard, in September 2026."""

    def _read(source: list[StockRow] | bytes | Path, units: Path | None = None) -> Reading:
        content = csv_bytes(source) if isinstance(source, list) else source
        path = write(content) if isinstance(content, bytes) else content
        return read_establishments(path, communes=["94075", "94047"], today=dt.date(2026, 9, 1), units=units)

    return _read
