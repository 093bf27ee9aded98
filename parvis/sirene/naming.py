"""The name under which an establishment is shown, by a stated rule; never the name of a natural person.

In order: its sign, its trade name, the name of the legal person behind it, that person's acronym; failing
those its trade and street ("Épicerie, rue du Commerce"), or its trade and commune
("Boulangerie à Mamoudzou").
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from parvis.sirene.activities import Unknown, activity_of
from parvis.sirene.addresses import house_number, street_name
from parvis.sirene.casing import plain, title
from parvis.sirene.establishments import Establishment

_NOT_NAMES = frozenset({"SANS", "NEANT", "AUCUN", "AUCUNE", "NON", "IDEM", "SANS ENSEIGNE", "SANS NOM", "ND"})


class Rule(StrEnum):
    SIGN = "sign"
    TRADE_NAME = "trade_name"
    UNIT_NAME = "unit_name"
    ACRONYM = "acronym"
    TRADE_AND_STREET = "trade_and_street"
    TRADE_AND_COMMUNE = "trade_and_commune"


@dataclass(frozen=True, slots=True)
class DisplayName:
    text: str
    rule: Rule


def display_names(establishments: Iterable[Establishment], *, communes: Mapping[str, str]) -> dict[str, DisplayName]:
    """The names of a territory's establishments, by SIRET. `communes` gives the written names by INSEE code.

    Names made of trade and street that several establishments of one commune would share take the street
    number; those that have no number stay alike.
    """
    named = [(each, display_name(each, commune=communes.get(each.commune, ""))) for each in establishments]
    shared = Counter((each.commune, name.text) for each, name in named)
    return {each.siret: _numbered(each, name) if shared[each.commune, name.text] > 1 else name for each, name in named}


def display_name(establishment: Establishment, *, commune: str = "") -> DisplayName:
    """The name of one establishment alone. `commune` is its written name, else the register's is used."""
    for rule, name in _own_names(establishment):
        if _is_a_name(name):
            return DisplayName(title(_without_lone_bracket(name)), rule)
    trade = _trade(establishment)
    if street := street_name(establishment):
        return DisplayName(f"{trade}, {street}", Rule.TRADE_AND_STREET)
    place = commune or title(establishment.commune_label)
    return DisplayName(f"{trade} {_at(place)}".strip(), Rule.TRADE_AND_COMMUNE)


def _own_names(establishment: Establishment) -> list[tuple[Rule, str]]:
    names = [(Rule.SIGN, sign) for sign in establishment.signs]
    names.append((Rule.TRADE_NAME, establishment.trade_name))
    if not establishment.may_be_natural_person:
        names += [(Rule.UNIT_NAME, establishment.unit_name), (Rule.ACRONYM, establishment.unit_acronym)]
    return names


def _numbered(establishment: Establishment, name: DisplayName) -> DisplayName:
    number = house_number(establishment)
    if name.rule is not Rule.TRADE_AND_STREET or not number:
        return name
    return DisplayName(f"{_trade(establishment)}, {number} {street_name(establishment)}", name.rule)


def _trade(establishment: Establishment) -> str:
    activity = activity_of(establishment.activity, establishment.nomenclature, establishment.activity_2025)
    if isinstance(activity, Unknown) or activity.category is None:
        return "Établissement"
    return activity.category.singular


def _at(place: str) -> str:
    """ "à Mamoudzou", "au Mans", "aux Ulis"."""
    if place.startswith("Le "):
        return f"au {place[3:]}"
    if place.startswith("Les "):
        return f"aux {place[4:]}"
    return f"à {place}" if place else ""


def _is_a_name(text: str) -> bool:
    letters = re.sub(r"[^A-Z0-9]+", " ", plain(text)).strip()
    return len(letters) > 1 and letters not in _NOT_NAMES


def _without_lone_bracket(text: str) -> str:
    return text if text.count("(") == text.count(")") else text.replace("(", "").replace(")", "")
