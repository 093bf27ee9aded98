from django.db import models

# What each verb says to people in the journal.
VERBS = {
    "announce": "a dit une annonce",
    "appoint": "a donné un rôle",
    "create_organisation": "a créé l’organisation",
    "customer_created": "a noté un client",
    "customer_updated": "a complété une fiche client",
    "give_mandate": "a noté un mandat signé",
    "grant": "a noté un accord",
    "plan_round": "a prévu une tournée",
    "revoke_mandate": "a repris un mandat",
    "withdraw": "a retiré une annonce ou noté un refus",
}


class AuditEntry(models.Model):
    """One line of the audit trail. String keys, no foreign keys: it never blocks a deletion."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=120, db_index=True)
    organisation = models.CharField(max_length=40, blank=True, db_index=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["at"], name="core_audit_at")]

    @property
    def label(self) -> str:
        return VERBS.get(self.verb, self.verb)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.verb} {self.target}"
