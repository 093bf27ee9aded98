"""`bin/parvis person`: what a resident asks by telephone is done by the host."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from parvis.contacts.models import Person
from parvis.contacts.queries import standing
from tests import builders

pytestmark = pytest.mark.django_db


def person(*words: str) -> str:
    out = StringIO()
    call_command("person", *words, stdout=out)
    return out.getvalue()


def test_everything_held_is_told_app_by_app() -> None:
    builders.customer(builders.shop(), email="odile@courriel.example", note="Aime les pivoines", likes=["fleurs"])
    told = json.loads(person("tell", "odile@courriel.example"))
    assert {"contacts", "delivery", "rounds"} <= set(told)
    assert told["contacts"]["fiches des commerces"][0]["note"] == "Aime les pivoines"


def test_by_telephone_one_asks_for_fewer_then_for_nothing() -> None:
    record = builders.customer(builders.shop(), phone="+33639980042", rhythm=4)
    assert "2 par semaine" in person("fewer", "06 39 98 00 42")
    person("stop", "06 39 98 00 42")
    assert not standing(persons=[record.person_id]).exists()


def test_erasing_leaves_no_name() -> None:
    record = builders.customer(builders.shop(), email="odile@courriel.example")
    person("erase", "odile@courriel.example")
    erased = Person.objects.get(pk=record.person_id)
    assert erased.erased_at
    assert (erased.family_name, erased.contact_points.count()) == ("", 0)


@pytest.mark.parametrize("contact", ["inconnue@courriel.example", "06 39 98 99 99", "06 39", "pas@une"])
def test_an_unknown_or_broken_contact_is_said(contact: str) -> None:
    with pytest.raises(CommandError):
        person("tell", contact)


def test_a_yes_at_the_counter_lifts_what_tout_arreter_had_silenced() -> None:
    shop = builders.shop()
    record = builders.customer(shop, email="odile@courriel.example")
    person("stop", "odile@courriel.example")
    assert record.person.contact_points.filter(silenced_at__isnull=False).exists()
    builders.say_yes(record.person, to=shop)
    assert not record.person.contact_points.filter(silenced_at__isnull=False).exists()
    assert standing(persons=[record.person_id]).count() == 1
