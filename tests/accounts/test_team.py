"""Who may act: invited by e-mail, once, within seven days; taken back at once; never nobody left."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db.models import QuerySet

from parvis.accounts.actions import (
    AlreadyHere,
    AlreadyInvited,
    AnotherAddress,
    EnoughInvitations,
    HasItsPeople,
    LastOne,
    OldInvitation,
    OwnAddress,
    UnreadableInvitation,
    UsedInvitation,
    WithdrawnInvitation,
    accept_invitation,
    appoint,
    forget_unanswered_accounts,
    invitation_by,
    invite,
    invite_first,
    leave,
    open_account,
    remove_colleague,
    withdraw_invitation,
)
from parvis.accounts.actions.team import INVITATION_KEPT, INVITATION_LIFE, MOST_TO_ONE
from parvis.accounts.models import Invitation, Office, User
from parvis.accounts.queries import may, pending_invitations
from parvis.accounts.rules import Permission, Role
from parvis.accounts.tasks import tidy
from parvis.core import clock
from parvis.core.errors import NotAllowed, Refused
from parvis.core.models import AuditEntry
from parvis.core.signals import notice_requested
from tests.builders import BY, TUESDAY, association, shop, territory, user

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/invitation/(\S+)/")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def send(sender: object, **notice: str) -> None:
        found.append(notice)

    monkeypatch.setattr(notice_requested, "send", send)
    return found


@pytest.fixture
def odile() -> User:
    return user(of=shop(), email="odile@brassee.example", name="Odile Marchand")


@pytest.fixture
def link(odile: User, told: list[dict[str, str]], django_capture_on_commit_callbacks: Any) -> str:
    """What the invited person finds in her mailbox: the secret part of the link."""
    with clock.frozen(TUESDAY), django_capture_on_commit_callbacks(execute=True):
        ask(odile)
    found = LINK.search(told[-1]["text"])
    assert found
    return found[1]


def ask(inviter: User, email: str = "aide@ailleurs.example", role: Role = Role.COLLEAGUE, **more: Any) -> Invitation:
    stated: dict[str, Any] = {"organisation": shop(), "email": email, "name": "Lise Morand", "role": role}
    return invite(**(stated | more), inviter=inviter, by=BY)


def guest(token: str) -> User:
    invited = invitation_by(token)
    open_account(email=invited.email, name=invited.name)
    return User.objects.get(email="aide@ailleurs.example")


def accept(token: str, at: dt.datetime = TUESDAY) -> Office:
    with clock.frozen(at):
        return accept_invitation(token=token, user=guest(token), by=BY)


def test_the_mail_names_who_invites_and_for_what_and_never_what_was_typed(
    link: str, told: list[dict[str, str]]
) -> None:
    (notice,) = told
    assert notice["to"] == "aide@ailleurs.example"
    assert "La Brassée" in notice["subject"] + notice["text"]
    assert "collègue" in notice["text"] and "1er décembre" in notice["text"].replace("\u00a0", " ").replace(
        "1 déc", "1er déc"
    )
    assert "Lise" not in notice["text"]


def test_the_link_is_kept_nowhere(link: str) -> None:
    kept = str(list(Invitation.objects.values())) + str(list(AuditEntry.objects.values()))
    assert link.partition(":")[0] not in kept


def test_accepted_it_opens_what_it_says_and_nothing_before(link: str) -> None:
    with clock.frozen(TUESDAY):
        newcomer = guest(link)
        assert not may(newcomer, Permission.SEE_DESK, shop())
    assert accept(link).role == Role.COLLEAGUE
    assert may(newcomer, Permission.ANNOUNCE, shop())
    assert not may(newcomer, Permission.TEAM, shop())


def test_it_serves_once(link: str) -> None:
    accept(link)
    with pytest.raises(UsedInvitation), clock.frozen(TUESDAY):
        invitation_by(link)


@pytest.mark.parametrize(
    ("after", "open_"), [(INVITATION_LIFE - dt.timedelta(seconds=1), True), (INVITATION_LIFE, False)]
)
def test_it_lives_seven_days(link: str, after: dt.timedelta, open_: bool) -> None:
    if open_:
        assert accept(link, TUESDAY + after).pk
        return
    with pytest.raises(OldInvitation):
        accept(link, TUESDAY + after)


@pytest.mark.parametrize("fate", ["accepted", "withdrawn", "silent"])
def test_an_invitation_is_forgotten_whatever_became_of_it_and_its_link_says_that_it_is_old(
    link: str, fate: str
) -> None:
    if fate == "accepted":
        accept(link, TUESDAY)
    if fate == "withdrawn":
        withdraw_invitation(invitation=Invitation.objects.get(), by=BY)
    for after, kept in ((INVITATION_KEPT - dt.timedelta(seconds=1), 1), (INVITATION_KEPT, 0)):
        with clock.frozen(TUESDAY + after):
            tidy.func()
        assert Invitation.objects.count() == kept
    with pytest.raises(OldInvitation):
        invitation_by(link)


def test_a_link_that_was_cut_or_taken_back_opens_nothing(link: str) -> None:
    with pytest.raises(UnreadableInvitation):
        invitation_by(link[:-1] + ("a" if link[-1] != "a" else "b"))
    for _ in range(2):
        withdraw_invitation(invitation=Invitation.objects.get(), by=BY)
    assert AuditEntry.objects.filter(verb="withdraw_invitation").count() == 1
    with pytest.raises(WithdrawnInvitation):
        invitation_by(link)


def test_somebody_else_who_holds_the_link_accepts_nothing(link: str, odile: User) -> None:
    with pytest.raises(AnotherAddress), clock.frozen(TUESDAY):
        accept_invitation(token=link, user=odile, by=BY)
    assert Invitation.objects.get().accepted_at is None


def test_a_role_held_already_stays_as_it_is(link: str) -> None:
    with clock.frozen(TUESDAY):
        newcomer = guest(link)
    user(of=shop(), email=newcomer.email, role=Role.OWNER)
    assert accept(link).role == Role.OWNER


def test_a_known_address_and_an_unknown_one_are_told_alike(
    odile: User, told: list[dict[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    user(of=shop(slug="cave-du-tilleul"), email="connu@tilleul.example")
    with django_capture_on_commit_callbacks(execute=True):
        for email in ("connu@tilleul.example", "inconnu@ailleurs.example"):
            ask(odile, email)
    known, unknown = (LINK.sub("", notice["text"]) for notice in told)
    assert known == unknown
    assert not User.objects.filter(email="inconnu@ailleurs.example").exists()


def refused(kind: type[Refused], inviter: User, **more: Any) -> None:
    before = Invitation.objects.count()
    with pytest.raises(kind):
        ask(inviter, **more)
    assert Invitation.objects.count() == before


def test_bad_input_is_refused(odile: User) -> None:
    user(of=shop(), email="deja@brassee.example", role=Role.OBSERVER)
    refused(OwnAddress, odile, email=" Odile@Brassee.example ")
    refused(AlreadyHere, odile, email="Deja@brassee.example")
    ask(odile)
    refused(AlreadyInvited, odile, email="AIDE@ailleurs.example")


def test_a_role_that_one_could_not_hold_is_not_given(odile: User) -> None:
    officer = user(of=association(), role=Role.OFFICER)
    refused(NotAllowed, odile, role=Role.OFFICER)
    refused(NotAllowed, officer)
    refused(NotAllowed, officer, organisation=association(), role=Role.OWNER)
    refused(NotAllowed, user(of=shop(), role=Role.OBSERVER), role=Role.OWNER)
    assert ask(officer, organisation=association(), role=Role.OFFICER).pk


def test_one_that_ran_out_makes_room_for_another(odile: User) -> None:
    with clock.frozen(TUESDAY):
        old = ask(odile)
    with clock.frozen(TUESDAY + INVITATION_LIFE):
        new = ask(odile)
    old.refresh_from_db()
    assert old.withdrawn_at and not new.withdrawn_at


def test_a_stranger_s_mailbox_does_not_ring_fifty_times(odile: User) -> None:
    with clock.frozen(TUESDAY):
        for _ in range(MOST_TO_ONE):
            withdraw_invitation(invitation=ask(odile), by=BY)
        refused(EnoughInvitations, odile)
    with clock.frozen(TUESDAY + dt.timedelta(days=1, seconds=1)):
        assert ask(odile).pk


def test_no_shop_learns_that_others_invited_this_address_today(odile: User) -> None:
    """A fourth shop is answered as the first was."""
    with clock.frozen(TUESDAY):
        for number in range(MOST_TO_ONE + 1):
            other = shop(slug=f"voisin-{number}")
            inviter = user(of=other, email=f"voisin{number}@voisin.example")
            assert invite(
                organisation=other,
                email="lise@ailleurs.example",
                name="Lise Morand",
                role=Role.COLLEAGUE,
                inviter=inviter,
                by=BY,
            ).pk


def first(keeper: Any = None, of: Any = None, **more: Any) -> Invitation:
    claire = user(of=association(), role=Role.OFFICER, email="claire@enseignes.example")
    stated: dict[str, Any] = {"email": "lise@ailleurs.example", "name": "Lise Morand"}
    return invite_first(
        organisation=of or shop(), keeper=keeper or association(), inviter=claire, by=BY, **(stated | more)
    )


def test_a_shop_without_anybody_gets_its_first_person_from_its_association() -> None:
    invitation = first()
    assert (invitation.role, invitation.organisation) == (Role.OWNER, shop())
    assert AuditEntry.objects.filter(verb="invite").count() == 2  # in the journal of each


def test_a_shop_that_has_somebody_invites_by_itself() -> None:
    user(of=shop(), role=Role.OBSERVER)
    assert first().pk  # whoever only looks answers for nothing
    user(of=shop(), email="odile@brassee.example")
    with pytest.raises(HasItsPeople):
        first(email="autre@ailleurs.example")


def test_an_officer_invites_neither_herself_nor_for_another_territory() -> None:
    with pytest.raises(OwnAddress):
        first(email="claire@enseignes.example")
    association()
    elsewhere = shop(slug="ailleurs", on=territory(slug="val", codes=["94071"]))
    for one in (elsewhere, association()):
        with pytest.raises(NotAllowed):
            first(of=one)


def test_a_colleague_is_taken_back_at_once(odile: User) -> None:
    aide = user(of=shop(), role=Role.COLLEAGUE)
    remove_colleague(office=aide.offices.get(), by=BY)
    assert not may(aide, Permission.SEE_DESK, shop())
    assert may(odile, Permission.SEE_DESK, shop())
    assert AuditEntry.objects.filter(verb="remove_colleague").count() == 1


@pytest.mark.parametrize("go", [remove_colleague, leave])
def test_the_last_who_answers_stays_until_there_is_another(odile: User, go: Any) -> None:
    user(of=shop(), role=Role.COLLEAGUE)
    with pytest.raises(LastOne):
        go(office=odile.offices.get(), by=BY)
    assert odile.offices.exists()
    user(of=shop(), role=Role.OWNER, email="lise@brassee.example")
    go(office=odile.offices.get(), by=BY)
    assert not odile.offices.exists()


def demoted(office: Office) -> None:
    Office.objects.filter(pk=office.pk).update(role=Role.COLLEAGUE)


def closed(office: Office) -> None:
    User.objects.filter(pk=office.user_id).update(is_active=False)


def taken_back(office: Office) -> None:
    remove_colleague(office=office, by=BY)


def gone(office: Office) -> None:
    leave(office=office, by=BY)


@pytest.mark.parametrize("end", [taken_back, gone, demoted, closed])
def test_an_invitation_ends_with_its_inviter_s_power_to_give_it(link: str, odile: User, end: Any) -> None:
    user(of=shop(), role=Role.OWNER, email="lise@brassee.example")
    with clock.frozen(TUESDAY):
        newcomer = guest(link)
        end(odile.offices.get())
        with pytest.raises(WithdrawnInvitation):
            invitation_by(link)
        with pytest.raises(WithdrawnInvitation):
            accept_invitation(token=link, user=newcomer, by=BY)
    assert not may(newcomer, Permission.SEE_DESK, shop())


@pytest.mark.parametrize("end", [taken_back, gone])
def test_whoever_goes_leaves_no_invitation_waiting_and_another_may_invite(link: str, odile: User, end: Any) -> None:
    lise = user(of=shop(), role=Role.OWNER, email="lise@brassee.example")
    hers = ask(lise, "autre@ailleurs.example")
    end(odile.offices.get())
    assert list(pending_invitations(shop())) == [hers]
    assert AuditEntry.objects.filter(verb="withdraw_invitation").count() == 1
    assert ask(lise).pk


def test_the_first_person_of_a_shop_is_not_let_in_by_an_officer_who_left(
    told: list[dict[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first()
    found = LINK.search(told[-1]["text"])
    assert found
    assert invitation_by(found[1]).role == Role.OWNER
    user(of=association(), role=Role.OFFICER, email="autre@enseignes.example")
    leave(office=User.objects.get(email="claire@enseignes.example").offices.get(), by=BY)
    with pytest.raises(WithdrawnInvitation):
        invitation_by(found[1])


def test_the_first_person_of_a_shop_comes_before_the_second(
    told: list[dict[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first()
    found = LINK.search(told[-1]["text"])
    assert found
    user(of=shop(), email="odile@brassee.example")
    with pytest.raises(HasItsPeople):
        invitation_by(found[1])


def test_an_account_opened_by_two_presses_at_once_is_one(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen(TUESDAY):
        invitation = invitation_by(link)
    open_account(email=invitation.email, name=invitation.name)
    # The second press had looked before the first had written.
    monkeypatch.setattr(QuerySet, "exists", lambda self: False)
    open_account(email=invitation.email, name=invitation.name)
    assert not User.objects.get(email=invitation.email).has_usable_password()


def test_an_account_that_is_closed_does_not_count_as_somebody(odile: User) -> None:
    other = user(of=shop(), role=Role.OWNER, email="lise@brassee.example")
    User.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(LastOne):
        leave(office=odile.offices.get(), by=BY)


def test_an_account_opened_for_an_address_that_never_answered_is_forgotten() -> None:
    silent, named, inside, came = (f"{who}@ailleurs.example" for who in ("silent", "named", "inside", "came"))
    with clock.frozen(TUESDAY):
        for email in (silent, inside, came):
            open_account(email=email, name=email)
        open_account(email=named, name="Lise Morand")
        appoint(email=inside, name=inside, organisation=shop(), role=Role.OWNER, by=BY)
        User.objects.filter(email=came).update(last_login=TUESDAY)
    for hours, kept in ((47, True), (49, False)):
        with clock.frozen(TUESDAY + dt.timedelta(hours=hours)):
            forget_unanswered_accounts()
        assert User.objects.filter(email=silent).exists() == kept
    assert User.objects.filter(email__in=[named, inside, came]).count() == 3
