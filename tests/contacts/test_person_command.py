"""`bin/parvis person`: what a resident asks by telephone is done by the host."""

import datetime as dt
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from parvis.accounts.models import Organisation
from parvis.contacts.actions import withdraw
from parvis.contacts.models import CustomerRecord, Person, Taste
from parvis.contacts.queries import standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.core.models import AuditEntry
from tests import builders
from tests.builders import BY, TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


def odile(**changes: Any) -> CustomerRecord:
    return builders.customer(builders.shop(), consent=False, email="odile@courriel.example", **changes)


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


def test_a_number_of_several_persons_asks_which() -> None:
    odile = builders.customer(builders.shop(), phone="+33639980042", given_name="Odile")
    paul = builders.customer(builders.shop(), phone="+33639980042", given_name="Paul")
    with pytest.raises(CommandError, match=f"n° {odile.person_id} .*, n° {paul.person_id} "):
        person("stop", "06 39 98 00 42")
    person("stop", f"n° {paul.person_id}")
    assert [one.person for one in standing(persons=[odile.person_id, paul.person_id])] == [odile.person]
    with pytest.raises(CommandError, match="n° 999999"):
        person("stop", "n° 999999")


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


# --- Tastes, age, sorting


@pytest.mark.parametrize(("option", "liked"), [("--like", True), ("--refuse", False), ("--neutral", None)])
def test_a_taste_said_aloud_is_the_person_s_own(option: str, liked: bool | None) -> None:
    record = odile()
    person("taste", "odile@courriel.example", "fleurs", "--like")
    told = person("taste", "odile@courriel.example", "fleurs", option)
    assert dict(Taste.objects.values_list("person", "liked")) == ({} if liked is None else {record.person_id: liked})
    assert told.startswith("C’est noté")
    entry = AuditEntry.objects.filter(verb="set_taste").latest("pk")
    assert (entry.actor_name, entry.detail) == (
        "l’hôte du territoire, à la demande de la personne",
        {"interest": "fleurs", "liked": liked},
    )


@pytest.mark.parametrize(("typed", "near"), [("whisky", "whiskys"), ("fleur", "fleurs"), ("xyzzy", "interests.toml")])
def test_an_unknown_subject_is_told_with_those_near(typed: str, near: str) -> None:
    odile()
    with pytest.raises(CommandError, match=near):
        person("taste", "odile@courriel.example", typed, "--like")


def test_a_taste_without_its_verdict_is_asked_for() -> None:
    odile()
    with pytest.raises(CommandError, match="--like, --refuse ou --neutral"):
        person("taste", "odile@courriel.example", "fleurs")


def test_an_age_said_aloud_serves_every_sender() -> None:
    record = odile(adult_declared_on=None)
    person("adult", "odile@courriel.example", "--said-on", "2026-11-20")
    record.person.refresh_from_db()
    assert record.person.adult_declared_on == dt.date(2026, 11, 20)
    assert AuditEntry.objects.filter(verb="declare_adult").count() == 1


@pytest.mark.parametrize(("day", "why"), [("20/11/2026", "AAAA-MM-JJ"), ("2026-11-25", "dans le futur")])
def test_a_day_that_cannot_be_is_refused(day: str, why: str) -> None:
    record = odile(adult_declared_on=None)
    with pytest.raises(CommandError, match=why):
        person("adult", "odile@courriel.example", "--said-on", day)
    with pytest.raises(CommandError, match=why):
        consent(said_on=day)
    record.person.refresh_from_db()
    assert record.person.adult_declared_on is None
    assert not standing().exists()


@pytest.mark.parametrize(("typed", "sorted_"), [("off", False), ("on", True)])
def test_being_sorted_is_refused_and_accepted_again(typed: str, sorted_: bool) -> None:
    record = odile()
    person("profiling", "odile@courriel.example", typed)
    record.person.refresh_from_db()
    assert record.person.profiling is sorted_
    assert AuditEntry.objects.get(verb="set_profiling").detail == {"profiling": sorted_}
    with pytest.raises(CommandError, match=r"on .* ou off"):
        person("profiling", "odile@courriel.example", "oui")


# --- A yes


def consent(
    *, sender: str = "la-brassee", channel: str = "email", source: str = "counter", said_on: str = "2026-11-20"
) -> str:
    options = {"--sender": sender, "--channel": channel, "--source": source, "--said-on": said_on}
    return person("consent", "odile@courriel.example", *(word for pair in options.items() for word in pair))


@pytest.mark.parametrize("source", ["counter", "paper"])
@pytest.mark.parametrize("channel", list(Channel))
def test_a_yes_keeps_its_wording_its_day_and_its_source(source: str, channel: str) -> None:
    record = odile()
    assert consent(channel=channel, source=source).startswith("C’est noté")
    event = standing(persons=[record.person_id]).get()
    assert event.wording is not None
    assert (event.wording.key, event.source, event.channel) == (f"{source}-{channel}", source, channel)
    assert event.given_on == dt.date(2026, 11, 20)


def test_a_yes_that_nothing_can_follow_says_what_is_missing() -> None:
    record = odile()
    wine = builders.shop(slug="cave-du-tilleul")
    assert "Rien ne partira tant que le fichier de Cave du Tilleul n’a pas son courriel" in consent(sender=wine.slug)
    assert "Cette personne reçoit par courriel" in consent(channel="phone")
    assert "Rien" not in consent(channel="email")
    assert standing(persons=[record.person_id]).count() == 3


def test_a_yes_reopens_what_had_been_stopped_before_it_and_no_more() -> None:
    record = odile()
    person("stop", "odile@courriel.example")
    assert "fermées" in consent(said_on="2026-11-23")
    assert record.person.contact_points.filter(silenced_at=None).count() == 0
    assert "Rien" not in consent(sender="la-brassee", said_on="2026-11-24")
    assert record.person.contact_points.exclude(silenced_at=None).count() == 0


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"sender": "la-brasse"}, "organisation list"),
        ({"channel": "sms"}, "email, paper, phone"),
        ({"source": "web"}, "counter, paper"),
        ({"said_on": "2023-11-24"}, "trop ancien"),
        ({"sender": "nouvelles"}, "partenaires"),
    ],
)
def test_a_yes_that_cannot_be_noted_says_why(wrong: dict[str, str], why: str) -> None:
    odile()
    builders.shop(slug="nouvelles", kind=Organisation.Kind.TERRITORY)
    with pytest.raises(CommandError, match=why):
        consent(**wrong)
    assert not standing().exists()


def test_a_yes_older_than_a_refusal_is_refused_in_its_own_words() -> None:
    record = builders.customer(builders.shop(), email="odile@courriel.example")
    withdraw(person=record.person, sender=builders.shop(), source=Source.LINK, by=BY)
    with pytest.raises(CommandError, match="Cette personne a refusé depuis"):
        consent(said_on="2026-11-20")
