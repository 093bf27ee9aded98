"""The directory's writes: read the register, claim a business, take a page down."""

from pathlib import Path
from typing import Any

from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.sirene.activities import Unknown, activity_of
from parvis.sirene.addresses import street_line
from parvis.sirene.establishments import Establishment
from parvis.sirene.listing import listed
from parvis.sirene.masking import OPEN
from parvis.sirene.naming import DisplayName, display_names
from parvis.sirene.reader import Reading, read_establishments
from parvis.territory.models import Territory

from .models import Business
from .rules import ImportReport, Remark

FIELDS = [
    "commune_id", "name", "name_rule", "category", "activity", "nomenclature", "activity_2025", "address", "postcode",
    "opened_on", "active", "employer", "masked", "listed", "unlisted_reason",
]  # fmt: skip


class AlreadyClaimed(Refused):
    sentence = "Ce commerce a déjà quelqu’un qui le représente ici. Écrivez-lui, ou téléphonez à l’association."


class NoSuchBusiness(Refused):
    status = 404
    sentence = "Aucun commerce n’a ce SIRET dans l’annuaire. Vérifiez ses quatorze chiffres."


class ClaimsAnother(Refused):
    sentence = "Cette organisation représente déjà un autre commerce. Créez une organisation pour celui-ci."


@transaction.atomic
def import_stock(*, path: Path, territory: Territory, by: Actor, units: Path | None = None) -> ImportReport:
    """Read a StockEtablissement for the territory's communes. Idempotent; all or nothing.

    Raises sirene.errors.UnreadableStock, whose sentence names the file and what to do.
    """
    communes = {commune.insee: commune.name for commune in territory.communes.all()}
    reading = read_establishments(path, communes=list(communes), today=clock.today(), units=units)
    found = list(reading)
    report = _report(reading)
    known = Business.objects.filter(siret__in=[each.siret for each in found]).in_bulk(field_name="siret")
    kept = [each for each in found if each.active or each.siret in known]
    report.closed_unknown = len(found) - len(kept)
    names = display_names((each for each in kept if each.active), communes=communes)
    rows = [_row(each, names.get(each.siret), known.get(each.siret)) for each in kept]
    _write(rows, known, report, path.name)
    _count(rows, report)
    record(by=by, verb="import_stock", on=territory, file=path.name, read=report.read, created=report.created)
    return report


def _report(reading: Reading) -> ImportReport:
    return ImportReport(
        read=reading.read,
        active=reading.active,
        masked=reading.masked,
        rejected=[Remark(r.line, r.siret, r.field, r.reason) for r in reading.rejections],
        warnings=[Remark(r.line, r.siret, r.field, r.reason) for r in reading.warnings],
    )


def _row(each: Establishment, name: DisplayName | None, known: Business | None) -> Business:
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
        listed=shown,
        unlisted_reason="" if shown else reason,
    )


def _write(rows: list[Business], known: dict[Any, Business], report: ImportReport, source: str) -> None:
    new, changed = [], []
    for row in rows:
        row.source = source
        before = known.get(row.siret)
        if before is None:
            new.append(row)
        elif any(getattr(before, name) != getattr(row, name) for name in FIELDS):
            row.pk = before.pk
            changed.append(row)
    Business.objects.bulk_create(new, batch_size=500)
    Business.objects.bulk_update(changed, [*(f.removesuffix("_id") for f in FIELDS), "source"], batch_size=500)
    report.created, report.updated = len(new), len(changed)
    report.unchanged = len(rows) - len(new) - len(changed)


def _count(rows: list[Business], report: ImportReport) -> None:
    active = [row for row in rows if row.active]
    report.listed = sum(row.listed for row in active)
    report.not_listed.update(row.unlisted_reason for row in active if not row.listed)
    report.named_by.update(row.name_rule for row in active)


@transaction.atomic
def claim(*, siret: str, organisation: Organisation, by: Actor) -> Business:
    """An organisation recognises itself: from then on its window speaks for the business. Again changes nothing."""
    business = Business.objects.filter(siret=siret).first()
    if business is None:
        raise NoSuchBusiness
    if business.organisation_id == organisation.pk:
        return business
    if Business.objects.filter(organisation=organisation).exists():
        raise ClaimsAnother
    # Two may claim at once: the one whose update finds it free has it.
    if not Business.objects.filter(pk=business.pk, organisation=None).update(organisation=organisation):
        raise AlreadyClaimed
    business.organisation = organisation
    record(by=by, verb="claim", on=business, organisation=organisation)
    return business


@transaction.atomic
def delist(*, business: Business, by: Actor) -> None:
    """Take an unclaimed page down, at once, without asking who asks: doubt profits to the one who is shown."""
    if business.organisation_id:
        raise AlreadyClaimed
    business.delisted_at = clock.now()
    business.save(update_fields=["delisted_at"])
    record(by=by, verb="delist", on=business)
