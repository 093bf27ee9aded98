"""A whole file noted at once is the same file noted line after line."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.accounts.models import Organisation
from parvis.contacts.actions import CustomerDetails, enrol, enrol_many
from parvis.contacts.models import ContactPoint, CustomerRecord, Person, RecordTaste, Resident
from parvis.contacts.rules import Source
from parvis.core.models import AuditEntry
from tests import builders
from tests.builders import BY

pytestmark = pytest.mark.django_db

NAMES, EMAILS, PHONES = ("", "Odile", "Paul"), ("", "a@courriel.example", "b@courriel.example"), ("", "+33639982001")
STREETS, LIKED = ("", "3 rue du Lavoir"), (None, True, False)


def entry(given: str, email: str, phone: str, street: str, liked: bool | None) -> CustomerDetails:
    taste = frozenset([builders.interest()]) if liked is not None else frozenset()
    return CustomerDetails(
        given_name=given,
        family_name="Meunier",
        email=email,
        phone=phone,
        address=street,
        postcode="94440" if street else "",
        town="Villecresnes" if street else "",
        likes=taste if liked else frozenset(),
        refusals=frozenset() if liked else taste,
    )


ENTRIES = st.lists(st.sampled_from(list(product(NAMES, EMAILS, PHONES, STREETS, LIKED))), max_size=5)


def line_after_line(here: Organisation, file: Sequence[CustomerDetails]) -> list[tuple[CustomerRecord, str]]:
    """The second line of a record is told and undone."""
    noted: list[tuple[CustomerRecord, str]] = []
    for one in file:
        with transaction.atomic():
            found, outcome = enrol(organisation=here, details=one, source=Source.FILE, by=BY)
            if found.pk in [record.pk for record, _ in noted]:
                transaction.set_rollback(True)
                outcome = "twice"
        noted.append((found, outcome))
    return noted


def kept(file: Sequence[CustomerDetails], elsewhere: Sequence[CustomerDetails], *, at_once: bool) -> dict[str, Any]:
    """What is in the database afterwards, and what the shop was told; then nothing of it."""
    here, other = builders.shop(slug="fournil-des-sources"), builders.shop()
    with transaction.atomic():
        for one in elsewhere:
            enrol(organisation=other, details=one, source=Source.COUNTER, by=BY)
        if at_once:
            noted = enrol_many(organisation=here, entries=file, source=Source.FILE, by=BY)
        else:
            noted = line_after_line(here, file)
        ranks = {pk: rank for rank, pk in enumerate(Person.objects.order_by("pk").values_list("pk", flat=True))}
        records = CustomerRecord.objects.order_by("pk").values_list(
            "organisation", "person", "given_name", "email", "phone", "address"
        )
        points = ContactPoint.objects.values_list("person", "kind", "value", "silenced_at")
        tastes = RecordTaste.objects.values_list("record__person", "interest", "liked")
        said = {
            "told": [outcome for _, outcome in noted],
            "same": [ranks[record.person_id] for record, _ in noted],
            "records": [(one[0], ranks[one[1]], *one[2:]) for one in records],
            "points": sorted((ranks[one[0]], one[1], one[2], one[3] is None) for one in points),
            "tastes": sorted((ranks[one[0]], *one[1:]) for one in tastes),
            "residents": sorted(ranks[pk] for pk in Resident.objects.values_list("person", flat=True)),
            "journal": list(AuditEntry.objects.order_by("pk").values_list("verb", "organisation")),
        }
        transaction.set_rollback(True)
    return said


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=ENTRIES, elsewhere=ENTRIES)
def test_a_file_noted_at_once_is_the_file_noted_line_after_line(file: Any, elsewhere: Any) -> None:
    mine, theirs = [entry(*one) for one in file], [entry(*one) for one in elsewhere]
    assert kept(mine, theirs, at_once=True) == kept(mine, theirs, at_once=False)


def test_many_customers_cost_few_questions() -> None:
    shop = builders.shop()
    entries = [builders.details() for _ in range(100)]
    with CaptureQueriesContext(connection) as queries:
        enrol_many(organisation=shop, entries=entries, source=Source.FILE, by=BY)
    assert len(queries) < 40
