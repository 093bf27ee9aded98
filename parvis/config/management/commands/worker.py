"""`bin/parvis worker`: runs what the bell rings for, and rings it every few seconds in case nobody did."""

import datetime as dt
import logging
import threading
import uuid
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from parvis.accounts.tasks import sweep as let_in
from parvis.contacts.tasks import sweep as send_codes
from parvis.core import clock
from parvis.delivery.tasks import sweep as carry
from parvis.directory.tasks import sweep as forget
from parvis.rounds.tasks import sweep as sort

BEAT = 5.0  # seconds
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
    while not stopping.is_set():
        close_old_connections()
        try:
            ring()
        except Exception:  # a locked or absent database passes; a bell that stopped would stop everything for good
            log.exception("the bell could not be rung")
        stopping.wait(BEAT)


def ring() -> None:
    """Ring for each sweep, unless one already waits; and forget the bells that were answered, and the old ones."""
    DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).delete()
    DBTaskResult.objects.exclude(status=TaskResultStatus.READY).filter(started_at__lt=clock.now() - KEPT).delete()
    waiting = set(DBTaskResult.objects.ready().values_list("task_path", flat=True))
    for sweep in (sort, carry, send_codes, let_in, forget):
        if sweep.module_path not in waiting:
            sweep.enqueue()
