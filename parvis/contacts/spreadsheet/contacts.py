"""The e-mail and telephone columns of one line: sorted by what they hold, whatever their heading."""

from dataclasses import dataclass, field

from parvis.core.speech import mark, say

from .lines import Line
from .people import SEVERAL_PEOPLE
from .points import Found, Phone, find_points

MAX_CELL = 300
PHONE_FIELDS = ("mobile", "phone", "landline")

PHONE_MOVED = mark("Ce numéro de téléphone était dans la colonne des courriels : il a été rangé à sa place.")
EMAIL_MOVED = mark("Ce courriel était dans une colonne de téléphone : il a été rangé à sa place.")
EMAIL_IN_ADDRESS = mark("Ce courriel était dans la colonne de l’adresse : il a été rangé à sa place.")
WHOSE_EMAIL = mark(
    "Il y a deux courriels dans cette case : on ne sait pas à qui est chacun, et l’accord est personnel. "
    "Faites une ligne par personne."
)
WHOSE_PHONE = mark(
    "Il y a plusieurs numéros dans cette case : on ne sait pas à qui est chacun. Faites une ligne par personne."
)
ONE_PHONE = mark(
    "Un seul numéro est gardé par personne, le portable d’abord : {kept}. Notez l’autre dans les remarques."
)
ONE_EMAIL = mark("Un seul courriel est gardé par personne : {kept}. Notez l’autre dans les remarques.")


@dataclass(slots=True)
class Contacts:
    emails: list[tuple[str, str, bool]] = field(default_factory=list)  # address, heading, whether it had to be moved
    phones: list[tuple[Phone, str, bool]] = field(default_factory=list)

    @property
    def email(self) -> str | None:
        return next((address for address, _, _ in sorted(self.emails, key=lambda e: e[2])), None)

    @property
    def phone(self) -> str | None:
        return next((p.number for p, _, _ in sorted(self.phones, key=lambda p: (not p[0].mobile, p[2]))), None)


def read_contacts(line: Line, *, named: bool) -> Contacts:
    """`named`: whether the line has a name, without which two numbers may be two people's."""
    contacts = Contacts()
    for kind, heading, text in line.texts("email", *PHONE_FIELDS, limit=MAX_CELL):
        found = find_points(text, line.region, mail_column=kind == "email")
        _refuse_several(line, heading, text, found, named=named)
        for problem in found.problems:
            line.warn(heading, text, problem)
        _keep(line, contacts, heading, text, found, in_mail_column=kind == "email")
    _say_what_is_left(line, contacts)
    return contacts


def take_from_address(line: Line, contacts: Contacts, heading: str, text: str) -> bool:
    """Whether the cell of a postal address was an e-mail address instead."""
    found = find_points(text, line.region, mail_column=True) if "@" in text and " " not in text else Found()
    if len(found.emails) != 1 or found.problems:
        return False
    line.warn(heading, text, EMAIL_IN_ADDRESS)
    contacts.emails.append((found.emails[0], heading, True))
    return True


def _refuse_several(line: Line, heading: str, text: str, found: Found, *, named: bool) -> None:
    if len(found.emails) > 1:
        raise line.reject(heading, text, WHOSE_EMAIL)
    if len(found.phones) > 1 and found.named:
        raise line.reject(heading, text, SEVERAL_PEOPLE)
    if len(found.phones) > 1 and not named:
        raise line.reject(heading, text, WHOSE_PHONE)


def _keep(line: Line, contacts: Contacts, heading: str, text: str, found: Found, *, in_mail_column: bool) -> None:
    for address in found.emails:
        contacts.emails.append((address, heading, not in_mail_column))
        if not in_mail_column:
            line.warn(heading, text, EMAIL_MOVED)
    for phone in found.phones:
        contacts.phones.append((phone, heading, in_mail_column))
    if found.phones and in_mail_column:
        line.warn(heading, text, PHONE_MOVED)


def _say_what_is_left(line: Line, contacts: Contacts) -> None:
    email, phone = contacts.email or "", contacts.phone or ""
    for address, heading, _ in contacts.emails:
        if address.casefold() != email.casefold():
            line.warn(heading, address, say(ONE_EMAIL, kept=email))
    for other in dict.fromkeys((number.number, heading) for number, heading, _ in contacts.phones):
        if other[0] != phone:
            line.warn(other[1], other[0], say(ONE_PHONE, kept=phone))
