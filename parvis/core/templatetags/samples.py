"""What the /composants/ page shows: invented, fixed, so that its picture only changes when a component does."""

from datetime import date, datetime
from typing import TypedDict

from django import forms
from django.core.paginator import Page, Paginator
from django.template import Library

from parvis.core.typography import PARIS

from .components import Part

register = Library()

PAPERS = ("or", "rose", "ciel", "tilleul", "saumon", "parme", "blanc")


class SampleForm(forms.Form):
    seats = forms.IntegerField(label="Combien de places\u00a0?", help_text="Comptez aussi les enfants.")
    phone = forms.CharField(label="Votre téléphone")
    sentence = forms.CharField(label="Votre phrase", widget=forms.Textarea, required=False)
    commune = forms.ChoiceField(choices=[("94075", "Villecresnes"), ("94047", "Mandres-les-Roses")])
    photo = forms.FileField(label="Une photo", required=False, help_text="Prise par vous, ou libre de droits.")
    kind = forms.ChoiceField(
        label="Qu’annoncez-vous\u00a0?",
        choices=[("arrival", "Une nouveauté"), ("workshop", "Un atelier"), ("news", "Une nouvelle")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="Quels jours\u00a0?",
        choices=[("2", "Mardi"), ("5", "Vendredi")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    rights = forms.BooleanField(
        label="J’ai pris cette photo moi-même", help_text="Elle est affichée sous votre responsabilité."
    )

    def clean_phone(self) -> str:
        raise forms.ValidationError("Il manque deux chiffres à la fin.")


class Samples(TypedDict):
    papers: tuple[str, ...]
    days: list[tuple[str, date]]
    moment: datetime
    crowd: list[Part]
    form: SampleForm
    page: Page[int]
    crumbs: list[tuple[str, str]]


@register.simple_tag
def component_samples() -> Samples:
    """Everything the /composants/ template cannot write itself."""
    form = SampleForm({"seats": "2", "phone": "06 39 98 12", "commune": "94075", "kind": "arrival", "days": ["5"]})
    return Samples(
        papers=PAPERS,
        days=[(paper, date(2026, 11, 23 + index)) for index, paper in enumerate(PAPERS)],
        moment=datetime(2026, 11, 28, 14, 30, tzinfo=PARIS),
        crowd=[
            Part(paper="encre", count=214, label="vont l’entendre"),
            Part(paper="saumon", count=187, label="N’aiment ni le whisky ni le Japon", url="#foule"),
            Part(paper="ciel", count=96, label="N’ont pas donné leur accord", url="#foule"),
            Part(paper="or", count=61, label="Ont leur compte cette semaine", url="#foule"),
            Part(paper="rose", count=34, label="Mineurs, ou âge inconnu", url="#foule"),
            Part(paper="tilleul", count=8, label="Leur adresse ne répond plus", url="#foule"),
        ],
        form=form,
        page=Paginator(range(60), 20).page(2),
        crumbs=[("Commerces", "#fil"), ("Villecresnes", "#fil"), ("La Brassée", "")],
    )
