"""Every URL of the site, described: with which objects to ask for it, and who may. A new one must be added here."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.accounts.actions import invite
from parvis.accounts.actions.team import INVITATION_SALT, sealed
from parvis.accounts.models import Invitation, Organisation
from parvis.accounts.rules import Role
from parvis.announcements.actions import answer_draft, begin_draft
from parvis.announcements.models import Draft
from parvis.contacts.actions import (
    Answers,
    Said,
    card_token,
    issue_cards,
    not_me_token,
    note_said,
    sign_up,
    sign_up_token,
)
from parvis.contacts.models import ContactPoint, Interest, Wording
from parvis.contacts.queries import standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.core.typography import no_break
from parvis.slips.models import Slip
from tests import builders
from tests.builders import BY

from .describing import ANYONE, NOBODY, RESIDENT, SIGNED_IN, Address, Describe
from .describing import each_object as _object
from .describing import sending as _with
from .windows import claimable, claims, held_mandates, letters, papers, taken_down, waiting_mandates, window_steps
from .world import ASSOCIATION, FAR, FLORIST, WINES, World


def _plain(**arguments: Any) -> Describe:
    def describe(_world: World) -> Iterator[Address]:
        yield Address(arguments)

    return describe


def _desk(need: str, data: Callable[[], dict[str, Any]] = dict) -> Describe:
    """One page of each organisation."""

    def describe(world: World) -> Iterator[Address]:
        for slug in world.organisations:
            yield Address({"slug": slug}, need, slug, data=data())

    return describe


def _announcements(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((one.pk, {slug}) for slug, one in world.announcements.items())


def _customers(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((one.pk, {one.organisation.slug}) for one in world.customers.values())


def _cards(world: World, **data: Any) -> Iterator[Address]:
    for one in _object("edit_customers", _customers)(world):
        yield dataclasses.replace(one, data=data)


def _refused_customers(world: World) -> Iterator[Address]:
    for one in _object("see_customers", _customers)(world):
        yield Address({**one.arguments, "channel": "email"}, one.need, one.at, one.fits)


def _sheets(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((sheet.pk, _same_territory(world, slug)) for slug, sheet in world.sheets.items())


def _rounds(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((world.rounds[slug].pk, _same_territory(world, slug)) for slug in (ASSOCIATION, FAR))


def _same_territory(world: World, slug: str) -> set[str]:
    here = world.organisations[slug].territory_id
    return {other for other, organisation in world.organisations.items() if organisation.territory_id == here}


def _call_lists(world: World) -> Iterator[tuple[int, set[str]]]:
    """Both shops phoned in the round here; nobody did elsewhere."""
    yield world.rounds[ASSOCIATION].pk, {FLORIST, WINES}
    yield world.rounds[FAR].pk, set()


def _mandates(world: World) -> Iterator[tuple[int, set[str]]]:
    yield from ((mandate.pk, {FLORIST}) for mandate in world.mandates.values())


def _announcement_pages(world: World) -> Iterator[Address]:
    for slug, one in world.announcements.items():
        yield Address({"pk": one.pk}, _here(world, slug))


def _windows(world: World, **data: Any) -> Iterator[Address]:
    """A page of each organisation, for everyone who comes under its territory's name."""
    for slug in world.organisations:
        yield Address({"slug": slug}, _here(world, slug), data=data)


def _here(world: World, slug: str) -> str:
    return ANYONE if slug in _same_territory(world, FLORIST) else NOBODY


def _photo(world: World) -> Iterator[Address]:
    assert world.photo
    yield Address({"key": world.photo.key, "size": 400, "extension": "jpg"}, public_file=True)


def _businesses(world: World) -> Iterator[Address]:
    for business in (world.business, world.claimed):
        assert business
        yield Address({"siret": business.siret})


def _delisted(world: World) -> Iterator[Address]:
    """Only an unclaimed page is taken down by anyone."""
    assert world.business and world.claimed
    yield Address({"siret": world.business.siret})
    yield Address({"siret": world.claimed.siret}, NOBODY)


def _links(world: World) -> Iterator[Address]:
    for token in world.tokens:
        yield Address({"token": token})
    yield Address({"token": world.tokens[0][:-2] + "xx"}, NOBODY)


def _drafts(*steps: str, **data: Any) -> Describe:
    """What the florist began to say, asked at each organisation: by its first question, and what nobody asks."""

    def describe(world: World) -> Iterator[Address]:
        florist, author = world.organisations[FLORIST], world.users["florist"]
        assert author
        answered = {"kind": "news", "title": "CanariCommence", "interests": [Interest.objects.get(slug="fleurs").pk]}
        draft = Draft.objects.filter(organisation=florist).first() or begin_draft(
            organisation=florist, author=author, by=BY
        )
        answer_draft(draft=draft, answers=answered)
        for slug in world.organisations:
            for step in steps or ("",):
                named = {"step": step} if step else {}
                yield Address(
                    {"slug": slug, "pk": draft.pk, **named}, "announce", slug, fits=slug == FLORIST, data=data
                )

    return describe


def _giving(world: World) -> Iterator[Address]:
    """To the association of the place."""
    for one in _desk("give_mandate", _signed)(world):
        yield dataclasses.replace(one, data=one.data | {"through": world.organisations[ASSOCIATION].pk})


def _signed() -> dict[str, Any]:
    day = (clock.today() - dt.timedelta(days=2)).isoformat()
    return {
        "signed_by": "Odile Ferrand",
        "signed_on": day,
        "evidence": no_break("Tiroir du haut"),
        "permissions": ["see_desk", "see_customers"],
    }


def _sheet() -> dict[str, Any]:
    return {"file": SimpleUploadedFile("clients.csv", b"Nom;E-mail\nPassante;passante@ailleurs.example\n")}


def _typed() -> dict[str, Any]:
    return {"email": "passante@ailleurs.example", "rhythm": 2, "consent": "on"}


def _sign_ups(world: World) -> Iterator[Address]:
    """One who waits for her code, asked again within the minute: the same."""
    shop = world.organisations[FLORIST]
    wording = Wording.objects.get(key="web-email", version=1)
    token = sign_up_token(
        sign_up(sender=shop, answers=Answers("canariinscrite@courriel.example"), wording=wording, visitor="")
    )
    yield Address({"slug": FLORIST, "token": token})
    yield Address({"slug": WINES, "token": token}, NOBODY)
    yield Address({"slug": FLORIST, "token": token[:-2] + "xx"}, NOBODY)


def _spoken() -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "contact": "passante@ailleurs.example", "answer": "oui"}


def _card_of(organisation: Organisation) -> Slip:
    wordings = {Channel.PAPER: builders.wording("paper-paper")}
    return issue_cards(organisation=organisation, tastes=["fleurs"], wordings=wordings, count=1, by=BY)[0]


def _card_codes(world: World) -> Iterator[Address]:
    """Each shop's own code; that of another is refused beside its field, as one that nobody has."""
    for slug, organisation in world.organisations.items():
        yield Address({"slug": slug}, "enrol", slug, data={"code": _card_of(organisation).code.lower()})


def _card_forms(world: World) -> Iterator[Address]:
    """One card of the florist's, asked at each organisation; and an altered address."""
    token = card_token(_card_of(world.organisations[FLORIST]))
    for slug in world.organisations:
        filled = {"family_name": "Passante", "agreed": ["paper"], "signed": "on"}
        yield Address({"slug": slug, "token": token}, "enrol", slug, fits=slug == FLORIST, data=filled)
        yield Address({"slug": slug, "token": token[:-2] + "xx"}, "enrol", slug, fits=False, data=filled)


def _not_me(world: World) -> Iterator[Address]:
    wording = builders.wording("counter-email")
    said = Said(builders.details(), on=clock.today(), yeses={Channel.EMAIL: wording})
    entry = note_said(
        organisation=world.organisations[FLORIST], key=uuid.uuid4(), said=said, source=Source.COUNTER, by=BY
    )
    yield Address({"token": not_me_token(entry)})
    yield Address({"token": not_me_token(entry)[:-2] + "xx"}, NOBODY)


def _mine(data: Callable[[], dict[str, Any]] = dict, **arguments: Any) -> Describe:
    """A page of one's own."""

    def describe(_world: World) -> Iterator[Address]:
        yield Address(arguments, RESIDENT, data=data())

    return describe


def _shop_pages(need: str, **data: Any) -> Describe:
    """Each shop, asked at each organisation: the association's of its own territory alone."""

    def shops(world: World) -> Iterator[tuple[int, set[str]]]:
        for slug in (FLORIST, WINES):
            yield world.organisations[slug].pk, {ASSOCIATION}
        yield world.organisations[ASSOCIATION].pk, set()  # no shop

    return lambda world: _with(_object(need, shops)(world), data)


def _reports(**data: Any) -> Describe:
    """Each announcement of one's territory."""

    def said(world: World) -> Iterator[tuple[int, set[str]]]:
        yield from ((one.pk, _same_territory(world, slug)) for slug, one in world.announcements.items())

    return lambda world: _with(_object("moderate", said)(world), data)


def _reportable(world: World) -> Iterator[Address]:
    for slug, one in world.announcements.items():
        yield Address({"pk": one.pk}, _here(world, slug), data={"reason": "false", "text": "C’est faux."})


def _offices(world: World) -> Iterator[tuple[int, set[str]]]:
    """Of people without whom their organisation goes on."""
    for role, slug in (("florist's observer", FLORIST), ("delegate", ASSOCIATION)):
        user = world.users[role]
        assert user
        yield user.offices.get(organisation=world.organisations[slug]).pk, {slug}


def _invitations(world: World) -> Iterator[tuple[int, set[str]]]:
    for slug, role in ((FLORIST, "florist"), (ASSOCIATION, "officer")):
        yield _invitation(world, slug, role).pk, {slug}


def _invitation(world: World, slug: str, role: str) -> Invitation:
    organisation, inviter = world.organisations[slug], world.users[role]
    assert inviter
    known = Invitation.objects.filter(organisation=organisation).first()
    return known or invite(
        organisation=organisation,
        email=f"invitee@{slug}.example",
        name="Une invitée",
        role=Role.OBSERVER,
        inviter=inviter,
        by=BY,
    )


def _invitation_links(world: World) -> Iterator[Address]:
    """The secret is in the mail alone: here, one of ours. Whoever entered with another address is told so."""
    invitation = _invitation(world, FLORIST, "florist")
    invitation.token = sealed("secret")
    invitation.save()
    token = signing.Signer(salt=INVITATION_SALT).sign("secret")
    yield Address({"token": token})
    yield Address({"token": token[:-2] + "xx"}, NOBODY)


def _closed(**arguments: Any) -> Describe:
    """The demo's pages, on a site that is not the demo."""

    def describe(_world: World) -> Iterator[Address]:
        yield Address(arguments, NOBODY)

    return describe


ADDRESSES: dict[str, Describe] = {
    "pages:home": _plain(),
    "pages:window-legal": _windows,
    "pages:legal": _plain(),
    "pages:privacy": _plain(),
    "pages:accessibility": _plain(),
    "pages:components": _plain(),
    "pages:agenda": _plain(),
    "pages:doors": _plain(),
    "pages:search": _plain(),
    "pages:robots": _plain(),
    "pages:sitemap": _plain(),
    "pages:commune": _plain(slug="villecresnes"),
    "pages:window": _windows,
    "pages:join-short": _windows,
    "pages:join": lambda world: _windows(world, **_typed()),
    "pages:join-code": _sign_ups,
    "pages:join-again": _sign_ups,
    "pages:join-done": _sign_ups,
    "pages:me-enter": lambda _world: iter([Address(data={"email": "canaricourrielemail1@courriel.example"})]),
    # Nobody here has asked for a code: back to the question.
    "pages:me-code": _mine(),
    "pages:me-goodbye": _plain(),
    "pages:me": _mine(),
    "pages:me-leave": _mine(),
    "pages:me-tastes": _mine(lambda: {"envie-fleurs": "oui"}),
    "pages:me-rhythm": _mine(lambda: {"rythme": "7"}),
    "pages:me-channel": _mine(lambda: {"canal": "paper"}),
    "pages:me-withdraw": lambda _world: iter([Address({"pk": one.pk}, RESIDENT) for one in standing()[:3]]),
    "pages:me-say-yes": _mine(lambda: {"consent": "on"}, slug=FLORIST),
    "pages:me-stop": _mine(),
    "pages:me-sorting": _mine(lambda: {"tri": "non"}),
    "pages:me-adult": _mine(lambda: {"majeur": "oui"}),
    "pages:me-history": _mine(),
    "pages:me-data": _mine(),
    "pages:me-json": _mine(),
    "pages:me-pdf": _mine(),
    "pages:me-email": _mine(lambda: {"email": "ailleurs@ailleurs.example"}),
    "pages:me-email-code": _mine(lambda: {"code": "000000"}),
    "pages:me-email-proof": _mine(),
    "pages:me-email-proof-code": _mine(lambda: {"code": "000000"}),
    "pages:me-forget-address": lambda _world: iter(
        [Address({"pk": point.pk}, RESIDENT) for point in ContactPoint.objects.filter(kind="phone")[:3]]
    ),
    "pages:me-erase": _mine(),
    "pages:me-erase-code": _mine(lambda: {"code": "000000"}),
    "pages:desk": lambda _world: iter([Address(need=SIGNED_IN)]),
    "pages:organisation": _desk("see_desk"),
    "pages:compose": _desk("announce"),
    "pages:compose-step": _drafts("photo", "phrase", "quand", "pour-qui", "relire", title="Une phrase de passage"),
    "pages:compose-drop": _drafts(),
    "pages:compose-crowd": _drafts(),
    "pages:said": _object("announce", _announcements),
    "pages:withdraw": _object("announce", _announcements),
    "pages:my-window": _desk("edit_window"),
    "pages:my-window-step": window_steps,
    "pages:my-window-forget": _desk("edit_window", lambda: {"day": "2026-12-24", "last": "2026-12-24"}),
    "pages:customers": _desk("see_customers"),
    "pages:open-file": _desk("see_customers"),
    "pages:customer": _object("see_customers", _customers),
    "pages:import": _desk("edit_customers", _sheet),
    "pages:import-preview": _desk("edit_customers"),
    "pages:import-note": _desk("edit_customers"),
    "pages:customer-note": lambda world: _cards(world, note="Passe le samedi"),
    "pages:customer-taste": lambda world: _cards(world, interest=Interest.objects.get(slug="jardin").pk, liked="non"),
    "pages:customer-refuse": _refused_customers,
    "pages:counter": _desk("enrol", _spoken),
    "pages:counter-done": _desk("enrol"),
    "pages:counter-token": _desk("enrol"),
    "pages:counter-worker": _desk("enrol"),
    "pages:cards": _desk("enrol", lambda: {"count": 1}),
    "pages:card": _card_codes,
    "pages:card-entry": _card_forms,
    "pages:not-me": _not_me,
    "pages:calls": _desk("see_paper"),
    "pages:call-list": _object("see_paper", _call_lists, "batch"),
    "pages:sheets": _desk("print_sheets"),
    "pages:sheet": _object("print_sheets", _sheets),
    "pages:journal": _desk("see_audit"),
    "pages:mandates": _giving,
    "pages:mandate-take": _object("see_shops", waiting_mandates),
    "pages:mandate-give-up": _object("see_shops", held_mandates),
    "pages:revoke": _object("give_mandate", _mandates),
    "pages:rounds": _desk("see_rounds"),
    "pages:run-now": _desk("run_rounds"),
    "pages:round": _object("see_rounds", _rounds),
    "pages:shops": _desk("see_shops"),
    "pages:shop": _shop_pages("see_shops", name="Une invitée", email="premiere@ailleurs.example"),
    "pages:shop-suspend": _shop_pages("suspend", why="Une raison"),
    "pages:shop-release": _shop_pages("suspend", why="Une raison"),
    "pages:put-back": taken_down,
    "pages:shop-reopen": _shop_pages("suspend"),
    "pages:claims": _desk("see_shops"),
    "pages:claim": lambda world: _with(_object("see_shops", claims)(world), {"decision": "ouvrir"}),
    "pages:claim-letter": letters,
    "pages:claim-paper": _object("see_shops", papers),
    "pages:residents": _desk("see_residents"),
    "pages:residents-csv": _desk("see_residents"),
    "pages:reports": _desk("moderate"),
    "pages:report": _reports(why="Une raison", decision="retenir"),
    "pages:report-release": _reports(),
    "pages:team": _desk("team", lambda: {"name": "Une autre", "email": "autre@ailleurs.example", "role": "observer"}),
    "pages:team-leave": _desk("see_desk"),
    "pages:team-remove": _object("team", _offices),
    "pages:team-withdraw": _object("team", _invitations),
    "pages:invitation": _invitation_links,
    "set_language": _plain(),
    "account_login": _plain(),
    "account_request_login_code": _plain(),
    # Nobody here has asked for a code: back to the first question.
    "account_confirm_login_code": lambda _world: iter([Address(need=SIGNED_IN)]),
    "account_passkey_login": _plain(),
    "account_devices": lambda _world: iter([Address(need=SIGNED_IN)]),
    # Nobody here came in by a code: a device is added within half an hour of one.
    "account_device_add": lambda _world: iter([Address(need=SIGNED_IN)]),
    "account_device_remove": lambda _world: iter([Address({"pk": 1}, SIGNED_IN, fits=False)]),
    "account_logout": _plain(),
    "directory:index": _plain(),
    "directory:commune": _plain(slug="villecresnes"),
    "directory:category": _plain(slug="fleuriste"),
    "directory:business": _businesses,
    "directory:claim": claimable,
    "directory:delist": _delisted,
    # Nobody here took a page down: only the browser that did reads it.
    "directory:taken-down": lambda world: (dataclasses.replace(one, need=NOBODY) for one in _businesses(world)),
    "announcements:page": _announcement_pages,
    "announcements:report": _reportable,
    "photos:file": _photo,
    "delivery:why": _links,
    "delivery:fewer": _links,
    "delivery:stop": _links,
    "delivery:one-click": _links,
    "demo:enter": _closed(token="jeton"),
    "demo:mailbox": _closed(),
    "demo:mail": _closed(name="courrier"),
    "demo:body": _closed(name="courrier"),
    "demo:piece": _closed(name="courrier", cid="photo"),
}
