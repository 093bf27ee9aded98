"""A shop's own spreadsheet becomes its customer file: always a rehearsal first, never a guessed right."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.speech import mark, say
from parvis.law.parameters import ALCOHOL_AGE, at, first_day
from parvis.law.rules import customer_expires, prospect_expires
from parvis.territory.models import Commune
from parvis.territory.queries import commune_named

from ..models import CustomerRecord, Interest, Person, Wording
from ..rules import Basis, Channel, Source, has_age
from ..spreadsheet import CustomerRow, Rejection, Sheet
from ..spreadsheet.cells import shorten
from ..words import Recognition, recognise
from .consent import AlreadyRefused, Answer, note_answers
from .customers import enrol_many, likely_channel
from .details import CustomerDetails

# The spreadsheet's words for channels. A text message is not carried yet: its right waits in the sheet.
CHANNELS = {"email": Channel.EMAIL, "post": Channel.PAPER, "phone": Channel.PHONE}

NO_RIGHT = mark(
    "Ni accord daté avec sa source, ni achat daté : cette personne est dans votre fichier, mais on ne lui écrira pas."
)
TOO_OLD = mark(
    "L’accord ou l’achat est trop ancien pour servir encore : on ne lui écrira pas. "
    "Redemandez son accord à cette personne, ou ajoutez son dernier achat."
)
NO_CHANNEL = mark("L’accord ne dit pas par quel moyen (courriel, papier, téléphone) : ajoutez une colonne « Canal ».")
NO_ADDRESS = mark(
    "Un achat daté permet d’écrire par courriel ou sur papier, pas de téléphoner : "
    "il manque un courriel ou une adresse postale."
)
NOT_YET_ADULT = mark(
    "La date de naissance dit que cette personne n’était pas majeure ce jour-là : on ne lui annoncera pas d’alcool. "
    "Corrigez l’une des deux dates."
)
UNKNOWN_AGE = mark(
    "Cette personne aime un alcool, et votre fichier ne dit pas qu’elle est majeure : on ne lui en annoncera pas, sauf "
    "si elle nous l’a dit elle-même. Ajoutez une date de naissance, ou une colonne « Majeur » avec la date."
)
BY_CHANNEL = {
    Channel.EMAIL: mark("par courriel"),
    Channel.PAPER: mark("par courrier"),
    Channel.PHONE: mark("par téléphone"),
}
OTHER_CHANNEL = mark(
    "On s’adresse à cette personne {wanted}, et le droit de lui écrire ne vaut que {usable} : elle n’entendra rien. "
    "Demandez-lui son accord {wanted}, ou corrigez la colonne « Canal »."
)
NO_SUCH_ADDRESS = mark(
    "Il manque l’adresse ou le numéro que demande le canal préféré : on s’adresse à cette personne {instead}. "
    "Complétez la ligne."
)
NO_TEXTS = mark("Parvis n’envoie pas encore de SMS : on s’adresse à cette personne {instead}.")
UNKNOWN_TASTE = mark(
    "Ces mots ne sont pas dans la liste des sujets : ils ne sont pas notés. "
    "Écrivez un mot plus courant (vin rouge, fromage, jardin), ou mettez-les dans les remarques."
)
SAME_PHONE = mark(
    "Ce téléphone est déjà à la ligne {line}, avec un prénom qui peut être le même : gardez une seule des deux lignes. "
    "Si ce sont deux personnes, écrivez leurs deux prénoms en entier."
)
SAME_RECORD = mark("Cette personne est déjà à la ligne {line} : gardez une seule des deux lignes.")
DOUBTFUL = mark("Une réponse de cette ligne ressemble à un refus, ou ne se comprend pas : on ne lui écrira pas.")
REFUSES = mark("Cette personne a dit non : on ne lui écrira pas.")


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

    @property
    def nothing_taken(self) -> bool:
        """There were lines, and every one was refused: not so of a file that has titles only."""
        return 0 < self.read == len(self.rejected)


def import_customers(*, organisation: Organisation, sheet: Sheet, apply: bool, by: Actor) -> Report:
    """Note every row that can be read; the same sheet twice changes nothing. Without `apply`, all is undone."""
    report = Report(applied=apply, read=len(sheet.rows) + len(sheet.rejections), rejected=list(sheet.rejections))
    report.warnings.extend(sheet.remarks)
    known = _Known(organisation, sheet.columns)
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

    def __init__(self, organisation: Organisation, columns: dict[str, str]) -> None:
        self.columns = columns
        self.lines: dict[int, int] = {}  # record -> the line of this sheet that wrote it
        self.communes = list(organisation.territory.communes.all())
        self.interests = {i.slug: i for i in Interest.objects.filter(retired=False)}
        self.wordings: dict[tuple[str, str], Wording] = {}
        for wording in Wording.objects.filter(key__startswith="file-").order_by("version"):
            self.wordings[wording.basis, wording.channel] = wording

    def of(self, slugs: Iterable[str]) -> frozenset[Interest]:
        return frozenset(self.interests[slug] for slug in slugs if slug in self.interests)

    def commune(self, row: CustomerRow) -> Commune | None:
        return commune_named(self.communes, row.commune)


def _import_rows(
    rows: Sequence[CustomerRow], organisation: Organisation, known: _Known, report: Report, by: Actor
) -> None:
    """Every customer first, then what the lines say of consent, in the order of the sheet."""
    read = [_details(row, known) for row in rows]
    entries = [details for details, _ in read]
    noted = enrol_many(organisation=organisation, entries=entries, source=Source.FILE, by=by)
    kept: list[_Kept] = []
    answers: list[Answer] = []
    for row, (details, remarks), (customer, outcome) in zip(rows, read, noted, strict=True):
        if outcome == "twice":
            report.rejected.append(_twice(row, customer, known))
            answers += _noes(row, customer.person)  # the line is not noted; the no that it holds is
            continue
        known.lines[customer.pk] = row.line
        one = _Kept(row, details, customer, *_answers(row, customer.person, known))
        kept.append(one)
        answers += one.answers
        setattr(report, outcome, getattr(report, outcome) + 1)
        report.warnings.extend((*row.warnings, *remarks))
        report.unknown_tastes.update(remark.value for remark in remarks if remark.reason == UNKNOWN_TASTE)
    stands = note_answers(sender=organisation, answers=answers, by=by)
    granted = {id(answer) for answer, stands_now in zip(answers, stands, strict=True) if stands_now}
    for one in kept:
        _report_rights(one, [answer for answer in one.answers if id(answer) in granted], known, report)


@dataclass(slots=True)
class _Kept:
    """A line that became a record: what it says for the ledger, and the sentence where it gives no right."""

    row: CustomerRow
    details: CustomerDetails
    customer: CustomerRecord
    answers: list[Answer]
    why_not: str


def _report_rights(one: _Kept, granted: Sequence[Answer], known: _Known, report: Report) -> None:
    line = one.row.line
    if not one.customer.adult_told_on and any(interest.alcohol for interest in one.details.likes):
        report.unknown_age.append(Rejection(line, say("majeur"), "", UNKNOWN_AGE))
    report.rights.update(answer.channel.value for answer in granted)
    report.grounds.update((answer.channel, Basis(answer.wording.basis)) for answer in granted if answer.wording)
    if not granted:
        report.without_right.append(Rejection(line, say("accord"), "", one.why_not or AlreadyRefused.sentence))
    if not one.row.refuses:
        report.warnings.extend(_tell_channels(one.row, one.details, [answer.channel for answer in granted], known))


def _details(row: CustomerRow, known: _Known) -> tuple[CustomerDetails, list[Rejection]]:
    """What the line says of a customer, and the remarks on it."""
    remarks: list[Rejection] = []
    liked = _heard(row, "tastes", known, remarks)
    refused = _heard(row, "refusals", known, remarks)
    no = [one.slugs for one in refused] + [one.refused for one in liked + refused]
    details = CustomerDetails(
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
        adult_told_on=_adult_told_on(row, remarks),
        minor=row.minor or (row.birth_date is not None and not _adult(row.birth_date, clock.today())),
        commune=known.commune(row),
        channel=_preferred(row),
        likes=known.of(slug for one in liked for slug in one.slugs),
        refusals=known.of(slug for slugs in no for slug in slugs),
    )
    return details, remarks


def _heard(row: CustomerRow, field_name: str, known: _Known, remarks: list[Rejection]) -> list[Recognition]:
    """What each taste or refusal of the line names; what none names is told."""
    words = row.tastes if field_name == "tastes" else row.refusals
    heard = [recognise(word, refusing=field_name == "refusals") for word in words]
    heading = known.columns.get(field_name, say("goûts"))
    remarks += [Rejection(row.line, heading, shorten(word), UNKNOWN_TASTE) for one in heard for word in one.unknown]
    return heard


def _adult_told_on(row: CustomerRow, remarks: list[Rejection]) -> dt.date | None:
    """The day this shop was told: a column says so, or the birth date gives the age on the day of the line's consent,
    else of its sale, else of this import. The birth date itself is not kept."""
    if row.minor:
        return None
    day = row.adult_on or row.consent_on or row.last_sale_on or clock.today()
    if row.birth_date is None or _adult(row.birth_date, day):
        return day if row.birth_date else row.adult_on
    if row.adult_on:
        remarks.append(Rejection(row.line, say("majeur"), "", NOT_YET_ADULT))
    return None


def _twice(row: CustomerRow, mine: CustomerRecord, known: _Known) -> Rejection:
    """The second line of one record: written, it would undo the first in silence, and again at each import."""
    first = known.lines[mine.pk]
    if row.phone and row.phone == mine.phone:
        heading = next((known.columns[name] for name in ("mobile", "phone", "landline") if name in known.columns), "")
        return Rejection(row.line, heading, row.phone, say(SAME_PHONE, line=first))
    return Rejection(row.line, "", f"{row.given_name} {row.family_name}".strip(), say(SAME_RECORD, line=first))


def _adult(born: dt.date, on: dt.date) -> bool:
    return has_age(at(ALCOHOL_AGE, max(on, first_day(ALCOHOL_AGE))), born=born, on=on)


def _preferred(row: CustomerRow) -> Channel | None:
    """The preferred channel, where the row also holds the address that it needs."""
    held = {Channel.EMAIL: row.email, Channel.PHONE: row.phone, Channel.PAPER: row.address}
    wanted = CHANNELS.get(row.preferred_channel or "")
    return wanted if wanted and held[wanted] else None


def _tell_channels(
    row: CustomerRow, details: CustomerDetails, granted: list[Channel], known: _Known
) -> list[Rejection]:
    """Where the channel that this line gives, or leaves us to choose, cannot serve. What the person chose elsewhere is
    not told (decision 1)."""
    heading = known.columns.get("preferred_channel", say("canal"))
    wanted = details.channel or likely_channel(details)
    told = []
    if row.preferred_channel and not details.channel:
        why = NO_SUCH_ADDRESS if row.preferred_channel in CHANNELS else NO_TEXTS
        told.append(say(why, instead=say(BY_CHANNEL[wanted])))
    if granted and wanted not in granted:
        usable = say(" et ").join(say(BY_CHANNEL[channel]) for channel in granted)
        told.append(say(OTHER_CHANNEL, wanted=say(BY_CHANNEL[wanted]), usable=usable))
    return [Rejection(row.line, heading, "", sentence) for sentence in told]


def _answers(row: CustomerRow, person: Person, known: _Known) -> tuple[list[Answer], str]:
    """What the line says for the ledger, and the sentence where it gives no right."""
    noes = _noes(row, person)
    if row.refuses:
        return noes, REFUSES
    rights, why_not = _rights(row)
    yeses = [_yes(row, person, channel, right, known) for channel, right in rights.items()]
    return noes + yeses, why_not


def _noes(row: CustomerRow, person: Person) -> list[Answer]:
    refused = set(Channel) if row.refuses else {CHANNELS[one] for one in row.refused_channels & CHANNELS.keys()}
    return [Answer(person, channel, clock.today()) for channel in sorted(refused)]


def _yes(row: CustomerRow, person: Person, channel: Channel, right: tuple[str, dt.date], known: _Known) -> Answer:
    basis, day = right
    text = row.consent_source if basis == Basis.CONSENT else f"Achat du {day:%d/%m/%Y}"
    return Answer(person, channel, day, known.wordings[basis, channel], text)


def _rights(row: CustomerRow) -> tuple[dict[Channel, tuple[str, dt.date]], str]:
    """Channel -> (basis, day), and the sentence where there is none. A dated consent with its source; else a dated
    sale, for the shop's own similar products, by e-mail and post (rules 3 and 4). Neither serves after its term
    (rule 1); a purchase since renews a consent, but to calls."""
    if row.doubtful:
        return {}, DOUBTFUL
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
        where = " ".join(filter(None, (field_name, value and say("« {value} »", value=value))))
        lines_told = f"{_which(numbers)}{', ' if where else ''}{where}"
        told.append(say("{where} : {reason}", where=lines_told, reason=say(reason)))
    return told


def _which(numbers: Sequence[int]) -> str:
    """« ligne 8 », « lignes 8, 10 à 13 et 20 », or the whole file."""
    if not any(numbers):
        return say("fichier entier")
    *first, last = [told for run in _runs(numbers) for told in _of_run(run)]
    if first:
        return say("lignes {first} et {last}", first=", ".join(first), last=last)
    return say("lignes {run}", run=last) if len(numbers) > 1 else say("ligne {number}", number=last)


def _of_run(run: list[int]) -> list[str]:
    return [say("{first} à {last}", first=run[0], last=run[-1])] if len(run) > 2 else [str(number) for number in run]


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
