from django.db import models

# What each verb says to people in the journal.
VERBS = {
    "accept_invitation": "a accepté une invitation",
    "add_device": "peut entrer sans code, avec un appareil",
    "announce": "a dit une annonce",
    "answer_slip": "a noté un bon rempli",
    "appoint": "a donné un rôle",
    "begin_draft": "a commencé une annonce",
    "change_email": "a changé de courriel",
    "claim": "a repris la page du commerce",
    "create_organisation": "a créé l’organisation",
    "customer_created": "a noté un client",
    "customer_updated": "a complété une fiche client",
    "declare_adult": "a noté qu’une personne se dit majeure",
    "delist": "a retiré une page de l’annuaire",
    "drop_draft": "a effacé une annonce commencée",
    "enter": "a ouvert sa page",
    "erase": "a tout effacé d’une personne",
    "forget_address": "a retiré une adresse",
    "forget_special_day": "a effacé un jour particulier de ses horaires",
    "give_mandate": "a noté un mandat signé",
    "grant": "a noté un accord",
    "hold": "a retenu une annonce",
    "import_customers": "a lu un fichier de clients",
    "import_stock": "a lu le registre des entreprises",
    "invite": "a invité quelqu’un",
    "issue_slips": "a préparé des bons à imprimer",
    "keep": "a gardé une annonce signalée",
    "leave": "a quitté l’organisation",
    "not_me": "a dit : ce n’est pas moi",
    "hand_over": "a remis des envois à la porte",
    "note_failing": "a noté qu’une adresse ne répond plus",
    "note_working": "a noté qu’une adresse remarche",
    "open_file": "a ouvert le fichier clients",
    "photo.add": "a ajouté une photo",
    "photo.withdraw": "a retiré une photo",
    "plan_round": "a prévu une tournée",
    "retry_message": "a remis un envoi en route",
    "relist": "a remis une page dans l’annuaire",
    "release": "a rendu une annonce retenue",
    "remove_device": "n’entre plus sans code avec un appareil",
    "remove_colleague": "a retiré un accès",
    "reopen": "a rouvert un commerce",
    "report": "a signalé une annonce",
    "revoke_mandate": "a repris un mandat",
    "set_hours": "a noté les horaires",
    "say_minor": "ne dit plus être majeur",
    "set_channel": "a choisi un moyen",
    "set_profiling": "a réglé le tri",
    "set_rhythm": "a réglé le rythme",
    "set_special_day": "a noté un jour particulier dans les horaires",
    "set_taste": "a noté une envie",
    "show_window": "a arrangé la vitrine",
    "sign_up": "s’est inscrit par le site",
    "settle_message": "a décidé d’un envoi incertain",
    "sort_round": "a trié une tournée",
    "suspend": "a suspendu un commerce",
    "stop_subject": "a retenu des envois",
    "take_crowd": "a compté son fichier",
    "territory.create": "a créé le territoire",
    "withdraw": "a retiré une annonce",
    "withdraw_consent": "a noté un refus",
    "withdraw_everything": "a tout arrêté",
    "withdraw_invitation": "a repris une invitation",
    "wrong_card_code": "a tapé un code de carte qui n’est pas d’ici",
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
