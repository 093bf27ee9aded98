"""One whole life of the demo: prepare, import, one round, delivery, and the figures."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from parvis.accounts.models import Organisation
from parvis.contacts.actions.importing import by_reason, import_customers
from parvis.contacts.queries import residents_of
from parvis.contacts.spreadsheet import UnreadableSheet, read_customers
from parvis.core import clock
from parvis.core.errors import BadInput
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


def prepare(*, stock: Path | None, customers: Path | None, say: Say) -> None:
    """The demo territory with the register's businesses and the wine merchant's own file; by default the demo's."""
    territory = seed.build()
    if stock is None:
        stock = _demo_file("stock.csv")
        write_demo_stock(stock, seed=seed.SEED)
    read = import_stock(path=stock, territory=territory, by=seed.BY)
    say(f"Registre : {read.read} lignes lues, {read.listed} commerces dans l’annuaire public.")
    seed.claim_windows(territory)
    if customers is None:
        customers = _demo_file("clients.csv")
        write_demo_customers(customers, seed=seed.SEED)
    _import_customers(territory.organisations.get(slug=places.WINE.slug), customers, say)


def _demo_file(name: str) -> Path:
    path = seed.demo_file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _import_customers(shop: Organisation, path: Path, say: Say) -> None:
    try:
        sheet = read_customers(path, today=clock.today())
    except UnreadableSheet as error:
        raise BadInput(error.sentence) from error
    report = import_customers(organisation=shop, sheet=sheet, apply=True, by=seed.BY)
    say(
        f"Fichier clients de {shop} : {report.created} fiches, {len(report.rejected)} lignes refusées, "
        f"{len(report.without_right)} sans droit d’écrire."
    )
    for line in by_reason((*report.rejected, *report.without_right)):
        say(f"  {path.name}, {line}")


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
