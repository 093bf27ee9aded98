"""A number that no database holds, typed in an address or a field, names nothing: it breaks no page."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse

from parvis.pages.forms_compose import SubjectForm
from tests.house.tree import ROOT

from .addresses import ADDRESSES
from .describing import Address
from .test_walk import ask, signed_in
from .world import HOLDS, World

NUMBER = re.compile(r"(?<=/)\d+(?=/)")
READ = re.compile(r"""GET\.get(?:list)?\(\s*["'](\w+)""")
# Over 64 bits, and over what Python reads from text.
HUGE, ENDLESS = str(2**64), "9" * 5000


def asked_in_addresses() -> set[str]:
    """Every name that a view reads after the question mark, and those of the form that is asked there."""
    views = (path.read_text("utf-8") for path in (ROOT / "parvis").rglob("*.py"))
    return {*SubjectForm.base_fields, *(name for text in views for name in READ.findall(text))}


def own_addresses(world: World, role: str) -> Iterator[tuple[str, str, Address]]:
    """The pages that open to this role, each shape once."""
    for name, describe in ADDRESSES.items():
        shapes = set()
        for address in describe(world):
            url = reverse(name, kwargs=address.arguments)
            shape = NUMBER.sub("", url)
            if shape not in shapes and address.fits and (not address.at or address.at in HOLDS[role]):
                shapes.add(shape)
                yield name, url, address


def broken(world: World, role: str, number: str) -> list[str]:
    client, query = signed_in(world, role), f"?{'&'.join(f'{name}={number}' for name in sorted(asked_in_addresses()))}"
    found = []
    for name, url, address in own_addresses(world, role):
        # « /bureau/la-brassee/clients/12/ » becomes « …/9999…/ ».
        other, typed = NUMBER.sub(number, url), dict.fromkeys([*address.data, "interests", "interest"], number)
        asked = [("GET", url + query), ("POST", url), *([("GET", other)] if other != url else [])]
        outcomes = [(method, path, ask(client, method, path, typed).outcome) for method, path in asked]
        found += [f"{method} {name} {path[:80]}" for method, path, outcome in outcomes if outcome == "broken"]
    return found


def test_there_are_names_to_ask() -> None:
    assert {"page", "interests", "q"} <= asked_in_addresses()


@pytest.mark.parametrize(
    ("role", "number"),
    [("florist", HUGE), ("florist", ENDLESS), ("officer", HUGE)],
    ids=["florist", "florist, no end", "officer"],
)
def test_no_number_breaks_a_page(world: World, role: str, number: str) -> None:
    assert broken(world, role, number) == []
