"""Who opened a customer file that is not their own."""

from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.core.actions import record
from parvis.core.actors import Actor

from ..queries import opened_today


@transaction.atomic
def open_file(*, organisation: Organisation, by: Actor) -> None:
    """One line in the shop's journal for each day on which a delegate reads its file."""
    if not opened_today(organisation, by):
        record(by=by, verb="open_file", on=organisation, organisation=organisation)
