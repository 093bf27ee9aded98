"""The directory's writes: read the register, claim a business, take a page down and put it back."""

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import VISITOR, Actor
from parvis.core.errors import Refused
from parvis.core.models import AuditEntry
from parvis.core.speech import mark, say
from parvis.sirene.activities import Unknown, activity_of
from parvis.sirene.addresses import street_line
from parvis.sirene.establishments import Establishment
from parvis.sirene.listing import Reason, listed
from parvis.sirene.masking import OPEN, PARTIAL
from parvis.sirene.naming import DisplayName, Rule, display_names
from parvis.sirene.reader import Reading, read_establishments
from parvis.territory.models import Territory

from .models import Business
from .rules import DELISTINGS_WINDOW, MOST_DELISTINGS, ImportReport, Remark, looks_whole

FIELDS = [
    "commune_id", "name", "name_rule", "category", "activity", "nomenclature", "activity_2025", "address", "postcode",
    "opened_on", "active", "employer", "masked", "masked_by_unit", "listed", "unlisted_reason",
]  # fmt: skip
BATCH = 500  # rows, or SIRETs, in one query
_SIGN, _TRADE_NAME = "enseigne1Etablissement", "denominationUsuelleEtablissement"


def whom_to_write() -> str:
    return settings.PUBLISHER or say("la personne qui tient ce site")


class AlreadyClaimed(Refused):
    sentence = mark("Ce commerce a déjà quelqu’un qui le représente ici. Écrivez-lui, ou téléphonez à l’association.")


class NoSuchBusiness(Refused):
    status = 404
    sentence = mark("Aucun commerce n’a ce SIRET dans l’annuaire. Vérifiez ses quatorze chiffres.")


class TooManyDelistings(Refused):
    status = 429
    sentence = mark("Beaucoup de pages viennent d’être retirées : par prudence, celle-ci attend une heure.")

    def __init__(self) -> None:
        way_out = say("Pour ne pas attendre, écrivez à {publisher}.", publisher=whom_to_write())
        super().__init__(f"{say(self.sentence)} {way_out}")


class ClaimsAnother(Refused):
    sentence = mark("Cette organisation représente déjà un autre commerce. Créez une organisation pour celui-ci.")


@transaction.atomic
def import_stock(*, path: Path, territory: Territory, by: Actor, units: Path | None = None) -> ImportReport:
    """Read a StockEtablissement for the territory's communes. Idempotent; all or nothing.

    Raises sirene.errors.UnreadableStock, whose sentence names the file and what to do.
    """
    communes = {commune.insee: commune.name for commune in territory.communes.all()}
    here = {each.siret: each for each in Business.objects.filter(commune__in=communes)}
    reading = read_establishments(
        path, communes=list(communes), today=clock.today(), units=units, known=here.keys(), hidden_units=_hidden_units()
    )
    found = list(reading)
    report = _report(reading)
    known = here | _known(({each.siret for each in found} | reading.objections) - here.keys())
    kept = [_remembered(each, known[each.siret], reading.absent) if each.siret in known else each for each in found]
    kept = [each for each in kept if each.active or each.siret in known]
    report.closed_unknown = len(found) - len(kept)
    objecting = [_masked(known[siret]) for siret in sorted(reading.objections & known.keys())]
    names = display_names((each for each in kept + objecting if each.active), communes=communes)
    rows = [_row(each, names.get(each.siret), known.get(each.siret), reading.hidden_units) for each in kept + objecting]
    _write(rows + _gone(here, reading, {each.commune for each in found}, report), known, report, path.name)
    _count(rows[: len(kept)], report)
    record(by=by, verb="import_stock", on=territory, file=path.name, read=report.read, created=report.created)
    return report


def _report(reading: Reading) -> ImportReport:
    return ImportReport(
        read=reading.read,
        active=reading.active,
        inactive=reading.kept - reading.active,
        incomplete=reading.incomplete,
        titles_only=reading.titles_only,
        masked=reading.masked,
        rejected=[Remark(r.line, r.siret, r.field, r.reason) for r in reading.rejections],
        warnings=[Remark(r.line, r.siret, r.field, r.reason) for r in reading.warnings],
    )


def _remembered(each: Establishment, before: Business, absent: Collection[str]) -> Establishment:
    """A file without the column of signs, or of usual names, says nothing of them: what was read before stands, unless
    its holder has objected since."""
    if each.diffusion != OPEN:
        return each
    if before.name_rule == Rule.SIGN and _SIGN in absent:
        return replace(each, signs=each.signs or (before.name,))
    if before.name_rule == Rule.TRADE_NAME and _TRADE_NAME in absent:
        return replace(each, trade_name=before.name)
    return each


def _known(sirets: Iterable[str]) -> dict[str, Business]:
    asked = sorted(sirets)
    known: dict[str, Business] = {}
    for start in range(0, len(asked), BATCH):
        known |= Business.objects.in_bulk(asked[start : start + BATCH], field_name="siret")
    return known


def _hidden_units() -> set[str]:
    masked = Business.objects.filter(masked_by_unit=True)
    return {siret[:9] for siret in masked.values_list("siret", flat=True)}


def _gone(
    here: dict[str, Business], reading: Reading, covered: Collection[str], report: ImportReport
) -> list[Business]:
    """Known businesses that the file places or closes elsewhere, or no longer gives: the stock holds closed ones too,
    so whoever is not in it has left its diffusion. A partial file, or one without their commune, proves nothing."""
    elsewhere = {siret: is_open for siret, is_open in reading.elsewhere.items() if siret not in reading.objections}
    closed = [_off(here[siret], Reason.CLOSED) for siret, is_open in elsewhere.items() if not is_open]
    moved = [siret for siret, is_open in elsewhere.items() if is_open and here[siret].active]
    standing = {siret: each for siret, each in here.items() if each.active and not each.masked}
    lacking = [siret for siret in standing if siret not in reading.named]
    expected = [siret for siret, each in standing.items() if each.unlisted_reason != Reason.ABSENT]
    believed = not reading.incomplete and looks_whole(expected, reading.named)
    left = [siret for siret in lacking if believed and standing[siret].commune_id in covered]
    report.missing, report.spared = len(moved) + len(left), len(set(expected) & set(lacking) - set(left))
    return closed + [_off(here[siret], Reason.ABSENT) for siret in moved + left]


def _off(known: Business, reason: Reason) -> Business:
    """What is known, out of the directory."""
    row = copy(known)
    row.active, row.listed, row.unlisted_reason = known.active and reason is not Reason.CLOSED, False, reason
    return row


def _masked(known: Business) -> Establishment:
    """Whoever objects in a row that cannot be used is hidden all the same (rule 16): what we knew, masked."""
    return Establishment(
        known.siret,
        PARTIAL,
        known.commune_id,
        known.active,
        known.activity,
        known.nomenclature,
        known.opened_on,
        employer=known.employer,
        activity_2025=known.activity_2025,
    )


def _row(
    each: Establishment, name: DisplayName | None, known: Business | None, hidden_units: Collection[str]
) -> Business:
    """What the directory keeps. Of a masked row (rule 16): its commune, its activity, and nothing that points to it."""
    shown, reason = listed(each)
    activity = activity_of(each.activity, each.nomenclature, each.activity_2025)
    masked = each.diffusion != OPEN
    # A closed business keeps the name under which it was known, unless its holder has objected since.
    before = None if masked else known
    return Business(
        commune_id=each.commune,
        siret=each.siret,
        name=name.text if name else before.name if before else "",
        name_rule=name.rule if name else before.name_rule if before else "",
        category="" if isinstance(activity, Unknown) or activity.category is None else activity.category.slug,
        activity=each.activity,
        nomenclature=each.nomenclature,
        activity_2025=each.activity_2025,
        address="" if masked else street_line(each),
        postcode="" if masked else each.postcode,
        opened_on=each.created,
        active=each.active,
        employer=each.employer,
        masked=masked,
        masked_by_unit=masked and each.siren in hidden_units,
        listed=shown,
        unlisted_reason="" if shown else reason,
    )


def _write(rows: list[Business], known: dict[str, Business], report: ImportReport, source: str) -> None:
    new, changed = [], []
    for row in rows:
        row.source = source
        before = known.get(row.siret)
        if before is None:
            new.append(row)
        elif any(getattr(before, name) != getattr(row, name) for name in FIELDS):
            row.pk = before.pk
            changed.append(row)
    Business.objects.bulk_create(new, batch_size=BATCH)
    Business.objects.bulk_update(changed, [*(f.removesuffix("_id") for f in FIELDS), "source"], batch_size=BATCH)
    report.created, report.updated = len(new), len(changed)
    report.unchanged = len(rows) - len(new) - len(changed)


def _count(rows: list[Business], report: ImportReport) -> None:
    active = [row for row in rows if row.active]
    report.listed = sum(row.listed for row in active)
    report.not_listed.update(row.unlisted_reason for row in active if not row.listed)
    report.named_by.update(row.name_rule for row in active)


@transaction.atomic
def claim(*, siret: str, organisation: Organisation, by: Actor) -> Business:
    """An organisation recognises itself: from then on its window speaks for the business, even if somebody had taken
    the page down. Again changes nothing."""
    business = Business.objects.filter(siret=siret).first()
    if business is None:
        raise NoSuchBusiness
    if business.organisation_id == organisation.pk:
        return business
    if Business.objects.filter(organisation=organisation).exists():
        raise ClaimsAnother
    # Two may claim at once: the one whose update finds it free has it.
    free = Business.objects.filter(pk=business.pk, organisation=None)
    if not free.update(organisation=organisation, delisted_at=None):
        raise AlreadyClaimed
    business.organisation, business.delisted_at = organisation, None
    record(by=by, verb="claim", on=business, organisation=organisation)
    return business


@transaction.atomic
def delist(*, business: Business, by: Actor) -> None:
    """Take an unclaimed page down, at once, without asking who asks: doubt profits to the one who is shown."""
    if business.organisation_id:
        raise AlreadyClaimed
    now = clock.now()
    lately = AuditEntry.objects.filter(verb="delist", actor=VISITOR.key, at__gt=now - DELISTINGS_WINDOW)
    if by == VISITOR and lately.count() >= MOST_DELISTINGS:
        raise TooManyDelistings
    # Its holder may claim it at the same moment.
    if not Business.objects.filter(pk=business.pk, organisation=None).update(delisted_at=now):
        raise AlreadyClaimed
    business.delisted_at = now
    record(by=by, verb="delist", on=business)


@transaction.atomic
def relist(*, business: Business, by: Actor, keeper: Organisation | None = None) -> None:
    """Put back a page that was taken down by mistake, or by somebody else than its holder. Again changes nothing.
    `keeper`: the association whose bureau does it, and whose journal tells it."""
    if business.delisted_at is None:
        return
    business.delisted_at = None
    business.save(update_fields=["delisted_at"])
    record(by=by, verb="relist", on=business, organisation=keeper)
