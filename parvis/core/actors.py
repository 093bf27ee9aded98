"""Who acts: what every action takes as `by=`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`key` is stable and kept in the audit trail ("user:12", "user:12 mandate:3"); `name` is for people."""

    key: str
    name: str


SYSTEM = Actor("system", "Parvis")
