"""Letters for invented people, used by the tests of every channel."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

from PIL import Image

from parvis.delivery.channels.letter import Item, Letter

BASE = "https://plateau.example"
# What a hostile or careless hand could type into any field, for e-mail, HTML and typst alike.
NASTY = '#panic("x") *gras* $x$ @cle \\ <b>x</b> </td> {{ letter }} & "q" `r` [y] // /* _i_'


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (90, 60), "#FFC400").save(file, "JPEG")
    return file.getvalue()


def item(*, sender: str = "La Brassée", alcohol: bool = False, **content: str) -> Item:
    told = {
        "title": "Couronnes de l’avent",
        "text": "Feuillages, oranges et rubans.",
        "kind": "workshop",
        "when": "Samedi 28 novembre, 14 h 30",
        "where": f"{sender}, Villecresnes",
        "price": "35 €",
        "seats": "4 places sur 10",
        "photo": "",
        "photo_alt": "Une couronne de houx",
        "photo_credit": "Image de démonstration",
        "url": f"{BASE}/annonces/12/",
        "action": "Réserver une place",
        "reason": "Vous aimez les ateliers, et vous avez dit oui à La Brassée le 14 mars.",
        "paper": "or",
        "phone": "01 99 00 12 07",
    }
    return Item(sender, told | content, alcohol, False, f"{BASE}/m/jeton/arreter/{len(sender)}/")


def whisky(**content: str) -> Item:
    told = {"title": "Le Japon en cinq whiskys", "action": "Voir la dégustation", "phone": "01 99 00 33 21"}
    return item(sender="Cave du Tilleul", alcohol=True, **(told | content))


def letter(*items: Item, **changes: Any) -> Letter:
    made = Letter(
        key="round-12-person-55",
        name="Mme Ferrand",
        territory="Plateau briard",
        of_territory="du Plateau briard",
        day=dt.date(2026, 11, 26),
        subject="Samedi des couronnes",
        foot="Quatre autres annonces vous attendent dans l’agenda.",
        count_line="Vous en êtes à 3 annonces cette semaine, sur 4 au plus",
        items=items or (item(), whisky()),
        why_url=f"{BASE}/m/jeton/pourquoi/",
        fewer_url=f"{BASE}/m/jeton/moins/",
        stop_url=f"{BASE}/m/jeton/tout/",
        one_click_url=f"{BASE}/m/un-clic/{'eyJwIjo1NX0' * 12}/",
        publisher="Les Enseignes du Plateau, 3 place du Marché, 94440 Villecresnes",
        postal=("Mme Ferrand", "12 rue des Merles", "94440 Villecresnes"),
        large_print=False,
        pickup="",
    )
    return replace(made, **changes)


def flat(text: str) -> str:
    """Text without its line breaks, no-break spaces and cutting marks, to look for a sentence in it."""
    return " ".join(text.replace("\u200b", "").split())
