"""A file between two screens: kept under a name that nobody guesses, for an hour, then removed.

The name stays in the session of whoever sent the file: it is in no page and no address.
"""

import os
import re
import secrets
from pathlib import Path

from django.conf import settings

from . import clock

HOUR = 3600  # seconds
NAME = re.compile(r"[\w-]{32}(?:\.\w{1,5})?")


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "waiting"


def keep(data: bytes, *, suffix: str = "") -> str:
    """Its name. `suffix`: what the file's own name ended with, where its reader asks (".xlsx")."""
    forget_old()
    ending = suffix.lower() if re.fullmatch(r"\.\w{1,5}", suffix) else ""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / (secrets.token_urlsafe(24) + ending)
    path.write_bytes(data)
    path.chmod(0o600)
    now = clock.now().timestamp()
    os.utime(path, (now, now))
    return path.name


def find(name: str) -> Path | None:
    """None once its hour is over, or for a name that is none of ours."""
    path = _folder() / name
    if not NAME.fullmatch(name) or not path.is_file() or _is_old(path):
        return None
    return path


def drop(name: str) -> None:
    if NAME.fullmatch(name):
        (_folder() / name).unlink(missing_ok=True)


def forget_old() -> None:
    for path in _folder().glob("*"):
        if _is_old(path):
            path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    try:
        return clock.now().timestamp() - path.stat().st_mtime > HOUR
    except FileNotFoundError:
        return True
