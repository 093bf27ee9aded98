"""Prints counter cards: A4 folded to A5, the shop's name outside, the boxes to tick and to sign inside."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import segno

from parvis.contacts.rules import RHYTHMS, Channel
from parvis.core.typography import NBSP, day, phone
from parvis.delivery.channels.letter import HEALTH, PAPERS, clean, sentence, tidy
from parvis.delivery.channels.typesetting import typeset

_TEMPLATE = Path(__file__).parent / "card.typ"


@dataclass(frozen=True, slots=True)
class CardTaste:
    """One box: « Fleurs coupées »."""

    name: str
    alcohol: bool = False


@dataclass(frozen=True, slots=True)
class CardShop:
    """What every card of one printing says."""

    name: str
    paper: str  # a key of PAPERS; another is white
    hand_back: str  # « Au comptoir, 12 rue des Merles, Villecresnes »
    phone: str  # as people dial it, or E.164; empty: not told
    join_url: str  # the shop's join page, absolute
    tastes: Sequence[CardTaste]  # about 18 fit on the leaf
    wordings: Mapping[
        Channel, str
    ]  # the exact sentences; « {sender} » becomes the name. No sentence: channel not offered
    publisher: str  # who runs Parvis, with the address, on one line
    day: dt.date  # of printing


@dataclass(frozen=True, slots=True)
class CardFace:
    """What one card alone says."""

    code: str  # « 7K2F-4MXR »
    until: dt.date  # when its code stops opening anything


def print_cards(shop: CardShop, cards: Sequence[CardFace]) -> bytes:
    """A tagged PDF: two A4 pages a card, to print on both sides, turned on the long edge; the same cards give the same
    bytes.

    Words that do not fit take a second leaf: each card always begins on its own. Raises ValueError without a card.
    """
    if not cards:
        raise ValueError("no card to print")
    code = segno.make_qr(shop.join_url, error="m").svg_inline(border=0, omitsize=True)
    return typeset(_TEMPLATE, _data(shop, cards), assets={"join": code}, day=shop.day)


def _data(shop: CardShop, cards: Sequence[CardFace]) -> dict[str, object]:
    name = clean(shop.name)
    return {
        "name": name,
        "paper": PAPERS.get(shop.paper, PAPERS["blanc"]),
        "date": [shop.day.year, shop.day.month, shop.day.day],
        "hand_back": sentence(tidy(shop.hand_back)),
        "phone": phone(clean(shop.phone)),
        "publisher": sentence(clean(shop.publisher)),
        "channels": [
            {"key": channel.value, "label": channel.label, "wording": shop.wordings[channel].replace("{sender}", name)}
            for channel in Channel
            if channel in shop.wordings
        ],
        "rhythms": [number for number in RHYTHMS if number],
        "tastes": [tidy(taste.name) for taste in shop.tastes],
        "health": HEALTH if any(taste.alcohol for taste in shop.tastes) else "",
        "cards": [{"code": clean(card.code), "until": f"{day(card.until)}{NBSP}{card.until.year}"} for card in cards],
    }
