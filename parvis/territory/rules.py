"""A point on the ground, and how a territory's name reads after « de »."""

from typing import NamedTuple

# « de » merges with some articles and elides before a vowel; « h » is left alone: mute in some names only.
_MERGED = {"Le ": "du ", "Les ": "des ", "La ": "de la ", "L’": "de l’", "L'": "de l’"}
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"


class Point(NamedTuple):
    """Degrees, WGS 84."""

    longitude: float
    latitude: float


def of_name(name: str) -> str:
    """« Mayotte » gives « de Mayotte », « Le Vexin » gives « du Vexin ». The host may say otherwise."""
    for article, merged in _MERGED.items():
        if name.startswith(article):
            return merged + name.removeprefix(article)
    return f"d’{name}" if name[:1].lower() in _VOWELS else f"de {name}"
