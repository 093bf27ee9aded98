from typing import TYPE_CHECKING

from django.db import models

from parvis.accounts.models import Organisation, User
from parvis.accounts.queries import organisations_where
from parvis.accounts.rules import Permission

from .interests import Interest
from .people import Person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class CustomerRecordQuerySet(models.QuerySet["CustomerRecord"]):
    def visible_to(self, user: "User | AnonymousUser") -> "CustomerRecordQuerySet":
        return self.filter(organisation__in=organisations_where(user, Permission.SEE_CUSTOMERS))


class CustomerRecord(models.Model):
    """What one shop knows of one resident; never visible to another shop (decision 1)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="customer_records")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="customer_records")
    title = models.CharField(max_length=12, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    town = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)  # disclosed to the person on access (rule 19)
    last_sale_on = models.DateField(null=True)
    adult_told_on = models.DateField(null=True)  # the day this shop was told that the person is an adult (rule 9)
    minor_told_on = models.DateField(null=True)  # or that it is not: for this shop, stronger than anyone's word
    created_at = models.DateTimeField()
    # Its own words gave the e-mail that opens the person's page: without that, the e-mail opens nothing (0022).
    under_email = models.BooleanField(default=False)

    objects = CustomerRecordQuerySet.as_manager()

    class Meta:
        ordering = ["family_name", "given_name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="contacts_one_record")]

    def __str__(self) -> str:
        """Never empty: whoever gave an address alone is told apart by it."""
        name = " ".join(filter(None, [self.title, self.given_name, self.family_name]))
        return name or self.email or self.phone or self.address


class RecordTaste(models.Model):
    """A taste as a shop noted it: serves that shop's announcements alone."""

    record = models.ForeignKey(CustomerRecord, on_delete=models.CASCADE, related_name="tastes")
    interest = models.ForeignKey(Interest, on_delete=models.PROTECT)
    liked = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "interest"], name="contacts_one_record_taste")]

    def __str__(self) -> str:
        return f"{'+' if self.liked else '−'} {self.interest_id}"
