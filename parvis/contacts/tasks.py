"""The bell: it may ring twice or not at all, the rows tell what is due."""

from django_tasks import task

from parvis.core import waiting

from .actions import forget_old_codes, forget_old_entries, send_counter_notices, send_waiting_codes


@task()
def sweep() -> None:
    send_waiting_codes()
    send_counter_notices()


@task()
def tidy() -> None:
    forget_old_codes()
    forget_old_entries()
    waiting.forget_old()
