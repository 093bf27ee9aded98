"""What a URL of the site is asked with, and who may."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from .world import World

ANYONE, NOBODY, SIGNED_IN = "anyone", "nobody", "signed in"
RESIDENT = "a resident by a code"  # which no user is, whatever their role


@dataclass(frozen=True, slots=True)
class Address:
    """One URL with its arguments.

    need: the permission that opens it, or SIGNED_IN, RESIDENT, ANYONE, NOBODY. at: the organisation in the URL.
    fits: whether its other object is that organisation's own. data: what a POST sends, good enough to write.
    public_file: what a browser may keep, whoever asks.
    """

    arguments: dict[str, Any] = field(default_factory=dict)
    need: str = ANYONE
    at: str = ""
    fits: bool = True
    data: dict[str, Any] = field(default_factory=dict)
    public_file: bool = False


Describe = Callable[[World], Iterator[Address]]


def each_object(need: str, owners: Callable[[World], Iterator[tuple[int, set[str]]]], name: str = "pk") -> Describe:
    """Each object asked at each organisation: its own, and those of others under one's own slug."""

    def describe(world: World) -> Iterator[Address]:
        for slug in world.organisations:
            for pk, mine in owners(world):
                yield Address({"slug": slug, name: pk}, need, slug, fits=slug in mine)

    return describe


def sending(addresses: Iterator[Address], data: dict[str, Any]) -> Iterator[Address]:
    yield from (replace(address, data=data) for address in addresses)
