"""Who makes this site, what it keeps of people, and who can read it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.accounts.actions.team import INVITATION_KEPT
from parvis.contacts import codes
from parvis.contacts.actions.first_message import LIFE as UNDONE_WITHIN
from parvis.core import clock
from parvis.law.rules import accessibility_level, kept_years

from ..joining import organisation_at
from ..legal import STATED_ON, notice, notice_of, years


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/legal.html", {"mentions": notice(), "contact": settings.LEGAL["contact"]})


@require_safe
def window_legal(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = organisation_at(request, slug)
    context = {"organisation": organisation, "mentions": notice_of(organisation), "contact": settings.LEGAL["contact"]}
    return render(request, "pages/window_legal.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Every term is read from the law's table or from the code that keeps to it."""
    prospect, customer, objection = kept_years(clock.today())
    context = {
        "prospect": years(prospect),
        "customer": years(customer),
        "objection": years(objection),
        "code_minutes": int(codes.LIFE.total_seconds() // 60),
        "code_days": codes.KEPT.days,
        "invitation_days": INVITATION_KEPT.days,
        "undone_days": UNDONE_WITHIN.days,
        "session_days": settings.SESSION_COOKIE_AGE // 86400,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "form_cookie": settings.CSRF_COOKIE_NAME,
        "language_cookie": settings.LANGUAGE_COOKIE_NAME,
        "publisher": settings.LEGAL["publisher"],
        "contact": settings.LEGAL["contact"],
    }
    return render(request, "pages/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {
        "level": accessibility_level(clock.today()),
        "stated_on": STATED_ON,
        "publisher": settings.LEGAL["publisher"],
        "contact": settings.LEGAL["contact"],
    }
    return render(request, "pages/accessibility.html", context)
