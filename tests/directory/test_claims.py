"""« C’est mon commerce » : asked, answered, or opened by a letter."""

from collections.abc import Iterator
from typing import Any

import pytest

from parvis.accounts.actions import open_account
from parvis.accounts.models import Office, Organisation, User
from parvis.accounts.rules import Role
from parvis.core import clock
from parvis.core.errors import BadInput, NotAllowed
from parvis.core.models import AuditEntry
from parvis.core.signals import notice_requested
from parvis.directory.actions import AlreadyClaimed, claim
from parvis.directory.claims import (
    AlreadyAsked,
    AlreadySettled,
    NotThisLetter,
    TooManyAsked,
    TooManyCodes,
    approve,
    ask,
    letter_of,
    open_by_letter,
    prepare_letter,
    refuse,
    waiting,
)
from parvis.directory.models import Business, Claim
from parvis.slips.actions import issue
from parvis.territory.models import Commune
from tests import builders
from tests.builders import BY, TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Iterator[list[tuple[str, str]]]:
    letters: list[tuple[str, str]] = []
    monkeypatch.setattr(notice_requested, "send", lambda sender, *, to, text, **_: letters.append((to, text)))
    with django_capture_on_commit_callbacks(execute=True):
        yield letters


@pytest.fixture
def keeper() -> Organisation:
    return builders.association()


def business(siret: str = "12345678900011", name: str = "Le Moulin à café", insee: str = "94075") -> Business:
    found, _ = Business.objects.get_or_create(
        siret=siret,
        defaults={
            "name": name, "commune": Commune.objects.get(insee=insee), "active": True, "listed": True,
            "category": "fleuriste", "address": "3 rue du Lavoir", "postcode": "94440",
        },
    )  # fmt: skip
    return found


def someone(email: str = "lise@ailleurs.example") -> User:
    open_account(email=email, name="Lise Morand")
    return User.objects.get(email=email)


def asked(of: Business | None = None, by: User | None = None) -> Claim:
    return ask(business=of or business(), user=by or someone(), name="Lise Morand", tie="holds", phone="01 99", by=BY)


def test_asking_opens_nothing(keeper: Organisation) -> None:
    one = asked()
    assert list(waiting(keeper.territory)) == [one]
    assert Business.objects.get().organisation is None
    assert not Office.objects.filter(user=one.user).exists()
    with pytest.raises(AlreadyAsked):
        asked()


def test_one_person_waits_for_five_answers_at_most(keeper: Organisation) -> None:
    for number in range(5):
        asked(business(siret=f"1234567890{number:04d}"))
    with pytest.raises(TooManyAsked):
        asked(business(siret="99999999900011"))


def test_an_approved_claim_makes_its_author_the_one_who_answers(keeper: Organisation) -> None:
    one = asked()
    shop = approve(asked=one, keeper=keeper, by=BY)
    shop.refresh_from_db()
    assert (shop.name, shop.slug, shop.trade, shop.address) == (
        "Le Moulin à café", "le-moulin-a-cafe", "fleuriste", "3 rue du Lavoir",
    )  # fmt: skip
    assert shop.business == one.business
    assert Office.objects.get(organisation=shop).user == one.user
    assert Office.objects.get(organisation=shop).role == Role.OWNER
    one.refresh_from_db()
    assert one.approved and one.settled_at and one.phone == ""
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"ask_claim", "approve_claim", "create_organisation", "claim", "appoint"} <= verbs
    with pytest.raises(AlreadySettled):
        approve(asked=one, keeper=keeper, by=BY)
    assert Organisation.objects.filter(kind="shop").count() == 1


def test_the_letter_that_approves_is_written_once_and_the_others_are_told_no(
    keeper: Organisation, told: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    one, other = asked(), asked(by=someone("autre@ailleurs.example"))
    with django_capture_on_commit_callbacks(execute=True):
        approve(asked=one, keeper=keeper, by=BY)
    assert [to for to, _ in told] == ["lise@ailleurs.example", "autre@ailleurs.example"]
    assert "/bureau/le-moulin-a-cafe/vitrine/" in told[0][1]
    assert "quelqu’un qui le représente" in told[1][1]
    other.refresh_from_db()
    assert other.settled_at and not other.approved


def test_two_businesses_of_one_name_have_two_short_names(keeper: Organisation) -> None:
    first = approve(asked=asked(), keeper=keeper, by=BY)
    second = approve(asked=asked(business(siret="12345678900029")), keeper=keeper, by=BY)
    assert (first.slug, second.slug) == ("le-moulin-a-cafe", "le-moulin-a-cafe-2")


def test_a_refusal_is_read_with_its_reason_and_one_may_ask_again(
    keeper: Organisation, told: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    one = asked()
    with pytest.raises(BadInput):
        refuse(asked=one, why="  ", keeper=keeper, by=BY)
    with django_capture_on_commit_callbacks(execute=True):
        refuse(asked=one, why="La fleuriste ne vous connaît pas.", keeper=keeper, by=BY)
    assert told[0][0] == "lise@ailleurs.example" and "La fleuriste ne vous connaît pas." in told[0][1]
    with pytest.raises(AlreadySettled):
        approve(asked=one, keeper=keeper, by=BY)
    assert asked().settled_at is None


def test_an_association_answers_for_its_own_territory(keeper: Organisation) -> None:
    there = builders.territory(slug="val", codes=["94071"])
    far = builders.shop(slug="val", on=there, kind=Organisation.Kind.ASSOCIATION)
    one = asked()
    assert not waiting(there).exists()
    for answer in (approve, refuse):
        with pytest.raises(NotAllowed):
            answer(asked=one, keeper=far, by=BY, **({"why": "Non."} if answer is refuse else {}))
    with pytest.raises(NotAllowed):
        prepare_letter(business=one.business, keeper=far, by=BY)


def test_what_somebody_holds_is_not_asked_for(keeper: Organisation) -> None:
    one = asked()
    claim(siret=one.business.siret, organisation=builders.shop(), by=BY)
    assert not waiting(keeper.territory).exists()
    for attempt in (
        lambda: asked(by=someone("autre@ailleurs.example")),
        lambda: approve(asked=one, keeper=keeper, by=BY),
        lambda: prepare_letter(business=one.business, keeper=keeper, by=BY),
    ):
        with pytest.raises(AlreadyClaimed):
            attempt()
    one.refresh_from_db()
    assert one.settled_at is None


# --- The letter -------------------------------------------------------------------------------------------------------
def opened(code: str, of: Business | None = None, by: User | None = None) -> Organisation:
    return open_by_letter(
        business=of or business(), user=by or someone(), name="Lise Morand", code=code,
        territory=builders.territory(), by=BY,
    )  # fmt: skip


def test_the_code_of_a_letter_opens_at_once_and_once(keeper: Organisation) -> None:
    slip = prepare_letter(business=business(), keeper=keeper, by=BY)
    assert prepare_letter(business=business(), keeper=keeper, by=BY) == slip
    assert letter_of(slip, keeper.territory) == business()
    waits, other = asked(), asked(by=someone("autre@ailleurs.example"))
    shop = opened(slip.code.lower())
    assert Office.objects.get(organisation=shop).user.email == "lise@ailleurs.example"
    for one, approved in ((waits, True), (other, False)):
        one.refresh_from_db()
        assert (one.approved, one.settled_at is None) == (approved, False)
    with pytest.raises(AlreadyClaimed):
        opened(slip.code, by=someone("autre@ailleurs.example"))
    assert letter_of(slip, keeper.territory) is None


def test_the_code_of_another_letter_or_of_a_card_opens_nothing(keeper: Organisation) -> None:
    elsewhere = business(siret="12345678900029", name="Ailleurs")
    other = prepare_letter(business=elsewhere, keeper=keeper, by=BY)
    card = issue(kind="card", scope=f"business:{business().pk}", payload={}, count=1, days=9, by=BY)[0]
    for code in (other.code, card.code):
        with pytest.raises(NotThisLetter):
            opened(code)
    with pytest.raises(BadInput):
        opened("n’importe quoi")
    assert not Organisation.objects.filter(kind="shop").exists()
    card.refresh_from_db()
    assert card.answered_at is None


def test_five_codes_an_hour_are_tried(keeper: Organisation) -> None:
    slip = prepare_letter(business=business(), keeper=keeper, by=BY)
    for _ in range(5):
        with pytest.raises(BadInput):
            opened("7777-7777")
    with pytest.raises(TooManyCodes):
        opened(slip.code)
