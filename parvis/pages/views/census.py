"""The residents of the territory, in counts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from parvis.accounts.rules import Permission
from parvis.core import clock
from parvis.core.speech import FRENCH

from ..census import as_csv
from ..census import residents as counted
from ..queries import desk_of


@login_required
@require_safe
def residents(request: HttpRequest, slug: str) -> HttpResponse:
    keeper = desk_of(request, slug, Permission.SEE_RESIDENTS)
    return render(request, "pages/residents.html", {"organisation": keeper, "told": counted(keeper.territory)})


@login_required
@require_safe
def residents_csv(request: HttpRequest, slug: str) -> HttpResponse:
    keeper = desk_of(request, slug, Permission.SEE_RESIDENTS)
    name = f"habitants-{keeper.territory.slug}-{clock.today().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    with translation.override(FRENCH):  # for a French spreadsheet, whatever the language of the page
        sheet = as_csv(counted(keeper.territory))
    return HttpResponse(sheet, content_type="text/csv; charset=utf-8", headers=headers)
