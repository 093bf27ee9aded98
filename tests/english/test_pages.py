"""Whoever reads English meets no French on any page, but for what people wrote."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db.models import CharField, TextField

from parvis.contacts.models import Interest
from parvis.core import clock
from tests.builders import TUESDAY
from tests.isolation.world import build
from tests.journeys.everywhere import Shown, everyone

# Words that no English sentence holds.
FRENCH = re.compile(
    r"\b(?:le|les|des|du|une|vous|votre|vos|et|est|dans|pas|ne|qui|cette|ces|aux|avec|nous|elle|il|leur|ou|où|sont|ont|"
    r"chez|mes|ses|ni|sans|par|pour|sur|au|à|été|être|plus|rien|tout|toute|tous|toutes|entrer|annuler|enregistrer|"
    r"annonces?|habitants?|commerces?|envies?|courriel|tournées?|jours?|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b"
    r"|\b(?:[dljnsctm]|qu|jusqu)’",
    re.IGNORECASE,
)
SPOKEN = {"alt", "aria-label", "title", "placeholder", "content"}
SILENT = {"script", "style"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reader(HTMLParser):
    """What a page says, but for what is told to be French, or not to be translated."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.above: list[tuple[str, bool]] = []  # tags, and whether one hears what is inside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        heard = (not self.above or self.above[-1][1]) and tag not in SILENT
        heard = heard and not (told.get("lang") == "fr" and tag != "html") and told.get("translate") != "no"
        if heard:
            self.said += [value for name, value in attrs if name in SPOKEN and value and "://" not in value]
        if tag not in VOID:
            self.above.append((tag, heard))

    def handle_endtag(self, tag: str) -> None:
        while self.above and self.above.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and (not self.above or self.above[-1][1]):
            self.said.append(" ".join(data.split()))


def people_s_words() -> re.Pattern[str]:
    """Names, addresses, announcements: all that the database holds, but for the subjects, which are ours."""
    words = set()
    for model in apps.get_models():
        if model is not Interest:
            fields = [one.attname for one in model._meta.fields if isinstance(one, CharField | TextField)]
            for row in model._default_manager.values_list(*fields):
                words |= {" ".join(str(value).split()) for value in row if value}
    kept = sorted((word for word in words if len(word) > 3), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, kept)))


def french_in(page: Shown, words: re.Pattern[str]) -> Iterator[str]:
    reader = Reader()
    reader.feed(page.body.decode())
    for sentence in reader.said:
        if FRENCH.search(words.sub("", sentence)):
            yield sentence


@pytest.mark.django_db
def test_a_page_read_in_english_holds_no_french_of_ours() -> None:
    with clock.frozen(TUESDAY):
        world = build()
        pages = [page for shown in everyone(world, "en") for page in shown.pages]
        words = people_s_words()
    found: dict[str, list[str]] = {}
    for page in pages:
        for sentence in french_in(page, words):
            found.setdefault(sentence, []).append(page.name)
    assert not found, "\n".join(f"{sentence}  [{', '.join(sorted(set(names)))}]" for sentence, names in found.items())
