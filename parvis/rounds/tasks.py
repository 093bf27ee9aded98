"""The bell of the rounds."""

from django_tasks import task

from .actions import run_due


@task()
def sweep() -> None:
    run_due()
