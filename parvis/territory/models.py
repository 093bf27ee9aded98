from typing import Any

from django.db import models

from parvis.core.speech import in_english


class Commune(models.Model):
    """A French commune. The INSEE code is its key: postcodes are shared by several."""

    insee = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)  # with the INSEE code behind, where a namesake came first
    postcodes = models.CharField(max_length=200, blank=True)  # separated by spaces
    population = models.PositiveIntegerField(default=0)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    contour: "models.JSONField[Any, Any]" = models.JSONField(null=True)  # GeoJSON geometry, WGS 84; None where unknown

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def territory(self) -> "Territory | None":
        """The first that it joined."""
        return self.territories.order_by("pk").first()


class Territory(models.Model):
    """A small group of communes that shares one Parvis."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    of_name = models.CharField(max_length=80, help_text="« du Plateau briard »")
    communes = models.ManyToManyField(Commune, related_name="territories")
    host = models.CharField(
        max_length=120, blank=True
    )  # « plateau.parvis.example », in lower case; without one: /t/<slug>/

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["host"], condition=~models.Q(host=""), name="territory_one_host")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def after_of(self) -> str:
        """« du Plateau briard », to whoever reads French. In English the name alone: the sentence says « of »."""
        return self.name if in_english() else self.of_name
