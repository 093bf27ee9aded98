from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from parvis.core.speech import say

from .models import Photo
from .queries import photo_path

TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}


@require_safe
def file(_request: HttpRequest, key: str, size: int, extension: str) -> HttpResponseBase:
    """Public by its key, which cannot be guessed; nothing lists the keys."""
    photo = get_object_or_404(Photo, key=key)
    if photo.withdrawn_at:
        gone = HttpResponse(say("Cette photo a été retirée."), status=410, content_type="text/plain; charset=utf-8")
        gone["Cache-Control"] = "no-store"
        return gone
    try:
        content = photo_path(key, size, extension).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=TYPES[extension])
    # The file of a key never changes; private, since a shared cache would outlive a withdrawal.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
