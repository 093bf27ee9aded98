"""Decision 1: no screen, error or timing tells a shop that someone is known elsewhere."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parvis.accounts.models import Organisation
from parvis.contacts.actions import CustomerDetails, enrol
from parvis.contacts.models import CustomerRecord
from parvis.contacts.queries import reach
from parvis.contacts.rules import Channel, Source
from parvis.core.models import AuditEntry
from tests import builders
from tests.builders import BY, details

from .world import FLORIST, World

KNOWN, UNKNOWN = "+33639981199", "+33639981777"
NUMBER = "+33639981778"  # of someone whose e-mail nobody knows


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
    own = r"06.39.98.\d\d.\d\d|\d+ rue du Lavoir|csrfmiddlewaretoken\S+ value=\S+|clients/\d+/"
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
    shop, other = fresh_shop(), world.organisations[FLORIST]
    enrol(
        organisation=other,
        details=details(phone=NUMBER, email="", family_name="Canarinom"),
        source=Source.COUNTER,
        by=BY,
    )
    known, unknown = enrolled(shop, NUMBER)[0], enrolled(shop, UNKNOWN)[0]
    assert known.person.customer_records.filter(organisation=other).exists()
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


# --- A file answers from its own words alone, whoever else knows the same address

EMAIL, PHONE = "canarifichier@courriel.example", "+33639982001"


def entry(given_name: str = "", email: str = "", phone: str = "", address: str = "") -> CustomerDetails:
    return CustomerDetails(
        given_name=given_name,
        family_name="Meunier",
        email=email,
        phone=phone,
        address=address,
        postcode="94440" if address else "",
        town="Villecresnes" if address else "",
    )


def answers(file: Sequence[CustomerDetails], elsewhere: Sequence[CustomerDetails]) -> list[dict[str, Any]]:
    """All that a shop could observe when it enters its file, after another shop entered its own."""
    mine, other = fresh_shop(), builders.shop()
    told = []
    with transaction.atomic():
        for typed in elsewhere:
            enrol(organisation=other, details=typed, source=Source.FILE, by=BY)
        for typed in file:
            before = AuditEntry.objects.count()
            with CaptureQueriesContext(connection) as queries:
                record, outcome = enrol(organisation=mine, details=typed, source=Source.FILE, by=BY)
            kept = (record.given_name, record.family_name, record.email, record.phone, record.address)
            audited = AuditEntry.objects.count() - before
            told.append({"outcome": outcome, "kept": kept, "queries": len(queries), "audited": audited})
        transaction.set_rollback(True)
    return told


ENTRIES = st.sampled_from(
    [entry(*words) for words in product(("", "Odile", "Paul"), ("", EMAIL), ("", PHONE), ("", "3 rue du Lavoir"))]
)


@pytest.mark.django_db
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENTRIES, min_size=1, max_size=3), st.lists(ENTRIES, min_size=1, max_size=2))
@example([entry("Odile", phone=PHONE), entry(email=EMAIL)], [entry("Odile", email=EMAIL, phone=PHONE)])
@example([entry("Odile", email=EMAIL), entry("Odile", phone=PHONE)], [entry("Odile", email=EMAIL, phone=PHONE)])
def test_what_a_shop_is_answered_depends_on_its_own_file_alone(
    file: list[CustomerDetails], elsewhere: list[CustomerDetails]
) -> None:
    told = answers([*file, file[-1]], elsewhere)
    assert told == answers([*file, file[-1]], [])
    assert told[-1]["outcome"] == "unchanged"


@pytest.mark.django_db
def test_a_second_address_of_a_customer_is_not_told_to_be_theirs() -> None:
    """The shop knows her by telephone; she gave her e-mail to another shop. The shop now types that e-mail."""
    shop, other = fresh_shop(), builders.shop()
    there, _ = enrol(organisation=other, details=entry("Odile", EMAIL, PHONE), source=Source.COUNTER, by=BY)
    by_phone, _ = enrol(organisation=shop, details=entry("Odile", phone=PHONE), source=Source.COUNTER, by=BY)
    by_email, outcome = enrol(organisation=shop, details=entry(email=EMAIL), source=Source.COUNTER, by=BY)
    assert outcome == "created"
    assert by_email.person == there.person != by_phone.person


@pytest.mark.django_db
def test_a_record_set_apart_opens_no_way_round_a_refusal() -> None:
    shop, other = fresh_shop(), builders.shop()
    home = entry("Odile", address="3 rue du Lavoir")
    enrol(organisation=other, details=replace(home, phone=PHONE), source=Source.COUNTER, by=BY)
    enrol(organisation=shop, details=entry("Odile", phone=PHONE), source=Source.COUNTER, by=BY)
    apart = replace(home)
    for outcome in ("created", "unchanged"):
        record, told = enrol(organisation=shop, details=apart, source=Source.FILE, by=BY)
        assert told == outcome
        for channel in (Channel.EMAIL, Channel.PAPER, Channel.PHONE):
            builders.say_yes(record.person, to=shop, channel=channel, key=f"file-{channel}", source=Source.FILE)
        assert reach([record.person_id]) == set()
