"""`bin/parvis directory import|delist|relist`: the national register, and the pages that somebody wants down or up."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.core.actors import host
from parvis.core.errors import Refused
from parvis.core.typography import count, number
from parvis.sirene.listing import Reason
from parvis.territory.actions import create_known_territory
from parvis.territory.models import Territory

from ...actions import delist, import_stock, relist
from ...models import Business
from ...queries import named, open_pages
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
    help = "Lit le registre des entreprises (StockEtablissement de l’INSEE), retire une page de l’annuaire, la remet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="import|delist|relist")
        importing = verbs.add_parser("import", help="lire un StockEtablissement (csv, zip ou parquet)")
        importing.add_argument("file", type=Path, metavar="FICHIER")
        importing.add_argument("--territory", required=True, help="nom court du territoire")
        importing.add_argument("--units", type=Path, help="le StockUniteLegale, pour les noms de sociétés")
        importing.add_argument("--json", action="store_true", help="dernière ligne : un objet JSON")
        for verb, told in (("delist", "retirer la page d’un commerce"), ("relist", "remettre une page retirée")):
            verbs.add_parser(verb, help=told).add_argument("business", metavar="SIRET_OU_NOM_COURT")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            {"import": self._import, "delist": self._delist, "relist": self._relist}[options["verb"]](options)
        except Refused as error:
            raise CommandError(error.sentence) from error

    def _delist(self, options: dict[str, Any]) -> None:
        business = self._business(options["business"])
        delist(business=business, by=host())
        back = f"bin/parvis directory relist {business.siret}"
        self.stdout.write(f"La page « {business} » est retirée de l’annuaire. Pour l’y remettre : {back}")

    def _relist(self, options: dict[str, Any]) -> None:
        business = self._business(options["business"])
        relist(business=business, by=host())
        if open_pages().filter(pk=business.pk).exists():
            self.stdout.write(f"La page « {business} » est dans l’annuaire.")
        else:
            why = Reason(business.unlisted_reason).sentence
            self.stdout.write(f"La page « {business} » n’est plus retirée, mais l’annuaire ne la montre pas. {why}")

    def _business(self, word: str) -> Business:
        business = named(word)
        if business is None:
            raise CommandError(f"Aucun commerce de l’annuaire n’a ce SIRET ni ce nom court : {word}. Vérifiez-le.")
        return business

    def _import(self, options: dict[str, Any]) -> None:
        territory = self._territory(options["territory"])
        report = import_stock(path=options["file"], territory=territory, units=options["units"], by=host())
        self._tell(report, options["file"].name)
        if options["json"]:
            self.stdout.write(json.dumps(summary(report), ensure_ascii=False))
        if report.incomplete:
            raise CommandError(
                f"Le fichier « {options['file'].name} » s’arrête au milieu d’une ligne : il est incomplet. Ce qu’il "
                "contenait jusque-là est gardé. Téléchargez-le de nouveau depuis data.gouv.fr, puis relancez."
            )

    def _territory(self, slug: str) -> Territory:
        """A short name that Parvis ships is enough on a host that has nothing yet."""
        if found := Territory.objects.filter(slug=slug).first():
            return found
        if created := create_known_territory(slug=slug, by=host()):
            communes = count(created.communes.count(), "commune")
            self.stdout.write(f"Le territoire « {created.name} » n’existait pas encore : il est créé, {communes}.")
            return created
        known = ", ".join(Territory.objects.values_list("slug", flat=True)) or "aucun"
        raise CommandError(f"Aucun territoire « {slug} ». Connus : {known}. Voir : territory create.")

    def _tell(self, report: ImportReport, file: str) -> None:
        self._remarks("Lignes refusées", report.rejected, file)
        self._remarks("Lignes gardées, à regarder", report.warnings, file)
        self.stdout.write(
            f"{count(report.read, 'ligne lue', 'lignes lues')}, {number(report.active)} en activité, "
            f"{number(report.listed)} dans l’annuaire public."
        )
        self._counts("Hors de l’annuaire, et pourquoi", {Reason(k).sentence: n for k, n in report.not_listed.items()})
        self._counts("D’où viennent les noms", {RULES[k]: n for k, n in report.named_by.items()})
        self.stdout.write(
            f"{count(report.created, 'nouveau', 'nouveaux')}, {count(report.updated, 'changé')}, "
            f"{count(report.unchanged, 'inchangé')}, {number(report.masked)} en diffusion partielle, "
            f"{count(len(report.rejected), 'ligne refusée', 'lignes refusées')}, "
            f"{count(report.closed_unknown, 'fermé et laissé de côté', 'fermés et laissés de côté')}."
        )
        if report.missing:
            told = count(report.missing, "commerce connu n’y est plus", "commerces connus n’y sont plus")
            self.stdout.write(f"{told} : l’annuaire ne {'le' if report.missing == 1 else 'les'} montre pas.")
        if report.spared:
            told = count(report.spared, "commerce connu manque", "commerces connus manquent")
            stays = "il reste" if report.spared == 1 else "ils restent"
            self.stdout.write(
                f"{told} à ce fichier, qui paraît partiel : {stays} dans l’annuaire. Si ce n’est pas voulu, "
                "relancez avec le fichier entier de l’INSEE."
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
        "inactive": report.inactive,
        "listed": report.listed,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "masked": report.masked,
        "missing": report.missing,
        "spared": report.spared,
        "rejected": len(report.rejected),
        "incomplete": report.incomplete,
        "not_listed": dict(report.not_listed),
        "named_by": dict(report.named_by),
    }
