from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from parvis.core import clock
from parvis.core.speech import mark
from parvis.territory.models import Commune, Territory

from .rules import ACTING_LABELS, MANDATE_LABELS, Permission, Role, opened_by


class UserManager(BaseUserManager["User"]):
    """Django asks for one; a user has no password: sign-in is by a code."""

    def create_user(self, email: str, name: str = "") -> "User":
        user = self.model(email=email.strip().lower(), name=name)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who signs in to act for an organisation. Residents need no account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(null=True)  # for an address that was typed; until it answers, it may be forgotten

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def nameless(self) -> bool:
        """Opened for an address that was typed, before its holder said who they are."""
        return self.name == self.email


class Organisation(models.Model):
    """Whoever acts: shop, association, club, chamber, town hall, newsroom, or the territory itself as a sender."""

    class Kind(models.TextChoices):
        SHOP = "shop", mark("commerce")
        ASSOCIATION = "association", mark("association")
        CLUB = "club", mark("club d’entreprises")
        CHAMBER = "chamber", mark("chambre de commerce")
        TOWN_HALL = "town_hall", mark("mairie")
        NEWSROOM = "newsroom", mark("rédaction")
        TERRITORY = "territory", mark("nouvelles du territoire")

    class Paper(models.TextChoices):
        OR = "or", "or"
        ROSE = "rose", "rose"
        CIEL = "ciel", "ciel"
        TILLEUL = "tilleul", "tilleul"
        SAUMON = "saumon", "saumon"
        PARME = "parme", "parme"
        BLANC = "blanc", "blanc (mairie)"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="organisations")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)  # in the whole installation: it is in addresses
    trade = models.CharField(max_length=80, blank=True, help_text="« fleuriste »")
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(blank=True)
    paper = models.CharField(max_length=8, choices=Paper.choices, default=Paper.OR)
    without_screen = models.BooleanField(default=False)  # is served on paper and by telephone
    # The publisher of its own window (rule 12, LCEN art. 6 III).
    legal_name = models.CharField(max_length=160, blank=True)  # « Odile Marchand, entreprise individuelle »
    registration = models.CharField(max_length=80, blank=True)  # « RCS Créteil 000 012 345 »
    director = models.CharField(max_length=120, blank=True)  # of the publication
    suspended_at = models.DateTimeField(null=True)
    suspended_why = models.CharField(max_length=300, blank=True)  # the statement of reasons that it reads

    class Meta:
        ordering = ["name"]
        constraints = [
            # In France white posters belong to the authorities (laws of 1791 and of 29 July 1881, art. 15).
            models.CheckConstraint(
                condition=~Q(paper="blanc") | Q(kind="town_hall"), name="accounts_white_is_town_hall"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shop(self) -> bool:
        return self.kind == self.Kind.SHOP


class Office(models.Model):
    """A user's role in an organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="offices")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="offices")
    role = models.CharField(max_length=12, choices=[(role.value, role.label) for role in Role])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="accounts_one_office")]

    def __str__(self) -> str:
        return f"{self.user} : {Role(self.role).label}, {self.organisation}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self) -> "MandateQuerySet":
        # Whoever left the organisation through which they acted acts no more.
        return self._standing().filter(holder__offices__organisation=F("through"))

    def waiting(self) -> "MandateQuerySet":
        """Taken by nobody yet: they open nothing."""
        return self._standing().filter(holder=None)

    def _standing(self) -> "MandateQuerySet":
        day = clock.today()
        return self.filter(revoked_at=None, signed_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Mandate(models.Model):
    """The signed, dated, revocable right to act for an organisation. `holder`: who took it, of the organisation that it
    was given to; nobody holds one unasked."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    holder = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="mandates")
    through = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates_held")
    permissions = models.JSONField(default=list)  # values of Permission
    signed_by = models.CharField(max_length=120)
    signed_on = models.DateField()
    evidence = models.CharField(max_length=200)  # where the signed paper is kept
    ends_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = MandateQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.holder or self.through} pour {self.organisation}"

    @property
    def opens(self) -> frozenset[Permission]:
        return opened_by(self.permissions)

    @property
    def opens_fr(self) -> list[str]:
        return [label for permission, label in MANDATE_LABELS.items() if permission in self.opens]

    @property
    def opens_for(self) -> list[str]:
        """The same, in the words of whoever acts."""
        return [label for permission, label in ACTING_LABELS.items() if permission in self.opens]

    @property
    def over(self) -> bool:
        """Whether its last day is past; it may also have been taken back."""
        return self.ends_on is not None and self.ends_on < clock.today()

    def allows(self, permission: Permission) -> bool:
        return permission in self.opens


class SignInCode(models.Model):
    """A code asked for to sign in, until it leaves; then, for a day, what counts against the next ones. There is one
    for an address that nobody has, too: a stopwatch sees no difference."""

    email = models.EmailField(db_index=True)
    code = models.CharField(max_length=20, blank=True)  # "" once it left, or where nobody has this address
    visitor = models.CharField(max_length=64)  # keyed digest of the network that asked, for the limits
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Invitation(models.Model):
    """Someone is asked by e-mail to act for an organisation; nothing is open to them before they accept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=[(role.value, role.label) for role in Role])
    token = models.CharField(max_length=64, unique=True)  # a digest: the link alone holds the secret
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    # Whose power it lends, and where that power is held: it ends with it.
    inviter = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="invitations")
    keeper = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="invitations_kept")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.name} → {self.organisation}"
