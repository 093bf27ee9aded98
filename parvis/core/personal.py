"""A person's data, app by app: each app with a path to `Person` registers how to tell it and how to erase it, and
names the models that it then tells and erases: no table forgets whom it speaks of (tests/house/test_forgetting.py)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

Tell = Callable[[int], dict[str, Any]]
Erase = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Holder:
    """`tell(person_id)` gives plain JSON data; `erase(person_id)` removes it and keeps what the law keeps. `models` are
    the names of the app's models that both look at."""

    app: str
    tell: Tell
    erase: Erase
    models: frozenset[str]


_holders: dict[str, Holder] = {}


def register(app: str, *, personal_data: Tell, erase: Erase, models: Collection[str]) -> None:
    _holders[app] = Holder(app, personal_data, erase, frozenset(models))


def erase(person_id: int) -> None:
    """Every app forgets the person, or none does."""
    with transaction.atomic():
        for holder in reversed(holders()):
            holder.erase(person_id)


def holders() -> list[Holder]:
    return list(_holders.values())
