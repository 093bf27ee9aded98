"""The street line of an address in French: "19", "B", "RUE", "DU COMMERCE" gives "19 bis rue du Commerce"."""

import re

from parvis.sirene.casing import plain, title, words
from parvis.sirene.establishments import Establishment

# Source: INSEE, list of "type de voie" codes of the Sirene register, and the spellings met in the stock.
STREET_TYPES = {
    "ALL": "allée", "AV": "avenue", "AVE": "avenue", "BD": "boulevard", "CAR": "carrefour",
    "CHE": "chemin", "CHEM": "chemin", "CHS": "chaussée", "CITE": "cité", "COR": "corniche", "COTE": "côte",
    "CRS": "cours", "DOM": "domaine", "DSC": "descente", "ECA": "écart", "ESP": "esplanade", "FG": "faubourg",
    "GR": "grande rue", "HAM": "hameau", "HLE": "halle", "IMP": "impasse", "LD": "lieu-dit",
    "LOT": "lotissement", "MAR": "marché", "MTE": "montée", "PARC": "parc", "PAS": "passage", "PL": "place",
    "PLN": "plaine", "PLT": "plateau", "PRO": "promenade", "PRV": "parvis", "QUA": "quartier", "QUAI": "quai",
    "RES": "résidence", "RLE": "ruelle", "ROC": "rocade", "RPT": "rond-point", "RTE": "route", "RUE": "rue",
    "SEN": "sente", "SQ": "square", "TPL": "terre-plein", "TRA": "traverse", "VLA": "villa",
    "VLGE": "village", "VOIE": "voie", "ZA": "ZA", "ZAC": "ZAC", "ZI": "ZI", "ZONE": "zone",
}  # fmt: skip
_IN_FULL = {plain(spelling): spelling for spelling in STREET_TYPES.values() if " " not in spelling}
# Before a name of its own ("quartier La Vigie") the article has its capital, not before a street's.
_PLACES = {"quartier", "résidence", "lieu-dit", "lotissement", "hameau", "villa", "domaine", "parc", "cité"}
# "A COTE DE", "FACE A": the register sometimes describes the place.
_LOCATORS = {"A", "FACE", "DERRIERE", "ANGLE", "PRES"}
# One letter of the register for a word; other letters are letters of the number itself.
REPETITIONS = {"B": "bis", "T": "ter", "Q": "quater"}
_ABBREVIATIONS = {
    "BAT": "BATIMENT", "CCIAL": "COMMERCIAL", "CIAL": "COMMERCIAL", "COMMER": "COMMERCIAL", "CTRE": "CENTRE",
    "CTR": "CENTRE", "GAL": "GENERAL", "GEN": "GENERAL", "IMM": "IMMEUBLE", "MAL": "MARECHAL",
    "PDT": "PRESIDENT", "REG": "REGIONAL", "RTE": "ROUTE", "CDT": "COMMANDANT", "ND": "NOTRE-DAME",
    "QUA": "QUARTIER", "STD": "STAND", "NUM": "N°",
}  # fmt: skip
# "CHEZ M. X" and "C/O X" name whoever lends an address: never shown.
_AT_SOMEONES = re.compile(r"[\s(,-]*(?:\bCHEZ\b|\bC/O\b).*$", re.IGNORECASE)
_HOUSED = re.compile(r"\b(?:CHEZ|C/O|APPT?|APPARTEMENT)\b", re.IGNORECASE)
# A letter box, where nobody can go.
_LETTER_BOX = re.compile(r"(?:BP|CS|TSA)\s*\d[\d ]*$", re.IGNORECASE)
_NUMBER = re.compile(r"0*([1-9]\d{0,3})\s?([A-Z]?)$")


def street_line(establishment: Establishment) -> str:
    """ "19 bis rue du Commerce", or "" when the register gives no street."""
    line = f"{house_number(establishment)} {street_name(establishment)}".strip()
    return line[:1].upper() + line[1:] if street_name(establishment) else ""


def street_name(establishment: Establishment) -> str:
    """ "rue du Commerce", "ZI Kaweni": the street without its number, to go inside a sentence, or ""."""
    kind, name = _kind_and_name(establishment)
    if not name:
        return ""
    first = name.split()[0].upper()
    if not kind and first in _LOCATORS:
        written = title(name, inside=True)
        return _with_stand(written[0].lower() + written[1:])
    own_name = not kind or (kind in _PLACES and first in {"LE", "LA", "LES"})
    return _with_stand(f"{kind} {title(name, inside=not own_name)}".strip())


def _with_stand(street: str) -> str:
    return re.sub(r",? (Box|Stand)\b", lambda found: f", {found[1].lower()}", street)


def house_number(establishment: Establishment) -> str:
    """ "19 bis", "7 A", or "" when the register gives no usable number."""
    found = _NUMBER.match(establishment.number.strip().upper())
    if not found:
        return ""
    letter = establishment.repetition.strip().upper() or found[2]
    if not letter.isalpha():
        return found[1]
    return f"{found[1]} {REPETITIONS.get(letter, letter)}"


def names_a_dwelling(establishment: Establishment) -> bool:
    """Whether the address is a flat or somebody's place ("CHEZ M. X", "APPT 12")."""
    return bool(_HOUSED.search(f"{establishment.complement} {establishment.street}"))


def _kind_and_name(establishment: Establishment) -> tuple[str, str]:
    name = _AT_SOMEONES.sub("", establishment.street or establishment.complement)
    name = re.sub(r"\s+-\s*|\s*-\s+", ", ", name.strip(" -,."))
    tokens = name.split()
    if not tokens or _LETTER_BOX.match(name):
        return "", ""
    code = establishment.street_type.upper()
    kind, spelt = STREET_TYPES.get(code, code.lower()), _spelt(tokens[0].upper())
    if spelt and kind in ("", spelt) and len(tokens) > 1:
        return spelt, _in_full(tokens[1:])
    return ("" if _repeats(kind, tokens) else kind), _in_full(tokens)


def _spelt(token: str) -> str:
    return STREET_TYPES.get(token) or _IN_FULL.get(token, "")


def _in_full(tokens: list[str]) -> str:
    return " ".join(_ABBREVIATIONS.get(token.rstrip("."), token) for token in tokens)


def _repeats(kind: str, tokens: list[str]) -> bool:
    """ "RUE" before "GRANDE RUE", or "PL" before "PLACE DU MARCHE": the name already says it."""
    said = words(kind)
    # Of two words the second may say it ("GRANDE RUE"), but not of "DE LA RUE".
    name = " ".join(tokens) if len(tokens) == 2 and len(tokens[0]) > 3 else tokens[0]
    return bool(said) and said <= words(name)
