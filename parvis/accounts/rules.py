"""Who may do what: roles are plain lists of permissions; everything else is closed."""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    SEE_DESK = "see_desk"  # the organisation's own page
    ANNOUNCE = "announce"  # say something in its name
    SEE_CUSTOMERS = "see_customers"  # its customer file
    EDIT_CUSTOMERS = "edit_customers"
    SEE_PAPER = "see_paper"  # its call lists, with telephone numbers
    GIVE_MANDATE = "give_mandate"
    SEE_ROUNDS = "see_rounds"  # the territory's rounds, in counts
    RUN_ROUNDS = "run_rounds"
    PRINT_SHEETS = "print_sheets"  # residents' paper sheets of the territory
    SEE_AUDIT = "see_audit"


class Role(StrEnum):
    OWNER = "owner"
    COLLEAGUE = "colleague"
    OFFICER = "officer"
    OBSERVER = "observer"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Role.OWNER: "responsable",
    Role.COLLEAGUE: "collègue",
    Role.OFFICER: "bureau",
    Role.OBSERVER: "lecture seule",
}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(
        {
            Permission.SEE_DESK,
            Permission.ANNOUNCE,
            Permission.SEE_CUSTOMERS,
            Permission.EDIT_CUSTOMERS,
            Permission.SEE_PAPER,
            Permission.GIVE_MANDATE,
            Permission.SEE_AUDIT,
        }
    ),
    Role.COLLEAGUE: frozenset(
        {Permission.SEE_DESK, Permission.ANNOUNCE, Permission.SEE_CUSTOMERS, Permission.SEE_PAPER}
    ),
    Role.OFFICER: frozenset(
        {
            Permission.SEE_DESK,
            Permission.ANNOUNCE,
            Permission.SEE_ROUNDS,
            Permission.RUN_ROUNDS,
            Permission.PRINT_SHEETS,
            Permission.SEE_AUDIT,
        }
    ),
    Role.OBSERVER: frozenset({Permission.SEE_DESK}),
}

# What a mandate may ever hold: acting for a shop does not open its customer file by itself.
MANDATABLE = frozenset({Permission.SEE_DESK, Permission.ANNOUNCE, Permission.SEE_PAPER, Permission.SEE_CUSTOMERS})

# What each opens, as the person who gives it reads it.
MANDATE_LABELS = {
    Permission.SEE_DESK: "Voir votre bureau",
    Permission.ANNOUNCE: "Dire une annonce pour vous",
    Permission.SEE_PAPER: "Imprimer vos listes d’appels",
    Permission.SEE_CUSTOMERS: "Voir votre fichier clients",
}


def opened_by(named: Iterable[str]) -> frozenset[Permission]:
    """What a mandate that names these permissions opens: always the desk, without which no other has a door."""
    return frozenset({Permission.SEE_DESK, *(Permission(one) for one in named)})
