from django.db import models

from parvis.accounts.models import Organisation
from parvis.core.speech import mark, say


class Photo(models.Model):
    """A picture and the right to show it (rule 17): who took it, who said so, when."""

    class Right(models.TextChoices):
        MINE = "mine", mark("Je l’ai prise moi-même")
        FREE = "free", mark("Elle est libre de tous droits")
        DEMO = "demo", mark("Image de démonstration")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="photos")
    key = models.CharField(max_length=32, unique=True)  # unguessable, names the files
    alt = models.CharField(max_length=200)
    author = models.CharField(max_length=120)
    right = models.CharField(max_length=4, choices=Right.choices)
    stated_by = models.CharField(max_length=200)
    stated_at = models.DateTimeField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    @property
    def credit(self) -> str:
        """The caption: author and right."""
        if self.right == self.Right.DEMO:
            return say(self.Right.DEMO.label)
        if self.right == self.Right.MINE:
            return say("Photo {author}", author=self.author)
        return say("{author}, libre de tous droits", author=self.author)

    def __str__(self) -> str:
        return self.alt
