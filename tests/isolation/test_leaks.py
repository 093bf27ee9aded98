"""What is passed on or photographed tells nobody who somebody is, and what is typed answers alike (decisions 1, 4)."""

import base64
import re
import uuid
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.accounts.actions.codes import send_sign_in_codes
from parvis.contacts.models import ContactPoint, CounterEntry, Person
from parvis.delivery.links import reduce_token
from parvis.delivery.models import Message
from parvis.pages.residents import KEY
from tests.letterbox import code_for, notices

from .test_walk import signed_in
from .world import ASSOCIATION, FLORIST, World

COUNTER = f"/bureau/{FLORIST}/comptoir/"
JOIN = f"/rejoindre/{FLORIST}/"
KNOWN_ELSEWHERE, UNKNOWN = "canarival@courriel.example", "personne@ailleurs.example"


def identity(person: Person) -> list[str]:
    """Everything by which someone could be known."""
    points = ContactPoint.objects.filter(person=person).values_list("value", flat=True)
    names = [record.family_name for record in person.customer_records.all()]
    return [word for word in (person.given_name, person.family_name, *names, *points) if word]


def tells(text: str, person: Person) -> list[str]:
    return [word for word in identity(person) if word in text]


def decoded(token: str) -> str:
    """What anyone may read of a signed token: signed is not sealed."""
    pieces = [piece + "=" * (-len(piece) % 4) for piece in re.split(r"[:.]", token)]
    return token + "".join(base64.urlsafe_b64decode(piece).decode(errors="replace") for piece in pieces)


def mail_to(world: World) -> Message:
    person = world.customers[f"{FLORIST} email"].person
    return Message.objects.filter(person=person, state=Message.State.SENT).latest("pk")


@pytest.mark.parametrize("name", ["why", "fewer", "stop"])
def test_a_neighbour_to_whom_a_message_is_passed_on_learns_nobody_s_name_nor_address(world: World, name: str) -> None:
    """Neither on the page, nor in its address, nor after pressing its button."""
    message = mail_to(world)
    person, token = message.person, reduce_token(message)
    url = reverse(f"delivery:{name}", args=[token])
    neighbour = Client()
    seen = decoded(token) + neighbour.get(url).content.decode()
    assert not tells(seen, person)
    if name != "why":
        assert not tells(neighbour.post(url).content.decode(), person)
    assert KEY not in neighbour.session
    assert len(identity(person)) > 2


def test_the_short_address_of_a_shop_says_the_shop_and_nobody(world: World) -> None:
    """To a passer-by, to the shop itself, and to whoever is at their own page."""
    short = reverse("pages:join-short", args=[FLORIST])
    assert short == f"/r/{FLORIST}/"
    answers = [signed_in(world, role).get(short) for role in ("anonymous", "florist", "wine merchant")]
    assert {answer.headers["Location"] for answer in answers} == {JOIN}
    assert not answers[0].cookies


def test_the_code_on_the_counter_is_the_same_before_and_after_somebody_is_noted(world: World) -> None:
    florist = signed_in(world, "florist")

    def drawn() -> str:
        found = re.search(r'class="counter__qr".*?</svg>', florist.get(COUNTER).content.decode(), re.DOTALL)
        assert found
        return found[0]

    before = drawn()
    florist.post(COUNTER, {"key": str(uuid.uuid4()), "contact": UNKNOWN, "answer": "oui"})
    assert CounterEntry.objects.exists()
    assert drawn() == before


def test_a_link_to_confirm_that_is_passed_on_shows_no_address(world: World) -> None:
    mine = Client()
    link = mine.post(JOIN, {"email": UNKNOWN, "rhythm": 2, "consent": "on"}).headers["Location"]
    assert UNKNOWN not in decoded(urlsplit(link).path.split("/")[-2])
    assert UNKNOWN in mine.get(link).content.decode()
    neighbour = Client()
    assert UNKNOWN not in neighbour.get(link).content.decode()
    again = neighbour.post(link.replace("/code/", "/encore/")).headers["Location"]
    assert UNKNOWN not in neighbour.get(again).content.decode()


def test_a_neighbour_who_asks_for_another_code_does_not_come_in_with_the_one_of_the_mail(world: World) -> None:
    link = Client().post(JOIN, {"email": UNKNOWN, "rhythm": 2, "consent": "on"}).headers["Location"]
    neighbour = Client()
    again = neighbour.post(link.replace("/code/", "/encore/")).headers["Location"]
    assert again == link  # within the minute, the same answers are one
    assert "/fait/" in neighbour.post(again, {"code": code_for(UNKNOWN)}).headers["Location"]
    assert KEY not in neighbour.session


def cost(client: Client, url: str, data: dict[str, str]) -> tuple[int, int, int]:
    """What a stopwatch could see of one press: the status, how many questions and how many writes."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(url, data)
    writes = [query for query in queries.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return answer.status_code, len(queries), len(writes)


@pytest.mark.parametrize(
    ("role", "url", "field"),
    [
        ("florist", COUNTER, "contact"),
        ("anonymous", JOIN, "email"),
        ("anonymous", "/moi/entrer/", "email"),
    ],
)
def test_a_press_costs_the_same_for_an_address_known_elsewhere_and_an_unknown_one(
    world: World, role: str, url: str, field: str
) -> None:
    assert world.customers["enseignes-du-val"].email == KNOWN_ELSEWHERE
    more = {"answer": "oui", "rhythm": "2", "consent": "on"}
    client = signed_in(world, role)
    client.get(url)
    before = len(notices())
    cost(
        client, url, {field: "premier@ailleurs.example", "key": str(uuid.uuid4())} | more
    )  # what is read once a session
    seen = {cost(client, url, {field: one, "key": str(uuid.uuid4())} | more) for one in (KNOWN_ELSEWHERE, UNKNOWN)}
    assert len(seen) == 1
    assert next(iter(seen))[0] == 302
    assert len(notices()) == before  # what is written to them leaves behind one's back, by the worker


def test_the_account_of_an_association_is_asked_for_without_telling_whether_it_exists(world: World) -> None:
    """Its code leaves by the worker: what the request does is the same."""
    officer = world.users["officer"]
    assert officer and officer.offices.filter(organisation__slug=ASSOCIATION).exists()
    before = len(notices())
    browsers = {one: Client() for one in (officer.email, UNKNOWN)}
    seen = {cost(browser, reverse("account_login"), {"email": one}) for one, browser in browsers.items()}
    assert len(seen) == 1
    assert next(iter(seen))[0] == 302
    code = reverse("account_confirm_login_code")
    assert len({cost(browser, code, {"code": "AAAAAA"}) for browser in browsers.values()}) == 1
    assert len(notices()) == before
    assert send_sign_in_codes() == 1
