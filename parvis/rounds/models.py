from django.db import models
from django.db.models import F, Q

from parvis.accounts.models import Organisation
from parvis.announcements.models import Announcement
from parvis.contacts.models import Person
from parvis.core.speech import mark
from parvis.territory.models import Territory


class Round(models.Model):
    """One sorting and delivery run of a territory (tournée)."""

    class State(models.TextChoices):
        DUE = "due", mark("à venir")
        SORTING = "sorting", mark("en cours de tri")
        SORTED = "sorted", mark("triée")
        DONE = "done", mark("terminée")

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="rounds")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.DUE)
    claimed_by = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)
    snapshot_at = models.DateTimeField(null=True)
    residents = models.PositiveIntegerField(default=0)
    announcements = models.PositiveIntegerField(default=0)
    pairs = models.PositiveBigIntegerField(default=0)
    selected = models.PositiveIntegerField(default=0)
    held = models.PositiveBigIntegerField(default=0)
    withheld = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-due_at"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "due_at"], name="rounds_one_per_hour"),
            # Nobody falls between two counts: each pair is selected, held, or withheld for a reason.
            models.CheckConstraint(
                condition=Q(pairs=F("selected") + F("held") + F("withheld")), name="rounds_every_pair_counted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory}, {self.due_at:%d/%m/%Y %H:%M}"

    @property
    def batch(self) -> str:
        """The name under which the door knows its messages."""
        return f"round:{self.pk}"


class Selection(models.Model):
    """One resident who hears one announcement in one round, and why."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="selections")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="selections")
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="selections")
    channel = models.CharField(max_length=5)
    score = models.FloatField()
    reason = models.JSONField()  # facts, from which rules.for_resident and rules.for_shop write the sentence
    stopped = models.CharField(max_length=20, blank=True)  # why it never came to the door, a key of rules.AT_THE_DOOR

    class Meta:
        ordering = ["-score"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person", "announcement"], name="rounds_one_selection"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.announcement_id} → {self.person_id}"


class Tally(models.Model):
    """How many residents did not hear an announcement in a round, by reason."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tallies")
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="tallies")
    reason = models.CharField(max_length=20)  # a key of rules.Withheld, or "held"
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "announcement", "reason"], name="rounds_one_tally")]

    def __str__(self) -> str:
        return f"{self.reason}: {self.count}"


class Crowd(models.Model):
    """One organisation's own file, frozen: whatever it asks is counted on it, until enough of it has changed
    (decision 0006)."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="crowd")
    taken_at = models.DateTimeField()
    rows = models.JSONField()  # list of rules.Row
    thinned = models.BooleanField(default=False)  # an erasure took a row: no new question until it is frozen again
    answers = models.JSONField(default=dict)  # what was counted before an erasure took a row: question -> counts

    def __str__(self) -> str:
        return f"{self.organisation}, {self.taken_at:%d/%m/%Y}"
