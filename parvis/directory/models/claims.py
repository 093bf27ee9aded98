from django.db import models
from django.db.models import Q

from parvis.accounts.models import User
from parvis.core.speech import mark

from .businesses import Business


class Claim(models.Model):
    """Someone says that a listed business is theirs. It opens nothing by itself: the association decides, or the code
    of a letter that went to the registered address."""

    class Tie(models.TextChoices):
        HOLDS = "holds", mark("Je le tiens, seul ou avec d’autres")
        WORKS = "works", mark("J’y travaille, et son responsable est d’accord")
        SPEAKS = "speaks", mark("Je m’occupe de ses nouvelles, à sa demande")

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claims")  # whose e-mail answered
    name = models.CharField(max_length=120)
    tie = models.CharField(max_length=8, choices=Tie.choices)
    phone = models.CharField(max_length=20, blank=True)  # E.164, so that the association calls; erased with its answer
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    approved = models.BooleanField(default=False)
    why = models.CharField(max_length=400, blank=True)  # of a refusal, as its author reads it

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "user"], condition=Q(settled_at=None), name="directory_one_claim_waits"
            ),
            models.CheckConstraint(condition=Q(approved=False) | Q(settled_at__isnull=False), name="directory_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.business}"
