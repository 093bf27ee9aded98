"""The bell and the worker that answers it, end to end."""

import datetime as dt
import signal
import threading
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from parvis.config.management.commands import worker as command
from parvis.config.management.commands.worker import AN_HOUR, KEPT, ring
from parvis.core import clock
from parvis.delivery.models import Message
from parvis.rounds.models import Round
from tests.builders import TUESDAY, announcement, customer, due_round, shop, territory

pytestmark = pytest.mark.django_db
SWEEPS = [
    "parvis.accounts.tasks.sweep",
    "parvis.contacts.tasks.sweep",
    "parvis.delivery.tasks.sweep",
    "parvis.rounds.tasks.sweep",
]


TIDIES = [
    "parvis.accounts.tasks.tidy",
    "parvis.announcements.tasks.tidy",
    "parvis.contacts.tasks.tidy",
    "parvis.directory.tasks.tidy",
]


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is one transaction: the worker must not close its connection, as it does between two jobs."""
    for module in (db_worker, command):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)


def waiting() -> list[str]:
    return sorted(DBTaskResult.objects.ready().values_list("task_path", flat=True))


def answer_the_bell() -> None:
    """A real worker, until nothing waits."""
    db_worker.Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    ).run()


def test_the_bell_rings_once_for_each_sweep_however_often_it_is_pulled() -> None:
    for _ in range(3):
        ring()
    assert waiting() == SWEEPS


def test_what_is_over_is_forgotten_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    rung, stopping = list[bool](), threading.Event()

    def counted(*, tidying: bool) -> None:
        rung.append(tidying)
        if len(rung) == AN_HOUR + 1:
            stopping.set()

    monkeypatch.setattr(command, "ring", counted)
    monkeypatch.setattr(command, "BEAT", 0)
    command._beat(stopping)
    assert [beat for beat, tidying in enumerate(rung) if tidying] == [0, AN_HOUR]


def test_tidying_rings_its_bells_beside_the_others() -> None:
    ring(tidying=True)
    assert waiting() == sorted([*SWEEPS, *TIDIES])
    answer_the_bell()
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).exists()


def test_a_bell_that_was_answered_is_forgotten_and_rung_again() -> None:
    ring()
    answer_the_bell()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}
    ring()
    assert waiting() == SWEEPS
    assert DBTaskResult.objects.count() == len(SWEEPS)


@pytest.mark.parametrize("status", [TaskResultStatus.FAILED, TaskResultStatus.RUNNING])
def test_a_bell_that_failed_or_was_dropped_is_kept_a_week_and_stops_no_other(status: TaskResultStatus) -> None:
    ring()
    now = clock.now()
    DBTaskResult.objects.update(status=status, started_at=now)
    ring()
    assert waiting() == SWEEPS
    assert DBTaskResult.objects.filter(status=status).count() == len(SWEEPS)
    with clock.frozen(now + KEPT + dt.timedelta(seconds=1)):
        ring()
    assert not DBTaskResult.objects.filter(status=status).exists()
    assert waiting() == SWEEPS


def test_a_worker_carries_a_due_round_from_end_to_end() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person = customer(shop()).person
        held = due_round(territory())
        ring()
        answer_the_bell()
        # Both bells may have rung in either order: what one leaves, the next beat finds.
        ring()
        answer_the_bell()
    held.refresh_from_db()
    assert held.state == Round.State.DONE
    message = Message.objects.get(person=person)
    assert message.state == Message.State.SENT
    assert [path for path in (settings.OUTBOX / "mail" / "new").iterdir() if f"round_{held.pk}_" in path.name]
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).exists()


def test_a_fault_in_one_ring_does_not_stop_the_beat(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    rung, stopping = [], threading.Event()

    def locked(*, tidying: bool) -> None:
        rung.append(1)
        if len(rung) == 3:
            stopping.set()
        raise OperationalError("database is locked")

    monkeypatch.setattr(command, "ring", locked)
    monkeypatch.setattr(command, "BEAT", 0)
    command._beat(stopping)
    assert len(rung) == 3
    assert "the bell could not be rung" in caplog.text


def test_a_worker_that_is_stopped_says_so_in_french_and_once(
    monkeypatch: pytest.MonkeyPatch, caplog: Any, capsys: Any
) -> None:
    monkeypatch.setattr(command, "_beat", lambda stopping: None)
    monkeypatch.setattr(db_worker.Worker, "configure_signals", lambda self: None)
    monkeypatch.setattr(db_worker.Worker, "run", lambda self: self.shutdown(signal.SIGTERM, None))
    with pytest.raises(SystemExit) as end:
        call_command("worker")
    assert end.value.code == 0
    assert capsys.readouterr().err == "Le moteur est arrêté.\n"
    assert caplog.text == ""
