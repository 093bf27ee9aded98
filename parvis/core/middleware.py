"""Turns a refusal into an answer that a person can read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from .errors import Refused


class RefusedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            body = {"type": "about:blank", "status": error.status, "detail": error.sentence}
            return JsonResponse(body, status=error.status, content_type="application/problem+json")
        return render(request, "core/refused.html", {"sentence": error.sentence}, status=error.status)
