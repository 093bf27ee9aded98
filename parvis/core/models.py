from django.db import models

from .speech import mark, say

# What each verb says to people in the journal.
VERBS = {
    "accept_invitation": mark("a accepté une invitation"),
    "add_device": mark("peut entrer sans code, avec un appareil"),
    "announce": mark("a dit une annonce"),
    "answer_slip": mark("a noté un bon rempli"),
    "approve_claim": mark("a accepté une demande de vitrine"),
    "ask_claim": mark("a demandé la vitrine d’un commerce"),
    "appoint": mark("a donné un rôle"),
    "begin_draft": mark("a commencé une annonce"),
    "change_email": mark("a changé de courriel"),
    "claim": mark("a repris la page du commerce"),
    "create_organisation": mark("a créé l’organisation"),
    "customer_created": mark("a noté un client"),
    "customer_taken_back": mark("a effacé une fiche notée par erreur"),
    "customer_updated": mark("a complété une fiche client"),
    "declare_adult": mark("a noté qu’une personne se dit majeure"),
    "delist": mark("a retiré une page de l’annuaire"),
    "describe_organisation": mark("a changé ses coordonnées ou ses mentions légales"),
    "drop_draft": mark("a effacé une annonce commencée"),
    "enter": mark("a ouvert sa page"),
    "erase": mark("a tout effacé d’une personne"),
    "forget_address": mark("a retiré une adresse"),
    "forget_special_day": mark("a effacé un jour particulier de ses horaires"),
    "give_mandate": mark("a noté un mandat signé"),
    "give_up_mandate": mark("a rendu un mandat"),
    "grant": mark("a noté un accord"),
    "hold": mark("a retenu une annonce"),
    "import_customers": mark("a lu un fichier de clients"),
    "import_stock": mark("a lu le registre des entreprises"),
    "invite": mark("a invité quelqu’un"),
    "issue_slips": mark("a préparé des bons à imprimer"),
    "keep": mark("a gardé une annonce signalée"),
    "leave": mark("a quitté l’organisation"),
    "not_me": mark("a dit : ce n’est pas moi"),
    "hand_over": mark("a remis des envois à la porte"),
    "note_failing": mark("a noté qu’une adresse ne répond plus"),
    "note_working": mark("a noté qu’une adresse remarche"),
    "open_file": mark("a ouvert le fichier clients"),
    "open_by_letter": mark("a ouvert sa vitrine avec le code d’une lettre"),
    "prepare_letter": mark("a préparé une lettre pour un commerce"),
    "photo.add": mark("a ajouté une photo"),
    "photo.withdraw": mark("a retiré une photo"),
    "plan_round": mark("a prévu une tournée"),
    "retry_message": mark("a remis un envoi en route"),
    "refuse_claim": mark("a refusé une demande de vitrine"),
    "relist": mark("a remis une page dans l’annuaire"),
    "release": mark("a rendu une annonce retenue"),
    "remove_device": mark("n’entre plus sans code avec un appareil"),
    "remove_colleague": mark("a retiré un accès"),
    "reopen": mark("a rouvert un commerce"),
    "release_claim": mark("a libéré la page d’un commerce"),
    "report": mark("a signalé une annonce"),
    "revoke_mandate": mark("a repris un mandat"),
    "set_hours": mark("a noté les horaires"),
    "say_commune": mark("a dit sa commune"),
    "say_minor": mark("ne dit plus être majeur"),
    "set_channel": mark("a choisi un moyen"),
    "set_profiling": mark("a réglé le tri"),
    "set_rhythm": mark("a réglé le rythme"),
    "set_special_day": mark("a noté un jour particulier dans les horaires"),
    "set_taste": mark("a noté une envie"),
    "show_window": mark("a arrangé la vitrine"),
    "sign_up": mark("s’est inscrit par le site"),
    "settle_message": mark("a décidé d’un envoi incertain"),
    "sort_round": mark("a trié une tournée"),
    "suspend": mark("a suspendu un commerce"),
    "stop_subject": mark("a retenu des envois"),
    "take_crowd": mark("a compté son fichier"),
    "take_mandate": mark("a pris un mandat"),
    "territory.create": mark("a créé le territoire"),
    "territory.rename": mark("a changé le nom du territoire"),
    "territory.host": mark("a changé l’adresse du territoire"),
    "void_slip": mark("a annulé un bon imprimé"),
    "withdraw": mark("a retiré une annonce"),
    "withdraw_consent": mark("a noté un refus"),
    "withdraw_everything": mark("a tout arrêté"),
    "withdraw_invitation": mark("a repris une invitation"),
    "wrong_card_code": mark("a tapé un code de carte qui n’est pas d’ici"),
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
        return say(VERBS.get(self.verb, self.verb))

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.verb} {self.target}"
