"""What is documented exists, and what exists is documented."""

import ast
import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from .tree import IGNORED, ROOT, apps, plant, pyproject

SETTING = re.compile(r"\bPARVIS_[A-Z_]+\b")
DOCUMENTED_SETTING = re.compile(r"^\| `(PARVIS_[A-Z_]+)` \|", re.MULTILINE)
COMMAND_SECTION = re.compile(r"^## `(bin/[^`]+)`$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
FIRST_CELL = re.compile(r"^\|([^|]*)\|", re.MULTILINE)
OPTION = re.compile(r"`(--[a-z-]+)")
WRITTEN_COMMAND = re.compile(r"\bbin/(\w+)(?:[ \u00a0]+([a-z_]+)(?:[ \u00a0]+([a-z]+))?)?")
SETTINGS = Path("docs/host/reglages.md")
COMMANDS = Path("docs/host/commandes.md")


def undescribed_apps(root: Path) -> list[str]:
    """Apps without a docstring, or without a row in ARCHITECTURE.md; and rows without an app."""
    found = []
    for app in apps(root):
        init = (root / "parvis" / app / "__init__.py").read_text(encoding="utf-8")
        if not ast.get_docstring(ast.parse(init)):
            found.append(f"parvis/{app}/__init__.py has no docstring")
    page = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    named = {name for row in rows for name in re.findall(r"^\| `(\w+)` \|", row)}
    found += [f"{app} has no row in ARCHITECTURE.md" for app in apps(root) if app not in named]
    return found + [f"ARCHITECTURE.md has a row for {app}" for app in sorted(named - set(apps(root)))]


def settings_read(root: Path) -> set[str]:
    """Names of the environment that the code or a program of bin/ reads."""
    scripts = [path for path in (root / "bin").iterdir() if path.is_file()]
    files = [*scripts, *(root / "parvis").rglob("*.py")]
    return {name for path in files for name in SETTING.findall(path.read_text(encoding="utf-8"))}


def settings_gap(root: Path) -> list[str]:
    read, told = settings_read(root), set(DOCUMENTED_SETTING.findall((root / SETTINGS).read_text("utf-8")))
    return [f"{name} is read and not documented" for name in sorted(read - told)] + [
        f"{name} is documented and not read" for name in sorted(told - read)
    ]


def scripts(root: Path) -> dict[str, set[str]]:
    """The programs of bin/ and the options that their usage lines show. A management command is told apart."""
    found = {}
    for path in sorted((root / "bin").iterdir()):
        usage = [line for line in path.read_text("utf-8").splitlines() if line.startswith("# Usage:")]
        found[f"bin/{path.name}"] = set(re.findall(r"--[a-z-]+", " ".join(usage)))
    return found


def management_commands() -> dict[str, set[str]]:
    """Each "bin/parvis command verb" of ours, and its own options."""
    found = {}
    for name, app in get_commands().items():
        if isinstance(app, str) and app.startswith("parvis."):
            parser = load_command_class(app, name).create_parser("parvis", name)
            for verb, options in _verbs(parser).items():
                found[f"bin/parvis {name} {verb}".strip()] = options
    return found


def _verbs(parser: ArgumentParser) -> dict[str, set[str]]:
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            return {verb: _options(inner) for verb, inner in action.choices.items()}
        if action.dest == "verb":
            return {str(action.metavar): _options(parser)}
    return {"": _options(parser)}


def _options(parser: ArgumentParser) -> set[str]:
    """Without those that Django gives to every command."""
    from django.core.management.base import BaseCommand

    common = {o for a in BaseCommand().create_parser("parvis", "")._actions for o in a.option_strings}
    return {o for action in parser._actions for o in action.option_strings} - common


def commands_gap(root: Path, existing: dict[str, set[str]]) -> list[str]:
    """Sections of the commands' page against what exists: names, then options. A name ends at its first capital."""
    page = (root / COMMANDS).read_text(encoding="utf-8")
    told = {
        re.split(r" (?=[A-Z\[])", title)[0]: set(OPTION.findall(" ".join(FIRST_CELL.findall(text))))
        for title, text in COMMAND_SECTION.findall(page)
    }
    found = [f"{name} is not documented" for name in sorted(existing.keys() - told.keys())]
    found += [f"{name} is documented and does not exist" for name in sorted(told.keys() - existing.keys())]
    for name in sorted(existing.keys() & told.keys()):
        found += [f"{name} {option}: only on one side" for option in sorted(existing[name] ^ told[name])]
    return found


def pages(root: Path) -> list[Path]:
    """Everything that a person reads: documents, templates."""
    found = [*root.glob("*.md"), *(root / "docs").rglob("*.md"), *(root / "parvis").rglob("*.html")]
    return sorted(path for path in found if not IGNORED & set(path.relative_to(root).parts))


def imaginary(root: Path, programs: Iterable[str], known: Iterable[str]) -> list[str]:
    """Commands and settings that a page tells the reader to type and that do not exist."""
    programs, known = set(programs), set(known)
    django = {f"bin/parvis {name}" for name, app in get_commands().items() if "parvis" not in str(app)}
    heads = {" ".join(name.split()[:2]) for name in known}
    read = settings_read(root)
    found = []
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        for program, command, verb in WRITTEN_COMMAND.findall(text):
            head, whole = f"bin/parvis {command}", f"bin/parvis {command} {verb}"
            if f"bin/{program}" not in programs:
                found.append(f"{page.relative_to(root)}: bin/{program}")
            elif program == "parvis" and command and head not in django | heads | {"bin/parvis help"}:
                found.append(f"{page.relative_to(root)}: {head}")
            elif program == "parvis" and verb and head in heads - known and whole not in known:
                found.append(f"{page.relative_to(root)}: {whole}")
        unread = set(SETTING.findall(text)) - read
        found += [f"{page.relative_to(root)}: {name}" for name in sorted(unread)]
    return found


def unreasoned(root: Path) -> list[str]:
    """Dependencies without their reason beside them, or that the lock does not hold."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    project = pyproject(root)
    wanted = {"run": project["project"]["dependencies"], "dev": project["dependency-groups"]["dev"]}
    found = []
    for kind, lines in wanted.items():
        lock = (root / "requirements" / f"{kind}.lock").read_text(encoding="utf-8").lower()
        locked = {re.sub(r"[-_.]+", "-", name) for name in re.findall(r"^([\w.-]+)(?:\[.*\])?==", lock, re.MULTILINE)}
        for line in lines:
            name = re.split(r"[\[<>=~! ]", line)[0]
            quoted = re.escape(f'"{line}"')
            if not re.search(rf"^\s*{quoted},\s*# \w.+$", text, re.MULTILINE):
                found.append(f"{name} has no reason")
            if re.sub(r"[-_.]+", "-", name.lower()) not in locked:
                found.append(f"{name} is not in {kind}.lock")
    return found


def test_every_app_is_described() -> None:
    assert undescribed_apps(ROOT) == []


def test_a_planted_app_without_words_is_seen(tmp_path: Path) -> None:
    plant(tmp_path, "parvis/mute/__init__.py", "")
    plant(tmp_path, "parvis/mute/apps.py", "")
    plant(tmp_path, "ARCHITECTURE.md", "| 3 | `gone` | was here |\n| `gone` | x |\n")
    assert undescribed_apps(tmp_path) == [
        "parvis/mute/__init__.py has no docstring",
        "mute has no row in ARCHITECTURE.md",
        "ARCHITECTURE.md has a row for gone",
    ]


def test_every_setting_is_documented_and_the_reverse() -> None:
    assert settings_gap(ROOT) == []


def test_a_planted_setting_is_seen(tmp_path: Path) -> None:
    plant(tmp_path, "parvis/config/settings.py", 'X = text("PARVIS_READ")\n')
    plant(tmp_path, "bin/run", "echo\n")
    plant(tmp_path, str(SETTINGS), "| `PARVIS_TOLD` | rien | |\n")
    assert settings_gap(tmp_path) == [
        "PARVIS_READ is read and not documented",
        "PARVIS_TOLD is documented and not read",
    ]


def test_every_command_is_documented_and_the_reverse() -> None:
    assert commands_gap(ROOT, scripts(ROOT) | management_commands()) == []


def test_a_planted_command_is_seen(tmp_path: Path) -> None:
    plant(tmp_path, str(COMMANDS), "## `bin/run`\n| `--twice` | x |\n## `bin/parvis fly to PLACE`\n")
    assert commands_gap(tmp_path, {"bin/run": {"--once"}, "bin/test": set()}) == [
        "bin/test is not documented",
        "bin/parvis fly to is documented and does not exist",
        "bin/run --once: only on one side",
        "bin/run --twice: only on one side",
    ]


def test_no_page_names_an_imaginary_command_or_setting() -> None:
    assert imaginary(ROOT, scripts(ROOT), management_commands()) == []


@pytest.mark.parametrize(
    "text", ["bin/fly", "bin/parvis fly", "bin/parvis directory burn", "PARVIS_WINGS=1"], ids=lambda text: str(text)
)
def test_a_planted_imaginary_command_is_seen(tmp_path: Path, text: str) -> None:
    plant(tmp_path, "bin/parvis", "")
    plant(tmp_path, "README.md", f"Tapez `bin/parvis directory import FICHIER`, puis `{text}`.")
    found = imaginary(tmp_path, ["bin/parvis"], ["bin/parvis directory import"])
    assert found == [f"README.md: {text.partition('=')[0]}"]


def test_every_dependency_has_its_reason_and_its_lock() -> None:
    assert unreasoned(ROOT) == []


def test_a_planted_dependency_is_seen(tmp_path: Path) -> None:
    text = '[project]\ndependencies = [\n  "django>=5",\n  "Left_pad>=1",  # pads\n]\n[dependency-groups]\ndev = []\n'
    plant(tmp_path, "pyproject.toml", text)
    plant(tmp_path, "requirements/run.lock", "django==5.2 \\\n")
    plant(tmp_path, "requirements/dev.lock", "")
    assert unreasoned(tmp_path) == ["django has no reason", "Left_pad is not in run.lock"]
