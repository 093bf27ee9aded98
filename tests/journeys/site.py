"""The real site and its worker, as bin/run starts them, on a demo that has already held its first round."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.demo.whole_run import ONCE, ROOT, demo_once, environment, prepared

SITE = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1", "--blocking-threads", "4"]
PATIENCE = 60.0  # seconds: two cores, and the other half of the suite on one of them


@dataclass(frozen=True, slots=True)
class Site:
    origin: str
    links: dict[str, str]  # first name -> the address that lets one in


@contextlib.contextmanager
def running_site(base: Path) -> Iterator[Site]:
    port = free_port()
    origin = f"http://localhost:{port}"
    var = base / "journey"
    with journey_database(base, var, os.environ.get("PARVIS_DATABASE", "")) as database:
        env = environment(var, PARVIS_BASE_URL=origin, **database)
        prepared("collectstatic", "--no-input", "--verbosity", "0", env=env)
        site = [sys.executable, "-P", "-m", *SITE, "--port", str(port), "parvis.config.wsgi:application"]
        worker = [sys.executable, "-P", "-m", "parvis", "worker"]
        with program(site, env, var / "site.log"):
            wait_for(origin)
            with program(worker, env, var / "worker.log"):
                yield Site(origin, links(prepared("demo", "links", env=env)))


@contextlib.contextmanager
def journey_database(base: Path, var: Path, suite: str) -> Iterator[dict[str, str]]:
    """A copy of the whole run; where the suite runs on PostgreSQL, a database of its own on that server."""
    if not suite.startswith("postgresql://"):
        shutil.copytree(demo_once(base).var, var)
        yield {}
        return
    var.mkdir()
    name = f"parvis_journey_{os.getpid()}"
    with psycopg.connect(suite, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            url = urlunsplit(urlsplit(suite)._replace(path=f"/{name}"))
            env = environment(var, PARVIS_DATABASE=url)
            prepared("migrate", "--verbosity", "0", env=env)
            prepared(*ONCE, env=env)
            yield {"PARVIS_DATABASE": url}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


@contextlib.contextmanager
def program(command: list[str], env: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("w") as out:
        running = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            died = running.poll()
            running.terminate()
            try:
                running.wait(timeout=15)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
    assert died is None, f"{command[3]} ended by itself:\n{log.read_text()}"


def wait_for(origin: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(origin, timeout=PATIENCE):
                return
        except OSError:
            assert time.monotonic() < until, "the site does not answer"
            time.sleep(0.1)


def links(told: str) -> dict[str, str]:
    """ "  Claire Vasseur (Les Enseignes du Plateau) : http://…" -> {"Claire": "http://…"}"""
    lines = [line.split() for line in told.splitlines() if "/demo/entrer/" in line]
    return {words[0]: words[-1] for words in lines}
