from django.db import models

from parvis.accounts.models import Organisation


class Photo(models.Model):
    """A picture and the right to show it (rule 17): who took it, who said so, when."""

    class Right(models.TextChoices):
        MINE = "mine", "Je l’ai prise moi-même"
        FREE = "free", "Elle est libre de tous droits"
        DEMO = "demo", "Image de démonstration"

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
            return self.Right.DEMO.label
        return f"Photo {self.author}" if self.right == self.Right.MINE else f"{self.author}, libre de tous droits"

    def __str__(self) -> str:
        return self.alt
