from django.db import models
from django.db.models import Q

from parvis.accounts.models import Mandate, Organisation
from parvis.contacts.models import Interest
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
