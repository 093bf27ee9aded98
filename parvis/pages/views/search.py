"""Finding a shop by its name, its trade, or what one needs."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.core import clock
from parvis.territory.queries import here

from ..search import LONGEST, find, results

SHOPS_A_PAGE = 15
MOST_HEARD = 6
EXAMPLES = ("offrir des fleurs", "réparer un vélo", "pain sans gluten", "un cadeau", "couper les cheveux")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    territory = here(request)
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    context = {"text": text, "longest": LONGEST, "examples": EXAMPLES}
    if not text:
        return render(request, "pages/search.html", context)
    now = clock.now()
    found = find(text, territory, list(territory.communes.defer("contour")), now)
    page = Paginator(found.hits, SHOPS_A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "found": found,
        "page": page,
        "results": results(found, list(page), territory, now),
        "heard": found.heard[:MOST_HEARD] if page.number == 1 else [],
    }
    return render(request, "pages/search.html", context)
