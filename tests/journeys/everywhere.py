"""Every page of the site as a role meets it, from the list of URLs that the isolation walk keeps, ready for a browser.

The pages are asked first and shown afterwards, from memory: while Playwright's loop runs, Django refuses its database.
"""

import copy
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from parvis.accounts.models import Mandate
from parvis.accounts.rules import Permission
from parvis.pages.residents import enter
from parvis.pages.views.errors import broken
from tests.isolation.addresses import ADDRESSES
from tests.isolation.describing import ANYONE, NOBODY, RESIDENT, SIGNED_IN, Address
from tests.isolation.world import ASSOCIATION, FLORIST, HOLDS, World

VISITOR, EMPTY = "visitor", ", sent empty"
# Whose session opens the pages, and of which organisation.
ROLES = {
    VISITOR: "",
    "resident": "",
    "florist": FLORIST,
    "officer": ASSOCIATION,
    # Each of these reads the florist's pages with less on them.
    "florist's colleague": FLORIST,
    "florist's observer": FLORIST,
    "delegate": FLORIST,
}
ASKER = "odile@ailleurs.example"
# Pages that follow a question: what is sent first, to the page of that name.
AFTER: dict[str, tuple[str, dict[str, str]]] = {
    "account_confirm_login_code": ("account_login", {"login": ASKER, "email": ASKER}),
    "directory:taken-down": ("directory:delist", {}),
    "pages:import-preview": ("pages:import", {}),  # with SHEET
    "pages:me-code": ("pages:me-enter", {"email": ASKER}),
    "pages:me-email-code": ("pages:me-email", {"email": ASKER}),
    "pages:me-email-proof-code": ("pages:me-email-proof", {}),
    "pages:me-erase-code": ("pages:me-erase", {}),
}
OPEN_TO_ALL = {"account_confirm_login_code", "directory:taken-down", "pages:me-code"}
SHEET = "Nom;Téléphone;Accord\nFerrand;06 39 98 41 77;\nMeunier;06 39 98;\n;;\n"
STYLE = "core/css/parvis.css"
IMPORT = re.compile(r'@import "([^"]+)" layer\((\w+)\)(?: (print))?;')
ASKED: tuple[dict[str, Any] | None, ...] = (None, {})  # opened, and its form sent empty
# What differs from one reader to the next without being seen: the keys of forms, the names of who reads.
UNSEEN = re.compile(rb"<(?:input|meta)[^>]*(?:csrf|key)[^>]*>|hx-headers=\S+|Personne \d|canariadresse\d")
PICTURE = re.compile(r"/photos/[^\s\"',]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, its name as the walk's list has it, and what the site answered."""

    name: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Everything:
    """What one role may be shown, and all that these pages ask the site for, by path."""

    pages: list[Shown] = field(default_factory=list)
    pieces: dict[str, Shown] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """A site that answers what was asked before. `page` is the one in front of the reader; `strange`: paths that a page
    asks for and that none of these pages has."""

    shown: Everything = field(default_factory=Everything)
    page: Shown | None = None
    origin: str = ""
    strange: list[str] = field(default_factory=list)

    def answer(self, path: str) -> Shown:
        if path.startswith(settings.STATIC_URL):
            return _file(path.removeprefix(settings.STATIC_URL))
        if found := self.page if self.page and path == self.page.path else self.shown.pieces.get(path):
            return found
        self.strange.append(path)
        return Shown("", path, 404, {}, b"")


@contextmanager
def in_memory() -> Iterator[Memory]:
    """Over the loopback, where a browser keeps what it has read once: through its driver, each file of each page would
    come again."""
    memory = Memory()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = memory.answer(self.path)
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    memory.origin = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@cache
def _file(name: str) -> Shown:
    found = Path(str(finders.find(name)))
    body = _whole_style().encode() if name == STYLE else found.read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Shown(name, name, 200, {"Content-Type": kind, "Cache-Control": "max-age=3600"}, body)


@cache
def _whole_style() -> str:
    """In one piece, as nothing is gained by asking for its fifty files."""
    whole = Path(str(finders.find(STYLE)))

    def put(found: re.Match[str]) -> str:
        return f"@media {found[3] or 'all'} {{ @layer {found[2]} {{ {(whole.parent / found[1]).read_text()} }} }}"

    return IMPORT.sub(put, whole.read_text())


def everyone(world: World, language: str = "fr") -> Iterator[Everything]:
    """Each role's pages, but for those that look the same to a role before it."""
    seen = set[tuple[str, bytes]]()
    for role in ROLES:
        found = everything(world, role, language)
        looks = {(page.name, UNSEEN.sub(b"", page.body)): page for page in found.pages}
        found.pages = [page for look, page in looks.items() if look not in seen]
        seen |= looks.keys()
        yield found


def everything(world: World, role: str, language: str = "fr") -> Everything:
    found, pieces = Everything(), list[Shown]()
    client = _client(world, role, language)
    seen = set()
    for name, address in _addresses(world, role):
        alike = (name, *(address.arguments.get(key) for key in ("slug", "step")))
        for sent in ASKED if alike not in seen else ():
            if page := _ask(client, name, address, sent):
                seen.add(alike)
                (found.pages if b"<html" in page.body else pieces).append(page)
                pieces += _pieces(page, _client(world, role))
    found.pieces = {page.path: page for page in reversed(found.pages + pieces)}
    if role == VISITOR:
        found.pages += [_opening_a_file(world, language), *_elsewhere(language)]
    return found


def _addresses(world: World, role: str) -> Iterator[tuple[str, Address]]:
    """What is this role's own: a page open to anyone is looked at as a passer-by."""
    for name, describe in ADDRESSES.items():
        for address in describe(world):
            if address.fits and role in _lookers(name, address):
                yield name, address


def _lookers(name: str, address: Address) -> set[str]:
    if name in OPEN_TO_ALL:  # described in the list for those who were asked for no code
        return {VISITOR}
    if address.need == SIGNED_IN:
        return {"florist", "officer"}
    one = {ANYONE: VISITOR, RESIDENT: "resident", NOBODY: ""}
    if address.need in one:
        return {one[address.need]}
    return {role for role, at in ROLES.items() if at and at == address.at and address.need in HOLDS[role].get(at, ())}


def _client(world: World, role: str, language: str = "fr") -> Client:
    client = Client(raise_request_exception=False, headers={"Accept-Language": language})
    if role == "resident":
        request = HttpRequest()
        request.session = client.session
        enter(request, world.customers[f"{FLORIST} email"].person)
        request.session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    elif role != VISITOR:
        user = world.users[role]
        assert user
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _ask(signed_in: Client, name: str, address: Address, sent: dict[str, Any] | None) -> Shown | None:
    """The page as it opens, or as it answers a form sent empty; its writes are undone."""
    path = reverse(name, kwargs=address.arguments)
    with transaction.atomic():
        client = copy.deepcopy(signed_in)
        if name in AFTER:
            before, data = AFTER[name]
            file = {"file": SimpleUploadedFile("clients.csv", SHEET.encode())} if before == "pages:import" else {}
            client.post(reverse(before, kwargs=address.arguments), data | file)
        response = client.get(path) if sent is None else client.post(path, sent)
        body = _body(response)
        transaction.set_rollback(True)
    html = response.headers.get("Content-Type", "").startswith("text/html")
    # A refusal of the verb or of the right is no page of this role's; other refusals are.
    if not html or response.status_code in {301, 302, 303, 403, 404, 405}:
        return None
    said = name if sent is None else name + EMPTY
    return Shown(said, path, response.status_code, _headers(response), body)


def _body(response: Any) -> bytes:
    """A file read to its end, which also closes it."""
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def _headers(response: Any) -> dict[str, str]:
    return {key: value for key, value in response.headers.items() if key != "Content-Length"}


def _pieces(page: Shown, client: Client) -> Iterator[Shown]:
    """The photographs that a page may ask for: that of a draft is its own desk's."""
    for path in set(PICTURE.findall(page.body.decode())):
        response = client.get(path)
        if response.status_code == 200:
            yield Shown(path, path, 200, _headers(response), _body(response))


def _opening_a_file(world: World, language: str) -> Shown:
    """What is asked of a delegate who may read the customers, and of nobody else."""
    delegate = world.users["delegate"]
    assert delegate
    with transaction.atomic():
        mandates = Mandate.objects.filter(holder=delegate, organisation__slug=FLORIST)
        mandates.update(permissions=[Permission.SEE_DESK, Permission.SEE_CUSTOMERS])
        path = reverse("pages:open-file", kwargs={"slug": FLORIST})
        response = _client(world, "delegate", language).get(path)
        transaction.set_rollback(True)
    return Shown("pages:open-file", path, response.status_code, _headers(response), response.content)


def _elsewhere(language: str) -> Iterator[Shown]:
    """Pages that no URL of ours names: what is missing, what is broken, a host of several territories."""
    asked = {"Accept-Language": language}
    lost = Client(headers=asked).get("/nulle-part/")
    which = Client(SERVER_NAME="localhost", headers=asked).get("/")
    with translation.override(language):
        failed = broken(RequestFactory().get("/casse/"))
    for name, response in (("missing", lost), ("territories", which), ("broken", failed)):
        yield Shown(name, f"/{name}/", response.status_code, _headers(response), response.content)
