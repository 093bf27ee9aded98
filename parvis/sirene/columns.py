"""The columns of the stock files that Parvis reads, by name: INSEE adds columns without notice.

Source: INSEE, "dessins de fichiers" of StockEtablissement (48 columns in 2021, 54 in 2026) and of
StockUniteLegale (35 columns). Columns that are not named here are never read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parvis.sirene.errors import UnreadableStock


@dataclass(frozen=True, slots=True)
class Layout:
    """What is wanted of one kind of file. `key` is the column on which rows are chosen; the first one identifies them.

    `wanted` gives the order in which a row's values are handed over. A required column that is missing
    makes the file unreadable, an expected one gives a warning, a recent one (added since 2021) nothing.
    """

    file: str
    key: str
    required: tuple[str, ...]
    expected: tuple[str, ...]
    recent: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        return self.required[0]

    @property
    def wanted(self) -> tuple[str, ...]:
        return self.required + self.expected + self.recent


ESTABLISHMENTS = Layout(
    file="StockEtablissement",
    key="codeCommuneEtablissement",
    required=(
        "siret",
        "statutDiffusionEtablissement",
        "codeCommuneEtablissement",
        "etatAdministratifEtablissement",
        "activitePrincipaleEtablissement",
        "nomenclatureActivitePrincipaleEtablissement",
    ),
    expected=(
        "dateCreationEtablissement",
        "dateDebut",
        "etablissementSiege",
        "caractereEmployeurEtablissement",
        "complementAdresseEtablissement",
        "numeroVoieEtablissement",
        "indiceRepetitionEtablissement",
        "typeVoieEtablissement",
        "libelleVoieEtablissement",
        "codePostalEtablissement",
        "libelleCommuneEtablissement",
        "enseigne1Etablissement",
        "enseigne2Etablissement",
        "enseigne3Etablissement",
        "denominationUsuelleEtablissement",
    ),
    recent=(
        "coordonneeLambertAbscisseEtablissement",
        "coordonneeLambertOrdonneeEtablissement",
        "activitePrincipaleNAF25Etablissement",
    ),
)

UNITS = Layout(
    file="StockUniteLegale",
    key="siren",
    required=(
        "siren",
        "statutDiffusionUniteLegale",
        "categorieJuridiqueUniteLegale",
        "denominationUniteLegale",
    ),
    expected=(
        "sigleUniteLegale",
        "nomUniteLegale",
        "nomUsageUniteLegale",
        "prenom1UniteLegale",
        "prenomUsuelUniteLegale",
    ),
)


def check(layout: Layout, names: Sequence[str], path: Path) -> list[str]:
    """The expected columns that the file lacks. Raises UnreadableStock when a required one is missing."""
    missing = [name for name in layout.required if name not in names]
    if len(missing) == len(layout.required):
        raise UnreadableStock(path, *_not_this_file(layout, names))
    if missing:
        columns = ", ".join(f"« {name} »" for name in missing)
        problem = f"il manque la colonne {columns}" if len(missing) == 1 else f"il manque les colonnes {columns}"
        remedy = f"Reprenez le {layout.file} tel que l’INSEE le diffuse, avec sa ligne de titres"
        raise UnreadableStock(path, problem, remedy)
    return [name for name in layout.expected if name not in names]


def _not_this_file(layout: Layout, names: Sequence[str]) -> tuple[str, str]:
    if layout is ESTABLISHMENTS and set(UNITS.required) <= set(names):
        return (
            "c’est un StockUniteLegale, qui n’a pas d’adresses",
            "Donnez-le avec l’option --units, à côté d’un StockEtablissement",
        )
    return (
        f"ses colonnes ne sont pas celles d’un {layout.file} (il n’a pas « {layout.key} »)",
        f"Choisissez le fichier {layout.file} que l’INSEE diffuse chaque mois sur data.gouv.fr",
    )
