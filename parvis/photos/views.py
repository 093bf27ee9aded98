from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from parvis.core.speech import say

from .models import Photo
from .queries import photo_path, visible_to
from .showing import is_public

TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}
# A browser asks again after five minutes: a picture that was held, or withdrawn, stays on no screen for long. Private,
# since a shared cache would serve it to everyone meanwhile.
KEPT = "private, max-age=300, must-revalidate"


@require_safe
def file(request: HttpRequest, key: str, size: int, extension: str) -> HttpResponseBase:
    """By its key, which cannot be guessed and which nothing lists; while it is shown somewhere, or to whoever decides
    of it."""
    photo = get_object_or_404(Photo.objects.select_related("organisation"), key=key)
    if photo.withdrawn_at:
        return _gone()
    public = is_public(photo)
    if not public and not visible_to(request.user, photo):
        return _gone()
    etag = f'"{key}-{size}-{extension}"'
    # The file of a key never changes: whoever has it needs only be told that it may still be seen.
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        try:
            content = photo_path(key, size, extension).open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(content, content_type=TYPES[extension])
    response["ETag"] = etag
    response["Cache-Control"] = KEPT if public else "no-store"
    return response


def _gone() -> HttpResponse:
    """The same, whether it was withdrawn, held, or never said."""
    gone = HttpResponse(say("Cette photo ne se montre pas."), status=410, content_type="text/plain; charset=utf-8")
    gone["Cache-Control"] = "no-store"
    return gone
