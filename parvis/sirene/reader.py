"""StockEtablissement: the establishments of some communes, what was rejected and what was mended."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from stdnum.fr import siret as siret_number

from parvis.sirene.columns import ESTABLISHMENTS, UNITS
from parvis.sirene.establishments import Establishment, LegalUnit
from parvis.sirene.masking import OPEN, PARTIAL, mask, status
from parvis.sirene.tables import Table, open_table
from parvis.sirene.units import join, read_units

# The register writes 1 January 1900 for a date that nobody knows.
UNKNOWN_DATE = "1900-01-01"
EARLIEST_YEAR = 1700
# Creations are declared ahead, but not by more than this.
YEARS_AHEAD = 2
STATES = {"A": True, "F": False}
# An instruction typed into the field, not a name.
NOT_A_NAME = "SUPPRESSION DU NOM COMMERCIAL"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was left out. `line` counts from 1 (titles included in a CSV); `reason` is French."""

    line: int
    siret: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something mended or worth knowing; nothing is left out. `line` is 0 for the whole file."""

    line: int
    siret: str
    field: str
    reason: str


class _UnusableError(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


@dataclass
class Reading:
    """One pass over a file: iterate it, or its `batches()`, once; the counts are complete at the end.

    `kept` were yielded: `active` of them are open, `masked` of them in partial diffusion, already masked. `read`
    adds the rejected ones. `objections` are the SIRETs in partial diffusion of which no usable row came: what is
    already known of them is to be masked. `elsewhere` are the `known` SIRETs whose only usable row has another
    commune, or none, and whether they are open: they are not yielded, nor counted. `named` are all the SIRETs of
    which there is a row, usable or not. `hidden_units` are the SIRENs whose unit objects: those given, until a units
    file says otherwise. `incomplete` means that the file stops in mid-line: what it does not name may still exist.
    Iterating may raise UnreadableStock (a zip damaged in its middle).
    """

    table: Table
    communes: Sequence[str]
    today: dt.date
    units: Path | None = None
    batch: int = 5_000
    known: Collection[str] = ()
    hidden_units: set[str] = field(default_factory=set)
    kept: int = 0
    active: int = 0
    masked: int = 0
    objections: set[str] = field(default_factory=set)
    elsewhere: dict[str, bool] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[Caveat] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len(self.rejections)

    @property
    def read(self) -> int:
        return self.kept + self.rejected

    @property
    def incomplete(self) -> bool:
        return self.table.remarks.cut_short

    @property
    def titles_only(self) -> bool:
        return self.table.remarks.titles_only

    @property
    def absent(self) -> list[str]:
        """The expected columns that the file lacks."""
        return self.table.remarks.absent

    def batches(self) -> Iterator[list[Establishment]]:
        establishments = iter(self)
        while batch := list(islice(establishments, self.batch)):
            yield batch

    def __iter__(self) -> Iterator[Establishment]:
        # The territory's rows fit in memory; the nation's units would not.
        for establishment in self._joined(self._establishments()):
            self.kept += 1
            self.active += establishment.active
            self.masked += establishment.diffusion != OPEN
            yield establishment
        self._remark_on_the_file()

    def _joined(self, found: list[Establishment]) -> Iterator[Establishment]:
        open_ones = {each.siren for each in found if each.diffusion == OPEN}
        units = read_units(self.units, sirens=open_ones) if self.units else {}
        for siren in open_ones & self.hidden_units:
            units.setdefault(siren, LegalUnit(siren, PARTIAL))
        self.hidden_units -= units.keys()
        self.hidden_units |= {unit.siren for unit in units.values() if unit.diffusion != OPEN}
        for each in found:
            unit = units.get(each.siren)
            yield each if unit is None else join(each, unit)

    def _establishments(self) -> list[Establishment]:
        """Masked if any line of theirs asks for it, the first or another, usable or not (rule 16)."""
        found: dict[str, Establishment] = {}
        for line, values in self.table.rows(self.communes, self.known):
            texts = ["" if value is None or value == "[ND]" else value for value in values]
            if texts[2] not in self.communes:
                self._elsewhere(texts)
                continue
            try:
                establishment = self._establishment(line, texts, found)
            except _UnusableError as unusable:
                self.rejections.append(Rejection(line, texts[0], unusable.column, unusable.reason))
                self._heed(texts[0], texts[1])
                continue
            found[establishment.siret] = establishment
        for siret, diffusion, *_ in (bad.cells for bad in self.table.remarks.bad_lines):
            # An empty cell of a broken line says nothing, unlike that of a whole one.
            self._heed(siret, diffusion or OPEN)
        for siret in self.objections & found.keys():
            found[siret].diffusion = PARTIAL
        self.named |= found.keys()
        self.elsewhere = {siret: state for siret, state in self.elsewhere.items() if siret not in found}
        self.objections -= found.keys()
        return [mask(establishment) for establishment in found.values()]

    def _elsewhere(self, texts: list[str]) -> None:
        """A known establishment that the register no longer places in these communes."""
        siret, diffusion, _, state, *_ = texts
        self._heed(siret, diffusion)
        if state in STATES:
            self.elsewhere[siret] = STATES[state]

    def _heed(self, siret: str, diffusion: str) -> None:
        if not siret.isdigit():
            return
        siret = siret.zfill(14)  # a spreadsheet drops the zeros in front
        self.named.add(siret)
        if status(diffusion) != OPEN:
            self.objections.add(siret)

    def _establishment(self, line: int, texts: list[str], seen: Collection[str]) -> Establishment:
        (
            siret, diffusion, commune, state, activity, nomenclature,
            created, since, head_office, employer, complement, number, repetition, street_type, street,
            postcode, commune_label, sign1, sign2, sign3, trade_name, easting, northing, activity_2025,
        ) = texts  # fmt: skip
        _check_siret(siret, seen)
        if state not in STATES:
            reason = f"l’état « {state} » n’est ni A (active) ni F (fermée)"
            raise _UnusableError("etatAdministratifEtablissement", reason)
        return Establishment(
            siret,
            status(diffusion),
            commune,
            STATES[state],
            activity,
            nomenclature,
            self._date(created, "dateCreationEtablissement", line, siret),
            self._date(since, "dateDebut", line, siret),
            head_office == "true",
            employer == "O",
            complement,
            number,
            repetition,
            street_type,
            street,
            postcode,
            commune_label,
            tuple(sign for sign in (sign1, sign2, sign3) if sign),
            "" if trade_name == NOT_A_NAME else trade_name,
            _metres(easting),
            _metres(northing),
            activity_2025,
        )

    def _date(self, text: str, column: str, line: int, siret: str) -> dt.date | None:
        if not text or text == UNKNOWN_DATE:
            return None
        try:
            date = dt.date.fromisoformat(text[:10])
        except ValueError:
            date = None
        if date and date.year >= EARLIEST_YEAR and (date - self.today).days <= 366 * YEARS_AHEAD:
            return date
        reason = f"la date « {text} » est impossible : elle est ignorée, l’établissement est gardé"
        self.warnings.append(Caveat(line, siret, column, reason))
        return None

    def _remark_on_the_file(self) -> None:
        remarks = self.table.remarks
        self.rejections += [Rejection(bad.line, "", "", bad.reason) for bad in remarks.bad_lines]
        if line := remarks.first_line_not_utf8:
            reason = "des lignes ne sont pas en UTF-8 : elles ont été lues en Windows-1252, vérifiez leurs accents"
            self.warnings.append(Caveat(line, "", "", reason))
        if remarks.titles_only:
            reason = "il n’y a que des titres de colonnes, aucun établissement en dessous"
            self.warnings.append(Caveat(0, "", "", reason))
        elif not self.kept:
            reason = "aucun établissement des communes demandées : vérifiez que le fichier couvre ce territoire"
            self.warnings.append(Caveat(0, "", ESTABLISHMENTS.key, reason))


def read_establishments(
    path: Path,
    *,
    communes: Sequence[str],
    today: dt.date,
    units: Path | None = None,
    batch: int = 5_000,
    known: Collection[str] = (),
    hidden_units: Collection[str] = (),
) -> Reading:
    """Open a StockEtablissement (CSV, zipped CSV or Parquet; columns by name) for these INSEE codes.

    `units` is a StockUniteLegale, needed for the names of legal persons. `today` bounds the dates. `known` are SIRETs
    to look for wherever the file places them: whoever objects may lose their commune with the rest. `hidden_units` are
    the SIRENs whose unit objected in an earlier file: without `units` this one could not know.
    Raises UnreadableStock at once for a file of another kind, and while iterating for one damaged inside.
    """
    table = open_table(path, ESTABLISHMENTS)
    reading = Reading(table, communes, today, units, batch, known, set(hidden_units))
    for column in table.remarks.absent:
        reading.warnings.append(Caveat(0, "", column, "cette colonne manque : elle est lue comme vide"))
    if units is not None:
        open_table(units, UNITS)
    return reading


def _check_siret(siret: str, seen: Collection[str]) -> None:
    if len(siret) != 14 or not siret.isascii() or not siret.isdigit():
        reason = "un SIRET a 14 chiffres : un tableur a pu en effacer les zéros de tête ou l’arrondir"
        raise _UnusableError("siret", reason)
    if not (_luhn(siret, 0) and _luhn(siret[:9], 1)) and not siret_number.is_valid(siret):
        raise _UnusableError("siret", "la clé de contrôle du SIRET est fausse : un chiffre a été mal recopié")
    if siret in seen:
        raise _UnusableError("siret", "ce SIRET figure déjà plus haut dans le fichier : la première ligne est gardée")


_DOUBLED = str.maketrans("0123456789", "0246813579")


def _luhn(digits: str, first_doubled: int) -> bool:
    """Ten times faster than stdnum's on the common case; La Poste's exception is left to stdnum."""
    doubled = digits[first_doubled::2].translate(_DOUBLED)
    return sum(map(int, doubled + digits[1 - first_doubled :: 2])) % 10 == 0


def _metres(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
