"""A shop's own spreadsheet becomes its customer file: always a rehearsal first, never a guessed right."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.law.rules import customer_expires
from parvis.territory.models import Commune

from ..models import CustomerRecord, Interest, Wording
from ..rules import Channel, Source
from ..spreadsheet import CustomerRow, Rejection, Sheet
from ..words import recognise
from .consent import AlreadyRefused, grant, withdraw
from .customers import CustomerDetails, enrol

# The spreadsheet's words for channels. A text message is not carried yet: its right waits in the sheet.
CHANNELS = {"email": Channel.EMAIL, "post": Channel.PAPER, "phone": Channel.PHONE}

NO_RIGHT = (
    "Ni accord daté avec sa source, ni achat daté : cette personne est dans votre fichier, mais on ne lui écrira pas."
)
NO_CHANNEL = "L’accord ne dit pas par quel moyen (courriel, papier, téléphone) : ajoutez une colonne « Canal »."
NO_ADDRESS = (
    "Un achat daté permet d’écrire par courriel ou sur papier, pas de téléphoner : "
    "il manque un courriel ou une adresse postale."
)
REFUSES = "Cette personne a dit non : on ne lui écrira pas."


@dataclass(slots=True)
class Report:
    """What the import did, or would do. Lines are those of the spreadsheet, as the person sees it."""

    applied: bool
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rights: Counter[str] = field(default_factory=Counter)  # by channel
    without_right: list[Rejection] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[Rejection] = field(default_factory=list)
    unknown_tastes: Counter[str] = field(default_factory=Counter)


def import_customers(*, organisation: Organisation, sheet: Sheet, apply: bool, by: Actor) -> Report:
    """Note every row that can be read; the same sheet twice changes nothing. Without `apply`, all is undone."""
    report = Report(applied=apply, rejected=list(sheet.rejections))
    known = _Known(organisation)
    with transaction.atomic():
        for row in sheet.rows:
            _import_row(row, organisation, known, report, by)
        if not apply:
            transaction.set_rollback(True)
    return report


class _Known:
    """What is read once for all rows."""

    def __init__(self, organisation: Organisation) -> None:
        self.communes = list(organisation.territory.communes.all())
        self.interests = {i.slug: i for i in Interest.objects.filter(retired=False)}
        self.wordings: dict[tuple[str, str], Wording] = {}
        for wording in Wording.objects.filter(key__startswith="file-").order_by("version"):
            self.wordings[wording.basis, wording.channel] = wording

    def commune(self, row: CustomerRow) -> Commune | None:
        """By name first: a postcode is shared by several communes."""
        name = row.commune.casefold().replace("-", " ")
        return next((c for c in self.communes if c.name.casefold().replace("-", " ") == name), None)


def _import_row(row: CustomerRow, organisation: Organisation, known: _Known, report: Report, by: Actor) -> None:
    report.read += 1
    report.warnings.extend(row.warnings)
    details = _details(row, known, report)
    customer, outcome = enrol(organisation=organisation, details=details, source=Source.FILE, by=by)
    setattr(report, outcome, getattr(report, outcome) + 1)
    _write_rights(row, customer, known, report, by)


def _details(row: CustomerRow, known: _Known, report: Report) -> CustomerDetails:
    return CustomerDetails(
        title=row.title,
        given_name=row.given_name,
        family_name=row.family_name,
        email=(row.email or "").lower(),
        phone=row.phone or "",
        address=row.address,
        postcode=row.postcode,
        town=row.commune,
        note=row.note,
        last_sale_on=row.last_sale_on,
        commune=known.commune(row),
        channel=_preferred(row),
        likes=_interests(row.tastes, known, report, refusing=False),
        refusals=_interests(row.refusals, known, report, refusing=True),
    )


def _preferred(row: CustomerRow) -> Channel | None:
    """The preferred channel, where the row also holds the address that it needs."""
    held = {Channel.EMAIL: row.email, Channel.PHONE: row.phone, Channel.PAPER: row.address}
    wanted = CHANNELS.get(row.preferred_channel or "")
    return wanted if wanted and held[wanted] else None


def _interests(words: tuple[str, ...], known: _Known, report: Report, *, refusing: bool) -> frozenset[Interest]:
    found = [recognise(word, refusing=refusing) for word in words]
    for one in found:
        report.unknown_tastes.update(one.unknown)
    return frozenset(known.interests[slug] for one in found for slug in one.slugs if slug in known.interests)


def _write_rights(row: CustomerRow, customer: CustomerRecord, known: _Known, report: Report, by: Actor) -> None:
    if row.refuses:
        for channel in Channel:
            _refuse(row, customer, channel, by)
        report.without_right.append(Rejection(row.line, "accord", "", REFUSES))
        return
    for refused in row.refused_channels & CHANNELS.keys():
        _refuse(row, customer, CHANNELS[refused], by)
    rights, why_not = _rights(row)
    granted = [channel for channel, basis in rights.items() if _grant(row, customer, channel, basis, known, by)]
    report.rights.update(channel.value for channel in granted)
    if not granted:
        report.without_right.append(Rejection(row.line, "accord", "", why_not or AlreadyRefused.sentence))


def _refuse(row: CustomerRow, customer: CustomerRecord, channel: Channel, by: Actor) -> None:
    """Written once: the same sheet twice adds no line to the ledger."""
    events = customer.person.consent_events.filter(sender=customer.organisation, channel=channel)
    last = events.order_by("-pk").first()
    if last is None or last.granted:
        withdraw(person=customer.person, sender=customer.organisation, channel=channel, source=Source.FILE, by=by)


def _rights(row: CustomerRow) -> tuple[dict[Channel, tuple[str, dt.date]], str]:
    """Channel -> (basis, day), and the sentence where there is none. A dated consent with its source; else a dated
    sale, for the shop's own similar products, by e-mail and post (rules 3 and 4)."""
    if row.consent_source and row.consent_on:
        named = row.consent_channels or {row.preferred_channel or ""}
        channels = [CHANNELS[c] for c in sorted(named) if c in CHANNELS]
        if channels:
            return dict.fromkeys(channels, ("consent", row.consent_on)), ""
        if not row.last_sale_on:
            return {}, NO_CHANNEL
    if row.last_sale_on and clock.today() < customer_expires(row.last_sale_on):
        held = {Channel.EMAIL: row.email, Channel.PAPER: row.address}
        usable = [channel for channel, value in held.items() if value]
        return dict.fromkeys(usable, ("sale", row.last_sale_on)), "" if usable else NO_ADDRESS
    return {}, NO_RIGHT


def _grant(
    row: CustomerRow,
    customer: CustomerRecord,
    channel: Channel,
    right: tuple[str, dt.date],
    known: _Known,
    by: Actor,
) -> bool:
    basis, day = right
    text = row.consent_source if basis == "consent" else f"Achat du {day:%d/%m/%Y}"
    try:
        grant(
            person=customer.person,
            sender=customer.organisation,
            channel=channel,
            wording=known.wordings[basis, channel],
            source=Source.FILE,
            source_text=text,
            given_on=day,
            by=by,
        )
    except AlreadyRefused:
        return False
    return True


def by_reason(lines: Sequence[Rejection]) -> list[str]:
    """One sentence for all the lines that share field, value and reason: « lignes 8, 10 et 13 : … »."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for line in lines:
        groups.setdefault((line.field, line.value, line.reason), []).append(line.line)
    told = []
    for (field_name, value, reason), numbers in groups.items():
        where = f", {field_name} « {value} »" if value else f", {field_name}" if field_name else ""
        *first, last = (str(number) for number in numbers)
        which = f"lignes {', '.join(first)} et {last}" if first else f"ligne {last}"
        told.append(f"{which}{where} : {reason}")
    return told
