"""`bin/parvis worker`: runs what the bell rings for, and rings it every few seconds in case nobody did."""

import datetime as dt
import itertools
import logging
import threading
import uuid
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from parvis.accounts import tasks as accounts
from parvis.announcements import tasks as announcements
from parvis.contacts import tasks as contacts
from parvis.core import clock
from parvis.delivery import tasks as delivery
from parvis.directory import tasks as directory
from parvis.rounds import tasks as rounds

BEAT = 5.0  # seconds
AN_HOUR = 720  # beats
SWEEPS = (rounds.sweep, delivery.sweep, contacts.sweep, accounts.sweep)
TIDIES = (
    contacts.tidy,
    accounts.tidy,
    directory.tidy,
    announcements.tidy,
)  # what is over is forgotten: once an hour is soon enough
KEPT = dt.timedelta(days=7)  # a bell that failed, with its traceback, for whoever looks after the machine

log = logging.getLogger("parvis.worker")


class Command(BaseCommand):
    help = "Fait les tournées et porte les messages, en continu."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        threading.Thread(target=_beat, args=[stopping], daemon=True).start()
        worker = Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=0.5,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid.uuid4().hex,
        )
        worker.configure_signals()
        try:
            worker.run()
        finally:
            stopping.set()
            self.stderr.write("Le moteur est arrêté.")


def _beat(stopping: threading.Event) -> None:
    for beat in itertools.count():
        if stopping.is_set():
            return
        close_old_connections()
        try:
            ring(tidying=beat % AN_HOUR == 0)
        except Exception:  # a locked or absent database passes; a bell that stopped would stop everything for good
            log.exception("the bell could not be rung")
        stopping.wait(BEAT)


def ring(*, tidying: bool = False) -> None:
    """Ring for each sweep, and to tidy up, unless the same bell waits; forget those that were answered, and the old."""
    DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).delete()
    DBTaskResult.objects.exclude(status=TaskResultStatus.READY).filter(started_at__lt=clock.now() - KEPT).delete()
    waiting = set(DBTaskResult.objects.ready().values_list("task_path", flat=True))
    for bell in (*SWEEPS, *(TIDIES if tidying else ())):
        if bell.module_path not in waiting:
            bell.enqueue()
