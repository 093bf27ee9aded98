"""The bell: it may ring twice or not at all, the rows tell what is due."""

from django_tasks import task

from .actions import forget_old_contacts


@task()
def tidy() -> None:
    forget_old_contacts()
