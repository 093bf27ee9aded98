"""Who shows a photo: the apps above say it here, since none of them may be asked by name (the ladder)."""

from collections.abc import Callable
from enum import Enum

from .models import Photo


class Use(Enum):
    NONE = "none"  # it is not among mine
    KEPT = "kept"  # mine, and not to be seen by everyone: a draft's, one that the association holds
    SHOWN = "shown"  # on a page that is open to all


_users: dict[str, Callable[[Photo], Use]] = {}


def register(app: str, use: Callable[[Photo], Use]) -> None:
    """Called in `apps.ready()`."""
    _users[app] = use


def is_public(photo: Photo) -> bool:
    """Closed by default: shown by nobody, or of a shop that was suspended, it is nobody's to see."""
    if photo.withdrawn_at or photo.organisation.suspended_at:
        return False
    return any(use(photo) is Use.SHOWN for use in _users.values())


def is_used(photo: Photo) -> bool:
    return any(use(photo) is not Use.NONE for use in _users.values())
