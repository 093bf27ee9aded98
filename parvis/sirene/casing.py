"""From the register's capitals to French as it is written: particles, elisions, acronyms, safe accents.

The register has no accents. They are put back only on words that have one spelling (data/accents.txt);
"MARCHE" is accented after an article alone, since the verb and the county have none.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"

_INSIDE = {
    "de", "du", "des", "le", "la", "les", "et", "au", "aux", "en", "sur", "sous", "chez",
    "par", "pour", "un", "une", "avec", "sans", "ou", "dans", "ses", "mes", "nos", "vos",
}  # fmt: skip
_LEGAL_FORMS = {"SARL", "SAS", "SASU", "EURL", "SA", "SNC", "SCOP", "EARL", "GAEC", "SCEA", "SCI"}
_ACRONYMS = _LEGAL_FORMS | {
    "BTP", "ZI", "ZA", "ZAC", "RN", "RD", "PMU", "TV", "HIFI", "DVD", "VTT", "II", "III", "IV",
    "XIV", "XV", "XVI",
}  # fmt: skip
_TITLES = {"MR": "Mr", "MME": "Mme", "MLLE": "Mlle", "ST": "St", "STE": "Ste", "DR": "Dr"}
# After these, an apostrophe opens a new word ("l'Étang"); after any other it is inside one ("Les P'tits").
_ELIDED = {"L", "D", "J", "M", "N", "S", "T", "C", "QU", "JUSQU", "LORSQU"}
# Long enough, and without digits, for a lone "A" beside it to be the preposition.
_ORDINARY = re.compile(r"[^\W\d][^\d]{2,}$")
_ORDINAL = re.compile(r"(\d+)(ERE|ER|EME|E)$")
_VOWELS = "AEIOUYHÀÂÉÈÊËÎÏÔÛÙŒ"


def words(text: str) -> frozenset[str]:
    """The words of a text in plain capitals, without accents: to compare names, never to show."""
    return frozenset(re.findall(r"[A-Z0-9]+", plain(text)))


def plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).upper()


def title(text: str, *, inside: bool = False) -> str:
    """A name or a street: "AU BON PAIN DE L ETANG" gives "Au Bon Pain de l’Étang".

    `inside` a longer text, the first word may be a particle ("du Commerce" after "rue").
    A text that already has small letters was typed with care: only its spaces are mended.
    """
    text = " ".join(text.replace("'", "’").split())
    if any(letter.islower() for letter in text):
        return text
    tokens = _elide(text.upper().split(" "))
    begin = -1 if inside else 1 if tokens[0] in _LEGAL_FORMS else 0
    return " ".join(_token(tokens, at, first=at == begin) for at in range(len(tokens)))


def _elide(tokens: list[str]) -> list[str]:
    """Join D, L and QU to the vowel that follows, unless they are the initials of something."""
    joined: list[str] = []
    for at, token in enumerate(tokens):
        if joined and joined[-1] in {"D", "L", "QU"} and len(token) > 1 and token[0] in _VOWELS:
            before = tokens[at - 2] if at >= 2 else ""
            if len(before) != 1:
                joined[-1] = f"{joined[-1]}’{token}"
                continue
        joined.append(token)
    return joined


def _token(tokens: list[str], at: int, *, first: bool) -> str:
    token = tokens[at]
    before, after = tokens[at - 1] if at else "", tokens[at + 1] if at + 1 < len(tokens) else ""
    if token == "A" and after == "COTE":
        return "À" if first else "à"
    if token == "A" and at:
        return "à" if all(_ORDINARY.match(each) for each in (before, after)) else "A"
    if token == "PRES" and after in {"DE", "DU", "DES"}:
        return "Près" if first else "près"
    if token == "COTE" and before == "A":
        return "Côté"
    if token == "MARCHE" and (before in {"DU", "AU", "LE", "PETIT", "GRAND"} or after == "COUVERT"):
        return "Marché"
    parts = re.split(r"([-’.&/+(),])", token)
    return "".join(_part(parts, i, first=first and not any(parts[:i])) for i in range(len(parts)))


def _part(parts: list[str], i: int, *, first: bool) -> str:
    part, following = parts[i], parts[i + 1] if i + 1 < len(parts) else ""
    before = parts[i - 1] if i else ""
    if before == "’" and parts[i - 2] not in _ELIDED:
        return part.lower()
    if following == "’" and part in {"L", "D"} and not first and before in {"", "-"}:
        return part.lower()
    if part.lower() in _INSIDE and not first and before in {"", "-"} and following in {"", "-"}:
        return part.lower()
    return _word(part, dotted="." in parts)


def _word(word: str, *, dotted: bool) -> str:
    if word in _TITLES:
        return _TITLES[word]
    if ordinal := _ORDINAL.match(word):
        return ordinal[1] + {"ERE": "re", "ER": "er"}.get(ordinal[2], "e")
    if word in _ACRONYMS or (dotted and len(word) <= 2) or any(each.isdigit() for each in word):
        return word
    if len(word) <= 5 and not set(word) & set(_VOWELS.replace("H", "")):
        return word
    return _accents().get(word, word.capitalize())


@cache
def _accents() -> dict[str, str]:
    spellings = (_DATA / "accents.txt").read_text(encoding="utf-8").split()
    return {plain(spelling): spelling[0].upper() + spelling[1:] for spelling in spellings}
