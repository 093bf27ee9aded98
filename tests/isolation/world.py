"""A small world in which every organisation keeps secrets, and everyone who may look at it. All invented."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image

from parvis.accounts import actions as accounts
from parvis.accounts.models import Mandate, Organisation, User
from parvis.accounts.rules import Permission, Role
from parvis.announcements.models import Announcement
from parvis.contacts.models import CustomerRecord
from parvis.contacts.rules import Channel
from parvis.core import clock
from parvis.delivery.actions import carry_due
from parvis.delivery.links import reduce_token
from parvis.delivery.models import Message
from parvis.directory.models import Business
from parvis.directory.windows import change_window
from parvis.photos.actions import add_photo
from parvis.photos.models import Photo
from parvis.rounds.actions import run_due
from parvis.rounds.models import Round
from parvis.territory.models import Commune
from tests import builders
from tests.builders import BY

FLORIST, WINES, ASSOCIATION, FAR = "la-brassee", "cave-du-tilleul", "enseignes-du-plateau", "enseignes-du-val"
CLUB = "club-du-plateau"

OWNER = frozenset(
    [
        "see_desk",
        "announce",
        "edit_window",
        "see_customers",
        "edit_customers",
        "enrol",
        "see_paper",
        "give_mandate",
        "see_audit",
        "team",
    ]
)
COLLEAGUE = frozenset(["see_desk", "announce", "see_customers", "enrol", "see_paper"])
CLUB_OFFICER = frozenset(["see_desk", "announce", "edit_window", "see_audit", "team"])
# Of the association that keeps the territory: of a club, a town hall, a newsroom, not these.
OFFICER = CLUB_OFFICER | {
    "see_rounds",
    "run_rounds",
    "print_sheets",
    "see_shops",
    "suspend",
    "see_residents",
    "moderate",
}
OBSERVER = frozenset({"see_desk"})

# Written by hand, and not read from accounts.rules: a right added there by mistake must fail here.
HOLDS: dict[str, dict[str, frozenset[str]]] = {
    "anonymous": {},
    "stranger": {},
    "florist": {FLORIST: OWNER},
    "florist's colleague": {FLORIST: COLLEAGUE},
    "florist's observer": {FLORIST: OBSERVER},
    "delegate": {FLORIST: frozenset(["see_desk", "announce", "see_paper"]), ASSOCIATION: OBSERVER},
    "revoked delegate": {ASSOCIATION: OBSERVER},
    "expired delegate": {ASSOCIATION: OBSERVER},
    "officer": {ASSOCIATION: OFFICER},
    "officer of a club": {CLUB: CLUB_OFFICER},
    "wine merchant": {WINES: OWNER},
    "officer of elsewhere": {FAR: OFFICER},
}


@dataclass(frozen=True, slots=True)
class Secret:
    """Words that only these roles may ever read, whatever the page."""

    what: str
    text: str
    readers: frozenset[str]

    def is_in(self, text: str) -> bool:
        return squeezed(self.text) in text


def squeezed(text: str) -> str:
    """Without spaces of any kind nor case, so that "06 39 98 11 01" and what a PDF cuts in lines are still found."""
    return re.sub(r"[\s\u00a0\u202f]+", "", text).casefold()


@dataclass(slots=True)
class World:
    organisations: dict[str, Organisation]
    users: dict[str, User | None]
    mandates: dict[str, Mandate] = field(default_factory=dict)
    announcements: dict[str, Announcement] = field(default_factory=dict)
    customers: dict[str, CustomerRecord] = field(default_factory=dict)
    secrets: list[Secret] = field(default_factory=list)
    rounds: dict[str, Round] = field(default_factory=dict)  # by the slug of an organisation of its territory
    sheets: dict[str, Message] = field(default_factory=dict)
    photo: Photo | None = None
    business: Business | None = None
    claimed: Business | None = None
    tokens: list[str] = field(default_factory=list)


def roles_with(permission: str, slug: str) -> frozenset[str]:
    return frozenset(role for role, held in HOLDS.items() if permission in held.get(slug, ()))


def build() -> World:
    world = _organisations()
    _people(world)
    for number, slug in enumerate((FLORIST, WINES), start=1):
        _customers(world, slug, number)
        world.announcements[slug] = builders.announcement(world.organisations[slug], title=f"Nouveauté de {slug}")
    _customers_of_elsewhere(world)
    _shared_customer(world)
    _run_rounds(world)
    _public(world)
    return world


def _organisations() -> World:
    here = builders.territory()
    here.host = "testserver"  # the walk is under this territory's own name: the other one is elsewhere
    here.save()
    there = builders.territory(slug="val", codes=["94071"])
    there.name = "Val"
    there.save()
    shops = {slug: builders.shop(slug=slug, on=here) for slug in (FLORIST, WINES)}
    kinds = {"kind": Organisation.Kind.ASSOCIATION}
    far = builders.shop(slug=FAR, on=there, commune=Commune.objects.get(insee="94071"), **kinds)
    club = builders.shop(slug=CLUB, on=here, kind=Organisation.Kind.CLUB)
    return World(
        organisations=shops | {ASSOCIATION: builders.association(on=here), CLUB: club, FAR: far},
        users={"anonymous": None, "stranger": User.objects.create_user("stranger@ailleurs.example", "Un inconnu")},
    )


def _people(world: World) -> None:
    roles = {
        "florist": (FLORIST, Role.OWNER),
        "florist's colleague": (FLORIST, Role.COLLEAGUE),
        "florist's observer": (FLORIST, Role.OBSERVER),
        "delegate": (ASSOCIATION, Role.OBSERVER),
        "revoked delegate": (ASSOCIATION, Role.OBSERVER),
        "expired delegate": (ASSOCIATION, Role.OBSERVER),
        "officer": (ASSOCIATION, Role.OFFICER),
        "officer of a club": (CLUB, Role.OFFICER),
        "wine merchant": (WINES, Role.OWNER),
        "officer of elsewhere": (FAR, Role.OFFICER),
    }
    for number, (name, (slug, role)) in enumerate(roles.items()):
        email, shown = f"canariadresse{number}@parvis.example", f"Personne {number}"
        world.users[name] = builders.user(of=world.organisations[slug], role=role, email=email, name=shown)
    today = clock.today()
    _mandate(world, "delegate", "CanariClasseur1")
    with clock.frozen(clock.now() - dt.timedelta(days=2)):
        _mandate(world, "expired delegate", "CanariClasseur2", ends_on=today - dt.timedelta(days=1))
    accounts.revoke_mandate(mandate=_mandate(world, "revoked delegate", "CanariClasseur3"), by=BY)


def _mandate(world: World, holder: str, evidence: str, **more: Any) -> Mandate:
    user = world.users[holder]
    assert user is not None
    world.mandates[holder] = accounts.give_mandate(
        organisation=world.organisations[FLORIST],
        holder=user,
        through=world.organisations[ASSOCIATION],
        permissions=[Permission.SEE_DESK, Permission.ANNOUNCE, Permission.SEE_PAPER],
        signed_by="Odile Ferrand",
        signed_on=clock.today() - dt.timedelta(days=60),
        evidence=evidence,
        by=BY,
        **more,
    )
    world.secrets.append(Secret("where a mandate is kept", evidence, roles_with("give_mandate", FLORIST)))
    return world.mandates[holder]


def _customers(world: World, slug: str, number: int) -> None:
    """One customer on each channel. A call list shows a name and a number; a sheet shows a name and an address; the
    rest stays in the shop's file."""
    file, paper, sheets = (
        roles_with("see_customers", slug),
        roles_with("see_paper", slug),
        roles_with("print_sheets", ASSOCIATION),
    )
    for rank, channel in enumerate(Channel):
        mark = f"{channel.value}{number}"
        phone = f"+336399811{number}{rank}"
        record = builders.customer(
            world.organisations[slug],
            channel=channel,
            family_name=f"CanariNom{mark}",
            email=f"canaricourriel{mark}@courriel.example",
            phone=phone,
            address=f"{number} rue CanariRue{mark}",
            note=f"CanariNote{mark}",
        )
        world.customers[f"{slug} {channel}"] = record
        also_name = {Channel.EMAIL: frozenset[str](), Channel.PAPER: sheets, Channel.PHONE: paper}[channel]
        world.secrets += [
            Secret(f"name of a customer of {slug} ({channel})", record.family_name, file | also_name),
            Secret(f"e-mail of a customer of {slug}", record.email, file),
            Secret(f"note of {slug}", record.note, file),
            Secret(
                f"street of a customer of {slug}",
                record.address[2:],
                file | (sheets if channel is Channel.PAPER else set()),
            ),
            Secret(
                f"telephone of a customer of {slug}",
                phone.removeprefix("+33"),
                file | (paper if channel is Channel.PHONE else set()),
            ),
        ]


def _customers_of_elsewhere(world: World) -> None:
    """The association of the other territory has its own reader on paper."""
    far = world.organisations[FAR]
    record = builders.customer(
        far, channel=Channel.PAPER, family_name="CanariNomVal", note="CanariNoteVal", email="canarival@courriel.example"
    )
    world.announcements[FAR] = builders.announcement(far, title="Nouveauté du Val")
    world.announcements[ASSOCIATION] = builders.announcement(world.organisations[ASSOCIATION], title="Le marché")
    world.customers[FAR] = record
    nobody = frozenset[str]()
    world.secrets += [
        Secret("name of a reader of elsewhere", record.family_name, roles_with("print_sheets", FAR)),
        Secret("note of elsewhere", record.note, nobody),
        Secret("e-mail of a reader of elsewhere", record.email, nobody),
    ]


def _shared_customer(world: World) -> None:
    """Someone whom both shops know, each under its own words (decision 1)."""
    phone = "+33639981199"
    for slug, words in ((FLORIST, "chezFlore"), (WINES, "chezCave")):
        record = builders.customer(
            world.organisations[slug],
            channel=Channel.EMAIL,
            family_name=f"CanariDouble{words}",
            email="canaridouble@courriel.example" if slug == FLORIST else "",
            phone=phone,
            note=f"CanariNoteDouble{words}",
        )
        world.customers[f"{slug} shared"] = record
        file = roles_with("see_customers", slug)
        world.secrets += [
            Secret(f"what {slug} calls a shared customer", record.family_name, file),
            Secret(f"what {slug} noted of a shared customer", record.note, file),
        ]
    email = "canaridouble@courriel.example"
    world.secrets.append(Secret("an e-mail given to the florist alone", email, roles_with("see_customers", FLORIST)))


def _run_rounds(world: World) -> None:
    for slug in (ASSOCIATION, FAR):
        planned = builders.due_round(world.organisations[slug].territory)
        here = [s for s, o in world.organisations.items() if o.territory_id == planned.territory_id]
        world.rounds |= dict.fromkeys(here, planned)
    run_due()
    carry_due()
    for slug in (ASSOCIATION, FAR):
        printed = Message.objects.filter(channel=Channel.PAPER, territory=world.organisations[slug].territory)
        world.sheets[slug] = printed.exclude(file="")[0]
    mails = Message.objects.filter(channel=Channel.EMAIL, state=Message.State.SENT)
    senders = [None, *(o.pk for slug, o in world.organisations.items() if slug != CLUB)]
    world.tokens = [reduce_token(mails[0], sender=sender) for sender in senders]


def _public(world: World) -> None:
    picture = BytesIO()
    Image.new("RGB", (40, 30), "coral").save(picture, "PNG")
    world.photo = add_photo(
        organisation=world.organisations[FLORIST],
        upload=picture.getvalue(),
        alt="Un bouquet",
        author="Odile Ferrand",
        right=Photo.Right.MINE,
        by=BY,
    )
    change_window(organisation=world.organisations[FLORIST], cover=world.photo, by=BY)
    listed = {"commune": Commune.objects.get(insee="94075"), "active": True, "listed": True, "category": "fleuriste"}
    world.business = Business.objects.create(siret="12345678900011", name="Fleurs sans maître", **listed)
    world.claimed = Business.objects.create(
        siret="12345678900029", name="La Brassée", organisation=world.organisations[FLORIST], **listed
    )


def found_in(text: str, role: str, secrets: Iterable[Secret]) -> list[str]:
    """The secrets that this role reads and should not."""
    tight = squeezed(text)
    return [secret.what for secret in secrets if role not in secret.readers and secret.is_in(tight)]
