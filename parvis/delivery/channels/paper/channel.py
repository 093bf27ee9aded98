"""Prints a resident's sheet: A4 folded to A5, the address outside, the announcements inside."""

from collections.abc import Mapping
from pathlib import Path

import segno

from parvis.core import typography
from parvis.delivery.channels.letter import HEALTH, Item, Letter, clean
from parvis.delivery.channels.typesetting import typeset

MAX_ITEMS = 5
_TEMPLATE = Path(__file__).parent / "sheet.typ"
_PICTURES = {".jpg", ".jpeg", ".png", ".webp"}  # what typst draws


def print_sheet(letter: Letter, *, photos: Mapping[str, Path]) -> bytes:
    """A tagged PDF of two A4 pages, more when the words do not fit; the same letter gives the same bytes.

    `photos`: absolute path of a picture by photo key; a missing key or file means no picture.
    Raises ValueError above MAX_ITEMS announcements: the door decides what waits, not the printer.
    """
    if len(letter.items) > MAX_ITEMS:
        raise ValueError(f"a sheet holds {MAX_ITEMS} announcements, this letter has {len(letter.items)}")
    assets: dict[str, str] = {}
    for number, item in enumerate(letter.items):
        assets |= _assets(number, item, photos)
    return typeset(_TEMPLATE, _data(letter), assets=assets, day=letter.day)


def _assets(number: int, item: Item, photos: Mapping[str, Path]) -> dict[str, str]:
    found: dict[str, str] = {}
    photo = photos.get(item.get("photo"))
    if photo is not None and photo.suffix.lower() in _PICTURES and photo.is_file():
        found[f"photo-{number}"] = str(photo.resolve())
    if item.url:
        found[f"code-{number}"] = segno.make_qr(item.url, error="m").svg_inline(border=4, omitsize=True)
    return found


def _data(letter: Letter) -> dict[str, object]:
    return {
        "house": letter.house,
        "name": clean(letter.name),
        "day": typography.day(letter.day),
        "date": [letter.day.year, letter.day.month, letter.day.day],
        "greeting": letter.greeting,
        "closing": letter.closing,
        "postal": [clean(line) for line in letter.postal],
        "pickup": clean(letter.pickup[:1].upper() + letter.pickup[1:]),
        "publisher": clean(letter.publisher),
        "key": clean(letter.key),
        "large": letter.large_print,
        "health": HEALTH,
        "stops": list(dict.fromkeys(clean(item.sender) for item in letter.items)),
        "items": [_item(item) for item in letter.items],
    }


def _item(item: Item) -> dict[str, object]:
    keys = ("title", "text", "when", "reason", "photo_alt", "photo_credit", "phone", "action")
    return {key: item.get(key) for key in keys} | {
        "facts": item.facts,
        "alcohol": item.alcohol,
    }
