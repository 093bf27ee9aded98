from django.db import models
from django.db.models import Q

from parvis.core.speech import mark
from parvis.territory.models import Commune, Territory

from ..rules import DEFAULT_RHYTHM, MAX_RHYTHM, Channel, Source


class Person(models.Model):
    """One reachable human. Only the person changes it; what a shop knows stays in its own record (decision 1)."""

    title = models.CharField(max_length=12, blank=True)  # "Mme", "M."
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    commune = models.ForeignKey(Commune, null=True, on_delete=models.SET_NULL)
    adult_declared_on = models.DateField(null=True)  # rule 9: an unknown age is not an adult's
    profiling = models.BooleanField(default=True)  # False: unsorted, by date (decision 10)
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)  # « Tout arrêter »: no yes given before runs again
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Sans nom"

    @property
    def polite_name(self) -> str:
        """« Mme Ferrand », else whatever is known."""
        return f"{self.title} {self.family_name}" if self.title and self.family_name else str(self)


class Resident(models.Model):
    """A person in the role of reader, on one territory."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residents")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="residents")
    rhythm = models.PositiveSmallIntegerField(default=DEFAULT_RHYTHM)  # announcements a week, 0 is none
    channel = models.CharField(max_length=5, choices=[(c.value, c.label) for c in Channel])
    large_print = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "territory"], name="contacts_one_resident"),
            models.CheckConstraint(condition=Q(rhythm__lte=MAX_RHYTHM), name="contacts_rhythm"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ContactPoint(models.Model):
    """An address of a person on one channel: an e-mail, a telephone number (E.164), a postal address. An e-mail has one
    owner, since it opens their page; a telephone or a house may be several people's (decision 0022)."""

    class Kind(models.TextChoices):
        EMAIL = "email", mark("courriel")
        PHONE = "phone", mark("téléphone")
        POST = "post", mark("adresse postale")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=7, choices=[(s.value, s.value) for s in Source])
    failing_since = models.DateTimeField(null=True)  # the address answers no longer
    silenced_at = models.DateTimeField(null=True)  # its owner asked to be left alone; only they can lift it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], condition=Q(kind="email"), name="contacts_one_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} de {self.person_id}"
