"""What no Python file of the house does."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .tree import ROOT, parsed, plant, python_files

Rule = Callable[[Path], list[str]]

MOST_LINES = 500
PURE = {"rules.py", "small_numbers.py"}
NAMELESS = {"utils", "helpers", "services", "managers"}
# (what it is read from, how): `from time import time` is told by its import.
CLOCKS = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"),
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("functions", "Now"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"), ("time", "strftime"),
}  # fmt: skip
SILENCED = re.compile(r"#\s*type:\s*ignore(?!\[)|#\s*noqa(?!:)", re.IGNORECASE)


def too_long(root: Path) -> list[str]:
    files = python_files(root, "parvis", "tests", "bench")
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    return [f"{path.relative_to(root)}: {n} lines" for path, n in sizes.items() if n > MOST_LINES]


def nameless(root: Path) -> list[str]:
    """Modules and packages whose name says nothing of what they do."""
    files = python_files(root, "parvis")
    return [str(p.relative_to(root)) for p in files if {p.stem, *p.parent.relative_to(root).parts} & NAMELESS]


def impure_rules(root: Path) -> list[str]:
    """Imports of Django, or of what stands on it, in a rules.py: other rules are pure too."""
    pure = re.compile(r"^parvis\.\w+\.rules(\.|$)|^parvis\.core\.(typography|speech|english)(\.|$)")
    found = []
    for path, module in parsed(root, "parvis"):
        if Path(path).name in PURE:
            names = [(node, name) for node in ast.walk(module) for name in _modules(node)]
            impure = [n for n in names if n[1].startswith(("django", "parvis")) and not pure.match(n[1])]
            found += [f"{path}:{getattr(node, 'lineno', 0)} imports {name}" for node, name in impure]
    return found


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        if not node.level:
            return [f"{node.module}.{alias.name}" for alias in node.names]
        # From its own package, a rules.py may only take what is not a layer above it.
        above = {"models", "queries", "actions", "forms", "views", "tasks", "urls"}
        named = {node.module} if node.module else {alias.name for alias in node.names}
        return [f"parvis.own.{name}" for name in named & above]
    return []


def clock_readers(root: Path) -> list[str]:
    """Reads of the time elsewhere than in core.clock, which tests and the demo hold still."""
    found = []
    for path, module in parsed(root, "parvis"):
        if path != "parvis/core/clock.py":
            found += [f"{path}:{line} reads the time: {what}" for line, what in _time_reads(module)]
    for page in sorted((root / "parvis").rglob("*.html")):
        if re.search(r"{%\s*now\s", page.read_text(encoding="utf-8")):
            found.append(f"{page.relative_to(root)} reads the time: {{% now %}}")
    return found


def _time_reads(module: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and (_last_name(node.value), node.attr) in CLOCKS:
            yield node.lineno, f"{_last_name(node.value)}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module:
            source = node.module.split(".")[-1]
            for alias in node.names:
                if (source, alias.name) in CLOCKS:
                    yield node.lineno, f"from {node.module} import {alias.name}"
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.lineno, f"{node.arg}="


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def careless(root: Path) -> list[str]:
    """Warnings silenced without saying which, errors caught without saying which, and words left on the console."""
    found = []
    for path in python_files(root, "parvis", "bench", "tests"):
        # This file writes what it looks for.
        lines = [] if path.name == Path(__file__).name else path.read_text(encoding="utf-8").splitlines()
        silenced = (n for n, line in enumerate(lines, start=1) if SILENCED.search(line))
        found += [f"{path.relative_to(root)}:{n} silences everything" for n in silenced]
    for path_, module in parsed(root, "parvis"):
        for node in ast.walk(module):
            if isinstance(node, ast.ExceptHandler) and node.type is None:
                found.append(f"{path_}:{node.lineno} catches everything")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                found.append(f"{path_}:{node.lineno} prints")
    return found


def silent_locks(root: Path) -> list[str]:
    """`select_for_update`, which does nothing on SQLite: what must wait is held by an update, on both."""
    return [
        f"{path}:{node.lineno} locks nothing on SQLite"
        for path, module in parsed(root, "parvis")
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr == "select_for_update"
    ]


def built_addresses(root: Path) -> list[str]:
    """`settings.BASE_URL` where a letter or a page is made: a territory may have a name of its own, which
    `territory.queries.absolute` knows. The demonstration has one territory, and none."""
    return [
        f"{path}:{node.lineno} writes an address by itself"
        for path, module in parsed(root, "parvis")
        if not path.startswith(("parvis/demo/", "parvis/territory/queries.py"))
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr == "BASE_URL"
    ]


RULES = [built_addresses, too_long, nameless, impure_rules, clock_readers, careless, silent_locks]

PLANTED = [
    (too_long, "parvis/contacts/long.py", "x = 1\n" * 501),
    (nameless, "parvis/contacts/helpers.py", ""),
    (nameless, "parvis/contacts/services/names.py", ""),
    (impure_rules, "parvis/contacts/rules.py", "from django.db import models\n"),
    (impure_rules, "parvis/contacts/rules.py", "from parvis.territory.models import Territory\n"),
    (impure_rules, "parvis/contacts/rules.py", "from .models import Person\n"),
    (clock_readers, "parvis/contacts/ages.py", "import datetime as dt\nx = dt.datetime.now()\n"),
    (clock_readers, "parvis/contacts/ages.py", "from django.utils.timezone import now\n"),
    (clock_readers, "parvis/contacts/ages.py", "f(default=1, auto_now_add=True)\n"),
    (clock_readers, "parvis/contacts/templates/contacts/foot.html", '{% now "Y" %}\n'),
    (careless, "parvis/contacts/ages.py", "x = 1  # type: ignore\n"),
    (careless, "parvis/contacts/ages.py", "import os  # noqa\n"),
    (careless, "parvis/contacts/ages.py", "try:\n    f()\nexcept:\n    g()\n"),
    (careless, "parvis/contacts/ages.py", "print(1)\n"),
    (built_addresses, "parvis/contacts/ages.py", "from django.conf import settings\nurl = settings.BASE_URL\n"),
    (silent_locks, "parvis/contacts/ages.py", "x = Person.objects.select_for_update().get()\n"),
    (impure_rules, "parvis/rounds/small_numbers.py", "from django.db import models\n"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED, ids=lambda value: getattr(value, "__name__", None))
def test_a_planted_breach_is_seen(tmp_path: Path, rule: Rule, path: str, text: str) -> None:
    assert len(rule(plant(tmp_path, path, text))) == 1
