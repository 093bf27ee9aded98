"""The tree as the house tests read it. A rule takes what it judges, so that a planted breach can be given to it,
and returns its breaches as lines for people; no line is a good house."""

import ast
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
IGNORED = {".venv", "var", "node_modules", "__pycache__"}


def python_files(root: Path, *folders: str) -> list[Path]:
    """The Python files under these folders of a root, sorted."""
    found = (path for folder in folders for path in (root / folder).rglob("*.py"))
    return sorted(path for path in found if not IGNORED & set(path.relative_to(root).parts))


def parsed(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Each file's path from the root, and its syntax tree."""
    for path in python_files(root, *folders):
        yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def apps(root: Path) -> list[str]:
    return sorted(path.parent.name for path in (root / "parvis").glob("*/apps.py"))


def app_of(path: str) -> str:
    """The app of a path from the root: "parvis/rounds/rules.py" -> "rounds"."""
    return path.split("/")[1]


def pyproject(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def contracts(root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pyproject(root)["tool"]["importlinter"]["contracts"]
    return found


def rungs(root: Path) -> dict[str, int]:
    """App -> its rung on the ladder, the lowest being 1."""
    ladder = next(c for c in contracts(root) if c["containers"] == ["parvis"])
    return {
        app.strip(): height
        for height, layer in enumerate(reversed(ladder["layers"]), start=1)
        for app in layer.split("|")
    }


def copy_of_the_code(target: Path) -> Path:
    """The Python files and pyproject.toml, copied for something to be planted among them."""
    for path in python_files(ROOT, "parvis"):
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    shutil.copyfile(ROOT / "pyproject.toml", target / "pyproject.toml")
    return target


def plant(root: Path, path: str, text: str) -> Path:
    """Add text to the end of a file of a copy, which may be new. Returns the root, for the rule to judge."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(before + text, encoding="utf-8")
    return root
