"""A person's data, app by app: each app with a path to `Person` registers how to tell it and how to erase it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Tell = Callable[[int], dict[str, Any]]
Erase = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Holder:
    """`tell(person_id)` gives plain JSON data; `erase(person_id)` removes it and keeps what the law keeps."""

    app: str
    tell: Tell
    erase: Erase


_holders: dict[str, Holder] = {}


def register(app: str, *, personal_data: Tell, erase: Erase) -> None:
    _holders[app] = Holder(app, personal_data, erase)


def holders() -> list[Holder]:
    return list(_holders.values())
