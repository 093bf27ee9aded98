"""Anyone tells of an announcement; the association holds it, keeps it, or gives it back, with its reasons."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from parvis.accounts.actions import give_mandate
from parvis.accounts.models import Organisation
from parvis.accounts.rules import Permission, Role
from parvis.announcements.actions import AlreadyHeld, WellKnown, hold, keep, release, report, withdraw
from parvis.announcements.models import Announcement, Report
from parvis.announcements.queries import current, held, reported, watched
from parvis.announcements.rules import CONTACT_KEPT, MOST_WAITING, REPORTS_AN_HOUR
from parvis.announcements.tasks import tidy
from parvis.core import clock
from parvis.core.actions import key
from parvis.core.errors import BadInput, NotAllowed
from parvis.core.models import AuditEntry
from parvis.core.signals import notice_requested
from parvis.delivery.models import Message, Part
from parvis.delivery.rules import Stop
from parvis.rounds.actions import run_due, sort
from parvis.rounds.models import Round
from parvis.rounds.queries import stopped_by_reason
from tests.builders import BY, TUESDAY, announcement, association, customer, due_round, shop, territory, user

pytestmark = pytest.mark.django_db
WHY = "La photo montre un enfant."
Reason = Report.Reason


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def send(sender: object, **notice: str) -> None:
        found.append(notice)

    monkeypatch.setattr(notice_requested, "send", send)
    return found


@pytest.fixture
def said() -> Announcement:
    association()
    return announcement(shop())


def hold_it(one: Announcement, why: str = WHY) -> None:
    hold(announcement=one, why=why, keeper=association(), by=BY)
    one.refresh_from_db()


def journal(of: Organisation) -> list[str]:
    entries = AuditEntry.objects.filter(organisation=key(of), verb__in=["report", "hold", "keep", "release"])
    return list(entries.order_by("pk").values_list("verb", flat=True))


def is_public(one: Announcement) -> bool:
    shown = Client().get(f"/annonces/{one.pk}/").status_code == 200
    assert shown == (one in current(territory(), clock.now()))
    return shown


# --- Told by anyone


def test_a_report_hides_nothing_and_is_in_the_journal_of_the_association_alone(said: Announcement) -> None:
    made = report(announcement=said, reason=Reason.FALSE, text=" Il n’y a pas de dahlias. ", contact="")
    assert (made.text, made.upheld, made.settled_at) == ("Il n’y a pas de dahlias.", None, None)
    assert is_public(said)
    assert list(reported(territory())) == [said]
    assert journal(association()) == ["report"]
    assert journal(shop()) == []


def test_the_bureau_is_told_once_of_what_waits(
    said: Announcement, told: list[dict[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    officer = user(of=association(), role=Role.OFFICER)
    with django_capture_on_commit_callbacks(execute=True):
        report(announcement=said, reason=Reason.FALSE)
        report(announcement=said, reason=Reason.CHILD)
    assert [one["to"] for one in told] == [officer.email]
    assert f"/bureau/{association().slug}/signalements/{said.pk}/" in told[0]["text"]


def test_other_takes_words_and_the_rest_does_not(said: Announcement) -> None:
    with pytest.raises(BadInput) as refusal:
        report(announcement=said, reason=Reason.OTHER, text=" ")
    assert refusal.value.field == "text"
    assert report(announcement=said, reason=Reason.PHOTO).pk


def test_pressed_twice_it_is_told_once_and_a_crowd_adds_nothing(said: Announcement) -> None:
    for _ in range(2):
        report(announcement=said, reason=Reason.FALSE)
    assert Report.objects.count() == 1
    for number in range(1, MOST_WAITING):
        report(announcement=said, reason=Reason.FALSE, text=str(number))
    with pytest.raises(WellKnown):
        report(announcement=said, reason=Reason.FALSE, text="encore")
    keep(announcement=said, why="Tout est exact.", keeper=association(), by=BY)
    assert report(announcement=said, reason=Reason.FALSE, text="encore").pk


def test_the_public_form_needs_no_account(said: Announcement, client: Client) -> None:
    path = f"/annonces/{said.pk}/signaler/"
    assert f'href="{path}"' in client.get(f"/annonces/{said.pk}/").text
    assert 'name="robots" content="noindex"' in client.get(path).text
    answer = client.post(path, {"reason": "child", "text": "Ma fille", "contact": "06 39 98 12 34"}, follow=True)
    assert "C’est transmis à l’association" in answer.text
    assert Report.objects.get().contact == "06 39 98 12 34"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "Quoi"}, "Choisissez ce qui ne va pas."),
        ({"reason": "ugly"}, "Choisissez dans la liste."),
        ({"reason": "other"}, "Il manque ce qui ne va pas"),
        ({"reason": "false", "text": "a" * 2001}, "C’est trop long"),
        ({"reason": "false", "contact": "a" * 255}, "C’est trop long"),
    ],
)
def test_what_misses_is_said_in_french(
    said: Announcement, client: Client, typed: dict[str, str], sentence: str
) -> None:
    assert sentence in client.post(f"/annonces/{said.pk}/signaler/", typed).text
    assert not Report.objects.exists()


def test_one_visitor_does_not_flood_and_another_is_heard(said: Announcement, client: Client) -> None:
    path = f"/annonces/{said.pk}/signaler/"
    for number in range(REPORTS_AN_HOUR + 3):
        answer = client.post(path, {"reason": "false", "text": str(number)}, follow=True)
    assert "Plusieurs signalements viennent déjà d’ici" in answer.text
    assert Report.objects.count() == REPORTS_AN_HOUR
    client.post(path, {"reason": "false", "text": "d’ailleurs"}, REMOTE_ADDR="203.0.113.9")
    assert Report.objects.count() == REPORTS_AN_HOUR + 1
    assert "203.0.113.9" not in str(list(Report.objects.values())) + str(list(AuditEntry.objects.values()))


def test_what_does_not_stand_is_not_reported(said: Announcement, client: Client) -> None:
    hold_it(said)
    assert client.get(f"/annonces/{said.pk}/signaler/").status_code == 404


# --- Decided by the association


def test_held_it_is_nowhere_and_given_back_it_is_everywhere(said: Announcement) -> None:
    hold_it(said)
    assert not is_public(said)
    assert list(held(territory())) == [said]
    assert said.held_why == WHY
    release(announcement=said, keeper=association(), by=BY)
    said.refresh_from_db()
    assert is_public(said)
    assert (said.held_at, said.held_why, list(held(territory()))) == (None, "", [])
    assert journal(shop()) == journal(association()) == ["hold", "release"]


def test_no_round_chooses_what_is_held(said: Announcement) -> None:
    with clock.frozen(TUESDAY):
        customer(shop())
        other = announcement(shop(), title="Les sapins")
        hold_it(said)
        due_round(territory())
        run_due()
    assert [part.subject for part in Part.objects.all()] == [f"announcement:{other.pk}"]


def test_held_after_the_sorting_or_in_the_queue_it_does_not_leave(
    said: Announcement, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.frozen(TUESDAY):
        customer(shop())
        planned = due_round(territory())
        monkeypatch.setattr("parvis.rounds.actions._hand_over", lambda round: None)
        run_due()
        monkeypatch.undo()
        hold_it(said)
        planned.refresh_from_db()
        assert planned.state == Round.State.SORTED
        sort(planned)
    assert not Message.objects.exists()
    assert stopped_by_reason(planned) == {Stop.HELD: 1}


def test_in_the_queue_it_is_stopped_and_a_later_round_says_it_once_given_back(said: Announcement) -> None:
    with clock.frozen(TUESDAY):
        customer(shop())
        due_round(territory())
        run_due()
        hold_it(said)
        assert Part.objects.get().stopped == Stop.HELD
        release(announcement=said, keeper=association(), by=BY)
    with clock.frozen(TUESDAY + dt.timedelta(hours=1)):
        due_round(territory())
        run_due()
    assert list(Part.objects.order_by("pk").values_list("stopped", flat=True)) == [Stop.HELD, ""]


def test_the_author_and_her_delegate_are_written_the_reason_and_how_to_answer(
    told: list[dict[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    keeper = association()
    Organisation.objects.filter(pk=keeper.pk).update(phone="+33199001234")
    user(of=shop(), email="odile@brassee.example")
    delegate = user(of=keeper, role=Role.OFFICER, email="claire@enseignes.example")
    mandate = give_mandate(
        organisation=shop(), holder=delegate, through=keeper, permissions=[Permission.ANNOUNCE],
        signed_by="Odile", signed_on=clock.today(), evidence="Classeur", by=BY,
    )  # fmt: skip
    said = announcement(shop(), title="Les dahlias")
    Announcement.objects.filter(pk=said.pk).update(mandate=mandate)
    said.refresh_from_db()
    keeper.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        hold(announcement=said, why=WHY, keeper=keeper, by=BY)
    assert {notice["to"] for notice in told} == {"odile@brassee.example", "claire@enseignes.example"}
    for notice in told:
        assert WHY in notice["text"] and "Les dahlias" in notice["text"]
        assert "01\u00a099\u00a000\u00a012\u00a034" in notice["text"]


@pytest.mark.parametrize(("decide", "upheld"), [(hold, True), (keep, False)])
def test_whoever_left_an_address_is_answered_once_and_forgotten(
    said: Announcement, decide: Any, upheld: bool, told: list[dict[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    for text, contact in (("a", "v@ailleurs.example"), ("b", "V@ailleurs.example"), ("c", "06 39 98 12 34"), ("d", "")):
        report(announcement=said, reason=Reason.CHILD, text=text, contact=contact)
    with django_capture_on_commit_callbacks(execute=True):
        decide(announcement=said, why=WHY, keeper=association(), by=BY)
    assert [n["to"] for n in told if "Ce que vous avez signalé" in n["subject"]] == ["v@ailleurs.example"]
    assert set(Report.objects.values_list("contact", "upheld", "answer")) == {("", upheld, WHY)}
    assert not reported(territory()).exists()


def test_taken_back_by_its_author_what_was_told_is_settled(said: Announcement) -> None:
    report(announcement=said, reason=Reason.FALSE, contact="v@ailleurs.example")
    withdraw(announcement=said, by=BY)
    one = Report.objects.get()
    assert (one.settled_at is not None, one.upheld, one.contact) == (True, None, "")
    assert said not in watched(territory())


def test_without_a_reason_or_from_another_territory_nothing_is_decided(said: Announcement) -> None:
    for decide in (hold, keep):
        with pytest.raises(BadInput):
            decide(announcement=said, why=" ", keeper=association(), by=BY)
    far = shop(slug="enseignes-du-val", on=territory(slug="val"), kind=Organisation.Kind.ASSOCIATION)
    for decide in (hold, keep):
        with pytest.raises(NotAllowed):
            decide(announcement=said, why=WHY, keeper=far, by=BY)
    with pytest.raises(NotAllowed):
        release(announcement=said, keeper=far, by=BY)
    said.refresh_from_db()
    assert said.held_at is None


def test_pressed_twice_it_is_decided_once(said: Announcement) -> None:
    for _ in range(2):
        hold_it(said)
    with pytest.raises(AlreadyHeld):
        hold_it(said, "Autre chose.")
    for _ in range(2):
        release(announcement=said, keeper=association(), by=BY)
    assert journal(association()) == ["hold", "release"]


def test_a_contact_that_nobody_answered_is_forgotten_without_another_report(said: Announcement) -> None:
    with clock.frozen(TUESDAY):
        made = report(announcement=said, reason=Reason.FALSE, contact="temoin@courriel.example")
    for after, kept in ((CONTACT_KEPT - dt.timedelta(seconds=1), "temoin@courriel.example"), (CONTACT_KEPT, "")):
        with clock.frozen(TUESDAY + after):
            tidy.func()
        made.refresh_from_db()
        assert made.contact == kept
