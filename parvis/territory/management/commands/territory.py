from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.core.actors import SYSTEM
from parvis.core.errors import Refused
from parvis.core.typography import count
from parvis.territory.actions import create_territory
from parvis.territory.models import Territory

EXAMPLE = (
    'bin/parvis territory create --slug plateau-briard --name "Plateau briard" '
    '--of-name "du Plateau briard" --communes 94075,94070,94047'
)


class Command(BaseCommand):
    help = f"Crée un territoire à partir de codes INSEE de communes. Exemple : {EXAMPLE}"

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Nothing is required by argparse: handle() says what is missing, with an example.
        parser.add_argument("verb", nargs="?", default="", metavar="create")
        parser.add_argument("--slug", default="", help="nom court, dans les adresses : plateau-briard")
        parser.add_argument("--name", default="", help="nom : Plateau briard")
        parser.add_argument("--of-name", default="", help="nom après « de » : du Plateau briard")
        parser.add_argument("--communes", default="", help="codes INSEE séparés par des virgules")

    def handle(self, *_args: Any, **options: Any) -> None:
        self._check(options)
        known = Territory.objects.filter(slug=options["slug"]).exists()
        try:
            territory = create_territory(
                slug=options["slug"],
                name=options["name"],
                of_name=options["of_name"],
                insee_codes=options["communes"].split(","),
                by=SYSTEM,
            )
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(_told(territory, known))

    def _check(self, options: dict[str, Any]) -> None:
        if options["verb"] != "create":
            raise CommandError(f"Dites quoi faire : create. Exemple : {EXAMPLE}")
        missing = [f"--{name}" for name in ("slug", "name", "communes") if not options[name].strip()]
        if missing:
            raise CommandError(f"Il manque {' et '.join(missing)}. Exemple : {EXAMPLE}")


def _told(territory: Territory, known: bool) -> str:
    communes = list(territory.communes.all())
    people = count(sum(commune.population for commune in communes), "habitant")
    state = "existait déjà, rien n’a changé" if known else "est créé"
    return (
        f"Le territoire « {territory.name} » ({territory.slug}) {state} : {count(len(communes), 'commune')}, {people}."
    )
