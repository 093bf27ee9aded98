"""What a shop changes on one card of its own file. The person may read all of it (rule 19)."""

from django.db import transaction

from parvis.core.actions import record as tell
from parvis.core.actors import Actor
from parvis.core.errors import BadInput
from parvis.core.speech import mark

from ..models import CustomerRecord, Interest, RecordTaste

LONGEST_NOTE = 2000


@transaction.atomic
def write_note(*, record: CustomerRecord, note: str, by: Actor) -> None:
    if len(note) > LONGEST_NOTE:
        raise BadInput(mark("Cette remarque est trop longue : 2 000 lettres au plus."), field="note")
    if note == record.note:
        return
    record.note = note
    record.save(update_fields=["note"])
    tell(by=by, verb="customer_updated", on=record, organisation=record.organisation)


@transaction.atomic
def note_taste(*, record: CustomerRecord, interest: Interest, liked: bool | None, by: Actor) -> None:
    """As this shop was told: it serves this shop alone. None: no longer noted."""
    if liked is None:
        RecordTaste.objects.filter(record=record, interest=interest).delete()
    else:
        RecordTaste.objects.update_or_create(record=record, interest=interest, defaults={"liked": liked})
    tell(by=by, verb="customer_updated", on=record, organisation=record.organisation)
