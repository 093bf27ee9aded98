"""The first message to an address that a shop was given, in which « ce n’est pas moi » is one tap (decision 5)."""

from django.db import models

from parvis.core.speech import mark

from .ways_in import CounterEntry


class CounterNotice(models.Model):
    """Asked for with the entry, sent or kept by the bell: nobody can time whether an address was known. While it waits,
    or once it is lost, nothing else leaves to that address for that shop (queries.reach)."""

    class State(models.TextChoices):
        WAITING = "waiting", mark("à envoyer")
        SENT = "sent", mark("parti")
        KEPT = "kept", mark("gardé : il n’apprenait plus rien")
        LOST = "lost", mark("perdu : personne ne l’a reçu, autant que l’on sache")

    entry = models.OneToOneField(CounterEntry, on_delete=models.CASCADE, related_name="notice")
    address = models.CharField(max_length=64, db_index=True)  # keyed digest of the e-mail
    asks = models.BooleanField(default=False)  # the address had said no: nothing is lifted before it answers itself
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()  # not tried before
    last_try = models.BooleanField(default=False)  # the one before may have arrived, or was refused
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "ended_at"], name="contacts_notice_due")]

    def __str__(self) -> str:
        return f"{self.entry_id}"
