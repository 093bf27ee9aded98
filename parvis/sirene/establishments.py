"""What Parvis keeps of one row of the register."""

import datetime as dt
from dataclasses import dataclass, field

NATURAL_PERSON = "1000"


@dataclass(slots=True)
class Establishment:
    """One establishment. Texts are as the register writes them (capitals), "" when it says nothing.

    `diffusion` is "O" (open) or "P" (partial: already masked when it comes from the reader).
    `commune` is an INSEE code. `created` and `since` (start of the present state) are None when unknown or
    absurd. `easting` and `northing` are metres in the legal projection of the place (Lambert 93 in mainland
    France). `unit_name`, `unit_acronym`, `legal_category` come from StockUniteLegale and are "" without it.
    """

    siret: str
    diffusion: str
    commune: str
    active: bool
    activity: str = ""
    nomenclature: str = ""
    created: dt.date | None = None
    since: dt.date | None = None
    head_office: bool = False
    employer: bool = False
    complement: str = ""
    number: str = ""
    repetition: str = ""
    street_type: str = ""
    street: str = ""
    postcode: str = ""
    commune_label: str = ""
    signs: tuple[str, ...] = ()
    trade_name: str = ""
    easting: float | None = None
    northing: float | None = None
    activity_2025: str = ""
    unit_name: str = ""
    unit_acronym: str = ""
    legal_category: str = ""

    @property
    def siren(self) -> str:
        return self.siret[:9]

    @property
    def may_be_natural_person(self) -> bool:
        """Strict: without a known legal category, somebody may stand behind it (rule 16)."""
        return self.legal_category in ("", NATURAL_PERSON)


@dataclass(slots=True)
class LegalUnit:
    """What is used of StockUniteLegale. `person_words` serves only to recognise a name that must not show."""

    siren: str
    diffusion: str
    legal_category: str = ""
    name: str = ""
    acronym: str = ""
    person_words: frozenset[str] = field(default=frozenset(), repr=False)
