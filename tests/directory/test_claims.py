"""« C’est mon commerce » : asked, answered, or opened by a letter."""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.db import transaction

from parvis.accounts.actions import give_mandate, invite, open_account, suspend
from parvis.accounts.models import Office, Organisation, User
from parvis.accounts.queries import NO_NAME, oneself, pending_invitations
from parvis.accounts.rules import Permission, Role
from parvis.core import clock
from parvis.core.actions import key
from parvis.core.actors import VISITOR
from parvis.core.errors import BadInput, NotAllowed
from parvis.core.models import AuditEntry
from parvis.core.signals import notice_requested
from parvis.core.typography import NBSP
from parvis.directory import claims
from parvis.directory.actions import AlreadyClaimed, claim, delist
from parvis.directory.claims import (
    GONE,
    LATE,
    AlreadyAsked,
    AlreadySettled,
    NotSuspended,
    NotThisLetter,
    TooManyAsked,
    TooManyCodes,
    approve,
    ask,
    forget_claims,
    letter_of,
    likely,
    open_by_letter,
    prepare_letter,
    refuse,
    release_claim,
    waiting,
)
from parvis.directory.models import Business, Claim
from parvis.slips.actions import issue
from parvis.slips.rules import make_code
from parvis.territory.models import Commune
from tests import builders
from tests.builders import BY, TUESDAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


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
            why: dict[str, Any] = {"why": "Non."} if answer is refuse else {}
            answer(asked=one, keeper=far, by=BY, **why)
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


def test_the_shop_that_is_here_without_its_siret_is_not_made_twice(keeper: Organisation) -> None:
    noted = builders.shop(slug="moulin", name="Au Moulin")
    builders.shop(slug="autre", name="La Brassée")
    manned = builders.shop(slug="moulins", name="Les Moulins")
    builders.user(of=manned)
    one = asked()
    assert likely(one.business, keeper.territory) == [noted]
    with pytest.raises(NotAllowed), transaction.atomic():
        approve(asked=one, keeper=keeper, shop=manned, by=BY)
    assert approve(asked=one, keeper=keeper, shop=noted, by=BY) == noted
    assert Business.objects.get().organisation == noted and noted.offices.get().user == one.user
    assert Organisation.objects.filter(kind="shop").count() == 3


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
    random = Random(1)
    for _ in range(9):
        with pytest.raises(BadInput):
            opened("7777-7777")  # which the code itself refuses: a slip of the pen is no try
    for _ in range(5):
        with pytest.raises(NotThisLetter):
            opened(make_code(random))
    with pytest.raises(TooManyCodes):
        opened(slip.code)


def test_a_letter_tells_the_others_no_and_the_association_that_it_was_used(
    keeper: Organisation, told: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    slip = prepare_letter(business=business(), keeper=keeper, by=BY)
    asked(by=someone("autre@ailleurs.example"))
    with django_capture_on_commit_callbacks(execute=True):
        opened(slip.code)
    assert [to for to, _ in told] == ["autre@ailleurs.example"] and "quelqu’un qui le représente" in told[0][1]
    line = AuditEntry.objects.get(verb="open_by_letter")
    assert line.organisation == key(keeper) and line.detail == {"shop": "le-moulin-a-cafe"}


def test_a_rival_answered_at_the_same_instant_undoes_nothing(
    keeper: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _, last = asked(), asked(by=someone("autre@ailleurs.example")), asked(by=someone("tiers@ailleurs.example"))

    write = claims._write

    def meanwhile(asked: Claim, template: str, **more: object) -> None:
        """Between the reading of the others and the answer to the last."""
        if asked.user.email.startswith("autre"):
            Claim.objects.filter(pk=last.pk).update(settled_at=clock.now(), why="Non.")
        write(asked, template, **more)

    monkeypatch.setattr(claims, "_write", meanwhile)
    assert approve(asked=one, keeper=keeper, by=BY).business == one.business
    assert not Claim.objects.filter(settled_at=None).exists()


# --- Undone -----------------------------------------------------------------------------------------------------------
def held(keeper: Organisation) -> tuple[Business, Organisation]:
    shop = approve(asked=asked(), keeper=keeper, by=BY)
    return business(), shop


def test_a_page_given_to_the_wrong_person_is_nobodys_again(
    keeper: Organisation, told: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    letter = prepare_letter(business=business(), keeper=keeper, by=BY)
    found, shop = held(keeper)
    thief = Office.objects.get(organisation=shop).user
    invite(organisation=shop, email="complice@ailleurs.example", name="C", role=Role.COLLEAGUE, inviter=thief, by=BY)
    mandate = give_mandate(
        organisation=shop, holder=builders.user(of=keeper, role=Role.OFFICER), through=keeper,
        permissions=[Permission.ANNOUNCE], signed_by="Lise", signed_on=clock.today(), evidence="Classeur", by=BY,
    )  # fmt: skip
    found.refresh_from_db()
    with pytest.raises(NotSuspended):
        release_claim(business=found, keeper=keeper, why="Une erreur.", by=BY)
    suspend(organisation=shop, why="Une erreur.", keeper=keeper, by=BY)
    found.refresh_from_db()
    with pytest.raises(BadInput):
        release_claim(business=found, keeper=keeper, why=" ", by=BY)
    later = TUESDAY + dt.timedelta(hours=1)
    with clock.frozen(later), django_capture_on_commit_callbacks(execute=True):
        release_claim(business=found, keeper=keeper, why="Une erreur.", by=BY)
        release_claim(business=found, keeper=keeper, why="Une erreur.", by=BY)
    assert told[-1][0] == thief.email and "Une erreur." in told[-1][1] and "vous n’agissez plus" in told[-1][1]
    found.refresh_from_db()
    mandate.refresh_from_db()
    assert found.organisation is None and mandate.revoked_at == later
    assert not shop.offices.exists() and not pending_invitations(shop).exists()
    letter.refresh_from_db()
    assert letter.expires_at == later
    lines = AuditEntry.objects.filter(verb="release_claim")
    assert {line.organisation for line in lines} == {key(shop), key(keeper)} and lines.count() == 2
    with clock.frozen(later):
        assert letter_of(letter, keeper.territory) is None
        with pytest.raises(BadInput):
            opened(letter.code)
        again = prepare_letter(business=found, keeper=keeper, by=BY)
        assert again != letter
        true = opened(again.code, by=someone("vraie@ailleurs.example"))
    assert true.slug == "le-moulin-a-cafe-2" and true.business == found


def test_a_page_is_released_by_the_association_of_its_place(keeper: Organisation) -> None:
    found, shop = held(keeper)
    suspend(organisation=shop, why="Une erreur.", keeper=keeper, by=BY)
    found.refresh_from_db()
    there = builders.territory(slug="val", codes=["94071"])
    far = builders.shop(slug="val", on=there, kind=Organisation.Kind.ASSOCIATION)
    with pytest.raises(NotAllowed):
        release_claim(business=found, keeper=far, why="Une erreur.", by=BY)
    assert Business.objects.get().organisation == shop and shop.offices.exists()


# --- What the audit trail keeps ---------------------------------------------------------------------------------------
def test_the_audit_trail_keeps_neither_the_address_nor_the_reason(keeper: Organisation) -> None:
    open_account(email="lise@ailleurs.example", name="lise@ailleurs.example")
    user = User.objects.get(email="lise@ailleurs.example")
    assert oneself(user).name == NO_NAME and oneself(user, "Lise Morand").name == "Lise Morand"
    refuse(asked=asked(by=user), why="La fleuriste ne vous connaît pas.", keeper=keeper, by=BY)
    assert Claim.objects.get().why
    kept = str(list(AuditEntry.objects.values_list("actor_name", "target", "detail")))
    assert "ailleurs.example" not in kept and "fleuriste" not in kept


# --- Forgotten --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("change", [{"listed": False}, {"active": False}, {"organisation": 1}])
def test_a_claim_that_nobody_can_answer_is_answered_and_its_telephone_goes(
    keeper: Organisation, change: dict[str, Any], told: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    one, stays = asked(), asked(business(siret="12345678900029"), someone("autre@ailleurs.example"))
    if "organisation" in change:
        change = {"organisation": builders.shop()}
    Business.objects.filter(pk=one.business_id).update(**change)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            forget_claims()
    one.refresh_from_db()
    stays.refresh_from_db()
    assert one.settled_at and not one.approved and one.phone == ""
    assert one.why == (LATE if "organisation" in change else GONE)
    assert [to for to, _ in told] == ["lise@ailleurs.example"] and one.why in told[0][1].replace(NBSP, " ")
    assert stays.settled_at is None and stays.phone == "01 99"


def test_a_page_that_somebody_took_down_is_claimed_all_the_same_and_comes_back(keeper: Organisation) -> None:
    one = asked()
    delist(business=one.business, by=VISITOR)
    later = asked(by=someone("autre@ailleurs.example"))
    forget_claims()
    assert list(waiting(keeper.territory)) == [one, later]
    approve(asked=one, keeper=keeper, by=BY)
    assert Business.objects.get().delisted_at is None


def test_a_letter_opens_a_page_that_somebody_took_down(keeper: Organisation) -> None:
    found = business()
    delist(business=found, by=VISITOR)
    slip = prepare_letter(business=found, keeper=keeper, by=BY)
    assert letter_of(slip, keeper.territory) == found
    open_by_letter(
        business=found, user=someone(), name="Lise Morand", code=slip.code, territory=keeper.territory, by=BY
    )
    assert Business.objects.get().delisted_at is None


def test_the_bureau_is_told_that_someone_asks(
    keeper: Organisation, told: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    officer = builders.user(of=keeper, role=Role.OFFICER)
    with django_capture_on_commit_callbacks(execute=True):
        one = asked()
    ((to, text),) = told
    assert to == officer.email
    assert f"/bureau/{keeper.slug}/demandes/{one.pk}/" in text and "Lise Morand dit tenir" in text


def test_an_answered_claim_is_kept_a_year(keeper: Organisation) -> None:
    refuse(asked=asked(), why="Non.", keeper=keeper, by=BY)
    waits = asked()
    for days, left in ((364, 2), (366, 1)):
        with clock.frozen(TUESDAY + dt.timedelta(days=days)):
            forget_claims()
        assert Claim.objects.count() == left
    assert Claim.objects.get() == waits
