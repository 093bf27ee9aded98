"""One whole run of the demo, in programs of its own as bin/run --once starts them: made once, read by many tests."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# The same program as for 1,500 people, which is what takes its time.
ONCE = ("demo", "once", "--residents", "200")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    var: Path
    lines: tuple[str, ...]

    @property
    def figures(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.lines[-1])
        return found

    @property
    def outbox(self) -> Path:
        return self.var / "outbox"


def environment(var: Path, **more: str) -> dict[str, str]:
    """What bin/run exports, and not what the test run itself lives in: its database is not the demo's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
    return kept | {"PARVIS_VAR": str(var), "PARVIS_DEMO": "1", "PYTHONPATH": str(ROOT)} | more


def parvis(*words: str | Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "parvis", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def prepared(*words: str | Path, env: dict[str, str]) -> str:
    """The output of a command that has to work."""
    done = parvis(*words, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@cache
def demo_once(base: Path) -> Run:
    """`base`: the session's temporary folder, the same for whoever asks."""
    var = base / "whole-run"
    var.mkdir()
    env = environment(var)
    prepared("migrate", "--verbosity", "0", env=env)
    return Run(var, tuple(prepared(*ONCE, env=env).splitlines()))
