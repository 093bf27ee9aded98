"""The postal address columns of one line."""

import re
from dataclasses import dataclass

from parvis.core.speech import mark, say

from .cells import one_line, whole_number
from .contacts import Contacts, take_from_address
from .lines import Line

MAX_ADDRESS = 200
MAX_COMMUNE = 80
NOT_A_POSTCODE = mark("Un code postal a cinq chiffres : corrigez-le dans votre tableau.")

_POSTCODE = re.compile(r"(?:F-?)?(\d{2} ?\d{3})(?:[ ,\-]+([^\W\d].*))?", re.IGNORECASE)
_LOST_ZERO = re.compile(r"[1-9]\d{3}")
_WHOLE_ADDRESS = re.compile(r"(.+?)[ ,\-]+(\d{5})[ ,\-]+([^\W\d][^\d]*)")
_HOUSE_NUMBER = re.compile(r"\d+ ?(?:bis|ter|quater|[a-z])?", re.IGNORECASE)


@dataclass(slots=True)
class Home:
    address: str = ""
    postcode: str = ""
    commune: str = ""


def read_home(line: Line, contacts: Contacts) -> Home:
    home = Home()
    for _, heading, text in line.texts("address", limit=MAX_ADDRESS):
        if not take_from_address(line, contacts, heading, text):
            _add_address(line, home, heading, one_line(text))
    for _, heading, text in line.texts("postcode", "postcode_commune", "commune", limit=MAX_COMMUNE):
        _add_place(line, home, heading, whole_number(one_line(text)))
    found = _WHOLE_ADDRESS.fullmatch(home.address)
    if found and not home.postcode and not home.commune and len(found[3]) <= MAX_COMMUNE:
        home.address, home.postcode, home.commune = found[1], found[2], found[3].strip()
    return home


def _add_address(line: Line, home: Home, heading: str, text: str) -> None:
    between = " " if _HOUSE_NUMBER.fullmatch(home.address) else ", "
    whole = f"{home.address}{between}{text}" if home.address else text
    if len(whole) > MAX_ADDRESS:
        line.warn(heading, text, say(ADDRESS_TOO_LONG, most=MAX_ADDRESS))
    else:
        home.address = whole


def _add_place(line: Line, home: Home, heading: str, text: str) -> None:
    if found := _POSTCODE.fullmatch(text):
        home.postcode = home.postcode or found[1].replace(" ", "")
        home.commune = home.commune or (found[2] or "").strip()
    elif line.region == "FR" and _LOST_ZERO.fullmatch(text):
        # A number cell drops the zero of the departments 01 to 09.
        home.postcode = home.postcode or f"0{text}"
    elif any(c.isdecimal() for c in text) and not any(c.isalpha() for c in text):
        line.warn(heading, text, NOT_A_POSTCODE)
    else:
        home.commune = home.commune or text


ADDRESS_TOO_LONG = mark("L’adresse entière a plus de {most} caractères : raccourcissez-la dans votre tableau.")
