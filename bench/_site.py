"""The whole demonstration behind granian, on a real database file, for measures that knock at it."""

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tests.demo.whole_run import environment, prepared
from tests.journeys.site import free_port, program, wait_for

if TYPE_CHECKING:
    from parvis.accounts.models import User
    from parvis.contacts.models import Person

SITE = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2", "--blocking-threads", "4"]


@dataclass(frozen=True, slots=True)
class Site:
    origin: str

    def entered(self, *, user: "User | None" = None, resident: "Person | None" = None) -> str:
        """The session key of a user who signed in, or of a resident who read back a code."""
        from django.http import HttpRequest
        from django.test import Client

        from parvis.pages.residents import enter

        client = Client()
        if user:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        request = HttpRequest()
        request.session = client.session
        if resident:
            enter(request, resident)
        request.session.save()
        return str(request.session.session_key)


def add_site_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", type=Path, help="a folder kept from one time to the next; else all is made anew")


@contextlib.contextmanager
def served(folder: Path | None) -> Iterator[Site]:
    """The demo of bin/run, prepared where it is not; and this process may then use its database."""
    with contextlib.ExitStack() as stack:
        var = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        var = var.resolve()
        var.mkdir(parents=True, exist_ok=True)
        port = free_port()
        origin = f"http://localhost:{port}"
        env = environment(var, PARVIS_BASE_URL=origin)
        for words in ("migrate --verbosity 0", "collectstatic --no-input --verbosity 0", "demo prepare"):
            prepared(*words.split(), env=env)
        os.environ.update(env | {"DJANGO_SETTINGS_MODULE": "parvis.config.settings"})
        django.setup()
        site = [sys.executable, "-P", "-m", *SITE, "--port", str(port), "parvis.config.wsgi:application"]
        stack.enter_context(program(site, env, var / "bench.log"))
        wait_for(origin)
        yield Site(origin)
