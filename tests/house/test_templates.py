"""Templates keep to their own app and core's, all serve, and every file or URL that they name exists."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.template.utils import get_app_template_dirs

from .routes import routes
from .tree import ROOT, app_of, plant, python_files

TEMPLATE = re.compile(r"""["']([\w/.-]+\.html)["']""")
SHARED = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
STATIC = re.compile(r"""{%-?\s*static\s+["']([^"']+)["']""")
# With "as", Django gives an empty string for a page that is not built yet, and the template asks.
URL = re.compile(r"""{%-?\s*url\s+["']([^"']+)["'](?![^%]*\sas\s)""")
CSS = re.compile(r"""(?:@import\s+|url\()["']?([^"')]+)["')]""")


def templates(root: Path) -> dict[str, Path]:
    """Name -> file, of the templates that Django's loader finds."""
    folders = (root / "parvis").glob("*/templates")
    return {p.relative_to(f).as_posix(): p for f in folders for p in sorted(f.rglob("*.html"))}


def library_templates() -> set[str]:
    """Names that an installed library renders itself, and that we may only replace."""
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    theirs = [folder for folder in folders if not folder.is_relative_to(ROOT / "parvis")]
    return {path.relative_to(folder).as_posix() for folder in theirs for path in folder.rglob("*.html")}


def private(root: Path) -> list[str]:
    """Templates that include or extend one of another app, core's apart, or one that does not exist. Those of a
    channel (delivery/channels/) are found beside themselves."""
    known = templates(root)
    found = []
    for page in sorted((root / "parvis").rglob("*.html")):
        own = app_of(page.relative_to(root).as_posix())
        for name in SHARED.findall(page.read_text(encoding="utf-8")):
            beside = page.parent / name
            if name not in known and not beside.is_file():
                found.append(f"{page.relative_to(root)}: {name} does not exist")
            elif name in known and app_of(known[name].relative_to(root).as_posix()) not in {own, "core"}:
                found.append(f"{page.relative_to(root)}: {name} belongs to another app")
    return found


def _named(root: Path) -> Iterator[tuple[Path, str]]:
    """Every template name written in Python or in a template, and where."""
    for path in [*python_files(root, "parvis"), *sorted((root / "parvis").rglob("*.html"))]:
        for name in TEMPLATE.findall(path.read_text(encoding="utf-8")):
            yield path, name


def unused(root: Path) -> list[str]:
    """Templates that nobody names."""
    used = {name for _, name in _named(root)} | library_templates()
    return [str(path.relative_to(root)) for name, path in templates(root).items() if name not in used]


def missing(root: Path) -> list[str]:
    """Templates named in Python that do not exist, or that belong to another app than the file's own and core."""
    known = templates(root)
    found = []
    for path, name in _named(root):
        own = app_of(path.relative_to(root).as_posix())
        if path.suffix == ".py" and "/" in name:
            if name not in known:
                found.append(f"{path.relative_to(root)}: {name} does not exist")
            elif app_of(known[name].relative_to(root).as_posix()) not in {own, "core"}:
                found.append(f"{path.relative_to(root)}: {name} belongs to another app")
    return found


def missing_static(root: Path) -> list[str]:
    """Static files that a template or a style sheet names and that no app holds."""
    held = {p.relative_to(f).as_posix() for f in (root / "parvis").glob("*/static") for p in f.rglob("*.*")}
    found = []
    for page in sorted((root / "parvis").rglob("*.html")):
        names = STATIC.findall(page.read_text(encoding="utf-8"))
        found += [f"{page.relative_to(root)}: {name}" for name in names if name not in held]
    for sheet in sorted((root / "parvis").glob("*/static/**/*.css")):
        names = [n for n in CSS.findall(sheet.read_text(encoding="utf-8")) if not n.startswith(("data:", "#"))]
        found += [f"{sheet.relative_to(root)}: {n}" for n in names if not (sheet.parent / n).is_file()]
    return found


def unused_sheets(root: Path) -> list[str]:
    """Style sheets that no other sheet imports and no template links to."""
    sheets = sorted((root / "parvis").glob("*/static/**/*.css"))
    used = {(sheet.parent / name).resolve() for sheet in sheets for name in CSS.findall(sheet.read_text("utf-8"))}
    pages = [page.read_text(encoding="utf-8") for page in (root / "parvis").rglob("*.html")]
    linked = {name for page in pages for name in STATIC.findall(page)}
    return [
        str(sheet.relative_to(root))
        for sheet in sheets
        if sheet.resolve() not in used and sheet.as_posix().partition("/static/")[2] not in linked
    ]


def unknown_urls(root: Path) -> list[str]:
    """URL names in templates that the resolver does not know."""
    known = {route.name for route in routes()}
    pages = sorted((root / "parvis").rglob("*.html"))
    return [
        f"{page.relative_to(root)}: {name}"
        for page in pages
        for name in URL.findall(page.read_text(encoding="utf-8"))
        if name not in known
    ]


Rule = Callable[[Path], list[str]]
RULES: list[Rule] = [private, unused, missing, missing_static, unused_sheets, unknown_urls]
HOME = "parvis/pages/templates/pages/home.html"

PLANTED: list[tuple[Rule, str, str]] = [
    (private, HOME, '{% include "rounds/figures.html" %}'),
    (unused, "parvis/pages/templates/pages/forgotten.html", "<p>"),
    (missing, "parvis/pages/views.py", 'render(request, "pages/nowhere.html")\n'),
    (missing, "parvis/pages/views.py", 'render(request, "rounds/figures.html")\n'),
    (missing_static, HOME, "{% static 'core/nowhere.svg' %}"),
    (missing_static, "parvis/core/static/core/a.css", '@font-face { src: url("../nowhere.woff2") }'),
    (unused_sheets, "parvis/core/static/core/a.css", "p { margin: 0 }"),
    (unknown_urls, HOME, "{% url 'pages:nowhere' %}"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_templates_keep_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED, ids=lambda value: getattr(value, "__name__", None))
def test_a_planted_breach_is_seen(tmp_path: Path, rule: Rule, path: str, text: str) -> None:
    plant(tmp_path, "parvis/rounds/templates/rounds/figures.html", "<p>")
    plant(tmp_path, "parvis/rounds/views.py", '"rounds/figures.html"\n')
    assert len(rule(plant(tmp_path, path, text))) == 1
