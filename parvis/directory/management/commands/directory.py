"""`bin/parvis directory import FILE --territory SLUG [--units FILE] [--json]`"""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.core.actors import host
from parvis.sirene.errors import UnreadableStock
from parvis.sirene.listing import Reason
from parvis.territory.models import Territory

from ...actions import import_stock
from ...rules import ImportReport, Remark

RULES = {
    "sign": "enseigne",
    "trade_name": "nom usuel",
    "unit_name": "nom de la société",
    "acronym": "sigle",
    "trade_and_street": "métier et rue, faute de nom",
    "trade_and_commune": "métier et commune, faute de nom et de rue",
}


class Command(BaseCommand):
    help = "Lit le registre des entreprises (StockEtablissement de l’INSEE) pour un territoire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        importing = verbs.add_parser("import", help="lire un StockEtablissement (csv, zip ou parquet)")
        importing.add_argument("file", type=Path)
        importing.add_argument("--territory", required=True, help="nom court du territoire")
        importing.add_argument("--units", type=Path, help="le StockUniteLegale, pour les noms de sociétés")
        importing.add_argument("--json", action="store_true", help="dernière ligne : un objet JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            known = ", ".join(Territory.objects.values_list("slug", flat=True)) or "aucun"
            raise CommandError(
                f"Aucun territoire « {options['territory']} ». Connus : {known}. Voir : territory create."
            )
        by = host()
        try:
            report = import_stock(path=options["file"], territory=territory, units=options["units"], by=by)
        except UnreadableStock as error:
            raise CommandError(error.sentence) from error
        self._tell(report, options["file"].name)
        if options["json"]:
            self.stdout.write(json.dumps(summary(report), ensure_ascii=False))

    def _tell(self, report: ImportReport, file: str) -> None:
        self._remarks("Lignes refusées", report.rejected, file)
        self._remarks("Lignes gardées, à regarder", report.warnings, file)
        self.stdout.write(
            f"{report.read} lignes lues, {report.active} en activité, {report.listed} dans l’annuaire public."
        )
        self._counts("Hors de l’annuaire, et pourquoi", {Reason(k).sentence: n for k, n in report.not_listed.items()})
        self._counts("D’où viennent les noms", {RULES[k]: n for k, n in report.named_by.items()})
        self.stdout.write(
            f"{report.created} nouveaux, {report.updated} changés, {report.unchanged} inchangés, "
            f"{report.masked} en diffusion partielle, {len(report.rejected)} refusés, "
            f"{report.closed_unknown} fermés depuis longtemps et laissés de côté."
        )

    def _remarks(self, title: str, remarks: list[Remark], file: str) -> None:
        if remarks:
            self.stdout.write(f"{title} :")
        for one in remarks[:50]:
            where = ", ".join(part for part in (f"ligne {one.line}" if one.line else "", one.siret, one.field) if part)
            self.stdout.write(f"  {file}{', ' if where else ''}{where} : {one.reason}")
        if len(remarks) > 50:
            self.stdout.write(f"  … et {len(remarks) - 50} autres.")

    def _counts(self, title: str, counts: dict[str, int]) -> None:
        if counts:
            self.stdout.write(f"{title} :")
        for what, n in Counter(counts).most_common():
            self.stdout.write(f"  {n:>6}  {what}")


def summary(report: ImportReport) -> dict[str, Any]:
    return {
        "read": report.read,
        "active": report.active,
        "listed": report.listed,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "masked": report.masked,
        "rejected": len(report.rejected),
        "not_listed": dict(report.not_listed),
        "named_by": dict(report.named_by),
    }
