from django.db import models
from django.db.models import F, Q

from parvis.accounts.models import Organisation
from parvis.photos.models import Photo


class ShopWindow(models.Model):
    """What an organisation shows of itself beside its announcements (vitrine)."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="window")
    about = models.TextField(blank=True)  # in its own words
    cover = models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL, related_name="+")
    access = models.CharField(max_length=160, blank=True)  # « Parking devant, bus 23 arrêt Poste »
    needs = models.CharField(max_length=400, blank=True)  # words people come for: « offrir des fleurs, couronne »
    old_sites = models.CharField(max_length=400, blank=True)  # addresses that it keeps no longer, one a line

    def __str__(self) -> str:
        return str(self.organisation)


class OpeningHours(models.Model):
    """One opening of an ordinary week. Weekday 0 is Monday; an opening never crosses midnight."""

    window = models.ForeignKey(ShopWindow, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6, opens__lt=F("closes")), name="directory_hours"),
            models.UniqueConstraint(fields=["window", "weekday", "opens"], name="directory_one_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"


class SpecialDay(models.Model):
    """A day that is not as its week: closed where `opens` is None. It also settles a public holiday."""

    window = models.ForeignKey(ShopWindow, on_delete=models.CASCADE, related_name="special_days")
    day = models.DateField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    note = models.CharField(max_length=80, blank=True)  # « Inventaire »

    class Meta:
        ordering = ["day", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(opens__lt=F("closes")), name="directory_special_hours"
            ),
            models.UniqueConstraint(fields=["window", "day", "opens"], name="directory_one_special"),
            # Of two nulls the one above says that they differ.
            models.UniqueConstraint(fields=["window", "day"], condition=Q(opens=None), name="directory_one_closed_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
