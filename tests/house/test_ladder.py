"""Apps import downwards only, and so do the layers inside each; nothing is ever excepted."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .tree import ROOT, app_of, apps, contracts, copy_of_the_code, parsed, plant

PRIVATE = {"views", "forms", "urls", "tasks"}
LAYERED = {"views", "tasks", "forms", "actions", "queries", "models", "rules"}


def broken_contracts(root: Path) -> str:
    """What import-linter says of a tree; empty where every contract is kept."""
    program = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [program, "--no-cache", "--no-logo"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if told.returncode == 0 else told.stdout + told.stderr


def excepted(root: Path) -> list[str]:
    """Contracts that except an import, or are not strict about new apps."""
    found = [f"{c['name']}: {key}" for c in contracts(root) for key in c if key.endswith("ignore_imports")]
    ladder = next(c for c in contracts(root) if c["containers"] == ["parvis"])
    if not ladder.get("exhaustive"):
        found.append("a new app could stand beside the ladder: exhaustive = true is missing")
    if strangers := set(ladder.get("exhaustive_ignores", [])) - {"__main__"}:
        found.append(f"beside the ladder: {sorted(strangers)}")
    return found


def without_layers(root: Path) -> list[str]:
    """Apps that have two layers or more and that no contract on layers names."""
    held = {name.removeprefix("parvis.") for c in contracts(root) for name in c["containers"]}
    found = []
    for app in apps(root):
        layers = {path.stem for path in (root / "parvis" / app).iterdir()} & LAYERED
        if len(layers) > 1 and app not in held:
            found.append(f"{app} has {sorted(layers)} and no contract")
    return found


def intimacies(root: Path) -> list[str]:
    """Imports of another app's views, forms, urls or tasks. `config` mounts the URLs and runs the tasks; a page of
    many apps (`pages`) may show a form and ring a bell, which are below it on the ladder."""
    allowed = {"config": {"urls", "tasks"}, "pages": {"forms", "tasks"}}
    found = []
    for path, module in parsed(root, "parvis"):
        own = app_of(path)
        for node in ast.walk(module):
            for name in _imported(node, path):
                parts = name.split(".")
                if len(parts) < 3 or parts[0] != "parvis" or parts[1] == own:
                    continue
                if set(parts[2:]) & PRIVATE - allowed.get(own, set()):
                    found.append(f"{path}:{getattr(node, 'lineno', 0)} imports {name}")
    return found


def _imported(node: ast.AST, path: str) -> list[str]:
    """Absolute names, whether the import is written from the root or from the file at `path`."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        # One dot is the file's own package, each more the one above; of a package's __init__ too.
        above = list(Path(path).parent.parts[: 1 - node.level or None]) if node.level else []
        module = ".".join([*above, *([node.module] if node.module else [])])
        return [f"{module}.{alias.name}" for alias in node.names]
    return []


def test_every_import_goes_down() -> None:
    assert broken_contracts(ROOT) == ""


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("parvis/contacts/rules.py", "\nimport parvis.rounds.models\n", "parvis.contacts.rules -> parvis.rounds"),
        ("parvis/contacts/queries.py", "\nfrom . import actions\n", "contacts.queries -> parvis.contacts.actions"),
        ("parvis/sirene/masking.py", "\nimport parvis.law.rules\n", "parvis.sirene.masking -> parvis.law.rules"),
        ("parvis/newcomer/__init__.py", "", "newcomer"),
    ],
    ids=["upwards", "up-a-layer", "stranger", "beside-the-ladder"],
)
def test_a_planted_import_breaks_the_ladder(tmp_path: Path, path: str, text: str, told: str) -> None:
    assert told in broken_contracts(plant(copy_of_the_code(tmp_path), path, text))


def test_no_contract_has_an_exception() -> None:
    assert excepted(ROOT) == []


def test_a_planted_exception_is_seen(tmp_path: Path) -> None:
    root = copy_of_the_code(tmp_path)
    plant(root, "pyproject.toml", 'ignore_imports = ["parvis.contacts.rules -> parvis.rounds.models"]\n')
    assert excepted(root) == ["Layers inside each app: ignore_imports"]


def test_every_app_with_layers_is_held_to_them() -> None:
    assert without_layers(ROOT) == []


def test_a_planted_app_without_a_contract_is_seen(tmp_path: Path) -> None:
    root = copy_of_the_code(tmp_path)
    for name in ("apps", "models", "rules"):
        plant(root, f"parvis/newcomer/{name}.py", "")
    planted = set(without_layers(root)) - set(without_layers(ROOT))
    assert planted == {"newcomer has ['models', 'rules'] and no contract"}


def test_nobody_imports_the_private_layers_of_another_app() -> None:
    assert intimacies(ROOT) == []


@pytest.mark.parametrize(
    "text",
    [
        "\nfrom parvis.contacts.views import x\n",
        "\nimport parvis.photos.tasks\n",
        "\nfrom parvis.rounds import urls\n",
        "\nfrom ..photos import views\n",
        "\nfrom ..photos.views import x\n",
        "\nfrom .. import photos\nfrom ..photos.forms import PhotoForm as F\n",
    ],
)
def test_a_planted_intimacy_is_seen(tmp_path: Path, text: str) -> None:
    root = plant(tmp_path, "parvis/directory/queries.py", text)
    assert len(intimacies(root)) == 1


def test_a_planted_intimacy_is_seen_from_a_deeper_file_too_and_one_s_own_is_none(tmp_path: Path) -> None:
    deeper = "from ...photos.views import x\nfrom ..views import y\nfrom . import views\n"
    plant(tmp_path, "parvis/rounds/queries/crowds.py", deeper)
    plant(tmp_path, "parvis/rounds/queries/__init__.py", "from ...delivery import tasks\n")
    assert intimacies(tmp_path) == [
        "parvis/rounds/queries/__init__.py:1 imports parvis.delivery.tasks",
        "parvis/rounds/queries/crowds.py:1 imports parvis.photos.views.x",
    ]
