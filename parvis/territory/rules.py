"""Distances on the ground, and how a territory's name reads after « de »."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0088  # mean radius (IUGG)

# « de » merges with some articles and elides before a vowel; « h » is left alone: mute in some names only.
_MERGED = {"Le ": "du ", "Les ": "des ", "La ": "de la ", "L’": "de l’", "L'": "de l’"}
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"


class Point(NamedTuple):
    """Degrees, WGS 84."""

    longitude: float
    latitude: float


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance in kilometres (haversine): within 0.5 % of the ellipsoid's."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat = (lat_b - lat_a) / 2
    half_lon = radians(b.longitude - a.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def of_name(name: str) -> str:
    """« Mayotte » gives « de Mayotte », « Le Vexin » gives « du Vexin ». The host may say otherwise."""
    for article, merged in _MERGED.items():
        if name.startswith(article):
            return merged + name.removeprefix(article)
    return f"d’{name}" if name[:1].lower() in _VOWELS else f"de {name}"
