"""One line under the headings becomes one person, or one rejection."""

import re

from parvis.core.decoding import is_damaged
from parvis.core.speech import mark, say

from ..words import refuses_on
from . import consent as words
from .ages import read_age
from .answers import read_answers
from .cells import one_line
from .contacts import PHONE_FIELDS, Contacts, read_contacts
from .dates import birth, past_event
from .homes import Home, read_home
from .lines import TOO_LONG, Line
from .naming import read_name
from .people import Name
from .shapes import CustomerRow

MAX_NOTE = 2000
MAX_TASTE = 60
MAX_TASTES_CELL = 600
_CLAUSES = re.compile(r"[;\n]")
_SPLIT_TASTES = re.compile(r"[,/+]")
_TOTAL = re.compile(
    r"(?:(?:sous[ -]?)?tota(?:l|ux)|nombre|nb|nbre)(?: (?:général|general|de|des))*(?: (?:clients?"
    r"|lignes?|fiches?|contacts?))?"
    r"\s*:?\s*[\d\s.,]*(?:clients?|fiches?|personnes?)?",
    re.IGNORECASE,
)

TOTAL = mark("Cette ligne est un total, pas une personne : elle n’est pas importée. Il n’y a rien à faire.")
HEADINGS_AGAIN = mark("Cette ligne répète les titres des colonnes : elle n’est pas importée. Il n’y a rien à faire.")
NOBODY = mark("Cette ligne n’a ni nom, ni adresse, ni téléphone, ni courriel : complétez-la ou supprimez-la.")
NO_CONTACT = mark("Cette personne n’a ni adresse, ni téléphone, ni courriel : ajoutez au moins l’un des trois.")
MASKED = mark(
    "« [ND] » est ce que le registre écrit de qui s’est opposé à être connu : cette ligne n’est pas importée. "
    "Il n’y a rien à faire."
)
DAMAGED = mark("Une lettre au moins est abîmée dans cette case : tapez-la de nouveau dans votre tableau.")
NOTHING_LEFT = mark(
    "{reason} Sans cela, la ligne n’a ni nom, ni adresse, ni téléphone, ni courriel : elle n’est pas importée."
)


def read_row(line: Line) -> CustomerRow:
    """Raises `LineRejected` where no person can be made of the line."""
    _refuse_furniture(line)
    _refuse_masked(line)
    name = read_name(line)
    contacts = read_contacts(line, named=bool(name))
    home = read_home(line, contacts)
    _refuse_unreachable(line, name, contacts, home)
    answers = read_answers(line)
    last_sale_on = max(line.dates("last_sale_on", past_event), default=None)
    birth_date = next(iter(line.dates("birth_date", birth)), None)
    age = read_age(line, answers.on or last_sale_on, born=birth_date)
    tastes, refusals = _tastes(line, "tastes"), _tastes(line, "refusals")
    note = _note(line)
    doubtful = _note_refuses(line, note) or answers.doubtful
    _tell_damage(line)
    return CustomerRow(
        line=line.number,
        title=name.title,
        given_name=name.given,
        family_name=name.family,
        email=contacts.email,
        phone=contacts.phone,
        address=home.address,
        postcode=home.postcode,
        commune=home.commune,
        birth_date=birth_date,
        adult_on=age.adult_on,
        minor=age.minor,
        tastes=tastes,
        refusals=refusals,
        note=note,
        last_sale_on=last_sale_on,
        consent_source=answers.source,
        consent_channels=answers.channels,
        consent_on=answers.on,
        preferred_channel=answers.preferred,
        refuses=answers.refuses,
        doubtful=doubtful,
        refused_channels=frozenset(answers.given.refused),
        warnings=tuple(line.warnings),
    )


def _refuse_furniture(line: Line) -> None:
    """Headings said again and totals: lines of the list that are nobody."""
    texts = [one_line(text) for text in line.read]
    told = [text for text in texts if text]
    if line.layout.repeats(texts):
        raise line.reject("", told[0], HEADINGS_AGAIN)
    figures = not any(c.isalpha() for text in told[1:] for c in text)
    if len(told) <= 3 and figures and _TOTAL.fullmatch(told[0]):
        raise line.reject("", " ".join(told), TOTAL)


def _refuse_masked(line: Line) -> None:
    """What the national register writes of whoever objected to being known (rule 16): nobody to write to."""
    for heading, _, text in line.known():
        if text.casefold() == "[nd]":
            raise line.reject(heading, text, MASKED)


def _tell_damage(line: Line) -> None:
    """Read in the cells as they came: cleaning takes away the controls that betray a wrong alphabet."""
    for heading, cell, text in line.known():
        if isinstance(cell, str) and is_damaged(cell):
            line.warn(heading, text, DAMAGED)


def _refuse_unreachable(line: Line, name: Name, contacts: Contacts, home: Home) -> None:
    """A contact that was typed but dropped leaves the named person in the file: the shop will complete it."""
    if contacts.emails or contacts.phones or home.address:
        return
    if not name:
        if line.warnings:
            first = line.warnings[0]
            raise line.reject(first.field, first.value, say(NOTHING_LEFT, reason=say(first.reason)))
        raise line.reject("", _first_text(line), NOBODY)
    typed = line.layout.headings_of("email", "address", *PHONE_FIELDS)
    if not any(warning.field in typed for warning in line.warnings):
        raise line.reject("", f"{name.given} {name.family}".strip(), NO_CONTACT)


def _first_text(line: Line) -> str:
    return next(filter(None, line.read), "")


def _tastes(line: Line, field: str) -> tuple[str, ...]:
    words: list[str] = []
    for _, heading, text in line.texts(field, limit=MAX_TASTES_CELL):
        for clause in _CLAUSES.split(text):
            # « n’aime pas le vin, la bière »: what a refusal governs stays together.
            governed = refuses_on(clause)
            pieces = [clause] if governed else _SPLIT_TASTES.split(clause)
            for word in filter(None, map(str.strip, pieces)):
                if len(word) > MAX_TASTE and not governed:
                    line.warn(heading, word, say(TOO_LONG, limit=MAX_TASTE))
                else:
                    words.append(word)
    return tuple(dict.fromkeys(words))


def _note_refuses(line: Line, note: str) -> bool:
    if not words.note_refuses(note):
        return False
    line.warn(next(iter(line.layout.headings_of("note")), ""), note, words.NOTE_REFUSES)
    return True


def _note(line: Line) -> str:
    return "\n".join(text for _, _, text in line.texts("note", limit=MAX_NOTE))
