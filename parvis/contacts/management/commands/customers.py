"""`bin/parvis customers import FILE --organisation SLUG [--apply] [--json]`"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.actors import host
from parvis.core.typography import count

from ...actions.importing import Report, by_reason, import_customers
from ...spreadsheet import UnreadableSheet, read_customers


class Command(BaseCommand):
    help = "Lit le fichier clients d’un commerce : aperçu d’abord, puis --apply pour noter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        importing = verbs.add_parser("import", help="lire un tableur (xlsx, ods, csv)")
        importing.add_argument("file", type=Path)
        importing.add_argument(
            "--organisation", required=True, help="identifiant du commerce, par exemple cave-du-tilleul"
        )
        importing.add_argument("--territory", default="plateau-briard")
        importing.add_argument("--apply", action="store_true", help="noter pour de bon")
        importing.add_argument("--json", action="store_true", help="dernière ligne : un objet JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = self._organisation(options["territory"], options["organisation"])
        try:
            sheet = read_customers(options["file"], today=clock.today())
        except UnreadableSheet as error:
            raise CommandError(f"{options['file'].name} : {error.sentence}") from error
        by = host()
        report = import_customers(organisation=organisation, sheet=sheet, apply=options["apply"], by=by)
        self._tell(report, options["file"])
        if options["json"]:
            self.stdout.write(json.dumps(summary(report), ensure_ascii=False))
        if report.nothing_taken:
            raise CommandError(f"{options['file'].name} : aucune ligne n’a pu être prise. Les raisons sont plus haut.")

    def _organisation(self, territory: str, slug: str) -> Organisation:
        found = Organisation.objects.filter(territory__slug=territory, slug=slug).first()
        if found is None:
            known = ", ".join(Organisation.objects.filter(territory__slug=territory).values_list("slug", flat=True))
            raise CommandError(f"Aucun commerce « {slug} » sur ce territoire. Connus : {known or 'aucun'}.")
        return found

    def _tell(self, report: Report, file: Path) -> None:
        for title, lines in (
            ("Lignes refusées", report.rejected),
            ("À regarder", report.warnings),
            ("Notées, mais sans droit d’écrire", report.without_right),
            ("Notées, mais sans âge connu", report.unknown_age),
        ):
            if lines:
                self.stdout.write(f"{title} :")
            for line in by_reason(lines):
                self.stdout.write(f"  {file.name}, {line}")
        verb = "Noté" if report.applied else "Aperçu, rien n’est encore noté"
        self.stdout.write(f"{verb} : {_counts(report)}.")
        if not report.applied:
            self.stdout.write("Pour noter : la même commande avec --apply.")


def _counts(report: Report) -> str:
    return ", ".join(
        (
            count(report.read, "ligne lue", "lignes lues"),
            count(report.created, "nouvelle fiche", "nouvelles fiches"),
            count(report.updated, "complétée"),
            count(report.unchanged, "inchangée"),
            count(len(report.rejected), "refusée"),
        )
    )


def summary(report: Report) -> dict[str, Any]:
    return {
        "applied": report.applied,
        "read": report.read,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rights": dict(report.rights),
        "without_right": len(report.without_right),
        "unknown_age": len(report.unknown_age),
        "rejected": len(report.rejected),
        "warnings": len(report.warnings),
        "unknown_tastes": dict(report.unknown_tastes.most_common(20)),
    }
