from django.db import models

# What each verb says to people in the journal.
VERBS = {
    "announce": "a dit une annonce",
    "appoint": "a donné un rôle",
    "claim": "a repris la page du commerce",
    "create_organisation": "a créé l’organisation",
    "customer_created": "a noté un client",
    "customer_updated": "a complété une fiche client",
    "declare_adult": "a noté qu’une personne se dit majeure",
    "delist": "a retiré une page de l’annuaire",
    "erase": "a tout effacé d’une personne",
    "give_mandate": "a noté un mandat signé",
    "grant": "a noté un accord",
    "import_stock": "a lu le registre des entreprises",
    "hand_over": "a remis des envois à la porte",
    "note_failing": "a noté qu’une adresse ne répond plus",
    "note_working": "a noté qu’une adresse remarche",
    "open_file": "a ouvert le fichier clients",
    "photo.add": "a ajouté une photo",
    "photo.withdraw": "a retiré une photo",
    "plan_round": "a prévu une tournée",
    "retry_message": "a remis un envoi en route",
    "relist": "a remis une page dans l’annuaire",
    "revoke_mandate": "a repris un mandat",
    "set_profiling": "a réglé le tri",
    "set_rhythm": "a réglé le rythme",
    "set_taste": "a noté une envie",
    "settle_message": "a décidé d’un envoi incertain",
    "sort_round": "a trié une tournée",
    "stop_subject": "a retenu des envois",
    "take_crowd": "a compté son fichier",
    "territory.create": "a créé le territoire",
    "withdraw": "a retiré une annonce",
    "withdraw_consent": "a noté un refus",
    "withdraw_everything": "a tout arrêté",
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
