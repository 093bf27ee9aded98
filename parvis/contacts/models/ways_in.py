"""How a resident comes in: alone by the web, at a counter, and back by a code."""

from django.db import models

from parvis.accounts.models import Organisation
from parvis.territory.models import Commune, Territory

from .consent import Wording
from .customers import CustomerRecord
from .people import ContactPoint


class SignUp(models.Model):
    """What someone typed on the web, until their address has answered (decision 5). Forgotten after two days."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE)
    sender = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sign_ups")
    email = models.CharField(max_length=254)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    rhythm = models.PositiveSmallIntegerField()
    likes = models.JSONField(default=list)  # slugs of interests
    adult = models.BooleanField(default=False)
    commune = models.ForeignKey(Commune, null=True, on_delete=models.SET_NULL)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT)
    code = models.CharField(max_length=64)  # a keyed digest
    address = models.CharField(max_length=64, db_index=True)  # keyed digest of the e-mail, to count tries
    visitor = models.CharField(max_length=64, default="")  # keyed digest of the network that asked, for the limits
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk} → {self.sender_id}"


class AccessCode(models.Model):
    """A fresh code on a channel of the person: the key to their own page (decision 4). Without `point`, of an address
    that nobody here has: nobody can time the difference, and the worker throws it away."""

    point = models.ForeignKey(ContactPoint, null=True, on_delete=models.CASCADE, related_name="access_codes")
    purpose = models.CharField(max_length=12, default="enter")
    code = models.CharField(max_length=64)  # a keyed digest
    browser = models.CharField(max_length=32, default="")  # whose session asked: only there does it open or wear out
    visitor = models.CharField(max_length=64, default="")  # keyed digest of the network that asked, for the limits
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class CounterEntry(models.Model):
    """An entry at the counter, by the key that the phone gave it: sent again when the network is back, it is one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    key = models.UUIDField()
    record = models.ForeignKey(CustomerRecord, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="contacts_one_entry")]

    def __str__(self) -> str:
        return f"{self.key}"
