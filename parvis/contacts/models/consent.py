from django.db import models
from django.db.models import Q

from parvis.accounts.models import Organisation

from ..rules import Basis, Channel, Purpose, Source
from .people import Person


class Wording(models.Model):
    """The exact sentence a person agreed to. A new sentence is a new version; an old one never changes."""

    key = models.SlugField()
    version = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=5, choices=[(c.value, c.label) for c in Channel])
    basis = models.CharField(max_length=7, choices=[(b.value, b.value) for b in Basis])
    text = models.TextField()  # « {sender} » stands for the sender's name

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="contacts_one_wording")]

    def __str__(self) -> str:
        return f"{self.key}, version {self.version}"


class ConsentEvent(models.Model):
    """One line of the ledger (rule 2, GDPR 7(1)). Append-only: the database itself refuses to change or delete one."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consent_events")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="consent_events")
    channel = models.CharField(max_length=5, choices=[(c.value, c.label) for c in Channel])
    purpose = models.CharField(max_length=7, choices=[(p.value, p.value) for p in Purpose])
    granted = models.BooleanField()
    basis = models.CharField(max_length=7, choices=[(b.value, b.value) for b in Basis])
    wording = models.ForeignKey(Wording, null=True, on_delete=models.PROTECT)  # none for a withdrawal
    source = models.CharField(max_length=7, choices=[(s.value, s.value) for s in Source])
    source_text = models.CharField(max_length=200, blank=True)  # « carte de fidélité 2024 »
    given_on = models.DateField()  # the day the person said it, or the day of the sale
    noted_by = models.CharField(max_length=120)  # an actor's key
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sender", "channel", "person"], name="contacts_ledger")]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=False) | Q(wording__isnull=False), name="contacts_yes_has_wording"
            ),
            # A link in a message can only reduce (decision 4).
            models.CheckConstraint(condition=~Q(granted=True, source="link"), name="contacts_link_reduces"),
        ]

    def __str__(self) -> str:
        return f"{'oui' if self.granted else 'non'} {self.person_id} → {self.sender_id} ({self.channel})"


class Objection(models.Model):
    """An address that asked to be left alone, as a keyed hash (rule 1): it outlives the person's erasure."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]
