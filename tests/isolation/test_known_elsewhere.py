"""Decision 1: no screen, error or timing tells a shop that someone is known elsewhere."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.accounts.models import Organisation
from parvis.contacts.actions import CustomerDetails, enrol
from parvis.contacts.models import CustomerRecord
from parvis.contacts.rules import Source
from parvis.core.models import AuditEntry
from tests import builders
from tests.builders import BY, details

from .world import FLORIST, World

KNOWN, UNKNOWN = "+33639981199", "+33639981777"


def enrolled(shop: Organisation, phone: str, given_name: str = "Odile") -> tuple[CustomerRecord, dict[str, Any]]:
    """The record, and all that the shop could observe of the entry."""
    typed: CustomerDetails = details(phone=phone, email="", family_name="Meunier", given_name=given_name, note="")
    before = AuditEntry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        record, outcome = enrol(organisation=shop, details=typed, source=Source.COUNTER, by=BY)
    audited = list(AuditEntry.objects.order_by("pk")[before:].values_list("verb", "organisation", "detail"))
    return record, {"outcome": outcome, "name": str(record), "audit": audited, "queries": len(queries)}


def fresh_shop() -> Organisation:
    """A baker to whom nobody has said anything yet."""
    return builders.shop(slug="fournil-des-sources")


def page(record: CustomerRecord) -> tuple[str, int]:
    """The shop's page of this customer without the customer's own address, and how many queries it took."""
    client = Client()
    owner = builders.user(of=record.organisation)
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    with CaptureQueriesContext(connection) as queries:
        url = reverse("pages:customer", args=[record.organisation.slug, record.pk])
        text = client.get(url).content.decode()
    own = r"06.39.98.\d\d.\d\d|\d+ rue du Lavoir|csrfmiddlewaretoken\S+ value=\S+"
    return re.sub(own, "", text), len(queries)


# The same person under both shops' eyes; someone else of the same household; nobody known.
OTHERS = [(KNOWN, "Odile"), (KNOWN, "Paule")]


@pytest.mark.parametrize(("phone", "given_name"), OTHERS)
def test_entering_a_known_number_says_the_same_as_an_unknown_one(world: World, phone: str, given_name: str) -> None:
    shop = fresh_shop()
    seen = [enrolled(shop, each, given_name)[1] for each in (phone, UNKNOWN)]
    assert [one.pop("queries") > 0 for one in seen] == [True, True]
    assert seen[0] == seen[1]


@pytest.mark.parametrize(("phone", "given_name"), OTHERS)
def test_entering_a_known_number_asks_the_database_as_many_questions(world: World, phone: str, given_name: str) -> None:
    shop = fresh_shop()
    seen = [enrolled(shop, each, given_name)[1]["queries"] for each in (phone, UNKNOWN)]
    assert seen[0] == seen[1]


def test_the_page_of_a_customer_known_elsewhere_looks_like_any_other(world: World) -> None:
    shop = fresh_shop()
    known, unknown = enrolled(shop, KNOWN)[0], enrolled(shop, UNKNOWN)[0]
    assert known.person.customer_records.filter(organisation__slug=FLORIST).exists()
    assert "Meunier" in page(known)[0]
    assert page(known) == page(unknown)


def test_the_way_in_answers_the_same_to_a_known_and_an_unknown_address(world: World) -> None:
    seen = []
    for email in ("canariadresse0@parvis.example", "personne@ailleurs.example"):
        client = Client()
        answer = client.post(reverse("account_login"), {"login": email, "email": email})
        where = answer.headers.get("Location", "")
        text = client.get(where).content.decode().replace(email, "")
        seen.append((answer.status_code, where, re.sub(r"value=\S+", "", text)))
    assert seen[0] == seen[1]
    assert seen[0][0] == 302
