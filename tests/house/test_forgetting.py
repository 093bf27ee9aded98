"""In a whole world, every table that leads to a person tells what it holds, and after erasing holds nobody's name."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from parvis.contacts.actions import (
    Answers,
    Said,
    ask_to_enter,
    note_said,
    send_counter_notices,
    set_taste,
    sign_up,
)
from parvis.contacts.codes import Asker
from parvis.contacts.models import Person, Resident
from parvis.contacts.rules import Channel, Source
from parvis.core import clock, personal
from parvis.delivery.actions import carry_due
from parvis.delivery.models import Message
from parvis.rounds.actions import run_due, take_crowd
from parvis.rounds.models import Crowd
from tests.builders import BY, TUESDAY, announcement, customer, details, due_round, interest, shop, territory, wording

from .test_models import declared, our_models

pytestmark = pytest.mark.django_db

SECRETS = ("Marchandeau", "Apolline", "apolline@courriel.example", "639980777", "rue du Serin", "aime les canaris")

# What each table alone brings to the telling: a table that is added is given its piece here, or the test names it.
TOLD = {
    "contacts.Person": '"prénom": "Apolline"',
    "contacts.Resident": '"annonces par semaine": 7',
    "contacts.ContactPoint": '"valeur": "apolline@courriel.example"',
    "contacts.AccessCode": '"codes demandés": [{"pour": "apolline@courriel.example"',
    "contacts.CounterEntry": '"passages au comptoir": [{"chez": ',
    "contacts.CounterNotice": '"premier message": "parti"',
    "contacts.ConsentEvent": '"accordé": true',
    "contacts.Taste": '"envie": "Fromages"',
    "contacts.CustomerRecord": '"note": "aime les canaris"',
    "contacts.RecordTaste": '"goûts notés": [{"envie": "Fleurs"',
    "delivery.Message": '"objet": "',
    "delivery.Part": '"titre": "Les dahlias sont là"',
    "rounds.Selection": '"annonce": "Les dahlias sont là"',
    "rounds.Crowd": '"noté par le commerce": true',
}


@pytest.fixture
def apolline(settings: Any, tmp_path: Path) -> Person:
    """Somebody of whom every table has a row."""
    settings.OUTBOX = tmp_path / "outbox"
    with clock.frozen(TUESDAY):
        known: dict[str, Any] = {
            "given_name": "Apolline",
            "family_name": "Marchandeau",
            "email": "apolline@courriel.example",
        }
        more: dict[str, Any] = {
            "phone": "+33639980777",
            "address": "3 rue du Serin",
            "note": "aime les canaris",
            "likes": ["fleurs"],
        }
        record = customer(shop(), channel=Channel.EMAIL, **known, **more)
        likewise = details(given_name="Apolline", email="apolline@courriel.example")
        yeses = {Channel.EMAIL: wording("counter-email")}
        said = Said(likewise, on=clock.today(), yeses=yeses)
        note_said(organisation=shop(), key=uuid.uuid4(), said=said, source=Source.COUNTER, by=BY)
        send_counter_notices()
        ask_to_enter(email="apolline@courriel.example", asker=Asker("", ""))
        answers = Answers("apolline@courriel.example", given_name="Apolline")
        sign_up(sender=shop(), answers=answers, wording=wording("web-email"), visitor="")
        set_taste(person=record.person, interest=interest("fromages"), liked=True, by=BY)
        announcement(shop())
        take_crowd(organisation=shop(), by=BY)
        due_round(territory())
        run_due()
        carry_due()
    return record.person


def names_left() -> list[str]:
    """Tables of which a row still holds one of her words, and which."""
    found = []
    for model in our_models():
        written = json.dumps(list(model._default_manager.values()), default=str, ensure_ascii=False)
        found += [f"{model._meta.label}: {secret}" for secret in SECRETS if secret in written]
    return found


def untold(told: str, pieces: dict[str, str]) -> list[str]:
    """Declared tables of which the telling has nothing, or of which nobody said what it should have."""
    return sorted(label for label in declared() if label not in pieces or pieces[label] not in told)


def rows_of(person: Person) -> set[str]:
    """The tables that have a row of hers."""
    hers = Person.objects.filter(pk=person.pk)
    counted = {
        "contacts.Person": hers,
        "contacts.AccessCode": hers.filter(contact_points__access_codes__isnull=False),
        "contacts.CounterEntry": hers.filter(customer_records__counterentry__isnull=False),
        "contacts.CounterNotice": hers.filter(customer_records__counterentry__notice__isnull=False),
        "contacts.RecordTaste": hers.filter(customer_records__tastes__isnull=False),
        "rounds.Crowd": [c for c in Crowd.objects.all() if any(row["person"] == person.pk for row in c.rows)],
    }
    direct = {
        model._meta.label: model._default_manager.filter(person=person.pk)
        for model in our_models()
        if any(field.name == "person" for field in model._meta.fields)
    }
    return {label for label, rows in (direct | counted).items() if rows}


def told_of(person: Person) -> str:
    told = {holder.app: holder.tell(person.pk) for holder in personal.holders()}
    return json.dumps(told, ensure_ascii=False)


def test_every_table_tells_what_it_holds(apolline: Person) -> None:
    assert declared() - rows_of(apolline) == set()
    assert untold(told_of(apolline), TOLD) == []


def test_a_planted_silence_is_seen(apolline: Person) -> None:
    Resident.objects.all().delete()
    assert untold(told_of(apolline), TOLD) == ["contacts.Resident"]
    unlisted = {label: piece for label, piece in TOLD.items() if label != "contacts.Taste"}
    assert untold(told_of(apolline), unlisted) == ["contacts.Resident", "contacts.Taste"]


def test_after_erasing_no_table_has_a_name(apolline: Person, django_capture_on_commit_callbacks: Any) -> None:
    assert {line.split(":")[0] for line in names_left()} >= {"contacts.Person", "contacts.CustomerRecord"}
    with django_capture_on_commit_callbacks(execute=True):
        personal.erase(apolline.pk)
    assert names_left() == []
    # The ledger and the counts stay, of nobody: what is left points to a person without a name.
    apolline.refresh_from_db()
    assert str(apolline.erased_at) != "None"
    ledger = {"contacts.Person", "contacts.ConsentEvent", "delivery.Message", "delivery.Part", "rounds.Selection"}
    assert rows_of(apolline) == ledger


def test_a_planted_name_is_seen(apolline: Person, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        personal.erase(apolline.pk)
    Message.objects.update(foot="Bien à vous, Apolline.")
    assert names_left() == ["delivery.Message: Apolline"]
