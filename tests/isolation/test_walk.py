"""Every URL × every role × another organisation's objects: no leak, no write, no trace of who is known elsewhere."""

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from parvis.accounts.models import MandateQuerySet, Organisation
from parvis.accounts.rules import Permission
from parvis.contacts.models.customers import CustomerRecordQuerySet
from parvis.pages.queries import DeskRequest
from parvis.territory.models import Territory
from tests.house.routes import Route, routes

from .addresses import ADDRESSES
from .describing import ANYONE, NOBODY, RESIDENT, SIGNED_IN, Address
from .world import CLUB, FAR, HOLDS, World, found_in, squeezed

# Another role with less: asked only where one of the two holds something, for elsewhere they are the same.
LESS = {
    "officer of a club": "stranger",
    "florist's colleague": "florist",
    "florist's observer": "florist",
    "revoked delegate": "delegate",
    "expired delegate": "delegate",
}
# Whoever holds nothing at a club meets there what they meet elsewhere: one of them is asked, who keeps the territory.
AT_A_CLUB = {"officer of a club", "officer"}
ELSEWHERE = "/t/val"  # the path of the other territory, where this one has a name
OPEN, ASK_TO_SIGN_IN, CLOSED = "open", "asks to sign in", "closed"
# What is open to all and writes: what a visitor types waits for their address to answer, and a link may reduce.
COMPOSING = {"pages:compose", "pages:compose-step", "pages:compose-drop"}
JOINING = {"pages:join", "pages:join-again", "pages:me-enter", "pages:not-me"}
TEAM = {"pages:team", "pages:team-leave", "pages:team-remove", "pages:team-withdraw"}
KEEPING = {"pages:shop-suspend", "pages:shop-reopen", "pages:report", "pages:report-release"}
CLAIMS = {"pages:put-back", "pages:claim", "pages:claim-letter", "pages:mandate-give-up", "pages:mandate-take"}
CARDS = {"pages:customer-note", "pages:customer-taste", "pages:customer-refuse", "pages:import"}
WINDOW = {"pages:my-window-step", "pages:my-window-forget"}
COUNTER = {"pages:counter", "pages:cards", "pages:card-entry"}
# A query that is read by pieces asks PostgreSQL for a cursor.
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH", "BEGIN", "PRAGMA", "DECLARE", "FETCH", "CLOSE")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    outcome: str
    text: str
    writes: tuple[str, ...]  # sessions apart: signing in and messages live there
    kept: bool  # in the memory of the browser, for who presses « back » after them


def undescribed(all_routes: list[Route]) -> list[str]:
    """URLs that addresses.py does not know, and descriptions without their URL."""
    names = {route.name for route in all_routes}
    return sorted(names ^ ADDRESSES.keys())


def expected(role: str, address: Address) -> str:
    """What this role should meet, from the table of who holds what."""
    signed_in = role != "anonymous"
    if address.need in {ANYONE, NOBODY}:
        return OPEN if address.need == ANYONE else CLOSED
    if address.need == RESIDENT or not signed_in:
        return ASK_TO_SIGN_IN
    if address.need == SIGNED_IN:
        return OPEN if address.fits else CLOSED
    return OPEN if address.fits and address.need in HOLDS[role].get(address.at, ()) else CLOSED


def ask(client: Client, method: str, url: str, data: dict[str, Any], host: str = "testserver") -> Answer:
    """One request whose writes are undone, its cookies too, so that the next meets the same world: whoever pressed
    « Sortir » is still inside."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            at = {"host": host}
            response = client.generic("GET", url, headers=at) if method == "GET" else client.post(url, data, headers=at)
            text = _text(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    statements = (query["sql"] for query in queries.captured_queries)
    writes = tuple(s for s in statements if not s.startswith(READS) and "django_session" not in s)
    kept = "no-store" not in response.headers.get("Cache-Control", "")
    return Answer(response.status_code, _outcome(response), text, writes, kept)


def _outcome(response: HttpResponseBase) -> str:
    location = str(response.headers.get("Location", "")).removeprefix(ELSEWHERE)
    ways_in = (reverse(settings.LOGIN_URL), reverse("pages:me-enter"))
    # An invitation's own link, or a claim, leads through the sign-in and back: it is not closed.
    back = any(way in location for way in ("next=%2Finvitation%2F", "reprendre%2F"))
    if response.status_code == 302 and location.startswith(ways_in) and not back:
        return ASK_TO_SIGN_IN
    if response.status_code >= 500:
        return "broken"
    return CLOSED if response.status_code in {400, 403, 404, 409, 410} else OPEN


def _text(response: Any) -> str:
    """The body and the headers, a PDF in its own words."""
    # Reading a file to its end also closes it.
    body = b"".join(response) if isinstance(response, FileResponse) else response.content
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages) if body[:4] == b"%PDF" else ""
    return f"{response.headers} {words or body.decode(errors='replace')}"


def signed_in(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if user := world.users[role]:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def answers(
    world: World, role: str, method: str, prefix: str = "", *, only: str = ""
) -> Iterator[tuple[str, str, Address, Answer]]:
    """Each URL name, URL, address and answer, for the names that begin by `prefix`; `only` where this is expected."""
    client = signed_in(world, role)
    for name, describe in ADDRESSES.items():
        for address in describe(world) if name.startswith(prefix) else ():
            if only in {"", expected(role, address)} and not told_by_another(role, address):
                url = reverse(name, kwargs=address.arguments)
                host, path = ("localhost", f"{ELSEWHERE}{url}") if address.at == FAR else ("testserver", url)
                yield name, url, address, ask(client, method, path, address.data, host)


def told_by_another(role: str, address: Address) -> bool:
    if address.at == CLUB and role not in AT_A_CLUB:
        return True
    return role in LESS and address.at not in {*HOLDS[role], *HOLDS[LESS[role]]}


def walk(world: World, role: str, method: str, prefix: str = "") -> list[str]:
    """Ask every address as this role; what went wrong, one line each."""
    wrong = []
    for name, url, address, answer in answers(world, role, method, prefix):
        wrong += [f"{method} {name} {url}: {what}" for what in faults(world, role, method, address, answer)]
    return wrong


def faults(world: World, role: str, method: str, address: Address, answer: Answer) -> list[str]:
    wanted = expected(role, address)
    found = [f"tells {what}" for what in found_in(answer.text, role, world.secrets)]
    # 405 says the same to everyone: the URL has no such verb.
    if answer.status != 405 and answer.outcome != wanted:
        found.append(f"answers {answer.status} ({answer.outcome}), should be {wanted}")
    if answer.kept and role != "anonymous" and not address.public_file:
        found.append("stays behind the back button")
    if answer.writes and (method == "GET" or wanted != OPEN):
        found.append(f"writes {answer.writes[0][:80]}")
    return found


def test_every_url_is_described() -> None:
    assert undescribed(routes()) == []


def test_a_url_that_nobody_described_is_seen() -> None:
    planted = Route("pages:planted", frozenset(), lambda request: None)
    assert undescribed([*routes(), planted]) == ["pages:planted"]


@pytest.mark.parametrize("role", HOLDS)
def test_nobody_reads_what_is_not_theirs(world: World, role: str) -> None:
    assert walk(world, role, "GET") == []


@pytest.mark.parametrize("role", HOLDS)
def test_nobody_writes_where_they_may_not(world: World, role: str) -> None:
    assert walk(world, role, "POST") == []


def test_every_secret_is_read_by_someone_who_may(world: World) -> None:
    """Else the walk would pass over pages that show nothing."""
    readers = ("florist", "wine merchant", "officer of elsewhere")
    read = " ".join(squeezed(found.text) for role in readers for *_, found in answers(world, role, "GET", only=OPEN))
    assert [secret.what for secret in world.secrets if secret.readers and not secret.is_in(read)] == []


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (
            "florist",
            {*COMPOSING, *WINDOW, "pages:withdraw", "pages:mandates", "pages:revoke"} | CARDS | COUNTER | TEAM,
        ),
        (
            "officer",
            {"pages:compose", "pages:withdraw", "pages:run-now", "pages:my-window-step"} | TEAM | KEEPING | CLAIMS,
        ),
    ],
)
def test_what_the_walk_sends_is_good_enough_to_write(world: World, role: str, names: set[str]) -> None:
    written = {name for name, _, _, answer in answers(world, role, "POST", "pages:", only=OPEN) if answer.writes}
    assert written == names | JOINING


def test_a_planted_mandate_without_end_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MandateQuerySet, "in_force", lambda self: self.all())
    for role in ("revoked delegate", "expired delegate"):
        found = walk(world, role, "GET", "pages:call-list")
        assert any("tells telephone" in line for line in found)
        assert any("answers 200 (open), should be closed" in line for line in found)


def test_a_planted_open_file_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CustomerRecordQuerySet, "visible_to", lambda self, user: self.all())
    monkeypatch.setattr("parvis.pages.views.customers.desk_of", _any_desk)
    told = " ".join(walk(world, "wine merchant", "GET", "pages:customer"))
    assert "tells name of a customer of la-brassee" in told
    assert "tells note of la-brassee" in told


def test_a_planted_write_by_a_stranger_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.pages.views.compose.desk_of", _any_desk)
    assert any("writes " in line for line in walk(world, "wine merchant", "POST", "pages:compose"))


def test_a_planted_get_that_writes_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def counted(territory: Territory, _at: dt.datetime) -> list[Organisation]:
        territory.save()
        return []

    monkeypatch.setattr("parvis.pages.views.public.shopfronts", counted)
    assert any("writes UPDATE" in line for line in walk(world, "anonymous", "GET", "pages:home"))


def _any_desk(request: HttpRequest, slug: str, permission: Permission) -> Organisation:
    desk = cast(DeskRequest, request)
    desk.own, desk.acting = frozenset(), ""
    return Organisation.objects.get(slug=slug)
