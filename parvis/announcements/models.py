from django.db import models
from django.db.models import Q

from parvis.accounts.models import Mandate, Organisation, User
from parvis.contacts.models import Interest
from parvis.core.speech import mark
from parvis.photos.models import Photo

from .rules import Kind


class Announcement(models.Model):
    """What an organisation wants to say, and until when it is worth hearing."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="announcements")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.label) for kind in Kind])
    title = models.CharField(max_length=90)
    text = models.TextField(blank=True)
    photo = models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    useful_until = models.DateTimeField()
    seats = models.PositiveIntegerField(null=True)
    price = models.CharField(max_length=60, blank=True)
    lowest_price = models.CharField(max_length=60, blank=True)  # of the last 30 days (rule 18), for an offer
    alcohol = models.BooleanField(default=False)
    children = models.BooleanField(default=False)
    interests = models.ManyToManyField(Interest, related_name="announcements")
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=200)  # shown: "Claire Vasseur (Les Enseignes du Plateau), pour La Brassée"
    mandate = models.ForeignKey(Mandate, null=True, on_delete=models.PROTECT)
    withdrawn_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)  # taken down by the association, until it gives it back
    held_why = models.CharField(max_length=400, blank=True)  # the statement of reasons, read by its author

    class Meta:
        ordering = ["-said_at"]
        constraints = [
            # Rule 9: alcohol is never beside children's activities.
            models.CheckConstraint(
                condition=~Q(alcohol=True, children=True), name="announcements_no_alcohol_near_children"
            ),
            models.CheckConstraint(
                condition=~Q(kind="offer") | ~Q(lowest_price=""), name="announcements_offer_has_lowest"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Draft(models.Model):
    """An announcement being said, one question at a time. `said` makes a second press on the last button harmless."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.CASCADE)
    words = models.JSONField(default=dict)  # the answers so far, as typed
    photo = models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL, related_name="+")
    said = models.OneToOneField(Announcement, null=True, on_delete=models.SET_NULL, related_name="draft")
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        ordering = ["-touched_at"]

    def __str__(self) -> str:
        return str(self.words.get("title", ""))


class Report(models.Model):
    """Anyone tells that an announcement should not stand (rule 13: notice and action, with a statement of reasons)."""

    class Reason(models.TextChoices):
        FALSE = "false", mark("C’est faux, ou cela trompe")
        ILLEGAL = "illegal", mark("C’est interdit par la loi")
        PHOTO = "photo", mark("La photo n’a pas à être là")
        CHILD = "child", mark("On y reconnaît un enfant")
        OTHER = "other", mark("Autre chose")

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    text = models.TextField(blank=True)
    contact = models.CharField(max_length=254, blank=True)  # only if they want an answer; forgotten once settled
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.announcement_id})"
