"""Leases, sheets and call lists: a worker that dies loses nothing, a second one doubles nothing."""

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfReader

from parvis.contacts.actions import enrol, withdraw
from parvis.contacts.models import CustomerRecord
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.delivery.actions import carry_due, carrying, send_many
from parvis.delivery.actions.door import recheck_many
from parvis.delivery.actions.letters import carry_calls, print_letter
from parvis.delivery.models import Message, Part
from parvis.delivery.queries import Addressed, counts_by_state
from parvis.delivery.tasks import sweep
from tests.builders import BY, TUESDAY, customer, details, draft, part, say_yes, shop, territory

from .post_office import PostOffice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday")]

State = Message.State
AFTER_THE_LEASE = TUESDAY + carrying.LEASE + dt.timedelta(seconds=1)


def queue(*records: CustomerRecord, channel: Channel = Channel.EMAIL, batch: str = "round:1", **said: Any) -> None:
    florist = shop()
    caller = florist if channel is Channel.PHONE else None
    send_many(
        drafts=[
            draft(
                record.person,
                part(florist, **({"subject": f"announcement:{batch}"} | said)),
                channel=channel,
                key=f"{batch}/person:{record.person_id}/{channel}",
                caller=caller,
            )
            for record in records
        ],
        territory=territory(),
        batch=batch,
        by=BY,
    )


def words(file: Path) -> str:
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    return "\n".join(page.extract_text() for page in pages).replace("\u00a0", " ")


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


# --- Leases


def held(state: Message.State, *, until: dt.datetime) -> None:
    """As another worker left it."""
    Message.objects.update(state=state, claimed_by="another", lease_until=until, attempts=1)


def test_what_a_living_worker_holds_is_left_to_it(outbox: Path) -> None:
    queue(customer(shop()))
    held(State.CLAIMED, until=TUESDAY + dt.timedelta(minutes=1))
    assert carry_due() == 0
    assert states() == [State.CLAIMED]


def test_what_a_dead_worker_had_not_begun_is_carried_by_the_next(post_office: PostOffice) -> None:
    queue(customer(shop()))
    held(State.CLAIMED, until=TUESDAY + carrying.LEASE)
    with clock.frozen(AFTER_THE_LEASE):
        assert carry_due() == 1
    assert states() == [State.SENT]
    assert len(post_office.mails) == 1
    assert Message.objects.get().attempts == 2


def test_what_a_dead_worker_had_begun_is_uncertain_and_stays_so(post_office: PostOffice) -> None:
    queue(customer(shop()))
    held(State.SENDING, until=TUESDAY + carrying.LEASE)
    assert carry_due() == 0
    assert states() == [State.SENDING]
    for days in (1, 30):
        with clock.frozen(AFTER_THE_LEASE + dt.timedelta(days=days)):
            assert carry_due() == 0
    assert states() == [State.UNCERTAIN]
    assert "peut-être" in Message.objects.get().error
    assert post_office.mails == []


def test_two_workers_at_the_same_instant_carry_each_message_once(
    post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(*(customer(shop()) for _ in range(3)))
    entered: list[int] = []

    def meanwhile(messages: Sequence[Message]) -> dict[int, list[Part]]:
        if not entered:
            entered.append(-1)
            entered[0] = carry_due()  # the second worker, while the first is at work
        return recheck_many(messages)

    monkeypatch.setattr("parvis.delivery.actions.carrying.recheck_many", meanwhile)
    assert carry_due() == 3
    assert entered == [0]
    assert len(post_office.mails) == 3


def test_between_finding_and_claiming_another_worker_may_have_claimed(post_office: PostOffice) -> None:
    queue(customer(shop()), customer(shop()))
    first = Message.objects.order_by("pk")[0]
    meanwhile: list[str] = []

    def other_worker_first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "delivery_message"') and State.CLAIMED in params and not meanwhile:
            meanwhile.append(sql)
            taken = Message.objects.filter(pk=first.pk)
            taken.update(state=State.CLAIMED, claimed_by="another", lease_until=TUESDAY + carrying.LEASE)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(other_worker_first):
        assert carry_due() == 1
    first.refresh_from_db()
    assert (first.state, first.claimed_by, first.attempts) == (State.CLAIMED, "another", 0)
    assert len(post_office.mails) == 1


def test_a_slow_worker_that_lost_its_lease_does_not_send_after_the_other(
    post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(customer(shop()))
    entered: list[bool] = []

    def asleep(messages: Sequence[Message]) -> dict[int, list[Part]]:
        parts = recheck_many(messages)
        if not entered:
            entered.append(True)
            with clock.frozen(AFTER_THE_LEASE):
                assert carry_due() == 1  # another worker took it over and sent it
        return parts

    monkeypatch.setattr("parvis.delivery.actions.carrying.recheck_many", asleep)
    carry_due()
    assert len(post_office.mails) == 1
    assert states() == [State.SENT]


def test_no_more_is_taken_than_was_asked(outbox: Path) -> None:
    queue(*(customer(shop()) for _ in range(5)))
    assert [carry_due(limit=2), carry_due(limit=0), carry_due(limit=2), carry_due()] == [2, 0, 2, 1]
    assert len(list((outbox / "mail" / "new").iterdir())) == 5


def test_a_batch_larger_than_one_claim_is_carried_whole(outbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "BATCH", 2)
    queue(*(customer(shop()) for _ in range(5)))
    assert carry_due() == 5
    assert states() == [State.SENT] * 5


def test_the_bell_may_ring_twice(outbox: Path) -> None:
    queue(customer(shop()))
    for _ in range(2):
        sweep.call()
    assert states() == [State.SENT]
    assert counts_by_state("round:1") == [("par courriel", "parti", 1)]


# --- Sheets


def on_paper(**changes: Any) -> CustomerRecord:
    return customer(shop(), **({"channel": Channel.PAPER, "email": "", "phone": ""} | changes))


def test_a_sheet_is_a_pdf_whose_name_tells_nothing_of_its_reader(outbox: Path) -> None:
    record = on_paper(family_name="Marchandeau", address="8 rue du Lavoir")
    queue(record, channel=Channel.PAPER)
    assert carry_due() == 1
    sent = Message.objects.get()
    assert sent.state == State.SENT
    assert sent.file == f"paper/round-1/feuille-{sent.pk:06d}.pdf"
    assert (outbox / sent.file).read_bytes().startswith(b"%PDF-")
    told = words(outbox / sent.file)
    for word in ("Marchandeau", "8 rue du Lavoir", "Les dahlias sont là"):
        assert word in told
    assert not list(outbox.rglob("*.part"))


def test_a_sheet_printed_again_is_the_same_file(outbox: Path) -> None:
    queue(on_paper(), channel=Channel.PAPER)
    carry_due()
    Message.objects.update(state=State.QUEUED)
    carry_due()
    assert len(list(outbox.rglob("*.pdf"))) == 1


def test_a_sheet_whose_yes_was_withdrawn_is_not_printed(outbox: Path) -> None:
    record = on_paper()
    queue(record, channel=Channel.PAPER)
    withdraw(person=record.person, sender=shop(), source=Source.COUNTER, by=BY)
    carry_due()
    assert states() == [State.WITHHELD]
    assert not list(outbox.rglob("*.pdf"))


def test_a_sheet_that_cannot_be_laid_out_does_not_stop_the_others(
    outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, fine = on_paper(), on_paper()
    queue(broken, fine, channel=Channel.PAPER)

    def sometimes(message: Message, parts: Sequence[Part], reader: Addressed) -> str:
        if message.person_id == broken.person_id:
            raise ValueError("typst")
        return print_letter(message, parts, reader)

    monkeypatch.setattr("parvis.delivery.actions.carrying.print_letter", sometimes)
    carry_due()
    assert states() == [State.QUEUED, State.SENT]


def test_a_disk_that_refuses_puts_the_sheet_back(outbox: Path) -> None:
    outbox.mkdir()
    (outbox / "paper").write_text("not a folder")
    queue(on_paper(), channel=Channel.PAPER)
    carry_due()
    assert states() == [State.QUEUED]


# --- Call lists


def by_phone(**changes: Any) -> CustomerRecord:
    return customer(shop(), channel=Channel.PHONE, **changes)


def call_lists(outbox: Path) -> list[str]:
    return sorted(str(file.relative_to(outbox)) for file in outbox.rglob("calls/**/*.pdf"))


def test_a_shop_gets_one_list_a_round_with_every_name(outbox: Path) -> None:
    records = [by_phone(family_name=name) for name in ("Marchandeau", "Verdier", "Toussaint")]
    queue(*records, channel=Channel.PHONE)
    assert carry_due() == 3
    assert call_lists(outbox) == ["calls/round-1/la-brassee.pdf"]
    assert set(Message.objects.values_list("state", "file")) == {(State.SENT, "calls/round-1/la-brassee.pdf")}
    told = words(outbox / "calls/round-1/la-brassee.pdf")
    for record in records:
        assert record.family_name in told


def test_each_shop_gets_its_own_names_only(outbox: Path) -> None:
    wine = shop(slug="cave-du-tilleul")
    queue(by_phone(family_name="Marchandeau"), channel=Channel.PHONE)
    theirs = customer(wine, channel=Channel.PHONE, family_name="Verdier")
    send_many(
        drafts=[draft(theirs.person, part(wine), channel=Channel.PHONE, caller=wine)],
        territory=territory(),
        batch="round:1",
        by=BY,
    )
    carry_due()
    assert call_lists(outbox) == ["calls/round-1/cave-du-tilleul.pdf", "calls/round-1/la-brassee.pdf"]
    told = words(outbox / "calls/round-1/la-brassee.pdf")
    assert "Marchandeau" in told
    assert "Verdier" not in told


def test_a_list_holds_the_shop_s_own_facts_and_nothing_the_person_gave_elsewhere(outbox: Path) -> None:
    wine = shop(slug="cave-du-tilleul")
    elsewhere = customer(
        wine, email="odile@courriel.example", phone="+33639980041", family_name="Marchandeau", note="Paie en retard"
    )
    known = details(email="odile@courriel.example", phone="+33639980041", family_name="Marchand", address="")
    here, _ = enrol(organisation=shop(), details=known, source=Source.COUNTER, by=BY)
    say_yes(here.person, to=shop(), channel=Channel.PHONE)
    assert here.person == elsewhere.person
    queue(here, channel=Channel.PHONE)
    carry_due()
    told = words(outbox / "calls/round-1/la-brassee.pdf")
    assert "06 39 98 00 41" in told
    for word in ("Marchandeau", "retard", "Lavoir", "odile@"):
        assert word not in told


def test_someone_who_is_not_in_the_shop_s_file_is_never_on_its_list(outbox: Path) -> None:
    stranger = customer(shop(slug="cave-du-tilleul"), channel=Channel.PHONE, family_name="Verdier")
    say_yes(stranger.person, to=shop(), channel=Channel.PHONE, addresses=False)
    queue(stranger, channel=Channel.PHONE)
    assert carry_due() == 0
    assert states() == [State.WITHHELD]
    assert call_lists(outbox) == []


def test_a_list_is_printed_anew_with_the_names_that_were_on_it(outbox: Path) -> None:
    first, second = by_phone(family_name="Marchandeau"), by_phone(family_name="Verdier")
    queue(first, second, channel=Channel.PHONE)
    assert [carry_due(limit=1), carry_due(limit=1)] == [1, 1]
    told = words(outbox / "calls/round-1/la-brassee.pdf")
    assert "Marchandeau" in told
    assert "Verdier" in told


def test_who_took_back_their_yes_is_not_printed_anew(outbox: Path) -> None:
    first, second = by_phone(family_name="Marchandeau"), by_phone(family_name="Verdier")
    queue(first, second, channel=Channel.PHONE)
    carry_due(limit=1)
    withdraw(person=first.person, sender=shop(), source=Source.COUNTER, by=BY)
    carry_due()
    told = words(outbox / "calls/round-1/la-brassee.pdf")
    assert "Marchandeau" not in told
    assert "Verdier" in told


def test_a_list_whose_last_name_fell_is_not_printed(outbox: Path) -> None:
    record = by_phone()
    queue(record, channel=Channel.PHONE)
    withdraw(person=record.person, sender=shop(), source=Source.COUNTER, by=BY)
    carry_due()
    assert states() == [State.WITHHELD]
    assert call_lists(outbox) == []


def test_a_list_that_cannot_be_laid_out_does_not_stop_the_sheets_nor_the_other_lists(
    outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wine = shop(slug="cave-du-tilleul")
    queue(by_phone(), channel=Channel.PHONE)
    theirs = customer(wine, channel=Channel.PHONE)
    send_many(
        drafts=[draft(theirs.person, part(wine), channel=Channel.PHONE, caller=wine)],
        territory=territory(),
        batch="round:1",
        by=BY,
    )
    queue(on_paper(), channel=Channel.PAPER, subject="announcement:2")

    def sometimes(messages: Sequence[Message]) -> str:
        if messages[0].caller == shop():
            raise ValueError("typst")
        return carry_calls(messages)

    monkeypatch.setattr("parvis.delivery.actions.carrying.carry_calls", sometimes)
    carry_due()
    assert states() == [State.QUEUED, State.SENT, State.SENT]
    assert call_lists(outbox) == ["calls/round-1/cave-du-tilleul.pdf"]
