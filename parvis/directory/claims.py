"""« C’est mon commerce » : asked by whoever has proved their e-mail, decided by the association, or proved by the code
of a letter that it posted, or carried, to the registered address."""

import datetime as dt
from contextlib import suppress

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from parvis.accounts.actions import (
    appoint,
    create_organisation,
    free_slug,
    laid_out,
    remove_everyone,
    tell_those_of,
    write,
)
from parvis.accounts.models import Organisation, User
from parvis.accounts.queries import answerable, keepers, open_organisations
from parvis.accounts.rules import Role
from parvis.core import clock, limits
from parvis.core.actions import key, record
from parvis.core.actors import SYSTEM, Actor
from parvis.core.errors import BadInput, NotAllowed, Refused
from parvis.core.speech import mark
from parvis.sirene.activities import categories
from parvis.slips.actions import answer, issue, void
from parvis.slips.models import Slip
from parvis.slips.queries import NoSuchSlip, canonical, open_slip
from parvis.territory.models import Territory
from parvis.territory.queries import address_of

from .actions import AlreadyClaimed, claim
from .models import Business, Claim
from .queries import claimable, claimable_here, free_pages
from .search.words import words_of

KEPT = dt.timedelta(days=365)  # an answered claim: long enough to answer for it
LETTER, LETTER_LIFE = "claim", 60  # days: a shop on holiday still finds it
MOST_WAITING = 5  # of one person: who holds more shops than that telephones
CODES_AN_HOUR = 5  # tried by one person: beside `limits`, which counts by address

# Kept as it is, and read as it is.
LATE = "Ce commerce a déjà quelqu’un qui le représente ici."
GONE = "Cette page n’est plus dans l’annuaire : il n’y a plus de vitrine à ouvrir."


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


class NotSuspended(Refused):
    sentence = mark("La page de ce commerce est ouverte. Suspendez-le d’abord : vous pourrez ensuite la libérer.")


class NotThisLetter(BadInput):
    sentence = mark("Ce code n’est pas celui d’une lettre pour ce commerce. Comparez-le au papier.")


def waiting(territory: Territory) -> QuerySet[Claim]:
    """Those that the association has not answered; the oldest first."""
    here = Claim.objects.filter(settled_at=None, business__in=free_pages(territory).order_by().values("pk"))
    return here.select_related("business__commune", "user").defer("business__commune__contour")


def asked_here(territory: Territory) -> QuerySet[Claim]:
    """Answered or not, of the pages that are shown, or were taken down."""
    here = Claim.objects.filter(business__in=claimable_here(territory).order_by().values("pk"))
    return here.select_related("business__commune", "business__organisation", "user").defer(
        "business__commune__contour"
    )


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
    for territory in business.commune.territories.all():
        for keeper in keepers(territory)[:1]:
            tell_those_of(keeper, "directory/claim_asked.txt", asked=asked)
    return asked


def waiting_of(user: User) -> QuerySet[Claim]:
    """What this person asked for, and that waits for an answer; the oldest first."""
    return user.claims.filter(settled_at=None).select_related("business")


def likely(business: Business, territory: Territory) -> list[Organisation]:
    """Open shops of its commune that bear a word of its name, that the register does not know, and that have nobody:
    most often the same, that the association noted without its SIRET."""
    here = open_organisations(territory).filter(kind=Organisation.Kind.SHOP, commune=business.commune, business=None)
    alike = set(words_of(business.name))
    return [one for one in here if alike & set(words_of(one.name)) and not answerable(one).exists()]


@transaction.atomic
def approve(*, asked: Claim, keeper: Organisation, by: Actor, shop: Organisation | None = None) -> Organisation:
    """Its window opens, and whoever asked answers for it. The others who asked for the same are told no. `shop`: one of
    `likely`, which is here already."""
    _mine(asked, keeper)
    _settle(asked, approved=True)
    if shop is None:
        shop = _open(asked.business, keeper.territory, asked.user, asked.name, by)
    elif shop in likely(asked.business, keeper.territory):
        _link(asked.business, shop, asked.user, asked.name, by)
    else:
        raise NotAllowed
    record(by=by, verb="approve_claim", on=asked, organisation=keeper, shop=shop.slug)
    _write(asked, "directory/claim_approved.txt", shop=shop, desk=_desk(shop))
    _close_others(asked.business, keeper, by)
    return shop


def _close_others(business: Business, keeper: Organisation | None, by: Actor) -> None:
    for other in Claim.objects.filter(business=business, settled_at=None).select_related("business", "user"):
        # Answered by somebody else at this instant: they have been told.
        with suppress(AlreadySettled):
            _refuse(other, LATE, keeper, by)


@transaction.atomic
def refuse(*, asked: Claim, why: str, keeper: Organisation, by: Actor) -> None:
    """Whoever asked reads `why`, and may ask again."""
    why = why.strip()
    if not why:
        raise BadInput(mark("Il manque la raison : la personne la lira."), field="why")
    _mine(asked, keeper)
    _refuse(asked, why, keeper, by)


def _refuse(asked: Claim, why: str, keeper: Organisation | None, by: Actor) -> None:
    _settle(asked, approved=False, why=why)
    record(by=by, verb="refuse_claim", on=asked, organisation=keeper)
    _write(asked, "directory/claim_refused.txt", keeper=keeper, why=why)


@transaction.atomic
def forget_claims() -> None:
    """Those that nobody can answer any more get their answer, and their telephone goes; the old ones go whole. Again
    changes nothing."""
    waits = Claim.objects.filter(settled_at=None).select_related("business", "user")
    for one in waits.exclude(business__in=claimable().filter(organisation=None).order_by().values("pk")):
        with suppress(AlreadySettled):
            _refuse(one, LATE if one.business.organisation_id else GONE, None, SYSTEM)
    Claim.objects.filter(settled_at__lte=clock.now() - KEPT).delete()


@transaction.atomic
def release_claim(*, business: Business, keeper: Organisation, why: str, by: Actor) -> None:
    """The page was given to the wrong person: it is nobody's again, its people act no more, and no letter that is out
    opens it. What they said stays where it is, closed. `why` is read by them."""
    why = why.strip()
    if not why:
        raise BadInput(mark("Il manque la raison : les personnes qui tenaient cette page la liront."), field="why")
    shop = business.organisation
    if shop is None:
        return
    if shop.territory_id != keeper.territory_id or not shop.is_shop:
        raise NotAllowed
    # Read again as it is written: it may be opened again at this instant.
    held = Business.objects.filter(pk=business.pk, organisation=shop, organisation__suspended_at__isnull=False)
    if shop.suspended_at is None or not held.update(organisation=None):
        raise NotSuspended
    business.organisation = None
    for journal in (shop, keeper):
        record(by=by, verb="release_claim", on=business, organisation=journal, shop=shop.slug, why=why)
    tell_those_of(shop, "directory/claim_released.txt", why=why, keeper=keeper, business=business)
    remove_everyone(organisation=shop, by=by)
    void(kind=LETTER, scope=key(business), by=by)


@transaction.atomic
def prepare_letter(*, business: Business, keeper: Organisation, by: Actor) -> Slip:
    """A code to print for the registered address; within a day, the same. A later letter leaves the first good: papers
    cross in the post."""
    if not claimable_here(keeper.territory).filter(pk=business.pk).exists():
        raise NotAllowed
    _free(business)
    now = clock.now()
    lately = Slip.objects.filter(kind=LETTER, scope=key(business), made_at__gt=now - dt.timedelta(days=1))
    if slip := lately.filter(answered_at=None, expires_at__gt=now).first():
        return slip
    slip = issue(kind=LETTER, scope=key(business), payload={}, count=1, days=LETTER_LIFE, by=by)[0]
    record(by=by, verb="prepare_letter", on=business, organisation=keeper)
    return slip


def letter_of(slip: Slip, territory: Territory) -> Business | None:
    """Whose address it goes to: None for another territory, once somebody has the page, and once it opens nothing."""
    if slip.expires_at <= clock.now():
        return None
    here = free_pages(territory).filter(pk=slip.scope.rpartition(":")[2])
    return here.first() if slip.kind == LETTER and slip.scope.startswith("business:") else None


def open_by_letter(
    *, business: Business, user: User, name: str, code: str, territory: Territory, by: Actor
) -> Organisation:
    """Whoever holds the letter was reached at the registered address: nobody has to decide."""
    try:
        canonical(code)
    except Refused as refusal:
        raise BadInput(refusal.sentence, field="code") from refusal
    # A slip of the pen, which the code itself tells, is not a try.
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
        own = Claim.objects.filter(business=business, user=user, settled_at=None)
        own.update(settled_at=clock.now(), approved=True, phone="")
        keeper = keepers(territory).first()
        record(by=by, verb="open_by_letter", on=business, organisation=keeper, shop=shop.slug)
        _close_others(business, keeper, SYSTEM)
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
    _link(business, shop, user, name, by)
    return shop


def _link(business: Business, shop: Organisation, user: User, name: str, by: Actor) -> None:
    claim(siret=business.siret, organisation=shop, by=by)
    _name(user, name)
    appoint(email=user.email, name=name, organisation=shop, role=Role.OWNER, by=by)


def _name(user: User, name: str) -> None:
    """Of an account that a claim opened under its address alone, once that address has answered."""
    if user.nameless and name:
        user.name = name
        user.save(update_fields=["name"])


def _free(business: Business) -> None:
    if Business.objects.filter(pk=business.pk).exclude(organisation=None).exists():
        raise AlreadyClaimed


def _mine(asked: Claim, keeper: Organisation) -> None:
    if not claimable_here(keeper.territory).filter(pk=asked.business_id).exists():
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
