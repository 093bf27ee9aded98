"""What the environment says, read once. Every name is documented in docs/host/reglages.md (a house test compares)."""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    return text(name) in {"1", "true", "oui"}


def number(name: str) -> int:
    given = text(name) or "0"
    if not (given.isascii() and given.isdecimal()):
        raise ImproperlyConfigured(f"{name} est un nombre, par exemple 1 : « {given} » ne se lit pas.")
    return int(given)


def var() -> Path:
    path = Path(text("PARVIS_VAR") or ROOT / "var").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key() -> str:
    """From the environment, else made once and kept in var/: a second start must still read its own signatures."""
    return text("PARVIS_SECRET_KEY") or _kept("secret_key", secrets.token_urlsafe(50))


def objection_key() -> bytes:
    """A key of its own for the list of those who objected, which must outlive any other: a secret key that leaked is
    changed, and nobody may then be written to again. The first one comes from the secret key."""
    if given := text("PARVIS_OBJECTION_KEY"):
        return given.encode()
    first = hashlib.sha256(b"parvis objection list" + secret_key().encode()).hexdigest()
    return bytes.fromhex(_kept("objection_key", first))


def _kept(name: str, first: str) -> str:
    """The text of a file of var/ that only its owner reads; `first` where there is none yet."""
    path = var() / name
    if not path.exists():
        mine = path.with_name(f"{name}.{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text(first)
        # The site and the worker may start together: the first to link wins, whole, and both read the same.
        with suppress(FileExistsError):
            path.hardlink_to(mine)
        mine.unlink()
    return path.read_text()


def database() -> dict[str, Any]:
    """Django's dictionary from PARVIS_DATABASE: a file's path, or postgresql://user:password@host:port/name."""
    given = text("PARVIS_DATABASE")
    if given.startswith("postgresql://"):
        return _postgresql(given)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": given or var() / "parvis.sqlite3",
        "OPTIONS": {
            # Django's defaults gave thousands of "database is locked" under load (shared/stack.md).
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True},
    }
