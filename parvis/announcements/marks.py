"""What an announcement's own words say of alcohol and of children (rule 9), whatever subject its author ticked.

In doubt there is a mark: one too many shows the law's sentence, one too few breaks the law.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from parvis.contacts.words import nodes, recognise

# Drinks that are no subject of the closed list, and words that only alcohol has.
DATA = Path(__file__).parent / "data" / "alcohol.toml"
# « bière sans alcool », « gin 0,0 % »: the drink that is named just before goes with it.
_FREE_OF_ALCOHOL = re.compile(
    r"(?:\b\w+\s+(?:à\s+)?)?(?:\bsans\s+alcool\b|\bnon[\s-]alcoolis\w+|\bdésalcoolis\w+|(?<![\d,.])0(?:[.,]0+)?\s?%"
    # « whisky : 0 % de remise » is not a whisky without alcohol.
    r"(?!\s+(?:de|sur|en)\b))"
    r"|\b(?:pas\s+d[’']|aucun\s+|zéro\s+|0\s+)alcool\b"
)
# « sans rhum », « ni vin ni bière » takes one word away: « sans réservation : dégustation de vins » is of wine.
_WITHOUT = re.compile(r"\b(?:sans|ni)\s+(?:(?:de|du|des|le|la|les|un|une)\s+|[dl][’'])?\w+")
# Named like a drink, and not drunk.
_NOT_DRUNK = re.compile(
    r"\bvinaigres?\s+(?:de\s+|d[’'])\w+|\b(?:baba|coq|moules|sauce)s?\s+(?:aux?|à\s+la|à\s+l[’'])\s*\w+"
    r"|\b(?:châteaux?|bords?|vallée|val|pays)\s+de(?:\s+la)?\s+loire\b"
    r"|\b(?:couleur|coloris|pull|robe|écharpe|veste|manteau|sac|velours|cuir|bonnet|rideaux?|vert)s?\s+(?:bordeaux|chartreuse)\b"
    r"|\braisins?\s+(?:de\s+)?muscats?\b|\bmuscats?\s+de\s+hambourg\b"
    r"|\b(?:appareil|confort|système|trouble|tube|biscuit|transit|enzyme|inconfort)s?\s+digestifs?\b"
    r"|\b(?:rouleau|ruban|bande|morceau|bout)x?\s+(?:de\s+)?scotchs?\b|\bscotch\s+(?:double|de\s+peintre|brite)\b"
    # What is eaten with it.
    r"|\b(?:biscuit|gâteau|plateau|planche|bouchée|feuilleté|graine|olive|tartinable|assortiment|toast|verrine)[sx]?"
    r"\s+(?:(?:à|pour|de)\s+l[’']|d[’'])?ap[ée]r(?:o|itif)s?\b"
)
# Where somebody goes, lives or comes from.
_PLACE = (
    r"\b(?:(?:a|vers|depuis|chez|avec|par|en|direction|jusqu[’']a)\s+"
    r"|(?:rue|avenue|place|route|ecole|college|lycee|eglise|chapelle|paroisse|hopital|clinique|gare|ville|village|commune"
    r"|mairie|marche|pont|mont|massif|chateau|fete|cyrano)s?\s+(?:(?:de|du|des)\s+(?:la\s+)?|d[’']|la\s+|le\s+)?)"
)

_CHILDREN = re.compile(
    r"\b(?:enfants?|bambins?|bébés?|ados?|adolescente?s?|écoli(?:ers?|ères?)|collégien(?:ne)?s?|jeune\s+public"
    r"|tout[\s-]petits|petits\s+et\s+(?:les\s+)?grands|goûters?\s+d[’']anniversaire)\b"
    # « pour les petits », not « pour les petits budgets ».
    r"|\b(?:pour|avec)\s+(?:les\s+|nos\s+|vos\s+)?petits\b(?=\s*(?:$|[.,;:!?()»–-]|(?:et|dès|comme|le|la|de)\b))"
    r"|\bmoins\s+de\s+1?\d\s+ans\b"
)
_AGES = re.compile(
    r"\b(?:dès|à\s+partir\s+de|(?:les|de)?\s*\d{1,2}\s*(?:à|-|–|/))\s*(?:l[’']âge\s+de\s+)?(\d{1,2})\s+ans\b(?!\s+d[’'])"
)
# « à garder de 5 à 10 ans », « un rhum de 10 à 12 ans »: the age of a bottle.
_OF_A_BOTTLE = re.compile(
    r"\b(?:gard|vieilli|élev|fût|conserv|garanti|vins?\b|whisk|malt|rhum|porto|cognac|armagnac|calvados)"
)
_CHILDREN_KEPT_OUT = re.compile(
    r"\b(?:sans|hors\s+de\s+(?:la\s+)?portée\s+des|pas\s+(?:pour|d[’']|de)|ni|(?:interdit|déconseillé|fermé)\w*\s+aux?)"
    r"\s*(?:les?\s+|des\s+|jeunes\s+)*(?:enfants?|bébés?|ados?|adolescente?s?|tout[\s-]petits|petits|moins\s+de\s+\d+\s+ans)\b"
)
_ADULT = 18


@dataclass(frozen=True, slots=True)
class Marks:
    """The words that make it alcohol's, and those that make it children's; "" where none do."""

    alcohol: str
    children: str


def marks(text: str) -> Marks:
    """Read in whatever an announcement shows: title, text, price."""
    said = unicodedata.normalize("NFC", text).lower()
    return Marks(_alcohol(said), _children(said))


def _alcohol(said: str) -> str:
    for harmless in (_NOT_DRUNK, _FREE_OF_ALCOHOL, _WITHOUT):
        said = harmless.sub(" ", said)
    # « Ne manquez pas le whisky »: here, unlike in a customer file, a negation refuses nothing.
    found = set(recognise(said, refusing=True).slugs)
    named = next((node.name.lower() for node in nodes() if node.alcohol and node.slug in found), "")
    return named or _drink(said)


def _drink(said: str) -> str:
    """The drink of the data file that is named first, as it was written; "" where none is."""
    # Letter for letter: what is found without accents is told with them.
    bare = _bare(said)
    found = next((each for each in _drinks().finditer(bare) if each["name"]), None)
    return said[slice(*found.span("name"))] if found else ""


@cache
def _drinks() -> re.Pattern[str]:
    """A drink or an appellation under `name`; a place that has an appellation's name, without `name`."""
    table = tomllib.loads(DATA.read_text(encoding="utf-8"))
    drinks, towns = _one_of(table["drinks"]), _one_of(table["appellations"])
    return re.compile(rf"{_PLACE}{towns}\b|\b(?P<name>alcool\w*|{drinks}|{towns})\b")


def _one_of(names: Sequence[str]) -> str:
    # The longest first, or « pommard » would be read in the name of a longer one.
    cut = [[re.escape(word) for word in re.findall(r"\w+", _bare(name.lower()))] for name in sorted(names, key=len)]
    return "(?:" + "|".join(r"[sx]?[\s’'‑-]+".join(words) + "[sx]?" for words in reversed(cut)) + ")"


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def _children(said: str) -> str:
    said = _CHILDREN_KEPT_OUT.sub(" ", said)
    return _first(_CHILDREN, said) or next((each[0].strip() for each in _AGES.finditer(said) if _is_a_childs(each)), "")


def _is_a_childs(age: re.Match[str]) -> bool:
    around = age.string[max(0, age.start() - 25) : age.end() + 20]
    return int(age[1]) < _ADULT and not _OF_A_BOTTLE.search(around)


def _first(pattern: re.Pattern[str], said: str) -> str:
    found = pattern.search(said)
    return found[0] if found else ""
