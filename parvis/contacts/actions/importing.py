"""A shop's own spreadsheet becomes its customer file: always a rehearsal first, never a guessed right."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.law.parameters import ALCOHOL_AGE, at, first_day
from parvis.law.rules import customer_expires, prospect_expires
from parvis.territory.models import Commune

from ..models import Interest, Person, Wording
from ..rules import Basis, Channel, Source, has_age
from ..spreadsheet import CustomerRow, Rejection, Sheet
from ..words import recognise
from .consent import AlreadyRefused, Answer, note_answers
from .customers import enrol_many
from .details import CustomerDetails

# The spreadsheet's words for channels. A text message is not carried yet: its right waits in the sheet.
CHANNELS = {"email": Channel.EMAIL, "post": Channel.PAPER, "phone": Channel.PHONE}

NO_RIGHT = (
    "Ni accord daté avec sa source, ni achat daté : cette personne est dans votre fichier, mais on ne lui écrira pas."
)
TOO_OLD = (
    "L’accord ou l’achat est trop ancien pour servir encore : on ne lui écrira pas. "
    "Redemandez son accord à cette personne, ou ajoutez son dernier achat."
)
NO_CHANNEL = "L’accord ne dit pas par quel moyen (courriel, papier, téléphone) : ajoutez une colonne « Canal »."
NO_ADDRESS = (
    "Un achat daté permet d’écrire par courriel ou sur papier, pas de téléphoner : "
    "il manque un courriel ou une adresse postale."
)
NOT_YET_ADULT = (
    "La date de naissance dit que cette personne n’était pas majeure ce jour-là : on ne lui annoncera pas d’alcool. "
    "Corrigez l’une des deux dates."
)
UNKNOWN_AGE = (
    "Cette personne aime un alcool, et votre fichier ne dit pas qu’elle est majeure : on ne lui en annoncera pas, sauf "
    "si elle nous l’a dit elle-même. Ajoutez une date de naissance, ou une colonne « Majeur » avec la date."
)
REFUSES = "Cette personne a dit non : on ne lui écrira pas."


@dataclass(slots=True)
class Report:
    """What the import did, or would do. Lines are those of the spreadsheet, as the person sees it.

    Each line that holds something is read once: read = created + updated + unchanged + rejected.
    """

    applied: bool
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rights: Counter[str] = field(default_factory=Counter)  # by channel
    grounds: Counter[tuple[Channel, Basis]] = field(default_factory=Counter)  # the same, with what gives them
    without_right: list[Rejection] = field(default_factory=list)
    unknown_age: list[Rejection] = field(default_factory=list)  # of whoever likes an alcohol
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[Rejection] = field(default_factory=list)  # of lines that were kept
    unknown_tastes: Counter[str] = field(default_factory=Counter)


def import_customers(*, organisation: Organisation, sheet: Sheet, apply: bool, by: Actor) -> Report:
    """Note every row that can be read; the same sheet twice changes nothing. Without `apply`, all is undone."""
    report = Report(applied=apply, read=len(sheet.rows) + len(sheet.rejections), rejected=list(sheet.rejections))
    known = _Known(organisation)
    with transaction.atomic():
        _import_rows(sheet.rows, organisation, known, report, by)
        if report.created or report.updated:
            counts = {"created": report.created, "updated": report.updated, "rejected": len(report.rejected)}
            record(by=by, verb="import_customers", on=organisation, organisation=organisation, **counts)
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


def _import_rows(
    rows: Sequence[CustomerRow], organisation: Organisation, known: _Known, report: Report, by: Actor
) -> None:
    """Every customer first, then what the lines say of consent, in the order of the sheet."""
    entries = []
    for row in rows:
        report.warnings.extend(row.warnings)
        entries.append(_details(row, known, report))
    noted = enrol_many(organisation=organisation, entries=entries, source=Source.FILE, by=by)
    said = [_answers(row, customer.person, known) for row, (customer, _) in zip(rows, noted, strict=True)]
    answers = [answer for some, _ in said for answer in some]
    stands = iter(note_answers(sender=organisation, answers=answers, by=by))
    for row, details, (customer, outcome), (some, why_not) in zip(rows, entries, noted, said, strict=True):
        setattr(report, outcome, getattr(report, outcome) + 1)
        if not customer.adult_told_on and any(interest.alcohol for interest in details.likes):
            report.unknown_age.append(Rejection(row.line, "majeur", "", UNKNOWN_AGE))
        _report_rights(row, [answer for answer in some if next(stands)], why_not, report)


def _report_rights(row: CustomerRow, granted: Sequence[Answer], why_not: str, report: Report) -> None:
    report.rights.update(answer.channel.value for answer in granted)
    report.grounds.update((answer.channel, Basis(answer.wording.basis)) for answer in granted if answer.wording)
    if not granted:
        report.without_right.append(Rejection(row.line, "accord", "", why_not or AlreadyRefused.sentence))


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
        adult_told_on=_adult_told_on(row, report),
        minor=row.minor or (row.birth_date is not None and not _adult(row.birth_date, clock.today())),
        commune=known.commune(row),
        channel=_preferred(row),
        likes=_interests(row.tastes, known, report, refusing=False),
        refusals=_interests(row.refusals, known, report, refusing=True),
    )


def _adult_told_on(row: CustomerRow, report: Report) -> dt.date | None:
    """The day this shop was told: a column says so, or the birth date gives the age on the day of the line's consent,
    else of its sale, else of this import. The birth date itself is not kept."""
    if row.minor:
        return None
    day = row.adult_on or row.consent_on or row.last_sale_on or clock.today()
    if row.birth_date is None or _adult(row.birth_date, day):
        return day if row.birth_date else row.adult_on
    if row.adult_on:
        report.warnings.append(Rejection(row.line, "majeur", "", NOT_YET_ADULT))
    return None


def _adult(born: dt.date, on: dt.date) -> bool:
    return has_age(at(ALCOHOL_AGE, max(on, first_day(ALCOHOL_AGE))), born=born, on=on)


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


def _answers(row: CustomerRow, person: Person, known: _Known) -> tuple[list[Answer], str]:
    """What the line says for the ledger, and the sentence where it gives no right."""
    today = clock.today()
    if row.refuses:
        return [Answer(person, channel, today) for channel in Channel], REFUSES
    noes = [Answer(person, CHANNELS[one], today) for one in row.refused_channels & CHANNELS.keys()]
    rights, why_not = _rights(row)
    yeses = [_yes(row, person, channel, right, known) for channel, right in rights.items()]
    return noes + yeses, why_not


def _yes(row: CustomerRow, person: Person, channel: Channel, right: tuple[str, dt.date], known: _Known) -> Answer:
    basis, day = right
    text = row.consent_source if basis == Basis.CONSENT else f"Achat du {day:%d/%m/%Y}"
    return Answer(person, channel, day, known.wordings[basis, channel], text)


def _rights(row: CustomerRow) -> tuple[dict[Channel, tuple[str, dt.date]], str]:
    """Channel -> (basis, day), and the sentence where there is none. A dated consent with its source; else a dated
    sale, for the shop's own similar products, by e-mail and post (rules 3 and 4). Neither serves after its term
    (rule 1); a purchase since renews a consent, but to calls."""
    today = clock.today()
    sold = row.last_sale_on if row.last_sale_on and today < customer_expires(row.last_sale_on) else None
    agreed = row.consent_on if row.consent_source else None
    runs = agreed is not None and today < prospect_expires(agreed)
    if agreed and (sold or runs):
        named = row.consent_channels or {row.preferred_channel or ""}
        channels = [CHANNELS[c] for c in sorted(named) if c in CHANNELS]
        # A purchase renews no yes to being phoned (rule 8): see `queries.in_force`.
        serving = [channel for channel in channels if runs or channel is not Channel.PHONE]
        if serving:
            return dict.fromkeys(serving, ("consent", agreed)), ""
        if not sold:
            return {}, NO_CHANNEL
    if sold:
        held = {Channel.EMAIL: row.email, Channel.PAPER: row.address}
        usable = [channel for channel, value in held.items() if value]
        return dict.fromkeys(usable, ("sale", sold)), "" if usable else NO_ADDRESS
    return {}, TOO_OLD if agreed or row.last_sale_on else NO_RIGHT


def by_reason(lines: Sequence[Rejection]) -> list[str]:
    """One sentence for all the lines that share field, value and reason: « lignes 8, 10 à 13 et 20 : … »."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for line in lines:
        groups.setdefault((line.field, line.value, line.reason), []).append(line.line)
    told = []
    for (field_name, value, reason), numbers in groups.items():
        where = " ".join(filter(None, (field_name, value and f"« {value} »")))
        told.append(f"{_which(numbers)}{', ' if where else ''}{where} : {reason}")
    return told


def _which(numbers: Sequence[int]) -> str:
    """« ligne 8 », « lignes 8, 10 à 13 et 20 »."""
    *first, last = [told for run in _runs(numbers) for told in _of_run(run)]
    return f"lignes {', '.join(first)} et {last}" if first else f"ligne{'s' if len(numbers) > 1 else ''} {last}"


def _of_run(run: list[int]) -> list[str]:
    return [f"{run[0]} à {run[-1]}"] if len(run) > 2 else [str(number) for number in run]


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers in order, those that follow each other together."""
    run: list[int] = []
    for number in sorted(numbers):
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
