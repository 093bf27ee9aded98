"""Every URL is public by name, with its reason, or guarded."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from parvis.demo.views import demo_only

from .routes import Route, routes

PUBLIC = {
    "pages:home": "the agenda is for everyone",
    "pages:window": "a shop's window is for everyone",
    "pages:components": "the style guide holds no data",
    "announcements:page": "an announcement is said to everyone",
    "photos:file": "a public picture, under a key that cannot be guessed",
    "directory:index": "the public directory",
    "directory:commune": "the public directory",
    "directory:category": "the public directory",
    "directory:business": "the public directory",
    "directory:delist": "decision 7: a page is taken down in one click, by anyone",
    "delivery:why": "the signed link is the key, and can only reduce (decision 4)",
    "delivery:fewer": "the signed link is the key, and can only reduce (decision 4)",
    "delivery:stop": "the signed link is the key, and can only reduce (decision 4)",
    "delivery:one-click": "RFC 8058: the mailbox posts without a session",
    "account_login": "the way in",
    "account_request_login_code": "the way in",
    "account_confirm_login_code": "the way in",
    "account_logout": "the way out",
}

# The code of the wrapper that each guard puts around a view: a name can be borrowed, this cannot.
GUARDS = {getattr(guard(lambda request: HttpResponse()), "__code__", None) for guard in (login_required, demo_only)}


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
