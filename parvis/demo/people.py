"""Invented residents: names, addresses, habits and tastes that a seed decides. Not one of them exists.

Their e-mail addresses end in .example (RFC 2606); Arcep keeps their block of telephone numbers for fiction.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

Commune = tuple[str, str, str, int]  # INSEE code, postcode, name, weight

# Weights: inhabitants in hundreds.
PLATEAU_BRIARD: tuple[Commune, ...] = (
    ("94075", "94440", "Villecresnes", 116),
    ("94070", "94440", "Santeny", 39),
    ("94047", "94520", "Mandres-les-Roses", 49),
    ("94048", "94440", "Marolles-en-Brie", 48),
    ("94056", "94520", "Périgny", 27),
    ("91631", "91480", "Varennes-Jarcy", 25),
)

EMAIL, PAPER, PHONE = "email", "paper", "phone"
_RHYTHMS, _RHYTHM_WEIGHTS = (0, 1, 2, 4, 7), (4, 22, 44, 20, 10)
_DECADES = ((1932, 8), (1942, 15), (1952, 19), (1962, 19), (1972, 17), (1982, 13), (1992, 9))
_LAST_ADULT_BIRTH = 2005
_NEAR, _TO_TASTE = 4, 4  # how much likelier one goes to a shop of one's commune, or of one's tastes
_FOR_IT = 0.7  # of those who go to a shop like one of the things that it speaks of


@dataclass(frozen=True, slots=True)
class InventedPerson:
    title: str  # "Mme" or "M."
    given_name: str
    family_name: str
    email: str | None
    phone: str | None  # E.164
    address: str  # number and street
    insee: str
    postcode: str
    town: str
    birth_year: int
    channel: str  # "email", "paper" or "phone"; the address that it needs is always there
    rhythm: int  # announcements a week
    large_print: bool
    adult: bool  # said so; whoever did not may well be one
    profiling: bool
    tastes: tuple[tuple[str, bool], ...]  # interest, liked or refused; each interest once
    customers_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shop:
    """Where invented people go. `weight`: how many do, beside the other shops."""

    slug: str
    insee: str = ""
    weight: float = 1
    interests: tuple[str, ...] = ()


def invent_people(
    n: int,
    *,
    seed: int,
    communes: Sequence[Commune] = PLATEAU_BRIARD,
    interests: Sequence[str] = (),
    families: Sequence[Sequence[str]] = (),
    shops: Sequence[Shop] = (),
    domain: str = "courrier.example",
    phones: range = range(6000),
) -> list[InventedPerson]:
    """`n` people, the same for the same arguments.

    Nobody likes at random: each has one to three of the `families` (interests that go together) and likes
    several of each, with a stray one of `interests`. Everyone is a customer of one or more of the `shops`,
    rather of those near and to their taste.
    `phones`: the last four digits to draw from. Two calls whose people must not meet take another `domain`
    and other `phones`. ValueError when there are fewer numbers than people.
    """
    random = Random(f"people {seed}")
    births = [_birth(random) for _ in range(n)]
    channels = _channels(random, births)
    numbers = random.sample(phones, n)
    taken: set[str] = set()
    people = []
    for birth, channel, number, name in zip(births, channels, numbers, _names(random, births), strict=True):
        title, given, family = name
        insee, postcode, town, _ = random.choices(communes, [c[3] for c in communes])[0]
        tastes = _tastes(random, interests, families)
        mine = _customer_of(random, shops, insee, {slug for slug, liked in tastes.items() if liked})
        for shop in mine:
            if shop.interests and random.random() < _FOR_IT:
                tastes.setdefault(random.choice(shop.interests), True)
        person = InventedPerson(
            title=title,
            given_name=given,
            family_name=family,
            email=_email(given, family, domain, taken) if channel == EMAIL or random.random() < 0.3 else None,
            phone=f"+3363998{number:04d}" if channel == PHONE or random.random() < 0.65 else None,
            address=f"{random.randint(1, 64)} {random.choice(_lists()['streets'])}",
            insee=insee,
            postcode=postcode,
            town=town,
            birth_year=birth,
            channel=channel,
            rhythm=random.choices(_RHYTHMS, _RHYTHM_WEIGHTS)[0],
            large_print=channel == PAPER and random.random() < (0.5 if birth < 1950 else 0.12),
            adult=birth <= _LAST_ADULT_BIRTH and random.random() < 0.9,
            profiling=random.random() < 0.96,
            tastes=tuple(tastes.items()),
            customers_of=tuple(shop.slug for shop in mine),
        )
        people.append(person)
    return people


def _customer_of(random: Random, shops: Sequence[Shop], insee: str, likes: set[str]) -> list[Shop]:
    count = min(len(shops), random.choices((1, 2, 3, 4), (34, 34, 21, 11))[0])
    # Drawn without putting back: the least of exponential waits, each as short as its shop is tempting.
    waits = [(random.expovariate(_pull(shop, insee, likes)), rank) for rank, shop in enumerate(shops)]
    return [shops[rank] for rank in sorted(rank for _, rank in sorted(waits)[:count])]


def _pull(shop: Shop, insee: str, likes: set[str]) -> float:
    near = _NEAR if shop.insee == insee else 1
    return shop.weight * near * (1 if likes.isdisjoint(shop.interests) else _TO_TASTE)


def _birth(random: Random) -> int:
    if random.random() < 0.03:
        return random.randint(2007, 2010)
    decade = random.choices([d for d, _ in _DECADES], [w for _, w in _DECADES])[0]
    return decade + random.randint(0, 9)


def _channels(random: Random, births: Sequence[int]) -> list[str]:
    """Exactly 60 % of e-mail and 25 % of paper, the older the likelier to prefer paper or a call."""
    ease = sorted(range(len(births)), key=lambda i: births[i] + random.gauss(0, 16), reverse=True)
    online, off = ease[: round(len(ease) * 0.6)], ease[round(len(ease) * 0.6) :]
    random.shuffle(off)
    channels = dict.fromkeys(online, EMAIL)
    channels |= {i: PAPER if k < round(len(births) * 0.25) else PHONE for k, i in enumerate(off)}
    return [channels[i] for i in range(len(births))]


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / "names.toml").read_text("utf-8"))


def _names(random: Random, births: Sequence[int]) -> Iterator[tuple[str, str, str]]:
    """Title, given name, family name. Nobody is named twice while the lists last."""
    origins = _lists()["origins"]
    taken: set[tuple[str, str]] = set()
    for birth in births:
        for _ in range(40):
            origin = random.choices(origins, [o["weight"] for o in origins])[0]
            woman = random.random() < 0.54
            generation = "before" if birth < 1968 else "since"
            given = random.choice(origin["women" if woman else "men"][generation])
            family = random.choice(origin["families"])
            if (given, family) not in taken:
                break
        taken.add((given, family))
        yield "Mme" if woman else "M.", given, family


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain.replace(" ", "-") if c.isascii() and (c.isalnum() or c == "-"))


def _email(given: str, family: str, domain: str, taken: set[str]) -> str:
    name = f"{_ascii(given)}.{_ascii(family)}"
    number = 1
    while (address := f"{name}{number if number > 1 else ''}@{domain}") in taken:
        number += 1
    taken.add(address)
    return address


def _tastes(random: Random, interests: Sequence[str], families: Sequence[Sequence[str]]) -> dict[str, bool]:
    said: dict[str, bool] = {}
    mine = random.sample(range(len(families)), min(len(families), random.choices((1, 2, 3), (35, 45, 20))[0]))
    for index in mine:
        family = families[index]
        for slug in random.sample(list(family), min(len(family), random.choice((1, 1, 2)))):
            said[slug] = True
    if interests and random.random() < 0.4:
        said.setdefault(random.choice(interests), True)
    others = [slug for index, family in enumerate(families) if index not in mine for slug in family]
    if others and random.random() < 0.35:
        for slug in random.sample(others, min(len(others), random.choice((1, 1, 2)))):
            said.setdefault(slug, False)
    return said
