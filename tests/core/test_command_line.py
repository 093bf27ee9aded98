"""Whoever mistypes a command on the server is answered in French, without the words of a program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import ManagementUtility
from django.db import OperationalError

from parvis.core.command_line import CommandLine

ROOT = Path(__file__).resolve().parents[2]
UNREADY = "La base de données ne répond pas, ou n’est pas prête ("
UNREAD = "Cette commande ne peut pas être lue : "


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["directory"], f"{UNREAD}il manque import|delist|relist."),
        (["directory", "import"], f"{UNREAD}il manque FICHIER, --territory."),
        (["directory", "import", "x.csv", "--territory"], f"{UNREAD}--territory, il manque ce qui vient après."),
        (["directory", "import", "x.csv", "--territory", "a", "--jsno"], f"{UNREAD}« --jsno » est de trop."),
        (["directory", "burn"], f"{UNREAD}import|delist|relist, 'burn' n’existe pas, choisissez parmi "),
        (["organisation", "appoint", "x", "--role", "king"], f"{UNREAD}--role, 'king' n’existe pas, choisissez parmi"),
        (["organisation", "mandate", "x", "--signed-on", "hier"], f"{UNREAD}--signed-on, 'hier' ne se lit pas."),
        (["worker", "--json=3"], f"{UNREAD}« --json=3 » est de trop."),
        (["migrate", "--fak"], "Usage : parvis migrate"),
        (["brunch"], "La commande « brunch » n’existe pas. La liste : bin/parvis help\n"),
    ],
)
def test_a_mistyped_command_is_answered_in_french(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        CommandLine(words).execute()
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert told in said
    assert end.value.code == 2
    for english in ("error:", "required", "unrecognized", "invalid", "usage:"):
        assert english not in said


def test_a_refusal_is_its_sentence_alone(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-P", "-m", "parvis", "territory", "create", "--slug", "x"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PARVIS_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("Il manque --name et --communes. Exemple")


def test_help_opens_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        CommandLine(["directory", "import", "--help"]).execute()
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("Usage\u00a0: parvis directory import")


def test_a_database_that_is_not_ready_is_told_without_a_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(self: ManagementUtility) -> None:
        raise OperationalError("no such table: territory_territory")

    monkeypatch.setattr(ManagementUtility, "execute", fail)
    with pytest.raises(SystemExit) as end:
        CommandLine(["worker"]).execute()
    assert end.value.code == 1
    assert f"{UNREADY}no such table" in capsys.readouterr().err.replace("\u00a0", " ")
