from django.db import models
from django.db.models import F, Q


class Slip(models.Model):
    """One printed code. String keys, no foreign keys: what it is about is above this app."""

    code = models.CharField(max_length=9, unique=True)  # as printed, « 7K2F-4MXR »
    kind = models.CharField(max_length=20)  # the form that it opens, "card"
    scope = models.CharField(max_length=40)  # whose it is, "organisation:12": opens nothing for anyone else
    payload = models.JSONField(default=dict)  # what was printed beside the code; nothing about a person
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)  # a name for people; the audit line has the key

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="slips_lives_a_while"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by="") | (Q(answered_at__isnull=False) & ~Q(answered_by="")),
                name="slips_answered_by_someone",
            ),
            models.CheckConstraint(condition=~Q(scope=""), name="slips_is_someones"),
        ]

    def __str__(self) -> str:
        return self.code
