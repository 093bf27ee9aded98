"""E-mail addresses and telephone numbers as people type them: several, dotted, rounded, misplaced."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from parvis.core.speech import mark, say

from .cells import whole_number, word_set
from .headings import plain

_SPLIT_MAILS = re.compile(r"[\s,;|<>()\[\]\"/]+")
_SPLIT_PHONES = re.compile(r"[/;,|&\n]|\bet\b|\bou\b| - ", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_LETTERS = re.compile(r"[^\W\d_]+")
_PHONE_WORDS = word_set(
    "tel tels telephone portable port mobile mob gsm fixe fixes domicile dom maison bureau bur travail "
    "trav pro perso n no num numero et ou fax phone p f t m o"
)
_FIRST_DIGITS = 4  # fewer digits than this were never meant as a telephone number
# Overseas departments are dialled as in France but have their own country code (Arcep's numbering plan).
_OVERSEAS = {"262": "RE", "269": "RE", "639": "RE", "692": "RE", "693": "RE", "590": "GP", "690": "GP", "691": "GP"}
_OVERSEAS |= {"594": "GF", "694": "GF", "596": "MQ", "696": "MQ", "697": "MQ"}
_COUNTS = {1: mark("un chiffre"), 2: mark("deux chiffres"), 3: mark("trois chiffres"), 4: mark("quatre chiffres")}

MISSING_DIGITS = mark("Il manque {count} à la fin. Complétez ce numéro dans votre tableau.")
TOO_MANY_DIGITS = mark("Ce numéro a {count} de trop. Corrigez-le dans votre tableau.")
ROUNDED = mark(
    "Le tableur a arrondi ce numéro et ses derniers chiffres sont perdus : retapez-le dans une colonne au format Texte."
)
NOT_A_PHONE = mark(
    "Ce n’est pas un numéro de téléphone que l’on sache lire : écrivez-le en entier, par exemple 06 39 98 00 00."
)
NO_SUCH_PHONE = mark(
    "Ce numéro n’existe pas : vérifiez-le, et commencez par + et l’indicatif du pays s’il est étranger."
)
NOT_AN_EMAIL = mark("Ce courriel n’est pas complet ou contient une faute : vérifiez l’arobase (@) et ce qui la suit.")
COMMA_IN_EMAIL = mark("Ce courriel contient une virgule à la place d’un point : corrigez-le dans votre tableau.")
NO_AT_SIGN = mark("Il manque l’arobase (@) dans ce courriel : corrigez-le dans votre tableau.")


@dataclass(frozen=True, slots=True)
class Phone:
    number: str  # E.164
    mobile: bool


@dataclass(slots=True)
class Found:
    """What one cell holds."""

    emails: list[str] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # sentences
    named: bool = False  # words, perhaps names, stand beside the numbers

    def __post_init__(self) -> None:
        self.emails = list({address.casefold(): address for address in reversed(self.emails)}.values())[::-1]
        self.phones = list(dict.fromkeys(self.phones))


def find_points(text: str, region: str, *, mail_column: bool) -> Found:
    """Every address and number of a cell; the column only decides which sentence a mistake gets."""
    if "@" not in text:
        found = _phones(text, region)
        meant_as_mail = mail_column and not found.phones and (found.named or _digits(text) < _FIRST_DIGITS)
        return Found(problems=[NO_AT_SIGN]) if meant_as_mail else found
    tokens = [token.removeprefix("mailto:").strip(".:'") for token in _SPLIT_MAILS.split(text) if "@" in token]
    emails = [address for token in tokens if (address := _email(token))]
    rest = " ".join(token for token in _SPLIT_MAILS.split(text) if "@" not in token)
    phones = _phones(rest, region).phones if _digits(rest) >= _FIRST_DIGITS else []
    wrong = len(emails) < len(tokens) or not tokens
    comma = bool(re.search(r"@[\w.-]+,[a-z]{2,}\b", text))
    return Found(emails, phones, [COMMA_IN_EMAIL if comma else NOT_AN_EMAIL] if wrong else [])


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))


def _email(text: str) -> str:
    if len(text) > 254:
        return ""
    try:
        # test_environment: the addresses of our demonstration end in names that are reserved for it.
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return ""
    return found.normalized


def _phones(text: str, region: str) -> Found:
    pieces = [piece for piece in _SPLIT_PHONES.split(text) if piece.strip()]
    whole = [piece for piece in pieces if _digits(piece) >= 6]
    if len(whole) < 2:
        pieces = [text]
    phones: list[Phone] = []
    problems: list[str] = []
    for piece in pieces:
        for number in _cut_in_two(piece):
            found, problem = one_phone(number.strip(), region)
            phones += [found] if found else []
            problems += [problem] if problem else []
    named = any(word not in _PHONE_WORDS for word in _LETTERS.findall(plain(text)))
    return Found([], phones, problems, named)


def _cut_in_two(piece: str) -> list[str]:
    """Two French numbers with nothing but spaces between them."""
    digits = "".join(filter(str.isdecimal, piece))
    if len(digits) == 20 and digits[0] == digits[10] == "0" and "+" not in piece:
        return [digits[:10], digits[10:]]
    return [piece]


def one_phone(text: str, region: str) -> tuple[Phone | None, str]:
    """A number, or the sentence that says what is wrong with it."""
    compact = whole_number(text.replace(" ", ""))
    if found := _SCIENTIFIC.fullmatch(compact):
        decimals = found[2] or ""
        # One trailing zero may be hidden (6.1234567E8); with fewer digits the spreadsheet has rounded.
        if len(decimals) < int(found[3]) - 1 or int(found[3]) > 14:
            return None, ROUNDED
        compact = str(int(Decimal(f"{found[1]}.{decimals or 0}") * 10 ** int(found[3])))
    international = compact.lstrip("(").startswith(("+", "00"))
    digits = "".join(c for c in _TRUNK_ZERO.sub("" if international else "0", compact) if c.isdecimal() and c.isascii())
    if len(digits) < _FIRST_DIGITS:
        return None, NOT_A_PHONE
    if international:
        return _abroad(digits.removeprefix("00") if "+" not in compact else digits, region)
    if region != "FR":
        return _checked(digits, region)
    return _french(digits[2:] if len(digits) == 11 and digits.startswith("33") else digits.removeprefix("0"))


def _abroad(digits: str, region: str) -> tuple[Phone | None, str]:
    if digits.startswith("33"):
        return _french(digits[2:].removeprefix("0"))
    return _checked("+" + digits, region)


def _french(national: str) -> tuple[Phone | None, str]:
    """`national`: without its 0. Nine digits are enough: the ranges kept for fiction count."""
    missing = 9 - len(national)
    if missing > 0:
        return None, say(MISSING_DIGITS, count=say(_COUNTS[missing])) if missing in _COUNTS else NOT_A_PHONE
    if missing < 0:
        return None, say(TOO_MANY_DIGITS, count=say(_COUNTS[-missing])) if -missing in _COUNTS else NOT_A_PHONE
    if national[0] == "0":
        return None, NO_SUCH_PHONE
    if (overseas := _OVERSEAS.get(national[:3])) and (found := _checked("0" + national, overseas)[0]):
        return found, ""
    return Phone("+33" + national, national[0] in "67"), ""


def _checked(text: str, region: str) -> tuple[Phone | None, str]:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None, NOT_A_PHONE
    if not phonenumbers.is_valid_number(number):
        return None, NO_SUCH_PHONE
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(e164, phonenumbers.number_type(number) in kinds), ""
