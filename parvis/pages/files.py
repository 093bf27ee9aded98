"""Files of the outbox, for those who may print them."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse


def outbox_file(name: str) -> FileResponse:
    """A PDF by its path inside the outbox, as the database holds it."""
    path = (settings.OUTBOX / name).resolve()
    if not name or not path.is_relative_to(settings.OUTBOX.resolve()) or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="application/pdf", filename=path.name)


def private_pdf(data: bytes, name: str) -> HttpResponse:
    """A PDF made for this answer alone."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
