"""One cell: its text, cleaned, and whether that text may be believed."""

import datetime as dt
import re
import unicodedata

from parvis.core.speech import mark, say

from .shapes import Cell

_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EMPTY_WORDS = word_set(
    "- -- --- – — _ . .. ... … / ? néant neant nc n.c. n/c n/a null none nan aucun aucune vide (vide) "
    "inconnu inconnue sans ras"
)
_ERROR = re.compile(
    r"#(?:REF|N/?A|NA|NAME|NOM|VALUE|VALEUR|DIV/0|NULL|NUL|NUM|NOMBRE|SPILL|CALC|PROPAGATION"
    r"|GETTING_DATA)[!?]?"
    r"|(?:Err|Erreur) ?: ?\d{3}",
    re.IGNORECASE,
)
_TOO_NARROW = re.compile(r"#{3,}")
_WHOLE = re.compile(r"(\d{4,})\.0")
_PHONE_LIKE = re.compile(r"\+[\d\s().\-/]*")

FORMULA = mark(
    "Ce texte commence par « {sign} », comme une formule : il n’a été ni calculé ni gardé. "
    "Tapez la valeur elle-même, sans « {sign} » au début."
)
ERROR_VALUE = mark("Le tableur affiche une erreur à cet endroit : tapez la valeur elle-même à la place de la formule.")
TOO_NARROW = mark(
    "La colonne était trop étroite et le tableur a écrit des dièses : élargissez-la, puis enregistrez à nouveau."
)


def text_of(cell: Cell | None) -> str:
    """The cell as a person reads it, without what does not show."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, "f").rstrip("0")
    if isinstance(cell, dt.datetime):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)


def clean(text: str) -> str:
    """Composed letters, plain spaces, `\\n` between lines; no control, zero-width or direction mark."""
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(_visible(c) for c in text)
    text = _SPACES.sub(" ", text)
    return "\n".join(part.strip() for part in text.split("\n")).strip()


def _visible(character: str) -> str:
    if character in "\n\t":
        return character
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return "" if category in {"Cc", "Cf", "Cs", "Cn"} else character


def one_line(text: str) -> str:
    return " ".join(text.split())


def whole_number(text: str) -> str:
    """A number that went through a spreadsheet as "639981234.0"."""
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text


def is_empty_word(text: str) -> bool:
    """Nothing, or what people type to say nothing."""
    return not text or text.casefold() in _EMPTY_WORDS


def says_nothing(text: str) -> bool:
    """An empty word, or signs alone. Under a heading of consent a sign may be a tick: not for there."""
    return is_empty_word(text) or not any(map(str.isalnum, text))


def is_no_name(text: str) -> bool:
    """Stricter than an empty word: some people are called Sans or Vide."""
    return not any(map(str.isalnum, text)) or text.casefold() in {"null", "none"}


def why_not_believed(text: str) -> str:
    """The sentence against a formula or an error value; empty where the text is plain."""
    if _TOO_NARROW.fullmatch(text):
        return TOO_NARROW
    if _ERROR.fullmatch(text):
        return ERROR_VALUE
    if text[:1] in {"=", "+", "-", "@"} and text.strip("-+=") and not _PHONE_LIKE.fullmatch(text):
        return say(FORMULA, sign=text[0])
    return ""


def shorten(text: str, length: int = 60) -> str:
    """For a report, which may go back into a spreadsheet: an apostrophe keeps a formula from running."""
    text = one_line(text)
    if len(text) > length:
        text = text[: length - 1].rstrip() + "…"
    return "'" + text if text[:1] in {"=", "+", "-", "@"} and not _PHONE_LIKE.fullmatch(text) else text
