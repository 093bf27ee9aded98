"""Which spreadsheet?"""

from typing import Any

from django import forms

from parvis.contacts.spreadsheet.reading import EMPTY, TOO_HEAVY
from parvis.contacts.spreadsheet.shapes import MAX_BYTES
from parvis.core.speech import mark


class SheetForm(forms.Form):
    file = forms.FileField(
        label=mark("Votre fichier"),
        help_text=mark("Un tableur Excel (.xlsx), LibreOffice (.ods) ou un fichier .csv, tel qu’il est."),
        widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        error_messages={
            "required": mark("Il manque le fichier : choisissez-le dans votre téléphone ou votre ordinateur."),
            "invalid": mark("Ce fichier n’est pas arrivé entier : choisissez-le à nouveau."),
            "missing": mark("Ce fichier n’est pas arrivé entier : choisissez-le à nouveau."),
            "empty": EMPTY,
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_HEAVY)
        return file
