"""A photograph that was sent with words missing: it waits, and nobody sends it twice."""

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from parvis.core import waiting
from parvis.photos.forms import PhotoForm


def sent(request: HttpRequest, place: str) -> "MultiValueDict[str, UploadedFile[bytes]]":
    """The files of this request, else the photograph that waits at this place (a key of the session)."""
    held = waiting.find(request.session.get(place, ""))
    if held and "file" not in request.FILES:
        return MultiValueDict({"file": [SimpleUploadedFile("photo", held.read_bytes())]})
    return request.FILES


def hold(request: HttpRequest, place: str, form: PhotoForm) -> None:
    """Only one that can be read."""
    if "file" in form.cleaned_data:
        let_go(request, place)
        request.session[place] = waiting.keep(form.cleaned_data["file"].read())


def let_go(request: HttpRequest, place: str) -> None:
    waiting.drop(request.session.pop(place, ""))


def waits(request: HttpRequest, place: str) -> bool:
    return waiting.find(request.session.get(place, "")) is not None


def began(request: HttpRequest, files: "MultiValueDict[str, UploadedFile[bytes]]") -> bool:
    """Whoever says nothing of a photo has none; whoever began to, is told what misses."""
    return bool(files or request.POST.get("alt", "").strip() or request.POST.get("right"))
