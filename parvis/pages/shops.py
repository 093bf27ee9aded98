"""The shops of a territory as its association keeps them: who says what, who acts for whom, whose pages are closed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from parvis.accounts.models import Mandate, Organisation
from parvis.accounts.queries import pending_invitations
from parvis.accounts.rules import ROLES, Permission, Role
from parvis.announcements.models import Announcement
from parvis.core.speech import mark
from parvis.core.words import plain
from parvis.directory.models import Business
from parvis.directory.queries import taken_down
from parvis.directory.shopfronts import unclaimed
from parvis.sirene.activities import categories
from parvis.territory.models import Commune, Territory

ALL, ALONE, CLOSED, UNCLAIMED, GONE = "tous", "sans-personne", "suspendus", "pas-encore", "retirees"
STATES = {
    ALL: mark("Ici"),
    ALONE: mark("Sans personne"),
    CLOSED: mark("Suspendus"),
    UNCLAIMED: mark("Pas encore ici"),
    GONE: mark("Pages retirées"),
}


@dataclass(frozen=True, slots=True)
class Shop:
    """One line. `answers`: those who answer for it; `mandates`: in force; `claimed`: recognised in the register."""

    organisation: Organisation
    last_said: dt.datetime | None
    claimed: bool
    answers: Sequence[str]
    mandates: Sequence[Mandate]

    @property
    def alone(self) -> bool:
        return not self.answers

    @property
    def releasable(self) -> bool:
        """Its page in the directory may be taken from it: never of a shop that is open."""
        return self.claimed and self.organisation.suspended_at is not None


@dataclass(frozen=True, slots=True)
class Register:
    """`rows`: shops; or businesses that nobody claimed yet where `state` is UNCLAIMED, or that somebody took out of the
    directory where it is GONE."""

    state: str
    stages: Sequence[tuple[str, str, int]]  # key, label, how many there, whatever was searched
    rows: Sequence[Shop | Business]
    communes: Sequence[Commune]
    commune: Commune | None
    wanted: str

    @property
    def unclaimed(self) -> bool:
        return self.state == UNCLAIMED

    @property
    def gone(self) -> bool:
        return self.state == GONE


def register(territory: Territory, *, state: str, commune: str, wanted: str) -> Register:
    """Six reads, for any number of shops. `commune`: a slug, or "" for all."""
    communes = list(territory.communes.defer("contour"))
    place = next((one for one in communes if one.slug == commune), None)
    here = shops_of(territory)
    listed = {UNCLAIMED: unclaimed(territory).order_by("name", "pk"), GONE: taken_down(territory)}
    kept = {ALL: here, ALONE: [s for s in here if s.alone], CLOSED: [s for s in here if s.organisation.suspended_at]}
    state = state if state in STATES else ALL
    rows: list[Shop | Business] = [*listed[state]] if state in listed else [*kept[state]]
    counts = {key: len(some) for key, some in kept.items()} | _counted(listed[UNCLAIMED] | listed[GONE])
    return Register(
        state=state,
        stages=[(key, label, counts[key]) for key, label in STATES.items()],
        rows=[row for row in rows if (place is None or _insee(row) == place.insee) and _is(row, wanted)],
        communes=communes,
        commune=place,
        wanted=wanted,
    )


def _counted(listed: QuerySet[Business]) -> dict[str, int]:
    """Those that nobody claimed, and those that were taken down: one read."""
    gone = Count("pk", filter=Q(delisted_at__isnull=False))
    return listed.order_by().aggregate(**{GONE: gone, UNCLAIMED: Count("pk", filter=Q(delisted_at=None))})


def _insee(row: Shop | Business) -> str:
    return row.organisation.commune_id if isinstance(row, Shop) else row.commune_id


def _is(row: Shop | Business, wanted: str) -> bool:
    """Each word begins a word of its name or of its trade, whatever the accents."""
    if isinstance(row, Shop):
        said = f"{row.organisation.name} {row.organisation.trade}"
    else:
        known = categories().get(row.category)
        said = f"{row.name} {known.singular if known else ''}"
    words = plain(said).replace("’", " ").replace("'", " ").replace("-", " ").split()
    return all(any(word.startswith(one) for word in words) for one in plain(wanted).replace("’", " ").split())


def shops_of(territory: Territory) -> list[Shop]:
    """By name, the suspended among them. Three reads."""
    here = territory.organisations.filter(kind=Organisation.Kind.SHOP)
    return shops(here.order_by("name", "pk"))


def shops(some: QuerySet[Organisation]) -> list[Shop]:
    standing = Q(announcements__withdrawn_at=None)
    read = some.select_related("commune", "business").defer("commune__contour")
    said = read.annotate(last_said=Max("announcements__said_at", filter=standing))
    held = Mandate.objects.in_force().select_related("holder", "through").order_by("pk")
    roles = [role for role in Role if Permission.TEAM in ROLES[role]]
    rows = list(said.prefetch_related("offices__user"))
    mandates: dict[int, list[Mandate]] = {}
    for mandate in held.filter(organisation__in=[row.pk for row in rows]):
        mandates.setdefault(mandate.organisation_id, []).append(mandate)
    return [
        Shop(
            organisation=row,
            last_said=row.last_said,
            claimed=hasattr(row, "business"),
            answers=[o.user.name for o in row.offices.all() if o.role in roles and o.user.is_active],
            mandates=mandates.get(row.pk, []),
        )
        for row in rows
    ]


def waits_for_an_answer(shop: Shop) -> str:
    """The name of who was invited and has not answered, or ""."""
    invited = pending_invitations(shop.organisation).first()
    return invited.name if invited else ""


def last_said_by(shop: Shop) -> QuerySet[Announcement]:
    return shop.organisation.announcements.filter(withdrawn_at=None).order_by("-said_at", "-pk")[:5]
