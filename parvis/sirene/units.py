"""StockUniteLegale: the names of legal persons, and who is a natural person.

Names of natural persons are read only to recognise a sign that is nothing but somebody's name; they are
never kept on an establishment. For a unit in partial diffusion nothing is kept but that status.
"""

from collections.abc import Collection
from pathlib import Path

from parvis.sirene.casing import words
from parvis.sirene.columns import UNITS
from parvis.sirene.establishments import NATURAL_PERSON, Establishment, LegalUnit
from parvis.sirene.masking import OPEN, PARTIAL, mask, status
from parvis.sirene.tables import Row, open_table

_TITLES = frozenset({"M", "MR", "MME", "MLLE", "MONSIEUR", "MADAME", "ET"})


def read_units(path: Path, *, sirens: Collection[str]) -> dict[str, LegalUnit]:
    """The units of these SIRENs, by SIREN. Of two lines the partial one wins, even where it cannot be read through.

    Raises UnreadableStock."""
    table = open_table(path, UNITS)
    units: dict[str, LegalUnit] = {}
    for row in table.rows(sirens):
        unit = _unit(row)
        if unit.siren not in units or unit.diffusion != OPEN:
            units[unit.siren] = unit
    for siren, diffusion, *_ in (bad.cells for bad in table.remarks.bad_lines):
        if siren in sirens and diffusion and status(diffusion) != OPEN:
            units[siren] = LegalUnit(siren, PARTIAL)
    return units


def _unit(row: Row) -> LegalUnit:
    texts = ["" if value is None or value == "[ND]" else value for value in row[1]]
    siren, diffusion, legal_category, name, acronym, *person = texts
    if status(diffusion) == PARTIAL:
        return LegalUnit(siren, PARTIAL)
    if legal_category == NATURAL_PERSON:
        return LegalUnit(siren, OPEN, legal_category, person_words=words(" ".join(person)))
    return LegalUnit(siren, OPEN, legal_category, name, acronym)


def join(establishment: Establishment, unit: LegalUnit) -> Establishment:
    """The establishment completed from its unit.

    Partial diffusion of either side comes first: then nothing of the other file is added (rule 16, never
    re-identify by joining), not even the legal category.
    """
    if establishment.diffusion != OPEN:
        return establishment
    if unit.diffusion != OPEN:
        establishment.diffusion = PARTIAL
        return mask(establishment)
    establishment.legal_category = unit.legal_category
    establishment.unit_name = unit.name
    establishment.unit_acronym = unit.acronym
    establishment.signs = tuple(sign for sign in establishment.signs if not is_the_persons(sign, unit))
    if is_the_persons(establishment.trade_name, unit):
        establishment.trade_name = ""
    return establishment


def is_the_persons(name: str, unit: LegalUnit) -> bool:
    """Whether a name is made of the holder's first names and surnames alone."""
    left = words(name) - _TITLES
    return bool(left) and left <= unit.person_words
