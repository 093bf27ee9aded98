"""The English catalogue of each app: what it must hold, as the code and the templates say it.

`python -m tests.english.catalogue` takes up new sentences, drops those that nobody says any more, compiles, and lists
what has no English yet. What is translated by hand is `parvis/<app>/locale/en/LC_MESSAGES/django.po`.
"""

import ast
import csv
import io
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

Message = str | tuple[str, str]  # a plural is the two of them

ROOT = Path(__file__).resolve().parents[2]
APPS = sorted(path.parent.name for path in (ROOT / "parvis").glob("*/__init__.py"))
CALLS = {"say", "mark"}
GETTEXT = ("gettext", "ngettext", "pgettext", "npgettext", "_")
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = b"""msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
COUNTED = re.compile(r'\|count_fr:"([^"]+)"')
# Words that live in data: the file, and which of its fields are read by people.
DATA: dict[str, dict[str, set[str]]] = {
    "contacts": {"data/interests.toml": {"name", "liked"}},
    "sirene": {"data/categories.csv": {"singular", "plural"}, "data/groups.csv": {"label"}},
}


def said_by(app: Path) -> list[Message]:
    """Each sentence of an app that has to have its English, in order, once."""
    found: dict[Message, None] = {}
    for path in sorted(app.rglob("*.py")):
        if "migrations" not in path.parts:
            found |= dict.fromkeys(_of_python(path))
    for path in sorted(app.rglob("templates/**/*.html")):
        found |= dict.fromkeys(_of_template(path))
    for name, fields in DATA.get(app.name, {}).items():
        found |= dict.fromkeys(_of_data(_table(app / name), fields))
    return list(found)


def _of_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in CALLS:
                yield from _constants(node.args[:1])
            elif name == "count" and len(node.args) > 1:
                yield from counted(list(_constants([*node.args[1:], *(k.value for k in node.keywords)])))


def _constants(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _constants([node.body, node.orelse])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value


def counted(words: list[str]) -> list[str]:
    """A noun, its plural and what is said of none, as `typography.count` takes them."""
    words = [word for word in words if word]
    return words if len(words) != 1 else [words[0], f"{words[0]}s"]


def _of_template(path: Path) -> Iterator[Message]:
    source = path.read_text("utf-8")
    # What is not said becomes rows of X, whose indentation is no Python.
    marked = io.BytesIO(re.sub(r"^[^\S\n]+", "", templatize(source), flags=re.MULTILINE).encode())
    for _, function, words, _ in extract_python(marked, dict.fromkeys(GETTEXT), [], {}):
        plural = function == "ngettext"
        yield (str(words[0]), str(words[1])) if plural else str(words if isinstance(words, str) else words[0])
    for noun in COUNTED.findall(source):
        yield from counted(noun.split(","))


def _table(path: Path) -> object:
    text = path.read_text("utf-8")
    return tomllib.loads(text) if path.suffix == ".toml" else list(csv.DictReader(text.splitlines(), delimiter=";"))


def _of_data(data: object, fields: set[str]) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in fields:
                yield from [value] if isinstance(value, str) else value
            else:
                yield from _of_data(value, fields)
    elif isinstance(data, list):
        for one in data:
            yield from _of_data(one, fields)


def written(app: Path) -> Catalog:
    path = _folder(app) / "django.po"
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def missing(app: Path) -> list[Message]:
    catalogue = written(app)
    return [one for one in said_by(app) if not _english(catalogue, one)]


def _english(catalogue: Catalog, message: Message) -> bool:
    found = catalogue.get(message)
    if found is None or "fuzzy" in found.flags:
        return False
    return all(found.string) if isinstance(found.string, tuple | list) else bool(found.string)


def compiled(app: Path) -> bytes:
    catalogue, out = written(app), io.BytesIO()
    # Babel puts today's date in the header of what it compiles: here the same catalogue is the same file.
    catalogue.creation_date = catalogue.revision_date = SOME_DAY
    write_mo(out, catalogue)
    return out.getvalue()


def renew(app: Path) -> None:
    """The sentences of today, with the English of yesterday."""
    before, now = written(app), Catalog(locale="en")
    for message in said_by(app):
        known = before.get(message)
        now.add(message, known.string if known else None, flags=["python-brace-format"] if _braced(message) else [])
    if not len(now):
        return
    folder, out = _folder(app), io.BytesIO()
    folder.mkdir(parents=True, exist_ok=True)
    write_po(out, now, width=118, omit_header=True)
    (folder / "django.po").write_bytes(HEADER + out.getvalue())
    (folder / "django.mo").write_bytes(compiled(app))


def _braced(message: Message) -> bool:
    return "{" in (message if isinstance(message, str) else message[0])


def _folder(app: Path) -> Path:
    return app / "locale" / "en" / "LC_MESSAGES"


if __name__ == "__main__":
    for name in sys.argv[1:] or APPS:
        renew(ROOT / "parvis" / name)
        for message in missing(ROOT / "parvis" / name):
            print(f"{name}: {message}")
