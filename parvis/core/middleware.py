"""Turns a refusal into an answer that a person can read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control

from .errors import Elsewhere, Refused
from .speech import mark, say

NOT_BY_ADDRESS = mark("Cette adresse ne s’ouvre pas ainsi. Revenez à la page d’avant, et appuyez sur son bouton.")


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: the session ran out, or cookies are refused."""
    sentence = say("Cette page a attendu trop longtemps. Rechargez-la, puis recommencez.")
    return render(request, "core/refused.html", {"sentence": sentence}, status=403)


class PrivateMiddleware:
    """What is shown to someone who is known here stays neither in the memory of a shared computer nor behind its back
    button: to a user, to a resident on their own page, to whoever is in the middle of something. A view that says by
    itself how long it may be kept, a photograph's, is left alone. Inside the sessions' middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Asked on the way in too: whoever goes out has none any more, and reads one last answer.
        before = not request.session.is_empty()
        response = self.get_response(request)
        if (before or not request.session.is_empty()) and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class RefusedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and "text/html" in request.headers.get("Accept", ""):
            page = render(request, "core/refused.html", {"sentence": NOT_BY_ADDRESS}, status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Elsewhere):
            return redirect(error.url)
        if not isinstance(error, Refused):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            body = {"type": "about:blank", "status": error.status, "detail": say(error.sentence)}
            return JsonResponse(body, status=error.status, content_type="application/problem+json")
        return render(request, "core/refused.html", {"sentence": error.sentence}, status=error.status)
