"""Who may do what: roles are plain lists of permissions; everything else is closed."""

from collections.abc import Iterable
from enum import StrEnum

from parvis.core.speech import mark


class Permission(StrEnum):
    SEE_DESK = "see_desk"  # the organisation's own page
    ANNOUNCE = "announce"  # say something in its name
    EDIT_WINDOW = "edit_window"  # what its own page says: hours, words, photograph, who publishes it
    SEE_CUSTOMERS = "see_customers"  # its customer file
    EDIT_CUSTOMERS = "edit_customers"
    ENROL = "enrol"  # note at the counter what a customer says, without reading the file
    SEE_PAPER = "see_paper"  # its call lists, with telephone numbers
    GIVE_MANDATE = "give_mandate"
    SEE_ROUNDS = "see_rounds"  # the territory's rounds, in counts
    RUN_ROUNDS = "run_rounds"
    PRINT_SHEETS = "print_sheets"  # residents' paper sheets of the territory
    SEE_AUDIT = "see_audit"
    TEAM = "team"  # who may act for it: invite, take back
    SEE_SHOPS = "see_shops"  # the territory's shops, as its association keeps them
    SUSPEND = "suspend"  # close a shop's pages, with a reason, and open them again
    SEE_RESIDENTS = "see_residents"  # in counts
    MODERATE = "moderate"  # reports of announcements: hold one, with a reason, or keep it


class Role(StrEnum):
    OWNER = "owner"
    COLLEAGUE = "colleague"
    OFFICER = "officer"
    OBSERVER = "observer"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def meaning(self) -> str:
        """What it opens, in plain words."""
        return _MEANINGS[self]


_LABELS = {
    Role.OWNER: mark("responsable"),
    Role.COLLEAGUE: mark("collègue"),
    Role.OFFICER: mark("bureau"),
    Role.OBSERVER: mark("lecture seule"),
}

_MEANINGS = {
    Role.OWNER: mark("tout faire ici, lire le fichier clients et inviter d’autres personnes"),
    Role.COLLEAGUE: mark("dire une annonce, noter un client et lire le fichier clients"),
    Role.OFFICER: mark("parler pour l’organisation, suivre ce qu’elle tient et inviter d’autres personnes"),
    Role.OBSERVER: mark("voir le bureau, sans rien y changer"),
}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(
        {
            Permission.SEE_DESK,
            Permission.ANNOUNCE,
            Permission.EDIT_WINDOW,
            Permission.SEE_CUSTOMERS,
            Permission.EDIT_CUSTOMERS,
            Permission.ENROL,
            Permission.SEE_PAPER,
            Permission.GIVE_MANDATE,
            Permission.SEE_AUDIT,
            Permission.TEAM,
        }
    ),
    Role.COLLEAGUE: frozenset(
        {Permission.SEE_DESK, Permission.ANNOUNCE, Permission.SEE_CUSTOMERS, Permission.ENROL, Permission.SEE_PAPER}
    ),
    Role.OFFICER: frozenset(
        {
            Permission.SEE_DESK,
            Permission.ANNOUNCE,
            Permission.EDIT_WINDOW,
            Permission.SEE_ROUNDS,
            Permission.RUN_ROUNDS,
            Permission.PRINT_SHEETS,
            Permission.SEE_AUDIT,
            Permission.TEAM,
            Permission.SEE_SHOPS,
            Permission.SUSPEND,
            Permission.SEE_RESIDENTS,
            Permission.MODERATE,
        }
    ),
    Role.OBSERVER: frozenset({Permission.SEE_DESK}),
}

# What watches over a whole territory is for the bureau of its association, or of the territory itself: a club or a town
# hall has a bureau too, and closes nobody's page, runs no round, reads no resident's address.
KEEPERS = frozenset({"association", "territory"})
KEEPING = frozenset(
    {
        Permission.SEE_ROUNDS,
        Permission.RUN_ROUNDS,
        Permission.PRINT_SHEETS,
        Permission.SEE_SHOPS,
        Permission.SUSPEND,
        Permission.SEE_RESIDENTS,
        Permission.MODERATE,
    }
)


def permissions_of(role: Role, kind: str) -> frozenset[Permission]:
    """What a role opens in an organisation of this kind (a value of `Organisation.Kind`)."""
    return ROLES[role] if kind in KEEPERS else ROLES[role] - KEEPING


def may_give(role: Role, kind: str) -> list[Role]:
    """The roles that a holder of this one gives there: none without answering for its people, never more than they
    hold, and a shop has no bureau."""
    mine = ROLES[role]
    if Permission.TEAM not in mine:
        return []
    return [one for one in Role if ROLES[one] <= mine and not (one is Role.OFFICER and kind == "shop")]


# What a mandate may ever hold: acting for a shop does not open its customer file by itself.
MANDATABLE = frozenset(
    {
        Permission.SEE_DESK,
        Permission.ANNOUNCE,
        Permission.EDIT_WINDOW,
        Permission.ENROL,
        Permission.SEE_PAPER,
        Permission.SEE_CUSTOMERS,
    }
)

# What each opens, as the person who gives it reads it.
MANDATE_LABELS = {
    Permission.SEE_DESK: mark("Voir votre bureau"),
    Permission.ANNOUNCE: mark("Dire une annonce pour vous"),
    Permission.EDIT_WINDOW: mark("Tenir votre vitrine"),
    Permission.ENROL: mark("Noter vos clients au comptoir"),
    Permission.SEE_PAPER: mark("Imprimer vos listes d’appels"),
    Permission.SEE_CUSTOMERS: mark("Voir votre fichier clients"),
}

# The same, as the association that acts reads it.
ACTING_LABELS = {
    Permission.SEE_DESK: mark("voir son bureau"),
    Permission.ANNOUNCE: mark("dire une annonce"),
    Permission.EDIT_WINDOW: mark("tenir sa vitrine"),
    Permission.ENROL: mark("noter ses clients au comptoir"),
    Permission.SEE_PAPER: mark("imprimer ses listes d’appels"),
    Permission.SEE_CUSTOMERS: mark("voir son fichier clients"),
}


def opened_by(named: Iterable[str]) -> frozenset[Permission]:
    """What a mandate that names these permissions opens: always the desk, without which no other has a door."""
    return frozenset({Permission.SEE_DESK, *(Permission(one) for one in named)})
