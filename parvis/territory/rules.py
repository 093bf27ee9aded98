"""A point on the ground, and how a territory's name reads after « de »."""

import re
from typing import NamedTuple

# A host's name as browsers send it: labels of letters without accent, digits and hyphens.
_HOST = re.compile(r"(?=.{1,120}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")

# « de » merges with some articles and elides before a vowel; « h » is left alone: mute in some names only.
_MERGED = {"Le ": "du ", "Les ": "des ", "La ": "de la ", "L’": "de l’", "L'": "de l’"}
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"


class Point(NamedTuple):
    """Degrees, WGS 84."""

    longitude: float
    latitude: float


# What a country is called by takes an article of its own in a sentence: « du Val de Saire », not « de Val de Saire ».
_COMMON = {
    "du ": ("Pays", "Val", "Plateau", "Bassin", "Canton", "Grand", "Haut", "Bas", "Massif", "Golfe", "Cap", "Marais"),
    "de la ": ("Vallée", "Plaine", "Côte", "Presqu’île", "Presqu'île", "Haute", "Basse", "Baie"),
    "de l’": ("Île", "Ile", "Estuaire", "Agglomération"),
    "des ": ("Monts", "Vallées", "Îles", "Iles", "Coteaux", "Portes", "Trois", "Quatre"),
}


def of_name(name: str) -> str:
    """« Mayotte » gives « de Mayotte », « Le Vexin » gives « du Vexin ». The host may say otherwise."""
    first = name.partition(" ")[0]
    for merged, words in _COMMON.items():
        if first in words and first != name:
            return merged + name
    for article, merged in _MERGED.items():
        if name.startswith(article):
            return merged + name.removeprefix(article)
    return f"d’{name}" if name[:1].lower() in _VOWELS else f"de {name}"


def is_host_name(name: str) -> bool:
    """Lower case, without scheme, port or path."""
    return _HOST.fullmatch(name) is not None
