"""The templates, style sheets and tags that every page is made of."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Template
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Route, sync_playwright
from pytest_django import Settings

import parvis.core

CORE = Path(parvis.core.__file__).parent
TEMPLATES = CORE / "templates" / "core"
CSS = CORE / "static" / "core" / "css"
PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MANIFEST = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
PAPERS = ("or", "rose", "ciel", "tilleul", "saumon", "parme", "blanc", "reason")
INKS = ("ink", "ink-2", "outremer", "rouge", "sapin")


@pytest.fixture(autouse=True)
def static_without_manifest(settings: Settings) -> None:
    settings.STORAGES = PLAIN_STATIC
    settings.STATIC_URL = "/static/"


def render(source: str, **context: object) -> str:
    return Template("{% load components fr %}" + source).render(Context(context))


PAGES = ("base", "question", "message", "refused", "403", "404", "500", "components")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_renders_without_any_context(name: str) -> None:
    page = render_to_string(f"core/{name}.html")
    assert '<html lang="fr">' in page
    assert page.count("<main") == 1
    assert 'href="#principal"' in page


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_writes_what_the_security_policy_refuses(path: Path) -> None:
    assert not re.search(r"<style|<script|\sstyle=|\son[a-z]+=|https?://", path.read_text())


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.svg")), ids=lambda path: path.name)
def test_an_icon_takes_the_colour_of_its_words_and_is_silent(path: Path) -> None:
    svg = path.read_text()
    assert 'fill="currentColor"' in svg
    assert 'aria-hidden="true"' in svg


def test_an_icon_alone_has_a_name() -> None:
    assert '<span class="hidden">Menu</span>' in render('{% icon "list" label="Menu" %}')
    assert "hidden</span>" not in render('{% icon "list" %}')


def test_the_current_tab_has_a_filled_icon_where_there_is_one() -> None:
    assert render('{% icon "heart" fill=True %}') != render('{% icon "heart" %}')
    assert render('{% icon "phone" fill=True %}') == render('{% icon "phone" %}')


def test_the_style_sheet_imports_every_file_and_nothing_else() -> None:
    imported = set(re.findall(r'@import "([^"]+)"', (CSS / "parvis.css").read_text()))
    present = {path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")} - {"parvis.css"}
    assert imported == present


def test_layers_and_fonts_survive_hashed_names(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = MANIFEST
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    sheets = list((tmp_path / "core" / "css").glob("parvis.*.css"))
    assert len(sheets) == 1
    for url, layer in re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\)', sheets[0].read_text()):
        assert (sheets[0].parent / url).exists()
        assert layer in {"reset", "tokens", "base", "components", "utilities", "print"}
    fonts = next((tmp_path / "core" / "css").glob("fonts.*.css"))
    for url in re.findall(r'url\("([^"]+)"\)', fonts.read_text()):
        assert (fonts.parent / url).exists()


class Seats(forms.Form):
    seats = forms.IntegerField(label="Combien de places", help_text="Comptez les enfants.")
    channel = forms.ChoiceField(label="Votre canal", choices=[("e", "E-mail")], widget=forms.RadioSelect)
    adult = forms.BooleanField(label="Je suis majeur")


def field(name: str, form: forms.Form) -> str:
    return render_to_string("core/field.html", {"field": form[name]})


def test_a_field_is_tied_to_its_label_help_and_error() -> None:
    html = field("seats", Seats({"seats": "deux"}))
    assert '<label class="field__label" for="id_seats">' in html
    assert 'aria-invalid="true"' in html
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', html)
    assert described is not None
    for identifier in described[1].split():
        assert f'id="{identifier}"' in html


def test_a_field_without_error_says_nothing() -> None:
    html = field("seats", Seats({"seats": "2"}))
    assert "field__error" not in html
    assert "aria-invalid" not in html


def test_radios_are_a_named_group_that_tells_its_error() -> None:
    html = field("channel", Seats({}))
    assert '<legend class="choices__legend">Votre canal</legend>' in html
    assert 'aria-describedby="id_channel_error"' in html
    assert 'id="id_channel_error"' in html


def test_one_checkbox_has_its_words_in_its_label() -> None:
    html = field("adult", Seats({"adult": "on"}))
    assert re.search(r'<label class="choice"><input type="checkbox".*Je suis majeur', html, re.S)


def crowd(*counts: int) -> str:
    papers = ("encre", "rose", "ciel")
    parts = [{"paper": paper, "count": count, "label": paper} for paper, count in zip(papers, counts, strict=False)]
    return render("{% crowd parts %}", parts=parts)


def test_the_crowd_has_one_dot_per_person_and_repeats_the_numbers() -> None:
    html = crowd(40, 12)
    assert html.count("h0") == 2 * (40 + 12)  # each dot is a rim and a fill
    assert '<b class="crowd__n">40</b>' in html


def test_nobody_can_count_a_part_under_ten() -> None:
    assert len({crowd(40, few) for few in range(10)}) == 1
    assert "moins de dix" in crowd(40, 3)


def test_a_huge_crowd_says_how_many_a_dot_stands_for() -> None:
    html = crowd(9_000, 3, 500)
    assert "Un point pour 10 personnes" in html
    assert html.count("h0") == 2 * (900 + 1 + 50)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ '0639981234'|phone_fr }}", "06 39 98 12 34"),
        ("{{ 'Ouvert ?'|nb }}", "Ouvert ?"),
        ("{{ 3|count_fr:'personne' }} {{ 1|count_fr:'cheval,chevaux' }}", "3 personnes 1 cheval"),
        ("{{ 9|small_number }} {{ 10|small_number }}", "moins de dix 10"),
        ("{{ 0|count_fr:'cheval,chevaux,aucun cheval' }} {{ 0|count_fr:'place' }}", "aucun cheval 0 place"),
        ("{{ 1234|number_fr }}", "1 234"),
        ("oui {{ 'Le Fournil'|to_fr }}, rien {{ 'Les Enseignes'|of_fr }}", "oui au Fournil, rien des Enseignes"),
        ("[{{ nothing|date_fr }}]", "[]"),
        ("{{ nothing|when_fr }}{{ nothing|phone_fr }}{{ nothing|nb }}", ""),
    ],
)
def test_the_filters_word_things_in_french(source: str, text: str) -> None:
    assert render(source).replace("\u00a0", " ") == text


def test_a_filter_does_not_let_markup_through() -> None:
    assert render("{{ text|nb }}", text="<b> ?") == "&lt;b&gt;\u00a0?"


def tokens() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Day, night and on-paper values, as #rrggbb by token name."""
    css = (CSS / "tokens.css").read_text()
    ground, night_and_after = css.split("@media (prefers-color-scheme: dark)")
    night, papers = night_and_after.split(".on-paper,", 1)
    pattern = r"--([\w-]+): (#[0-9a-f]{6});"
    day = dict(re.findall(pattern, ground))
    return day, day | dict(re.findall(pattern, night)), dict(re.findall(pattern, papers))


def luminance(colour: str) -> float:
    def channel(start: int) -> float:
        value = int(colour[start : start + 2], 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", INKS)
def test_every_ink_is_legible_on_every_paper_by_day_and_by_night(ink: str) -> None:
    day, night, on_paper = tokens()
    for scheme in (day, night):
        assert contrast(scheme[ink], scheme["ground"]) >= 4.5
        assert contrast(scheme[ink], scheme["surface"]) >= 4.5
        for paper in PAPERS:
            assert contrast(on_paper[ink], scheme[paper]) >= 4.5, paper


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "chromium", args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


def serve(route: Route) -> None:
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        assert isinstance(found, str), path
        route.fulfill(path=found)
    else:
        route.fulfill(body=render_to_string(f"core{path}.html", SHOWN), content_type="text/html")


SHOWN = {
    "territory": {"name": "Plateau briard", "slug": "plateau-briard"},
    "demo": True,
    "nav": [("Agenda", "/404", "calendar", True), ("Commerces", "/404", "storefront", False)],
    "acting": "Vous agissez pour La Brassée, mandat du 3 septembre 2026.",
    "sentence": "Il ne reste qu’une place.",
}


@pytest.mark.journey
@pytest.mark.parametrize(
    ("page", "width", "scheme"),
    [
        ("components", 320, "light"),
        ("components", 1440, "dark"),
        ("refused", 320, "dark"),
        ("404", 1440, "light"),
    ],
)
def test_axe_finds_nothing_and_nothing_overflows(browser: Browser, page: str, width: int, scheme: str) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    ) as context:
        tab = context.new_page()
        tab.route("**/*", serve)
        tab.goto(f"http://parvis.example/{page}")
        tab.evaluate("document.fonts.ready")
        report = Axe().run(tab, options={"preload": False})
        assert report.violations_count == 0, report.generate_report()
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
