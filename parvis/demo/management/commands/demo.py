"""`bin/parvis demo prepare|links|check|once`: what bin/run calls."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from parvis.accounts.models import User
from parvis.core.errors import Refused

from ... import once, seed
from ...residents import RESIDENTS
from ...sign_in import sign_in_url

MOST = 5000  # residents: the numbers kept for fiction are as many as telephones
HANDFUL = 4  # the delegate, the wine merchant, the baker and the bookseller: who was appointed first


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= MOST:
        raise ArgumentTypeError(f"«\u00a0{text}\u00a0»\u00a0: écrivez un nombre, de 1 à {MOST}.")
    return int(text)


class Command(BaseCommand):
    help = "Le territoire de démonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        alive = verbs.add_parser("prepare", help="le créer s’il n’est pas là, avec un mois de tournées passées")
        verbs.add_parser("links", help="les adresses pour entrer")
        checked = verbs.add_parser("check", help="lire les fichiers de la tournée, sans rien noter")
        whole = verbs.add_parser("once", help="une tournée entière, puis une ligne de chiffres")
        for verb in (checked, whole):
            verb.add_argument("--stock", type=Path, help="un StockEtablissement (csv, zip ou parquet)")
            verb.add_argument("--customers", type=Path, help="le tableur de clients du caviste")
        for verb in (alive, whole):
            verb.add_argument("--residents", type=_number, default=RESIDENTS, help="combien d’habitants inventer")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("La démonstration demande PARVIS_DEMO=1 : bin/run s’en charge.")
        try:
            # BaseCommand has a `check` of its own.
            {"prepare": self.prepare, "links": self.links, "check": self.read, "once": self.once}[options["verb"]](
                options
            )
        except Refused as error:
            raise CommandError(error.sentence) from error

    def prepare(self, options: dict[str, Any]) -> None:
        if not seed.is_there():
            self.stderr.write("Préparation du territoire de démonstration…")
            tell = self.stderr.write
            once.prepare(stock=None, customers=None, say=tell, past=True, number=options["residents"])

    def links(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"Parvis est ouvert : {settings.BASE_URL}")
        for user in User.objects.order_by("pk")[:HANDFUL]:
            where = ", ".join(str(office.organisation) for office in user.offices.select_related("organisation"))
            self.stdout.write(f"  {user.name} ({where}) : {sign_in_url(user)}")
        self.stdout.write(f"  Les boîtes aux lettres des habitants : {settings.BASE_URL}/demo/boite/")

    def read(self, options: dict[str, Any]) -> None:
        once.check(stock=options["stock"], customers=options["customers"])

    def once(self, options: dict[str, Any]) -> None:
        if seed.is_there():
            raise CommandError(
                "Ce territoire de démonstration existe déjà ici : bin/run --once repart d’un dossier vide."
            )
        files = {"stock": options["stock"], "customers": options["customers"]}
        missing = once.prepare(**files, say=self.stdout.write, number=options["residents"])
        figures = once.run(say=self.stdout.write)
        self.stdout.write(f"Les messages sont dans {settings.OUTBOX}")
        self.stdout.write(json.dumps(figures, ensure_ascii=False))
        if missing:
            raise CommandError("\n".join(missing))
