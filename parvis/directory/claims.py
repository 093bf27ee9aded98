"""« C’est mon commerce » : asked by whoever has proved their e-mail, decided by the association, or proved by the code
of a letter that it posted, or carried, to the registered address."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from parvis.accounts.actions import appoint, create_organisation, free_slug, laid_out, write
from parvis.accounts.models import Organisation, User
from parvis.accounts.rules import Role
from parvis.core import clock, limits
from parvis.core.actions import key, record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, NotAllowed, Refused
from parvis.core.speech import mark
from parvis.sirene.activities import categories
from parvis.slips.actions import answer, issue
from parvis.slips.models import Slip
from parvis.slips.queries import NoSuchSlip, open_slip
from parvis.territory.models import Territory
from parvis.territory.queries import address_of

from .actions import AlreadyClaimed, claim
from .models import Business, Claim
from .queries import shown
from .shopfronts import unclaimed

LETTER, LETTER_LIFE = "claim", 60  # days: a shop on holiday still finds it
MOST_WAITING = 5  # of one person: who holds more shops than that telephones
CODES_AN_HOUR = 5  # tried by one person: beside `limits`, which counts by address

# Kept as it is, and read as it is.
LATE = "Ce commerce a déjà quelqu’un qui le représente ici."


class AlreadyAsked(Refused):
    sentence = mark("Votre demande est déjà partie : l’association vous répondra par courriel.")


class TooManyAsked(Refused):
    status = 429
    sentence = mark("Plusieurs de vos demandes attendent déjà. Laissez l’association y répondre, ou appelez-la.")


class TooManyCodes(Refused):
    status = 429
    sentence = mark("Trop de codes essayés. Comparez la lettre, et recommencez dans une heure.")


class AlreadySettled(Refused):
    sentence = mark("Cette demande a déjà eu sa réponse.")


class NotThisLetter(BadInput):
    sentence = mark("Ce code n’est pas celui d’une lettre pour ce commerce. Comparez-le au papier.")


def waiting(territory: Territory) -> QuerySet[Claim]:
    """Those that the association has not answered; the oldest first."""
    here = Claim.objects.filter(settled_at=None, business__in=unclaimed(territory))
    return here.select_related("business__commune", "user").defer("business__commune__contour")


def latest(business: Business, user: User) -> Claim | None:
    return Claim.objects.filter(business=business, user=user).order_by("-made_at", "-pk").first()


@transaction.atomic
def ask(*, business: Business, user: User, name: str, tie: str, phone: str, by: Actor) -> Claim:
    """Nothing opens: the association reads it."""
    _free(business)
    if Claim.objects.filter(user=user, settled_at=None).count() >= MOST_WAITING:
        raise TooManyAsked
    try:
        with transaction.atomic():
            asked = Claim.objects.create(
                business=business, user=user, name=name.strip(), tie=tie, phone=phone, made_at=clock.now()
            )
    except IntegrityError as error:
        raise AlreadyAsked from error
    _name(user, name.strip())
    record(by=by, verb="ask_claim", on=asked)
    return asked


@transaction.atomic
def approve(*, asked: Claim, keeper: Organisation, by: Actor) -> Organisation:
    """Its window opens, and whoever asked answers for it. The others who asked for the same are told no."""
    _mine(asked, keeper)
    _settle(asked, approved=True)
    shop = _open(asked.business, keeper.territory, asked.user, asked.name, by)
    record(by=by, verb="approve_claim", on=asked, organisation=keeper, shop=shop.slug)
    _write(asked, "directory/claim_approved.txt", shop=shop, desk=_desk(shop))
    for other in Claim.objects.filter(business=asked.business, settled_at=None).select_related("business", "user"):
        _refuse(other, LATE, keeper, by)
    return shop


@transaction.atomic
def refuse(*, asked: Claim, why: str, keeper: Organisation, by: Actor) -> None:
    """Whoever asked reads `why`, and may ask again."""
    why = why.strip()
    if not why:
        raise BadInput(mark("Il manque la raison : la personne la lira."), field="why")
    _mine(asked, keeper)
    _refuse(asked, why, keeper, by)


def _refuse(asked: Claim, why: str, keeper: Organisation, by: Actor) -> None:
    _settle(asked, approved=False, why=why)
    record(by=by, verb="refuse_claim", on=asked, organisation=keeper, why=why)
    _write(asked, "directory/claim_refused.txt", keeper=keeper, why=why)


@transaction.atomic
def prepare_letter(*, business: Business, keeper: Organisation, by: Actor) -> Slip:
    """A code to print for the registered address; within a day, the same. A later letter leaves the first good: papers
    cross in the post."""
    if not shown(keeper.territory).filter(pk=business.pk).exists():
        raise NotAllowed
    _free(business)
    lately = Slip.objects.filter(kind=LETTER, scope=key(business), made_at__gt=clock.now() - dt.timedelta(days=1))
    if slip := lately.filter(answered_at=None).first():
        return slip
    slip = issue(kind=LETTER, scope=key(business), payload={}, count=1, days=LETTER_LIFE, by=by)[0]
    record(by=by, verb="prepare_letter", on=business, organisation=keeper)
    return slip


def letter_of(slip: Slip, territory: Territory) -> Business | None:
    """Whose address it goes to: None for another territory, and once somebody has the page."""
    here = unclaimed(territory).filter(pk=slip.scope.rpartition(":")[2])
    return here.first() if slip.kind == LETTER and slip.scope.startswith("business:") else None


def open_by_letter(
    *, business: Business, user: User, name: str, code: str, territory: Territory, by: Actor
) -> Organisation:
    """Whoever holds the letter was reached at the registered address: nobody has to decide."""
    if not limits.one_more("claim code", key(user), most=CODES_AN_HOUR):
        raise TooManyCodes(field="code")
    with transaction.atomic():
        _free(business)
        try:
            slip = open_slip(code, key(business))
            if slip.kind != LETTER:
                raise NoSuchSlip
            answer(code=code, scope=key(business), by=by)
        except NoSuchSlip as error:
            raise NotThisLetter(field="code") from error
        except Refused as refusal:
            raise BadInput(refusal.sentence, field="code") from refusal
        shop = _open(business, territory, user, name, by)
        now = clock.now()
        Claim.objects.filter(business=business, user=user, settled_at=None).update(
            settled_at=now, approved=True, phone=""
        )
        Claim.objects.filter(business=business, settled_at=None).update(settled_at=now, why=LATE, phone="")
    return shop


def _open(business: Business, territory: Territory, user: User, name: str, by: Actor) -> Organisation:
    _free(business)
    known = categories().get(business.category)
    shop = create_organisation(
        territory=territory,
        kind=Organisation.Kind.SHOP,
        name=business.name[:120],
        slug=free_slug(slugify(business.name)[:100] or f"commerce-{business.siret}"),
        commune=business.commune,
        trade=known.singular[:1].lower() + known.singular[1:80] if known else "",
        address=business.address,
        by=by,
    )
    claim(siret=business.siret, organisation=shop, by=by)
    _name(user, name)
    appoint(email=user.email, name=name, organisation=shop, role=Role.OWNER, by=by)
    return shop


def _name(user: User, name: str) -> None:
    """Of an account that a claim opened under its address alone, once that address has answered."""
    if user.name == user.email and name:
        user.name = name
        user.save(update_fields=["name"])


def _free(business: Business) -> None:
    if Business.objects.filter(pk=business.pk).exclude(organisation=None).exists():
        raise AlreadyClaimed


def _mine(asked: Claim, keeper: Organisation) -> None:
    if not shown(keeper.territory).filter(pk=asked.business_id).exists():
        raise NotAllowed


def _settle(asked: Claim, *, approved: bool, why: str = "") -> None:
    """Two officers may answer at once: the first is heard. The telephone served to check, and goes."""
    unsettled = Claim.objects.filter(pk=asked.pk, settled_at=None)
    if not unsettled.update(settled_at=clock.now(), approved=approved, why=why, phone=""):
        raise AlreadySettled


def _write(asked: Claim, template: str, **told: object) -> None:
    context = {"business": asked.business, "publisher": settings.PUBLISHER} | told
    write(asked.user.email, *laid_out(template, context))


def _desk(shop: Organisation) -> str:
    return f"{address_of(shop.territory)}bureau/{shop.slug}/vitrine/"
