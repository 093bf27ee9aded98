"""What a line says about consent. A yes is a yes to what its heading names, and no more."""

import re
from dataclasses import dataclass, field

from parvis.core.speech import mark

from .cells import is_empty_word
from .dates import is_date
from .headings import plain

_YES = frozenset(["oui", "o", "ok", "x", "xx", "1", "vrai", "true", "yes", "y", "v", "d accord", "accord", "accorde"])
_YES_TOO = frozenset(["accepte", "acceptee", "inscrit", "inscrite", "abonne", "abonnee", "coche", "on"])
_TICKS = frozenset("✓✔☑✅☒🗹")
_CROSSES = frozenset("✗✘❌")
_NO = frozenset(["n", "nn", "n0n", "no", "nein", "niet", "0", "faux", "false", "ko", "off"])
# Elsewhere these words mean an empty cell; under a heading of consent they say that there is none.
_NONE = frozenset(["aucun", "aucune", "sans"])
_EMPTY_BOXES = frozenset("☐□⬜▢")
_NEGATION = re.compile(
    r"\b(?:non|ne|n (?:a|est|en|ai|aime|accept|veut|souhait)\w*|pas|jamais|aucune?|sauf|stop|plus (?:de"
    r"|d|rien|jamais)"
    r"|(?:veut|souhaite) plus|refus\w*|oppos\w*|desinscri\w*|desabonn\w*|retire\w*|revoque\w*|resili\w*"
    r"|supprim\w*|(?:raye|radie|enleve|efface)\w*|liste (?:rouge|noire)|bloctel|tranquille|decede\w*|no thanks?"
    r"|unsubscri\w*|opt(?:ed)? ?out)\b"
)
_UNKNOWN = re.compile(
    r"\b(?:non (?:renseigne|communique|precise|connu|demande)\w*|pas (?:encore )?(?:demande|renseigne"
    r"|sur)\w*|a voir|a demander"
    r"|a confirmer|en attente|peut etre|ne sait pas|inconnu\w*)\b"
)
# How a yes comes, in the words of shops.
_SOURCES = re.compile(
    r"\b(?:bulletin|carte|fidelite|fiche|formulaire|coupon|cahier|registre|papier|ecrit|signe|signature|tampon"
    r"|caisse|salon|foire|marche|boutique|magasin|comptoir|atelier|degustation|soiree|visite|concours|jeu|tombola|commande"
    r"|facture|site|internet|web|en ligne|inscription|abonnement|oral|vive voix|personne|telephone|mail|courriel"
    r"|note)s?\b"
)
_NOTE_REFUSES = re.compile(
    r"\b(?:stop (?:e ?)?(?:mails?|sms|pub|courriers?|appels?)|(?:veut|souhaite) plus (?:de|d|rien|recevoir|etre)"
    r"|plus de (?:mails?|sms|pub|courriers?|courriels?|publicite)|ne (?:plus|pas) (?:ecrire|appeler|contacter|envoyer)"
    r"|desinscri\w*|desabonn\w*|decede\w*|bloctel)\b"
)
_YES_AND_DATE = re.compile(r"(?:oui|ok|x|accord|d['’]accord)(?:,| :)?(?: le| du)? +", re.IGNORECASE)
_CHANNEL_WORDS = {
    "email": r"e ?mails?|mails?|mel|courriels?|newsletters?|electronique",
    "sms": r"sms|textos?",
    "phone": r"tel|telephone|appels?|phone|telephonique",
    "post": r"courriers?|poste|postal|voie postale|boite aux lettres",
}
_ONLY_CHANNELS = re.compile(
    r"(?:(?:" + "|".join(_CHANNEL_WORDS.values()) + r"|oui|ok|et|seulement|uniquement)(?: |$))+"
)
_ALL_CHANNELS = frozenset(["tous", "tout", "toutes", "tous canaux", "tous les canaux", "oui tout"])

YES, NO, DATE, TEXT, CHANNELS = "yes", "no", "date", "text", "channels"
NOTHING, UNCLEAR = "nothing", "unclear"

MIXED = mark(
    "Cette phrase contient un refus : la personne est notée comme refusant tout. "
    "Si elle accepte un canal, écrivez oui ou non dans une colonne par canal (OK mail, OK SMS, OK courrier)."
)
NOT_UNDERSTOOD = mark("Cette réponse n’est ni oui ni non : rien n’a été accordé. Écrivez oui ou non.")
CONTRADICTION = mark(
    "Cette personne accepte dans une colonne et refuse dans une autre : le refus l’emporte. Corrigez la ligne."
)
DOUBT = mark(
    "Cette réponse n’est ni oui, ni non, ni une date : dans le doute, on n’écrira pas à cette personne, même pour un "
    "achat. Écrivez oui ou non."
)
NOTE_REFUSES = mark(
    "Cette remarque ressemble à un refus : dans le doute, on n’écrira pas à cette personne. Écrivez oui ou non dans "
    "une colonne « Consentement »."
)
NO_SUCH_CHANNEL = mark("Ce canal n’est pas connu : écrivez courriel, SMS, téléphone ou courrier, un seul par personne.")


@dataclass(slots=True)
class Consent:
    """Gathered over the columns of one line."""

    refuses: bool = False  # a general no
    accepted: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    agrees: bool = False  # a general yes, that names no channel
    doubtful: bool = False  # something was answered, and nobody can say what: no right comes of the line
    sources: list[str] = field(default_factory=list)

    @property
    def contradicts(self) -> bool:
        return bool(self.accepted & self.refused) or (self.refuses and bool(self.accepted or self.agrees))


def verdict(text: str) -> str:
    """One of YES, NO, DATE, TEXT, CHANNELS, NOTHING, UNCLEAR: what kind of answer a cell is."""
    words = plain(text)
    if _TICKS & set(text) and not words:
        return YES
    if _CROSSES & set(text) and not words:
        return NO
    if is_empty_word(text) or not words:
        return NOTHING
    if words in _YES or words in _YES_TOO:
        return YES
    if is_date(text) or is_date(_YES_AND_DATE.sub("", text, count=1)):
        return DATE
    if _UNKNOWN.search(words):
        return NOTHING
    if words in _NO or _NEGATION.search(words):
        return NO
    if _ONLY_CHANNELS.fullmatch(words) or words in _ALL_CHANNELS:
        return CHANNELS
    return TEXT if sum(map(str.isalpha, words)) >= 3 else UNCLEAR


def is_no_yes(text: str) -> bool:
    """An unticked box, « aucun »: nothing was granted, and somebody said so."""
    return plain(text) in _NONE or bool(_EMPTY_BOXES & set(text) and not plain(text))


def names_a_source(text: str) -> bool:
    return bool(_SOURCES.search(plain(text)))


def note_refuses(text: str) -> bool:
    """« Ne veut plus de mails », « décédée », among the shop's own remarks."""
    return bool(_NOTE_REFUSES.search(plain(text)))


def says_more_than_no(text: str) -> bool:
    """Whether a refusal may also hold a yes ("oui sauf SMS", "pas de SMS"): worth a word to the shop."""
    words = plain(text)
    yes_or_but = {"oui", "ok", "sauf", "mais", "uniquement", "seulement"} & set(words.split())
    return bool(yes_or_but or channels_in(text))


def starts_with_yes(text: str) -> bool:
    return plain(text).split(" ")[0] in _YES


def is_bare_no(text: str) -> bool:
    return plain(text) in _NO | {"non"}


def channels_in(text: str) -> frozenset[str]:
    words = plain(text)
    if words in _ALL_CHANNELS:
        return frozenset(_CHANNEL_WORDS)
    return frozenset(key for key, pattern in _CHANNEL_WORDS.items() if re.search(rf"\b(?:{pattern})\b", words))


def date_in(text: str) -> str:
    """The date of an answer such as "oui le 12/03/2024"."""
    return text if is_date(text) else _YES_AND_DATE.sub("", text, count=1)
