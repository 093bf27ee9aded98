from django.db import models

from .people import Person


class Interest(models.Model):
    """A node of the interest tree: a closed list (decision 10), read from data/interests.toml."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)  # « Whisky japonais »
    liked = models.CharField(max_length=80)  # with its article, after « vous aimez »: « le whisky japonais »
    alcohol = models.BooleanField(default=False)  # an announcement on it is alcohol's (rule 9)
    retired = models.BooleanField(default=False)
    parents = models.ManyToManyField("self", symmetrical=False, related_name="children")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Taste(models.Model):
    """What the person said of an interest: a like, or a refusal."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tastes")
    interest = models.ForeignKey(Interest, on_delete=models.PROTECT)
    liked = models.BooleanField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "interest"], name="contacts_one_taste")]

    def __str__(self) -> str:
        return f"{'+' if self.liked else '−'} {self.interest_id}"
