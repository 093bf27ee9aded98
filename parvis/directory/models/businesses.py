from django.db import models

from parvis.accounts.models import Organisation
from parvis.territory.models import Commune


class Business(models.Model):
    """A listed establishment, claimed by an organisation or not. What rule 16 masks is never stored at all."""

    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="businesses")
    siret = models.CharField(max_length=14, unique=True)
    name = models.CharField(max_length=160)
    name_rule = models.CharField(max_length=20)  # key of sirene.naming
    category = models.CharField(max_length=40, blank=True, db_index=True)  # slug of sirene.activities
    activity = models.CharField(max_length=6, blank=True)
    nomenclature = models.CharField(max_length=8, blank=True)
    activity_2025 = models.CharField(max_length=6, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    opened_on = models.DateField(null=True)
    active = models.BooleanField()
    employer = models.BooleanField(default=False)
    masked = models.BooleanField(default=False)  # partial diffusion (rule 16)
    masked_by_unit = models.BooleanField(default=False)  # the objection is the legal unit's: only its file lifts it
    listed = models.BooleanField(default=False)
    unlisted_reason = models.CharField(max_length=30, blank=True)  # key of sirene.listing
    delisted_at = models.DateTimeField(null=True)  # at the request of whoever runs it
    organisation = models.OneToOneField(Organisation, null=True, on_delete=models.SET_NULL, related_name="business")
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["commune", "listed", "category"], name="directory_listed")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(masked=True) | models.Q(address="", postcode="", listed=False),
                name="directory_masked_is_never_shown",
            )
        ]

    def __str__(self) -> str:
        return self.name
