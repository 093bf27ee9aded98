"""The scripts that a newcomer types: whole, explained, and plain when something is missing."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted([*(ROOT / "bin").iterdir(), ROOT / ".ci" / "run"])
SHELLS = {"#!/bin/sh", "#!/bin/bash"}

each_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))


def run(command: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "bin" / command), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@each_script
def test_a_script_can_be_run_and_stops_at_its_first_fault(script: Path) -> None:
    lines = script.read_text().splitlines()
    assert os.access(script, os.X_OK)
    assert lines[0] in SHELLS
    assert "set -eu" in lines


@each_script
def test_a_script_begins_by_saying_what_it_does_and_how_to_call_it(script: Path) -> None:
    lines = script.read_text().splitlines()
    assert lines[1].startswith("# ")
    if script.parent.name == "bin":
        assert f"Usage: bin/{script.name}" in script.read_text()


@each_script
def test_a_script_is_read_without_fault_by_its_shell(script: Path) -> None:
    shell = script.read_text().splitlines()[0].removeprefix("#!")
    parsed = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, check=False)
    assert (parsed.returncode, parsed.stderr) == (0, "")


@each_script
def test_a_script_names_no_address_but_this_computers(script: Path) -> None:
    addresses = [word for word in script.read_text().split() if "://" in word]
    assert all("localhost" in word or "127.0.0.1" in word for word in addresses)


def test_run_says_that_its_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = run("run", PARVIS_PORT=str(port), PARVIS_HOST="127.0.0.1", PARVIS_VAR=str(tmp_path))
    assert answer.returncode == 1
    assert f"Le port {port} est déjà pris" in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_bench_lists_what_can_be_measured() -> None:
    answer = run("bench")
    assert answer.returncode == 2
    assert "directory-import" in answer.stderr.splitlines()


def test_parvis_makes_its_database_on_a_fresh_clone(tmp_path: Path) -> None:
    words = ["directory", "import", "absent.csv", "--territory", "plateau-briard"]
    # On SQLite, whatever the suite itself runs on: a server's database is its host's to make.
    answer = run("parvis", *words, PARVIS_VAR=str(tmp_path), PARVIS_DATABASE="")
    assert answer.returncode == 1
    assert "il n’existe pas" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert (tmp_path / "parvis.sqlite3").exists()


def test_postgres_says_how_to_start_it(tmp_path: Path) -> None:
    answer = run("postgres", "url", PARVIS_VAR=str(tmp_path))
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "bin/postgres start" in answer.stderr


@pytest.mark.parametrize("command", ["run", "setup", "postgres"])
def test_an_unknown_word_is_told_and_nothing_is_done(command: str, tmp_path: Path) -> None:
    answer = run(command, "inconnu", PARVIS_VAR=str(tmp_path))
    assert answer.returncode == 2
    assert f"bin/{command}" in answer.stderr
    assert list(tmp_path.iterdir()) == []
