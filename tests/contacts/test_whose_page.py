"""Decision 0022: an e-mail opens what the shops that were given it wrote, and nothing else."""

from collections.abc import Sequence
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parvis.contacts import codes
from parvis.contacts.actions import (
    Answers,
    CustomerDetails,
    WrongAccessCode,
    ask_to_enter,
    change_email,
    confirm,
    enrol,
    enter,
    own_voice,
    sign_up,
)
from parvis.contacts.actions.access import _doors
from parvis.contacts.actions.consent import object_to_all
from parvis.contacts.codes import Asker
from parvis.contacts.models import AccessCode, ContactPoint, CustomerRecord, Person
from parvis.contacts.queries import personal_data, reach
from parvis.contacts.rules import Channel, Source
from tests.builders import BY, say_yes, shop, wording

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

FLORIST, WINE, BREAD = "la-brassee", "cave-du-tilleul", "fournil-des-sources"
ODILE, ACCOMPLICE, PHONE = "odile@courriel.example", "complice@ailleurs.example", "+33639981234"
HOME = "3 rue du Lavoir"
AT_HOME = Asker("browser", "visitor")


def note(slug: str, given_name: str = "", *, email: str = "", phone: str = "", address: str = "") -> CustomerRecord:
    details = CustomerDetails(
        given_name=given_name,
        family_name="Durand",
        email=email,
        phone=phone,
        address=address,
        postcode="94440" if address else "",
        town="Villecresnes" if address else "",
        note=f"remarque de {slug}",
    )
    return enrol(organisation=shop(slug=slug), details=details, source=Source.FILE, by=BY)[0]


def opened_by(email: str) -> Person | None:
    """Whose page it opens, to whoever reads that mailbox."""
    ask_to_enter(email=email, asker=AT_HOME)
    AccessCode.objects.filter(point__value=email).update(code=codes.sealed("enter", email, "123456"))
    try:
        return enter(email=email, code="123456", asker=AT_HOME)
    except WrongAccessCode:
        return None


def notes_in(person: Person | None) -> set[str]:
    return {one["note"] for one in personal_data(person.pk)["fiches des commerces"]} if person else set()


@pytest.mark.parametrize("first_name", ["", "Odile"])
@pytest.mark.parametrize("before", [True, False], ids=["known before", "known after"])
def test_a_shop_that_types_a_number_opens_nothing_of_what_others_know(first_name: str, before: bool) -> None:
    """Its accomplice's e-mail beside the telephone of someone whom another shop knows, or will know."""
    if before:
        note(FLORIST, "Odile", phone=PHONE, address=HOME)
    note(WINE, first_name, email=ACCOMPLICE, phone=PHONE)
    if not before:
        note(FLORIST, "Odile", phone=PHONE, address=HOME)
    assert notes_in(opened_by(ACCOMPLICE)) == {f"remarque de {WINE}"}
    assert CustomerRecord.objects.get(organisation__slug=FLORIST).person != opened_by(ACCOMPLICE)


def test_an_email_that_one_shop_adds_to_somebody_whom_two_know_by_telephone_opens_nothing() -> None:
    known = note(FLORIST, "Odile", phone=PHONE)
    note(WINE, "Odile", phone=PHONE)
    added = note(WINE, "Odile", phone=PHONE, email=ACCOMPLICE)
    assert added.person == known.person
    assert opened_by(ACCOMPLICE) is None
    # The shop that was given it writes there as to anyone.
    say_yes(added.person, to=shop(slug=WINE))
    assert (added.person_id, added.organisation_id, "email") in reach([added.person_id])
    # It opens the day the other shop is given it too.
    note(FLORIST, "Odile", phone=PHONE, email=ACCOMPLICE)
    assert notes_in(opened_by(ACCOMPLICE)) == {f"remarque de {FLORIST}", f"remarque de {WINE}"}


def test_whoever_joins_by_the_web_with_such_an_email_has_a_page_of_their_own() -> None:
    known = note(FLORIST, "Odile", phone=PHONE)
    note(WINE, "Odile", phone=PHONE)
    note(WINE, "Odile", phone=PHONE, email=ACCOMPLICE)
    asked = sign_up(sender=shop(slug=BREAD), answers=Answers(ACCOMPLICE), wording=wording("web-email"), visitor="")
    type(asked).objects.filter(pk=asked.pk).update(code=codes.sealed("sign_up", asked.address, "123456"))
    joined = confirm(of=asked, code="123456")
    assert joined != known.person
    assert notes_in(opened_by(ACCOMPLICE)) == {""}


def test_one_s_own_new_address_opens_as_the_old_one_did() -> None:
    person = note(FLORIST, "Odile", email=ODILE, phone=PHONE).person
    change_email(person=person, email="nouvelle@courriel.example", by=own_voice(person))
    assert opened_by("nouvelle@courriel.example") == person


def test_a_number_that_asked_for_silence_is_silent_under_every_name() -> None:
    here, there = note(FLORIST, "Odile", email=ODILE, phone=PHONE), note(WINE, "Odile", phone=PHONE)
    assert here.person != there.person
    object_to_all(here.person)
    say_yes(there.person, to=shop(slug=WINE), channel=Channel.PHONE, key="file-phone", source=Source.FILE)
    assert reach([there.person_id]) == set()
    # One who is noted after is silent from the first day.
    after = note(BREAD, "Paul", phone=PHONE)
    assert after.person.contact_points.get(kind="phone").silenced_at is not None


WORDS = st.tuples(
    st.sampled_from([FLORIST, WINE, BREAD]),
    st.sampled_from(["", "Odile", "Paul"]),
    st.sampled_from([words for words in product(("", ODILE, ACCOMPLICE), ("", PHONE), ("", HOME)) if any(words)]),
)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=2, max_size=5))
@example([(FLORIST, "Odile", ("", PHONE, "")), (WINE, "", (ACCOMPLICE, PHONE, ""))])
@example([(FLORIST, "", ("", PHONE, "")), (WINE, "", ("", PHONE, "")), (WINE, "", (ODILE, PHONE, ""))])
@example([(FLORIST, "", ("", "", HOME)), (WINE, "", ("", PHONE, HOME)), (WINE, "", (ODILE, PHONE, HOME))])
def test_an_email_opens_only_records_that_were_once_given_it(
    typed: Sequence[tuple[str, str, tuple[str, str, str]]],
) -> None:
    given_to: dict[int, set[str]] = {}
    with transaction.atomic():
        for slug, given_name, (email, phone, address) in typed:
            record = note(slug, given_name, email=email, phone=phone, address=address)
            given_to.setdefault(record.pk, set()).add(email)
        for door in ContactPoint.objects.filter(_doors()):
            records = CustomerRecord.objects.filter(person=door.person_id).values_list("pk", flat=True)
            assert all(door.value in given_to[pk] for pk in records)
        transaction.set_rollback(True)
