"""The bell: it may ring twice or not at all, the rows tell what is due."""

from django_tasks import task

from .claims import forget_claims


@task()
def tidy() -> None:
    forget_claims()
