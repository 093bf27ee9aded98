"""French column headings: which field each one names, and on which line of the sheet they are."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .cells import text_of, word_set
from .shapes import HEADING_WITHIN, Cell, Grid

_SMS = r"(?:sms|textos?)"
_NEWS = r"(?:news ?letters?|lettres? (?:info\w*|nouvelles)|infolettre|e ?mailing)"
_MAIL = rf"(?:e ?mails?|mails?|mel|courriels?|{_NEWS})"
_CALL = r"(?:tel|telephone|telephonique|appels?|phone)"
_POST = r"(?:courriers?(?: postal)?|poste|postal|voie postale|papier|publipostage)"
_GRANT = (
    r"(?:ok|accords?|consent\w*|opt ?in|autoris\w*|accepte\w*|rgpd|recevoir|envois?|inscri(?:t|te|ption)"
    r"|abonn\w*|par|pour)"
)
_WISH = r"(?:accepte\w*|souhaite\w*|ok|recevoir|autorise)\b.* par (?:la )?"
_PROOF = r"(?:accords?|consentements?|opt ?in|rgpd|autorisations?)"
_BOUGHT = r"(?:achats?|visites?|ventes?|commandes?|passages?|factures?|tickets?)"
_PHONE = r"(?:tels?|telephones?|phone)"
# In the singular: a column of « Adultes » counts seats.
_ADULT = r"(?:majeure?|adulte|majorite|plus 18(?: ans)?|18(?: ans)? plus|18 ans (?:et|ou) plus)"
_MOBILE = r"(?:portables?|mobiles?|port|mob|gsm|cell\w*)"

# Read from the top: a refusal before a grant, a grant before the address of the same name.
_RULES: tuple[tuple[str, str], ...] = (
    ("refusals", r"n ?aime(?:nt)? pas|aime(?:nt)? pas|pas aime|deteste|degouts?|a eviter|evite|exclusions?"),
    (
        "opposition",
        r"(?:ne |n )?(?:pas|plus) (?:contacter|solliciter|envoyer|demarcher|recevoir|appeler|relancer"
        r"|ecrire|accord|ok"
        rf"|consent\w*|{_SMS}|{_MAIL})\b.*|.*\b(?:veut|souhaite|desire|accepte) (?:pas|plus)\b.*"
        r"|(?:stop|refus\w*|desinscri\w*|desabonn\w*|opposition|oppose\w*|opt out|optout|blacklist"
        r"|liste (?:noire|rouge)"
        r"|unsubscribed?|bloctel)\b.*",
    ),
    ("preferred_channel", r"canal\b.*|(?:moyen|mode|preference)s? (?:contact|communication)(?: prefere\w*)?"),
    ("preferred_channel", r"contact prefere|prefere (?:par|etre contacte\w*(?: par)?)|communication"),
    (
        "consent_on",
        rf"date (?:{_PROOF})\b.*|{_PROOF} (?:date|le|du|donne le|en date)|(?:recueilli|obtenu|consenti"
        rf"|accorde) le",
    ),
    (
        "consent_source",
        rf"(?:source|origine|provenance|comment)(?: {_PROOF}| contact)?"
        rf"|(?:preuve|mode|moyen|lieu|support|recueil|forme) {_PROOF}(?: .*)?"
        rf"|{_PROOF} (?:source|origine|comment|preuve|recueilli\w*|obtenu\w*|donne\w*)(?: .*)?"
        r"|(?:recueilli|obtenu)e? (?:comment|par|ou)",
    ),
    ("consent_sms", rf"{_WISH}{_SMS}"),
    ("consent_sms", rf"(?:{_GRANT} )*{_SMS}(?: (?:{_GRANT}|oui non|o n))*|alertes? {_SMS}"),
    ("consent_email", rf"{_WISH}{_MAIL}"),
    ("consent_email", rf"(?:{_GRANT} )*{_NEWS}(?: (?:{_GRANT}|oui non|o n))*"),
    ("consent_email", rf"(?:{_GRANT} )+{_MAIL}(?: (?:oui non|o n))?|{_MAIL} (?:{_GRANT}|oui non|o n)"),
    ("consent_phone", rf"{_WISH}{_CALL}"),
    ("consent_phone", rf"(?:{_GRANT} )+{_CALL}(?: (?:oui non|o n))?|{_CALL} (?:ok|accord|oui non|o n)"),
    ("consent_post", rf"{_WISH}{_POST}"),
    (
        "consent_post",
        rf"(?:{_GRANT} )+{_POST}(?: (?:oui non|o n))?|{_POST} (?:ok|accord|oui non|o n)|courrier"
        rf"|publipostage",
    ),
    (
        "consent",
        rf"{_PROOF}(?: (?:{_PROOF}|pub\w*|commercial\w*|marketing|communication|prospection|oui non|o n"
        rf"|client))*",
    ),
    (
        "consent",
        r"(?:ok|accepte|souhaite|autorise)(?: (?:pub\w*|commercial\w*|recevoir|contact|etre contacte)\b.*)?",
    ),
    ("consent", r"recevoir (?:offres|infos?|nouvelles|actualites|promos?|informations?)\b.*"),
    ("title", r"civilites?|civ|titre|m mme|mr mme|mme m|mme mr|m mme mlle|m mlle mme|politesse"),
    ("full_name", r"noms? (?:et )?prenoms?"),
    ("name_given_first", r"prenoms? (?:et )?noms?"),
    (
        "name_unordered",
        r"nom complet|identite|full ?name|clientes?|clients?|contacts?|destinataires?|personnes?|habitants?",
    ),
    ("given_name", r"prenoms?|pren|given ?name|first ?name|petit nom"),
    (
        "family_name",
        r"noms?|nom (?:famille|usage|marital|patronymique)|patronyme|last ?name|family ?name|surname|name",
    ),
    (
        "birth_date",
        r"(?:date |jour )?(?:naissance|anniversaires?|anniv|nais|naiss)|nee? le|ne e le|ddn"
        r"|date naiss\w*|birth ?da(?:y|te)",
    ),
    (
        "adult",
        rf"(?:est |se dit |declaree? )?{_ADULT}"
        r"(?: (?:e|mineure?|declare\w*|confirme\w*|verifie\w*|depuis|oui non|o n))*(?: le)?",
    ),
    (
        "last_sale_on",
        rf"(?:date )?(?:dern\w* )(?:date )?{_BOUGHT}(?: le)?|date {_BOUGHT}|(?:vu|venu|achete) le"
        rf"|dern\w* fois",
    ),
    (
        "email",
        r"(?:adresses? )?(?:e ?mails?|mails?|mel|courriels?|courrier electronique|electronique|internet|web)"
        r"(?: (?:perso\w*|pro\w*|contact|principal))?(?: adresse)?|messagerie|mail adresse",
    ),
    ("mobile", rf"(?:n |no |num |numeros? )?(?:{_PHONE} )?{_MOBILE}(?: (?:perso\w*|pro\w*))?|06|06 07"),
    (
        "landline",
        rf"(?:n |no |num |numeros? )?(?:{_PHONE} )?(?:fixes?|domicile|dom|maison|bureau|travail|trav)|01",
    ),
    ("phone", rf"(?:n |no |num |numeros? )?{_PHONE}(?: (?:perso\w*|pro\w*|contact|principal))?|numeros?|num"),
    ("postcode_commune", r"(?:cp|code ?postal) (?:et )?(?:villes?|communes?|localites?)"),
    ("postcode", r"cp|c p|code ?postal|codes? postaux|code post|postal|zip(?: code)?|postcode"),
    ("commune", r"villes?|communes?|localites?|city|town|bureau distributeur"),
    (
        "address",
        r"(?:adresses?|adr)(?: (?:postales?|complete|domicile|perso\w*|rue|ligne|principale))*|rue|voie"
        r"|domicile|street"
        r"|(?:numero|no|n) (?:et )?(?:rue|voie)|complement(?: adresse)?|(?:adresse )?suite|batiment"
        r"|residence|lieu dit",
    ),
    (
        "tastes",
        r"gouts?|preferences?|preferes?|aime(?: bien)?|aiment|(?:centres? )?interets?|envies?|favoris?",
    ),
    ("tastes", r"produits? (?:preferes?|favoris?|aimes?)|interesse\w* par|themes?"),
    (
        "note",
        r"notes?|remarques?|rq|commentaires?|observations?|obs|infos?|informations?"
        r"|infos? complementaires?|divers|memo",
    ),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _RULES)
_SMALL_WORDS = word_set("de du d des la les l un une votre vos son sa ses mon au aux a")
_OWNERS = frozenset(["client", "cliente", "clients", "abonne", "abonnes", "abonnee"])

_ANCHORS = frozenset(
    (
        "full_name",
        "name_given_first",
        "name_unordered",
        "given_name",
        "family_name",
        "email",
        "mobile",
        "landline",
        "phone",
    )
)
_LONGEST_HEADING = 60


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: what two spellings of one heading share."""
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.split())


def field_of(heading: str) -> str:
    """The field that a heading names; empty where it names none that we read."""
    if not heading or len(heading) > _LONGEST_HEADING:
        return ""
    for spelling in _spellings(heading):
        for field, pattern in _COMPILED:
            if pattern.fullmatch(spelling):
                return field
    return ""


def _spellings(heading: str) -> list[str]:
    full = plain(heading)
    outside = plain(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", heading))
    numberless = re.sub(r" ?(?<!\d)\d$", "", full)
    # « +18 » is not « -18 ».
    signed = plain(heading.replace("+", " plus "))
    found = []
    for words in (full, numberless, outside, signed):
        bare = [w for w in words.split() if w not in _SMALL_WORDS]
        found += [words, " ".join(bare), " ".join(w for w in bare if w not in _OWNERS)]
    return [spelling for spelling in dict.fromkeys(found) if spelling]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what."""

    line: int
    headings: tuple[str, ...]  # as typed, one a column
    fields: tuple[str, ...]  # one a column, empty where ignored
    known: frozenset[str]  # headings that name a field, in lower case
    score: int

    def columns(self) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for field, heading in zip(self.fields, self.headings, strict=True):
            if field:
                found.setdefault(field, []).append(heading)
        return {field: " + ".join(headings) for field, headings in found.items()}

    def ignored(self) -> tuple[str, ...]:
        pairs = zip(self.fields, self.headings, strict=True)
        return tuple(heading for field, heading in pairs if heading and not field)

    def headings_of(self, *fields: str) -> frozenset[str]:
        pairs = zip(self.fields, self.headings, strict=True)
        return frozenset(heading for field, heading in pairs if field in fields)

    def repeats(self, texts: list[str]) -> bool:
        """Whether a line says the headings again, as printed lists do at each page."""
        told = [text.casefold() for text in texts if text]
        same = sum(text in self.known for text in told)
        return same >= min(2, self.score) and same * 2 >= len(told)


def find_layout(grid: Grid) -> Layout | None:
    """The line of headings among the first thirty: the one that names most fields; the first of equals."""
    best: Layout | None = None
    for line, cells in grid.lines:
        if line > HEADING_WITHIN:
            break
        found = _layout(line, cells)
        if found and (best is None or found.score > best.score):
            best = found
    return best


def _layout(line: int, cells: list[Cell]) -> Layout | None:
    headings = tuple(" ".join(text_of(cell).split()) for cell in cells)
    fields = tuple(field_of(heading) for heading in headings)
    known = {field for field in fields if field}
    alone = sum(map(bool, headings)) == 1
    if not known & _ANCHORS or (len(known) < 2 and not alone):
        return None
    read = frozenset(heading.casefold() for heading, field in zip(headings, fields, strict=True) if field)
    return Layout(line, headings, fields, read, len(known))
