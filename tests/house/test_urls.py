"""Every URL is public by name, with its reason, or guarded."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from parvis.demo.views import demo_only
from parvis.pages.residents import resident_required

from .routes import Route, routes

PUBLIC = {
    "pages:home": "the agenda is for everyone",
    "pages:window": "a shop's window is for everyone",
    "pages:agenda": "the agenda is for everyone",
    "pages:commune": "what is on in a commune, and who is open there",
    "pages:doors": "who is open now",
    "pages:robots": "for search engines",
    "pages:search": "finds what is already public",
    "pages:sitemap": "for search engines",
    "pages:window-legal": "rule 12: who publishes a window is told to all",
    "pages:legal": "rule 12: who publishes the site is told to all",
    "pages:privacy": "what is kept of people is told to all",
    "pages:accessibility": "the statement is public (rule 14)",
    "pages:components": "the style guide holds no data",
    "pages:join-short": "a printed code leads to the page where anyone joins",
    "pages:join": "anyone may join a shop; nobody is looked up before their address has answered (decision 5)",
    "pages:join-code": "the signed link is of what was typed, and only the code that the address received confirms it",
    "pages:join-again": "the signed link is of what was typed; codes leave within their limits",
    "pages:join-done": "the signed link is of what was typed, and tells nothing else",
    "pages:me-enter": "the way in",
    "pages:me-code": "the way in",
    "pages:me-goodbye": "says goodbye to whoever was forgotten",
    "pages:invitation": "the signed link tells who invites; accepting takes the code that the address receives",
    "pages:not-me": "the signed link is the key; it reduces, or answers where its address was asked (decisions 4, 5)",
    "announcements:page": "an announcement is said to everyone",
    "announcements:report": "anyone may tell that an announcement should not stand; it hides nothing by itself",
    "photos:file": "a public picture, under a key that cannot be guessed",
    "directory:index": "the public directory",
    "directory:commune": "the public directory",
    "directory:category": "the public directory",
    "directory:business": "the public directory",
    "directory:claim": "how a page is claimed; nothing opens before the association, or the code of its letter",
    "directory:delist": "decision 7: a page is taken down in one click, by anyone",
    "directory:taken-down": "the browser that took a page down reads what it did, and undoes it within the day",
    "delivery:why": "the signed link is the key, and can only reduce (decision 4)",
    "delivery:fewer": "the signed link is the key, and can only reduce (decision 4)",
    "delivery:stop": "the signed link is the key, and can only reduce (decision 4)",
    "delivery:one-click": "RFC 8058: the mailbox posts without a session",
    "set_language": "in which language one reads, kept in a cookie",
    "account_login": "the way in",
    "account_request_login_code": "the way in",
    "account_confirm_login_code": "the way in",
    "account_passkey_login": "the way in, by what a device proves",
    "account_logout": "the way out",
}

# The code of the wrapper that each guard puts around a view: a name can be borrowed, this cannot.
GUARDS = {
    getattr(guard(lambda request: HttpResponse()), "__code__", None)
    for guard in (login_required, demo_only, resident_required)
}


def guarded(view: Callable[..., Any] | None) -> bool:
    while view is not None:
        if getattr(view, "__code__", None) in GUARDS:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def unguarded(all_routes: Iterable[Route], public: Iterable[str]) -> list[str]:
    known = set(public)
    return [
        f"{route.name} is open to anyone" for route in all_routes if route.name not in known and not guarded(route.view)
    ]


def stale(all_routes: Iterable[Route], public: Iterable[str]) -> list[str]:
    """Names that open nothing any more, and would one day open something else."""
    return sorted(set(public) - {route.name for route in all_routes})


def planted(request: HttpRequest) -> HttpResponse:
    return HttpResponse("les fiches de tout le monde")


def test_every_url_is_public_by_name_or_guarded() -> None:
    assert unguarded(routes(), PUBLIC) == []


def test_the_list_of_public_urls_holds_no_leftover() -> None:
    assert stale(routes(), PUBLIC) == []


def test_a_planted_open_view_is_seen() -> None:
    bare = Route("pages:planted", frozenset(), planted)
    behind = Route("pages:behind", frozenset(), login_required(planted))
    assert unguarded([bare, behind], PUBLIC) == ["pages:planted is open to anyone"]


def test_a_planted_leftover_is_seen() -> None:
    assert stale(routes(), [*PUBLIC, "pages:gone"]) == ["pages:gone"]
