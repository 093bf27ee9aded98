"""What the counter and its cards show of a shop: its own subjects, the sentences to read, its code to photograph."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString, mark_safe

from parvis.accounts.models import Organisation, User
from parvis.announcements.queries import standing_anywhere
from parvis.contacts.forms_counter import NO_CONTACT, NO_EMAIL, NO_NAME, NO_PHONE, NO_STREET, UNREAD
from parvis.contacts.models import Interest, Wording
from parvis.contacts.rules import Channel
from parvis.contacts.tastes import outline
from parvis.contacts.words import above, nodes, recognise
from parvis.core.errors import Refused
from parvis.core.speech import mark, say
from parvis.core.typography import in_words, no_break
from parvis.slips.models import Slip
from parvis.territory.models import Commune
from parvis.territory.queries import absolute

AT_THE_COUNTER = 6  # subjects that a thumb finds without looking for them
ON_A_CARD = 18  # about as many as fit on the leaf


# What the script of the counter says by itself, without network too.
SCRIPT = {
    "one": mark("1 fiche attend"),
    "many": mark("{n} fiches attendent"),
    "one_away": mark("1 fiche attend le réseau"),
    "many_away": mark("{n} fiches attendent le réseau"),
    "away": mark("Ce téléphone l’enverra seul, une fois."),
    "later": mark("Le site n’a pas pu la prendre. Elle reste ici, et repart seule."),
    "enter_title": mark("Entrez à nouveau, la fiche vous attend."),
    "enter": mark("Rien n’est perdu\u00a0: elle partira seule ensuite."),
    "mend_title": mark("1 fiche est à corriger"),
    "mend_titles": mark("{n} fiches sont à corriger"),
    "mending": mark("Corrigez-la ci-dessous, puis redites sa réponse. Elle reste ici jusque-là."),
    "closed": mark("Ce compte n’ouvre plus ce comptoir. Demandez l’accès, puis renvoyez-la."),
    "left": mark("Quelqu’un d’autre est entré depuis sur ce téléphone. Elle partira quand vous entrerez à nouveau."),
    "other_title": mark("1 fiche d’un autre compte attend ici"),
    "other_titles": mark("{n} fiches d’un autre compte attendent ici"),
    "other": mark("Seule la personne qui l’a notée l’enverra, en entrant sur ce téléphone."),
    "shop_title": mark("1 fiche d’un autre commerce attend ici"),
    "shop_titles": mark("{n} fiches d’un autre commerce attendent ici"),
    "shop": mark("Elle partira quand on ouvrira le comptoir de ce commerce sur ce téléphone."),
    "erase_one": mark("Effacer cette fiche"),
    "erase_many": mark("Effacer ces {n} fiches"),
    "erase_title": mark("Effacer 1 fiche que vous n’avez pas notée\u00a0?"),
    "erase_titles": mark("Effacer {n} fiches que vous n’avez pas notées\u00a0?"),
    "erase_text": mark(
        "Elle n’est nulle part ailleurs\u00a0: ce que cette personne a dit sera perdu. "
        "Effacez-la si celui ou celle qui l’a notée n’entrera plus sur ce téléphone."
    ),
    "erase_texts": mark(
        "Elles ne sont nulle part ailleurs\u00a0: ce que ces {n} personnes ont dit sera perdu. "
        "Effacez-les si celui ou celle qui les a notées n’entrera plus sur ce téléphone."
    ),
    "mend": mark("{name}\u00a0: {sentence}"),
    "no_contact": NO_CONTACT,
    "unread": UNREAD,
    "no_email": NO_EMAIL,
    "no_phone": NO_PHONE,
    "no_name": NO_NAME,
    "no_street": NO_STREET,
    "long": mark("Ce numéro a trop de chiffres\u00a0: un numéro français en a dix."),
    "email": mark("Relisez ce courriel\u00a0: il n’est pas entier."),
}


class MadeByAnother(Refused):
    sentence = mark(
        "Cette fiche a été notée par quelqu’un d’autre, qui l’enverra. Rechargez la page pour noter la vôtre."
    )


def maker(user: User, shop: Organisation) -> str:
    """Whose entries these are, on a telephone that several people hold: it names nobody."""
    return salted_hmac("parvis.pages.counter", f"{user.pk} {shop.pk}", algorithm="sha256").hexdigest()[:24]


def check_maker(named: str, user: User, shop: Organisation) -> None:
    """A form without a script names nobody: whoever sends it typed it."""
    if named and not constant_time_compare(named, maker(user, shop)):
        raise MadeByAnother


@dataclass(frozen=True, slots=True)
class Subjects:
    """`alcohol`: whether this shop speaks of it, so that one's age is worth asking."""

    shown: Sequence[Interest]
    alcohol: bool


def subjects_of(shop: Organisation, most: int) -> Subjects:
    """What the shop last spoke of, then what its trade is about, then what lies under these and beside them; broad
    subjects where nothing is known of it."""
    said = Max("announcements__said_at", filter=Q(announcements__in=standing_anywhere().filter(organisation=shop)))
    listed = (
        Interest.objects.filter(retired=False).annotate(said=said).order_by(F("said").desc(nulls_last=True), "name")
    )
    by_slug = {interest.slug: interest for interest in listed}
    own = [slug for slug, interest in by_slug.items() if interest.said]
    own += [slug for slug in recognise(shop.trade).slugs if slug in by_slug and slug not in own]
    near = [slug for slug in _near(own) if slug in by_slug]
    shown = [by_slug[slug] for slug in dict.fromkeys([*own, *near])][:most]
    return Subjects(shown, any(by_slug[slug].alcohol for slug in own))


def _near(own: Sequence[str]) -> list[str]:
    """What lies under these subjects, then under the first of their parents; a root is too broad for that."""
    roots = [branch.node.slug for branch in outline()]
    parents = {node.slug: node.parents[0] for node in nodes() if node.parents}
    beside = {parents[slug] for slug in own if slug in parents} - set(roots)
    under = [slug for slug in parents if above()[slug].keys() & set(own)]
    return [*under, *(slug for slug, parent in parents.items() if parent in beside)] if own else roots


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is read aloud, or was printed, before a yes on one channel."""

    channel: Channel
    text: str
    version: int


def sentences(wordings: Sequence[Wording], shop: Organisation) -> list[Sentence]:
    return [
        Sentence(Channel(one.channel), no_break(one.text.replace("{sender}", shop.name)), one.version)
        for one in wordings
    ]


def words() -> str:
    """For the script, in JSON: `SCRIPT`, and `short`, by how many digits a number misses."""
    short = [say("Il manque {number} chiffres à la fin.", number=in_words(n)) for n in range(2, 10)]
    said = {name: no_break(say(sentence)) for name, sentence in SCRIPT.items()}
    return json.dumps(said | {"short": ["", say("Il manque un chiffre à la fin."), *short]}, ensure_ascii=False)


def current_wordings(way: str) -> dict[Channel, Wording]:
    """By channel, in their order; `way`: "counter" or "paper"."""
    keys = [f"{way}-{channel}" for channel in Channel]
    latest = {one.channel: one for one in Wording.objects.filter(key__in=keys).order_by("version")}
    return {channel: latest[channel] for channel in Channel}


def heard_wording(channel: Channel, version: str) -> Wording:
    """The sentence that this screen showed, even if it waited on a telephone while a new one was written."""
    known = Wording.objects.filter(key=f"counter-{channel}").order_by("-version")
    heard = known.filter(version=int(version)) if version.isdecimal() and len(version) < 5 else known
    return heard.first() or known[0]


def printed_wordings(slip: Slip) -> dict[Channel, Wording]:
    """The sentences that this very card bears, in the order of its boxes."""
    named = slip.payload["wordings"]
    found = {(one.key, one.version): one for one in Wording.objects.filter(key__in=[key for key, _ in named.values()])}
    return {channel: found[tuple(named[channel])] for channel in Channel if channel in named}


def places(shop: Organisation) -> list[str]:
    return [place(commune) for commune in shop.territory.communes.all()]


def place(commune: Commune) -> str:
    """« 94440 Villecresnes », by the first of its postcodes."""
    return f"{commune.postcodes.partition(' ')[0]} {commune.name}".strip()


def join_url(shop: Organisation) -> str:
    return absolute(shop.territory, reverse("pages:join-short", args=[shop.slug]))


def code_to_photograph(url: str) -> SafeString:
    # Safe: the drawing of an address of ours.
    return mark_safe(segno.make_qr(url, error="m").svg_inline(border=2, omitsize=True))
