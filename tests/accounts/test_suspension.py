"""A shop's pages close with a reason, and open again; both are told to its people and kept in both journals."""

from typing import Any

import pytest

from parvis.accounts.actions import AlreadySuspended, reopen, suspend
from parvis.accounts.models import Organisation
from parvis.accounts.queries import keepers, open_organisations
from parvis.accounts.rules import KEEPERS, KEEPING, Role, may_give, permissions_of
from parvis.core.actions import key
from parvis.core.errors import BadInput, NotAllowed
from parvis.core.models import AuditEntry
from parvis.core.signals import notice_requested
from tests.builders import BY, association, shop, territory, user

pytestmark = pytest.mark.django_db
WHY = "Des annonces pour un autre commerce."


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """The service notices, as they leave."""
    found: list[dict[str, str]] = []

    def send(sender: object, **notice: str) -> None:
        found.append(notice)

    monkeypatch.setattr(notice_requested, "send", send)
    return found


def closed() -> Organisation:
    suspend(organisation=shop(), why=WHY, keeper=association(), by=BY)
    found = shop()
    assert found.suspended_at
    return found


def journal(of: Organisation) -> list[str]:
    return list(AuditEntry.objects.filter(organisation=key(of), target=key(shop())).values_list("verb", flat=True))


def test_it_leaves_the_public_list_and_comes_back_as_it_was() -> None:
    assert shop() in open_organisations(territory())
    assert closed().suspended_why == WHY
    assert shop() not in open_organisations(territory())
    reopen(organisation=shop(), keeper=association(), by=BY)
    assert shop() in open_organisations(territory())
    assert (shop().suspended_at, shop().suspended_why) == (None, "")


def test_both_journals_keep_both() -> None:
    reopen(organisation=closed(), keeper=association(), by=BY)
    assert journal(association()) == ["suspend", "reopen"]
    assert journal(shop()) == ["create_organisation", "suspend", "reopen"]
    assert AuditEntry.objects.filter(verb="suspend", detail__why=WHY).count() == 2


def test_pressed_twice_it_is_done_once_and_another_reason_is_refused() -> None:
    suspend(organisation=closed(), why=f" {WHY} ", keeper=association(), by=BY)
    with pytest.raises(AlreadySuspended):
        suspend(organisation=shop(), why="Autre chose.", keeper=association(), by=BY)
    for _ in range(2):
        reopen(organisation=shop(), keeper=association(), by=BY)
    assert journal(association()) == ["suspend", "reopen"]


def test_without_a_reason_nothing_closes() -> None:
    with pytest.raises(BadInput) as refusal:
        suspend(organisation=shop(), why="  ", keeper=association(), by=BY)
    assert refusal.value.field == "why"
    assert shop().suspended_at is None


def test_only_a_shop_and_only_of_one_s_own_territory() -> None:
    association()
    elsewhere = shop(slug="ailleurs", on=territory(slug="val", codes=["94071"]))
    for one in (association(), elsewhere):
        with pytest.raises(NotAllowed):
            suspend(organisation=one, why=WHY, keeper=association(), by=BY)
    with pytest.raises(NotAllowed):
        reopen(organisation=elsewhere, keeper=association(), by=BY)


def test_those_who_answer_for_it_are_written_why_and_whom_to_call(
    told: list[dict[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    keeper = association()
    Organisation.objects.filter(pk=keeper.pk).update(phone="+33199001234")
    keeper.refresh_from_db()
    user(of=shop(), email="odile@brassee.example")
    user(of=shop(), role=Role.COLLEAGUE, email="aide@brassee.example")
    with django_capture_on_commit_callbacks(execute=True):
        suspend(organisation=shop(), why=WHY, keeper=keeper, by=BY)
    (notice,) = told
    assert notice["to"] == "odile@brassee.example"
    assert WHY in notice["text"]
    assert "01\u00a099\u00a000\u00a012\u00a034" in notice["text"]
    assert "/bureau/la-brassee/" in notice["text"]


def test_the_bureau_of_a_club_watches_over_nobody() -> None:
    club = shop(slug="club", kind=Organisation.Kind.CLUB)
    for one, holds in ((association(), True), (club, False)):
        assert (permissions_of(Role.OFFICER, one.kind) >= KEEPING) == holds
    assert list(keepers(territory())) == [association()]


@pytest.mark.parametrize("kind", sorted(set(Organisation.Kind.values) - KEEPERS))
def test_a_bureau_that_keeps_no_territory_opens_its_own_house_alone(kind: str) -> None:
    """Written by hand: what is added to the bureau one day is the association's, until somebody says otherwise here."""
    own = {"see_desk", "announce", "edit_window", "see_audit", "team"}
    assert permissions_of(Role.OFFICER, kind) == own


def test_nobody_gives_more_than_they_hold() -> None:
    assert may_give(Role.OWNER, "shop") == [Role.OWNER, Role.COLLEAGUE, Role.OBSERVER]
    assert may_give(Role.OFFICER, "association") == [Role.OFFICER, Role.OBSERVER]
    assert Role.COLLEAGUE not in may_give(Role.OFFICER, "association")
