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
from parvis.rounds.actions import run_due
from parvis.rounds.models import Round
from parvis.rounds.queries import withheld_by_reason

from . import places, seed
from .customers import write_demo_customers
from .stock import write_demo_stock

Say = Callable[[str], object]


@transaction.atomic
def prepare(*, stock: Path | None, customers: Path | None, say: Say) -> None:
    """The demo territory with the register's businesses and the wine merchant's own file; by default the demo's.

    All or nothing. What may be refused comes first, and the pictures last: no rollback takes back a file."""
    customers = customers or _written("clients.csv", write_demo_customers)
    sheet = _read(customers)
    territory = seed.found()
    stock = stock or _written("stock.csv", write_demo_stock)
    read = import_stock(path=stock, territory=territory, by=seed.BY)
    say(f"Registre : {read.read} lignes lues, {read.listed} commerces dans l’annuaire public.")
    seed.claim_windows(territory)
    seed.settle(territory)
    report = import_customers(
        organisation=territory.organisations.get(slug=places.WINE.slug), sheet=sheet, apply=True, by=seed.BY
    )
    for line in _told(report, customers):
        say(line)
    seed.say_all(territory)


def _written(name: str, write: Callable[..., None]) -> Path:
    """The demo's own file, written anew."""
    path = settings.OUTBOX.parent / "demo" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, seed=seed.SEED)
    return path


def _read(customers: Path) -> Sheet:
    try:
        return read_customers(customers, today=clock.today())
    except UnreadableSheet as error:
        raise BadInput(f"{customers.name} : {error.sentence}") from error


def _told(report: Report, customers: Path) -> Iterator[str]:
    yield (
        f"Fichier clients de {places.WINE.name} : {count(report.created, 'fiche')}, "
        f"{count(len(report.rejected), 'ligne refusée', 'lignes refusées')}, "
        f"{len(report.without_right)} sans droit d’écrire."
    )
    for line in by_reason((*report.rejected, *report.without_right)):
        yield f"  {customers.name}, {line}"


def run() -> dict[str, Any]:
    """Run the due round and deliver; the figures, whose pairs add up."""
    done = run_due()
    carry_due()
    return figures(done[0])


def figures(round: Round) -> dict[str, Any]:
    sent = Counter(
        Message.objects.filter(batch=f"round:{round.pk}", state=Message.State.SENT).values_list("channel", flat=True)
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
