"""Every URL of the site, from the resolver: none can be forgotten."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Route:
    name: str  # as `reverse` takes it: "pages:home"
    parameters: frozenset[str]
    view: Callable[..., Any]


def routes(patterns: Iterable[URLPattern | URLResolver] | None = None, space: str = "") -> list[Route]:
    """A pattern without a name is told by its regex, so that it matches no description and fails."""
    found = []
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found += routes(entry.url_patterns, inner)
        else:
            name = f"{space}{entry.name or entry.pattern}"
            found.append(Route(name, frozenset(entry.pattern.converters), entry.callback))
    return found
