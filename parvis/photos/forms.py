from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from parvis.core import clock
from parvis.core.errors import Refused
from parvis.core.speech import mark
from parvis.law.rules import photo_statement_fr

from . import pictures
from .models import Photo


class PhotoForm(forms.Form):
    """A photo and the right to show it. Give `details()` to `add_photo` once valid."""

    file = forms.FileField(
        label=mark("Votre photo"),
        error_messages={
            "required": mark("Choisissez une photo."),
            "empty": mark("Ce fichier est vide. Choisissez une autre photo."),
            "missing": mark("La photo n’est pas arrivée. Choisissez-la de nouveau."),
            "invalid": mark("La photo n’est pas arrivée. Choisissez-la de nouveau."),
        },
        # Named formats, and not image/*: an iPhone then converts its HEIC photos by itself.
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    alt = forms.CharField(
        label=mark("Que voit-on sur la photo ?"),
        help_text=mark("Quelques mots, lus à voix haute aux personnes qui ne la voient pas."),
        max_length=200,
        error_messages={
            "required": mark("Dites en quelques mots ce que l’on voit sur la photo."),
            "max_length": mark("C’est trop long : 200 lettres au plus."),
        },
    )
    author = forms.CharField(
        label=mark("Qui l’a prise ?"),
        help_text=mark("Ce nom est écrit sous la photo."),
        max_length=120,
        error_messages={
            "required": mark("Donnez le nom de la personne qui a pris la photo."),
            "max_length": mark("C’est trop long : 120 lettres au plus."),
        },
    )
    right = forms.ChoiceField(
        label=mark("Avez-vous le droit de la montrer ?"),
        choices=[(right.value, right.label) for right in (Photo.Right.MINE, Photo.Right.FREE)],
        widget=forms.RadioSelect,
        error_messages={
            "required": mark("Dites si vous l’avez prise vous-même ou si elle est libre de tous droits."),
            "invalid_choice": mark("Dites si vous l’avez prise vous-même ou si elle est libre de tous droits."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["right"].help_text = photo_statement_fr(clock.today())

    def clean_file(self) -> "UploadedFile[bytes]":
        """Read it whole here, so that what is wrong is said beside the field and what was typed is kept."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            pictures.check_weight(upload.size or 0)
            pictures.read(upload.read())
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        upload.seek(0)
        return upload

    def details(self) -> dict[str, Any]:
        """The arguments of `add_photo` that were typed: upload, alt, author, right."""
        typed = self.cleaned_data
        return {
            "upload": typed["file"],
            "alt": typed["alt"],
            "author": typed["author"],
            "right": typed["right"],
        }
