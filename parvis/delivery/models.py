from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from parvis.accounts.models import Organisation
from parvis.contacts.models import Person
from parvis.contacts.rules import Channel, Purpose
from parvis.core.speech import mark
from parvis.territory.models import Territory

if TYPE_CHECKING:
    import datetime as dt


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, at: "dt.datetime") -> "MessageQuerySet":
        """To be carried now: waiting, or left behind by a worker whose lease ran out before it began to send."""
        waiting = Q(state=Message.State.QUEUED, not_before__lte=at)
        return self.filter(waiting | Q(state=Message.State.CLAIMED, lease_until__lt=at))


class Message(models.Model):
    """What one resident receives on one channel. `key` is deterministic: the same message is never made twice."""

    class State(models.TextChoices):
        QUEUED = "queued", mark("en attente")
        CLAIMED = "claimed", mark("pris")
        SENDING = "sending", mark("en cours d’envoi")
        SENT = "sent", mark("parti")
        WITHHELD = "withheld", mark("retenu à la porte")
        FAILED = "failed", mark("échoué")
        UNCERTAIN = "uncertain", mark("incertain")

    key = models.CharField(max_length=120, unique=True)
    batch = models.CharField(max_length=60, db_index=True)  # who asked for it: "round:12"
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    caller = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)  # the shop that phones
    channel = models.CharField(max_length=5, choices=[(c.value, c.label) for c in Channel])
    purpose = models.CharField(max_length=7, choices=[(p.value, p.value) for p in Purpose])
    week = models.CharField(max_length=8)  # "2026-W48", the unit of rhythm
    subject = models.CharField(max_length=200)
    foot = models.CharField(max_length=300, blank=True)  # « Quatre autres annonces vous attendent dans l’agenda. »
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    not_before = models.DateTimeField()
    created_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)  # for the operator, in French, without address
    file = models.CharField(max_length=200, blank=True)  # in the outbox, for what is printed
    ended_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "not_before"], name="delivery_due"),
            models.Index(fields=["person", "week"], name="delivery_budget"),
        ]

    def __str__(self) -> str:
        return self.key


class Part(models.Model):
    """One announcement inside a message. `content` is plain text for the templates; delivery knows no announcement."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parts")
    subject = models.CharField(max_length=60)  # what it is about: "announcement:12"
    position = models.PositiveSmallIntegerField()
    content = models.JSONField()
    interests = models.JSONField(default=list)  # ids, for the door
    alcohol = models.BooleanField(default=False)
    children = models.BooleanField(default=False)
    until = models.DateTimeField(null=True)  # worth hearing until then
    stopped = models.CharField(max_length=20, blank=True)  # why the door kept it, a key of rules.Stop
    taken_back = models.BooleanField(default=False)  # by its sender, too late to stop it: never tried again

    class Meta:
        ordering = ["position"]
        constraints = [
            # Never the same thing twice to the same person, whatever runs again.
            models.UniqueConstraint(fields=["person", "subject"], condition=Q(stopped=""), name="delivery_told_once"),
        ]

    def __str__(self) -> str:
        return self.subject
