"""A file between two screens: kept under a name that nobody guesses, for an hour, then removed.

The name stays in the session of whoever sent the file: it is in no page and no address.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from . import clock

HOUR = 3600  # seconds
NAME = re.compile(r"[\w-]{32}(?:\.\w{1,5})?")
TAKEN = ".taken"  # what a name ends with while someone uses the file


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


@contextmanager
def taken(name: str) -> Iterator[Path | None]:
    """The file, for whoever comes first, who alone uses it: gone afterwards, or back where it was if that failed. None
    for all others."""
    path = find(name)
    mine = path and path.with_name(f"{name}{TAKEN}")
    try:
        if path and mine:
            path.rename(mine)
    except FileNotFoundError:
        mine = None
    if not path or not mine:
        yield None
        return
    try:
        yield mine
    except BaseException:
        mine.rename(path)
        raise
    mine.unlink(missing_ok=True)


def is_taken(name: str) -> bool:
    """Somebody is at it right now."""
    return bool(NAME.fullmatch(name)) and (_folder() / f"{name}{TAKEN}").is_file()


def forget_old() -> None:
    for path in _folder().glob("*"):
        if _is_old(path):
            path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    try:
        return clock.now().timestamp() - path.stat().st_mtime > HOUR
    except FileNotFoundError:
        return True
