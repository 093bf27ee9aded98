"""The bell: it may ring twice or not at all, the rows tell what is due."""

from django_tasks import task

from .actions import carry_due


@task()
def sweep() -> None:
    carry_due()
