"""An invented StockEtablissement of the Plateau briard, so that a newcomer's first run reads a register.

No row copies a real one: the register holds the addresses of sole traders. The SIREN all begin with 0000; the
lowest in INSEE's stock is 000 325 175, so none of them is anybody's, yet their check digits are right.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from stdnum import luhn

from .people import PLATEAU_BRIARD
from .places import PLACES, Place

_DATA = Path(__file__).parent / "data"
_TOWNS = {insee: (postcode, name) for insee, postcode, name, _ in PLATEAU_BRIARD}
_UPPER = str.maketrans("éè", "ee")
_STREETS = {"rue": "RUE", "place": "PL", "avenue": "AV", "allée": "ALL", "chemin": "CHE"}
_OTHERS = 101  # the rank of the first line of data/businesses.csv; the demo's own shops come before


def invented_siret(rank: int) -> str:
    """The SIRET of the business of this rank, from 1 to 9999."""
    siren = f"0000{rank:04d}"
    siren += luhn.calc_check_digit(siren)
    return siren + "0001" + luhn.calc_check_digit(siren + "0001")


# The shops of the demo, which recognise themselves in the list: slug of the organisation -> SIRET.
SIRETS = {place.slug: invented_siret(rank) for rank, place in enumerate(PLACES, 1)}


def write_demo_stock(path: Path, *, seed: int) -> None:
    """Write the stock as INSEE's CSV of 54 columns: UTF-8, commas, LF. The same file for the same seed.

    Beside shops open to the public: closed ones, holders who objected to diffusion, sole traders at home,
    property companies, public bodies, a date before shops existed and a shop that opens in 2099.
    """
    random = Random(f"stock {seed}")
    columns = (_DATA / "stock_columns.txt").read_text("utf-8").split()
    rows = [_row(siret, line, random) for siret, line in _lines()]
    # The register is in order of SIRET, not of anything that a reader could lean on.
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["siret"]))


def _lines() -> Iterator[tuple[str, dict[str, str]]]:
    """The SIRET and what is known of each business: the shops of the demo, then their neighbours."""
    for place in PLACES:
        yield SIRETS[place.slug], _line(place)
    with (_DATA / "businesses.csv").open(encoding="utf-8", newline="") as known:
        for rank, line in enumerate(csv.DictReader(known, delimiter=";"), _OTHERS):
            yield invented_siret(rank), line


def _line(place: Place) -> dict[str, str]:
    """As a line of data/businesses.csv: « 27 rue des Sources » is number, type and name of a street."""
    number, kind, street = place.address.replace("’", "'").split(" ", 2)
    return {
        "commune": place.insee,
        "activity": place.naf,
        "activity25": place.naf_2025,
        "sign": place.name.replace("’", "'").upper(),
        "number": number,
        "street type": _STREETS[kind],
        "street": street.upper(),
        "what": "shop",
    }


def _row(siret: str, line: dict[str, str], random: Random) -> dict[str, str]:
    what = line["what"]
    postcode, town = _TOWNS[line["commune"]]
    return {
        "siren": siret[:9],
        "nic": siret[9:],
        "siret": siret,
        "statutDiffusionEtablissement": "P" if what == "masked" else "O",
        "dateDernierTraitementEtablissement": f"{random.randint(2023, 2025)}-{_month_day(random)}T08:14:01",
        "etablissementSiege": "true",
        "nombrePeriodesEtablissement": str(random.randint(1, 4)),
        "numeroVoieEtablissement": line["number"] or str(random.randint(1, 48)),
        "typeVoieEtablissement": line["street type"],
        "libelleVoieEtablissement": line["street"],
        "codePostalEtablissement": postcode,
        "libelleCommuneEtablissement": town.translate(_UPPER).upper(),
        "codeCommuneEtablissement": line["commune"],
        "etatAdministratifEtablissement": "F" if what == "closed" else "A",
        "enseigne1Etablissement": line["sign"],
        "activitePrincipaleEtablissement": line["activity"],
        # Whoever closed before 2008 kept the code of the day.
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev1" if len(line["activity"]) < 6 else "NAFRev2",
        "activitePrincipaleNAF25Etablissement": line["activity25"],
        **_dates(what, random),
        **_staff(what, random),
    }


def _month_day(random: Random) -> str:
    return f"{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"


def _dates(what: str, random: Random) -> dict[str, str]:
    created = {"absurd": "0001-01-01", "future": "2099-04-01", "public": "1983-03-01"}.get(
        what, f"{random.randint(1978, 2024)}-{_month_day(random)}"
    )
    since = f"{random.randint(1998, 2006)}-{_month_day(random)}" if what == "closed" else created
    return {"dateCreationEtablissement": min(created, since), "dateDebut": since}


def _staff(what: str, random: Random) -> dict[str, str]:
    employs = what == "public" or (what == "shop" and random.random() < 0.6)
    bracket = random.choice(("01", "02", "03")) if employs else "NN"
    return {
        "trancheEffectifsEtablissement": bracket,
        "anneeEffectifsEtablissement": "2023" if employs else "",
        "caractereEmployeurEtablissement": "O" if employs else "N",
    }
