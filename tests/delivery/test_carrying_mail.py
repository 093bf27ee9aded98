"""E-mail through a real server: exactly one copy, and never a second where the first may have arrived."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from parvis.contacts.actions import set_rhythm, withdraw
from parvis.contacts.models import CustomerRecord, Person
from parvis.contacts.rules import Source
from parvis.core import clock
from parvis.delivery.actions import carry_due, carrying, send_many, stop_subject
from parvis.delivery.actions.letters import compose_mail, message_id
from parvis.delivery.models import Message, Part
from parvis.delivery.queries import Addressed
from tests.builders import BY, TUESDAY, customer, draft, part, say_yes, shop, territory

from .post_office import PostOffice, free_port

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday", "outbox")]

State = Message.State


def queue(*records: CustomerRecord, subject: str = "announcement:1", batch: str = "round:1") -> None:
    """One announcement of the florist to each."""
    drafts = [
        draft(record.person, part(shop(), subject=subject), key=f"{batch}/person:{record.person_id}/email")
        for record in records
    ]
    send_many(drafts=drafts, territory=territory(), batch=batch, by=BY)


def odile(**changes: Any) -> CustomerRecord:
    return customer(shop(), **({"email": "odile@courriel.example"} | changes))


def message(person: Person | None = None) -> Message:
    return Message.objects.get(person=person) if person else Message.objects.get()


# --- What arrives


def test_a_mail_arrives_in_two_twins_with_one_click_to_stop(post_office: PostOffice, settings: Any) -> None:
    queue(odile())
    assert carry_due() == 1
    (mail,) = post_office.mails
    assert post_office.readers == ["odile@courriel.example"]
    assert {p.get_content_type() for p in mail.walk()} >= {"multipart/alternative", "text/plain", "text/html"}
    one_click = re.fullmatch(r"<(.+)>", mail["List-Unsubscribe"])
    assert one_click is not None
    assert one_click[1].startswith(settings.BASE_URL + "/m/")
    assert one_click[1].endswith("/un-clic/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert all(len(line) <= 998 for line in post_office.raw[0].split(b"\r\n"))
    for twin in ("plain", "html"):
        body = mail.get_body((twin,))
        assert body is not None
        assert "Les dahlias sont là" in body.get_content()
        assert "Vous avez dit oui au comptoir" in body.get_content()


def test_the_row_tells_that_it_left(post_office: PostOffice) -> None:
    queue(odile())
    carry_due()
    sent = message()
    assert (sent.state, sent.attempts, sent.error, sent.ended_at, sent.lease_until) == (
        State.SENT,
        1,
        "",
        TUESDAY,
        None,
    )


def test_carrying_twice_leaves_one_copy(post_office: PostOffice) -> None:
    queue(odile())
    assert [carry_due(), carry_due()] == [1, 0]
    queue(odile())  # and the round handed over again
    assert carry_due() == 0
    assert len(post_office.mails) == 1


def test_each_reader_gets_their_own_copy_over_one_line(post_office: PostOffice) -> None:
    records = [customer(shop()) for _ in range(3)]
    queue(*records)
    assert carry_due() == 3
    assert sorted(post_office.readers) == sorted(record.email for record in records)
    assert len({mail["Message-ID"] for mail in post_office.mails}) == 3
    assert all(len(mail["To"].addresses) == 1 and not mail["Cc"] and not mail["Bcc"] for mail in post_office.mails)


def test_the_message_id_tells_nothing_of_the_row_and_is_the_same_when_composed_again(
    post_office: PostOffice, settings: Any
) -> None:
    record = odile()
    queue(record)
    carry_due()
    sent = message()
    (mail,) = post_office.mails
    told = mail["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{32}@[a-z.]+>", told)
    for word in (sent.key, f"person-{record.person_id}", "round", "email"):
        assert word not in told.partition("@")[0]
    assert f"person:{record.person_id}".encode() not in post_office.raw[0]
    assert message_id(sent) == told
    settings.SECRET_KEY = "celle d’un autre hôte"
    assert message_id(sent) != told


def test_no_one_s_mail_holds_a_word_of_another(post_office: PostOffice) -> None:
    here, there = odile(family_name="Ferrand"), customer(shop(), family_name="Marchandeau")
    queue(here, there)
    carry_due()
    by_reader = dict(zip(post_office.readers, post_office.raw, strict=True))
    assert b"Marchandeau" not in by_reader["odile@courriel.example"]
    assert b"Ferrand" not in by_reader[there.email]


def test_nothing_is_loaded_from_elsewhere_when_the_mail_is_opened(post_office: PostOffice) -> None:
    queue(odile())
    carry_due()
    html = post_office.mails[0].get_body(("html",))
    assert html is not None
    assert not re.search(r"""(?:src|background)=["']?https?:|url\(|<link|@import""", html.get_content())


# --- What changed on the way to the door


def test_a_yes_withdrawn_before_it_leaves_is_obeyed(post_office: PostOffice) -> None:
    record = odile()
    queue(record)
    withdraw(person=record.person, sender=shop(), source=Source.LINK, by=BY)
    carry_due()
    assert post_office.mails == []
    assert message().state == State.WITHHELD
    assert Part.objects.get().stopped == "no_consent"


def test_only_the_part_that_lost_its_yes_is_taken_out(post_office: PostOffice) -> None:
    record, wine = odile(), shop(slug="cave-du-tilleul")
    say_yes(record.person, to=wine)
    kept = part(wine, title="Dégustation de samedi")
    send_many(drafts=[draft(record.person, part(shop()), kept)], territory=territory(), batch="round:1", by=BY)
    withdraw(person=record.person, sender=shop(), source=Source.LINK, by=BY)
    carry_due()
    body = post_office.mails[0].get_body(("plain",))
    assert body is not None
    assert "Dégustation de samedi" in body.get_content()
    assert "dahlias" not in body.get_content()
    assert message().state == State.SENT


def test_a_rhythm_lowered_before_it_leaves_is_obeyed(post_office: PostOffice) -> None:
    record = odile(rhythm=4)
    queue(record)
    queue(record, subject="announcement:2", batch="round:2")
    set_rhythm(resident=record.person.residents.get(), rhythm=1, by=BY)
    carry_due()
    assert len(post_office.mails) == 1
    set_rhythm(resident=record.person.residents.get(), rhythm=0, by=BY)
    queue(record, subject="announcement:3", batch="round:3")
    carry_due()
    assert len(post_office.mails) == 1


def test_what_waits_for_its_hour_waits(post_office: PostOffice) -> None:
    later = TUESDAY + dt.timedelta(hours=2)
    send_many(drafts=[draft(odile().person, part(shop()))], territory=territory(), batch="r", not_before=later, by=BY)
    assert carry_due() == 0
    with clock.frozen(later):
        assert carry_due() == 1


# --- What goes wrong


def test_an_address_refused_for_good_has_failed_and_the_others_leave(post_office: PostOffice) -> None:
    gone, here = odile(), customer(shop())
    queue(gone, here)
    post_office.on_rcpt["odile@courriel.example"] = "550 5.1.1 no such user"
    carry_due()
    assert post_office.readers == [here.email]
    failed = message(gone.person)
    assert (failed.state, failed.attempts) == (State.FAILED, 1)
    assert "550" in failed.error
    assert "odile" not in failed.error


def test_what_failed_may_be_said_again_once_the_address_is_mended(post_office: PostOffice) -> None:
    record = odile()
    queue(record)
    post_office.on_rcpt["odile@courriel.example"] = "550 5.1.1 no such user"
    carry_due()
    assert Part.objects.get().stopped == "failed"
    post_office.on_rcpt.clear()
    record.person.contact_points.update(failing_since=None)
    queue(record, batch="round:2")
    carry_due()
    assert post_office.readers == ["odile@courriel.example"]


def test_a_server_that_says_later_is_asked_later_and_later_still(post_office: PostOffice) -> None:
    queue(odile())
    post_office.on_rcpt["odile@courriel.example"] = "450 try again"
    now, waits = TUESDAY, []
    for _ in range(carrying.MAX_ATTEMPTS - 1):
        with clock.frozen(now):
            assert carry_due() == 1
            assert carry_due() == 0
        assert message().state == State.QUEUED
        waits.append(message().not_before - now)
        now = message().not_before
    assert waits == sorted(set(waits))
    assert waits[0] == carrying.BACK_OFF
    post_office.on_rcpt.clear()
    with clock.frozen(now):
        carry_due()
    assert message().state == State.SENT
    assert len(post_office.mails) == 1


def test_after_the_last_attempt_it_has_failed(post_office: PostOffice) -> None:
    queue(odile())
    post_office.on_data["odile@courriel.example"] = "451 busy"
    for _ in range(carrying.MAX_ATTEMPTS):
        with clock.frozen(message().not_before):
            carry_due()
    assert message().state == State.FAILED
    with clock.frozen(TUESDAY + dt.timedelta(days=30)):
        assert carry_due() == 0


@pytest.mark.parametrize(("answer", "state"), [("554 no spam", State.FAILED), ("452 full", State.QUEUED)])
def test_a_refusal_of_the_content_is_sure_so_it_is_not_uncertain(
    post_office: PostOffice, answer: str, state: Message.State
) -> None:
    queue(odile())
    post_office.on_data["odile@courriel.example"] = answer
    carry_due()
    assert message().state == state
    assert post_office.mails == []


def test_no_server_at_all_puts_everything_back(settings: Any) -> None:
    settings.MAIL = f"smtp://127.0.0.1:{free_port()}"
    records = [customer(shop()) for _ in range(3)]
    queue(*records)
    carry_due()
    assert set(Message.objects.values_list("state", "attempts")) == {(State.QUEUED, 1)}
    assert all(waiting.not_before > TUESDAY for waiting in Message.objects.all())
    assert Message.objects.exclude(lease_until=None).count() == 0


def test_a_line_cut_after_the_content_is_uncertain_and_never_sent_again(post_office: PostOffice) -> None:
    first, second = odile(), customer(shop())
    queue(first, second)
    post_office.on_data["odile@courriel.example"] = PostOffice.HANG_UP
    carry_due()
    assert message(first.person).state == State.UNCERTAIN
    assert message(second.person).state == State.QUEUED
    post_office.on_data.clear()
    for hours in (1, 24, 24 * 30):
        with clock.frozen(TUESDAY + dt.timedelta(hours=hours)):
            carry_due()
    queue(first, batch="round:2")
    with clock.frozen(TUESDAY + dt.timedelta(days=31)):
        carry_due()
    assert post_office.readers.count("odile@courriel.example") == 1
    assert post_office.readers.count(second.email) == 1


def test_a_line_cut_before_the_content_leaves_no_doubt(post_office: PostOffice) -> None:
    queue(odile())
    post_office.on_mail = PostOffice.HANG_UP
    carry_due()
    assert message().state == State.QUEUED
    post_office.on_mail = "250 OK"
    with clock.frozen(message().not_before):
        carry_due()
    assert len(post_office.mails) == 1


def test_a_server_that_closes_for_the_night_makes_nothing_uncertain(post_office: PostOffice) -> None:
    queue(*(customer(shop()) for _ in range(3)))
    post_office.on_mail = "421 closing"
    carry_due()
    assert set(Message.objects.values_list("state", flat=True)) == {State.QUEUED}


def test_one_page_that_cannot_be_laid_out_does_not_stop_the_others(
    post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, fine = odile(), customer(shop())
    queue(broken, fine)

    def sometimes(one: Message, parts: list[Part], reader: Addressed) -> Any:
        if one.person_id == broken.person_id:
            raise KeyError("title")
        return compose_mail(one, parts, reader)

    monkeypatch.setattr("parvis.delivery.actions.carrying.compose_mail", sometimes)
    carry_due()
    assert post_office.readers == [fine.email]
    assert message(broken.person).state == State.QUEUED
    assert message(broken.person).error == carrying.LAYOUT


# --- The outbox of a demonstration


def test_the_outbox_holds_each_message_once_whatever_runs_again(outbox: Path) -> None:
    queue(odile())
    carry_due()
    Message.objects.update(state=State.QUEUED)  # as if the worker had died before it wrote "sent"
    carry_due()
    files = list((outbox / "mail" / "new").iterdir())
    assert len(files) == 1
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in files[0].read_bytes()
    assert not list((outbox / "mail" / "tmp").iterdir())


def test_an_address_that_takes_nothing_is_not_written_to_again(post_office: PostOffice) -> None:
    record = odile()
    post_office.on_rcpt["odile@courriel.example"] = "550 5.1.1 no such user"
    queue(record)
    carry_due()
    queue(record, subject="announcement:2", batch="round:2")
    assert Part.objects.get(subject="announcement:2").stopped == "unreachable"
    assert record.person.contact_points.get(kind="email").failing_since is not None


def test_what_its_sender_took_back_before_it_left_does_not_leave(post_office: PostOffice) -> None:
    queue(odile())
    assert stop_subject(subject="announcement:1", by=BY) == 1
    carry_due()
    assert (post_office.mails, message().state) == ([], State.WITHHELD)
    assert Part.objects.get().stopped == "withdrawn"


def test_a_policy_that_refuses_us_marks_nobody(post_office: PostOffice) -> None:
    record = odile()
    post_office.on_rcpt["odile@courriel.example"] = "550 5.7.1 relaying denied"
    queue(record)
    carry_due()
    assert message().state == State.FAILED
    assert record.person.contact_points.get(kind="email").failing_since is None


def test_what_brings_its_worker_down_each_time_does_not_hold_the_others_back(post_office: PostOffice) -> None:
    queue(odile(), customer(shop()))
    poison = Message.objects.order_by("pk")[0]
    Message.objects.filter(pk=poison.pk).update(attempts=carrying.MAX_ATTEMPTS)
    carry_due()
    poison.refresh_from_db()
    assert (poison.state, len(post_office.mails)) == (State.FAILED, 1)


def test_the_subject_line_names_only_what_passed_the_door(post_office: PostOffice) -> None:
    record = odile()
    first = part(shop(), subject="announcement:1", title="Les pivoines")
    second = part(shop(), subject="announcement:2", title="Les dahlias")
    send_many(drafts=[draft(record.person, first, second)], territory=territory(), batch="round:9", by=BY)
    assert message().subject == "Les pivoines, et une autre chose près de chez vous"
    stop_subject(subject="announcement:1", by=BY)
    carry_due()
    assert [mail["Subject"] for mail in post_office.mails] == ["Les dahlias"]
