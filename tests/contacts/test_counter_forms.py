"""What is typed at the counter is read as people type it, and what is missing is said beside its field."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.forms_counter import (
    CARD_WITHOUT,
    NO_ANSWER,
    NO_CONTACT,
    NO_EMAIL,
    NO_NAME,
    NO_PHONE,
    NO_STREET,
    TOO_OLD,
    UNREAD,
    UNSIGNED,
    CardForm,
    CounterForm,
)
from parvis.contacts.rules import Channel
from tests import builders
from tests.builders import TUESDAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

TODAY = TUESDAY.date()
DAY = dt.timedelta(days=1)
ODILE = "odile@courriel.example"


def posted(**typed: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def typed(**words: Any) -> CounterForm:
    return CounterForm(posted(**({"key": str(uuid.uuid4())} | words)))


def errors(form: CounterForm | CardForm) -> dict[str, list[str]]:
    return {name: [str(one) for one in told] for name, told in form.errors.items()}


@pytest.mark.parametrize(
    ("contact", "email", "phone", "channel"),
    [
        (ODILE, ODILE, "", Channel.EMAIL),
        ("  Odile.Ferrand@COURRIEL.example ", "odile.ferrand@courriel.example", "", Channel.EMAIL),
        ("06 39 98 12 34", "", "+33639981234", Channel.PHONE),
        ("06.39.98.12.34", "", "+33639981234", Channel.PHONE),
        ("+33 1 99 00 12 34", "", "+33199001234", Channel.PHONE),
    ],
)
def test_the_contact_tells_the_channel(contact: str, email: str, phone: str, channel: Channel) -> None:
    form = typed(contact=contact)
    assert form.is_valid(), errors(form)
    details = form.said(None).details
    assert (details.email, details.phone, details.channel) == (email, phone, channel)
    assert (details.rhythm, details.adult_declared_on) == (2, None)


@pytest.mark.parametrize(
    ("words", "field", "told"),
    [
        ({}, "contact", NO_CONTACT),
        ({"contact": "odile"}, "contact", UNREAD),
        ({"contact": "06 39 98 12"}, "contact", "Il manque deux chiffres à la fin."),
        ({"contact": "06 39 98 12 3"}, "contact", "Il manque un chiffre à la fin."),
        ({"contact": "01 99"}, "contact", "Il manque six chiffres à la fin."),
        ({"contact": "06 39 98 12 34", "channel": "email"}, "contact", NO_EMAIL),
        ({"contact": ODILE, "channel": "phone"}, "contact", NO_PHONE),
        ({"channel": "email"}, "contact", NO_EMAIL),
        ({"channel": "paper"}, "family_name", NO_NAME),
        ({"channel": "paper", "family_name": "Ferrand"}, "street", NO_STREET),
        (
            {"contact": ODILE, "rhythm": "3"},
            "rhythm",
            "Choisissez 1, 2, 4 ou 7 annonces par semaine.",
        ),
        ({"contact": ODILE, "channel": "pigeon"}, "channel", None),
        ({"contact": "x" * 250 + "@a.example"}, "contact", "C’est trop long : 254 lettres au plus."),
        ({"contact": ODILE, "key": "7"}, "key", None),
        (
            {"contact": ODILE, "given_name": "a\0b"},
            "given_name",
            "Il y a un signe qui ne se lit pas.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(words: dict[str, str], field: str, told: str | None) -> None:
    found = errors(typed(**words))
    assert field in found
    assert told is None or told in found[field]


@pytest.mark.parametrize(
    "words",
    [
        {"channel": "paper", "family_name": "Ferrand", "street": "12 rue du Lavoir"},
        {"channel": "paper", "given_name": "Odile", "contact": "06 39 98 12 34"},
        {"channel": "paper", "family_name": "Ferrand", "contact": ODILE},
    ],
)
def test_paper_asks_for_a_name_and_what_tells_two_of_that_name_apart(words: dict[str, str]) -> None:
    form = typed(**words)
    assert form.is_valid(), errors(form)
    assert form.said(None).details.channel is Channel.PAPER


@pytest.mark.parametrize("name", ["שלום", "مريم", "Zoé 🌸", "Ὀδύσσεια", "O’Neill-d’Arc", "あ"])
def test_any_name_is_a_name(name: str) -> None:
    form = typed(contact=ODILE, given_name=name, family_name=name)
    assert form.is_valid(), errors(form)
    assert form.said(None).details.given_name == name


@pytest.mark.parametrize(("length", "valid"), [(80, True), (81, False), (300, False)])
def test_a_name_has_eighty_letters_at_most(length: int, valid: bool) -> None:
    form = typed(contact=ODILE, family_name="n" * length)
    assert form.is_valid() is valid
    assert valid or errors(form) == {"family_name": ["C’est trop long : 80 lettres au plus."]}


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["", "email", "paper", "phone"]))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(contact: str, name: str, channel: str) -> None:
    form = typed(contact=contact, given_name=name, channel=channel)
    if form.is_valid():
        assert form.said(None).details.channel is not None
    else:
        assert all(one.endswith(".") for told in errors(form).values() for one in told)


@pytest.mark.parametrize(
    ("place", "postcode", "town"),
    [
        ("94440 Villecresnes", "94440", "Villecresnes"),
        ("Villecresnes 94440", "94440", "Villecresnes"),
        ("  Mandres-les-Roses ", "", "Mandres-les-Roses"),
        ("", "", ""),
    ],
)
def test_the_commune_is_read_with_or_without_its_postcode(place: str, postcode: str, town: str) -> None:
    form = typed(channel="paper", family_name="Ferrand", street="12 rue du Lavoir", town=place)
    assert form.is_valid(), errors(form)
    details = form.said(None).details
    assert (details.address, details.postcode, details.town) == ("12 rue du Lavoir", postcode, town)


def test_the_commune_that_the_screen_proposes_is_nobodys_address() -> None:
    form = typed(contact=ODILE, town="94440 Villecresnes")
    assert form.is_valid()
    assert form.said(None).details.town == ""


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("", TODAY),
        ("2026-11-23", TODAY - DAY),
        (str(TODAY - 30 * DAY), TODAY - 30 * DAY),
        (str(TODAY + DAY), TODAY),
        ("hier", TODAY),
    ],
)
def test_an_entry_that_waited_keeps_its_day_where_that_makes_sense(day: str, kept: dt.date) -> None:
    form = typed(contact=ODILE, said_on=day)
    assert form.is_valid()
    assert form.said(None).on == kept


def test_a_yes_that_waited_too_long_is_refused_and_a_no_counts_however_late() -> None:
    words = {"key": str(uuid.uuid4()), "contact": ODILE, "said_on": str(TODAY - 31 * DAY)}
    assert errors(CounterForm(posted(**words))) == {"said_on": [TOO_OLD]}
    refusing = CounterForm(posted(**words), refusing=True)
    assert refusing.is_valid()
    assert refusing.said(None).on == TODAY - 31 * DAY


@pytest.mark.parametrize("day", [TODAY, TODAY - 3 * DAY])
def test_an_age_is_told_to_that_shop_on_the_day_it_was_said(day: dt.date) -> None:
    """Decision 0015: what a shop was told is its own note, never the person's own word."""
    for form in (
        typed(contact=ODILE, adult="on", said_on=str(day)),
        card(email=ODILE, adult="on", signed_on=str(day)),
    ):
        assert form.is_valid(), errors(form)
        told = form.said(None).details if isinstance(form, CounterForm) else form.said().details
        assert (told.adult_told_on, told.adult_declared_on) == (day, None)


@pytest.mark.parametrize(
    ("street", "town", "of_counter", "of_card"),
    [
        ("3 rue du Lavoir", "94440 Villecresnes", "Villecresnes", "Villecresnes"),
        ("", "94440 Villecresnes", "", "Villecresnes"),  # the counter's screen proposes one
        ("", "", "", ""),
    ],
)
def test_the_commune_is_what_was_written(street: str, town: str, of_counter: str, of_card: str) -> None:
    at_counter, on_card = typed(contact=ODILE, street=street, town=town), card(email=ODILE, street=street, town=town)
    assert at_counter.is_valid() and on_card.is_valid()
    assert (at_counter.said(None).commune, on_card.said().commune) == (of_counter, of_card)


def test_a_subject_that_is_no_more_is_left_out_without_a_word() -> None:
    form = typed(contact=ODILE, likes=["fleurs", "religion"])
    assert form.is_valid()
    assert form.said(None).details.likes == {builders.interest("fleurs")}


def test_the_yes_is_on_the_channel_of_the_sentence() -> None:
    form = typed(contact="06 39 98 12 34", channel="paper", given_name="Odile", adult="on", rhythm="4")
    assert form.is_valid()
    said = form.said(builders.wording("counter-paper"))
    assert said.yeses == {Channel.PAPER: builders.wording("counter-paper")}
    assert (said.details.adult_told_on, said.details.rhythm) == (TODAY, 4)


# --- The card --------------------------------------------------------------------------------------------------------


def card(**words: Any) -> CardForm:
    printed = {channel: builders.wording(f"paper-{channel}") for channel in Channel}
    return CardForm(posted(**words), printed=printed, earliest=TODAY - 10 * DAY)


@pytest.mark.parametrize(
    ("words", "field", "told"),
    [
        ({}, "family_name", NO_ANSWER),
        ({"email": "odile@"}, "email", None),
        ({"phone": "06 39 98 12"}, "phone", "Il manque deux chiffres à la fin."),
        ({"family_name": "Ferrand", "agreed": ["email"], "signed": "on"}, "email", CARD_WITHOUT[Channel.EMAIL]),
        ({"family_name": "Ferrand", "agreed": ["phone"], "signed": "on"}, "phone", CARD_WITHOUT[Channel.PHONE]),
        (
            {"email": ODILE, "agreed": ["paper"], "signed": "on"},
            "family_name",
            CARD_WITHOUT[Channel.PAPER],
        ),
        ({"email": ODILE, "agreed": ["email"]}, "signed", UNSIGNED),
        (
            {"family_name": "F", "signed_on": str(TODAY + DAY)},
            "signed_on",
            "Cette date est à venir : relisez la carte.",
        ),
        ({"family_name": "F", "signed_on": str(TODAY - 11 * DAY)}, "signed_on", None),
        ({"family_name": "F", "signed_on": "hier"}, "signed_on", None),
        ({"family_name": "F" * 300}, "family_name", "C’est trop long : 80 lettres au plus."),
    ],
)
def test_what_does_not_fit_on_a_card_is_said_beside_its_box(
    words: dict[str, Any], field: str, told: str | None
) -> None:
    found = errors(card(**words))
    assert list(found) == [field]
    assert told is None or found[field] == [told]


@pytest.mark.parametrize(("day", "kept"), [("", TODAY), (str(TODAY), TODAY), (str(TODAY - 10 * DAY), TODAY - 10 * DAY)])
def test_a_card_is_of_the_day_that_is_written_on_it(day: str, kept: dt.date) -> None:
    form = card(email=ODILE, agreed=["email"], signed="on", signed_on=day)
    assert form.is_valid(), errors(form)
    assert form.said().on == kept


def test_a_card_without_agreement_is_a_fiche() -> None:
    form = card(given_name="Odile")
    assert form.is_valid(), errors(form)
    assert form.said().yeses == {}


@pytest.mark.parametrize(
    ("preferred", "agreed", "channel"),
    [
        (["phone"], ["email", "phone"], Channel.PHONE),
        (["email", "phone"], ["phone"], Channel.PHONE),
        ([], ["phone"], Channel.PHONE),
        (["paper"], ["email", "phone"], Channel.EMAIL),
        (["paper"], [], Channel.PAPER),
        ([], [], None),
    ],
)
def test_one_reads_by_the_preferred_channel_to_which_one_agreed(
    preferred: list[str], agreed: list[str], channel: Channel | None
) -> None:
    form = card(email=ODILE, phone="0639981234", preferred=preferred, agreed=agreed, signed="on")
    assert form.is_valid(), errors(form)
    assert form.said().details.channel is channel
    assert [one.value for one in form.said().yeses] == agreed
