"""One whole life of the demo: prepare, import, one round, delivery, and the figures."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from parvis.contacts.actions.importing import Report, by_reason, import_customers
from parvis.contacts.queries import residents_of
from parvis.contacts.spreadsheet import Sheet, UnreadableSheet, read_customers
from parvis.core import clock
from parvis.core.errors import BadInput
from parvis.core.typography import count
from parvis.delivery.actions import carry_due
from parvis.delivery.models import Message
from parvis.directory.actions import import_stock
from parvis.directory.models import Business
from parvis.directory.rules import ImportReport
from parvis.rounds.actions import run_due, take_crowd
from parvis.rounds.models import Round
from parvis.rounds.queries import stopped_by_reason, withheld_by_reason
from parvis.rounds.rules import AT_THE_DOOR
from parvis.sirene.reader import read_establishments
from parvis.territory.models import Territory
from parvis.territory.reference import territories

from . import month, places, seed
from .customers import write_demo_customers
from .month import Say
from .residents import RESIDENTS, invent
from .stock import write_demo_stock
from .studio import SEED, Studio


@transaction.atomic
def prepare(
    *, stock: Path | None, customers: Path | None, say: Say, past: bool = False, number: int = RESIDENTS
) -> list[str]:
    """The demo territory with the register's businesses and the wine merchant's own file; by default the demo's. Beside
    that file's customers it has a `number` of residents.
    With a `past`, it opened five weeks ago and held its rounds since; else everybody comes now.
    Returns what could not be read of a file that was otherwise used: sentences, none where all went well.

    All or nothing. What may be refused comes first, and the pictures and messages last: no rollback takes back a file.
    """
    now = clock.now()
    opened = now - month.PAST if past else now
    before, coming = (_said_here(places.past()) if past else []), _said_here(places.coming())
    with clock.frozen(now), Studio(seed.PLACES, [*before, *coming]) as studio:
        with clock.frozen(opened):
            territory, missing = _open(stock, customers, say)
            seed.dress_windows(territory, studio)
        people = invent(territory, number)
        month.live(territory, people, studio, past=before, coming=coming, opened=opened, say=say)
        seed.tell_special_days(territory)
        _count_files(territory)
    return missing


def _said_here(said: list[places.Says]) -> list[places.Says]:
    return [says for says in said if says.place in (places.ASSOCIATION, *seed.PLACES)]


def _open(stock: Path | None, customers: Path | None, say: Say) -> tuple[Territory, list[str]]:
    customers = customers or _written("clients.csv", write_demo_customers)
    sheet = _read(customers)
    territory = seed.found()
    stock = stock or _written("stock.csv", write_demo_stock)
    register = import_stock(path=stock, territory=territory, by=seed.BY)
    seed.claim_windows(territory)
    cellar = territory.organisations.get(slug=places.WINE.slug)
    report = import_customers(organisation=cellar, sheet=sheet, apply=True, by=seed.BY)
    for line in (*_told_of_register(register, stock), *_told_of_customers(report, customers)):
        say(line)
    return territory, [*_missing_of_register(register, stock), *_missing_of_customers(report, customers)]


def check(*, stock: Path | None, customers: Path | None) -> None:
    """Read both files whole, and note nothing: what cannot be read is refused before anything makes way for it."""
    if customers:
        _read(customers)
    if stock:
        for _ in read_establishments(stock, communes=territories()[places.TERRITORY].communes, today=clock.today()):
            pass


def _count_files(territory: Territory) -> None:
    """As saying an announcement on the site does, so that each page of the demo tells who will hear."""
    for organisation in territory.organisations.all():
        take_crowd(organisation=organisation, by=seed.BY)


def _written(name: str, write: Callable[..., None]) -> Path:
    """The demo's own file, written anew."""
    path = settings.OUTBOX.parent / "demo" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, seed=SEED)
    return path


def _read(customers: Path) -> Sheet:
    try:
        return read_customers(customers, today=clock.today())
    except UnreadableSheet as error:
        raise BadInput(f"{customers.name}\u00a0: {error.sentence}") from error


def _told_of_register(read: ImportReport, stock: Path) -> Iterator[str]:
    lines = count(read.read, "ligne lue", "lignes lues")
    listed = count(read.listed, "commerce", none="aucun commerce")
    yield f"Registre\u00a0: {lines}, {listed} dans l’annuaire public."
    remarks = (*read.rejected, *read.warnings)
    first = {remark.reason: remark.line for remark in reversed(remarks)}
    for reason, n in Counter(remark.reason for remark in remarks).items():
        others = f" et {count(n - 1, 'autre')}" if n > 1 else ""
        where = f"ligne {first[reason]}{others}, " if first[reason] else ""
        yield f"  {stock.name}, {where}{reason}"


def _told_of_customers(report: Report, customers: Path) -> Iterator[str]:
    yield (
        f"Fichier clients de {places.WINE.name}\u00a0: {count(report.created, 'fiche')}, "
        f"{count(len(report.rejected), 'ligne refusée', 'lignes refusées')}, "
        f"{len(report.without_right)} sans droit d’écrire."
    )
    for title, lines in (
        ("Lignes refusées", report.rejected),
        ("Lignes gardées, à regarder", report.warnings),
        ("Notées, mais sans droit d’écrire", report.without_right),
        ("Notées, mais sans âge connu", report.unknown_age),
    ):
        if lines:
            yield f"{title}\u00a0:"
        yield from (f"  {customers.name}, {line}" for line in by_reason(lines))


def _missing_of_register(read: ImportReport, stock: Path) -> Iterator[str]:
    if read.incomplete:
        yield f"Le fichier «\u00a0{stock.name}\u00a0» s’arrête au milieu d’une ligne\u00a0: téléchargez-le de nouveau."
    if not read.active + read.inactive and not read.titles_only:
        yield f"Le fichier «\u00a0{stock.name}\u00a0» n’a donné aucun établissement de ces communes\u00a0: vérifiez-le."


def _missing_of_customers(report: Report, customers: Path) -> Iterator[str]:
    if report.nothing_taken:
        yield (
            f"Le fichier «\u00a0{customers.name}\u00a0» n’a donné aucune fiche\u00a0: "
            "les raisons sont écrites plus haut, ligne par ligne."
        )


def run(say: Say) -> dict[str, Any]:
    """Run the due round and deliver; the figures, whose pairs add up."""
    held = run_due()[0]
    carry_due()
    say(_stopped(held))
    return figures(held)


def _stopped(held: Round) -> str:
    """What the round chose and the door kept: the figures hold the choice alone."""
    counts = sorted(stopped_by_reason(held).items(), key=lambda pair: (-pair[1], pair[0]))
    by_label = ", ".join(f"{AT_THE_DOOR[reason][0].lower()}{AT_THE_DOOR[reason][1:]} {n}" for reason, n in counts)
    return f"Arrêtées à la porte\u00a0: {sum(n for _, n in counts)}{f' ({by_label})' if by_label else ''}."


def figures(round: Round) -> dict[str, Any]:
    sent = Counter(
        Message.objects.filter(batch=round.batch, state=Message.State.SENT).values_list("channel", flat=True)
    )
    return {
        "businesses": Business.objects.filter(commune__in=round.territory.communes.all()).count(),
        "residents": residents_of(round.territory).count(),
        "announcements": round.announcements,
        "pairs": round.pairs,
        "selected": round.selected,
        "held": round.held,
        "withheld": withheld_by_reason(round),
        "messages": {channel: sent[channel] for channel in ("email", "paper", "phone")},
    }
