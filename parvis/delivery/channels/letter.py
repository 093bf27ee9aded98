"""What the door hands to a channel, and the words that every channel says the same way."""

import datetime as dt
import re
from dataclasses import dataclass

from parvis.core import typography
from parvis.law.rules import HEALTH_SENTENCE

# Rule 9, CSP L3323-4: beside every alcohol item, on every medium.
HEALTH = HEALTH_SENTENCE

# The colours on which senders speak, by the key of Organisation.Paper.
PAPERS = {
    "blanc": "#FFFFFF",
    "or": "#FFD23F",
    "rose": "#FFB8C6",
    "ciel": "#B4DBF4",
    "tilleul": "#CFE27F",
    "saumon": "#FFC9A3",
    "parme": "#D5C6F2",
}

# Plain text may carry marks that turn the rest of the line round (U+202E): a way to disguise a sender.
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]")
_SPACES = re.compile("[^\\S\u00a0\u202f]+")  # French no-break spaces are meant
# « 14 h 30 », « 4 places », « oui ? », « 35 € » are never cut at the end of a line, however typed.
_TIGHT = re.compile(r" (?=[:;?!»€%])|(?<=«) |(?<=\d) (?=h\b|places?\b)|(?<=\d[ \u00a0]h) (?=\d)|(?<=sur) (?=\d)")

_IN_WORDS_UP_TO = 7


@dataclass(frozen=True, slots=True)
class Item:
    """One announcement for one reader. `content` has the keys of Part.content; a missing one is empty."""

    sender: str
    content: dict[str, str]
    alcohol: bool
    children: bool
    stop_url: str  # « ne plus rien recevoir » from this sender, absolute

    def get(self, key: str) -> str:
        """One line of plain text with French no-break spaces; empty when the key is missing."""
        text = tidy(self.content.get(key, ""))
        return text.replace(" ", "\u00a0") if key == "phone" else text

    @property
    def url(self) -> str:
        """The page of the announcement; empty unless it is a web address."""
        url = self.get("url")
        return url if url.startswith(("https://", "http://")) else ""

    @property
    def facts(self) -> str:
        """« La Brassée, Villecresnes. 35 €. 4 places sur 10. » The sender is always named."""
        facts = [self.get(key) for key in ("where", "price", "seats")]
        if clean(self.sender) not in facts[0]:
            facts.insert(0, clean(self.sender))
        return " ".join(sentence(fact) for fact in facts if fact)

    @property
    def health(self) -> str:
        return HEALTH if self.alcohol else ""

    @property
    def stop_label(self) -> str:
        return f"Ne plus rien recevoir {typography.of(clean(self.sender))}"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message for one resident, all links absolute. Links only reduce (decision 4)."""

    key: str
    name: str  # "Mme Ferrand"
    territory: str  # "Plateau briard"
    of_territory: str  # "du Plateau briard"
    day: dt.date
    subject: str
    foot: str
    count_line: str  # "Vous en êtes à 3 annonces cette semaine, sur 4 au plus"
    items: tuple[Item, ...]
    why_url: str
    fewer_url: str
    stop_url: str
    one_click_url: str  # RFC 8058: a POST there stops everything
    publisher: str  # who runs Parvis, with the address, on one line
    postal: tuple[str, ...]
    large_print: bool
    pickup: str  # "à retirer chez La Brassée", or empty

    @property
    def house(self) -> str:
        return clean(f"Parvis {self.of_territory}")

    @property
    def greeting(self) -> str:
        """« Bonjour Mme Ferrand, trois choses près de chez vous »."""
        hello = f"Bonjour {clean(self.name)}".rstrip()
        return f"{hello}, {count(len(self.items), 'chose')} près de chez\u00a0vous"

    @property
    def closing(self) -> str:
        """« Vous en êtes à 3 annonces cette semaine, sur 4 au plus. 2 autres annonces attendent dans l’agenda. »"""
        return " ".join(sentence(clean(text)) for text in (self.count_line, self.foot) if clean(text))


def clean(text: str) -> str:
    """One line of plain text: no control character, no direction mark; French no-break spaces are kept."""
    return _SPACES.sub(" ", _UNSAFE.sub("", text)).strip(" ")


def tidy(text: str) -> str:
    """`clean`, with the no-break spaces that people do not type."""
    return _TIGHT.sub("\u00a0", clean(text))


def sentence(text: str) -> str:
    """The text with its full stop, unless it is empty or already ends like a sentence."""
    return text if not text or text.endswith((".", "…", "!", "?")) else f"{text}."


def week_line(taken: int, rhythm: int) -> str:
    """Where the reader's week stands, counted as the rhythm is (decision 3): announcements, over all senders. Whoever
    asked for fewer since is told no « at most » that is not kept any more."""
    line = f"Vous en êtes à {typography.count(taken, 'annonce')} cette semaine"
    return f"{line}, sur {rhythm} au plus" if taken <= rhythm else line


def count(number: int, feminine: str) -> str:
    """« une chose », « trois choses », « 12 choses »: a regular feminine noun; words up to seven."""
    if number == 1:
        return f"une {feminine}"
    words = typography.in_words(number) if number <= _IN_WORDS_UP_TO else typography.number(number)
    return f"{words} {feminine}{'s' if number > 1 else ''}"
