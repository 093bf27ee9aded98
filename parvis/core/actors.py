"""Who acts: what every action takes as `by=`."""

import getpass
from dataclasses import dataclass

from .typography import shortened

NAME_MOST = 200  # what every column that keeps an actor's name holds: PostgreSQL refuses one letter more


@dataclass(frozen=True, slots=True)
class Actor:
    """`key` is stable and kept in the audit trail ("user:12", "user:12 mandate:3"); `name` is for people."""

    key: str
    name: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", shortened(self.name, NAME_MOST))


SYSTEM = Actor("system", "Parvis")
VISITOR = Actor("visitor", "un visiteur")


def host(name: str = "l’hôte du territoire") -> Actor:
    """Whoever types a command on the server."""
    return Actor(f"host:{getpass.getuser()}", name)
