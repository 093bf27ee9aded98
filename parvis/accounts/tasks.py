"""The bell: it may ring twice or not at all, the rows tell what is due."""

from django_tasks import task

from .actions import forget_old_invitations, forget_unanswered_accounts
from .actions.codes import forget_old_codes, forget_old_sessions, send_sign_in_codes


@task()
def sweep() -> None:
    send_sign_in_codes()


@task()
def tidy() -> None:
    forget_old_codes()
    forget_old_sessions()
    forget_old_invitations()
    forget_unanswered_accounts()
